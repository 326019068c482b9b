import { z } from 'zod';
import { type Account, assertBelowCap, assertLink, isLive, liveCount, nowSec } from '../account.ts';
import type { DealProductRecord, DealRecord, ProductRecord, TaxMethod } from '../records.ts';
import { badRequest } from '../refusal.ts';
import { day, id, parsed } from '../schemas.ts';
import { dayOf, rfc3339 } from '../times.ts';
import { assertBilling, assertRecurringPlan, billingCycles, billingFrequency } from './billing.ts';
import { lineSum, linesOf, revalueDeal } from './deal-value.ts';

/** Published: so many lines of a deal may be billed again and again. */
const MOST_RECURRING = 20;
/** Published: a billing starts at most so many years ago or from now. */
const START_YEARS = 10;

const optional = {
  tax: z.number().optional(),
  comments: z.string().optional(),
  discount: z.number().optional(),
  is_enabled: z.boolean().optional(),
  tax_method: z.enum(['exclusive', 'inclusive', 'none']).optional(),
  discount_type: z.enum(['percentage', 'amount']).optional(),
  product_variation_id: id.nullish(),
  billing_frequency: billingFrequency.optional(),
  billing_frequency_cycles: billingCycles.optional(),
  billing_start_date: day.nullish(),
};
const needed = { product_id: id, item_price: z.number(), quantity: z.number() };
/** The body of a line to be added. */
export const lineCreation = z.strictObject({ ...needed, ...optional });
/** The body of a change of a line. */
const lineChange = z.strictObject(needed).partial().extend(optional);

type Given = z.infer<typeof lineChange>;
type Plain = Omit<DealProductRecord, 'id' | 'order_nr' | 'addedSec' | 'updatedSec' | 'deletedSec'>;

/** What a line has that was told nothing. The tax method is the deal's, or else the user's setting. */
function blank(account: Account, deal: DealRecord, given: z.infer<typeof lineCreation>): Plain {
  return {
    deal_id: deal.id,
    product_id: given.product_id,
    product_variation_id: null,
    item_price: given.item_price,
    quantity: given.quantity,
    tax: 0,
    tax_method: linesOf(account, deal.id)[0]?.tax_method ?? account.switches.taxMethod,
    discount: 0,
    discount_type: 'percentage',
    comments: '',
    is_enabled: true,
    billing_frequency: 'one-time',
    billing_frequency_cycles: null,
    billing_start_date: null,
  };
}

function withGiven<T extends Plain>(line: T, given: Given): T {
  const defined = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...line, ...Object.fromEntries(defined) };
}

function assertLinks(account: Account, line: Plain, before: DealProductRecord | null): void {
  const { products, productVariations } = account.state;
  const product = products.get(line.product_id);
  if (line.product_id !== before?.product_id) {
    assertLink(account, 'Product', product, line.product_id);
    // Published: what is_linkable means. INF: the refusal.
    if (!(product as ProductRecord).is_linkable)
      throw badRequest(`Product ${line.product_id} cannot be added to a deal`);
  }
  const variationId = line.product_variation_id;
  if (variationId === null) return;
  const variation = productVariations.get(variationId);
  const fits = variation?.product_id === line.product_id;
  assertLink(account, 'Product variation', fits ? variation : undefined, variationId);
}

function assertStart(account: Account, start: string | null): void {
  if (start === null) return;
  assertRecurringPlan(account);
  const today = dayOf(nowSec(account));
  const year = Number(today.slice(0, 4));
  const bound = (years: number) => `${year + years}${today.slice(4)}`;
  // INF: the text.
  if (start < bound(-START_YEARS) || start > bound(START_YEARS))
    throw badRequest(
      `billing_start_date must be between ${START_YEARS} years in the past and ${START_YEARS} years in the future`,
    );
}

/** What recurring lines and installments demand of each other, and how many recurring ones there may be. */
function assertTogether(account: Account, line: Plain, before: DealProductRecord | null): void {
  const { state } = account;
  const others = linesOf(account, line.deal_id).filter((each) => each.id !== before?.id);
  const recurring = line.billing_frequency !== 'one-time';
  const becomesRecurring = recurring && (before?.billing_frequency ?? 'one-time') === 'one-time';
  const already = others.filter((each) => each.billing_frequency !== 'one-time').length;
  if (becomesRecurring && already >= MOST_RECURRING)
    throw badRequest(`A deal can have up to ${MOST_RECURRING} recurring products`);
  if (![...state.installmentsByDeal.of(line.deal_id)].some(isLive)) return;
  // Published: the rules on installments. INF: the texts.
  if (becomesRecurring) throw badRequest('A deal with installments cannot have recurring products');
  if (recurring && line.is_enabled && before?.is_enabled === false)
    throw badRequest('A recurring product cannot be enabled in a deal with installments');
  if (before?.is_enabled && !line.is_enabled && !others.some((each) => each.is_enabled))
    throw badRequest('The last enabled product of a deal with installments cannot be disabled');
}

