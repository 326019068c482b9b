import type { Call } from '../kit/exchange.ts';
import type { Account } from './account.ts';
import type { Reply } from './exchange-context.ts';
import { Refusal } from './refusal.ts';
import type { Table } from './table.ts';

/** What a v1 list says about where it stands. */
export interface OffsetPage<T> {
  readonly items: readonly T[];
  readonly start: number;
  readonly limit: number;
  readonly more: boolean;
}

/** Where a page starts and how many it holds: 100 unless said, at most `most`. */
function bounds(
  account: Account,
  call: Call,
  most: number,
): { readonly start: number; readonly limit: number } {
  const start = whole(call, 'start', 0);
  const asked = whole(call, 'limit', 100);
  if (asked > most && account.switches.overLimit === '400')
    throw new Refusal(400, `limit must be at most ${most}`);
  const limit = Math.min(asked, most);
  if (limit < 1) throw new Refusal(400, 'limit must be at least 1');
  return { start, limit };
}

/** The page of a table by id, up or down, without a copy of the whole table. */
export function offsetScan<T extends { readonly id: number }>(
  account: Account,
  call: Call,
  table: Table<T>,
  sign: 1 | -1,
  keep: (record: T) => boolean,
  most = 500,
): OffsetPage<T> {
  const { start, limit } = bounds(account, call, most);
  const items: T[] = [];
  let passed = 0;
  const last = table.rows.length;
  for (let id = sign === 1 ? 1 : last; id >= 1 && id <= last; id += sign) {
    const record = table.get(id);
    if (record === undefined || !keep(record)) continue;
    passed += 1;
    if (passed <= start) continue;
    if (items.length === limit) return { items, start, limit, more: true };
    items.push(record);
  }
  return { items, start, limit, more: false };
}

/** Cuts the page out that `start` and `limit` ask for (100 unless said, at most `most`). */
export function offsetPage<T>(account: Account, call: Call, items: readonly T[], most = 500): OffsetPage<T> {
  const { start, limit } = bounds(account, call, most);
  return { items: items.slice(start, start + limit), start, limit, more: items.length > start + limit };
}

/** The envelope of a v1 list. Leads leave `next_start` out (seen in live answers). */
export function offsetReply(
  data: readonly unknown[],
  page: OffsetPage<unknown>,
  withNextStart = true,
): Reply {
  const { start, limit, more } = page;
  const next = more && withNextStart ? { next_start: start + limit } : {};
  const pagination = { start, limit, more_items_in_collection: more, ...next };
  return { status: 200, value: { success: true, data, additional_data: { pagination } } };
}

/** A number of the query. Throws 400 when it is none. */
export function whole(call: Call, name: string, fallback: number): number {
  const raw = call.query.get(name);
  if (raw === null || raw === '') return fallback;
  if (!/^\d{1,15}$/.test(raw)) throw new Refusal(400, `${name} must be an integer`);
  return Number(raw);
}

/** A number of the query, if it is there. */
export function optionalWhole(call: Call, name: string): number | undefined {
  return call.query.has(name) ? whole(call, name, 0) : undefined;
}

/** One step of `sort`: by which field, and up (1) or down (-1). */
export interface SortStep {
  readonly field: string;
  readonly sign: 1 | -1;
}

/** Reads `sort=field_a ASC, field_b DESC`. Throws 400 for a field that cannot be sorted by. */
export function sortSteps(call: Call, allowed: readonly string[]): readonly SortStep[] {
  const raw = call.query.get('sort');
  if (!raw) return [];
  return raw.split(',').map((part) => {
    const [field = '', direction = 'ASC'] = part.trim().split(/\s+/);
    if (!allowed.includes(field)) throw new Refusal(400, `Sorting by ${field} is not supported`);
    if (!/^(asc|desc)$/i.test(direction)) throw new Refusal(400, `Unknown sorting direction ${direction}`);
    return { field, sign: direction.toLowerCase() === 'asc' ? 1 : -1 };
  });
}

/** Sorts by several steps, the first one most; equal ones keep their order. */
export function sorted<T>(
  items: T[],
  steps: readonly SortStep[],
  key: (item: T, field: string) => number | string,
): T[] {
  if (steps.length === 0) return items;
  return items.sort((a, b) => {
    for (const { field, sign } of steps) {
      const left = key(a, field);
      const right = key(b, field);
      if (left < right) return -sign;
      if (left > right) return sign;
    }
    return 0;
  });
}
