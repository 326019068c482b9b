import { canonicalJson } from '../../base/canonical.ts';
import { MigrationError } from '../../model/error.ts';
import type { TargetRecord, TargetValue } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import { emptyFields } from '../plan/existing.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';

/**
 * Sends one operation whose intent is on disk and says what became of it.
 * Throws when the trouble is the world's and not the record's (budget, rights, cap, block): then nothing was executed.
 */
export async function send(context: PhaseContext, prepared: Prepared): Promise<Outcome> {
  if (prepared.impossible !== null) {
    return { kind: 'failed', prepared, code: 'parent-failed', why: prepared.impossible };
  }
  try {
    if (prepared.operation.action === 'update') return await update(context, prepared);
    const record = await context.destination.write(prepared.request, context.signal);
    return { kind: 'created', prepared, record };
  } catch (error) {
    return outcomeOf(error, prepared);
  }
}

function outcomeOf(error: unknown, prepared: Prepared): Outcome {
  if (!(error instanceof MigrationError)) throw error;
  if (error.code === 'outcome-unknown') return { kind: 'unknown', prepared, why: error.message };
  if (error.recovery === 'reject') {
    return { kind: 'failed', prepared, code: 'destination-refused', why: error.message };
  }
  throw error;
}

/** Fills what is empty in a record that was there before, and keeps how it was; one that stays as it is costs nothing. */
async function update(context: PhaseContext, prepared: Prepared): Promise<Outcome> {
  const { operation, request } = prepared;
  const { entity, targetId } = operation;
  if (targetId === null)
    throw new MigrationError('refused', `${operation.key}: the plan names no record to update`);
  if (operation.costTokens === 0) return { kind: 'matched', prepared, record: untouched(entity, targetId) };
  const before = await context.destination.get(entity, targetId, context.signal);
  if (before === null) {
    return { kind: 'failed', prepared, code: 'destination-refused', why: `${entity} ${targetId} is gone` };
  }
  const names = emptyFields(before, request.values);
  if (names.length === 0) {
    const wasFilled = (await context.store.beforeImage(entity, targetId)) !== null;
    return { kind: wasFilled ? 'updated' : 'matched', prepared, record: before };
  }
  await keepBefore(context, before, names);
  const values = Object.fromEntries(names.map((name) => [name, request.values[name] as TargetValue]));
  const record = await context.destination.write({ ...request, values, id: targetId }, context.signal);
  return { kind: 'updated', prepared, record };
}

function untouched(entity: TargetRecord['entity'], id: TargetRecord['id']): TargetRecord {
  return { entity, id, values: {}, marker: null, updatedAt: null };
}

/** An update is safe to repeat, so the image of the first attempt is the one that counts. */
async function keepBefore(
  context: PhaseContext,
  before: TargetRecord,
  names: readonly string[],
): Promise<void> {
  const { entity, id } = before;
  if ((await context.store.beforeImage(entity, id)) !== null) return;
  const values = Object.fromEntries(names.map((name) => [name, before.values[name] ?? null]));
  const json = canonicalJson({ before: values });
  await context.store.write(context.lease, (writer) =>
    writer.putBeforeImages([{ entity, targetId: id, json }]),
  );
}
