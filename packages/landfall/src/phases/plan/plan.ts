import { must } from '../../base/assert.ts';
import { hashOf } from '../../base/hash.ts';
import { MigrationError } from '../../model/error.ts';
import { targetCounters } from '../../model/ledger.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Forecast, PlannedStep } from '../../model/plan.ts';
import type { Decision, Question } from '../../model/question.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import { readValue, writeValue } from '../values.ts';
import { readExisting } from './existing.ts';
import { forecast } from './forecast.ts';
import { countOperations } from './operation-counts.ts';
import { planOwners } from './owners.ts';
import { planInputHash } from './plan-input.ts';
import { planRecords } from './records.ts';
import { planSteps } from './steps.ts';

/** The plan, as far as it is told: the operations themselves lie in the store. */
export interface PlanResult {
  readonly hash: string;
  readonly forecast: Forecast;
  readonly steps: readonly Step[];
}

type Step = Omit<PlannedStep, 'seq'>;

/**
 * Turns drafts into operations: parents first, duplicates merged, matches found, links resolved, everything priced.
 * What a person must decide becomes a question. Writes nothing to the destination. Needs `transform` to be done;
 * refuses (`phase-order`) once the load has begun, for the books of what was written hang on the plan.
 */
export async function plan(context: PhaseContext, mapping: Mapping): Promise<PlanResult> {
  if ((await readValue(context.store, 'runStarted')) !== null) {
    throw new MigrationError('phase-order', 'The load has begun: its plan stays as it was approved.');
  }
  const decisions = new Map((await context.store.decisions()).map((decision) => [decision.id, decision]));
  const made = await madeBefore(context);
  await startAnew(context);
  const entities = await draftedEntities(context);
  await readExisting(context, entities);
  const owners = await planOwnerTable(context, decisions);
  const records = await planRecords(context, mapping, decisions, entities);
  const questions = records.questions;
  // the placeholder may be the only organization there is
  const result = await planBill(context, mapping, await draftedEntities(context), made, records.hash);
  await keep(context, mapping, result, [...owners, ...questions]);
  return result;
}

async function draftedEntities(context: PhaseContext): Promise<ReadonlySet<TargetEntity>> {
  const ledger = await context.store.ledger();
  return new Set(targetEntities.filter((entity) => (ledger.target[entity]?.drafted ?? 0) > 0));
}

/** What an earlier `configure` made, or may have made: it is ours to take back, whatever is planned now. */
async function madeBefore(context: PhaseContext): Promise<readonly Step[]> {
  const ours = (await context.store.steps()).filter(({ state }) => /^(done|intent|kept)$/.test(state));
  return ours.map(({ seq: _seq, ...step }) => step);
}

async function startAnew(context: PhaseContext): Promise<void> {
  const hadPlaceholder = (await context.store.getValue('placeholder')) !== null;
  await context.store.write(context.lease, async (writer) => {
    await writer.clearOperations();
    await writer.clearSteps();
    await writer.clearRejects('plan');
    await writer.resetLedger(
      'target',
      targetCounters.filter((counter) => counter !== 'drafted'),
    );
    await writeValue(writer, 'planHash', null);
    // a plan that dies half-way is no plan: it is due again
    await writeValue(writer, 'plannedFrom', null);
    await writer.setValue('placeholder', null);
    if (hadPlaceholder) {
      await writer.post([{ side: 'target', entity: 'organization', counter: 'drafted', amount: -1 }]);
    }
  });
}

/**
 * Makes the user table of the answers as they are now and keeps it; what is still open comes back as questions.
 * Also for a load that waits for the table before the deals.
 */
export async function planOwnerTable(
  context: PhaseContext,
  decisions: ReadonlyMap<string, Decision>,
): Promise<readonly Question[]> {
  const target = must(await readValue(context.store, 'target'), 'discover has read the destination');
  const tallies = await context.store.tallies('owner');
  const sourceOwners = (await readValue(context.store, 'catalog'))?.owners ?? [];
  const owners = planOwners({ tallies, sourceOwners, target, policies: context.policies, decisions });
  await context.store.write(context.lease, (writer) => writeValue(writer, 'owners', owners.rows));
  return owners.questions;
}

async function planBill(
  context: PhaseContext,
  mapping: Mapping,
  entities: ReadonlySet<TargetEntity>,
  made: readonly Step[],
  recordsHash: string,
): Promise<PlanResult> {
  const { store, destination, policies, ports } = context;
  const target = must(await readValue(store, 'target'), 'discover has read the destination');
  const account = must(await readValue(store, 'account'), 'discover has read the account');
  const options = await store.tallies('option');
  const wanted = planSteps({ mapping, target, options, entities, costs: destination.costs });
  const { steps, fresh } = withMade(made, wanted);
  const counts = await countOperations(store);
  const bill = forecast({
    counts,
    steps: fresh,
    costs: destination.costs,
    account,
    policies,
    nowMs: ports.clock.nowMs(),
  });
  const hash = hashOf([
    steps.map(({ step, because, costTokens }) => [step, because, costTokens]),
    recordsHash,
  ]);
  return { hash, forecast: bill, steps };
}

/** The steps made before and the new ones. What was made and is wanted again has gone from the account since. */
function withMade(
  made: readonly Step[],
  wanted: readonly Step[],
): { readonly steps: readonly Step[]; readonly fresh: readonly Step[] } {
  const isWanted = new Set(wanted.map(({ step }) => hashOf(step)));
  const stays = made.filter(({ step, state }) => state === 'intent' || !isWanted.has(hashOf(step)));
  const isThere = new Set(stays.map(({ step }) => hashOf(step)));
  const fresh = wanted.filter(({ step }) => !isThere.has(hashOf(step)));
  return { steps: [...stays, ...fresh], fresh };
}

async function keep(
  context: PhaseContext,
  mapping: Mapping,
  result: PlanResult,
  questions: readonly Question[],
): Promise<void> {
  const plannedFrom = await planInputHash(context.store, mapping, context.policies);
  await context.store.write(context.lease, async (writer) => {
    await writer.putSteps(result.steps);
    if (result.steps.some(({ state }) => state === 'planned' || state === 'intent')) {
      await writeValue(writer, 'configured', null);
    }
    await writer.putQuestions('plan', questions);
    await writeValue(writer, 'forecast', result.forecast);
    await writeValue(writer, 'planHash', result.hash);
    await writeValue(writer, 'plannedFrom', plannedFrom);
  });
}
