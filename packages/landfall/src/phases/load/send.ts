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
    const code = error.code === 'bytes-wrong' ? 'bytes-wrong' : 'destination-refused';
    return { kind: 'failed', prepared, code, why: error.message };
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
  const values = Object.fromEntries(names.map((name) => [name, request.values[name] as TargetValue]));
  await keepBefore(context, before, values);
  const record = await context.destination.write({ ...request, values, id: targetId }, context.signal);
  return { kind: 'updated', prepared, record };
}

function untouched(entity: TargetRecord['entity'], id: TargetRecord['id']): TargetRecord {
  return { entity, id, values: {}, marker: null, updatedAt: null };
}

/**
 * An update is safe to repeat, so what the first attempt found counts; a second draft that fills the same record adds
 * its own fields. Beside each old value stands what we put in its place: rollback tells by it what a person changed.
 */
async function keepBefore(
  context: PhaseContext,
  record: TargetRecord,
  values: Readonly<Record<string, TargetValue>>,
): Promise<void> {
  const { entity, id } = record;
  const image = await context.store.beforeImage(entity, id);
  const kept = image === null ? {} : (JSON.parse(image) as FillImage);
  const names = Object.keys(values).filter((name) => !(name in (kept.before ?? {})));
  if (names.length === 0) return;
  const before = Object.fromEntries(names.map((name) => [name, record.values[name] ?? null]));
  const wrote = Object.fromEntries(names.map((name) => [name, values[name]]));
  const merged = { ...kept, before: { ...before, ...kept.before }, wrote: { ...wrote, ...kept.wrote } };
  await context.store.write(context.lease, async (writer) => {
    await writer.dropBeforeImages(entity, [id]);
    await writer.putBeforeImages([{ entity, targetId: id, json: canonicalJson(merged) }]);
  });
}

interface FillImage {
  readonly before?: object;
  readonly wrote?: object;
}
