import type { ColumnRow, ColumnType, Family, ManyToManyRow, TableRow } from './column-row.ts';
import { ADDRESS_COLUMNS, FAMILY_COLUMNS } from './family-columns.ts';
import { COLLECTION_NAMES, LOOKUP_NAMES } from './navigation-names.ts';
import {
  CUSTOM_TABLES,
  EXTRA_COLUMNS,
  GLOBAL_OPTION_SETS,
  MANY_TO_MANY,
  SYSTEM_TABLES,
  TRANSLATIONS,
} from './own-tables.ts';
import { STANDARD_COLUMNS } from './standard-columns.ts';
import { STANDARD_TABLES } from './standard-tables.ts';

/** One option of a choice. */
export interface Option {
  readonly value: number;
  readonly label: string;
  /** The state that a status belongs to; null for other choices. */
  readonly state: number | null;
}

/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly schemaName: string;
  readonly type: ColumnType;
  readonly label: string;
  readonly maxLength: number;
  /** Decimals that are printed; 0 where there are none. */
  readonly scale: number;
  readonly options: readonly Option[];
  /** The name of the option set that other columns share; null: its own. */
  readonly globalSet: string | null;
  /** Logical names of the tables a lookup may point to. */
  readonly targets: readonly string[];
  /** The money column this one is the base-currency value of; null: none. */
  readonly baseOf: string | null;
  readonly custom: boolean;
}

/** A table with its columns. */
export interface Table {
  readonly name: string;
  readonly set: string;
  readonly schemaName: string;
  readonly label: string;
  readonly plural: string;
  readonly labels: Readonly<Record<number, string>>;
  readonly family: Family;
  readonly code: number;
  readonly key: string;
  /** Null: the table has none. */
  readonly primaryName: string | null;
  readonly columns: ReadonlyMap<string, Column>;
  readonly custom: boolean;
  readonly isActivity: boolean;
  readonly isIntersect: boolean;
  readonly isProcess: boolean;
  readonly tracking: boolean;
  readonly notes: boolean;
}

/** A one-to-many relationship: a lookup column seen from one of its targets. */
export interface OneToMany {
  readonly schemaName: string;
  readonly referencedTable: string;
  readonly referencingTable: string;
  readonly referencingColumn: string;
  /** The single-valued navigation property on the referencing table. */
  readonly lookupNav: string;
  /** The collection-valued navigation property on the referenced table. */
  readonly collectionNav: string;
}

/** Everything that metadata tells of an organisation. */
export interface Schema {
  readonly tables: ReadonlyMap<string, Table>;
  readonly bySet: ReadonlyMap<string, Table>;
  readonly oneToMany: readonly OneToMany[];
  readonly manyToMany: readonly ManyToManyRow[];
  /** Lookup columns by table and single-valued navigation property (`table.nav`). */
  readonly lookupByNav: ReadonlyMap<string, OneToMany>;
  /** Relationships by table and collection-valued navigation property (`table.nav`). */
  readonly collectionByNav: ReadonlyMap<string, OneToMany>;
}

const CUSTOM = /^(?:new|cr4f1)_/;

function optionOf(text: string): Option {
  const [, value = '0', label = '', state] = /^(-?\d+)=(.*?)(?: @(\d+))?$/.exec(text) ?? [];
  return { value: Number(value), label, state: state === undefined ? null : Number(state) };
}

const SCALES: Partial<Record<ColumnType, number>> = { money: 4 };
const CHOICES: ReadonlySet<ColumnType> = new Set(['picklist', 'multi', 'state', 'status']);

function columnOf([name, type, label, detail]: ColumnRow): Column {
  const text = typeof detail === 'string' ? detail : '';
  const size = typeof detail === 'number' ? detail : 0;
  const custom = CUSTOM.test(name);
  return {
    name,
    schemaName: custom ? pascalAfterPrefix(name) : name,
    type,
    label,
    maxLength: type === 'string' || type === 'memo' ? size : 0,
    scale: type === 'decimal' ? size : (SCALES[type] ?? 0),
    options: CHOICES.has(type) && text !== '' ? text.split('; ').map(optionOf) : [],
    globalSet: GLOBAL_OPTION_SETS[text] ?? null,
    targets: type === 'lookup' || type === 'owner' ? text.split(',') : [],
    baseOf: type === 'money' && name.endsWith('_base') ? name.slice(0, -5) : null,
    custom,
  };
}

/** `new_parentproject` is declared as `new_Parentproject`: navigation properties are case-sensitive. */
function pascalAfterPrefix(name: string): string {
  return name.replace(
    /^([a-z][a-z0-9]+_)([a-z])/,
    (_, prefix: string, first: string) => prefix + first.toUpperCase(),
  );
}

