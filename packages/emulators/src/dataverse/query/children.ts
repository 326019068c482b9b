import type { Organization, Row } from '../records/organization.ts';
import { SCHEMA, type Table, tableNamed } from '../schema/schema.ts';
import { isRef } from '../world/content.ts';

/** Rows of another table that belong to a record, over a collection-valued navigation property. */
export interface Children {
  readonly table: Table;
  /** The lookup on the children that leads back; null: the relationship is many-to-many. */
  readonly backColumn: string | null;
  /** The rows that belong to the record with this id, in the order of their ids. */
  rows(id: string): readonly Row[];
}

type Grouped = ReadonlyMap<string, readonly Row[]>;

interface Kept {
  readonly revision: number;
  readonly grouped: Grouped;
}

const kept = new WeakMap<Organization, Map<string, Kept>>();

/** What a collection-valued navigation property leads to; null: the table has none of that name. */
export function childrenOf(organization: Organization, table: Table, nav: string): Children | null {
  const relation = SCHEMA.collectionByNav.get(`${table.name}.${nav}`);
  if (relation) {
    const child = tableNamed(relation.referencingTable);
    const column = relation.referencingColumn;
    const grouped = () =>
      groupedRows(organization, `${child.name}.${column}`, () => byLookup(organization, child, column));
    return { table: child, backColumn: column, rows: (id) => grouped().get(id) ?? [] };
  }
  for (const many of SCHEMA.manyToMany) {
    if (many.table1 === table.name && many.nav1 === nav)
      return across(organization, many.intersect, many.column1, many.column2, many.table2);
    if (many.table2 === table.name && many.nav2 === nav)
      return across(organization, many.intersect, many.column2, many.column1, many.table1);
  }
  return null;
}

function across(
  organization: Organization,
  intersect: string,
  near: string,
  far: string,
  farTable: string,
): Children {
  const table = tableNamed(farTable);
  const key = `${intersect}.${near}`;
  const grouped = () =>
    groupedRows(organization, key, () => byIntersect(organization, intersect, near, far, table));
  return { table, backColumn: null, rows: (id) => grouped().get(id) ?? [] };
}

function groupedRows(organization: Organization, key: string, group: () => Grouped): Grouped {
  const all = kept.get(organization) ?? new Map<string, Kept>();
  kept.set(organization, all);
  const known = all.get(key);
  if (known?.revision === organization.revision) return known.grouped;
  const grouped = group();
  if (all.size > 8) all.clear();
  all.set(key, { revision: organization.revision, grouped });
  return grouped;
}

function byLookup(organization: Organization, table: Table, column: string): Grouped {
  const grouped = new Map<string, Row[]>();
  for (const row of organization.rows(table)) {
    const value = organization.value(table, row, column);
    if (isRef(value)) put(grouped, value.id, row);
  }
  return grouped;
}

function byIntersect(
  organization: Organization,
  name: string,
  near: string,
  far: string,
  table: Table,
): Grouped {
  const grouped = new Map<string, Row[]>();
  const intersect = tableNamed(name);
  for (const row of organization.rows(intersect)) {
    const other = organization.find(table, String(organization.value(intersect, row, far)));
    if (other !== null) put(grouped, String(organization.value(intersect, row, near)), other);
  }
  return grouped;
}

function put(grouped: Map<string, Row[]>, id: string, row: Row): void {
  const rows = grouped.get(id);
  if (rows) rows.push(row);
  else grouped.set(id, [row]);
}
