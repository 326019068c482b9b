import { z } from 'zod';
import { type Account, isLive } from '../account.ts';
import type { DealRecord, UserRecord } from '../records.ts';
import { notFound } from '../refusal.ts';
import { id, parsed } from '../schemas.ts';
import { each, records } from '../seed-items.ts';
import { addLines, lineCreation } from './deal-products.ts';
import { createDiscount } from './discounts.ts';
import { createInstallment } from './installments.ts';
import { createVariation } from './variations.ts';

/** What `POST seed` takes of what hangs on products and deals: `product_id` or `deal_id` beside the create body. */
export const PRODUCT_PART_SEED = {
  productVariations: records,
  dealProducts: records,
  dealDiscounts: records,
  dealInstallments: records,
};
type Given = { readonly [key in keyof typeof PRODUCT_PART_SEED]: readonly Record<string, unknown>[] };

/** The ids of what was put in, in the order it was given. */
export interface ProductPartAnswer {
  readonly productVariations: readonly number[];
  readonly dealProducts: readonly number[];
  readonly dealDiscounts: readonly string[];
  readonly dealInstallments: readonly number[];
}

/** Puts in what hangs on products and deals. Throws at the first item that is refused. */
export function seedProductParts(account: Account, given: Given, admin: UserRecord): ProductPartAnswer {
  return {
    productVariations: each('productVariations', given.productVariations, (item) =>
      seedVariation(account, item, admin),
    ),
    dealProducts: each('dealProducts', given.dealProducts, (item) => seedLine(account, item)),
    dealDiscounts: each('dealDiscounts', given.dealDiscounts, (item) => seedDiscount(account, item, admin)),
    dealInstallments: each('dealInstallments', given.dealInstallments, (item) =>
      seedInstallment(account, item),
    ),
  };
}

const ofDeal = z.looseObject({ deal_id: id });
const ofProduct = z.looseObject({ product_id: id });

function dealAndRest(account: Account, item: unknown): { deal: DealRecord; rest: Record<string, unknown> } {
  const { deal_id, ...rest } = parsed(ofDeal, item);
  const deal = account.state.deals.get(deal_id);
  if (!deal || !isLive(deal)) throw notFound(`Deal ${deal_id}`);
  return { deal, rest };
}

function seedVariation(account: Account, item: unknown, admin: UserRecord): number {
  const { product_id, ...rest } = parsed(ofProduct, item);
  if (!isLive(account.state.products.get(product_id))) throw notFound(`Product ${product_id}`);
  return createVariation(account, product_id, rest, admin).id;
}

function seedLine(account: Account, item: unknown): number {
  const { deal, rest } = dealAndRest(account, item);
  return addLines(account, deal, [parsed(lineCreation, rest)])[0]?.id ?? 0;
}

function seedDiscount(account: Account, item: unknown, admin: UserRecord): string {
  const { deal, rest } = dealAndRest(account, item);
  return createDiscount(account, deal, rest, admin).uuid;
}

function seedInstallment(account: Account, item: unknown): number {
  const { deal, rest } = dealAndRest(account, item);
  return createInstallment(account, deal, rest).id;
}
