import type { Asked, LimitSignal, PauseReason, RateBudget } from './budget.ts';
import { dayNumber, dayStartMs, type Hours, nextDayMs, nextStartMs, within } from './day.ts';

/** How the day's tokens are shared with everybody else who uses the account. */
export interface TokenRules {
  /** Tokens of a day until a header says otherwise; null: no limit is kept until a header names one. */
  readonly dailyTokens: number | null;
  /** Our part of the day, 0 to 1. */
  readonly share: number;
  /** Hours in which `offPeakShare` holds instead; null: none. */
  readonly offPeak: Hours | null;
  readonly offPeakShare: number;
  /** What we leave in the account whoever used the rest; null: the part that is not our share. */
  readonly reserveTokens: number | null;
  /** When the day begins, in minutes after midnight UTC. Pipedrive names no zone: 0 is an assumption (UNC). */
  readonly resetMinuteUtc: number;
}

/** Where the day stands. */
export interface TokenState {
  readonly day: number;
  readonly dailyTokens: number | null;
  /** What we took today. */
  readonly spentTokens: number;
  /** Taken, and not yet answered. */
  readonly openTokens: number;
  /** What the account has left when everything taken is charged; null until a header says it. */
  readonly leftTokens: number | null;
  readonly pausedUntilMs: number;
  readonly pausedBecause: PauseReason;
  /** The share that holds, and until when that is known. */
  readonly share: number;
  readonly shareUntilMs: number;
}

const shareKnownMs = 60_000;
const earlyMs = 60 * 60_000;
const earlyPauseMs = 15 * 60_000;
const blockedMs = 15 * 60_000;

/**
 * Never spends more than `share` of the day's tokens, and stops when the account falls below what must be left.
 * Headers correct both numbers; what is on its way counts as spent. When the day is used up, the pause names the
 * time it can go on: the reset, or the off-peak hours when their share allows more.
 */
export function tokenBudget(rules: TokenRules): RateBudget<TokenState> {
  const initial: TokenState = {
    day: -1,
    dailyTokens: rules.dailyTokens,
    spentTokens: 0,
    openTokens: 0,
    leftTokens: null,
    pausedUntilMs: 0,
    pausedBecause: 'day',
    share: rules.share,
    shareUntilMs: 0,
  };
  return {
    initial,
    ask: (state, costTokens, nowMs) => ask(rules, fresh(rules, state, nowMs), costTokens, nowMs),
    hear: (state, signal, nowMs) => hear(rules, fresh(rules, state, nowMs), signal, nowMs),
  };
}

/** A new day starts at nothing; the share is looked up once a minute. */
function fresh(rules: TokenRules, state: TokenState, nowMs: number): TokenState {
  const day = dayNumber(nowMs, rules.resetMinuteUtc);
  const known = nowMs < state.shareUntilMs && nowMs > state.shareUntilMs - 2 * shareKnownMs;
  if (day === state.day && known) return state;
  const share = rules.offPeak !== null && within(rules.offPeak, nowMs) ? rules.offPeakShare : rules.share;
  const next = { ...state, share, shareUntilMs: nowMs + shareKnownMs };
  return day === state.day ? next : { ...next, day, spentTokens: state.openTokens, leftTokens: null };
}

function ask(rules: TokenRules, state: TokenState, costTokens: number, nowMs: number): Asked<TokenState> {
  if (nowMs < state.pausedUntilMs) {
    return { kind: 'pause', state, pauseUntilMs: state.pausedUntilMs, because: state.pausedBecause };
  }
  const because = hindrance(rules, state, state.share, costTokens);
  if (because === null) {
    const leftTokens = state.leftTokens === null ? null : state.leftTokens - costTokens;
    const spentTokens = state.spentTokens + costTokens;
    const openTokens = state.openTokens + costTokens;
    return { kind: 'wait', state: { ...state, spentTokens, openTokens, leftTokens }, waitMs: 0 };
  }
  return { kind: 'pause', state, pauseUntilMs: resumeAtMs(rules, state, costTokens, nowMs), because };
}

function hindrance(
  rules: TokenRules,
  state: TokenState,
  share: number,
  costTokens: number,
): PauseReason | null {
  if (state.dailyTokens === null) return null;
  if (state.spentTokens + costTokens > Math.floor(state.dailyTokens * share)) return 'share';
  if (state.leftTokens === null) return null;
  const reserve = rules.reserveTokens ?? Math.ceil(state.dailyTokens * (1 - share));
  return state.leftTokens - costTokens < reserve ? 'reserve' : null;
}

function resumeAtMs(rules: TokenRules, state: TokenState, costTokens: number, nowMs: number): number {
  const resetMs = nextDayMs(nowMs, rules.resetMinuteUtc);
  if (rules.offPeak === null || rules.offPeakShare <= state.share) return resetMs;
  if (hindrance(rules, state, rules.offPeakShare, costTokens) !== null) return resetMs;
  return Math.min(resetMs, nextStartMs(rules.offPeak, nowMs));
}

function hear(rules: TokenRules, state: TokenState, signal: LimitSignal, nowMs: number): TokenState {
  const refundTokens = signal.costTokens - signal.chargedTokens;
  const openTokens = Math.max(0, state.openTokens - signal.costTokens);
  const sameDay = dayNumber(signal.sentAtMs, rules.resetMinuteUtc) === state.day;
  const leftTokens =
    signal.dayRemaining !== null && sameDay
      ? signal.dayRemaining - signal.chargedTokens - openTokens
      : state.leftTokens === null
        ? null
        : state.leftTokens + refundTokens;
  const heard: TokenState = {
    ...state,
    dailyTokens: signal.dayLimit ?? state.dailyTokens,
    spentTokens: Math.max(0, state.spentTokens - refundTokens),
    openTokens,
    leftTokens,
  };
  if (signal.throttled === 'day') return { ...heard, ...usedUp(rules, nowMs) };
  if (signal.throttled === 'blocked') {
    return { ...heard, pausedUntilMs: nowMs + blockedMs, pausedBecause: 'blocked' };
  }
  return heard;
}

/** Told so within an hour of the reset we assume, the assumption is what is wrong: look again soon, not in a day. */
function usedUp(rules: TokenRules, nowMs: number): Pick<TokenState, 'pausedUntilMs' | 'pausedBecause'> {
  const justBegun = nowMs - dayStartMs(nowMs, rules.resetMinuteUtc) < earlyMs;
  const pausedUntilMs = justBegun ? nowMs + earlyPauseMs : nextDayMs(nowMs, rules.resetMinuteUtc);
  return { pausedUntilMs, pausedBecause: 'day' };
}
