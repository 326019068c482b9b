import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { civilOfSeconds } from './civil.ts';
import { instantOf } from './zone.ts';

const zones = [
  'UTC',
  'Europe/Istanbul',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
] as const;
const from = Date.UTC(1985, 0, 1) / 1_000;
const to = Date.UTC(2035, 0, 1) / 1_000;

/** What the time zone database says, asked without our cache. */
function expected(clock: number, zone: string): number | 'doubtful' {
  const { year, month, day, hour, minute, second } = civilOfSeconds(clock);
  const plain = new Temporal.PlainDateTime(year, month, day, hour, minute, second);
  try {
    return plain.toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds / 1_000;
  } catch {
    return 'doubtful';
  }
}

function found(clock: number, zone: string): number | 'doubtful' {
  const reading = instantOf({ ...civilOfSeconds(clock), offsetSeconds: null }, zone);
  return reading.kind === 'one' ? reading.seconds : 'doubtful';
}

describe('clock times become instants as the time zone database says (MAP-14)', () => {
  it('at any time in fifty years, in zones of every kind', () => {
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), fc.constantFrom(...zones), (clock, zone) => {
        expect(found(clock, zone)).toBe(expected(clock, zone));
      }),
      { numRuns: 3_000, seed: 11 },
    );
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'at every half hour around the changes of %s, gaps and overlaps told apart',
    (zone) => {
      let instant = Temporal.Instant.from('2020-01-01T00:00Z').toZonedDateTimeISO(zone);
      for (let change = 0; change < 6; change += 1) {
        const next = instant.getTimeZoneTransition('next');
        if (next === null) throw new Error(`${zone} has no more changes`);
        const clock = Math.floor(next.epochMilliseconds / 1_000) + next.offsetNanoseconds / 1_000_000_000;
        for (let step = -96; step <= 96; step += 1) {
          const at = clock + step * 1_800;
          expect(found(at, zone)).toBe(expected(at, zone));
        }
        instant = next;
      }
    },
  );
});
