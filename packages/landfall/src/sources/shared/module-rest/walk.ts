import { z } from 'zod';
import { sha256 } from '../../../base/hash.ts';
import { MigrationError } from '../../../model/error.ts';
import type { Cursor } from '../../../model/source.ts';
import type { Paging } from './dialect.ts';
import { firstMember, isObject, type Json, plainText } from './member.ts';
import type { RestClient } from './rest-client.ts';

/** A list to be gone through. */
export interface List {
  /** Path and query below the service's address, without the parameters of pages. */
  readonly path: string;
  /** For people: `reading contact`. */
  readonly what: string;
  /** The member that tells records apart. */
  readonly id: string;
}

/** A page of records that were not met before, and the place to go on after it; null at the end. */
export interface WalkedPage {
  readonly items: readonly Json[];
  readonly next: Cursor | null;
}

/**
 * A list is gone through again when records are missing. Each pass cuts its pages elsewhere: what one leaves out at its
 * edges, another has in the middle.
 */
const sweepShares = [1, 0.6, 0.35] as const;
const leastPageRecords = 10;
/** Pages in a row that came before in the same pass: no number of records makes them more. */
const mostRepeated = 10;

/** `last`: what the page before ended with, to see whether pages still lie where they did. */
const cursorShape = z.strictObject({
  sweep: z.int().min(0),
  page: z.int().min(1),
  last: z.string().default(''),
});
type Place = z.infer<typeof cursorShape>;

/** What one page answered. */
interface Answered {
  readonly items: readonly Json[];
  readonly total: number | null;
  /** Where the next page is, for those that say so. */
  readonly next: string | null;
}

/**
 * Goes through a list page by page; each record comes once. Pages that repeat or go in circles end the list, an order
 * that moves makes another pass; when fewer records came than the service says there are, and its number stood still,
 * that is an error and not a shorter list. Started again from a page's `next` it gives the same pages; when the pages
 * before that place have moved, that is an error too, for what lies behind it cannot be told any more. Throws
 * `MigrationError`; `answer-wrong` for records that do not come.
 */
export async function* walk(
  client: RestClient,
  list: List,
  from: Cursor | null,
  signal: AbortSignal,
): AsyncIterable<WalkedPage> {
  const start = placeOf(from);
  const seen = new Set<string>();
  const totals = new Set<number>();
  for (const [sweep, share] of sweepShares.entries()) {
    let number = 0;
    let given = 0;
    let most = 0;
    let repeated = 0;
    const marks = new Set<string>();
    let waiting: Waiting | null = null;
    for await (const { items, total } of pagesOf(client, list, share, signal)) {
      number += 1;
      given += items.length;
      if (total !== null) totals.add(total);
      const ids = idsOf(list, items);
      const fresh = items.filter((_, at) => isFresh(seen, ids[at] ?? ''));
      if (waiting !== null) demandPlace(client, list, start, sweep, waiting, false);
      const isThrough = total !== null && (seen.size >= total || given >= total);
      // Nothing new, and nothing said to be missing: the list goes in circles.
      if (fresh.length === 0 && number > 1 && (total === null || isThrough)) break;
      repeated = isFresh(marks, `${ids[0]} ${ids.at(-1)} ${ids.length}`) ? 0 : repeated + 1;
      if (repeated === mostRepeated) break;
      if (items.length > 0) {
        // A page is handed out when it is known that another follows.
        if (waiting !== null && isDue(start, sweep, waiting.number))
          yield { items: waiting.items, next: printed(sweep, waiting.number + 1, waiting.last) };
        waiting = { items: fresh, number, last: ids.at(-1) ?? '' };
      }
      // Some give the number of the page's records as that of all: only a shorter page, or one more, tells the end.
      most = Math.max(most, items.length);
      if (isThrough && items.length < most) break;
    }
    if (waiting !== null) demandPlace(client, list, start, sweep, waiting, true);
    const missing = missingOf(totals, seen.size);
    const isLast = missing <= 0 || sweep === sweepShares.length - 1;
    if (isLast && missing > 0 && totals.size === 1) throw fewer(client, list, seen.size, totals);
    if (waiting !== null && isDue(start, sweep, waiting.number))
      yield { items: waiting.items, next: isLast ? null : printed(sweep + 1, 1, '') };
    if (isLast) return;
  }
}

/** A page that is handed out when it is known whether another one follows. */
interface Waiting {
  readonly items: readonly Json[];
  readonly number: number;
  readonly last: string;
}

/** The page before the place to go on from must end as it did. */
function demandPlace(
  client: RestClient,
  { what }: List,
  start: Place,
  sweep: number,
  page: Waiting,
  isEnd: boolean,
): void {
  if (start.last === '' || sweep !== start.sweep) return;
  const before = start.page - 1;
  const isThere = page.number === before ? page.last === start.last : page.number > before || !isEnd;
  if (isThere) return;
  const error = client.wrong(what, 'its pages have moved since reading them was broken off');
  throw new MigrationError(error.code, error.message, {
    hint: 'Run `landfall discover` again when nobody works in the system; reading begins anew then.',
  });
}

function isFresh(seen: Set<string>, id: string): boolean {
  const before = seen.size;
  return seen.add(id).size > before;
}

/**
 * What tells records apart: their id, else their content. Two of one page with the same are two: what becomes of the
 * second is for the books to say.
 */