function tableOf(row: TableRow): Table {
  const isActivity = row.family === 'activity';
  const key = row.key ?? (isActivity ? 'activityid' : `${row.name}id`);
  const activityKey: ColumnRow[] = isActivity ? [['activityid', 'key', 'Activity']] : [];
  const address = row.name === 'account' || row.name === 'contact' ? ADDRESS_COLUMNS : [];
  const rows = [
    ...activityKey,
    ...(STANDARD_COLUMNS[row.name] ?? []),
    ...(row.columns ?? []),
    ...(EXTRA_COLUMNS[row.name] ?? []),
    ...address,
    ...FAMILY_COLUMNS[row.family],
  ];
  const columns = new Map<string, Column>();
  for (const each of rows) if (!columns.has(each[0])) columns.set(each[0], columnOf(each));
  return {
    ...{ name: row.name, set: row.set, schemaName: row.schemaName, label: row.label, plural: row.plural },
    labels: row.labels ?? {},
    family: row.family,
    code: row.code,
    key,
    primaryName: row.primaryName === '' ? null : (row.primaryName ?? 'name'),
    columns,
    custom: row.code >= 10_000,
    isActivity,
    isIntersect: false,
    isProcess: row.family === 'process',
    tracking: row.tracking ?? true,
    notes: row.notes ?? false,
  };
}

type Intersect = (typeof MANY_TO_MANY)[number];

function intersectOf(row: Intersect): Table {
  const key = `${row.intersect}id`;
  const columns = [
    [key, 'key', row.intersect],
    [row.column1, 'guid', row.column1],
    [row.column2, 'guid', row.column2],
    ['versionnumber', 'bigint', 'Version Number'],
  ] satisfies ColumnRow[];
  return {
    ...{
      name: row.intersect,
      set: row.set,
      schemaName: row.intersect,
      label: row.intersect,
      plural: row.intersect,
    },
    ...{ labels: {}, family: 'intersect', code: row.code, key, primaryName: null },
    columns: new Map(columns.map((each) => [each[0], columnOf(each)])),
    custom: row.code >= 10_000,
    ...{ isActivity: false, isIntersect: true, isProcess: false, tracking: false, notes: false },
  };
}

/** The single-valued navigation property of a lookup towards one of its targets. */
function lookupNav(table: Table, column: Column, target: string): string {
  if (column.type === 'owner') return column.name;
  const special = LOOKUP_NAMES[`${table.name}.${column.name}`];
  if (special !== undefined) return special;
  if (column.targets.length === 1) return column.custom ? column.schemaName : column.name;
  if (column.name === 'regardingobjectid' && table.name !== 'activitypointer')
    return `regardingobjectid_${target}_${table.name}`;
  return `${column.name}_${target}`;
}

function relationsOf(table: Table): OneToMany[] {
  return [...table.columns.values()].flatMap((column) =>
    column.targets.map((target) => {
      const usual = `${table.name}_${column.name}_${target}`;
      const nav = COLLECTION_NAMES[`${table.name}.${column.name}.${target}`] ?? usual;
      return {
        schemaName: nav,
        referencedTable: target,
        referencingTable: table.name,
        referencingColumn: column.name,
        lookupNav: lookupNav(table, column, target),
        collectionNav: nav,
      };
    }),
  );
}

/** Each activity table has its own collection of parties; the lookup behind them points to the union alone. */
function partyRelations(tables: readonly Table[]): OneToMany[] {
  const activities = tables.filter((each) => each.isActivity && each.name !== 'activitypointer');
  return activities.map(({ name }) => ({
    ...{
      schemaName: `${name}_activity_parties`,
      collectionNav: `${name}_activity_parties`,
      referencedTable: name,
    },
    ...{
      referencingTable: 'activityparty',
      referencingColumn: 'activityid',
      lookupNav: `activityid_${name}`,
    },
  }));
}

function createSchema(): Schema {
  const plain = [...STANDARD_TABLES, ...SYSTEM_TABLES, ...CUSTOM_TABLES].map(tableOf);
  const all = [...plain, ...MANY_TO_MANY.map(intersectOf)];
  const known = new Set(all.map(({ name }) => name));
  const oneToMany = [...plain.flatMap(relationsOf), ...partyRelations(plain)].filter((each) =>
    known.has(each.referencedTable),
  );
  return {
    tables: new Map(all.map((table) => [table.name, table])),
    bySet: new Map(all.map((table) => [table.set, table])),
    oneToMany,
    manyToMany: MANY_TO_MANY,
    lookupByNav: new Map(oneToMany.map((each) => [`${each.referencingTable}.${each.lookupNav}`, each])),
    collectionByNav: new Map(
      oneToMany.map((each) => [`${each.referencedTable}.${each.collectionNav}`, each]),
    ),
  };
}

/** The schema of every emulated organisation. */
export const SCHEMA: Schema = createSchema();

/** A table by its logical name. Throws when there is none: our own data is wrong. */
export function tableNamed(name: string): Table {
  const table = SCHEMA.tables.get(name);
  if (!table) throw new Error(`the emulated organisation has no table ${name}`);
  return table;
}

/** A label in every language of the organisation that has it: English (1033), Turkish (1055), German (1031). */
export function labelsOf(
  label: string,
  own: Readonly<Record<number, string>> = {},
): Readonly<Record<number, string>> {
  return { 1033: label, ...TRANSLATIONS[label], ...own };
}

/** The property a lookup is read by. */
export function lookupProperty(column: Column): string {
  return `_${column.name}_value`;
}

/** The name under which a column stands in a row. */
export function propertyOf(column: Column): string {
  return column.targets.length > 0 ? lookupProperty(column) : column.name;
}

/** Whether a column can be read through OData at all. */
export function isReadable(column: Column): boolean {
  return column.type !== 'partylist';
}
