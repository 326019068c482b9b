/** A link to a record of another table. */
export interface Ref {
  readonly table: string;
  readonly id: string;
}

/**
 * A value of a record. Money and decimals are bigints in their smallest part, times are milliseconds since 1970,
 * dates `YYYY-MM-DD`, choices numbers, choices of several `1,3`.
 */
export type Value = null | string | number | boolean | bigint | Ref;

/** What generators see of the world that they fill. */
export interface World {
  /** What decides the world: about so many records in all. */
  readonly plan: { readonly seed: number; readonly records: number };
  /** How many rows a table begins with. */
  count(table: string): number;
  /** The id of row `index`. */
  id(table: string, index: number): string;
  /** A link to row `index`; null where the table has none such. */
  ref(table: string, index: number): Ref | null;
  /** The row that has an id; null: none. */
  indexOf(table: string, id: string): number | null;
  /** A value of a generated row. */
  value(table: string, index: number, column: string): Value;
  /** A whole number of 32 bits that the seed, a number and a word decide. */
  chance(index: number, word: string): number;
  /** A whole number below `limit`. */
  below(limit: number, index: number, word: string): number;
  /** One of the items. */
  pick<T>(items: readonly T[], index: number, word: string): T;
  /** When row `index` was created, in milliseconds since 1970. */
  createdMs(table: string, index: number): number;
}

/** Makes one value of row `index`, from nothing but its number and the world. */
export type Generate = (index: number, world: World) => Value;

/** How the rows of a table come about. */
export interface Content {
  /** How many rows there are in a world of about so many records. */
  readonly count: (records: number) => number;
  readonly columns: Readonly<Record<string, Generate>>;
  /** Rows that differ: those with the traps. */
  readonly special?: Readonly<Record<number, Readonly<Record<string, Value | Generate>>>>;
}

/** A share of all records, and at least so many. */
export function share(part: number, least: number): (records: number) => number {
  return (records) => Math.max(least, Math.round(records * part));
}

/** Always so many. */
export function fixed(count: number): () => number {
  return () => count;
}

/** A value that is the same in every row. */
export function always(value: Value): Generate {
  return () => value;
}

/** Whole currency units or whole numbers, as a decimal of that scale. */
export function units(whole: number, scale: number): bigint {
  return (BigInt(Math.round(whole * 100)) * 10n ** BigInt(scale)) / 100n;
}

/** Whether a value is a link. */
export function isRef(value: Value): value is Ref {
  return typeof value === 'object' && value !== null;
}
