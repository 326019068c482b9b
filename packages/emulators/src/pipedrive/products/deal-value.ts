import { type Account, isLive, nowSec } from '../account.ts';
import { findCurrency } from '../currencies.ts';
import type { DealProductRecord, DealRecord } from '../records.ts';
import { CYCLES_A_YEAR } from './billing.ts';

/** The live lines of a deal, oldest first. */
export function linesOf({ state }: Account, dealId: number): DealProductRecord[] {
  return [...state.linesByDeal.of(dealId)].filter(isLive);
}

/** An amount with no more digits than its currency has. INF: that amounts are rounded at all. */
function rounded(account: Account, amount: number, currency: string): number {
  const factor = 10 ** (findCurrency(currency, account)?.decimal_points ?? 2);
  return Math.round((amount + Number.EPSILON * Math.sign(amount)) * factor) / factor;
}

/**
 * What a line comes to, once: quantity times price, less the discount, with a tax that is exclusive (see the switch
 * `exclusiveTaxInSum`). INF: the order, and that a discount by amount is on the whole line.
 */
export function lineSum(account: Account, line: DealProductRecord, currency: string): number {
  const gross = line.quantity * line.item_price;
  const net = line.discount_type === 'amount' ? gross - line.discount : gross * (1 - line.discount / 100);
  const taxed = line.tax_method === 'exclusive' && account.switches.exclusiveTaxInSum;
  return rounded(account, taxed ? net * (1 + line.tax / 100) : net, currency);
}

/** How many billings of a line fall into a year, or into its whole term (endless: a year). One-time: one. */
function billings(line: DealProductRecord, within: 'year' | 'term'): number {
  if (line.billing_frequency === 'one-time') return 1;
  const yearly = CYCLES_A_YEAR[line.billing_frequency];
  const cycles = line.billing_frequency_cycles ?? yearly;
  return within === 'year' ? Math.min(cycles, yearly) : cycles;
}

/** The enabled one-time lines together, less the deal's own discounts. INF: each is taken from the same total. */
function oneTimeTotal(account: Account, deal: DealRecord, lines: readonly DealProductRecord[]): number {
  const total = lines
    .filter((line) => line.billing_frequency === 'one-time')
    .reduce((sum, line) => sum + lineSum(account, line, deal.currency), 0);
  const discounts = [...account.state.discountsByDeal.of(deal.id)].filter(isLive);
  const off = discounts.reduce(
    (sum, { type, amount }) => sum + (type === 'amount' ? amount : (total * amount) / 100),
    0,
  );
  return total > 0 ? Math.max(0, total - off) : total;
}

function total(account: Account, deal: DealRecord, times: (line: DealProductRecord) => number): number {
  const lines = linesOf(account, deal.id).filter((line) => line.is_enabled);
  const recurring = lines
    .filter((line) => line.billing_frequency !== 'one-time')
    .reduce((sum, line) => sum + lineSum(account, line, deal.currency) * times(line), 0);
  return rounded(account, oneTimeTotal(account, deal, lines) + recurring, deal.currency);
}

/** The figures that the API derives from lines; null where the deal has none, or the plan has no such figures. */
export interface Revenue {
  readonly acv: number | null;
  readonly arr: number | null;
  readonly mrr: number | null;
}

/**
 * Annual contract value, annual and monthly recurring revenue. The terms are the vendor's (knowledge base, recurring
 * products, 2026-01-07): acv is what a deal brings in 12 months, arr and mrr are of recurring lines alone.
 */
export function revenueOf(account: Account, deal: DealRecord): Revenue {
  const lines = account.plan.recurringBilling ? linesOf(account, deal.id) : [];
  if (lines.length === 0) return { acv: null, arr: null, mrr: null };
  const yearly = lines.reduce(
    (sum, line) =>
      line.is_enabled && line.billing_frequency !== 'one-time'
        ? sum + lineSum(account, line, deal.currency) * CYCLES_A_YEAR[line.billing_frequency]
        : sum,
    0,
  );
  return {
    acv: total(account, deal, (line) => billings(line, 'year')),
    arr: rounded(account, yearly, deal.currency),
    mrr: rounded(account, yearly / 12, deal.currency),
  };
}

/** Gives a deal the value of its lines after these or its discounts changed; a switch may leave it alone. */
export function revalueDeal(account: Account, dealId: number): void {
  const { state, switches } = account;
  const deal = state.deals.get(dealId);
  if (!deal || switches.dealValue === 'kept') return;
  const value = total(account, deal, (line) =>
    switches.recurringValue === 'term' ? billings(line, 'term') : 1,
  );
  if (value !== deal.value) state.keep(state.deals, { ...deal, value, updatedSec: nowSec(account) });
}

/** The value of a deal after a PATCH that gives `given`: without an effect where lines decide (switch `dealValue`). */
export function patchedValue(account: Account, deal: DealRecord, given: number | undefined): number {
  if (given === undefined) return deal.value;
  const decided = account.switches.dealValue === 'lines' && linesOf(account, deal.id).length > 0;
  return decided ? deal.value : given;
}
