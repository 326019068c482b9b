import type { Kept, PlannedStep } from '../../model/plan.ts';
import type { PhaseContext } from '../context.ts';
import { isOneThings } from './refusal.ts';

/**
 * Takes back what `configure` made, last first. What records that stay still use is kept and listed with the reason
 * (the destination looks), also what an earlier rollback kept and nobody uses any more goes. What was found there is
 * not touched.
 */
export async function takeBackConfiguration(context: PhaseContext): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  const steps = (await context.store.steps()).filter(isOurs);
  for (const planned of steps.toReversed()) {
    const because = await takeBackStep(context, planned);
    if (because !== null) kept.push({ entity: 'configuration', targetId: nameOf(planned), because });
  }
  return kept;
}

/** States of steps that may have left something of ours in the destination. */
const ours: ReadonlySet<PlannedStep['state']> = new Set(['done', 'intent', 'kept']);

/** Whether a step may have left something of ours there. */
export function isOurs({ state }: PlannedStep): boolean {
  return ours.has(state);
}

async function takeBackStep(context: PhaseContext, planned: PlannedStep): Promise<string | null> {
  const isKnown = planned.ids.length > 0 && planned.state !== 'intent';
  const there = isKnown ? [] : context.destination.findConfigured(planned.step);
  const ids = [...new Set([...there, ...planned.ids])];
  const because = await unconfigured(context, planned, ids);
  await context.store.write(context.lease, async (writer) => {
    await writer.changeStep(planned.seq, { state: because === null ? 'removed' : 'kept', ids });
    await writer.appendAudit([{ kind: 'rollback', body: { step: planned.seq, kept: because } }]);
  });
  return because;
}

/** Why a step's things stay; null when they are gone. What this token may not remove stays, and the rest goes on. */
async function unconfigured(
  { destination, signal }: PhaseContext,
  { step }: PlannedStep,
  ids: readonly string[],
): Promise<string | null> {
  try {
    return (await destination.unconfigure(step, ids, signal)).kept;
  } catch (error) {
    if (isOneThings(error)) return `it could not be taken back: ${error.message}`;
    throw error;
  }
}

function nameOf({ step }: PlannedStep): string {
  if (step.kind === 'option') return `${step.entity}.${step.field}: ${step.labels.join(', ')}`;
  if (step.kind === 'field') return `${step.entity}.${step.name}`;
  return step.kind === 'stage' ? `${step.pipeline} / ${step.name}` : step.name;
}
