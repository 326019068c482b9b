import { z } from 'zod';
import { must } from '../base/assert.ts';
import { entityTraits } from '../model/entity-table.ts';
import { MigrationError } from '../model/error.ts';
import { type TargetId, targetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord } from '../model/target.ts';
import { type Account, answerWrong, offsetPage, type Page, parsed } from './account.ts';
import type { AccountIndex } from './account-index.ts';
import { builtInFields } from './catalog.ts';
import { decodeRecord, idText, isWireRecord } from './decode.ts';
import { parentLists, recordsBelow } from './parent-lists.ts';
import { entityPaths, entityWords } from './paths.ts';
import { costTable } from './prices.ts';
import { idParts, onePath } from './routes.ts';
import { walkOrder } from './walk-order.ts';

/** Which part of a list is walked. */
export interface WalkOptions {
  readonly downTo?: TargetId;
  readonly parents?: readonly TargetId[];
}

type Pages = AsyncIterable<readonly TargetRecord[]>;

/** Walks a whole list, oldest first, or newest first down to (not including) a watermark; archived records come after the others. */
export async function* walkRecords(
  account: Account,
  entity: TargetEntity,
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const index = await account.index(signal);
  const { list, listPath, plural, archived } = entityPaths[entity];
  if (typeof list === 'object') {
    const parents = parentPages(account, entity, options, signal);
    yield* parentLists({ account, index, entity, by: list }, parents, options.downTo, signal);
    return;
  }
  const walk = list === 'cursor' ? cursorList : offsetList;
  const tokens = costTable.tokens(entity, 'list');
  yield* walk(account, index, { entity, list: listPath ?? plural, tokens }, options, signal);
  if (archived !== null) yield* walk(account, index, { entity, ...archived }, options, signal);
}

/**
 * What is newer than everything a list holds now: the highest id, '0' when it is empty. Where ids say nothing, the time
 * of the newest record, less what two clocks of the account may differ by. What is listed by parent, a mark on a
 * record, and what has no age, has none: always '0'.
 */
export async function watermarkOf(
  account: Account,
  entity: TargetEntity,
  signal: AbortSignal,
): Promise<TargetId> {
  const { version, plural, list, age, at } = entityPaths[entity];
  if (typeof list === 'object' || at.kind === 'mark' || age === 'none') return targetId(0);
  const sort =
    list === 'cursor'
      ? `sort_by=${age}&sort_direction=desc`
      : `start=0&sort=${encodeURIComponent(`${age} DESC`)}`;
  const what = `looking for the newest ${entity}`;
  const path = account.path(version, `${plural}?limit=1&${sort}`);
  const costTokens = costTable.tokens(entity, 'list');
  const reply = await account.client.send({ method: 'GET', path, effect: 'read', costTokens, what }, signal);
  const [row] = parsed(z.object({ data: z.array(z.unknown()).nullable() }), reply, what).data ?? [];
  if (!isWireRecord(row)) return targetId(0);
  return targetId((age === 'id' ? idText(row.id) : timeBefore(row.add_time)) ?? 0);
}

const clockDifferenceMs = 600_000;

function timeBefore(raw: unknown): string | null {
  const ms = typeof raw === 'string' ? Date.parse(raw) : Number.NaN;
  return Number.isNaN(ms) ? null : secondsText(ms - clockDifferenceMs);
}

function secondsText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** One record; null when it is gone or marked as deleted. */
export async function getRecord(
  account: Account,
  entity: TargetEntity,
  id: TargetId,
  signal: AbortSignal,
): Promise<TargetRecord | null> {
  const index = await account.index(signal);
  const { version, at, list } = entityPaths[entity];
  if (at.kind === 'below' && typeof list === 'object') {
    // what lies below another record cannot be asked for alone
    const below = { by: 'below', pages: list.by === 'below' ? list.pages : 'cursor' } as const;
    const all = await recordsBelow({ account, index, entity, by: below }, idParts(id).parent, signal);
    return all.find((record) => record.id === id) ?? null;
  }
  const costTokens = costTable.tokens(entity, 'get');
  const what = `reading ${entityWords[entity]}`;
  const reply = await withInclude(account, entity, (include) => {
    const path = account.path(version, `${onePath(entity, id)}${include === '' ? '' : `?${include}`}`);
    return account.client.send({ method: 'GET', path, effect: 'read', costTokens, what }, signal);
  });
  if (reply.gone) return null;
  const { data } = reply.json;
  const record = decodeRecord(index, entity, data);
  const isDeleted = isWireRecord(data) && (data.is_deleted === true || data.active_flag === false);
  // only the account's own word makes a record gone: an answer of another shape, or about another one, is none
  if (record === null ? !isDeleted : record.id !== id) throw answerWrong(what, 'it holds no such record');
  return record;
}

