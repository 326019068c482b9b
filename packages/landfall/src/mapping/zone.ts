import { Temporal } from 'temporal-polyfill';
import { type Civil, instantText, secondsAsUtc } from './civil.ts';

const daySeconds = 86_400;
const zonesInCache = 64;
const daysInCache = 20_000;

/** The instant a clock meant, or the reasons why it cannot be told. Seconds since 1970. */
export type InstantReading =
  | { readonly kind: 'one'; readonly seconds: number }
  /** The clock skipped this time: what it would be by the clock before the change, and by the one after. */
  | { readonly kind: 'gap'; readonly readings: readonly [number, number] }
  /** The clock showed this time twice: earlier and later. */
  | { readonly kind: 'overlap'; readonly readings: readonly [number, number] };

/** Whether it is an IANA zone that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The offset of a zone at an instant, in seconds east of UTC. */
export function offsetAt(zone: string, seconds: number): number {
  const instant = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);
  return instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000_000;
}

/** The instant of a clock in a zone; an offset in the text itself decides without the zone. */
export function instantOf(civil: Civil, zone: string): InstantReading {
  const clock = secondsAsUtc(civil);
  if (civil.offsetSeconds !== null) return { kind: 'one', seconds: clock - civil.offsetSeconds };
  if (zone === 'UTC') return { kind: 'one', seconds: clock };
  const steady = steadyOffset(zone, Math.floor(clock / daySeconds));
  return steady === null ? nearChange(clock, zone) : { kind: 'one', seconds: clock - steady };
}

function nearChange(clock: number, zone: string): InstantReading {
  const before = offsetAt(zone, clock - daySeconds);
  const after = offsetAt(zone, clock + daySeconds);
  const candidates = [...new Set([before, after])].map((offset) => ({ offset, seconds: clock - offset }));
  const real = candidates.filter(({ offset, seconds }) => offsetAt(zone, seconds) === offset);
  const [first, second] = real.map(({ seconds }) => seconds).sort((left, right) => left - right);
  if (first !== undefined && second !== undefined) return { kind: 'overlap', readings: [first, second] };
  if (first !== undefined) return { kind: 'one', seconds: first };
  return { kind: 'gap', readings: [clock - before, clock - after] };
}

/** Offsets of days without a change nearby: asking the time zone database is slow, and most days are such days. */
const steadyDays = new Map<string, Map<number, number | null>>();

function steadyOffset(zone: string, day: number): number | null {
  let days = steadyDays.get(zone);
  if (days === undefined) {
    if (steadyDays.size >= zonesInCache) steadyDays.clear();
    days = new Map();
    steadyDays.set(zone, days);
  }
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= daysInCache) days.clear();
  const found = lookUpDay(zone, day);
  days.set(day, found);
  return found;
}

/** No zone changes its clock twice within three days, so equal offsets at both ends mean no change between. */
function lookUpDay(zone: string, day: number): number | null {
  const before = offsetAt(zone, (day - 1) * daySeconds);
  return before === offsetAt(zone, (day + 2) * daySeconds) ? before : null;
}

/** Both readings of a clock that cannot be told, for people. */
export function readingsText(reading: Exclude<InstantReading, { kind: 'one' }>): string {
  const [first, second] = reading.readings;
  return `${instantText(first)} or ${instantText(second)}`;
}
