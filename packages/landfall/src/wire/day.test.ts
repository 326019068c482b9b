import { describe, expect, it } from 'vitest';
import { dayStartMs, nextDayMs, nextStartMs, parseHours, within } from './day.ts';

describe('hours and days (RUN-09)', () => {
  it.each([
    ['20:00-06:00', true],
    ['8:30-17:00', true],
    ['20:00', false],
    ['25:00-06:00', false],
    ['20:00-06:60', false],
    ['night', false],
  ])('reads %s: %s', (text, good) => expect(parseHours(text, 'UTC') !== null).toBe(good));

  const night = parseHours('20:00-06:00', 'Europe/Istanbul') ?? expect.fail('hours');
  it.each([
    [Date.UTC(2026, 0, 1, 16, 59), false], // 19:59 in Istanbul
    [Date.UTC(2026, 0, 1, 17, 0), true],
    [Date.UTC(2026, 0, 2, 2, 59), true],
    [Date.UTC(2026, 0, 2, 3, 0), false],
  ])('knows the hours over midnight at %s', (nowMs, inside) => expect(within(night, nowMs)).toBe(inside));

  it('knows when they begin next', () => {
    expect(nextStartMs(night, Date.UTC(2026, 0, 1, 12))).toBe(Date.UTC(2026, 0, 1, 17));
    expect(nextStartMs(night, Date.UTC(2026, 0, 1, 17))).toBe(Date.UTC(2026, 0, 2, 17));
  });

  it('counts days from the reset, which need not be midnight in UTC', () => {
    const nowMs = Date.UTC(2026, 0, 1, 1);
    expect(nextDayMs(nowMs, 0)).toBe(Date.UTC(2026, 0, 2));
    expect(dayStartMs(nowMs, 120)).toBe(Date.UTC(2025, 11, 31, 2));
  });
});
