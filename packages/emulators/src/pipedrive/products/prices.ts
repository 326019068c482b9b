import { z } from 'zod';
import type { Account } from '../account.ts';
import { findCurrency } from '../currencies.ts';
import type { PriceRecord, UserRecord } from '../records.ts';
import { badRequest } from '../refusal.ts';

const amounts = {
  currency: z.string(),
  price: z.number(),
  cost: z.number().optional(),
  direct_cost: z.number().nullish(),
};
/** Prices of a product. Published: these keys; `notes` can be read and not written. */
export const productPrices = z.array(z.strictObject(amounts));
/** Prices of a variation; here `notes` can be written too. */
export const variationPrices = z.array(z.strictObject({ ...amounts, notes: z.string().optional() }));

type GivenPrice = z.infer<typeof variationPrices>[number];

/** Prices as they are kept. Throws when a currency does not exist or has two prices. INF: the texts of both refusals. */
export function checkedPrices(
  account: Account,
  given: readonly GivenPrice[],
  directCost: number | null,
): readonly PriceRecord[] {
  const seen = new Set<string>();
  for (const { currency } of given) {
    if (!findCurrency(currency, account)) throw badRequest(`Currency ${currency} does not exist`);
    if (seen.has(currency))
      throw badRequest(`There can only be one price per currency; ${currency} has several`);
    seen.add(currency);
  }
  return given.map(({ currency, price, cost, direct_cost, notes }) => ({
    price,
    currency,
    cost: cost ?? 0,
    direct_cost: direct_cost ?? directCost,
    notes: notes ?? '',
  }));
}

/** The price of something that was created without any: 0 in the user's currency. */
export function priceOfNothing(
  account: Account,
  user: UserRecord,
  directCost: number | null,
): readonly PriceRecord[] {
  return checkedPrices(account, [{ currency: user.currency, price: 0 }], directCost);
}

/** Prices as they read; `owner` names what they belong to. */
export function priceViews(
  prices: readonly PriceRecord[],
  owner: Readonly<Record<'product_id', number>> | Readonly<Record<'product_variation_id', number>>,
): readonly object[] {
  return prices.map(({ price, currency, cost, direct_cost, notes }) => ({
    ...owner,
    price,
    currency,
    cost,
    direct_cost,
    notes,
  }));
}
