import { idOfKey, type SourceKey, sourceKey } from '../model/key.ts';
import type { LookupKey, ParentKey } from '../model/source.ts';
import type { StoreReader } from '../model/store.ts';
import { chunksOf, type Fragment, keysPerQuery, type Scope } from './connection.ts';
import { parseStored } from './json-text.ts';
import { decodeText, indexedText } from './text-code.ts';

const unlimited = 2 ** 31 - 1;

/** Finding staged records by a property. */
export function lookupReader(scope: Scope): Pick<StoreReader, 'findByLookup' | 'sharedLookups'> {
  const find = async (
    entity: string,
    kind: (LookupKey | ParentKey)['kind'],
    values: readonly string[],
    limit: number,
  ): Promise<Map<string, readonly SourceKey[]>> => {
    // values that are equal as an index holds them are equal but for their tails past 1,000 bytes, which are hashed
    const asked = new Map(values.map((value) => [indexedText(value), value]));
    const found = new Map<string, readonly SourceKey[]>();
    const isInKey = kind === 'id' && !(await hasOtherIds(scope, entity));
    for (const chunk of chunksOf([...asked.keys()], keysPerQuery)) {
      const rows = isInKey
        ? await keysOfIds(scope, entity, chunk)
        : await keysOfValues(scope, entity, kind, chunk, limit);
      for (const row of rows) {
        if (row.keys.length > 0) found.set(asked.get(row.value) ?? row.value, row.keys);
      }
    }
    return found;
  };
  return {
    findByLookup: find,
    sharedLookups: async (entity, kind, afterValue, limit) => {
      const values = await sharedValues(scope, entity, kind, afterValue, limit);
      const keys = await find(entity, kind, values, unlimited);
      return values.map((value) => ({ value, keys: keys.get(value) ?? [] }));
    },
  };
}

interface KeysOfValue {
  readonly value: string;
  readonly keys: readonly SourceKey[];
}

/** Whether records of the entity have further ids beside the one in their key. */
async function hasOtherIds({ connection, migration }: Scope, entity: string): Promise<boolean> {
  const text = `select 1 from lookup where migration = ? and entity = ? and kind = 'id' limit 1`;
  return (await connection.rows(text, [migration, entity])).length > 0;
}

/** By the id in their key: one record for each value, found without the index of lookups. */
async function keysOfIds(
  { connection, migration }: Scope,
  entity: string,
  values: readonly string[],
): Promise<readonly KeysOfValue[]> {
  const wanted = connection.wanted(
    [['wanted_key', 'text']],
    values.map((value) => [sourceKey(entity, value)]),
  );
  const rows = await connection.rows<{ key: SourceKey }>(
    `select key from ${wanted.text} cross join staged where migration = ? and key = wanted_key`,
    [...wanted.values, migration],
  );
  return rows.map(({ key }) => ({ value: idOfKey(key), keys: [key] }));
}

/**
 * Subqueries, so that no planner walks a table instead of its index. The limit counts inside, so that a value which thousands of records have costs no more than any other.
 */
async function keysOfValues(
  scope: Scope,
  entity: string,
  kind: string,
  values: readonly string[],
  limit: number,
): Promise<readonly KeysOfValue[]> {
  const { connection, migration } = scope;
  const wanted = connection.wanted(
    [['wanted_value', 'text']],
    values.map((value) => [value]),
  );
  const key =
    '(select staged.key from staged where staged.migration = ? and staged.entity = ? and staged.seq = found.seq)';
  const own = kind === 'id' ? ownId(migration, entity) : { text: '', values: [] };
  const rows = await connection.rows<{ value: string; keys: string | null }>(
    `select wanted_value as value,
       (select ${connection.jsonArray(`${key} order by found.seq`)} from
         (select lookup.seq from lookup
          where lookup.migration = ? and lookup.entity = ? and lookup.kind = ? and lookup.value = wanted_value
          ${own.text} order by seq limit ?) as found) as keys
     from ${wanted.text}`,
    [migration, entity, migration, entity, kind, ...own.values, limit, ...wanted.values],
  );
  return rows.map((row) => ({ value: row.value, keys: keysIn(row.keys) }));
}

/** A record is found by the id in its key without a row of the index. */
function ownId(migration: number, entity: string): Fragment {
  return {
    text: 'union select staged.seq from staged where staged.migration = ? and staged.key = ? || wanted_value',
    values: [migration, sourceKey(entity, '')],
  };
}

async function sharedValues(
  scope: Scope,
  entity: string,
  kind: string,
  afterValue: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await scope.connection.rows<{ value: string }>(
    `select value from lookup where migration = ? and entity = ? and kind = ? and value > ?
     group by value having count(*) > 1 order by value limit ?`,
    [scope.migration, entity, kind, indexedText(afterValue), limit],
  );
  return rows.map((row) => row.value);
}

function keysIn(text: string | null): readonly SourceKey[] {
  if (text === null) return [];
  return parseStored<string[]>(text, 'an index of staged records').map((key) => decodeText(key) as SourceKey);
}
