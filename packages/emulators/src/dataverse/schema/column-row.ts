/**
 * What a column holds. `key` is the table's own id, `date` has no time of day, `walltime` is independent of time
 * zones but printed with a Z, `multi` is a choice of several, `partylist` and `shadow` are no OData properties.
 */
export type ColumnType =
  | 'key'
  | 'string'
  | 'memo'
  | 'integer'
  | 'bigint'
  | 'boolean'
  | 'picklist'
  | 'multi'
  | 'state'
  | 'status'
  | 'money'
  | 'decimal'
  | 'double'
  | 'datetime'
  | 'date'
  | 'walltime'
  | 'guid'
  | 'lookup'
  | 'owner'
  | 'entityname'
  | 'partylist'
  | 'file'
  | 'image';

/**
 * A column as data: name, type, English label, and what the type needs: the longest text, the decimals of a number,
 * the options (`1=Open; 2=Made @1`, with the state of a status behind the `@`), or the targets of a lookup.
 */
export type ColumnRow = readonly [name: string, type: ColumnType, label: string, detail?: number | string];

/** Columns that come with a table because of what it is. */
export type Family = 'user-owned' | 'organization-owned' | 'activity' | 'process' | 'intersect' | 'bare';

/** A table as data. What is absent is as for most tables. */
export interface TableRow {
  readonly name: string;
  readonly set: string;
  readonly schemaName: string;
  readonly label: string;
  readonly plural: string;
  readonly family: Family;
  /** The ObjectTypeCode. */
  readonly code: number;
  /** Absent: `name`; empty: the table has none. */
  readonly primaryName?: string;
  /** The primary key; absent: the table's name with `id` (activities: `activityid`). */
  readonly key?: string;
  readonly columns?: readonly ColumnRow[];
  /** Labels by language code, beside the English one. */
  readonly labels?: Readonly<Record<number, string>>;
  /** Change tracking is on unless this says `false`. */
  readonly tracking?: boolean;
  readonly notes?: boolean;
}

/** A many-to-many relationship as data; the intersect is a table of its own. */
export interface ManyToManyRow {
  readonly schemaName: string;
  readonly intersect: string;
  readonly table1: string;
  readonly column1: string;
  readonly nav1: string;
  readonly table2: string;
  readonly column2: string;
  readonly nav2: string;
}
