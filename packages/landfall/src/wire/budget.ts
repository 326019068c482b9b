/** Why nothing may be sent for now. */
export type PauseReason =
  | 'share' // our part of the day is used up
  | 'reserve' // others have used so much that only what we must leave is left
  | 'day' // the other side says the day is used up
  | 'blocked'; // the other side has shut us out for a while

/** An answer to `ask`: go (`waitMs` 0, the cost is taken), ask again after a wait, or pause until a time. */
export type Asked<State> =
  | { readonly kind: 'wait'; readonly state: State; readonly waitMs: number }
  | {
      readonly kind: 'pause';
      readonly state: State;
      readonly pauseUntilMs: number;
      readonly because: PauseReason;
    };

/** What one finished request tells about the limits. Times are on the clock of the budget that hears it. */
export interface LimitSignal {
  /** What `ask` took for it. */
  readonly costTokens: number;
  /** What the other side took for it. */
  readonly chargedTokens: number;
  readonly sentAtMs: number;
  /** Requests allowed in a window, and how many of them were left after this one. */
  readonly burstLimit: number | null;
  readonly burstRemaining: number | null;
  /** The day's tokens, and how many were left before this request was charged. */
  readonly dayLimit: number | null;
  readonly dayRemaining: number | null;
  readonly throttled: 'no' | 'burst' | 'day' | 'blocked';
  /** What the other side asks us to wait; null when it does not say. */
  readonly retryAfterMs: number | null;
}

/**
 * A limit as a calculation: state in, state out, time handed in. It never waits by itself.
 * `ask` before sending (a `wait` of 0 has taken the cost; anything else has taken nothing), `hear` after the answer.
 */
export interface RateBudget<State> {
  readonly initial: State;
  ask(state: State, costTokens: number, nowMs: number): Asked<State>;
  hear(state: State, signal: LimitSignal, nowMs: number): State;
}
