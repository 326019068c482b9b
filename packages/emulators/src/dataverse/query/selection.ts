import { guidSortKey, isGuid } from '../guid.ts';
import type { Order } from '../odata/options.ts';
import type { Organization, Row } from '../records/organization.ts';
import type { Table } from '../schema/schema.ts';
import { type Comparable, comparable } from './comparable.ts';
import { brokenCookie, type Cookie, type CookieValue, otherOrder } from './cookie.ts';
import { type ColumnPath, nameOf, resolvePath, valueAt } from './paths.ts';
import type { Predicate } from './scope.ts';

/** Rows that a query finds: which, and in which order. */
export interface Query {
  readonly organization: Organization;
  readonly table: Table;
  readonly predicate: Predicate | null;
  /** Equal texts mean equal predicates; null: the plan is not kept. */
  readonly predicateText: string | null;
  readonly order: readonly Order[];
  /** Only these rows are looked at; null: all of the table. */
  readonly within: readonly Row[] | null;
}

/** One page of rows, and where the next one begins (null: this was the last). */
export interface Page {
  readonly rows: readonly Row[];
  readonly next: readonly CookieValue[] | null;
}

interface Key {
  readonly name: string;
  readonly descending: boolean;
  readonly read: (row: Row) => Comparable;
}

/** The columns a query is ordered by, the key in the end: the order is always whole. */
function keysOf({ organization, table, order }: Query): Key[] {
  return order.map(({ path, descending }) => {
    const resolved = resolvePath(organization, table, path);
    return {
      name: path.join('.').replace(/^_(.+)_value$/, '$1'),
      descending,
      read: orderValue(organization, resolved),
    };
  });
}

/** Lookups are ordered by the name of what they point to, choices by their number. */
function orderValue(organization: Organization, path: ColumnPath): (row: Row) => Comparable {
  const order = organization.switches.guidOrder;
  if (path.column.targets.length > 0)
    return (row) => nameOf(organization, valueAt(organization, path, row))?.toLowerCase() ?? null;
  return (row) => comparable(path.column, valueAt(organization, path, row), order);
}

/** Reads one page of at most `size` rows, from the first or from where a cookie points. Throws for a foreign cookie. */
export function readPage(query: Query, size: number, cookie: Cookie | null): Page {
  const keys = keysOf(query);
  if (cookie) checkCookie(query, keys, cookie);
  const rows: Row[] = [];
  let more = false;
  for (const row of keys.length === 0 ? unordered(query, cookie) : ordered(query, keys, cookie)) {
    if (rows.length === size) {
      more = true;
      break;
    }
    rows.push(row);
  }
  return { rows, next: more ? cookieValues(query, keys, rows) : null };
}

/** Every row that a query finds, in the order of the ids. */
export function* matches({ organization, table, predicate, within }: Query): Generator<Row> {
  for (const row of within ?? organization.rows(table)) if (!predicate || predicate(row) === true) yield row;
}

/** How many rows a query finds, counted up to a limit. */
export function countUpTo(query: Query, limit: number): number {
  if (!query.predicate && query.within === null)
    return Math.min(limit, query.organization.total(query.table));
  let count = 0;
  for (const _ of matches(query)) {
    count += 1;
    if (count >= limit) break;
  }
  return count;
}

function* unordered(query: Query, cookie: Cookie | null): Generator<Row> {
  const { organization, table, predicate, within } = query;
  const after = cookie?.values[cookie.values.length - 1]?.last ?? null;
  if (within === null) {
    for (const row of organization.rows(table, after)) if (!predicate || predicate(row) === true) yield row;
    return;
  }
  const { guidOrder } = organization.switches;
  const key = after === null ? '' : guidSortKey(after, guidOrder);
  for (const row of matches(query)) if (guidSortKey(organization.id(table, row), guidOrder) > key) yield row;
}

interface Plan {
  readonly revision: number;
  readonly rows: readonly Row[];
}

const plans = new WeakMap<Organization, Map<string, Plan>>();
const PLANS_KEPT = 6;

function* ordered(query: Query, keys: readonly Key[], cookie: Cookie | null): Generator<Row> {
  const rows = plannedRows(query, keys);
  let start = 0;
  if (cookie) {
    const last = cookie.values;
    let high = rows.length;
    while (start < high) {
      const middle = (start + high) >> 1;
      if (comesAfter(query, keys, rows[middle] ?? 0, last)) high = middle;
      else start = middle + 1;
    }
  }
  for (let at = start; at < rows.length; at += 1) yield rows[at] ?? 0;
}

function plannedRows(query: Query, keys: readonly Key[]): readonly Row[] {
  const { organization, table, predicateText, within } = query;
  const known = plans.get(organization) ?? new Map<string, Plan>();
  plans.set(organization, known);
  const name =
    predicateText === null || within !== null
      ? null
      : `${table.name}|${predicateText}|${keys.map((key) => `${key.name} ${key.descending}`).join()}`;
  const plan = name === null ? undefined : known.get(name);
  if (plan?.revision === organization.revision) return plan.rows;
  const rows = sorted(query, keys);
  if (name !== null) {
    if (known.size >= PLANS_KEPT) known.delete(known.keys().next().value ?? '');
    known.set(name, { revision: organization.revision, rows });
  }
  return rows;
}

function sorted(query: Query, keys: readonly Key[]): Row[] {
  const entries = [...matches(query)].map((row, place) => ({
    row,
    place,
    values: keys.map(({ read }) => read(row)),
  }));
  entries.sort((a, b) => {
    for (const [at, { descending }] of keys.entries()) {
      const order = compareValues(a.values[at] ?? null, b.values[at] ?? null);
      if (order !== 0) return descending ? -order : order;
    }
    return a.place - b.place;
  });
  return entries.map(({ row }) => row);
}

/** Empty values come first, as in SQL Server. */
function compareValues(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

function comesAfter(query: Query, keys: readonly Key[], row: Row, last: readonly CookieValue[]): boolean {
  for (const [at, { read, descending }] of keys.entries()) {
    const own = read(row);
    const order = compareValues(own, cookieComparable(own, last[at]?.last ?? null));
    if (order !== 0) return descending ? order < 0 : order > 0;
  }
  const { organization, table } = query;
  const { guidOrder } = organization.switches;
  const lastId = last[last.length - 1]?.last ?? '';
  return guidSortKey(organization.id(table, row), guidOrder) > guidSortKey(lastId, guidOrder);
}

/** The text of a cookie in the form that the row's own value has. */
function cookieComparable(like: Comparable, text: string | null): Comparable {
  if (text === null) return null;
  if (typeof like === 'number') return Number(text);
  if (typeof like === 'bigint') return /^-?\d+$/.test(text) ? BigInt(text) : null;
  return text;
}

function cookieValues(
  { organization, table }: Query,
  keys: readonly Key[],
  rows: readonly Row[],
): CookieValue[] {
  const first = rows[0] ?? 0;
  const last = rows[rows.length - 1] ?? 0;
  const text = (value: Comparable) => (value === null ? null : String(value));
  return [
    ...keys.map(({ name, read }) => ({ column: name, last: text(read(last)), first: text(read(first)) })),
    { column: table.key, last: organization.id(table, last), first: organization.id(table, first) },
  ];
}

function checkCookie({ table }: Query, keys: readonly Key[], cookie: Cookie): void {
  const wanted = [...keys.map(({ name }) => name), table.key].join();
  if (cookie.values.map(({ column }) => column).join() !== wanted) throw otherOrder();
  if (!isGuid(cookie.values[cookie.values.length - 1]?.last ?? '')) throw brokenCookie();
}
