import type { Account } from '../account.ts';
import { storedText } from '../module-api/record-view.ts';
import type { Field, Module, Part } from '../schema/module.ts';
import { MODULES } from '../schema/schema.ts';
import type { Switches } from '../switches.ts';
import { PIPELINES, USERS } from '../world/furniture.ts';
import type { Cell, Row } from '../world/row.ts';

/** A row of a legacy table. */
export type LegacyRow = Readonly<Record<string, Cell>>;

/** A legacy table: how it makes its rows out of an account. */
export type LegacyTable = (account: Account, switches: Switches) => readonly LegacyRow[];

/** The tenant of the account. */
const GROUP_ID = 1;

/** Child tables by the part of a module that lies in them, with the end of their name. */
const CHILD_TABLES: Readonly<Record<Exclude<Part, 'main' | 'lines'>, string>> = {
  detail: 'Detail',
  email: 'Email',
  phone: 'Phone',
  address: 'Address',
  permit: 'Permit',
  custom: 'CustomFieldData',
};

/** Tables for fields that hold several values, by module and field. */
const LINE_TABLES: Readonly<Record<string, readonly [table: string, column: string]>> = {
  'task.responsibles': ['TaskResponsible', 'userId'],
  'activity.attendees': ['ActivityParticipant', 'contactId'],
  'appointment.attendees': ['AppointmentParticipant', 'contactId'],
  'appointment.services': ['AppointmentDetail', 'service'],
  'invoice.lines': ['InvoiceLine', ''],
  'survey.questions': ['SurveyQuestion', 'question'],
};

/** Tables of the only family that was ever seen. */
export function isCustomerTable(name: string): boolean {
  return name.startsWith('Customer');
}

function tablesOf(module: Module): (readonly [string, LegacyTable])[] {
  const parts = [...new Set(module.fields.map(({ part }) => part))];
  const tables: (readonly [string, LegacyTable])[] = [[module.table, mainTable(module)]];
  for (const part of parts) {
    if (part === 'main') continue;
    if (part !== 'lines') tables.push([`${module.table}${CHILD_TABLES[part]}`, childTable(module, part)]);
  }
  for (const field of module.fields) {
    const [name, column] = LINE_TABLES[`${module.key}.${field.key}`] ?? [];
    if (name !== undefined) tables.push([name, lineTable(module, field, column ?? '')]);
  }
  return tables;
}

function commonOf(row: Row): Record<string, Cell> {
  const { id, insertDate, updateDate, active } = row;
  return {
    id,
    groupId: GROUP_ID,
    userId: row.userId ?? null,
    ip: '10.0.0.1',
    insertDate,
    updateDate,
    active,
  };
}

function mainTable(module: Module): LegacyTable {
  const fields = module.fields.filter(({ part, cardinality }) => part === 'main' && cardinality === 'one');
  return (account, { otherTenants }) => {
    const rows = account.rows(module).map((row) => ({
      ...commonOf(row),
      ...Object.fromEntries(fields.map(({ key }) => [key, row[key] ?? null])),
    }));
    return otherTenants ? [...rows, ...foreignRows(module, rows)] : rows;
  };
}

/** What another tenant has in the same table: the first row again, under a number of its own. */
function foreignRows(module: Module, rows: readonly LegacyRow[]): readonly LegacyRow[] {
  const [first] = rows;
  if (!first) return [];
  return [{ ...first, id: 5_000_000 + module.id, groupId: 2, [module.numberField]: `YAB-${module.id}` }];
}

function childTable(module: Module, part: Exclude<Part, 'main' | 'lines'>): LegacyTable {
  const fields = module.fields.filter((field) => field.part === part);
  const make = part === 'email' || part === 'phone' ? valueRows : part === 'custom' ? customRows : wideRow;
  return (account) => {
    let id = 0;
    return account.rows(module).flatMap((row) =>
      make(module, fields, row).map((values) => {
        id += 1;
        return { ...commonOf(row), id, [module.numberField]: row[module.numberField] ?? null, ...values };
      }),
    );
  };
}

type RowsOf = (module: Module, fields: readonly Field[], row: Row) => readonly LegacyRow[];

