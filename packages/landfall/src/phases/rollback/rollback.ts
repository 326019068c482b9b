import { canonicalJson } from '../../base/canonical.ts';
import { MigrationError } from '../../model/error.ts';
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Kept, RollbackSummary } from '../../model/plan.ts';
import type { BeforeImage, StoreWriter } from '../../model/store.ts';
import { type TargetCatalog, type TargetEntity, targetEntities } from '../../model/target.ts';
import { anchorHead } from '../anchor.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { ownerUsers } from '../load/prepare.ts';
import { resolveDoubts } from '../load/reconcile.ts';
import { describeSameAccount } from '../same-account.ts';
import { writeValue } from '../values.ts';
import { takeBackConfiguration } from './configuration.ts';
import { referencesOf } from './held.ts';
import { type Inspected, isRestored } from './inspect.ts';
import { backwards, beginPass, holdEnds, judged, type Pass } from './judge.ts';
import { isOneThings } from './refusal.ts';

const batchSize = 64;
/** Refusals for want of rights without one success between them: then it is the token, not the records. */
const forbiddenLimit = 200;

/**
 * Takes the migration back, newest first: removes what was created, restores what was changed, and keeps, with the
 * reason, what somebody touched since. Can be killed and run again; a second time does nothing. Records are looked at
 * page by page right before they are acted on; in memory stays one line for each that is kept.
 * What cannot be undone: see `irreversible` of the model.
 */
export async function rollback(context: PhaseContext): Promise<RollbackSummary> {
  const catalog = await describeSameAccount(context);
  const owners = await ownerUsers(context.store);
  const quietSinceMs = context.ports.clock.monotonicMs();
  for (const entity of targetEntities) await resolveDoubts(context, owners, entity, quietSinceMs);
  const reversal = new Reversal(context, beginPass(owners, referencesOf(catalog)));
  for (const entity of backwards) await reversal.takeBack(entity);
  const configuration = await takeBackConfiguration(context);
  const summary = { ...reversal.count, kept: [...reversal.kept, ...configuration] };
  await finish(context, summary, await context.destination.describe(context.signal));
  return summary;
}

/** Why a record stays, for the list of what is kept; null when nothing of it does. */
export function keptOf({ operation, id, record, verdict }: Inspected): Kept | null {
  const at = record?.updatedAt;
  const what = { entity: operation.entity, targetId: id, ...(typeof at === 'string' ? { at } : {}) };
  if (verdict.kind === 'keep') return { ...what, because: verdict.because };
  if (verdict.kind !== 'restore' || verdict.keptFields.length === 0) return null;
  return { ...what, because: `changed since: ${verdict.keptFields.join(', ')}` };
}

type Settled = readonly PromiseSettledResult<void>[];

/** One rollback under way: what it has done and what it has kept. */
class Reversal {
  readonly #context: PhaseContext;
  readonly #pass: Pass;
  readonly kept: Kept[] = [];
  readonly count = { reversed: 0, restored: 0, errored: 0 };
  #forbidden = 0;

  constructor(context: PhaseContext, pass: Pass) {
    this.#context = context;
    this.#pass = pass;
  }

