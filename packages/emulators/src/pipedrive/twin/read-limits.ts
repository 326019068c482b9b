import { BASE_DAILY_TOKENS, PLANS, type PlanName } from '../plans.ts';

/** What the headers of a live account say about its limits. */
export interface ReadLimits {
  /** Takes the headers of an answer in. */
  hear(headers: Headers): void;
  /** Tokens a day; null before an account said so. */
  readonly dailyTokens: number | null;
  /** Requests in 2 seconds with this token; null before an account said so. */
  readonly burst: number | null;
  /** Whether the last answer said that nothing is left of the day. */
  readonly dayIsOver: boolean;
}

/** Listens to headers. */
export function createReadLimits(): ReadLimits {
  let dailyTokens: number | null = null;
  let burst: number | null = null;
  let left: number | null = null;
  return {
    hear(headers) {
      dailyTokens = headerNumber(headers, 'x-daily-ratelimit-token-limit') ?? dailyTokens;
      burst = headerNumber(headers, 'x-ratelimit-limit') ?? burst;
      left = headerNumber(headers, 'x-daily-ratelimit-token-remaining');
    },
    get dailyTokens() {
      return dailyTokens;
    },
    get burst() {
      return burst;
    },
    get dayIsOver() {
      return left === 0;
    },
  };
}

function headerNumber(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** Plan, seats and what is bought on top, as far as the limits tell. */
interface Subscription {
  readonly plan: PlanName;
  readonly seats: number;
  readonly topUpTokens: number;
}

/**
 * What an account is subscribed to: the API does not say, but the burst limit differs by plan, and the day's tokens are
 * 30,000 x plan x seats and what is bought on top. Null where the headers are missing or fit no plan.
 */
export function subscriptionOf(limits: ReadLimits, tokenKind: 'api' | 'oauth'): Subscription | null {
  const { burst, dailyTokens } = limits;
  for (const [name, plan] of Object.entries(PLANS)) {
    if (burst !== (tokenKind === 'oauth' ? plan.burstOauth : plan.burstApiToken)) continue;
    if (dailyTokens === null) return null;
    const perSeat = BASE_DAILY_TOKENS * plan.multiplier;
    const seats = Math.max(1, Math.floor(dailyTokens / perSeat));
    return { plan: name as PlanName, seats, topUpTokens: Math.max(0, dailyTokens - seats * perSeat) };
  }
  return null;
}
