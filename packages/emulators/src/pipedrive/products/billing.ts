import { z } from 'zod';
import type { Account } from '../account.ts';
import type { BillingFrequency } from '../records.ts';
import { badRequest, Refusal } from '../refusal.ts';

/** How often somebody is billed, as bodies carry it. */
export const billingFrequency = z.enum([
  'one-time',
  'annually',
  'semi-annually',
  'quarterly',
  'monthly',
  'weekly',
]);
/** How many times; null: for ever. Published: at most 208. */
export const billingCycles = z.int().positive().max(208).nullable();

/** Billings in a year by frequency. */
export const CYCLES_A_YEAR: Readonly<Record<Exclude<BillingFrequency, 'one-time'>, number>> = {
  annually: 1,
  'semi-annually': 2,
  quarterly: 4,
  monthly: 12,
  weekly: 52,
};

/** How something is billed. */
export interface Billing {
  readonly billing_frequency: BillingFrequency;
  readonly billing_frequency_cycles: number | null;
}

/** Throws when frequency and cycles do not go together (published), or the plan has no recurring billing. */
export function assertBilling(
  account: Account,
  { billing_frequency, billing_frequency_cycles }: Billing,
): void {
  if (billing_frequency !== 'one-time' || billing_frequency_cycles !== null) assertRecurringPlan(account);
  // INF: the texts.
  if (billing_frequency === 'one-time' && billing_frequency_cycles !== null)
    throw badRequest("billing_frequency_cycles must be null when billing_frequency is 'one-time'");
  if (billing_frequency === 'weekly' && billing_frequency_cycles === null)
    throw badRequest("billing_frequency_cycles cannot be null when billing_frequency is 'weekly'");
}

/** Throws on a plan without recurring billing and installments. UNC: the status (switch). INF: the text. */
export function assertRecurringPlan({ plan, switches }: Account): void {
  if (plan.recurringBilling) return;
  throw new Refusal(
    switches.featureOffStatus,
    'Recurring billing and installments are available in Growth and above plans',
    'ERR_FORBIDDEN',
  );
}
