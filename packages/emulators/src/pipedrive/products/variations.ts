import { z } from 'zod';
import { type Account, isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, jsonBody, page, pathId } from '../exchange-context.ts';
import { readQuery } from '../query.ts';
import type { ProductVariationRecord, UserRecord } from '../records.ts';
import { notFound } from '../refusal.ts';
import { parsed, requiredText } from '../schemas.ts';
import { walkItems } from '../walk.ts';
import { productInPath } from './path-records.ts';
import { checkedPrices, priceOfNothing, priceViews, variationPrices } from './prices.ts';

const creation = z.strictObject({ name: requiredText, prices: variationPrices.optional() });
const change = creation.partial();

/** The direct cost of a price that names none; products have null here. */
const DIRECT_COST = 0;

/** The live variations of a product, oldest first. */
function variationsOf({ state }: Account, productId: number): ProductVariationRecord[] {
  return [...state.variationsByProduct.of(productId)].filter(isLive);
}

function keepNew(
  account: Account,
  fresh: Pick<ProductVariationRecord, 'product_id' | 'name' | 'prices'>,
): ProductVariationRecord {
  const { productVariations } = account.state;
  const sec = nowSec(account);
  return account.state.keep(productVariations, {
    id: productVariations.nextId,
    ...fresh,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

/** Creates a variation of a product that is there. */
export function createVariation(
  account: Account,
  productId: number,
  body: unknown,
  user: UserRecord,
): ProductVariationRecord {
  const { name, prices } = parsed(creation, body);
  return keepNew(account, {
    product_id: productId,
    name,
    prices: prices ? checkedPrices(account, prices, DIRECT_COST) : priceOfNothing(account, user, DIRECT_COST),
  });
}

/** Gives one product copies of the other's variations. */
export function copyVariations(account: Account, fromProductId: number, toProductId: number): void {
  for (const { name, prices } of variationsOf(account, fromProductId))
    keepNew(account, { product_id: toProductId, name, prices });
}

function view({ id, name, product_id, prices }: ProductVariationRecord): Record<string, unknown> {
  return { id, name, product_id, prices: priceViews(prices, { product_variation_id: id }) };
}

function one(exchange: Exchange): ProductVariationRecord {
  const product = productInPath(exchange).id;
  const variation = exchange.account.state.productVariations.get(pathId(exchange, 'product_variation_id'));
  if (!variation || !isLive(variation) || variation.product_id !== product)
    throw notFound('Product variation');
  return variation;
}

/** The operations on the variations of a product. */
export const VARIATION_HANDLERS: Readonly<Record<'list' | 'add' | 'update' | 'remove', Handler>> = {
  list(exchange) {
    const query = readQuery(exchange.call, { limit: 'id', cursor: 'text' });
    const found = walkItems(
      exchange.account,
      variationsOf(exchange.account, productInPath(exchange).id),
      query,
      (each) => each.id,
    );
    return page(found.items.map(view), found.nextCursor);
  },
  add: (exchange) =>
    done(
      view(createVariation(exchange.account, productInPath(exchange).id, jsonBody(exchange), exchange.user)),
      201,
    ),
  update(exchange) {
    const { name, prices } = parsed(change, jsonBody(exchange));
    const variation = one(exchange);
    const { account } = exchange;
    const changed: ProductVariationRecord = {
      ...variation,
      name: name ?? variation.name,
      prices: prices ? checkedPrices(account, prices, DIRECT_COST) : variation.prices,
      updatedSec: nowSec(account),
    };
    return done(view(account.state.keep(account.state.productVariations, changed)));
  },
  remove(exchange) {
    const variation = one(exchange);
    const { account } = exchange;
    account.state.keep(account.state.productVariations, { ...variation, deletedSec: nowSec(account) });
    return done({ id: variation.id });
  },
};
