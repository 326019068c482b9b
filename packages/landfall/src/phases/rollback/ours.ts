import type { TargetId } from '../../model/key.ts';
import type { Operation, OperationState } from '../../model/plan.ts';
import { refName } from '../../model/store.ts';
import type { TargetEntity, TargetRecord } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { walkEntity } from '../walk.ts';

/** Operations that were carried out, with the records they made or changed as they are now; one that is gone is not among them. */
export interface OurPage {
  readonly operations: readonly Operation[];
  readonly current: ReadonlyMap<TargetId, TargetRecord>;
}

const batchSize = 500;
const looksAtOnce = 32;

/**
 * Everything of an entity that is still ours, page by page: first as the destination lists it, then what no list showed,
 * each asked for by its id. A record is only taken for gone when the destination itself says so.
 */
export async function* ourRecords(context: PhaseContext, entity: TargetEntity): AsyncIterable<OurPage> {
  const totals = (await context.store.operationTotals()).filter((total) => total.entity === entity);
  yield* halfFilled(context, entity);
  const done = totals.filter((total) => total.state === 'done');
  if (done.length === 0) return;
  const since = done.some((total) => total.action === 'update') ? 'ever' : 'watermark';
  const seen = new SeqSet();
  for await (const page of walkEntity(context, entity, since)) {
    const current = new Map<TargetId, TargetRecord>(page.map((record) => [record.id, record]));
    const refs = await context.store.refsOfTargets(entity, [...current.keys()]);
    const operations = (await context.store.operationsByRef([...refs.values()])).filter(
      (operation) => operation.state === 'done' && !seen.has(operation.seq),
    );
    for (const operation of operations) seen.add(operation.seq);
    yield { operations, current };
    stopIfAsked(context);
  }
  yield* unlisted(context, entity, seen);
}

const underWay: readonly OperationState[] = ['planned', 'intent', 'unknown'];

/** Updates that a load left half-way: what may have been filled in has its image, whether the answer came or not. */
async function* halfFilled(context: PhaseContext, entity: TargetEntity): AsyncIterable<OurPage> {
  for (let after = 0; ; ) {
    const page = await context.store.operationPage({ entity, states: underWay }, after, batchSize);
    const last = page.at(-1);
    if (last === undefined) return;
    const updates = page.filter(({ action }) => action === 'update');
    const ids = updates.flatMap(({ targetId }) => targetId ?? []);
    const filled = [...(await context.store.beforeImages(entity, ids)).keys()];
    const current = await lookUp(context, entity, filled);
    yield { operations: updates.filter(({ targetId }) => filled.includes(targetId as TargetId)), current };
    after = last.seq;
  }
}

async function* unlisted(context: PhaseContext, entity: TargetEntity, seen: SeqSet): AsyncIterable<OurPage> {
  for (let after = 0; ; ) {
    const page = await context.store.operationPage({ entity, states: ['done'] }, after, batchSize);
    const last = page.at(-1);
    if (last === undefined) return;
    const operations = page.filter((operation) => !seen.has(operation.seq));
    yield { operations, current: await lookUp(context, entity, await speakers(context, entity, operations)) };
    stopIfAsked(context);
    after = last.seq;
  }
}

/** Several drafts may have filled one record: the first speaks for it, the others have nothing of their own to give back. */
async function speakers(
  context: PhaseContext,
  entity: TargetEntity,
  operations: readonly Operation[],
): Promise<readonly TargetId[]> {
  const ids = operations.flatMap(({ targetId }) => targetId ?? []);
  const refs = await context.store.refsOfTargets(entity, ids);
  return operations.flatMap((operation) => {
    const ref = operation.targetId === null ? undefined : refs.get(operation.targetId);
    return ref !== undefined && refName(ref) === refName(operation) ? (operation.targetId ?? []) : [];
  });
}

async function lookUp(
  { destination, signal }: PhaseContext,
  entity: TargetEntity,
  ids: readonly TargetId[],
): Promise<ReadonlyMap<TargetId, TargetRecord>> {
  const found = new Map<TargetId, TargetRecord>();
  for (let from = 0; from < ids.length; from += looksAtOnce) {
    const some = ids.slice(from, from + looksAtOnce);
    const records = await Promise.all(some.map((id) => destination.get(entity, id, signal)));
    for (const record of records) if (record !== null) found.set(record.id, record);
  }
  return found;
}

/** Numbers of operations, a bit each: a plan of millions stays within a few hundred kilobytes. */
class SeqSet {
  #bits = new Uint8Array(1_024);

  add(seq: number): void {
    const place = seq >> 3;
    if (place >= this.#bits.length) {
      const larger = new Uint8Array(2 * place);
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[place] = (this.#bits[place] ?? 0) | (1 << (seq & 7));
  }

  has(seq: number): boolean {
    return ((this.#bits[seq >> 3] ?? 0) & (1 << (seq & 7))) !== 0;
  }
}