/** Asks with the members a plain answer leaves out, and once more without them when the account refuses that. */
async function withInclude<T>(
  account: Account,
  entity: TargetEntity,
  ask: (include: string) => Promise<T>,
): Promise<T> {
  const include = account.include(entity);
  try {
    return await ask(include);
  } catch (error) {
    if (include === '' || !(error instanceof MigrationError && error.code === 'refused')) throw error;
    account.leaveOutInclude(entity);
    return ask('');
  }
}

/** A list of an entity with the price of a page. */
interface ListPlace {
  readonly entity: TargetEntity;
  readonly list: string;
  readonly tokens: number;
}

/** A v2 list. Rows that come twice are given once; a cursor that leads nowhere new is an error, not a loop. */
async function* cursorList(
  account: Account,
  index: AccountIndex,
  { entity, list, tokens: costTokens }: ListPlace,
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const { age, pageSize } = entityPaths[entity];
  const order = walkOrder(age, options.downTo);
  const query = `${list}?limit=${pageSize}&sort_by=id&sort_direction=${order.direction}`;
  const what = `walking ${list}`;
  for (let cursor: string | null = null; ; ) {
    const rest: string = cursor === null ? query : `${query}&cursor=${encodeURIComponent(cursor)}`;
    const page: Page = await withInclude(account, entity, (include) =>
      account.cursorPage(include === '' ? rest : `${rest}&${include}`, costTokens, what, signal),
    );
    const records = order.fresh(decoded(index, entity, page.rows));
    if (records.length > 0) yield records;
    if (page.next !== null && (page.next === cursor || order.stuck(page.rows))) {
      throw answerWrong(what, 'the pages repeat themselves');
    }
    if (order.ended || page.next === null) return;
    cursor = page.next;
  }
}

/**
 * A v1 list by offset. Rows deleted meanwhile move the rest up, so each page begins with the last row of the one
 * before; when that row is not there, the walk goes back a page and skips what it has seen.
 */
async function* offsetList(
  account: Account,
  index: AccountIndex,
  { entity, list, tokens: costTokens }: ListPlace,
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const { age, pageSize } = entityPaths[entity];
  const order = walkOrder(age, options.downTo);
  const sort = age === 'none' ? '' : `&sort=${encodeURIComponent(`${age} ${order.direction.toUpperCase()}`)}`;
  const what = `walking ${list}`;
  let start = 0;
  for (let more = true; more && !order.ended; ) {
    const path = account.path('v1', `${list}?start=${start}&limit=${pageSize}${sort}`);
    const reply = await account.client.send(
      { method: 'GET', path, effect: 'read', costTokens, what },
      signal,
    );
    const page = parsed(offsetPage, reply, what);
    const rows = page.data ?? [];
    if (start > 0 && !order.joins(rows)) {
      start = Math.max(0, start - pageSize);
      continue;
    }
    const records = order.fresh(decoded(index, entity, rows));
    if (records.length > 0) yield records;
    more = page.additional_data?.pagination?.more_items_in_collection === true && rows.length > 1;
    start += rows.length - 1;
  }
}

async function* parentPages(
  account: Account,
  entity: TargetEntity,
  options: WalkOptions,
  signal: AbortSignal,
): AsyncIterable<readonly TargetId[]> {
  if (options.parents !== undefined) {
    yield [...new Set(options.parents)];
    return;
  }
  const { listedBy } = entityTraits[entity];
  const parent = builtInFields[entity].find(({ name }) => name === listedBy)?.references ?? null;
  for await (const page of walkRecords(account, must(parent, `${entity} has a parent`), {}, signal))
    yield page.map(({ id }) => id);
}

function decoded(
  index: AccountIndex,
  entity: TargetEntity,
  rows: readonly unknown[],
): readonly TargetRecord[] {
  return rows.map((row) => decodeRecord(index, entity, row)).filter((record) => record !== null);
}
