import { printScaled, rescale } from '../decimal.ts';
import { nameOf } from '../query/paths.ts';
import type { Organization, Row } from '../records/organization.ts';
import { type Column, labelsOf, type Table, tableNamed } from '../schema/schema.ts';
import { isRef, type Value } from '../world/content.ts';

/** A value as people read it, in the signed-in user's language and time zone; null: it has no such form. */
export function formattedValue(
  organization: Organization,
  table: Table,
  row: Row,
  column: Column,
  value: Value,
): string | null {
  if (value === null) return null;
  if (isRef(value)) return nameOf(organization, value);
  switch (column.type) {
    case 'boolean':
      return value === true ? 'Yes' : 'No';
    case 'picklist':
    case 'state':
    case 'status':
      return labelOf(organization, column, Number(value));
    case 'multi':
      return choicesOf(organization, column, String(value));
    case 'money':
      return money(organization, table, row, column, value);
    case 'decimal':
      return typeof value === 'bigint' ? grouped(printScaled(value, column.scale)) : null;
    case 'integer':
    case 'bigint':
      return grouped(String(value));
    case 'double':
      return grouped(Number(value).toFixed(2));
    case 'datetime':
      return typeof value === 'number' ? timeText(value, organization.switches.userZone) : null;
    case 'walltime':
      return typeof value === 'number' ? timeText(value, 'UTC') : null;
    case 'date':
      return dateText(String(value));
    case 'entityname':
      return entityLabel(organization, String(value));
    default:
      return null;
  }
}

/** The label of an option in the user's language; null: the option was deleted. */
function labelOf({ switches }: Organization, column: Column, value: number): string | null {
  const option = column.options.find((each) => each.value === value);
  if (option !== undefined) return labelsOf(option.label)[switches.userLanguage] ?? option.label;
  return switches.deletedOptionText === 'raw' ? String(value) : null;
}

function choicesOf(organization: Organization, column: Column, value: string): string | null {
  const labels = value.split(',').map((each) => labelOf(organization, column, Number(each)));
  return labels.includes(null) ? null : labels.join('; ');
}

function money(
  organization: Organization,
  table: Table,
  row: Row,
  column: Column,
  value: Value,
): string | null {
  if (typeof value !== 'bigint') return null;
  const base = { table: 'transactioncurrency', id: organization.world.id('transactioncurrency', 0) };
  const link = column.baseOf === null ? organization.value(table, row, 'transactioncurrencyid') : base;
  const currencies = tableNamed('transactioncurrency');
  const currency = isRef(link) ? organization.find(currencies, link.id) : null;
  if (currency === null) return grouped(printScaled(rescale(value, 4, 2), 2));
  const precision = Number(organization.value(currencies, currency, 'currencyprecision') ?? 2);
  const symbol = String(organization.value(currencies, currency, 'currencysymbol') ?? '');
  return `${symbol}${grouped(printScaled(rescale(value, 4, precision), precision))}`;
}

function grouped(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(\..*)?$/.exec(text) ?? [];
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function timeText(ms: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' },
    });
    formats.set(timeZone, format);
  }
  return format.format(ms).replace(', ', ' ').replaceAll('\u202f', ' ');
}

function dateText(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${month}/${day}/${year}`;
}

function entityLabel({ switches }: Organization, name: string): string | null {
  try {
    const { label, labels } = tableNamed(name);
    return labels[switches.userLanguage] ?? label;
  } catch {
    return null;
  }
}
