import type { Organization, Row } from '../records/organization.ts';
import { badQuery, noAttribute, ODATA_CODE } from '../refusal.ts';
import { type Column, isReadable, propertyOf, SCHEMA, type Table, tableNamed } from '../schema/schema.ts';
import { isRef, type Value } from '../world/content.ts';

/** A column, reached over links from a table. */
export interface ColumnPath {
  /** The lookups on the way, each with the table it must lead to. */
  readonly steps: readonly { readonly table: Table; readonly column: string; readonly target: Table }[];
  readonly table: Table;
  readonly column: Column;
}

/** The column of a property, or of a logical name. Throws a refusal when the table has none. */
export function columnOf(organization: Organization, table: Table, property: string): Column {
  const [, lookup] = /^_(.+)_value$/.exec(property) ?? [];
  const column = table.columns.get(lookup ?? property);
  if (column && isReadable(column) && propertyOf(column) === property) return column;
  // The owner's key: systemuser and team are principals.
  if (property === 'ownerid') {
    const key = table.columns.get(table.key);
    if (key && (table.name === 'systemuser' || table.name === 'team')) return key;
  }
  if (organization.switches.unknownColumnCode === ODATA_CODE)
    throw badQuery(
      `Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
    );
  throw noAttribute(table.schemaName, property);
}

/** Follows a path of navigation properties to a column. Throws a refusal where it leads nowhere. */
export function resolvePath(organization: Organization, start: Table, path: readonly string[]): ColumnPath {
  const steps: { table: Table; column: string; target: Table }[] = [];
  let table = start;
  for (const nav of path.slice(0, -1)) {
    const step = linkOf(table, nav);
    steps.push(step);
    table = step.target;
  }
  return { steps, table, column: columnOf(organization, table, path[path.length - 1] ?? '') };
}

/** The lookup and the target behind a single-valued navigation property. Throws a refusal when there is none. */
export function linkOf(table: Table, nav: string): { table: Table; column: string; target: Table } {
  const relation = SCHEMA.lookupByNav.get(`${table.name}.${nav}`);
  if (!relation)
    throw badQuery(
      `Could not find a property named '${nav}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
    );
  return { table, column: relation.referencingColumn, target: tableNamed(relation.referencedTable) };
}

/** The row that a path leads to; null where a link is empty, leads elsewhere or to nothing. */
export function rowBehind(organization: Organization, path: ColumnPath, row: Row): Row | null {
  let at = row;
  for (const { table, column, target } of path.steps) {
    const next = linkedRow(organization, table, at, column, target);
    if (next === null) return null;
    at = next;
  }
  return at;
}

/** The row of `target` that a lookup of a row points to; null: none. */
export function linkedRow(
  organization: Organization,
  table: Table,
  row: Row,
  column: string,
  target: Table,
): Row | null {
  const value = organization.value(table, row, column);
  if (!isRef(value)) return null;
  const fits = value.table === target.name || (target.isActivity && value.table === 'activitypointer');
  return fits ? organization.find(target, value.id) : null;
}

/** The value at the end of a path. */
export function valueAt(organization: Organization, path: ColumnPath, row: Row): Value {
  const at = path.steps.length === 0 ? row : rowBehind(organization, path, row);
  if (at === null) return null;
  const { table, column } = path;
  return column.type === 'key' ? organization.id(table, at) : read(organization, table, at, column);
}

/** A value of a row as a client reads it: sizes may lie, when the switch says so. */
export function read(organization: Organization, table: Table, row: Row, column: Column): Value {
  if (column.type === 'key') return organization.id(table, row);
  const value = organization.value(table, row, column.name);
  const lies =
    organization.switches.lyingSizes && (column.name === 'filesize' || column.name === 'filesizeinbytes');
  return lies ? lyingSize(value, row) : value;
}

/** Every third file says that it is 1,000 bytes longer than it is. */
export function lyingSize(value: Value, row: Row): Value {
  if (row % 3 !== 1) return value;
  if (typeof value === 'number') return value + 1_000;
  return typeof value === 'bigint' ? value + 1_000n : value;
}

/** The name of the record a lookup points to; null: it has none. */
export function nameOf(organization: Organization, value: Value): string | null {
  if (!isRef(value)) return null;
  const table = tableNamed(value.table);
  const row = organization.find(table, value.id);
  if (row === null || table.primaryName === null) return null;
  const name = organization.value(table, row, table.primaryName);
  return typeof name === 'string' ? name : null;
}
