import type { CostTable } from '../model/destination.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import type { TargetEntity } from '../model/target.ts';

/** Records in one list answer: the maximum of every list we walk (facts.md 1.3). */
export const pageSize = 500;

/** Tokens of the requests that are not about a record (`x-token-cost` of the published specs, 2026-08-18). */
export const tokensOf = {
  me: 2,
  users: 20,
  currencies: 20,
  activityTypes: 20,
  fields: 10,
  pipelines: 5,
  stages: 5,
  archivedDeals: 20,
  options: 5,
  removeField: 3,
  removeOptions: 3,
  removePipeline: 3,
  removeStage: 3,
  removeActivityType: 6,
} as const;

const v2 = { create: 5, update: 5, get: 1, list: 10, remove: 3 } as const;
const v1 = { create: 10, update: 10, get: 2, list: 20, remove: 6 } as const;

/** Prices of one entity: v2 is half of v1 (facts.md 3.2). */
const recordPrices: Readonly<Record<TargetEntity, typeof v2 | typeof v1>> = {
  organization: v2,
  organizationRelationship: v1,
  person: v2,
  deal: v2,
  activity: v2,
  note: v1,
};

const stepPrices: Readonly<Record<ConfigurationStep['kind'], number>> = {
  field: 5,
  option: 5,
  pipeline: 5,
  stage: 5,
  activityType: 10,
};

/** The published prices, as numbers a plan can add up. */
export const costTable: CostTable = {
  pageSize,
  describe: {
    requests: 10,
    tokens:
      tokensOf.me +
      tokensOf.users +
      tokensOf.currencies +
      tokensOf.activityTypes +
      tokensOf.pipelines +
      tokensOf.stages +
      4 * tokensOf.fields,
  },
  tokens: (entity, action) => recordPrices[entity][action],
  configure: (kind) => stepPrices[kind],
};