const wideRow: RowsOf = (_, fields, row) => [
  Object.fromEntries(fields.map(({ key }) => [key, row[key] ?? null])),
];

/** One row for each address or number; the first is the primary one. */
const valueRows: RowsOf = (_, [field], row) => {
  const values = field ? row[field.key] : null;
  if (!field || !Array.isArray(values)) return [];
  const column = field.type === 'email' ? 'email' : 'phone';
  return (values as readonly Record<string, Cell>[]).map(
    ({ type = null, value = null, primary = false }) => ({
      typeName: type,
      [column]: value,
      isDefault: primary,
    }),
  );
};

/** Entity, attribute, value: one row for each custom field that has one. Tags have a table of their own. */
const customRows: RowsOf = (module, fields, row) =>
  fields
    .filter(({ key }) => key !== 'tags' && row[key] !== null && row[key] !== undefined)
    .map((field) => ({
      fieldNumber: fieldNumber(module, field),
      fieldValue: storedText(field, row[field.key] ?? null),
    }));

function lineTable(module: Module, field: Field, column: string): LegacyTable {
  return (account) => {
    let id = 0;
    return account.rows(module).flatMap((row) => {
      const values = row[field.key];
      return (Array.isArray(values) ? (values as readonly Cell[]) : []).map((value) => {
        id += 1;
        const own = column === '' ? (value as LegacyRow) : { [column]: value };
        return { ...commonOf(row), id, [module.numberField]: row[module.numberField] ?? null, ...own };
      });
    });
  };
}

function fieldNumber(module: Module, field: Field): string {
  return `CF-${module.id}-${field.key}`;
}

/** Numbers of custom field types, in the order of nothing. */
const TYPE_IDS: Readonly<Record<string, number>> = {
  text: 1,
  number: 2,
  decimal: 3,
  currency: 4,
  date: 5,
  datetime: 6,
  bool: 7,
  dropdown: 8,
  multiselect: 9,
  html: 10,
};

function customFieldRows(module: Module): LegacyRow[] {
  return module.fields
    .filter(({ part, key }) => part === 'custom' && key !== 'tags')
    .map((field, at) => ({
      id: module.id * 100 + at,
      fieldNumber: fieldNumber(module, field),
      moduleId: module.id,
      typeId: TYPE_IDS[field.type] ?? 1,
      label: field.label,
      labelEn: field.labelEn,
      maxLength: field.maxLength,
      isRequired: field.required,
      sortOrder: at + 1,
      groupId: GROUP_ID,
      active: true,
    }));
}

function moduleRow({ id, name, nameEn, active }: Module): LegacyRow {
  return { id, name, nameEn, description: null, active };
}

function optionRows(module: Module): LegacyRow[] {
  return module.fields.flatMap(({ key, options }) =>
    options.map(({ id, label, labelEn }) => ({
      id,
      typeId: module.id,
      fieldName: key,
      name: label,
      nameEn: labelEn,
      active: true,
    })),
  );
}

function stageRows(module: 'proposal' | 'sales'): LegacyRow[] {
  return PIPELINES.filter((pipeline) => pipeline.module === module).flatMap((pipeline) =>
    pipeline.stages.map(({ id, name, nameEn, sortOrder, poc }) => ({
      id,
      typeId: pipeline.id,
      name,
      nameEn,
      sortOrder,
      poc,
      active: true,
    })),
  );
}

/** Every legacy table by its name. */
export const LEGACY_TABLES: ReadonlyMap<string, LegacyTable> = new Map([
  ...MODULES.flatMap((module) => tablesOf(module)),
  ['Module', () => MODULES.map(moduleRow)],
  ['User', () => USERS.map((user) => ({ ...user, groupId: GROUP_ID }))],
  [
    'Type',
    () => PIPELINES.map(({ id, name, nameEn, module }) => ({ id, name, nameEn, module, active: true })),
  ],
  ['ProposalCategory', () => stageRows('proposal')],
  ['SalesCategory', () => stageRows('sales')],
  ['Dynamic', () => MODULES.flatMap(optionRows)],
  ['CustomField', () => MODULES.flatMap(customFieldRows)],
] as readonly (readonly [string, LegacyTable])[]);
