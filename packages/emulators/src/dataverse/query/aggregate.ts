import { divideRounded, printScaled, rescale } from '../decimal.ts';
import type { Aggregate, Apply } from '../odata/options.ts';
import type { Organization, Row } from '../records/organization.ts';
import { badQuery, Refusal } from '../refusal.ts';
import { type Column, propertyOf, type Table } from '../schema/schema.ts';
import { isRef, type Value } from '../world/content.ts';
import { type Comparable, comparable } from './comparable.ts';
import { type ColumnPath, resolvePath, valueAt } from './paths.ts';
import { compile } from './predicate.ts';
import type { Predicate, Scope } from './scope.ts';
import { matches } from './selection.ts';

/** The most rows an aggregate may go over. */
const MOST_ROWS = 50_000;
/** Decimals of sums and averages of numbers with decimals. */
const SUM_SCALE = 9;

/** A group of rows: the values it is grouped by, and what was computed, as JSON text by name. */
export interface Group {
  readonly keys: readonly {
    readonly name: string;
    readonly column: Column;
    readonly table: Table;
    readonly value: Value;
    readonly row: Row;
  }[];
  readonly results: readonly {
    readonly name: string;
    readonly json: string;
    readonly number: number | null;
  }[];
}

/** Groups and computes. Throws a refusal beyond 50,000 rows, and for what cannot be grouped or computed. */
export function aggregated(apply: Apply, scope: Scope, filter: Predicate | null): Group[] {
  const { organization, table } = scope;
  const own = apply.filter === null ? null : compile(apply.filter, scope);
  const keys = apply.by.map((path) => keyOf(organization, table, path));
  const sums = apply.aggregates.map((each) => ({ each, path: valuePath(organization, table, each) }));
  const predicate: Predicate = (row) =>
    (filter === null || filter(row) === true) && (own === null || own(row) === true);
  const groups = new Map<string, { first: Row; values: readonly Value[]; rows: Row[] }>();
  let looked = 0;
  for (const row of matches({
    organization,
    table,
    predicate,
    predicateText: null,
    order: [],
    within: null,
  })) {
    looked += 1;
    if (looked > MOST_ROWS) throw tooMany();
    const values = keys.map(({ path }) => valueAt(organization, path, row));
    const name = JSON.stringify(values.map(plainValue));
    const group = groups.get(name);
    if (group) group.rows.push(row);
    else groups.set(name, { first: row, values, rows: [row] });
  }
  if (groups.size === 0 && keys.length === 0) groups.set('', { first: 0, values: [], rows: [] });
  return [...groups.values()].map(({ first, values, rows }) => ({
    keys: keys.map(({ name, path }, at) => ({
      name,
      column: path.column,
      table: path.table,
      value: values[at] ?? null,
      row: first,
    })),
    results: sums.map(({ each, path }) => ({ name: each.as, ...computed(organization, each, path, rows) })),
  }));
}

function tooMany(): Refusal {
  const message = 'The maximum record limit is exceeded. Reduce the number of records.';
  return new Refusal(400, '0x8004E023', `AggregateQueryRecordLimit exceeded. ${message}`);
}

function keyOf(
  organization: Organization,
  table: Table,
  given: readonly string[],
): { name: string; path: ColumnPath } {
  const path = resolvePath(organization, table, given);
  if (path.column.type === 'datetime' || path.column.type === 'walltime')
    throw badQuery('Grouping by a column of date and time is not supported.');
  const name =
    given.length === 1 ? propertyOf(path.column) : [path.table.name, propertyOf(path.column)].join('_');
  return { name, path };
}

function valuePath(organization: Organization, table: Table, { path }: Aggregate): ColumnPath | null {
  return path === null ? null : resolvePath(organization, table, path);
}

function plainValue(value: Value): unknown {
  return typeof value === 'bigint' ? String(value) : isRef(value) ? value.id : value;
}

type Computed = { readonly json: string; readonly number: number | null };

function computed(
  organization: Organization,
  { method }: Aggregate,
  path: ColumnPath | null,
  rows: readonly Row[],
): Computed {
  if (path === null) return { json: String(rows.length), number: rows.length };
  const order = organization.switches.guidOrder;
  const { column } = path;
  const values = rows
    .map((row) => comparable(column, valueAt(organization, path, row), order))
    .filter((value) => value !== null);
  if (values.length === 0) return { json: 'null', number: null };
  if (method === 'min' || method === 'max') return extreme(method, column, values);
  if (typeof values[0] === 'bigint') return exact(method, column, values as bigint[]);
  if (typeof values[0] !== 'number') throw badQuery(`The column ${column.name} cannot be summed.`);
  const sum = (values as number[]).reduce((total, each) => total + each, 0);
  const result = method === 'average' ? sum / values.length : sum;
  return { json: JSON.stringify(result), number: result };
}

function extreme(method: 'min' | 'max', column: Column, values: readonly Comparable[]): Computed {
  const best = values.reduce((left, right) => {
    if (left === null || right === null) return left ?? right;
    return left < right === (method === 'min') ? left : right;
  });
  if (typeof best === 'bigint')
    return { json: printScaled(rescale(best, 10, column.scale), column.scale), number: null };
  if (typeof best === 'number' && (column.type === 'datetime' || column.type === 'walltime'))
    return { json: `"${new Date(best).toISOString().slice(0, 19)}Z"`, number: null };
  return { json: JSON.stringify(best), number: typeof best === 'number' ? best : null };
}

function exact(method: Aggregate['method'], column: Column, values: readonly bigint[]): Computed {
  const sum = values.reduce((total, each) => total + each, 0n);
  const result = method === 'average' ? divideRounded(sum, BigInt(values.length)) : sum;
  const scale = column.type === 'bigint' ? 0 : SUM_SCALE;
  return { json: printScaled(rescale(result, 10, scale), scale), number: null };
}
