/** A date and time on a calendar and a clock, as written: no zone is known unless `offsetSeconds` is. */
export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 to 24; 24 only as 24:00:00. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Seconds east of UTC, when the text says so. */
  readonly offsetSeconds: number | null;
  readonly hasTime: boolean;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether there is such a day and such a time. Years 1 to 9999. */
export function isRealCivil(civil: Civil): boolean {
  const { year, month, day, hour, minute, second } = civil;
  if (year < 1 || year > 9_999 || month < 1 || month > 12 || day < 1) return false;
  if (day > daysIn(year, month) || minute > 59 || second > 59) return false;
  return hour < 24 || (hour === 24 && minute === 0 && second === 0);
}

function daysIn(year: number, month: number): number {
  const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0);
  return leap ? 29 : (monthLengths[month - 1] ?? 0);
}

/** Seconds since 1970 if the clock showed UTC. 24:00 is the next day's 00:00. */
export function secondsAsUtc(civil: Civil): number {
  return daysSince1970(civil.year, civil.month, civil.day) * 86_400 + secondsOfDay(civil);
}

/** Seconds since midnight. */
export function secondsOfDay(civil: Civil): number {
  return civil.hour * 3_600 + civil.minute * 60 + civil.second;
}

/** Days since 1970-01-01 in the Gregorian calendar (Hinnant's `days_from_civil`). */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

/** The calendar and clock of an instant in UTC. Needs years 1 to 9999. */
export function civilOfSeconds(seconds: number): Civil {
  const date = new Date(seconds * 1_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    offsetSeconds: 0,
    hasTime: true,
  };
}

/** `YYYY-MM-DD`. */
export function dateText(civil: Pick<Civil, 'year' | 'month' | 'day'>): string {
  return `${String(civil.year).padStart(4, '0')}-${two(civil.month)}-${two(civil.day)}`;
}

/** `YYYY-MM-DDTHH:MM:SSZ` of an instant, in seconds since 1970. */
export function instantText(seconds: number): string {
  const civil = civilOfSeconds(seconds);
  return `${dateText(civil)}T${two(civil.hour)}:${two(civil.minute)}:${two(civil.second)}Z`;
}

/** Two digits. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