function idsOf({ id }: List, items: readonly Json[]): readonly string[] {
  const alike = new Map<string, number>();
  return items.map((item) => {
    const text = plainText(item[id]);
    const name = text === '' ? `content ${sha256(JSON.stringify(item))}` : `id ${text}`;
    const place = (alike.get(name) ?? 0) + 1;
    alike.set(name, place);
    return `${name} ${place}`;
  });
}

function missingOf(totals: ReadonlySet<number>, seen: number): number {
  return totals.size === 0 ? 0 : Math.max(...totals) - seen;
}

function fewer(
  client: RestClient,
  { what }: List,
  seen: number,
  totals: ReadonlySet<number>,
): MigrationError {
  const error = client.wrong(
    what,
    `it says that there are ${[...totals].join(' or ')} records, but gives ${seen}`,
  );
  return new MigrationError(error.code, error.message, {
    hint: 'Its pages leave records out. Try again when nobody works in the system; if it stays, ask its vendor.',
  });
}

/** Every page is asked again from the first on: only so is it known which records were met before. */
function isDue(start: Place, sweep: number, page: number): boolean {
  return sweep > start.sweep || (sweep === start.sweep && page >= start.page);
}

function printed(sweep: number, page: number, last: string): Cursor {
  return JSON.stringify({ sweep, page, last } satisfies Place);
}

function placeOf(from: Cursor | null): Place {
  if (from === null) return { sweep: 0, page: 1, last: '' };
  try {
    const parsed = cursorShape.safeParse(JSON.parse(from));
    if (parsed.success) return parsed.data;
  } catch {
    // told below
  }
  throw new MigrationError('answer-wrong', 'The place to go on reading from is not one of ours.', {
    hint: 'Run `landfall discover` again; reading begins anew then.',
  });
}

/** The pages of one pass, the next one on its way while one is looked at, where its address is known before. */
async function* pagesOf(
  client: RestClient,
  list: List,
  share: number,
  signal: AbortSignal,
): AsyncIterable<Answered> {
  const { paging } = client.dialect;
  if (paging.kind === 'none') return yield await pageAt(client, list, '', signal);
  let size = Math.max(1, Math.round(paging.pageRecords * share));
  let offset = 0;
  let next: string | null = null;
  let isThrough = false;
  for (let number = 0; ; number += 1) {
    const asked = queryOf(paging, size, number, offset, next);
    const answer = await pageOrSmaller(client, list, paging, size, asked, { number, isThrough }, signal);
    if (answer === null) return;
    size = answer.size;
    yield answer;
    offset += answer.items.length;
    isThrough = answer.total !== null && offset >= answer.total;
    next = answer.next;
    if (answer.items.length === 0) return;
    if ((paging.kind === 'cursor' || paging.kind === 'link') && next === null) return;
  }
}

/**
 * A page size that is refused on the first page is halved: what is allowed, nobody says. Null: behind the last record
 * there is no page.
 */
async function pageOrSmaller(
  client: RestClient,
  list: List,
  paging: Exclude<Paging, { kind: 'none' }>,
  size: number,
  asked: string,
  { number, isThrough }: { readonly number: number; readonly isThrough: boolean },
  signal: AbortSignal,
): Promise<(Answered & { readonly size: number }) | null> {
  for (let tried = size; ; tried = Math.floor(tried / 2)) {
    const query = tried === size ? asked : queryOf(paging, tried, number, 0, null);
    const heard = await client.ask(address(client, list.path, query), signal);
    if (heard.kind === 'ok') return { ...answered(client, list, heard.body), size: tried };
    if (isThrough && (heard.kind === 'gone' || heard.kind === 'refused')) return null;
    if (heard.kind !== 'refused' || number > 0 || tried / 2 < leastPageRecords)
      throw client.error(list.what, heard);
  }
}

async function pageAt(client: RestClient, list: List, query: string, signal: AbortSignal): Promise<Answered> {
  return answered(client, list, await client.get(address(client, list.path, query), list.what, signal));
}

function queryOf(
  paging: Exclude<Paging, { kind: 'none' }>,
  size: number,
  number: number,
  offset: number,
  next: string | null,
): string {
  const sized = `${paging.size}=${size}`;
  if (paging.kind === 'page') return `${paging.page}=${paging.first + number}&${sized}`;
  if (paging.kind === 'offset') return `${paging.offset}=${offset}&${sized}`;
  if (next === null) return sized;
  return paging.kind === 'cursor' ? `${paging.cursor}=${encodeURIComponent(next)}&${sized}` : next;
}

function address(client: RestClient, path: string, query: string): string {
  if (query === '') return path;
  // The address of a next page stands for itself.
  if (query.startsWith('/')) return belowBase(client, query);
  if (/^https?:/i.test(query))
    return URL.canParse(query) ? belowBase(client, new URL(query).pathname + new URL(query).search) : path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/** A service tells its addresses whole; the client puts its own path before what it is asked. */
function belowBase({ address: whole }: RestClient, path: string): string {
  const base = new URL(whole).pathname.replace(/\/$/, '');
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

function answered(client: RestClient, list: List, body: unknown): Answered {
  const { answers } = client.dialect;
  const items = firstMember(body, answers.items);
  if (!Array.isArray(items) || !items.every(isObject))
    throw client.wrong(list.what, 'the answer is no list of records');
  const total = Number(firstMember(body, answers.total) ?? Number.NaN);
  const next = plainText(firstMember(body, answers.next));
  return {
    items,
    total: Number.isInteger(total) && total >= 0 ? total : null,
    next: next === '' ? null : next,
  };
}
