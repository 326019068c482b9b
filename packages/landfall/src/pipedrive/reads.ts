import { z } from 'zod';
import type { Dependant } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import { type TargetId, targetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord } from '../model/target.ts';
import { type Account, answerWrong, type Page, parsed } from './account.ts';
import type { AccountIndex } from './account-index.ts';
import { decodeRecord, idText, isWireRecord } from './decode.ts';
import { entityPaths, entityWords } from './paths.ts';
import { costTable, pageSize, tokensOf } from './prices.ts';

/** Which part of a list is walked. */
export interface WalkOptions {
  readonly downTo?: TargetId;
  readonly parents?: readonly TargetId[];
}

type Pages = AsyncIterable<readonly TargetRecord[]>;

const offsetPage = z.object({
  data: z.array(z.unknown()).nullable(),
  additional_data: z
    .object({ pagination: z.object({ more_items_in_collection: z.boolean().default(false) }).nullish() })
    .nullish(),
});

const parentsAtOnce = 8;

/** Compares ids as numbers of any length. */
export function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Walks a whole list in id order, or newest first down to (not including) a watermark. */
export async function* walkRecords(
  account: Account,
  entity: TargetEntity,
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const index = await account.index(signal);
  if (entity === 'organizationRelationship') yield* relationships(account, index, options, signal);
  else if (entity === 'note') yield* notes(account, index, options, signal);
  else yield* cursorList(account, index, { entity, list: entityPaths[entity].plural }, options, signal);
  if (entity === 'deal')
    yield* cursorList(account, index, { entity, list: 'deals/archived' }, options, signal);
}

/** The highest id of a list; '0' when it is empty. Relationships have no list of their own: always '0'. */
export async function highestId(
  account: Account,
  entity: TargetEntity,
  signal: AbortSignal,
): Promise<TargetId> {
  if (entity === 'organizationRelationship') return targetId(0);
  const { version, plural } = entityPaths[entity];
  const sort =
    version === 'v2' ? 'sort_by=id&sort_direction=desc' : `start=0&sort=${encodeURIComponent('id DESC')}`;
  const what = `looking for the newest ${entity}`;
  const path = account.path(version, `${plural}?limit=1&${sort}`);
  const costTokens = costTable.tokens(entity, 'list');
  const reply = await account.client.send({ method: 'GET', path, effect: 'read', costTokens, what }, signal);
  const [row] = parsed(z.object({ data: z.array(z.unknown()).nullable() }), reply, what).data ?? [];
  return targetId((isWireRecord(row) ? idText(row.id) : null) ?? 0);
}

/** One record; null when it is gone or marked as deleted. */
export async function getRecord(
  account: Account,
  entity: TargetEntity,
  id: TargetId,
  signal: AbortSignal,
): Promise<TargetRecord | null> {
  const index = await account.index(signal);
  const { version, plural } = entityPaths[entity];
  const costTokens = costTable.tokens(entity, 'get');
  const what = `reading ${entityWords[entity]}`;
  const reply = await withInclude(account, entity, (include) => {
    const path = account.path(version, `${plural}/${id}${include === '' ? '' : `?${include}`}`);
    return account.client.send({ method: 'GET', path, effect: 'read', costTokens, what }, signal);
  });
  return reply.gone ? null : decodeRecord(index, entity, reply.json.data);
}

const childEntities = ['person', 'deal', 'activity', 'note'] as const;
const parentLinks = { org_id: 'organization', person_id: 'person', deal_id: 'deal' } as const;

/** What hangs on what, page by page: the links of every person, deal, activity and note. */
export async function* walkDependants(
  account: Account,
  signal: AbortSignal,
): AsyncIterable<readonly Dependant[]> {
  for (const entity of childEntities) {
    for await (const page of walkRecords(account, entity, {}, signal)) yield page.flatMap(linksOf);
  }
}

