import { type AccountFacts, type CostTable, capNames } from '../../model/destination.ts';
import type { Forecast, PlannedStep } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';

/** What the plan holds, in numbers. */
export interface ForecastInput {
  readonly counts: Readonly<
    Partial<Record<TargetEntity, { readonly create: number; readonly update: number }>>
  >;
  readonly steps: readonly Omit<PlannedStep, 'seq'>[];
  readonly costs: CostTable;
  readonly account: AccountFacts;
  readonly policies: Policies;
  readonly nowMs: number;
}

type PhaseRow = Forecast['phases'][number];

const dayMs = 86_400_000;
/** How often a phase reads the account anew: before and after configuring, before loading, before verifying. */
const describesOf = { configure: 2, run: 1, verify: 1 } as const;

/** The bill: tokens, requests, days and dates by plan, seats and share, with the reserve a rollback needs. */
export function forecast(input: ForecastInput): Forecast {
  const entities = targetEntities.flatMap((entity) => entityRows(input, entity));
  const phases = [...configureRows(input), readRow(input, 'run'), ...entities, readRow(input, 'verify')];
  const tokens = sum(phases, (row) => row.tokens);
  const dailyTokens = Math.max(1, Math.floor(input.account.dailyTokens * input.policies.budgetShare));
  const days = Math.max(tokens > 0 ? 1 : 0, Math.ceil(tokens / dailyTokens));
  return {
    tokens,
    requests: sum(phases, (row) => row.requests),
    days,
    start: isoDate(input.nowMs),
    end: isoDate(input.nowMs + Math.max(0, days - 1) * dayMs),
    rollbackTokens: rollbackTokens(input),
    phases,
    caps: caps(input),
  };
}

function sum<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((total, row) => total + amount(row), 0);
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function readRow(input: ForecastInput, phase: keyof typeof describesOf): PhaseRow {
  const times = describesOf[phase];
  const { requests, tokens } = input.costs.describe;
  return { phase, entity: 'account', operations: 0, requests: times * requests, tokens: times * tokens };
}

function configureRows(input: ForecastInput): PhaseRow[] {
  const operations = input.steps.length;
  const tokens = sum(input.steps, (step) => step.costTokens);
  return [
    readRow(input, 'configure'),
    { phase: 'configure', entity: 'configuration', operations, requests: operations, tokens },
  ];
}

/** Writes, one list request for the watermark, then two list walks: the gate after the phase, and the proof. */
function entityRows(input: ForecastInput, entity: TargetEntity): PhaseRow[] {
  const { create, update } = input.counts[entity] ?? { create: 0, update: 0 };
  if (create + update === 0) return [];
  const { costs } = input;
  const operations = create + update;
  const lists = walkRequests(input, entity, operations);
  const writeTokens =
    create * costs.tokens(entity, 'create') +
    update * (costs.tokens(entity, 'update') + costs.tokens(entity, 'get'));
  const listTokens = costs.tokens(entity, 'list');
  const requests = create + 2 * update + lists + 1;
  return [
    { phase: 'run', entity, operations, requests, tokens: writeTokens + (lists + 1) * listTokens },
    { phase: 'verify', entity, operations, requests: lists, tokens: lists * listTokens },
  ];
}

/** Relationships can only be listed organization by organization: at worst each has a parent of its own. */
function walkRequests(input: ForecastInput, entity: TargetEntity, records: number): number {
  return entity === 'organizationRelationship' ? records : Math.ceil(records / input.costs.pageSize);
}

function rollbackTokens(input: ForecastInput): number {
  const records = sum(targetEntities, (entity) => {
    const { create, update } = input.counts[entity] ?? { create: 0, update: 0 };
    const pages = Math.ceil((create + update) / input.costs.pageSize);
    return (
      create * input.costs.tokens(entity, 'remove') +
      update * input.costs.tokens(entity, 'update') +
      pages * input.costs.tokens(entity, 'list')
    );
  });
  return records + sum(input.steps, (step) => step.costTokens);
}

function caps(input: ForecastInput): Forecast['caps'] {
  const wantedOf: Readonly<Record<string, number>> = {
    [capNames.deals]: input.counts.deal?.create ?? 0,
    [capNames.customFields]: input.steps.filter((step) => step.step.kind === 'field').length,
  };
  return input.account.caps.map((cap) => {
    const wanted = (cap.used ?? 0) + (wantedOf[cap.name] ?? 0);
    return { name: cap.name, limit: cap.limit, wanted, fits: wanted <= cap.limit };
  });
}
