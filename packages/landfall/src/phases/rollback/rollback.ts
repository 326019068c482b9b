import { MigrationError } from '../../model/error.ts';
import type { LedgerEntry } from '../../model/ledger.ts';
import { type TargetCatalog, type TargetEntity, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { ownerUsers } from '../load/prepare.ts';
import { resolveDoubts } from '../load/reconcile.ts';
import { writeValue } from '../values.ts';
import { takeBackConfiguration } from './configuration.ts';
import { type Inspected, isRestored } from './inspect.ts';
import { backwards, type Judgement, judge } from './judge.ts';
import type { Kept, RollbackSummary } from './summary.ts';

const batchSize = 64;

/** Says what `rollback` would do. Reads only. */
export async function planRollback(context: PhaseContext): Promise<RollbackSummary> {
  await context.destination.describe(context.signal);
  const judged = await judge(context, await ownerUsers(context.store));
  const all = [...judged.values()].flat();
  const reversed = all.filter((one) => one.verdict.kind === 'remove').length;
  return { reversed, restored: all.filter(isRestored).length, kept: keptOf(judged), errored: 0 };
}

/**
 * Takes the migration back, newest first: removes what was created, restores what was changed, and keeps, with the
 * reason, what somebody touched since. Can be killed and run again; a second time does nothing.
 * What cannot be undone: used-up ids, change-log lines, automations that were triggered (reliability.md 7.3).
 */
export async function rollback(context: PhaseContext): Promise<RollbackSummary> {
  await context.destination.describe(context.signal);
  const owners = await ownerUsers(context.store);
  for (const entity of targetEntities) await resolveDoubts(context, owners, entity);
  const judged = await judge(context, owners);
  const count = { reversed: 0, restored: 0, errored: 0 };
  for (const entity of backwards) await takeBack(context, entity, judged.get(entity) ?? [], count);
  const kept = keptOf(judged);
  const configuration = await takeBackConfiguration(context);
  const summary = { ...count, kept: [...kept, ...configuration] };
  await finish(context, summary, await context.destination.describe(context.signal));
  return summary;
}

function keptOf(judged: Judgement): Kept[] {
  return [...judged].flatMap(([entity, list]) =>
    list.flatMap(({ id, verdict }) => {
      if (verdict.kind === 'keep') return [{ entity, targetId: id, because: verdict.because }];
      if (verdict.kind !== 'restore' || verdict.keptFields.length === 0) return [];
      return [{ entity, targetId: id, because: `changed since: ${verdict.keptFields.join(', ')}` }];
    }),
  );
}

type Count = { reversed: number; restored: number; errored: number };

async function takeBack(
  context: PhaseContext,
  entity: TargetEntity,
  list: readonly Inspected[],
  count: Count,
): Promise<void> {
  const due = list.filter((one) => one.verdict.kind !== 'keep');
  for (let from = 0; from < due.length; from += batchSize) {
    const batch = due.slice(from, from + batchSize);
    await context.store.write(context.lease, (writer) => writer.appendAudit(batch.map(intentOf)));
    context.ports.crashPoint('rollback:after-intent');
    const settled = await Promise.allSettled(batch.map((one) => reverse(context, one)));
    context.ports.crashPoint('rollback:after-send');
    await keepResults(context, entity, batch, settled, count);
    context.report({ phase: 'rollback', subject: entity, done: from + batch.length, total: due.length });
    const trouble = settled.find((one) => one.status === 'rejected' && !isOneRecords(one.reason));
    if (trouble?.status === 'rejected') throw trouble.reason;
    stopIfAsked(context);
  }
}

function intentOf({ operation, id, verdict }: Inspected) {
  return {
    kind: 'rollback' as const,
    body: { seq: operation.seq, entity: operation.entity, targetId: id, what: verdict.kind },
  };
}

function isOneRecords(error: unknown): boolean {
  return error instanceof MigrationError && error.recovery === 'reject';
}

async function reverse(context: PhaseContext, { operation, id, verdict }: Inspected): Promise<void> {
  if (verdict.kind === 'remove') return context.destination.remove(operation.entity, id, context.signal);
  if (verdict.kind !== 'restore' || !isRestored({ operation, id, verdict })) return;
  const { entity, fingerprint } = operation;
  await context.destination.write(
    { entity, id, values: verdict.values, marker: fingerprint },
    context.signal,
  );
}

async function keepResults(
  context: PhaseContext,
  entity: TargetEntity,
  batch: readonly Inspected[],
  settled: readonly PromiseSettledResult<void>[],
  count: Count,
): Promise<void> {
  const reversed = batch.filter((_, at) => settled[at]?.status === 'fulfilled');
  const removed = reversed.filter((one) => one.verdict.kind === 'remove').length;
  const gone = reversed.filter(
    (one) => one.verdict.kind === 'gone' && one.operation.action === 'create',
  ).length;
  const restored = reversed.filter(isRestored).length;
  count.reversed += removed;
  count.restored += restored;
  count.errored += settled.filter((one) => one.status === 'rejected' && isOneRecords(one.reason)).length;
  await context.store.write(context.lease, async (writer) => {
    await writer.changeOperations(
      reversed.map(({ operation }) => ({ seq: operation.seq, state: 'removed' })),
    );
    await writer.unbind(reversed.map(({ operation }) => operation));
    await writer.post([booked(entity, 'removed', removed + gone), booked(entity, 'restored', restored)]);
  });
}

function booked(entity: string, counter: LedgerEntry['counter'], amount: number): LedgerEntry {
  return { side: 'target', entity, counter, amount };
}

/** Opens the way for another plan and run: the load that was taken back is over, and the account is as it is now. */
async function finish(context: PhaseContext, summary: RollbackSummary, target: TargetCatalog): Promise<void> {
  const at = new Date(context.ports.clock.nowMs()).toISOString();
  await context.store.write(context.lease, async (writer) => {
    for (const name of [
      'runStarted',
      'runFinished',
      'configured',
      'verified',
      'verify',
      'plannedFrom',
    ] as const) {
      await writeValue(writer, name, null);
    }
    for (const entity of targetEntities) {
      await writer.setValue(`gate:${entity}`, null);
      await writer.setValue(`watermark:${entity}`, null);
    }
    await writer.resetLedger('target', ['kept']);
    await writer.post(keptEntries(summary));
    await writeValue(writer, 'target', target);
    await writeValue(writer, 'rollback', summary);
    await writeValue(writer, 'rolledBack', at);
    await writer.appendAudit([
      { kind: 'phase', body: { phase: 'rollback', ...summary, kept: summary.kept.length } },
    ]);
  });
}

function keptEntries(summary: RollbackSummary): LedgerEntry[] {
  return targetEntities.map((entity) =>
    booked(entity, 'kept', summary.kept.filter((one) => one.entity === entity).length),
  );
}
