import { counted } from '../../../base/counted.ts';
import type { CatalogIssue } from '../../../model/source.ts';

/** What of a table could not be joined to records. */
export interface Unjoined {
  readonly table: string;
  /** Rows that name a record which is not there. */
  readonly lost: number;
  /** Records with the number of another one. */
  readonly shared: number;
}

/** What is left out, or lands elsewhere, is told. */
export function unjoinedIssues(found: Unjoined): CatalogIssue[] {
  return [...(found.lost > 0 ? [lostRows(found)] : []), ...(found.shared > 0 ? [sharedNumbers(found)] : [])];
}

function lostRows({ table, lost }: Unjoined): CatalogIssue {
  return {
    code: 'rows-without-record',
    severity: 'medium',
    at: table,
    message: `${counted(lost, 'row')} of the table ${table} ${lost === 1 ? 'names a record that is' : 'name records that are'} not there: not moved.`,
    hint: 'Ask the vendor what they belong to when they matter; mostly they are left of deleted records.',
  };
}

function sharedNumbers({ table, shared }: Unjoined): CatalogIssue {
  return {
    code: 'number-not-unique',
    severity: 'high',
    at: table,
    message: `${counted(shared, 'record')} of the table ${table} ${shared === 1 ? 'has' : 'have'} the number of another one: what hangs on that number goes to the first.`,
    hint: 'Give each record a number of its own in the source, then discover again.',
  };
}

/** A table of parts that these keys may not read: the records come without them. */
export function closedTable(table: string, words: string): CatalogIssue {
  return {
    code: 'no-right',
    severity: 'high',
    at: table,
    message: `The table ${table} is not read, and records come without what stands in it: ${words}`,
    hint: 'Give these keys the right to read it, then discover again.',
  };
}

/** Rows of more than one tenant: they are read, for nobody said which one is meant. */
export function tenantIssues(tenants: ReadonlySet<string>): CatalogIssue[] {
  if (tenants.size < 2) return [];
  const issue: CatalogIssue = {
    code: 'several-tenants',
    severity: 'high',
    at: 'source.group',
    message: `The tables hold rows of ${tenants.size} tenants (${[...tenants].slice(0, 10).join(', ')}): all of them are read.`,
    hint: 'Name the one that is yours in landfall.yaml (source.group), then discover again.',
  };
  return [issue];
}