  async takeBack(entity: TargetEntity): Promise<void> {
    for await (const page of judged(this.#context, this.#pass, entity)) {
      for (const one of page) this.kept.push(...[keptOf(one) ?? []].flat());
      await this.#keepImages(page);
      const due = page.filter((one) => one.verdict.kind !== 'keep');
      for (let from = 0; from < due.length; from += batchSize)
        await this.#reverseBatch(entity, due.slice(from, from + batchSize));
    }
  }

  /** Before what a kept record led to is taken back: later it must not look as if that had cost it the link. */
  async #keepImages(page: readonly Inspected[]): Promise<void> {
    const images = page.flatMap(({ operation, id, image }): BeforeImage[] =>
      image === null ? [] : [{ entity: operation.entity, targetId: id, json: canonicalJson(image) }],
    );
    const [first] = images;
    if (first === undefined) return;
    await this.#context.store.write(this.#context.lease, async (writer) => {
      await writer.dropBeforeImages(
        first.entity,
        images.map(({ targetId }) => targetId),
      );
      await writer.putBeforeImages(images);
    });
  }

  async #reverseBatch(entity: TargetEntity, batch: readonly Inspected[]): Promise<void> {
    const { lease, ports, store } = this.#context;
    await store.write(lease, (writer) => writer.appendAudit(batch.map(intentOf)));
    ports.crashPoint('rollback:after-intent');
    const settled = await Promise.allSettled(batch.map((one) => reverse(this.#context, one)));
    ports.crashPoint('rollback:after-send');
    const errored = batch.flatMap((one, at) => refusalOf(one, settled[at]) ?? []);
    const failed = new Set(errored.map(({ one }) => one));
    const reversed = batch.filter((one, at) => settled[at]?.status === 'fulfilled' && !failed.has(one));
    await store.write(lease, (writer) => keepResults(writer, entity, reversed, errored));
    this.#add(reversed, errored);
    const { reversed: done } = this.count;
    this.#context.report({ phase: 'rollback', subject: entity, done, total: null });
    this.#throwTrouble(settled);
    stopIfAsked(this.#context);
  }

  #add(reversed: readonly Inspected[], errored: readonly Refused[]): void {
    this.count.reversed += reversed.filter((one) => one.verdict.kind === 'remove').length;
    this.count.restored += reversed.filter(isRestored).length;
    this.count.errored += errored.length;
    for (const { one, because } of errored) {
      this.kept.push({ entity: one.operation.entity, targetId: one.id, because });
      holdEnds(this.#pass, one, 'which could not be taken back');
    }
    const isForbidden = errored.length > 0 && reversed.length === 0;
    this.#forbidden = isForbidden ? this.#forbidden + errored.length : 0;
  }

  /** The world's trouble ends the run, to be gone on with later; so does a token that may do nothing at all. */
  #throwTrouble(settled: Settled): void {
    const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    const trouble = reasons.find((reason) => !isOneThings(reason));
    if (trouble !== undefined) throw trouble;
    const forbidden = reasons.find((reason) => codeOf(reason) === 'forbidden');
    if (this.#forbidden >= forbiddenLimit && forbidden !== undefined) throw forbidden;
  }
}

interface Refused {
  readonly one: Inspected;
  readonly because: string;
}

function refusalOf(one: Inspected, settled: PromiseSettledResult<void> | undefined): Refused | null {
  if (settled?.status !== 'rejected' || !isOneThings(settled.reason)) return null;
  return { one, because: `it could not be taken back: ${settled.reason.message}` };
}

function codeOf(error: unknown): string | null {
  return error instanceof MigrationError ? error.code : null;
}

function intentOf({ operation, id, verdict }: Inspected) {
  const { seq, entity } = operation;
  return { kind: 'rollback' as const, body: { seq, entity, targetId: id, what: verdict.kind } };
}

async function reverse(context: PhaseContext, { operation, id, verdict }: Inspected): Promise<void> {
  if (verdict.kind === 'remove') return context.destination.remove(operation.entity, id, context.signal);
  if (verdict.kind !== 'restore' || !isRestored({ verdict })) return;
  const { entity, fingerprint } = operation;
  const request = { entity, id, values: verdict.values, marker: fingerprint };
  await context.destination.write(request, context.signal);
}

/** Books what was taken back, and forgets what was kept for it: a later migration begins with its own images. */
async function keepResults(
  writer: StoreWriter,
  entity: TargetEntity,
  reversed: readonly Inspected[],
  errored: readonly Refused[],
): Promise<void> {
  const kinds = Map.groupBy(reversed, ({ verdict }) => verdict.kind);
  const removed = kinds.get('remove')?.length ?? 0;
  const gone = kinds.get('gone')?.filter((one) => one.operation.action === 'create').length ?? 0;
  const restored = reversed.filter(isRestored).length;
  await writer.changeOperations(reversed.map(({ operation }) => ({ seq: operation.seq, state: 'removed' })));
  await writer.unbind(reversed.map(({ operation }) => operation));
  await writer.dropBeforeImages(
    entity,
    reversed.map(({ id }) => id),
  );
  await writer.post([booked(entity, 'removed', removed + gone), booked(entity, 'restored', restored)]);
  await writer.appendAudit(
    errored.map(({ one, because }) => ({
      kind: 'rollback' as const,
      body: { seq: one.operation.seq, entity, targetId: one.id, what: 'failed', because },
    })),
  );
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
    await anchorHead(writer, 'rollback', context.ports.clock.nowMs());
  });
}

function keptEntries(summary: RollbackSummary): LedgerEntry[] {
  return targetEntities.map((entity) =>
    booked(entity, 'kept', summary.kept.filter((one) => one.entity === entity).length),
  );
}
