import type { Cost, CostTable } from '../model/destination.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import { type TargetEntity, targetEntities } from '../model/target.ts';
import { builtInFields } from './catalog.ts';
import { type EntityPath, entityPaths } from './paths.ts';

/** Tokens of the requests that are not about a record (`x-token-cost` of the published specs, 2026-08-18). */
export const tokensOf = {
  me: 2,
  users: 20,
  currencies: 20,
  activityTypes: 20,
  fields: 10,
  pipelines: 5,
  stages: 5,
  leadLabels: 10,
  dealsSummary: 40,
  options: 5,
  changeLog: 20,
  fileBytes: 20,
  removeField: 3,
  removeOptions: 3,
  removePipeline: 3,
  removeStage: 3,
  removeActivityType: 6,
  removeLeadLabel: 6,
} as const;

const v2 = { create: 5, update: 5, get: 1, list: 10, remove: 3 } as const;
const v1 = { create: 10, update: 10, get: 2, list: 20, remove: 6 } as const;

type Prices = Readonly<Record<'create' | 'update' | 'get' | 'list' | 'remove', number>>;

/** What hangs below a record is read as a list of that record (facts.md 10.1). */
const below = { ...v2, get: v2.list } as const;

/** Prices of one entity: v2 is half of v1 (facts.md 3.2). */
const recordPrices: Readonly<Record<TargetEntity, Prices>> = {
  organization: v2,
  organizationRelationship: v1,
  person: v2,
  product: v2,
  lead: v1,
  deal: v2,
  dealProduct: below,
  participant: { ...v1, get: 10, list: 10 },
  activity: v2,
  callLog: v1,
  note: v1,
  file: v1,
  organizationFollower: below,
  personFollower: below,
  productFollower: below,
  dealFollower: below,
  archivedDeal: { ...v2, list: 20, remove: 5 },
};

const stepPrices: Readonly<Record<ConfigurationStep['kind'], number>> = {
  field: 5,
  option: 5,
  pipeline: 5,
  stage: 5,
  activityType: 10,
  leadLabel: 10,
};

const backPrices: Readonly<Record<ConfigurationStep['kind'], number>> = {
  field: tokensOf.removeField,
  option: tokensOf.removeOptions,
  pipeline: tokensOf.removePipeline,
  stage: tokensOf.removeStage,
  activityType: tokensOf.removeActivityType,
  leadLabel: tokensOf.removeLeadLabel,
};

/** Requests of a walk. Pages by offset begin with the last row of the page before, so they bring one row less. */
function requestsOf({ list, pageSize }: EntityPath, records: number, parents: number): number {
  if (list === 'cursor') return Math.max(1, Math.ceil(records / pageSize));
  if (list === 'offset')
    return records <= pageSize ? 1 : 1 + Math.ceil((records - pageSize) / (pageSize - 1));
  if (list.by !== 'many') return parents;
  const asked = Math.ceil(parents / list.most);
  return asked === 0 ? 0 : asked * Math.ceil(records / asked / pageSize);
}

function walkCost(entity: TargetEntity, records: number, parents: number): Cost {
  const requests = requestsOf(entityPaths[entity], records, parents);
  const tokens = requests * recordPrices[entity].list;
  const { archived } = entityPaths[entity];
  return archived === null
    ? { requests, tokens }
    : { requests: requests + 1, tokens: tokens + archived.tokens };
}

function dependantsCost(of: TargetEntity): Cost {
  const lists = targetEntities.filter(
    (entity) =>
      typeof entityPaths[entity].list !== 'object' &&
      builtInFields[entity].some(({ references }) => references === of),
  );
  const costs = lists.map((entity) => walkCost(entity, 0, 0));
  return {
    requests: costs.reduce((sum, cost) => sum + cost.requests, 0),
    tokens: costs.reduce((sum, cost) => sum + cost.tokens, 0),
  };
}

/** The published prices, as numbers a plan can add up. */
export const costTable: CostTable = {
  // the answer is a link to the bytes, which are had from the storage without a token (UNC)
  bytes: { requests: 1, tokens: tokensOf.fileBytes },
  walk: walkCost,
  dependants: dependantsCost,
  together(entity) {
    const { at, bulk } = entityPaths[entity];
    if (bulk === null || at.kind !== 'below') return null;
    return { link: at.link, from: bulk.from, most: bulk.most, tokens: bulk.tokens };
  },
  describe: {
    requests: 12,
    tokens:
      tokensOf.me +
      tokensOf.users +
      tokensOf.currencies +
      tokensOf.activityTypes +
      tokensOf.pipelines +
      tokensOf.stages +
      tokensOf.leadLabels +
      5 * tokensOf.fields,
  },
  tokens: (entity, action) => recordPrices[entity][action],
  configure: (kind) => stepPrices[kind],
  unconfigure: (kind) => backPrices[kind],
};
