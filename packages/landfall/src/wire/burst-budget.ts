import type { Asked, LimitSignal, RateBudget } from './budget.ts';

/** How a burst limit is kept. */
export interface BurstRules {
  /** Requests in any window until a header says otherwise; null: no limit is kept until a header names one. */
  readonly limit: number | null;
  readonly windowMs: number;
  /** How long after its sending a request without an answer may still arrive. */
  readonly guardMs: number;
  /** The longest wait after a refusal, whatever the other side asks; absent: a minute. */
  readonly mostBlockMs?: number;
}

/** A request that still counts: sent at, and when its place is free again. */
interface Hold {
  readonly sentAtMs: number;
  readonly freeAtMs: number;
}

/** Where a burst window stands. */
export interface BurstState {
  readonly limit: number | null;
  /** The shortest time from sending to answer of late; null before the first answer. */
  readonly shortestMs: number | null;
  readonly answers: number;
  readonly holds: readonly Hold[];
  /** After a refusal nothing is sent before this time ... */
  readonly blockedUntilMs: number;
  /** ... and then one request alone, until it is answered. */
  readonly probe: 'none' | 'due' | 'out';
  readonly probeSentAtMs: number;
  /** Refusals in a row. */
  readonly strikes: number;
}

const marginMs = 1;
const keptMs = 1_000;
const probePollMs = 20;
const leastBlockMs = 1_000;
const mostBlockMs = 60_000;
const shortestRise = 0.001;
/** One way there and another way back may be shorter than the shortest whole way: so much is allowed for. */
const shortestDoubtMs = 25;
/** Before so many answers the shortest way is not known at all: the first ones open connections. */
const fewAnswers = 100;

/**
 * Never more than `limit` requests arrive in any window of `windowMs`. A request is on its way for a time nobody
 * knows, but the answer bounds it: no request takes less than the shortest time seen, so this one arrived at most
 * its own time less the shortest one later than it could have. Its place is free again a window after that.
 * Steady distance costs nothing, jitter costs what it is; a request without an answer holds its place for `guardMs` more.
 * The limit is learned from headers; requests of others on the same token take places too. After a refusal nothing
 * is sent for as long as was asked (at least a second, doubled each time, at most a minute), then one request alone.
 */
export function burstBudget(rules: BurstRules): RateBudget<BurstState> {
  const initial: BurstState = {
    limit: rules.limit,
    shortestMs: null,
    answers: 0,
    holds: [],
    blockedUntilMs: 0,
    probe: 'none',
    probeSentAtMs: 0,
    strikes: 0,
  };
  return {
    initial,
    ask: (state, _costTokens, nowMs) => ask(rules, state, nowMs),
    hear: (state, signal, nowMs) => hear(rules, state, signal, nowMs),
  };
}

function ask(rules: BurstRules, state: BurstState, nowMs: number): Asked<BurstState> {
  if (nowMs < state.blockedUntilMs) return wait(state, state.blockedUntilMs - nowMs);
  if (state.probe === 'out') return wait(state, probePollMs);
  const probing = state.probe === 'due';
  if (state.limit === null && !probing) return { kind: 'wait', state, waitMs: 0 };
  const until = state.limit === null ? 0 : fullUntil(state.holds, state.limit, nowMs);
  if (until > nowMs) return wait(state, until - nowMs);
  const hold = { sentAtMs: nowMs, freeAtMs: nowMs + rules.windowMs + rules.guardMs + marginMs };
  const holds = [...state.holds.filter((held) => held.freeAtMs > nowMs - keptMs), hold];
  const probe = probing ? ({ probe: 'out', probeSentAtMs: nowMs } as const) : {};
  return { kind: 'wait', state: { ...state, holds, ...probe }, waitMs: 0 };
}

function wait(state: BurstState, waitMs: number): Asked<BurstState> {
  return { kind: 'wait', state, waitMs };
}

/** When a place is free: 0 when one is, else the earliest time. */
function fullUntil(holds: readonly Hold[], limit: number, nowMs: number): number {
  let held = 0;
  for (const hold of holds) if (hold.freeAtMs > nowMs) held += 1;
  if (held < limit) return 0;
  const times = holds.map((hold) => hold.freeAtMs).filter((freeAtMs) => freeAtMs > nowMs);
  times.sort((left, right) => left - right);
  return times[held - Math.max(1, limit)] ?? 0;
}

