import { z } from 'zod';
import { type Account, isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, jsonBody } from '../exchange-context.ts';
import { readQuery } from '../query.ts';
import type { DealDiscountRecord, DealRecord, UserRecord } from '../records.ts';
import { notFound } from '../refusal.ts';
import { parsed, requiredText } from '../schemas.ts';
import { rfc3339 } from '../times.ts';
import { revalueDeal } from './deal-value.ts';
import { dealInPath, openDealInPath } from './path-records.ts';

const creation = z.strictObject({
  description: requiredText,
  amount: z.number().positive(),
  type: z.enum(['percentage', 'amount']),
});
const change = creation.partial();

/** Gives a deal a discount; its value follows where it has one-time lines. */
export function createDiscount(
  account: Account,
  deal: DealRecord,
  body: unknown,
  user: UserRecord,
): DealDiscountRecord {
  const given = parsed(creation, body);
  const { dealDiscounts } = account.state;
  const sec = nowSec(account);
  const discount = account.state.keep(dealDiscounts, {
    id: dealDiscounts.nextId,
    uuid: account.random.uuid(),
    deal_id: deal.id,
    ...given,
    created_by: user.id,
    updated_by: user.id,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
  revalueDeal(account, deal.id);
  return discount;
}

function discountsOf({ state }: Account, dealId: number): DealDiscountRecord[] {
  return [...state.discountsByDeal.of(dealId)].filter(isLive);
}

function view(discount: DealDiscountRecord): Record<string, unknown> {
  const { uuid, type, amount, description, deal_id, created_by, updated_by } = discount;
  return {
    id: uuid,
    type,
    amount,
    description,
    deal_id,
    created_at: rfc3339(discount.addedSec),
    created_by,
    updated_at: rfc3339(discount.updatedSec),
    updated_by,
  };
}

function one(exchange: Exchange): DealDiscountRecord {
  const found = discountsOf(exchange.account, openDealInPath(exchange).id).find(
    (each) => each.uuid === exchange.params.discount_id,
  );
  if (!found) throw notFound('Discount');
  return found;
}

/** The operations on the discounts of a deal; the list is not paged. */
export const DISCOUNT_HANDLERS: Readonly<Record<'list' | 'add' | 'update' | 'remove', Handler>> = {
  list(exchange) {
    readQuery(exchange.call, {});
    return done(discountsOf(exchange.account, dealInPath(exchange).id).map(view));
  },
  add(exchange) {
    const deal = openDealInPath(exchange);
    return done(view(createDiscount(exchange.account, deal, jsonBody(exchange), exchange.user)), 201);
  },
  update(exchange) {
    const { description, amount, type } = parsed(change, jsonBody(exchange));
    const discount = one(exchange);
    const { account } = exchange;
    const changed: DealDiscountRecord = {
      ...discount,
      description: description ?? discount.description,
      amount: amount ?? discount.amount,
      type: type ?? discount.type,
      updated_by: exchange.user.id,
      updatedSec: nowSec(account),
    };
    account.state.keep(account.state.dealDiscounts, changed);
    revalueDeal(account, discount.deal_id);
    return done(view(changed));
  },
  remove(exchange) {
    const discount = one(exchange);
    const { account } = exchange;
    account.state.keep(account.state.dealDiscounts, { ...discount, deletedSec: nowSec(account) });
    revalueDeal(account, discount.deal_id);
    return done({ id: discount.uuid });
  },
};
