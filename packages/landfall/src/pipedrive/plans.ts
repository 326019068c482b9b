/** What a plan allows (facts.md 3.1, 3.3, 3.6; support article on usage limits, 2025-11-04). */
export interface Plan {
  readonly name: string;
  /** Daily tokens = 30,000 x this x seats. */
  readonly multiplier: number;
  /** Requests in any two seconds, by kind of authentication. */
  readonly burst: { readonly token: number; readonly oauth: number };
  /** Leads and deals that are neither archived nor deleted, per seat; null: no stated limit. */
  readonly dealsPerSeat: number | null;
  /** Custom fields in the whole company; null: no stated limit. */
  readonly customFields: number | null;
  /** US dollars per seat and month, paid yearly (2026-09-20); null: no longer sold. */
  readonly seatPrice: number | null;
}

/** No company holds more open, won and lost deals and leads than this, whatever it pays. */
const hardDealCap = 300_000;

/** Tokens of one seat and one multiplier, per day. */
const seatTokens = 30_000;

function plan(
  name: string,
  multiplier: number,
  burst: Plan['burst'],
  caps: { readonly deals: number | null; readonly fields: number | null },
  seatPrice: number | null,
): Plan {
  return { name, multiplier, burst, dealsPerSeat: caps.deals, customFields: caps.fields, seatPrice };
}

const lite = { token: 20, oauth: 80 };
const growth = { token: 40, oauth: 160 };
const premium = { token: 100, oauth: 400 };
const ultimate = { token: 120, oauth: 480 };

/** Plans by name in lower case; the old names are still sold to old customers. Their burst is that of the new plan beside them (UNC). */
export const plans = {
  lite: plan('Lite', 1, lite, { deals: 2_500, fields: 30 }, 14),
  growth: plan('Growth', 2, growth, { deals: 5_000, fields: 100 }, 39),
  premium: plan('Premium', 5, premium, { deals: 15_000, fields: 300 }, 59),
  ultimate: plan('Ultimate', 7, ultimate, { deals: 20_000, fields: 500 }, 79),
  essential: plan('Essential', 1, lite, { deals: 2_000, fields: 30 }, null),
  advanced: plan('Advanced', 2, growth, { deals: 4_000, fields: 100 }, null),
  professional: plan('Professional', 3, growth, { deals: 10_000, fields: 300 }, null),
  power: plan('Power', 5, premium, { deals: 15_000, fields: 500 }, null),
  enterprise: plan('Enterprise', 7, ultimate, { deals: null, fields: null }, null),
} as const satisfies Record<string, Plan>;

/** The name of a plan as it stands in `landfall.yaml`. */
export type PlanName = keyof typeof plans;

/** The plan of that name, case aside; null when there is none. */
export function planNamed(name: string): Plan | null {
  const key = name.trim().toLowerCase();
  return key in plans ? plans[key as PlanName] : null;
}

/** Tokens a company of this plan has each day, without top-ups. */
export function dailyTokensOf(plan: Plan, seats: number): number {
  return seatTokens * plan.multiplier * seats;
}

/** How many open, won and lost deals and leads the company may hold. */
export function dealCapOf(plan: Plan, seats: number): number {
  return plan.dealsPerSeat === null ? hardDealCap : Math.min(hardDealCap, plan.dealsPerSeat * seats);
}
