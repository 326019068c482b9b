import type { Account } from './account.ts';
import { BASE_DAILY_TOKENS, BURST_WINDOW_MS, SEARCH_BURST } from './plans.ts';

/** A rolling window of requests made with one token. */
interface Window {
  readonly times: number[];
  head: number;
}

/** How a burst window stands after a request was let in or turned away. */
export interface Burst {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSec: number;
}

/** The old fair-use cap of writes a day, where its switch is on. */
const DAILY_WRITES = 10_000;
const DAY_MS = 86_400_000;

/** The token ledger of a company and the burst windows of its tokens. */
export class Limits {
  readonly #account: Account;
  readonly #enforced: boolean;
  readonly #windows = new Map<string, Window>();
  readonly #refused = new Map<string, number[]>();
  readonly #blockedUntilMs = new Map<string, number>();
  readonly #writes = new Map<string, number>();
  #writesDay = '';
  /** The day that was declared used up, whatever the ledger says. */
  #exhaustedDay = -1;

  constructor(account: Account, enforced: boolean) {
    this.#account = account;
    this.#enforced = enforced;
  }

  /** The day's tokens of the company. */
  get dailyTokens(): number {
    const { plan, seats, state } = this.#account;
    return BASE_DAILY_TOKENS * plan.multiplier * seats + (state.companies.get(1)?.topUpTokens ?? 0);
  }

  /** What is left of them, before the request at hand. */
  get remainingTokens(): number {
    this.#renew();
    return Math.max(0, this.dailyTokens - this.#account.state.counters.spentTokens);
  }

  /** Whether the day's tokens are used up. */
  get exhausted(): boolean {
    return (this.#enforced && this.remainingTokens === 0) || this.#exhaustedDay === this.#today();
  }

  /** Charges a request to the company. */
  charge(costTokens: number): void {
    if (costTokens === 0) return;
    this.#renew();
    this.#account.state.counters.spentTokens += costTokens;
    this.#account.state.keepCounters();
  }

  /** Uses up what is left of the day; holds even where limits are off. */
  exhaust(): void {
    this.#exhaustedDay = this.#today();
    this.charge(this.remainingTokens);
  }

  /** Seconds until the tokens are renewed, at midnight in the budget's zone. */
  get untilMidnightSec(): number {
    const local = this.#localMs();
    return Math.ceil((DAY_MS - (local % DAY_MS)) / 1_000);
  }

  /** Counts a request in the rolling windows of its token. */
  enter(token: string, kind: 'api' | 'oauth', isSearch: boolean): Burst {
    const { plan, switches } = this.#account;
    const limit = kind === 'oauth' ? plan.burstOauth : plan.burstApiToken;
    if (!isSearch) return this.#count(token, limit);
    const search = this.#count(`${token} search`, SEARCH_BURST);
    if (!switches.searchUsesGeneralBurst || !search.allowed) return search;
    const general = this.#count(token, limit);
    return general.allowed ? search : general;
  }

  /** Remembers a 429; too many of them bring up the firewall for API tokens. */
  refused(token: string, kind: 'api' | 'oauth'): void {
    const { cloudflareAfter, cloudflareMs } = this.#account.switches;
    if (kind !== 'api' || cloudflareAfter === 0) return;
    const now = this.#account.clock.nowMs();
    const recent = (this.#refused.get(token) ?? []).filter((at) => at > now - 60_000);
    recent.push(now);
    this.#refused.set(token, recent);
    if (recent.length > cloudflareAfter) this.#blockedUntilMs.set(token, now + cloudflareMs);
  }

  /** Whether the firewall turns this token away. */
  blocked(token: string): boolean {
    return (this.#blockedUntilMs.get(token) ?? 0) > this.#account.clock.nowMs();
  }

  /** What the old fair-use cap leaves of a token's writes today, this one included; null: the cap is off. */
  writesLeft(token: string, method: string): number | null {
    if (!this.#account.switches.dailyRequestsLeft || (method !== 'POST' && method !== 'PUT')) return null;
    const today = new Date(this.#account.clock.nowMs()).toISOString().slice(0, 10);
    if (today !== this.#writesDay) this.#writes.clear();
    this.#writesDay = today;
    const made = (this.#writes.get(token) ?? 0) + 1;
    this.#writes.set(token, made);
    return DAILY_WRITES - made;
  }

  #localMs(): number {
    return this.#account.clock.nowMs() + this.#account.switches.budgetZoneMinutes * 60_000;
  }

  #today(): number {
    return Math.floor(this.#localMs() / DAY_MS);
  }

  #renew(): void {
    const day = this.#today();
    const { counters } = this.#account.state;
    if (counters.day === day) return;
    counters.day = day;
    counters.spentTokens = 0;
  }

  #count(key: string, limit: number): Burst {
    const now = this.#account.clock.nowMs();
    const window = this.#windows.get(key) ?? { times: [], head: 0 };
    this.#windows.set(key, window);
    while (window.head < window.times.length && (window.times[window.head] ?? 0) <= now - BURST_WINDOW_MS)
      window.head += 1;
    if (window.head > 1_000) {
      window.times.splice(0, window.head);
      window.head = 0;
    }
    const used = window.times.length - window.head;
    const allowed = !this.#enforced || used < limit;
    if (allowed) window.times.push(now);
    const oldest = window.times[window.head] ?? now;
    const resetSec = Math.max(1, Math.ceil((oldest + BURST_WINDOW_MS - now) / 1_000));
    return { allowed, limit, remaining: Math.max(0, limit - used - (allowed ? 1 : 0)), resetSec };
  }
}
