import type SqliteFile from 'better-sqlite3';
import type { Connection, Fragment, ListColumn, ListUpdate, SqlValue } from './connection.ts';
import { columnsOf, seqPlace, type TableName } from './tables.ts';
import { storeTrouble } from './trouble.ts';
import { encodeRow, encodeValue, rowsOfLists } from './value-code.ts';

/** A query whose rows come as lists of values: an object for each is made here, with its texts put right at once. */
interface Query {
  readonly statement: SqliteFile.Statement<unknown[], SqlValue[]>;
  readonly names: readonly string[];
}

/** What was prepared on one handle, by its text. */
interface PreparedTexts {
  readonly statementOf: (text: string) => SqliteFile.Statement<unknown[]>;
  readonly queryOf: (text: string) => Query;
}

function preparedTexts(handle: SqliteFile.Database): PreparedTexts {
  const queries = new Map<string, Query>();
  const statements = new Map<string, SqliteFile.Statement<unknown[]>>();
  return {
    statementOf: (text) => {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = handle.prepare<unknown[]>(settled(text));
        statements.set(text, statement);
      }
      return statement;
    },
    queryOf: (text) => {
      let query = queries.get(text);
      if (query === undefined) {
        const statement = handle.prepare<unknown[], SqlValue[]>(settled(text)).raw();
        query = { statement, names: statement.columns().map(({ name }) => name) };
        queries.set(text, query);
      }
      return query;
    },
  };
}

/** A line to a SQLite file. Statements are prepared once; `where` is the file, for messages. */
export function sqliteConnection(handle: SqliteFile.Database, where: string): Connection {
  const { statementOf, queryOf } = preparedTexts(handle);
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
      attempt(() => {
        const { statement, names } = queryOf(text);
        return rowsOfLists<R>(names, statement.all(...values.map(encodeValue)));
      }),
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

/**
 * SQLite looks into the values behind a bare `?` where an order or a limit may hang on them, and compiles the statement
 * anew at each binding: ten times the work of finding a few rows. It does not look behind a sign or a sum.
 */
function settled(text: string): string {
  return text.replaceAll('limit ?', 'limit 0 + ?').replaceAll('?', '+?');
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
