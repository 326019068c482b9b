import type SqliteFile from 'better-sqlite3';
import type { Connection, Fragment, ListColumn, ListUpdate, SqlValue } from './connection.ts';
import { columnsOf, seqPlace, type TableName } from './tables.ts';
import { storeTrouble } from './trouble.ts';
import { decodeRows, encodeRow, encodeValue } from './value-code.ts';

/** A line to a SQLite file. Statements are prepared once; `where` is the file, for messages. */
export function sqliteConnection(handle: SqliteFile.Database, where: string): Connection {
  const prepared = new Map<string, SqliteFile.Statement<unknown[]>>();
  const statementOf = (text: string): SqliteFile.Statement<unknown[]> => {
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = handle.prepare<unknown[]>(settled(text));
      prepared.set(text, statement);
    }
    return statement;
  };
  // the work is done at once; a promise only so that both databases look alike
  const attempt = <T>(work: () => T): Promise<T> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(storeTrouble(error, where));
    }
  };
  return {
    rows: <R extends object>(text: string, values: readonly SqlValue[] = []) =>
      attempt(() => decodeRows(statementOf(text).all(...values.map(encodeValue)) as R[])),
    run: (text, values = []) =>
      attempt(() => {
        statementOf(text).run(...values.map(encodeValue));
      }),
    insert: (table, migration, rows, conflict = '') =>
      attempt(() => {
        const statement = statementOf(insertText(table, migration, conflict));
        for (const row of rows) statement.run(encodeRow(row));
      }),
    insertNew: (table, migration, rows) =>
      attempt(() => {
        const statement = statementOf(insertText(table, migration, 'on conflict do nothing'));
        const place = seqPlace(table);
        const fresh = new Set<number>();
        for (const row of rows) if (statement.run(encodeRow(row)).changes > 0) fresh.add(Number(row[place]));
        return fresh;
      }),
    update: (update, rows) =>
      attempt(() => {
        const { text, places } = updateStatement(update);
        const statement = statementOf(text);
        for (const row of rows) statement.run(...places.map((place) => encodeValue(row[place] ?? null)));
      }),
    wanted,
    jsonItems: (expression) => `json_each(${expression}) as each`,
    jsonArray: (expression) => `json_group_array(${expression})`,
    forUpdate: '',
  };
}

/** SQLite (3.47 and later) looks into the number behind a bare `limit ?` and compiles the statement anew for each one. */
function settled(text: string): string {
  return text.replaceAll('limit ?', 'limit ? + 0');
}

const insertTexts = new Map<string, string>();

function insertText(table: TableName, migration: number, conflict: string): string {
  const name = `${table} ${migration} ${conflict}`;
  const text = insertTexts.get(name) ?? makeInsertText(table, migration, conflict);
  insertTexts.set(name, text);
  return text;
}

function makeInsertText(table: TableName, migration: number, conflict: string): string {
  const columns = columnsOf(table);
  const names = columns.map(([name]) => name).join(', ');
  const places = columns.map(() => '?').join(', ');
  return `insert into ${table} (migration, ${names}) values (${migration}, ${places}) ${conflict}`;
}

/** The statement with `?` for each `:name`, and which column of the list each of them is. */
function updateStatement(update: ListUpdate): { readonly text: string; readonly places: readonly number[] } {
  const { table, migration, set, where, columns } = update;
  const places: number[] = [];
  const text = `update ${table} set ${set} where migration = ${migration} and ${where}`;
  const placed = text.replace(/:(\w+)/g, (_all, name: string) => {
    places.push(columns.findIndex(([column]) => column === name));
    return '?';
  });
  return { text: placed, places };
}

function wanted(columns: readonly ListColumn[], rows: readonly (readonly SqlValue[])[]): Fragment {
  const only = columns.length === 1 ? columns[0] : undefined;
  if (only !== undefined) {
    return {
      text: `(select value as ${only[0]} from json_each(?)) as wanted`,
      values: [JSON.stringify(rows.map((row) => encodeValue(row[0] ?? null)))],
    };
  }
  const names = columns.map(([name], index) => `value ->> ${index} as ${name}`).join(', ');
  return {
    text: `(select ${names} from json_each(?)) as wanted`,
    values: [JSON.stringify(rows.map((row) => row.map(encodeValue)))],
  };
}
