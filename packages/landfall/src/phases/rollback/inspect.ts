import type { Destination } from '../../model/destination.ts';
import { entityTraits } from '../../model/entity-table.ts';
import type { TargetId } from '../../model/key.ts';
import type { Operation } from '../../model/plan.ts';
import { refName } from '../../model/store.ts';
import type { TargetRecord, TargetValue } from '../../model/target.ts';
import { compareRecord, type FieldComparison } from '../compare.ts';
import type { PhaseContext } from '../context.ts';
import { imageHash } from '../load/outcome.ts';
import { type OwnerUsers, type Prepared, prepare } from '../load/prepare.ts';
import type { DerivedFields } from './derived.ts';
import type { References } from './held.ts';
import { parseImage, type RecordImage } from './image.ts';
import { Ends, relink } from './lost-links.ts';
import type { OurPage } from './ours.ts';

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

/** A record of ours with what the destination holds of it now (null: it is gone, or another operation speaks for it). */
export interface Inspected {
  readonly operation: Operation;
  readonly id: TargetId;
  readonly record: TargetRecord | null;
  readonly verdict: Verdict;
  /** What to keep of it from now on, when that changes: the links that people changed are named in it. */
  readonly image: RecordImage | null;
}

/** Whether rollback has something to give back: a record that was only recognised holds nothing of ours. */
export function isRestored({ verdict }: Pick<Inspected, 'verdict'>): boolean {
  return verdict.kind === 'restore' && Object.keys(verdict.values).length > 0;
}

function withTheirs(image: RecordImage, theirs: readonly string[]): RecordImage | null {
  const changed = new Set(theirs).symmetricDifference(new Set(image.theirs));
  return changed.size === 0 ? null : { ...image, theirs };
}

/** What we wrote with the links as they led then: an end that was taken back since has no identity any more. */
function asWritten(prepared: Prepared, { links = {} }: RecordImage): Prepared {
  const { request } = prepared;
  return { ...prepared, request: { ...request, values: { ...request.values, ...links } } };
}

type World = Pick<PhaseContext, 'store' | 'destination' | 'signal'>;

/** Judges a page of operations against the records as they are now: three-way, field by field (reliability.md 7.1). */
export async function inspect(
  world: World,
  {
    owners,
    references,
    derived,
  }: { readonly owners: OwnerUsers; readonly references: References; readonly derived?: DerivedFields },
  { operations, current }: OurPage,
): Promise<readonly Inspected[]> {
  const [first] = operations;
  if (first === undefined) return [];
  const prepared = new Map(
    (await prepare(world.store, owners, operations)).map((one) => [refName(one.operation), one]),
  );
  const ids = operations.flatMap((operation) => operation.targetId ?? []);
  const images = await world.store.beforeImages(first.entity, ids);
  const ends = new Ends(world);
  const inspected: Inspected[] = [];
  for (const operation of operations) {
    const id = operation.targetId;
    const one = prepared.get(refName(operation));
    if (id === null || one === undefined) continue;
    const found = current.get(id);
    const image = parseImage(images.get(id));
    const read = found === undefined ? null : await relink(ends, references[operation.entity], image, found);
    const record = read?.record ?? null;
    const verdict = await withoutEnd(
      ends,
      one,
      judge(world.destination, asWritten(one, image), record, image, derived?.get(id)),
      record,
    );
    const kept = verdict.kind === 'keep' && read !== null ? withTheirs(image, read.edited) : null;
    inspected.push({ operation, id, record, verdict, image: kept });
  }
  return inspected;
}

/** Made by us, kept by an earlier rollback and found again is still judged as what we made. */
function judge(
  destination: Destination,
  prepared: Prepared,
  record: TargetRecord | null,
  image: RecordImage,
  derived: readonly string[] = [],
): Verdict {
  if (record === null) return { kind: 'gone' };
  const wasThere = prepared.operation.action === 'update' && image.after === undefined;
  if (wasThere) return judgeUpdate(destination, prepared.request, record, image);
  return explain(destination, judgeCreate(destination, prepared, record, image, derived), prepared, record);
}

/** What cannot be without its links (a relationship) has gone with the first of their ends, whatever a look by its id says. */
async function withoutEnd(
  ends: Ends,
  { operation }: Prepared,
  verdict: Verdict,
  record: TargetRecord | null,
): Promise<Verdict> {
  if (verdict.kind !== 'keep' || record === null || entityTraits[operation.entity].needs?.all !== true)
    return verdict;
  for (const { field, entity } of operation.links) {
    const id = record.values[field];
    if (typeof id === 'string' && !(await ends.isThere(entity, id))) return { kind: 'gone' };
  }
  return verdict;
}

function judgeCreate(
  destination: Destination,
  prepared: Prepared,
  record: TargetRecord,
  made: RecordImage,
  derived: readonly string[],
): Verdict {
  const { unseen: names = [] } = made;
  const unseen = names.filter(
    (name) => name in record.values && name in prepared.request.values && !derived.includes(name),
  );
  const same = compareRecord(destination, prepared, record, unseen, new Set()).every(
    (one) => !isChanged(one),
  );
  if (same && made.after === imageHash(record, names)) return { kind: 'remove' };
  const { changedBy } = entityTraits[record.entity];
  if (same && derived.length > 0 && made.own === imageHash(record, [...names, ...Object.keys(changedBy)]))
    return { kind: 'remove' };
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
  record: TargetRecord,
): Verdict {
  if (verdict.kind !== 'keep') return verdict;
  const names = Object.keys(prepared.request.values);
  const changed = compareRecord(destination, prepared, record, names, new Set())
    .filter(isChanged)
    .map((one) => one.field);
  const what = changed.length === 0 ? 'a field that the migration did not write' : changed.join(', ');
  return { kind: 'keep', because: `somebody has changed it since: ${what}` };
}

/** A field that still holds what we wrote gets its old value back; a field somebody changed keeps theirs. */
function judgeUpdate(
  destination: Destination,
  request: Prepared['request'],
  record: TargetRecord,
  { before = {}, wrote = {} }: RecordImage,
): Verdict {
  const values: Record<string, TargetValue | null> = {};
  const keptFields: string[] = [];
  for (const [name, old] of Object.entries(before)) {
    const form = (value: TargetValue | null) => destination.normalise(request.entity, name, value);
    const now = form(record.values[name] ?? null);
    if (now === form(wrote[name] ?? request.values[name] ?? null)) values[name] = old;
    else if (now !== form(old)) keptFields.push(name);
  }
  return { kind: 'restore', values, keptFields };
}
