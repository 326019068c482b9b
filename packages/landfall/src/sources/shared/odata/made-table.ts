import type { MadeRule, ODataCatalog, StandardEntity } from './odata-catalog.ts';
import type { Attribute, ReadTable, Table } from './table.ts';

/** The rule by which a table's records are made of others; null: the service has the table. */
export function madeRuleOf({ standard }: Table): MadeRule | null {
  return standard?.made ?? null;
}

/** The tables that the service does not have: their records are made of others. Absent where one of those is. */
export function madeTables(catalog: ODataCatalog, tables: ReadonlyMap<string, Table>): readonly Table[] {
  return catalog.entities.flatMap((standard) => {
    const { made } = standard;
    if (made === undefined) return [];
    const lines = tables.get(made.lines.table);
    const others = [made.members.table, made.prices.table];
    return lines === undefined || !others.every((name) => tables.has(name))
      ? []
      : [madeTable(standard, lines)];
  });
}

function madeTable(standard: StandardEntity, lines: Table): Table {
  return {
    name: standard.name,
    set: lines.set,
    label: standard.label,
    idField: `${standard.name}id`,
    nameField: null,
    custom: false,
    isActivity: false,
    isProcess: false,
    tracking: false,
    sides: null,
    standard,
  };
}

/** What made records have: an id, references to where they come from, and what lines have. */
export function withMadeAttributes(
  table: Table,
  rule: MadeRule,
  lines: ReadTable,
  members: ReadTable,
): ReadTable {
  const { product, quantity, price, discount, currency, carried } = rule.lines;
  const own = [...carried, currency, product, quantity, price, discount];
  const of = ({ attributes }: ReadTable, names: readonly string[]) =>
    names.flatMap((name) => attributes.find((attribute) => attribute.name === name) ?? []);
  return {
    ...table,
    pictures: [],
    attributes: [
      { ...plain, name: table.idField, property: table.idField, label: table.idField },
      reference(lines),
      reference(members),
      ...of(lines, own),
      ...of(members, [rule.members.unit]),
    ],
  };
}

const plain = {
  kind: 'plain',
  type: 'id',
  typeName: 'Uniqueidentifier',
  custom: false,
  targets: [],
  options: new Map(),
} satisfies Partial<Attribute>;

function reference({ name, idField, label }: ReadTable): Attribute {
  return {
    ...plain,
    name: idField,
    property: `_${idField}_value`,
    label,
    kind: 'reference',
    type: 'reference',
    typeName: 'Lookup',
    targets: [name],
  };
}
