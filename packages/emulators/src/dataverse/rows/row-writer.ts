import { printScaled } from '../decimal.ts';
import { columnOf, read } from '../query/paths.ts';
import type { Organization, Row } from '../records/organization.ts';
import { type Column, isReadable, propertyOf, SCHEMA, type Table } from '../schema/schema.ts';
import { isRef, type Value } from '../world/content.ts';
import { formattedValue } from './formatted-value.ts';
import { type Preferences, TERMS } from './preferences.ts';

/** A value as JSON text: decimals with all their digits, whole numbers of 64 bits unrounded, times in UTC. */
export function jsonOf(column: Column, value: Value): string {
  if (value === null) return 'null';
  if (isRef(value)) return JSON.stringify(value.id);
  if (typeof value === 'bigint') return printScaled(value, column.scale);
  if (typeof value === 'number' && (column.type === 'datetime' || column.type === 'walltime'))
    return `"${timeText(value)}"`;
  return JSON.stringify(value);
}

/** A time as the API prints it: UTC, whole seconds. */
export function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The columns of an answer: as they were selected, then the key and what comes along unasked. */
export interface Shape {
  readonly table: Table;
  readonly columns: readonly Column[];
  /** Name and colon of each column, as they stand in JSON. */
  readonly prefixes: readonly string[];
}

/** The shape of these columns of a table. */
export function shapeWith(table: Table, columns: readonly Column[]): Shape {
  return { table, columns, prefixes: columns.map((column) => `"${propertyOf(column)}":`) };
}

/** Which columns a `$select` gives; `also` is added unasked. Throws a refusal for a column that is not there. */
export function shapeOf(
  organization: Organization,
  table: Table,
  select: readonly string[] | null,
  also: readonly string[] = [],
): Shape {
  const { imagesUnasked } = organization.switches;
  if (select === null || select.includes('*')) {
    const all = [...table.columns.values()].filter(isReadable);
    return shapeWith(
      table,
      all.filter(({ type }) => imagesUnasked || type !== 'image'),
    );
  }
  const wanted = new Set(select.map((name) => columnOf(organization, table, name)));
  if ([...wanted].some((column) => column.type === 'money')) add(wanted, table, 'transactioncurrencyid');
  for (const name of [table.key, ...also]) add(wanted, table, name);
  return shapeWith(table, [...wanted]);
}

function add(columns: Set<Column>, table: Table, name: string): void {
  const column = table.columns.get(name);
  if (column) columns.add(column);
}

/** The properties of a row as JSON texts: its version first, annotations before the value they belong to. */
export function rowProperties(
  organization: Organization,
  { table, columns, prefixes }: Shape,
  row: Row,
  { asked }: Preferences,
): string[] {
  const texts = [`"@odata.etag":${JSON.stringify(etagOf(organization, table, row))}`];
  for (const [at, column] of columns.entries()) {
    const value = read(organization, table, row, column);
    if (asked.formatted && value !== null) {
      const text = formattedValue(organization, table, row, column, value);
      if (text !== null) texts.push(annotation(column, TERMS.formatted, text));
    }
    if (isRef(value)) {
      const nav = asked.navigation ? navigationOf(table, column, value.table) : null;
      if (nav !== null) texts.push(annotation(column, TERMS.navigation, nav));
      if (asked.lookup) texts.push(annotation(column, TERMS.lookup, value.table));
    }
    texts.push((prefixes[at] ?? '') + jsonOf(column, value));
  }
  // A user or a team is a principal too, and says so when it is expanded or read by its key.
  if (table.name === 'systemuser' || table.name === 'team')
    texts.push(`"ownerid":${JSON.stringify(organization.id(table, row))}`);
  return texts;
}

function annotation(column: Column, term: string, text: string): string {
  return `"${propertyOf(column)}@${term}":${JSON.stringify(text)}`;
}

const navigations = new Map<string, string>(
  SCHEMA.oneToMany.map((each) => [
    `${each.referencingTable}.${each.referencingColumn}.${each.referencedTable}`,
    each.lookupNav,
  ]),
);

/** The navigation property of a link. Parties that are users have none, as the published sample shows. */
function navigationOf(table: Table, column: Column, target: string): string | null {
  if (table.name === 'activityparty' && column.name === 'partyid' && target === 'systemuser') return null;
  return navigations.get(`${table.name}.${column.name}.${target}`) ?? null;
}

/** The ETag of a row: its version. */
export function etagOf(organization: Organization, table: Table, row: Row): string {
  return `W/"${organization.rowVersion(table, row)}"`;
}
