import type { Random } from '../base/random.ts';

/** How often and how patiently something is tried again. */
export interface RetryRules {
  /** Sendings in all, the first included. */
  readonly tries: number;
  readonly baseMs: number;
  readonly mostMs: number;
}

/** Six sendings, about half a minute in all. */
export const defaultRetry: RetryRules = { tries: 6, baseMs: 500, mostMs: 15_000 };

/**
 * The wait before the next sending: exponential with full jitter, never shorter than what the other side asked for
 * (absurd demands aside). `failures` counts from 1.
 */
export function backoffMs(
  rules: RetryRules,
  failures: number,
  retryAfterMs: number | null,
  random: Random,
): number {
  const ceilingMs = Math.min(rules.mostMs, rules.baseMs * 2 ** (failures - 1));
  const jitteredMs = rules.baseMs / 2 + random() * ceilingMs;
  return Math.max(jitteredMs, Math.min(retryAfterMs ?? 0, 4 * rules.mostMs));
}

/**
 * Reads `Retry-After`: seconds or an HTTP date. Null when it is absent or absurd (not a number, zero or less,
 * more than a day, a date that has passed): the caller's own patience holds then.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const ms = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) && ms > 0 && ms <= 86_400_000 ? ms : null;
}
