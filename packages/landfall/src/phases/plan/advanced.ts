import { parentIdOf, parentValue } from '../../mapping/gather.ts';
import { entityTraits } from '../../model/entity-table.ts';
import { idOfKey, type SourceKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { LinkEnd, StoreReader } from '../../model/store.ts';
import type { TargetEntity } from '../../model/target.ts';

/** Records of `from` hang on those of `parent` by the field `by`. */
export interface PartOf {
  readonly from: string;
  readonly by: string;
  readonly parent: string;
}

/** What links look for: records of a source entity, as what they would be moved. */
export interface Wanted {
  readonly entity: TargetEntity;
  readonly source: string;
  readonly keys: readonly SourceKey[];
}

type Ends = ReadonlyMap<SourceKey, LinkEnd>;

/** The gathers of a mapping, as ways between records. */
export function partsOfOthers(mapping: Pick<Mapping, 'entities'>): readonly PartOf[] {
  return mapping.entities.flatMap(({ from: parent, gather }) =>
    (gather ?? []).map(({ from, by }) => ({ from, by, parent })),
  );
}

/**
 * Where records went that are not moved as what a link looks for: a lead is a deal now, itself or by the record it
 * became; a record that was merged into another of its kind is that one.
 */
export async function advancedEnds(
  reader: StoreReader,
  parts: readonly PartOf[],
  { entity, source, keys }: Wanted,
): Promise<Ends> {
  const found = new Map<SourceKey, LinkEnd>();
  const open = () => keys.filter((key) => !found.has(key));
  const keep = (ends: Ends) => {
    for (const [key, end] of ends) found.set(key, end);
  };
  const { advancesTo } = entityTraits[entity];
  if (advancesTo !== null) {
    keep(new Map((await reader.linkEnds(advancesTo.entity, keys)).map((end) => [end.key, end])));
    for (const part of parts.filter(({ parent }) => parent === source))
      keep(await endsBelow(reader, part, advancesTo.entity, open()));
  }
  for (const part of parts.filter(({ from, parent }) => from === source && parent === source))
    keep(await endsAbove(reader, part, entity, open()));
  return found;
}

/** The first record below each of these that is moved as `entity`. */
async function endsBelow(
  reader: StoreReader,
  { from, by }: PartOf,
  entity: TargetEntity,
  keys: readonly SourceKey[],
): Promise<Ends> {
  const values = new Map(keys.map((key) => [key, parentValue(by, idOfKey(key)) ?? '']));
  const below = await reader.findByLookup(from, 'parent', [...new Set(values.values())], 10);
  const ends = await endsOf(reader, entity, [...below.values()].flat());
  return pairs(keys, (key) => below.get(values.get(key) ?? '') ?? [], ends);
}

/** The record above each of these, when it is moved as `entity`. */
async function endsAbove(
  reader: StoreReader,
  { by, parent }: PartOf,
  entity: TargetEntity,
  keys: readonly SourceKey[],
): Promise<Ends> {
  const records = keys.length === 0 ? new Map() : await reader.stagedByKey(keys);
  const idOf = (key: SourceKey): string => {
    for (const { kind, value } of records.get(key)?.lookup ?? []) {
      const id = kind === 'parent' ? parentIdOf(by, value) : null;
      if (id !== null) return id;
    }
    return '';
  };
  const above = await reader.findByLookup(parent, 'id', [...new Set(keys.map(idOf))], 1);
  const ends = await endsOf(reader, entity, [...above.values()].flat());
  return pairs(keys, (key) => above.get(idOf(key)) ?? [], ends);
}

async function endsOf(reader: StoreReader, entity: TargetEntity, keys: readonly SourceKey[]): Promise<Ends> {
  if (keys.length === 0) return new Map();
  return new Map((await reader.linkEnds(entity, [...new Set(keys)])).map((end) => [end.key, end]));
}

function pairs(
  keys: readonly SourceKey[],
  others: (key: SourceKey) => readonly SourceKey[],
  ends: Ends,
): Ends {
  return new Map(
    keys.flatMap((key) => {
      const end = others(key).flatMap((other) => ends.get(other) ?? [])[0];
      return end === undefined ? [] : [[key, end] as const];
    }),
  );
}
