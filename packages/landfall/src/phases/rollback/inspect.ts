import type { Destination } from '../../model/destination.ts';
import { type TargetId, targetId } from '../../model/key.ts';
import type { Operation } from '../../model/plan.ts';
import { refName } from '../../model/store.ts';
import type { TargetRecord, TargetValue } from '../../model/target.ts';
import { compareRecord, type FieldComparison } from '../compare.ts';
import type { PhaseContext } from '../context.ts';
import { type AfterImage, imageHash } from '../load/outcome.ts';
import { type OwnerUsers, type Prepared, prepare } from '../load/prepare.ts';

/** What rollback will do with one record. */
export type Verdict =
  | { readonly kind: 'remove' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'keep'; readonly because: string }
  | {
      readonly kind: 'restore';
      readonly values: Readonly<Record<string, TargetValue | null>>;
      readonly keptFields: readonly string[];
    };

/** A record of ours with what the destination holds of it now. */
export interface Inspected {
  readonly operation: Operation;
  readonly id: TargetId;
  readonly verdict: Verdict;
}

/** Whether rollback has something to give back: a record that was only recognised holds nothing of ours. */
export function isRestored({ verdict }: Inspected): boolean {
  return verdict.kind === 'restore' && Object.keys(verdict.values).length > 0;
}

/** Judges a page of operations against the records as they are now: three-way, field by field (reliability.md 7.1). */
export async function inspect(
  context: Pick<PhaseContext, 'store' | 'destination' | 'signal'>,
  owners: OwnerUsers,
  operations: readonly Operation[],
  current: ReadonlyMap<TargetId, TargetRecord>,
): Promise<readonly Inspected[]> {
  const { store, destination } = context;
  const prepared = new Map(
    (await prepare(store, owners, operations)).map((one) => [refName(one.operation), one]),
  );
  const inspected: Inspected[] = [];
  for (const operation of operations) {
    const id = operation.targetId;
    const one = prepared.get(refName(operation));
    if (id === null || one === undefined) continue;
    const image = await store.beforeImage(operation.entity, id);
    const found = current.get(id);
    const record = found === undefined ? undefined : await withLostLinks(context, one, found);
    const wasThere = operation.action === 'update' && !isAfterImage(image);
    const verdict = wasThere
      ? judgeUpdate(destination, one.request, record, image)
      : judgeCreate(destination, one, record, image);
    inspected.push({ operation, id, verdict: explain(destination, verdict, one, record) });
  }
  return inspected;
}

/** A link that is empty because its other end was deleted is nobody's edit of this record: it is read as it was. */
async function withLostLinks(
  { destination, signal }: Pick<PhaseContext, 'destination' | 'signal'>,
  { operation, request }: Prepared,
  record: TargetRecord,
): Promise<TargetRecord> {
  const values = { ...record.values };
  for (const { field, entity } of operation.links) {
    const written = request.values[field];
    if (typeof written !== 'string' || values[field] !== null) continue;
    if ((await destination.get(entity, targetId(written), signal)) === null) values[field] = written;
  }
  return { ...record, values };
}

/** Made by us, kept by an earlier rollback and found again: still judged as what we made. */
function isAfterImage(image: string | null): boolean {
  return image !== null && 'after' in (JSON.parse(image) as object);
}

function judgeCreate(
  destination: Destination,
  prepared: Prepared,
  record: TargetRecord | undefined,
  image: string | null,
): Verdict {
  if (record === undefined) return { kind: 'gone' };
  const made = image === null ? null : (JSON.parse(image) as Partial<AfterImage>);
  const unseen = (made?.unseen ?? []).filter((name) => name in record.values);
  const same = compareRecord(destination, prepared, record, unseen, new Set()).every(
    (one) => !isChanged(one),
  );
  if (same && made?.after === imageHash(record, unseen)) return { kind: 'remove' };
  return { kind: 'keep', because: 'somebody has changed it since' };
}

function isChanged({ verdict }: FieldComparison): boolean {
  return verdict === 'missing' || verdict === 'different';
}

/** Names the fields that differ from what we wrote, where they can be told. */
function explain(
  destination: Destination,
  verdict: Verdict,
  prepared: Prepared,
  record: TargetRecord | undefined,
): Verdict {
  if (verdict.kind !== 'keep' || record === undefined) return verdict;
  const names = Object.keys(prepared.request.values);
  const changed = compareRecord(destination, prepared, record, names, new Set())
    .filter(isChanged)
    .map((one) => one.field);
  const at = record.updatedAt === null ? '' : ` (last change ${record.updatedAt})`;
  const what = changed.length === 0 ? 'a field that the migration did not write' : changed.join(', ');
  return { kind: 'keep', because: `somebody has changed it since: ${what}${at}` };
}

/** A field that still holds what we wrote gets its old value back; a field somebody changed keeps theirs. */
function judgeUpdate(
  destination: Destination,
  request: Prepared['request'],
  record: TargetRecord | undefined,
  image: string | null,
): Verdict {
  if (record === undefined) return { kind: 'gone' };
  const before =
    image === null
      ? {}
      : ((JSON.parse(image) as { before?: Record<string, TargetValue | null> }).before ?? {});
  const values: Record<string, TargetValue | null> = {};
  const keptFields: string[] = [];
  for (const [name, old] of Object.entries(before)) {
    const form = (value: TargetValue | null) => destination.normalise(request.entity, name, value);
    const now = form(record.values[name] ?? null);
    if (now === form(request.values[name] ?? null)) values[name] = old;
    else if (now !== form(old)) keptFields.push(name);
  }
  return { kind: 'restore', values, keptFields };
}
