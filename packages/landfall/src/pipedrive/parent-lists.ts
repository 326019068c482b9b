import { type TargetId, targetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord } from '../model/target.ts';
import { type Account, answerWrong, offsetPage, type Page, parsed } from './account.ts';
import type { AccountIndex } from './account-index.ts';
import { decodeRecord } from './decode.ts';
import { entityPaths, type Listing } from './paths.ts';
import { costTable } from './prices.ts';
import { listBelow } from './routes.ts';
import { compareIds } from './walk-order.ts';

type ByParent = Exclude<Listing, 'cursor' | 'offset'>;

/** A list asked for by parents: which records, and how their list is read. */
export interface ParentList {
  readonly account: Account;
  readonly index: AccountIndex;
  readonly entity: TargetEntity;
  readonly by: ByParent;
}

const listsAtOnce = 8;

/**
 * Records that are listed by parent only, and may stand in the list of several: given once each. Parents come in
 * pages; as many as the list takes are asked for together.
 */
export async function* parentLists(
  list: ParentList,
  parentPages: AsyncIterable<readonly TargetId[]>,
  downTo: TargetId | undefined,
  signal: AbortSignal,
): AsyncIterable<readonly TargetRecord[]> {
  const seen = new Set<string>();
  const together = list.by.by === 'many' ? list.by.most : 1;
  for await (const parents of parentPages) {
    const groups = cut(parents, together);
    for (const batch of cut(groups, listsAtOnce)) {
      const lists = await Promise.all(batch.map((group) => recordsOf(list, group, signal)));
      const fresh = lists
        .flat()
        .filter(({ id }) => !seen.has(id) && (downTo === undefined || compareIds(id, downTo) > 0));
      const once = [...new Map(fresh.map((record) => [record.id, record])).values()];
      for (const { id } of once) seen.add(id);
      if (once.length > 0) yield once;
    }
  }
}

/** All records of one parent. */
export function recordsBelow(
  list: ParentList,
  parent: string,
  signal: AbortSignal,
): Promise<readonly TargetRecord[]> {
  return recordsOf(list, [targetId(parent)], signal);
}

function cut<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_none, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

async function recordsOf(
  { account, index, entity, by }: ParentList,
  parents: readonly TargetId[],
  signal: AbortSignal,
): Promise<readonly TargetRecord[]> {
  const { version, plural, pageSize } = entityPaths[entity];
  const what = `listing ${plural} of ${by.by === 'many' ? 'some parents' : 'one parent'}`;
  const [first = ''] = parents;
  const place =
    by.by === 'below'
      ? `${listBelow(entity, first)}?limit=${pageSize}`
      : by.by === 'many'
        ? `${by.list}?${by.name}=${parents.join(',')}&limit=${pageSize}`
        : `${plural}?${by.name}=${first}`;
  const costTokens = costTable.tokens(entity, 'list');
  const decode = (rows: readonly unknown[]) =>
    rows
      .map((row) => decodeRecord(index, entity, row, by.by === 'below' ? first : undefined))
      .filter((record) => record !== null);
  if (by.by === 'parameter') {
    const path = account.path(version, place);
    const reply = await account.client.send(
      { method: 'GET', path, effect: 'read', costTokens, what },
      signal,
    );
    return reply.gone ? [] : decode(parsed(offsetPage, reply, what).data ?? []);
  }
  const pages = by.by === 'below' && by.pages === 'offset' ? offsetRows : cursorRows;
  const ask = { version, place, pageSize, costTokens, what, isOfOne: by.by === 'below' };
  return decode(await pages(account, ask, signal));
}

interface Ask {
  readonly version: 'v1' | 'v2';
  readonly place: string;
  readonly pageSize: number;
  readonly costTokens: number;
  readonly what: string;
  /** The list of one parent, which may be gone. */
  readonly isOfOne: boolean;
}

/** A parent that is gone has no list. */
async function offsetRows(account: Account, ask: Ask, signal: AbortSignal): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (let start = 0; ; start += ask.pageSize) {
    const path = account.path(ask.version, `${ask.place}&start=${start}`);
    const { costTokens, what } = ask;
    const reply = await account.client.send(
      { method: 'GET', path, effect: 'read', costTokens, what },
      signal,
    );
    if (reply.gone) return rows;
    const page = parsed(offsetPage, reply, what);
    rows.push(...(page.data ?? []));
    const more = page.additional_data?.pagination?.more_items_in_collection === true;
    if (!more || (page.data ?? []).length === 0) return rows;
  }
}

/** The same for lists with cursors. */
async function cursorRows(account: Account, ask: Ask, signal: AbortSignal): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (let cursor = ''; ; ) {
    const rest = cursor === '' ? ask.place : `${ask.place}&cursor=${encodeURIComponent(cursor)}`;
    const page: Page = ask.isOfOne
      ? await account.cursorPageBelow(rest, ask.costTokens, ask.what, signal)
      : await account.cursorPage(rest, ask.costTokens, ask.what, signal);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    if (page.next === cursor) throw answerWrong(ask.what, 'the pages repeat themselves');
    cursor = page.next;
  }
}
