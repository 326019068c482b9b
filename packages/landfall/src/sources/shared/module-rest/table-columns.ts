import { sourceText } from '../../../mapping/source-text.ts';
import type { SourceType, SourceValue } from '../../../model/source.ts';
import { ColumnProfile } from '../export-files/column-profile.ts';
import { inferType } from '../export-files/infer-type.ts';
import { type Json, plainText } from './member.ts';
import type { ToldField } from './plan-fields.ts';
import type { RestCatalog } from './rest-catalog.ts';

/** A table that records of another one may name: `companyId` by id, `companyNumber` by number. */
export interface ForeignTable {
  /** The entity in it. */
  readonly key: string;
  readonly table: string;
  readonly numberField: string;
}

const noChoices: ReadonlyMap<string, string> = new Map();

/** What the rows of a table say about its columns: nothing else describes it. `options`: choices of this module, by id. */
export function toldColumns(
  rows: readonly Json[],
  { id, live, tenant, unread }: Pick<RestCatalog, 'id' | 'live' | 'tenant' | 'unread'>,
  foreign: readonly ForeignTable[],
  options: ReadonlyMap<string, string>,
): ToldField[] {
  const left = new Set([id, live, tenant, ...unread]);
  const columns = new Map<string, unknown[]>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      if (left.has(name) || unread.includes(name.toLowerCase())) continue;
      const values = columns.get(name) ?? [];
      columns.set(name, values);
      if (value !== null && value !== '') values.push(value);
    }
  return [...columns].map(([name, values]) => toldColumn(name, values, foreign, options));
}

function toldColumn(
  name: string,
  values: readonly unknown[],
  foreign: readonly ForeignTable[],
  options: ReadonlyMap<string, string>,
): ToldField {
  const column = { key: name, label: name, otherLabel: '', many: false, oneToOne: null, references: [] };
  const leadsTo = foreign.find(
    ({ table, numberField }) => name === columnOf(table, 'Id') || name === numberField,
  );
  if (leadsTo !== undefined)
    return {
      ...column,
      type: 'reference',
      told: `a column named as ${leadsTo.table}`,
      options: noChoices,
      references: [leadsTo.key],
    };
  if (values.length > 0 && options.size > 0 && values.every((value) => options.has(plainText(value))))
    return { ...column, type: 'choice', told: 'numbers of choices of this module', options };
  return { ...column, ...toldByValues(name, values), options: noChoices };
}

/** A column that is called as its table, and what it holds: `companyId`. */
export function columnOf(table: string, what: 'Id' | 'Number'): string {
  return `${table.charAt(0).toLowerCase()}${table.slice(1)}${what}`;
}

function toldByValues(name: string, values: readonly unknown[]): { type: SourceType; told: string } {
  const profile = new ColumnProfile();
  for (const value of values) profile.add(sourceText(value as SourceValue));
  const { type, evidence } = inferType(name, profile);
  return { type, told: `nothing, its values do (${evidence})` };
}
