import type { Field, Module } from '../schema/module.ts';
import type { Switches } from '../switches.ts';
import type { Cell, Row } from '../world/row.ts';

/** A record as the module API gives it. */
export function recordView(module: Module, row: Row, switches: Switches): Record<string, Cell> {
  const view: Record<string, Cell> = {
    id: switches.idsAs === 'text' ? String(row.id) : row.id,
    active: row.active,
  };
  for (const field of module.fields) view[field.key] = valueView(field, row[field.key] ?? null, switches);
  return view;
}

function valueView(field: Field, value: Cell, switches: Switches): Cell {
  if (value === null) return field.cardinality === 'many' ? [] : null;
  if (field.type === 'lookup' || field.type === 'user') return idView(value, switches);
  if (field.part === 'custom' && switches.customValues === 'stored' && field.cardinality === 'one')
    return storedText(field, value);
  return value;
}

function idView(value: Cell, switches: Switches): Cell {
  if (Array.isArray(value)) return value.map((each: Cell) => idView(each, switches));
  return typeof value === 'number' && switches.idsAs !== 'number' ? String(value) : value;
}

/** A custom value as the account stores it: text, in the Turkish way. */
export function storedText(field: Field, value: Cell): string {
  if (typeof value === 'boolean') return value ? 'Evet' : 'Hayır';
  if (Array.isArray(value)) return value.map((each: Cell) => labelOf(field, each)).join('; ');
  if (field.type === 'date' && typeof value === 'string')
    return value.slice(0, 10).split('-').reverse().join('.');
  if (field.type === 'currency' || field.type === 'decimal') return turkishNumber(Number(value));
  return labelOf(field, value);
}

function labelOf({ options }: Field, value: Cell): string {
  return options.find(({ id }) => id === value)?.label ?? String(value);
}

function turkishNumber(value: number): string {
  const [whole = '0', fraction = '00'] = value.toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${fraction}`;
}
