import type { Clock } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import type { LimitSignal, PauseReason, RateBudget } from './budget.ts';
import { type BurstRules, type BurstState, burstBudget } from './burst-budget.ts';
import { type TokenRules, type TokenState, tokenBudget } from './token-budget.ts';

/** Which window a request counts in: a lane has its own, and counts in the general one too. */
export type Lane = string;

/** The limits of one account: the day's tokens, the general window, and windows of their own for some calls. */
export interface GateRules {
  readonly tokens: TokenRules;
  readonly burst: BurstRules;
  readonly lanes: Readonly<Record<Lane, BurstRules>>;
}

/** Proof of having passed: to be handed back with what the answer said. */
export interface Pass {
  readonly lane: Lane | null;
  readonly costTokens: number;
  readonly sentAtMs: number;
  readonly sentMonotonicMs: number;
}

/** What the answer told about the limits, without times and cost. */
export type Heard = Omit<LimitSignal, 'costTokens' | 'sentAtMs'>;

interface Window {
  readonly budget: RateBudget<BurstState>;
  state: BurstState;
}

const pauseWords: Readonly<Record<PauseReason, string>> = {
  share: "This migration's share of the day's tokens is used up",
  reserve: "Others have used so many of the day's tokens that only the reserve is left",
  day: "The account's tokens for today are used up",
  blocked: 'The other side has blocked this address for a while',
};

/**
 * Where all workers pass before they send, in the order they came: nobody overtakes, so nobody starves.
 * Holds the states of the budgets; the calculations are pure.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #tokens: RateBudget<TokenState>;
  readonly #general: Window;
  readonly #lanes: ReadonlyMap<Lane, Window>;
  #tokenState: TokenState;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(rules: GateRules, clock: Clock) {
    this.#clock = clock;
    this.#tokens = tokenBudget(rules.tokens);
    this.#tokenState = this.#tokens.initial;
    this.#general = windowOf(rules.burst);
    this.#lanes = new Map(Object.entries(rules.lanes).map(([lane, burst]) => [lane, windowOf(burst)]));
  }

  /** Where the day stands. */
  get tokens(): TokenState {
    return this.#tokenState;
  }

  /**
   * Waits until one request may go. Throws `budget-exhausted` or `blocked` with the time of resumption,
   * and the signal's reason when it is aborted.
   */
  async pass(costTokens: number, lane: Lane | null, signal: AbortSignal): Promise<Pass> {
    if (this.#waiting === 0) {
      const waitMs = this.#try(costTokens, lane);
      if (typeof waitMs !== 'number') return waitMs;
    }
    return this.#queued(costTokens, lane, signal);
  }

  /** Hands a pass back with what the answer said. */
  hear(pass: Pass, heard: Heard): void {
    const { costTokens } = pass;
    const nowMs = this.#clock.nowMs();
    const monotonicMs = this.#clock.monotonicMs();
    this.#tokenState = this.#tokens.hear(
      this.#tokenState,
      { ...heard, costTokens, sentAtMs: pass.sentAtMs },
      nowMs,
    );
    const burst = { ...heard, costTokens, sentAtMs: pass.sentMonotonicMs };
    const lane = pass.lane === null ? undefined : this.#lanes.get(pass.lane);
    // a lane's headers tell about the lane's window; whether they count in the general one is not documented
    const own = lane === undefined ? burst : { ...burst, burstLimit: null, burstRemaining: null };
    this.#general.state = this.#general.budget.hear(this.#general.state, own, monotonicMs);
    if (lane !== undefined) lane.state = lane.budget.hear(lane.state, burst, monotonicMs);
  }

  async #queued(costTokens: number, lane: Lane | null, signal: AbortSignal): Promise<Pass> {
    const before = this.#queue;
    let leave = () => {};
    this.#queue = new Promise((resolve) => {
      leave = resolve;
    });
    this.#waiting += 1;
    try {
      await before;
      for (;;) {
        signal.throwIfAborted();
        const passed = this.#try(costTokens, lane);
        if (typeof passed !== 'number') return passed;
        await this.#clock.sleep(passed, signal);
      }
    } finally {
      this.#waiting -= 1;
      leave();
    }
  }

  /** A pass, or the milliseconds to wait. Takes from all budgets or from none. */
  #try(costTokens: number, lane: Lane | null): Pass | number {
    const nowMs = this.#clock.nowMs();
    const monotonicMs = this.#clock.monotonicMs();
    const general = this.#general.budget.ask(this.#general.state, costTokens, monotonicMs);
    if (general.kind === 'wait' && general.waitMs > 0) return general.waitMs;
    const window = lane === null ? undefined : this.#lanes.get(lane);
    const own = window?.budget.ask(window.state, costTokens, monotonicMs);
    if (own?.kind === 'wait' && own.waitMs > 0) return own.waitMs;
    const tokens = this.#tokens.ask(this.#tokenState, costTokens, nowMs);
    this.#tokenState = tokens.state;
    if (tokens.kind === 'pause') throw paused(tokens.because, tokens.pauseUntilMs);
    this.#general.state = general.state;
    if (window !== undefined && own !== undefined) window.state = own.state;
    return { lane, costTokens, sentAtMs: nowMs, sentMonotonicMs: monotonicMs };
  }
}

function windowOf(rules: BurstRules): Window {
  const budget = burstBudget(rules);
  return { budget, state: budget.initial };
}

/** The pause as an error a person can read. */
function paused(because: PauseReason, resumeAtMs: number): MigrationError {
  const when = new Date(resumeAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const code = because === 'blocked' ? 'blocked' : 'budget-exhausted';
  return new MigrationError(code, `${pauseWords[because]}; it can go on at ${when}.`, { resumeAtMs });
}
