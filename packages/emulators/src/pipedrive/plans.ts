/** The plans on sale since 2025. */
export type PlanName = 'lite' | 'growth' | 'premium' | 'ultimate';

/** What a plan allows. Published by the vendor's rate-limiting page and its usage-limits article of 2025-11-04. */
export interface Plan {
  /** The day's tokens are 30,000 x this x seats. */
  readonly multiplier: number;
  /** Requests in a rolling 2 seconds with one API token. */
  readonly burstApiToken: number;
  /** Requests in a rolling 2 seconds with one OAuth access token. */
  readonly burstOauth: number;
  /** Deals and leads, neither archived nor deleted, per seat. */
  readonly openPerSeat: number;
  /** Custom fields of all entities together. */
  readonly customFields: number;
  /** Whether products may be billed again and again, and deals in installments. */
  readonly recurringBilling: boolean;
  /** Values that `visible_to` may take. */
  readonly visibility: readonly number[];
  /** `visible_to` of a record that names none: the entire company. */
  readonly entireCompany: number;
}

const NARROW = { visibility: [1, 3], entireCompany: 3 } as const;
const WIDE = { visibility: [1, 3, 5, 7], entireCompany: 7 } as const;

/** What each plan allows, as published. */
export const PLANS: Readonly<Record<PlanName, Plan>> = {
  lite: {
    multiplier: 1,
    burstApiToken: 20,
    burstOauth: 80,
    openPerSeat: 2_500,
    customFields: 30,
    recurringBilling: false,
    ...NARROW,
  },
  growth: {
    multiplier: 2,
    burstApiToken: 40,
    burstOauth: 160,
    openPerSeat: 5_000,
    customFields: 100,
    recurringBilling: true,
    ...NARROW,
  },
  premium: {
    multiplier: 5,
    burstApiToken: 100,
    burstOauth: 400,
    openPerSeat: 15_000,
    customFields: 300,
    recurringBilling: true,
    ...WIDE,
  },
  ultimate: {
    multiplier: 7,
    burstApiToken: 120,
    burstOauth: 480,
    openPerSeat: 20_000,
    customFields: 500,
    recurringBilling: true,
    ...WIDE,
  },
};

/** Tokens a day, for one seat on the smallest plan. */
export const BASE_DAILY_TOKENS = 30_000;
/** Deals and leads a company may hold on any plan. */
export const COMPANY_OPEN_CAP = 300_000;
/** Requests in a rolling 2 seconds to the search operations, on every plan and with every token. */
export const SEARCH_BURST = 10;
/** The width of the burst window, in milliseconds. */
export const BURST_WINDOW_MS = 2_000;
/** Options that one field may have. */
export const OPTIONS_PER_FIELD = 10_000;
