import type { Connection, Fragment, ListColumn, ListUpdate, SqlValue } from './connection.ts';
import { columnsOf, type TableName } from './tables.ts';
import { storeTrouble } from './trouble.ts';
import { decodeRows, encodeValue } from './value-code.ts';

/** What of pg is needed: a pool or one of its clients. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

/** One statement's list is cut at this many characters, so that a message to the server stays small. */
const listMaxCharacters = 4_000_000;

/** A line to Postgres; `where` is the database's host and name, for messages. */
export function postgresConnection(client: Queryable, where: string): Connection {
  const query = async (text: string, values: readonly SqlValue[]): Promise<unknown[]> => {
    try {
      return (await client.query(numbered(text), values.map(encodeValue))).rows;
    } catch (error) {
      throw storeTrouble(error, where);
    }
  };
  return {
    rows: async <R extends object>(text: string, values: readonly SqlValue[] = []) =>
      decodeRows((await query(text, values)) as R[]),
    run: async (text, values = []) => {
      await query(text, values);
    },
    insert: async (table, migration, rows, conflict = '') => {
      for (const part of partsOf(rows)) {
        const { text, values } = insertFragment(table, migration, part, conflict);
        await query(text, values);
      }
    },
    insertNew: async (table, migration, rows) => {
      const fresh = new Set<number>();
      for (const part of partsOf(rows)) {
        const ending = 'on conflict do nothing returning seq';
        const { text, values } = insertFragment(table, migration, part, ending);
        for (const row of await query(text, values)) fresh.add(Number((row as { seq: number }).seq));
      }
      return fresh;
    },
    update: async (statement, rows) => {
      for (const part of partsOf(rows)) {
        const { text, values } = updateFragment(statement, part);
        await query(text, values);
      }
    },
    wanted,
    jsonItems: (expression) => `json_array_elements(${expression}::json) as each(value)`,
    jsonArray: (expression) => `json_agg(${expression})::text`,
    forUpdate: ' for update',
  };
}

/** `$1`, `$2`, ... for each `?`: no text of ours holds a `?` that is not a place. */
const numberedTexts = new Map<string, string>();
function numbered(text: string): string {
  let result = numberedTexts.get(text);
  if (result === undefined) {
    let place = 0;
    result = text.replace(/\?/g, () => `$${++place}`);
    numberedTexts.set(text, result);
  }
  return result;
}

/** A list as one array for each column. Their texts are encoded later, with the whole array. */
function wanted(columns: readonly ListColumn[], rows: readonly (readonly SqlValue[])[]): Fragment {
  const arrays = columns.map(([, type]) => `cast(? as ${type === 'number' ? 'bigint' : 'text'}[])`);
  const names = columns.map(([name]) => name);
  return {
    text: `unnest(${arrays.join(', ')}) as wanted(${names.join(', ')})`,
    values: columns.map((_column, index) => arrayText(rows.map((row) => row[index] ?? null))),
  };
}

/** An array as Postgres reads it. */
function arrayText(values: readonly SqlValue[]): string {
  const items = values.map((value) => {
    if (value === null) return 'NULL';
    return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}

function insertFragment(
  table: TableName,
  migration: number,
  rows: readonly (readonly SqlValue[])[],
  conflict: string,
): Fragment {
  const columns = columnsOf(table);
  const list = wanted(columns, rows);
  const names = columns.map(([name]) => name).join(', ');
  return {
    text: `insert into ${table} (migration, ${names}) select ${migration}, ${names} from ${list.text} ${conflict}`,
    values: list.values,
  };
}

function updateFragment(update: ListUpdate, rows: readonly (readonly SqlValue[])[]): Fragment {
  const { table, migration, set, where, columns } = update;
  const list = wanted(columns, rows);
  const named = (text: string) => text.replace(/:(\w+)/g, 'wanted.$1');
  return {
    text: `update ${table} set ${named(set)} from ${list.text} where ${table}.migration = ${migration} and ${named(where)}`,
    values: list.values,
  };
}

function* partsOf(rows: readonly (readonly SqlValue[])[]): Generator<readonly (readonly SqlValue[])[]> {
  let part: (readonly SqlValue[])[] = [];
  let characters = 0;
  for (const row of rows) {
    part.push(row);
    for (const value of row) characters += typeof value === 'string' ? value.length : 8;
    if (characters < listMaxCharacters) continue;
    yield part;
    part = [];
    characters = 0;
  }
  if (part.length > 0) yield part;
}
