import { z } from 'zod';
import { type Account, isLive } from '../account.ts';
import { coreSortKey } from '../core-entity.ts';
import {
  done,
  type Exchange,
  type Handler,
  jsonBody,
  page,
  pathId,
  type Reply,
} from '../exchange-context.ts';
import { type Query, readQuery } from '../query.ts';
import type { DealProductRecord } from '../records.ts';
import { notFound } from '../refusal.ts';
import { parsed } from '../schemas.ts';
import { walkItems } from '../walk.ts';
import { addLines, lineCreation, lineView, removeLines, updateLine } from './deal-products.ts';
import { linesOf } from './deal-value.ts';
import { DEAL_IDS_QUERY, itemsOfDeals } from './deals-query.ts';
import { dealInPath, openDealInPath } from './path-records.ts';

/** Published: at most so many lines are added or taken off with one request. */
const MOST_AT_ONCE = 100;

const bulk = z.strictObject({ data: z.array(lineCreation).max(MOST_AT_ONCE) });

const SORTS = ['id', 'add_time', 'update_time', 'order_nr'];
const PAGED = { limit: 'id', cursor: 'text', sort_direction: { words: ['asc', 'desc'] } } as const;

function sortKey(line: DealProductRecord, field: string): number | string {
  if (field === 'deal_id') return line.deal_id;
  return field === 'order_nr' ? line.order_nr : coreSortKey(line, field);
}

function linePage(account: Account, query: Query, lines: readonly DealProductRecord[]): Reply {
  const { clock, state, switches } = account;
  const newest = state.dealProducts.visibleUpTo(clock.nowMs(), switches.listLagMs);
  const listed = lines.filter((line) => line.id <= newest);
  const found = walkItems(account, listed, query, sortKey);
  return page(
    found.items.map((line) => lineView(account, line)),
    found.nextCursor,
  );
}

function oneLine(exchange: Exchange): DealProductRecord {
  const deal = openDealInPath(exchange);
  const line = exchange.account.state.dealProducts.get(pathId(exchange, 'product_attachment_id'));
  if (!line || !isLive(line) || line.deal_id !== deal.id) throw notFound('Deal product');
  return line;
}

function removeMany(exchange: Exchange) {
  const { account } = exchange;
  const deal = openDealInPath(exchange);
  const asked = readQuery(exchange.call, { ids: 'ids' }).ids('ids');
  const lines = linesOf(account, deal.id);
  // INF: ids that are not the deal's are passed over.
  const gone = (asked ? lines.filter((line) => asked.includes(line.id)) : lines).slice(0, MOST_AT_ONCE);
  removeLines(account, deal, gone);
  const { status, value } = done({ ids: gone.map((line) => line.id) });
  const more_items_in_collection = !asked && lines.length > gone.length;
  return { status, value: { ...(value as object), additional_data: { more_items_in_collection } } };
}

/** The operations on the lines of deals. */
export const DEAL_PRODUCT_HANDLERS: Readonly<
  Record<'list' | 'listOfDeals' | 'add' | 'addMany' | 'update' | 'remove' | 'removeMany', Handler>
> = {
  list(exchange) {
    const { account } = exchange;
    const query = readQuery(exchange.call, { ...PAGED, sort_by: { words: SORTS } });
    return linePage(account, query, linesOf(account, dealInPath(exchange).id));
  },
  listOfDeals(exchange) {
    const { account } = exchange;
    const query = readQuery(exchange.call, {
      ...PAGED,
      ...DEAL_IDS_QUERY,
      sort_by: { words: [...SORTS, 'deal_id'] },
    });
    const lines = itemsOfDeals(account, query, (dealId) => linesOf(account, dealId));
    return linePage(account, query, lines);
  },
  add(exchange) {
    const deal = openDealInPath(exchange);
    const body = parsed(lineCreation, jsonBody(exchange));
    const [line] = addLines(exchange.account, deal, [body]);
    return done(line && lineView(exchange.account, line), 201);
  },
  addMany(exchange) {
    const deal = openDealInPath(exchange);
    const { data } = parsed(bulk, jsonBody(exchange));
    const lines = addLines(exchange.account, deal, data);
    return done(
      lines.map((line) => lineView(exchange.account, line)),
      201,
    );
  },
  update(exchange) {
    const line = oneLine(exchange);
    return done(lineView(exchange.account, updateLine(exchange.account, line, jsonBody(exchange))));
  },
  remove(exchange) {
    const line = oneLine(exchange);
    removeLines(exchange.account, dealInPath(exchange), [line]);
    return done({ id: line.id });
  },
  removeMany,
};
