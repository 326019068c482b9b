import type { BudgetView, Cost } from '../../model/destination.ts';
import type { TargetId } from '../../model/key.ts';
import type { Kept } from '../../model/plan.ts';
import { type TargetEntity, type TargetUser, targetEntities } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import { ownerUsers } from '../load/prepare.ts';
import { resolveDoubts } from '../load/reconcile.ts';
import { describeSameAccount } from '../same-account.ts';
import { isOurs } from './configuration.ts';
import { referencesOf } from './held.ts';
import { type Inspected, isRestored } from './inspect.ts';
import { backwards, beginPass, judged } from './judge.ts';
import { keptOf } from './rollback.ts';
import type { ReversalCount, RollbackPlan } from './summary.ts';

const dayMs = 86_400_000;

/**
 * Says what `rollback` would do now, record by record, and what it would take. In the destination
 * it only reads (lost answers of a load are looked up, as ever): the same lists, in the same
 * order, so that what it read itself (and a little less) is read again then.
 */
export async function planRollback(context: PhaseContext): Promise<RollbackPlan> {
  const before = context.destination.budget();
  const catalog = await describeSameAccount(context);
  const owners = await ownerUsers(context.store);
  // without that, what a broken load made and does not know of yet would look like somebody else's
  const quietSinceMs = context.ports.clock.monotonicMs();
  for (const entity of targetEntities) await resolveDoubts(context, owners, entity, quietSinceMs);
  const pass = beginPass(owners, referencesOf(catalog));
  const kept: Kept[] = [];
  const entities: Partial<Record<TargetEntity, ReversalCount>> = {};
  let writes: Cost = { tokens: 0, requests: 0 };
  for (const entity of backwards) {
    for await (const page of judged(context, pass, entity)) {
      for (const one of page) kept.push(...[keptOf(one) ?? []].flat());
      entities[entity] = page.reduce(counted, entities[entity] ?? none);
    }
    writes = sum(writes, writesOf(context, entity, entities[entity] ?? none));
  }
  const reads = sum(since(before, context.destination.budget()), context.destination.costs.describe);
  const named = await withNames(context, catalog.users, kept);
  const steps = (await context.store.steps()).filter(isOurs);
  const { unconfigure } = context.destination.costs;
  for (const { step } of steps) writes = sum(writes, { tokens: unconfigure(step.kind), requests: 1 });
  const counts = Object.values(entities);
  return {
    reversed: counts.reduce((total, one) => total + one.remove, 0),
    restored: counts.reduce((total, one) => total + one.restore, 0),
    kept: named,
    errored: 0,
    entities,
    configuration: steps.length,
    ...billOf(context, steps.length + counts.length === 0 ? { tokens: 0, requests: 0 } : sum(reads, writes)),
  };
}

/** Change logs that are read to say who changed a record (20 tokens each). */
const mostNames = 50;

/** Says who changed the first few of the records that would be kept because somebody changed them. */
async function withNames(
  { destination, signal }: PhaseContext,
  users: readonly TargetUser[],
  kept: readonly Kept[],
): Promise<readonly Kept[]> {
  const named: Kept[] = [];
  let asked = 0;
  for (const one of kept) {
    const isChanged = one.entity !== 'configuration' && /changed/.test(one.because) && asked < mostNames;
    const change = isChanged
      ? await destination.lastChange(one.entity, one.targetId as TargetId, signal)
      : null;
    if (isChanged) asked += 1;
    const by = users.find(({ id }) => id === change?.userId)?.name;
    named.push(by === undefined ? one : { ...one, by });
  }
  return named;
}

const none: ReversalCount = { remove: 0, restore: 0, keep: 0, gone: 0 };

function sum(one: Cost, other: Cost): Cost {
  return { tokens: one.tokens + other.tokens, requests: one.requests + other.requests };
}

function since(before: BudgetView, now: BudgetView): Cost {
  return { tokens: now.spentHere - before.spentHere, requests: now.requests - before.requests };
}

function counted(count: ReversalCount, one: Inspected): ReversalCount {
  const { kind } = one.verdict;
  if (kind === 'keep') return { ...count, keep: count.keep + 1 };
  if (kind === 'remove') return { ...count, remove: count.remove + 1 };
  if (kind === 'gone') return one.operation.action === 'create' ? { ...count, gone: count.gone + 1 } : count;
  return isRestored(one) ? { ...count, restore: count.restore + 1 } : count;
}

function writesOf({ destination }: PhaseContext, entity: TargetEntity, count: ReversalCount): Cost {
  const { costs } = destination;
  return {
    tokens: count.remove * costs.tokens(entity, 'remove') + count.restore * costs.tokens(entity, 'update'),
    requests: count.remove + count.restore,
  };
}

/** Days by our share of the day's tokens, as in the plan of the migration itself. */
function billOf(context: PhaseContext, { tokens, requests }: Cost) {
  const { dailyTokens } = context.destination.budget();
  const share = Math.max(1, Math.floor(dailyTokens * context.policies.budgetShare));
  const days = Math.ceil(tokens / share);
  const nowMs = context.ports.clock.nowMs();
  const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return {
    tokens,
    requests,
    days,
    start: date(nowMs),
    end: date(nowMs + Math.max(0, days - 1) * dayMs),
  };
}
