import { type CompiledGather, parentValue } from '../mapping/gather.ts';
import { sourceText, sourceTexts } from '../mapping/source-text.ts';
import { idOfKey, type SourceKey } from '../model/key.ts';
import type { Reject, SourceValue } from '../model/source.ts';
import type { StagedRecord, StoreReader } from '../model/store.ts';

/** So many records are asked for their children at a time. */
const parentsTogether = 200;
/** So many children are held at a time, but always all of one record. */
const childrenTogether = 5_000;

/** A record with the values of those below it, and what was left behind. */
export interface Gathered {
  readonly record: StagedRecord;
  readonly listed: readonly Reject[];
}

/**
 * Brings the values of the records below up to each record of a batch, in groups small enough to hold. The staged
 * record stays as it is: what comes out is a copy with further fields, `<as>.<Field>` (a text for each record below,
 * '' for an empty one, in order of reading) and `<as>.count`.
 */
export async function* gather(
  store: StoreReader,
  gathers: readonly CompiledGather[],
  batch: readonly StagedRecord[],
): AsyncIterable<readonly Gathered[]> {
  for (let at = 0; at < batch.length; at += parentsTogether) {
    const records = batch.slice(at, at + parentsTogether);
    const families = await familiesOf(store, gathers, records);
    for (const group of groupsOf(families)) yield await fill(store, gathers, group);
  }
}

/** One record with the values of those below it. */
export async function withGathered(
  store: StoreReader,
  gathers: readonly CompiledGather[],
  record: StagedRecord,
): Promise<StagedRecord> {
  if (gathers.length === 0) return record;
  for await (const [one] of gather(store, gathers, [record])) if (one !== undefined) return one.record;
  return record;
}

/** A record with the keys of those below it, for each entity and field that gathers read. */
interface Family {
  readonly record: StagedRecord;
  readonly below: ReadonlyMap<string, readonly SourceKey[]>;
}

/** Gathers of the same records are looked up once. */
function routeOf({ from, by }: CompiledGather): string {
  return JSON.stringify([from, by]);
}

async function familiesOf(
  store: StoreReader,
  gathers: readonly CompiledGather[],
  records: readonly StagedRecord[],
): Promise<readonly Family[]> {
  const below = records.map(() => new Map<string, readonly SourceKey[]>());
  for (const [route, same] of Map.groupBy(gathers, routeOf)) {
    const { from, by } = same[0] as CompiledGather;
    const values = records.map((record) => parentValues(by, record));
    const limit = Math.max(...same.map((one) => one.limit)) + 1;
    const found = await store.findByLookup(from, 'parent', [...new Set(values.flat())], limit);
    for (const [at, own] of values.entries()) {
      below[at]?.set(route, [...new Set(own.flatMap((value) => found.get(value) ?? []))]);
    }
  }
  return records.map((record, at) => ({ record, below: below[at] ?? new Map() }));
}

/** What records below may say of this one: it is known by its own id, and by further ones. */
function parentValues(by: string, { key, lookup }: StagedRecord): readonly string[] {
  const ids = lookup.filter(({ kind }) => kind === 'id').map(({ value }) => value);
  const values = [idOfKey(key), ...ids].map((id) => parentValue(by, id));
  return [...new Set(values.filter((value) => value !== null))];
}

function* groupsOf(families: readonly Family[]): Iterable<readonly Family[]> {
  let group: Family[] = [];
  let held = 0;
  for (const family of families) {
    const count = [...family.below.values()].reduce((sum, keys) => sum + keys.length, 0);
    if (group.length > 0 && held + count > childrenTogether) {
      yield group;
      group = [];
      held = 0;
    }
    group.push(family);
    held += count;
  }
  yield group;
}

async function fill(
  store: StoreReader,
  gathers: readonly CompiledGather[],
  families: readonly Family[],
): Promise<readonly Gathered[]> {
  const wanted = families.flatMap(({ below }) => [...below.values()].flat());
  const children = await store.stagedByKey([...new Set(wanted)]);
  return families.map(({ record, below }) => {
    const fields: Record<string, SourceValue> = Object.assign(Object.create(null), record.fields);
    const listed = new Map<string, Reject>();
    for (const gather of gathers) {
      const keys = below.get(routeOf(gather)) ?? [];
      const own = keys.map((key) => children.get(key)).filter((child) => child !== undefined);
      addFields(fields, gather, own.toSorted((left, right) => left.seq - right.seq).slice(0, gather.limit));
      if (keys.length > gather.limit) listed.set(routeOf(gather), tooMany(record, gather));
    }
    const { seq, entity, key, position, lookup } = record;
    const whole = { seq, entity, key, position, lookup, fields };
    return { record: whole, listed: [...listed.values()] };
  });
}

function addFields(
  fields: Record<string, SourceValue>,
  gather: CompiledGather,
  children: readonly StagedRecord[],
): void {
  const wanted = children.filter((child) => isWanted(gather, child));
  fields[`${gather.as}.count`] = String(wanted.length);
  for (const [name, header] of gather.fields) {
    fields[name] = wanted.map((child) => sourceText(child.fields[header]));
  }
}

/** Whether a gather reads a record below. */
export function isWanted({ when }: CompiledGather, { fields }: StagedRecord): boolean {
  if (when === null) return true;
  return when(
    (header) => sourceTexts(fields[header]),
    () => [],
  );
}

function tooMany({ entity, key, position }: StagedRecord, { from, by, limit }: CompiledGather): Reject {
  const reason = `more than ${limit} records of "${from}" name it: the first ${limit} are brought up to it; raise \`limit\` of the gather, or give "${from}" a mapping of its own`;
  return { entity, key, position, code: 'too-large', field: by, reason };
}
