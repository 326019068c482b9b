import { describe, expect, it } from 'vitest';
import { createRandom } from '../base/random.ts';
import { backoffMs, defaultRetry, retryAfterMs } from './retry.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);

describe('waiting before the next try (RUN-08)', () => {
  it.each([
    ['3', 3_000],
    ['1.5', 1_500],
    ['Sat, 21 Nov 2026 12:00:07 GMT', 7_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', null],
    ['0', null],
    ['-1', null],
    ['1000000000', null],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('reads Retry-After %s as %s ms (F3)', (header, expected) =>
    expect(retryAfterMs(header, nowMs)).toBe(expected),
  );

  it('grows with every failure, is jittered, and is bounded', () => {
    const random = createRandom(7);
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((failures) =>
      backoffMs(defaultRetry, failures, null, random),
    );
    expect(new Set(waits).size).toBe(waits.length);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(defaultRetry.baseMs / 2);
    expect(Math.max(...waits)).toBeLessThanOrEqual(defaultRetry.mostMs + defaultRetry.baseMs / 2);
    expect(backoffMs(defaultRetry, 1, null, () => 1)).toBeLessThan(backoffMs(defaultRetry, 4, null, () => 1));
  });

  it('never waits less than asked, and not for ever', () => {
    expect(backoffMs(defaultRetry, 1, 9_000, () => 0)).toBe(9_000);
    expect(backoffMs(defaultRetry, 1, 86_000_000, () => 0)).toBe(60_000);
  });
});
