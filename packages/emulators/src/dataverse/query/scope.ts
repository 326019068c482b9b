import type { Literal } from '../odata/filter.ts';
import type { Organization, Row } from '../records/organization.ts';
import type { Table } from '../schema/schema.ts';

/** Whether a row is in the answer; null: unknown, as SQL says of what is empty. */
export type Predicate = (row: Row) => boolean | null;

/** What a predicate is compiled for. */
export interface Scope {
  readonly organization: Organization;
  readonly table: Table;
  /** Values of parameter aliases; one that is absent is null. */
  readonly aliases: ReadonlyMap<string, Literal>;
  /** The variable of a lambda that stands before each path; empty outside of one. */
  readonly variable: string;
  /** The signed-in user. */
  readonly userId: string;
}
