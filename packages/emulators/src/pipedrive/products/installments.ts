import { z } from 'zod';
import { type Account, isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, jsonBody, page, pathId } from '../exchange-context.ts';
import { readQuery } from '../query.ts';
import type { DealInstallmentRecord, DealRecord } from '../records.ts';
import { badRequest, notFound } from '../refusal.ts';
import { day, parsed, requiredText } from '../schemas.ts';
import { walkItems } from '../walk.ts';
import { assertRecurringPlan } from './billing.ts';
import { linesOf } from './deal-value.ts';
import { DEAL_IDS_QUERY, itemsOfDeals } from './deals-query.ts';
import { openDealInPath } from './path-records.ts';

const creation = z.strictObject({
  description: requiredText,
  amount: z.number().positive(),
  billing_date: day,
});
const change = creation.partial();

const LIST_QUERY = {
  ...DEAL_IDS_QUERY,
  limit: 'id',
  cursor: 'text',
  sort_by: { words: ['id', 'billing_date', 'deal_id'] },
  sort_direction: { words: ['asc', 'desc'] },
} as const;

/** Published: what the deal must hold. INF: the texts, and that lines which are not enabled do not count. */
function assertInstallable(account: Account, deal: DealRecord): void {
  const lines = linesOf(account, deal.id).filter((line) => line.is_enabled);
  if (lines.some((line) => line.billing_frequency !== 'one-time'))
    throw badRequest('Installments cannot be added to a deal with recurring products');
  if (lines.length === 0) throw badRequest('Installments need a deal with at least one one-time product');
}

/** Splits a part of a deal's amount off. Throws when the deal has no one-time line, or a recurring one. */
export function createInstallment(account: Account, deal: DealRecord, body: unknown): DealInstallmentRecord {
  const given = parsed(creation, body);
  assertRecurringPlan(account);
  assertInstallable(account, deal);
  const { dealInstallments } = account.state;
  const sec = nowSec(account);
  return account.state.keep(dealInstallments, {
    id: dealInstallments.nextId,
    deal_id: deal.id,
    ...given,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

function view({
  id,
  amount,
  billing_date,
  description,
  deal_id,
}: DealInstallmentRecord): Record<string, unknown> {
  return { id, amount, billing_date, description, deal_id };
}

function one(exchange: Exchange): DealInstallmentRecord {
  assertRecurringPlan(exchange.account);
  const deal = openDealInPath(exchange);
  const found = exchange.account.state.dealInstallments.get(pathId(exchange, 'installment_id'));
  if (!found || !isLive(found) || found.deal_id !== deal.id) throw notFound('Installment');
  return found;
}

function sortKey(installment: DealInstallmentRecord, field: string): number | string {
  if (field === 'deal_id') return installment.deal_id;
  return field === 'billing_date' ? installment.billing_date : installment.id;
}

/** The operations on installments; there is one list, across deals. */
export const INSTALLMENT_HANDLERS: Readonly<Record<'listOfDeals' | 'add' | 'update' | 'remove', Handler>> = {
  listOfDeals(exchange) {
    const { account } = exchange;
    const query = readQuery(exchange.call, LIST_QUERY);
    assertRecurringPlan(account);
    const installments = itemsOfDeals(account, query, (dealId) =>
      [...account.state.installmentsByDeal.of(dealId)].filter(isLive),
    );
    const found = walkItems(account, installments, query, sortKey);
    const shown = found.items.map(view);
    return account.switches.installmentsCursor === 'shown' ? page(shown, found.nextCursor) : done(shown);
  },
  add(exchange) {
    const deal = openDealInPath(exchange);
    return done(view(createInstallment(exchange.account, deal, jsonBody(exchange))));
  },
  update(exchange) {
    const { description, amount, billing_date } = parsed(change, jsonBody(exchange));
    const installment = one(exchange);
    const { account } = exchange;
    const changed: DealInstallmentRecord = {
      ...installment,
      description: description ?? installment.description,
      amount: amount ?? installment.amount,
      billing_date: billing_date ?? installment.billing_date,
      updatedSec: nowSec(account),
    };
    return done(view(account.state.keep(account.state.dealInstallments, changed)));
  },
  remove(exchange) {
    const installment = one(exchange);
    const { account } = exchange;
    account.state.keep(account.state.dealInstallments, { ...installment, deletedSec: nowSec(account) });
    return done({ id: installment.id });
  },
};