function assertLine(account: Account, line: Plain, before: DealProductRecord | null): void {
  assertLinks(account, line, before);
  assertBilling(account, line);
  assertStart(account, line.billing_start_date);
  assertTogether(account, line, before);
}

/** One line's tax method holds for all lines of the deal. */
function spreadTaxMethod(account: Account, dealId: number, tax_method: TaxMethod): void {
  for (const line of linesOf(account, dealId))
    if (line.tax_method !== tax_method)
      account.state.keep(account.state.dealProducts, { ...line, tax_method, updatedSec: nowSec(account) });
}

/**
 * Attaches products to a deal: all of them, or none. The deal's value follows (see the switch `dealValue`). Throws
 * when a product, variation or billing does not fit.
 */
export function addLines(
  account: Account,
  deal: DealRecord,
  bodies: readonly z.infer<typeof lineCreation>[],
): readonly DealProductRecord[] {
  const lines = bodies.map((given) => withGiven(blank(account, deal, given), given));
  for (const line of lines) assertLine(account, line, null);
  const recurring = (line: Plain) => line.billing_frequency !== 'one-time';
  const all = lines.filter(recurring).length + linesOf(account, deal.id).filter(recurring).length;
  if (lines.some(recurring) && all > MOST_RECURRING)
    throw badRequest(`A deal can have up to ${MOST_RECURRING} recurring products`);
  const method = bodies.findLast((given) => given.tax_method !== undefined)?.tax_method;
  const sec = nowSec(account);
  const { dealProducts } = account.state;
  assertBelowCap(
    account,
    account.switches.dealProductsCap,
    'deal product',
    () => liveCount(dealProducts.all()) + lines.length - 1,
  );
  // Seen in the published examples: 10, 20, 30 ...
  const last = Math.max(0, ...linesOf(account, deal.id).map((each) => each.order_nr));
  const ids = lines.map((line, index) => {
    const order_nr = last + 10 * (index + 1);
    const record = {
      id: dealProducts.nextId,
      ...line,
      order_nr,
      addedSec: sec,
      updatedSec: sec,
      deletedSec: null,
    };
    return account.state.keep(dealProducts, record, account.clock.nowMs()).id;
  });
  if (method !== undefined) spreadTaxMethod(account, deal.id, method);
  revalueDeal(account, deal.id);
  return ids.map((each) => dealProducts.get(each) as DealProductRecord);
}

/** Changes a line. Throws as `addLines` does. */
export function updateLine(account: Account, line: DealProductRecord, body: unknown): DealProductRecord {
  const given = parsed(lineChange, body);
  const changed = withGiven(line, given);
  assertLine(account, changed, line);
  account.state.keep(account.state.dealProducts, { ...changed, updatedSec: nowSec(account) });
  if (given.tax_method !== undefined) spreadTaxMethod(account, line.deal_id, given.tax_method);
  revalueDeal(account, line.deal_id);
  return account.state.dealProducts.get(line.id) as DealProductRecord;
}

/** Takes lines off their deal. */
export function removeLines(account: Account, deal: DealRecord, lines: readonly DealProductRecord[]): void {
  for (const line of lines)
    account.state.keep(account.state.dealProducts, { ...line, deletedSec: nowSec(account) });
  if (lines.length > 0) revalueDeal(account, deal.id);
}

/** A line as v2 shows it. Its name is the product's, its currency the deal's. */
export function lineView(account: Account, line: DealProductRecord): Record<string, unknown> {
  const { state } = account;
  const currency = state.deals.get(line.deal_id)?.currency ?? '';
  return {
    id: line.id,
    sum: lineSum(account, line, currency),
    tax: line.tax,
    deal_id: line.deal_id,
    name: state.products.get(line.product_id)?.name ?? '',
    product_id: line.product_id,
    product_variation_id: line.product_variation_id,
    order_nr: line.order_nr,
    add_time: rfc3339(line.addedSec),
    update_time: rfc3339(line.updatedSec),
    comments: line.comments,
    currency,
    discount: line.discount,
    quantity: line.quantity,
    item_price: line.item_price,
    tax_method: line.tax_method,
    discount_type: line.discount_type,
    is_enabled: line.is_enabled,
    billing_frequency: line.billing_frequency,
    billing_frequency_cycles: line.billing_frequency_cycles,
    billing_start_date: line.billing_start_date,
  };
}
