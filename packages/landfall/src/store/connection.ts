import type { Durability } from '../model/store.ts';
import type { TableName } from './tables.ts';

/** What goes into a column. Booleans are 0 and 1. */
export type SqlValue = string | number | null;

/** A column of a list that is handed over with a query. */
export type ListColumn = readonly [name: string, type: 'text' | 'number'];

/** A piece of SQL with the values of its `?`, in order. */
export interface Fragment {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** An update of many rows, each with its own values. */
export interface ListUpdate {
  readonly table: TableName;
  readonly migration: number;
  readonly set: string;
  readonly where: string;
  readonly columns: readonly ListColumn[];
}

/**
 * One line to a database: the only place where SQLite and Postgres differ for the rooms above.
 * SQL is written once, with `?` for values; text in and out passes `text-code.ts`.
 */
export interface Connection {
  rows<R extends object>(text: string, values?: readonly SqlValue[]): Promise<R[]>;
  /** A statement that answers nothing. */
  run(text: string, values?: readonly SqlValue[]): Promise<void>;
  /** Inserts rows (values in the order of `tables.ts`, without `migration`), with an `ON CONFLICT` ending when wanted. */
  insert(
    table: TableName,
    migration: number,
    rows: readonly (readonly SqlValue[])[],
    conflict?: string,
  ): Promise<void>;
  /**
   * Inserts the rows that are not there yet by any unique key; answers the `seq` of those that went in.
   * Needs a table with `seq`.
   */
  insertNew(
    table: TableName,
    migration: number,
    rows: readonly (readonly SqlValue[])[],
  ): Promise<ReadonlySet<number>>;
  /**
   * Updates one row for each row of a list: `update <table> set <set> where migration = ... and <where>`,
   * with `:name` for the columns of the list. (SQLite would walk the whole table for an UPDATE ... FROM.)
   */
  update(statement: ListUpdate, rows: readonly (readonly SqlValue[])[]): Promise<void>;
  /** A list as a table named `wanted`, for `FROM`. */
  wanted(columns: readonly ListColumn[], rows: readonly (readonly SqlValue[])[]): Fragment;
  /** A JSON array's items as a table `each(value)`, for `FROM`. */
  jsonItems(expression: string): string;
  /** An aggregate: the JSON array of a column's values. Decode its texts with `decodeText`. */
  jsonArray(expression: string): string;
  /** The ending that locks the rows read until the transaction ends. */
  readonly forUpdate: string;
}

/** One database, opened. */
export interface Database {
  /** Sees what is committed. */
  readonly reader: Connection;
  /** Runs `work` in one transaction that outlives a power cut, or what `durability` says; what it throws undoes all of it. Not to be called inside itself. */
  transaction<T>(work: (connection: Connection) => Promise<T>, durability?: Durability): Promise<T>;
  close(): Promise<void>;
}

/** What the pieces of a store share: the line, and whose rows they are. */
export interface Scope {
  readonly connection: Connection;
  readonly migration: number;
}

/** Cuts a long list. */
export function* chunksOf<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) {
    yield list.length <= size ? list : list.slice(from, from + size);
  }
}

/** Keys of one query: long lists are cut to this many. */
export const keysPerQuery = 2_000;