function hear(rules: BurstRules, state: BurstState, signal: LimitSignal, nowMs: number): BurstState {
  const limit = signal.burstLimit ?? state.limit;
  const tookMs = Math.max(0, nowMs - signal.sentAtMs);
  const shortestMs = shortestOf(state.shortestMs, tookMs);
  const answers = state.answers + 1;
  const lateMs =
    state.answers < fewAnswers ? tookMs : Math.min(tookMs, tookMs - shortestMs + shortestDoubtMs);
  let holds = arrived(rules, state.holds, signal.sentAtMs, lateMs);
  if (limit !== null && signal.burstRemaining !== null) {
    holds = withOthers(
      rules,
      holds,
      limit - signal.burstRemaining,
      { sentAtMs: signal.sentAtMs, lateMs },
      nowMs,
    );
  }
  if (signal.throttled === 'burst')
    return refused(rules, { ...state, limit, shortestMs, answers, holds }, signal, nowMs);
  const ended = state.probe === 'out' && signal.sentAtMs >= state.probeSentAtMs;
  return { ...state, limit, shortestMs, answers, holds, ...(ended ? { probe: 'none', strikes: 0 } : {}) };
}

/** Falls at once, rises slowly: a way that has become longer is believed after some thousand answers. */
function shortestOf(knownMs: number | null, tookMs: number): number {
  if (knownMs === null || tookMs < knownMs) return tookMs;
  return knownMs + (tookMs - knownMs) * shortestRise;
}

/** The answer tells when the place of a request is free. Requests sent in one moment are told apart by having no answer yet. */
function arrived(
  rules: BurstRules,
  holds: readonly Hold[],
  sentAtMs: number,
  lateMs: number,
): readonly Hold[] {
  const openMs = sentAtMs + rules.windowMs + rules.guardMs + marginMs;
  const index = holds.findLastIndex((hold) => hold.sentAtMs === sentAtMs && hold.freeAtMs === openMs);
  const freeAtMs = sentAtMs + rules.windowMs + lateMs + marginMs;
  return index < 0 ? holds : holds.with(index, { sentAtMs, freeAtMs });
}

/** Adds places for requests that the other side has counted and we have not sent. */
function withOthers(
  rules: BurstRules,
  holds: readonly Hold[],
  counted: number,
  request: { readonly sentAtMs: number; readonly lateMs: number },
  nowMs: number,
): readonly Hold[] {
  const { sentAtMs, lateMs } = request;
  if (nowMs - sentAtMs > keptMs) return holds;
  let ours = 0;
  for (const hold of holds) if (hold.freeAtMs > sentAtMs - lateMs) ours += 1;
  if (counted <= ours) return holds;
  const foreign = { sentAtMs: nowMs, freeAtMs: nowMs + rules.windowMs + marginMs };
  return [...holds, ...new Array<Hold>(counted - ours).fill(foreign)];
}

/** A refusal: all who were in flight together count as one. */
function refused(rules: BurstRules, state: BurstState, signal: LimitSignal, nowMs: number): BurstState {
  const known = signal.sentAtMs < state.probeSentAtMs || (state.probe === 'due' && state.strikes > 0);
  const strikes = known ? Math.max(1, state.strikes) : state.strikes + 1;
  const doubledMs = leastBlockMs * 2 ** Math.min(strikes - 1, 6);
  const mostMs = rules.mostBlockMs ?? mostBlockMs;
  const askedMs = sane(signal.retryAfterMs, mostMs);
  const blockMs = Math.min(mostMs, Math.max(doubledMs, askedMs));
  return {
    ...state,
    blockedUntilMs: Math.max(state.blockedUntilMs, nowMs + blockMs),
    probe: 'due',
    strikes,
  };
}

function sane(retryAfterMs: number | null, mostMs: number): number {
  return retryAfterMs === null || !(retryAfterMs > 0) ? 0 : Math.min(retryAfterMs, mostMs);
}