function linksOf(record: TargetRecord): Dependant[] {
  const found: Dependant[] = [];
  for (const [field, entity] of Object.entries(parentLinks)) {
    const id = record.values[field];
    if (typeof id !== 'string' || id === '') continue;
    found.push({ parent: { entity, id: targetId(id) }, child: { entity: record.entity, id: record.id } });
  }
  return found;
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

/** A v2 list. Rows that come twice are given once; a cursor that leads nowhere new is an error, not a loop. */
async function* cursorList(
  account: Account,
  index: AccountIndex,
  place: { readonly entity: TargetEntity; readonly list: string },
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const { entity, list } = place;
  const order = new WalkOrder(options.downTo);
  const query = `${list}?limit=${pageSize}&sort_by=id&sort_direction=${order.direction}`;
  const costTokens = list === 'deals/archived' ? tokensOf.archivedDeals : costTable.tokens(entity, 'list');
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
async function* notes(
  account: Account,
  index: AccountIndex,
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const order = new WalkOrder(options.downTo);
  const sort = encodeURIComponent(`id ${order.direction.toUpperCase()}`);
  const what = 'walking notes';
  let start = 0;
  for (let more = true; more && !order.ended; ) {
    const path = account.path('v1', `notes?start=${start}&limit=${pageSize}&sort=${sort}`);
    const costTokens = costTable.tokens('note', 'list');
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
    const records = order.fresh(decoded(index, 'note', rows));
    if (records.length > 0) yield records;
    more = page.additional_data?.pagination?.more_items_in_collection === true && rows.length > 1;
    start += rows.length - 1;
  }
}

/**
 * Relationships are listed by organization only, and stand in the list of both ends: given once each.
 * Without `parents` every organization of the account is asked, 20 tokens each: hand the parents in when they are known.
 */
async function* relationships(
  account: Account,
  index: AccountIndex,
  options: WalkOptions,
  signal: AbortSignal,
): Pages {
  const seen = new Set<string>();
  for await (const parents of parentPages(account, options, signal)) {
    for (let at = 0; at < parents.length; at += parentsAtOnce) {
      const lists = await Promise.all(
        parents
          .slice(at, at + parentsAtOnce)
          .map((parent) => relationshipsOf(account, index, parent, signal)),
      );
      const fresh = lists
        .flat()
        .filter(
          ({ id }) => !seen.has(id) && (options.downTo === undefined || compareIds(id, options.downTo) > 0),
        );
      const once = [...new Map(fresh.map((record) => [record.id, record])).values()];
      for (const { id } of once) seen.add(id);
      if (once.length > 0) yield once;
    }
  }
}

async function* parentPages(
  account: Account,
  options: WalkOptions,
  signal: AbortSignal,
): AsyncIterable<readonly TargetId[]> {
  if (options.parents !== undefined) yield [...new Set(options.parents)];
  else
    for await (const page of walkRecords(account, 'organization', {}, signal)) yield page.map(({ id }) => id);
}

async function relationshipsOf(
  account: Account,
  index: AccountIndex,
  parent: TargetId,
  signal: AbortSignal,
): Promise<readonly TargetRecord[]> {
  const path = account.path('v1', `organizationRelationships?org_id=${parent}`);
  const costTokens = costTable.tokens('organizationRelationship', 'list');
  const what = 'listing the relationships of an organization';
  const reply = await account.client.send({ method: 'GET', path, effect: 'read', costTokens, what }, signal);
  if (reply.gone) return [];
  return decoded(index, 'organizationRelationship', parsed(offsetPage, reply, what).data ?? []);
}

function decoded(
  index: AccountIndex,
  entity: TargetEntity,
  rows: readonly unknown[],
): readonly TargetRecord[] {
  return rows.map((row) => decodeRecord(index, entity, row)).filter((record) => record !== null);
}

/** Keeps a walk in order: every id once, none after the watermark, and no page that brings nothing new. */
class WalkOrder {
  readonly direction: 'asc' | 'desc';
  #ended = false;
  readonly #downTo: TargetId | undefined;
  #last: string | null = null;
  #seen: string | null = null;
  #stale = 0;

  constructor(downTo: TargetId | undefined) {
    this.#downTo = downTo;
    this.direction = downTo === undefined ? 'asc' : 'desc';
  }

  /** Whether the watermark is reached. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The records not given before; ends the walk at the watermark. */
  fresh(records: readonly TargetRecord[]): readonly TargetRecord[] {
    const kept: TargetRecord[] = [];
    for (const record of records) {
      if (this.#downTo !== undefined && compareIds(record.id, this.#downTo) <= 0) {
        this.#ended = true;
        break;
      }
      if (!this.#beyond(record.id)) continue;
      kept.push(record);
      this.#last = record.id;
    }
    return kept;
  }

  /** Whether the pages have stopped bringing anything new, rows that are left out counted too. */
  stuck(rows: readonly unknown[]): boolean {
    const ids = rows.map((row) => (isWireRecord(row) ? idText(row.id) : null)).filter((id) => id !== null);
    const moved = ids.some((id) => this.#after(id, this.#seen));
    this.#seen = ids.at(-1) ?? this.#seen;
    this.#stale = moved ? 0 : this.#stale + 1;
    return this.#stale >= 2;
  }

  /** Whether a page goes on without a gap: it holds a row that was given, or nothing was. */
  joins(rows: readonly unknown[]): boolean {
    if (this.#last === null || rows.length === 0) return true;
    const [first] = rows;
    const id = isWireRecord(first) ? idText(first.id) : null;
    return id === null || !this.#beyond(id);
  }

  #beyond(id: string): boolean {
    return this.#after(id, this.#last);
  }

  #after(id: string, other: string | null): boolean {
    if (other === null) return true;
    return this.direction === 'asc' ? compareIds(id, other) > 0 : compareIds(id, other) < 0;
  }
}
