import { type Account, isLive } from '../account.ts';
import type { Handler } from '../exchange-context.ts';
import { type Query, type QuerySpec, readQuery } from '../query.ts';
import type { ProductRecord } from '../records.ts';
import { customTexts, SEARCH_QUERY, type SearchItem, searchAnswer } from '../search-engine.ts';
import { seenItems } from '../visibility.ts';

/** What the search over all kinds asks for when it wants prices too. */
const PRICE = 'product.price';
const QUERY: QuerySpec = {
  ...SEARCH_QUERY,
  fields: { words: ['code', 'custom_fields', 'name'], list: true },
  include_fields: { words: [PRICE], list: true },
};

/** GET /v2/products/search. */
export const searchProducts: Handler = ({ account, call, user }) => {
  const query = readQuery(call, QUERY);
  return searchAnswer(account, query, 500, seenItems(account, user, productItems(account, query)));
};

/** The live products that a search may find. */
export function* productItems(account: Account, query: Query): Generator<SearchItem> {
  const { products } = account.state;
  const withPrices = query.list('include_fields')?.includes(PRICE) === true;
  const newest = products.visibleUpTo(account.clock.nowMs(), account.switches.searchLagMs);
  for (const product of products.all())
    if (isLive(product) && product.id <= newest) yield found(account, product, withPrices);
}

function found(account: Account, product: ProductRecord, withPrices: boolean): SearchItem {
  const { id, name, code, visible_to, owner_id } = product;
  const custom_fields = customTexts(account, 'product', product.custom);
  // INF: the form of the prices.
  const prices = withPrices
    ? { prices: product.prices.map(({ price, currency }) => ({ price, currency })) }
    : {};
  return {
    item: { id, type: 'product', name, code, visible_to, owner: { id: owner_id }, custom_fields, ...prices },
    texts: { name: [name], code: code === null ? [] : [code], custom_fields },
  };
}
