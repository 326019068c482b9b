import type { Account } from './account.ts';
import { type Cursor, type Direction, decodeCursor, encodeCursor } from './cursor.ts';
import { pageSize, type Query } from './query.ts';
import type { Table } from './table.ts';

/** The value that a record is sorted by. */
export type SortKey<T> = (record: T, field: string) => number | string;

/** One page of a list and where the next begins. */
export interface WalkPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * One page of a v2 list over a table, in the order that `sort_by` and `sort_direction` ask for (id, ascending).
 * There is no snapshot: what is added behind the cursor appears, as with the real lists.
 */
export function walk<T extends { readonly id: number }>(
  account: Account,
  table: Table<T>,
  query: Query,
  keep: (record: T) => boolean,
  sortKey: SortKey<T>,
  most = 500,
): WalkPage<T> {
  const field = query.text('sort_by') ?? 'id';
  const direction = (query.text('sort_direction') ?? 'asc') as Direction;
  const size = pageSize(account, query.id('limit'), most);
  const from = query.text('cursor');
  const start = from ? decodeCursor(from, field, direction) : null;
  const newest = table.visibleUpTo(account.clock.nowMs(), account.switches.listLagMs);
  const items =
    field === 'id'
      ? byId(table, start, direction, newest, size + 1, keep)
      : byKey(table, start, field, direction, newest, size + 1, keep, sortKey);
  const next = items[size];
  if (!next) return { items, nextCursor: null };
  const fieldValue = field === 'id' ? next.id : sortKey(next, field);
  const cursor: Cursor = { field, fieldValue, sortDirection: direction, id: next.id };
  return { items: items.slice(0, size), nextCursor: encodeCursor(cursor) };
}

/** One page of a short list that is at hand; the same orders and cursors as `walk`, without its lag. */
export function walkItems<T extends { readonly id: number }>(
  account: Account,
  items: readonly T[],
  query: Query,
  sortKey: SortKey<T>,
  most = 500,
): WalkPage<T> {
  const field = query.text('sort_by') ?? 'id';
  const direction = (query.text('sort_direction') ?? 'asc') as Direction;
  const size = pageSize(account, query.id('limit'), most);
  const from = query.text('cursor');
  const start = from ? decodeCursor(from, field, direction) : null;
  const compare = ordering(direction);
  const keyed = items.map((record) => ({ key: field === 'id' ? record.id : sortKey(record, field), record }));
  const found = keyed
    .filter(({ key, record }) => !start || compare(key, record.id, start.fieldValue, start.id) >= 0)
    .sort((a, b) => compare(a.key, a.record.id, b.key, b.record.id));
  const next = found[size];
  const cursor = next && {
    field,
    fieldValue: next.key,
    sortDirection: direction,
    id: next.record.id,
  };
  return {
    items: found.slice(0, size).map(({ record }) => record),
    nextCursor: cursor ? encodeCursor(cursor) : null,
  };
}

type Compare = (aKey: number | string, aId: number, bKey: number | string, bId: number) => number;

function ordering(direction: Direction): Compare {
  const sign = direction === 'asc' ? 1 : -1;
  return (aKey, aId, bKey, bId) => sign * (aKey < bKey ? -1 : aKey > bKey ? 1 : aId - bId);
}

function byId<T extends { readonly id: number }>(
  table: Table<T>,
  start: Cursor | null,
  direction: Direction,
  newest: number,
  count: number,
  keep: (record: T) => boolean,
): T[] {
  const items: T[] = [];
  const step = direction === 'asc' ? 1 : -1;
  let id = direction === 'asc' ? (start?.id ?? 1) : Math.min(start?.id ?? newest, newest);
  for (; id >= 1 && id <= newest && items.length < count; id += step) {
    const record = table.get(id);
    if (record !== undefined && keep(record)) items.push(record);
  }
  return items;
}

/** Keeps the best `count` of all records behind the cursor, sorted; one pass over the table. */
function byKey<T extends { readonly id: number }>(
  table: Table<T>,
  start: Cursor | null,
  field: string,
  direction: Direction,
  newest: number,
  count: number,
  keep: (record: T) => boolean,
  sortKey: SortKey<T>,
): T[] {
  const sign = direction === 'asc' ? 1 : -1;
  const compare = ordering(direction);
  const best: { readonly key: number | string; readonly record: T }[] = [];
  const first = direction === 'asc' ? 1 : newest;
  for (let id = first; id >= 1 && id <= newest; id += sign) {
    const record = table.get(id);
    if (record === undefined || !keep(record)) continue;
    const key = sortKey(record, field);
    if (start && compare(key, id, start.fieldValue, start.id) < 0) continue;
    const last = best[best.length - 1];
    if (best.length === count && last && compare(key, id, last.key, last.record.id) >= 0) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = best[middle];
      if (other && compare(key, id, other.key, other.record.id) > 0) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, { key, record });
    if (best.length > count) best.pop();
  }
  return best.map(({ record }) => record);
}
