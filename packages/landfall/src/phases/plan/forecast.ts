import { type Cost, type CostTable, capNames } from '../../model/destination.ts';
import { entityTraits } from '../../model/entity-table.ts';
import type { Forecast } from '../../model/plan.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import { calendarOf, type DayBudget, ownTokensOf } from './calendar.ts';
import type { EntityCount, ForecastInput } from './forecast-input.ts';
import { rollbackReserve } from './reserve.ts';

type PhaseRow = Forecast['phases'][number];

/** How often a phase reads the account anew: before and after configuring, before loading, before verifying. */
const describesOf = { configure: 2, run: 1, verify: 1 } as const;

/** The bill: tokens, requests, days and dates by plan, seats and share, with the reserve a rollback needs. */
export function forecast(input: ForecastInput): Forecast {
  const entities = targetEntities.flatMap((entity) => entityRows(input, entity));
  const phases = [...configureRows(input), readRow(input, 'run'), ...entities, readRow(input, 'verify')];
  const tokens = sum(phases, (row) => row.tokens);
  const budget = budgetOf(input);
  const calendar = calendarOf(
    Object.keys(describesOf).map((phase) => total(phase, phases)),
    budget,
  );
  const [start, end] = [calendar[0]?.start ?? '', calendar.at(-1)?.end ?? ''];
  return {
    tokens,
    requests: sum(phases, (row) => row.requests),
    days: tokens === 0 ? 0 : Math.max(1, Math.ceil(tokens / ownTokensOf(budget))),
    start,
    end,
    rollbackTokens: rollbackReserve(input),
    lowerBound: lowerBound(input),
    byteProofTokens: byteProofTokens(input),
    calendar,
    phases,
    caps: caps(input),
  };
}

function sum<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((whole, row) => whole + amount(row), 0);
}

function budgetOf({ account, policies, nowMs }: ForecastInput): DayBudget {
  return { dailyTokens: account.dailyTokens, tokensLeft: account.tokensLeft, policies, nowMs };
}

function total(phase: string, rows: readonly PhaseRow[]) {
  const own = rows.filter((row) => row.phase === phase);
  return { phase, requests: sum(own, (row) => row.requests), tokens: sum(own, (row) => row.tokens) };
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

/** Writes, one request for the watermark, then two list walks: the gate after the phase, and the proof. */
function entityRows(input: ForecastInput, entity: TargetEntity): PhaseRow[] {
  const count = input.counts[entity] ?? { create: 0, update: 0 };
  const operations = count.create + count.update;
  if (operations === 0) return [];
  const writes = count.writes ?? usualWrites(input.costs, entity, count);
  const watermark: Cost =
    entityTraits[entity].listedBy === null
      ? { requests: 1, tokens: input.costs.tokens(entity, 'list') }
      : { requests: 0, tokens: 0 };
  const gate = walk(input.costs, entity, count, operations);
  const proof =
    count.update === 0 ? gate : walk(input.costs, entity, count, count.create + (count.existing ?? 0));
  return [
    { phase: 'run', entity, operations, ...plus(writes, watermark, gate) },
    { phase: 'verify', entity, operations, ...plus(proof, bytesRead(input, entity, count.create)) },
  ];
}

/** Files are read back when the policy asks for it. */
function bytesRead({ costs, policies }: ForecastInput, entity: TargetEntity, records: number): Cost {
  const isAsked = entityTraits[entity].bytesIn !== null && policies.fileProof === 'bytes';
  const times = isAsked ? records : 0;
  return { requests: times * costs.bytes.requests, tokens: times * costs.bytes.tokens };
}

function byteProofTokens({ costs, counts }: ForecastInput): number {
  const withBytes = targetEntities.filter((entity) => entityTraits[entity].bytesIn !== null);
  return costs.bytes.tokens * sum(withBytes, (entity) => counts[entity]?.create ?? 0);
}

function usualWrites(costs: CostTable, entity: TargetEntity, { create, update }: EntityCount): Cost {
  const updateTokens = costs.tokens(entity, 'update') + costs.tokens(entity, 'get');
  return {
    requests: create + 2 * update,
    tokens: create * costs.tokens(entity, 'create') + update * updateTokens,
  };
}

function walk(costs: CostTable, entity: TargetEntity, count: EntityCount, records: number): Cost {
  return costs.walk(entity, records, count.parents ?? count.create + count.update);
}

function plus(...costs: readonly Cost[]): Cost {
  return { requests: sum(costs, (cost) => cost.requests), tokens: sum(costs, (cost) => cost.tokens) };
}

/** Every write, and the records read back once: no watermark, no gate, no configuration (facts.md 10.1: T_c + T_v). */
function lowerBound(input: ForecastInput): Forecast['lowerBound'] {
  const tokens = sum(targetEntities, (entity) => {
    const count = input.counts[entity];
    if (count === undefined || count.create + count.update === 0) return 0;
    const writes = count.writes ?? usualWrites(input.costs, entity, count);
    return writes.tokens + walk(input.costs, entity, count, count.create + count.update).tokens;
  });
  return { tokens, days: Math.ceil(tokens / Math.max(1, input.account.dailyTokens)) };
}

/** What is counted once more by this migration, limit by limit. */
function caps(input: ForecastInput): Forecast['caps'] {
  const underCap = targetEntities.filter((entity) => entityTraits[entity].underDealCap);
  const wantedOf: Readonly<Record<string, number>> = {
    [capNames.deals]: sum(underCap, (entity) => input.counts[entity]?.create ?? 0),
    [capNames.customFields]: input.steps.filter((step) => step.step.kind === 'field').length,
  };
  return input.account.caps.map((cap) => {
    const wanted = (cap.used ?? 0) + (wantedOf[cap.name] ?? 0);
    return { name: cap.name, limit: cap.limit, wanted, fits: wanted <= cap.limit };
  });
}
