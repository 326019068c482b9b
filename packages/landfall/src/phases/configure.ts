import { must } from '../base/assert.ts';
import { MigrationError } from '../model/error.ts';
import type { ConfigurationStep, PlannedStep } from '../model/plan.ts';
import type { PhaseContext } from './context.ts';
import { stopIfAsked } from './context.ts';
import { describeSameAccount } from './same-account.ts';
import { writeValue } from './values.ts';

/**
 * Makes what the plan needs in the destination: fields, options, labels, pipelines, stages, activity types.
 * What is there already is found, not made; a second time nothing is made. A lost answer is looked up by name.
 */
export async function configure(
  context: PhaseContext,
): Promise<{ readonly made: number; readonly found: number }> {
  await describeSameAccount(context);
  const steps = await context.store.steps();
  const count = { made: 0, found: 0 };
  for (const step of steps) {
    count[await configureStep(context, step, steps)] += 1;
    context.report({
      phase: 'configure',
      subject: step.step.kind,
      done: count.made + count.found,
      total: steps.length,
    });
    stopIfAsked(context);
  }
  const target = await context.destination.describe(context.signal);
  const at = new Date(context.ports.clock.nowMs()).toISOString();
  await context.store.write(context.lease, async (writer) => {
    await writeValue(writer, 'target', target);
    await writeValue(writer, 'configured', at);
  });
  return count;
}

type OptionStep = Extract<ConfigurationStep, { kind: 'option' }>;

async function configureStep(
  context: PhaseContext,
  planned: PlannedStep,
  steps: readonly PlannedStep[],
): Promise<'made' | 'found'> {
  if (isThere(context, planned)) return putBackOptions(context, planned, steps);
  const result = await takeStep(context, planned);
  return result === 'made' ? result : putBackOptions(context, { ...planned, state: 'found' }, steps);
}

/** A step that was taken and that nobody has undone since: what people removed is made again. */
function isThere({ destination }: PhaseContext, planned: PlannedStep): boolean {
  const isDone = planned.state === 'done' || planned.state === 'found';
  return isDone && isComplete(planned, destination.findConfigured(planned.step));
}

/** Options that people took from a field of the plan since are made again; those that a field of theirs lacks are made. */
async function putBackOptions(
  context: PhaseContext,
  planned: PlannedStep,
  steps: readonly PlannedStep[],
): Promise<'made' | 'found'> {
  const { step, seq } = planned;
  if (step.kind !== 'field' || step.options.length === 0) return 'found';
  const options = {
    kind: 'option',
    entity: step.entity,
    field: `custom.${step.name}`,
    labels: step.options,
  } as const;
  const again = { ...planned, step: options };
  if (isComplete(again, context.destination.findConfigured(options))) return 'found';
  if (planned.state === 'found') return addOptions(context, options, steps);
  await context.store.write(context.lease, (writer) =>
    writer.appendAudit([{ kind: 'configure', body: { seq, step: options } }]),
  );
  await make(context, again);
  return 'made';
}

/** Options of ours in a field of theirs: a step of its own, so that a rollback takes back those and nothing else. */
async function addOptions(
  context: PhaseContext,
  options: OptionStep,
  steps: readonly PlannedStep[],
): Promise<'made' | 'found'> {
  const { store, destination, lease } = context;
  const isOfSameField = ({ step }: PlannedStep) =>
    step.kind === 'option' && step.entity === options.entity && step.field === options.field;
  if (steps.some(isOfSameField)) return 'found';
  const labels = options.labels.filter(
    (label) => destination.findConfigured({ ...options, labels: [label] }).length === 0,
  );
  const step = { ...options, labels };
  const because = 'the field was there, without these options';
  const costTokens = destination.costs.configure(step.kind);
  await store.write(lease, (writer) =>
    writer.putSteps([{ step, because, costTokens, state: 'planned', ids: [] }]),
  );
  return takeStep(context, must((await store.steps()).at(-1), 'the step was just put'));
}

async function takeStep(context: PhaseContext, planned: PlannedStep): Promise<'made' | 'found'> {
  let there = context.destination.findConfigured(planned.step);
  if (planned.state === 'intent' && !isComplete(planned, there)) there = await lookAgain(context, planned);
  if (isComplete(planned, there)) return keepFound(context, planned, there);
  await context.store.write(context.lease, async (writer) => {
    await writer.changeStep(planned.seq, { state: 'intent', ids: earlierIds(planned) });
    await writer.appendAudit([{ kind: 'configure', body: { seq: planned.seq, step: planned.step } }]);
  });
  context.ports.crashPoint('configure:after-intent');
  // of several options some may be there without us: they are not ours to take back
  const ids = (await make(context, planned)).filter((id) => !there.includes(id));
  context.ports.crashPoint('configure:after-send');
  await context.store.write(context.lease, async (writer) => {
    await writer.changeStep(planned.seq, { state: 'done', ids: withEarlier(ids, planned) });
    await writer.appendAudit([{ kind: 'configure', body: { seq: planned.seq, ids } }]);
  });
  return 'made';
}

function isComplete({ step }: PlannedStep, there: readonly string[]): boolean {
  return step.kind === 'option' ? there.length === step.labels.length : there.length > 0;
}

/**
 * Found after our own intent: the answer was lost, the thing is ours. Found without: it was there before. Of what a
 * rollback kept the ids are known: another one of that name is somebody else's.
 */
async function keepFound(
  context: PhaseContext,
  planned: PlannedStep,
  ids: readonly string[],
): Promise<'made' | 'found'> {
  const isOurs = planned.state === 'intent' || planned.state === 'kept';
  const state = isOurs ? 'done' : 'found';
  await context.store.write(context.lease, (writer) =>
    writer.changeStep(planned.seq, {
      state,
      ids: planned.state === 'kept' ? planned.ids : withEarlier(ids, planned),
    }),
  );
  return state === 'done' ? 'made' : 'found';
}

/** What we made for this step before, and people renamed or removed: a rollback takes it back too. What was theirs is theirs. */
function earlierIds({ state, ids }: PlannedStep): readonly string[] {
  return state === 'found' ? [] : ids;
}

function withEarlier(ids: readonly string[], planned: PlannedStep): readonly string[] {
  return [...new Set([...ids, ...earlierIds(planned)])];
}

async function make(context: PhaseContext, planned: PlannedStep): Promise<readonly string[]> {
  try {
    return await context.destination.configure(planned.step, context.signal);
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code !== 'outcome-unknown') throw error;
    const there = await lookAgain(context, planned);
    return isComplete(planned, there)
      ? there
      : await context.destination.configure(planned.step, context.signal);
  }
}

/** What was asked for and not answered may still come about: waits the quiet time, then looks whether it is there. */
async function lookAgain(context: PhaseContext, { step }: PlannedStep): Promise<readonly string[]> {
  await context.ports.clock.sleep(context.policies.inDoubtQuietSeconds * 1000, context.signal);
  stopIfAsked(context);
  await context.destination.lookFor(step, context.signal);
  return context.destination.findConfigured(step);
}
