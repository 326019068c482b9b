import { z } from 'zod';
import {
  type Civil,
  civilOfSeconds,
  dateText,
  instantText,
  secondsAsUtc,
  secondsOfDay,
  two,
} from '../civil.ts';
import { readClock } from '../clock-text.ts';
import { type DateReader, dateReader, isDateFormat } from '../date-format.ts';
import { meansNothing } from '../fold.ts';
import {
  fieldsTransform,
  gives,
  nothing,
  type Outcome,
  quote,
  refuses,
  textTransform,
} from '../transform.ts';
import { instantOf, isZone, offsetAt, readingsText } from '../zone.ts';

const oneFormat = z.string().refine(isDateFormat, {
  message: 'is no date format: use letters such as dd.MM.yyyy HH:mm, or iso, excel-serial',
});

const format = z
  .union([oneFormat, z.array(oneFormat).min(1)])
  .optional()
  .describe(
    'How the source writes dates: dd.MM.yyyy, M/d/yyyy h:mm a, iso, excel-serial, ... Several: a text that fits two with different days is refused. Default: iso, and days and months in either order where only one can be.',
  );

const pivot = z
  .int()
  .min(0)
  .max(99)
  .optional()
  .describe(
    'The last year of two digits that is 20xx: 49 makes 00-49 into 2000-2049. Without it they are refused.',
  );

const zoneSetting = z
  .string()
  .refine(isZone, { message: 'is no time zone: use an IANA name such as Europe/Istanbul' })
  .optional()
  .describe('IANA zone of times without one. Default: the time zone of landfall.yaml.');

/** Without a declared format: only what can be read in one way. A dot between numbers means day first everywhere. */
const unambiguous = ['iso', 'd.M.yyyy', 'd/M/yyyy', 'M/d/yyyy', 'd-M-yyyy', 'M-d-yyyy'];
const unambiguousTimes = unambiguous.flatMap((date) =>
  date === 'iso'
    ? ['iso', 'odata']
    : [date, `${date} H:mm`, `${date} H:mm:ss`, `${date} h:mm a`, `${date} h:mm:ss a`],
);

/** Dates that systems write for "none": .NET, SQL Server, Access, Excel. */
const sentinels = new Set(['0001-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01']);

type CivilReading =
  | { readonly ok: true; readonly civil: Civil | null }
  | { readonly ok: false; readonly reason: string };

function civilReader(
  formats: string | readonly string[] | undefined,
  fallback: readonly string[],
  pivotYear: number | undefined,
): (text: string) => CivilReading {
  const names = typeof formats === 'string' ? [formats] : (formats ?? fallback);
  const readers = names.map((name) => dateReader(name, pivotYear ?? null));
  const named = formats === undefined ? 'any date that can be read in one way' : names.join(' or ');
  return (text) => readCivil(text.trim(), readers, named);
}

function readCivil(text: string, readers: readonly DateReader[], named: string): CivilReading {
  let found: Civil | null = null;
  let reason: string | null = null;
  for (const reader of readers) {
    const reading = reader(text);
    if (typeof reading === 'string') reason = reading;
    else if (reading !== null) {
      if (found !== null && !sameCivil(found, reading)) return doubtful(text, found, reading);
      found = reading;
    }
  }
  if (found !== null) return { ok: true, civil: sentinels.has(dateText(found)) ? null : found };
  if (isZeroDate(text) || meansNothing(text)) return { ok: true, civil: null };
  return { ok: false, reason: `${quote(text)} ${reason ?? `does not fit ${named}`}` };
}

function sameCivil(left: Civil, right: Civil): boolean {
  return secondsAsUtc(left) === secondsAsUtc(right);
}

function doubtful(text: string, left: Civil, right: Civil): CivilReading {
  return {
    ok: false,
    reason: `${quote(text)} can be ${dateText(left)} or ${dateText(right)}: declare the format`,
  };
}

/** `0000-00-00`, `00.00.0000 00:00:00`, `0`. */
function isZeroDate(text: string): boolean {
  return text.length < 24 && /^[0.:/\-T ]+$/.test(text) && text.includes('0');
}

const date = textTransform({
  name: 'date',
  summary: 'A day as YYYY-MM-DD. Never guessed: a text that can be two days is refused with both.',
  gives: 'date',
  effect: 'normalised',
  settings: z.strictObject({ format, pivot }),
  examples: [
    { value: '2024-01-02', gives: '2024-01-02', effect: 'asIs' },
    { value: '2024/1/2', gives: '2024-01-02' },
    { value: '31.12.2026', settings: { format: 'dd.MM.yyyy' }, gives: '2026-12-31' },
    { value: '1.2.2026', settings: { format: 'dd.MM.yyyy' }, gives: '2026-02-01' },
    { value: '29/02/2024', settings: { format: 'dd/MM/yyyy' }, gives: '2024-02-29' },
    { value: '02/29/2024', settings: { format: 'MM/dd/yyyy' }, gives: '2024-02-29' },
    { value: '03/04/2024', settings: { format: 'd/M/yyyy' }, gives: '2024-04-03' },
    { value: '03/04/2024', settings: { format: 'M/d/yyyy' }, gives: '2024-03-04' },
    { value: '03/04/2024', refuses: 'can be 2024-04-03 or 2024-03-04' },
    { value: '12-05-2020', refuses: 'can be 2020-05-12 or 2020-12-05' },
    { value: '04/04/2024', gives: '2024-04-04' },
    { value: '04/13/2024', gives: '2024-04-13' },
    { value: '31/12/2026', gives: '2026-12-31' },
    { value: '03.04.2024', gives: '2024-04-03' },
    { value: '03/04/2024', settings: { format: ['d/M/yyyy', 'M/d/yyyy'] }, refuses: 'can be' },
    { value: '01.02.24', settings: { format: 'dd.MM.yy', pivot: 49 }, gives: '2024-02-01' },
    { value: '01.02.85', settings: { format: 'dd.MM.yy', pivot: 49 }, gives: '1985-02-01' },
    { value: '01.02.24', settings: { format: 'dd.MM.yy' }, refuses: 'declare the pivot' },
    { value: '5/6/07', refuses: 'does not fit' },
    { value: '2 Ocak 2024', settings: { format: 'd MMMM yyyy' }, gives: '2024-01-02' },
    { value: '2 AĞUSTOS 2024', settings: { format: 'd MMMM yyyy' }, gives: '2024-08-02' },
    { value: '2 Jan 2024', settings: { format: 'd MMM yyyy' }, gives: '2024-01-02' },
    { value: 'Jan 2, 2024', settings: { format: 'MMM d, yyyy' }, gives: '2024-01-02' },
    { value: '2. Januar 2024', settings: { format: 'd. MMMM yyyy' }, gives: '2024-01-02' },
    { value: '2 janv. 2024', settings: { format: 'd MMM yyyy' }, gives: '2024-01-02' },
    { value: '2 de enero de 2024', settings: { format: "d 'de' MMMM 'de' yyyy" }, gives: '2024-01-02' },
    { value: '2024年1月2日', settings: { format: "yyyy'年'M'月'd'日'" }, gives: '2024-01-02' },
    { value: '20240102', settings: { format: 'yyyyMMdd' }, gives: '2024-01-02' },
    { value: '45293', settings: { format: 'excel-serial' }, gives: '2024-01-02' },
    { value: '60', settings: { format: 'excel-serial' }, refuses: 'never was' },
    { value: '59', settings: { format: 'excel-serial' }, gives: '1900-02-28' },
    { value: '61', settings: { format: 'excel-serial' }, gives: '1900-03-01' },
    { value: '43831', settings: { format: 'excel-serial-1904' }, gives: '2024-01-02' },
    { value: '2024-01-02T00:00:00Z', context: { timezone: 'America/New_York' }, gives: '2024-01-02' },
    {
      value: '2024-01-01T22:30:00Z',
      context: { timezone: 'Europe/Istanbul' },
      gives: '2024-01-02',
      effect: 'lossy',
    },
    { value: '2024-01-02 15:00', gives: '2024-01-02', effect: 'lossy' },
    { value: '0000-00-00', gives: null },
    { value: '1900-01-01', gives: null },
    { value: '0001-01-01T00:00:00Z', gives: null },
    { value: '01.01.1900', settings: { format: 'dd.MM.yyyy' }, gives: null },
    { value: 'N/A', gives: null },
    { value: '2024-13-01', refuses: 'does not fit' },
    { value: '2023-02-29', refuses: 'does not fit' },
    { value: '1900-02-29', refuses: 'does not fit' },
    { value: '2024-01-02', settings: { format: 'dd.MM.yyyy' }, refuses: 'does not fit dd.MM.yyyy' },
    { value: 'Q1 2024', refuses: 'does not fit' },
    { value: 'today', refuses: 'does not fit' },
  ],
  prepare: (settings, context) => {
    const read = civilReader(settings.format, unambiguousTimes, settings.pivot);
    return (text) => {
      const reading = read(text);
      if (!reading.ok) return refuses(reading.reason);
      return reading.civil === null ? nothing : dayOf(reading.civil, context.timezone);
    };
  },
});

/** Midnight of any zone is how systems write a day: it keeps its day. Another time is taken to the company's zone. */
function dayOf(civil: Civil, zone: string): Outcome {
  if (secondsOfDay(civil) === 0) return gives(dateText(civil));
  if (civil.offsetSeconds === null) return gives(dateText(civilOfSeconds(secondsAsUtc(civil))), 'lossy');
  const seconds = secondsAsUtc(civil) - civil.offsetSeconds;
  return gives(dateText(civilOfSeconds(seconds + offsetAt(zone, seconds))), 'lossy');
}

const dateTime = fieldsTransform({
  name: 'dateTime',
  summary:
    'An instant as YYYY-MM-DDTHH:MM:SSZ (RFC 3339, UTC), of one field or of a date and a time. A clock time that the zone skipped or had twice is refused with both readings.',
  gives: 'dateTime',
  effect: 'normalised',
  settings: z.strictObject({
    format,
    pivot,
    zone: zoneSetting,
    whenTwice: z
      .enum(['refuse', 'earlier', 'later'])
      .optional()
      .describe('A time the clock showed twice (end of summer time). Default: refuse.'),
  }),
  examples: [
    { value: '2024-01-02T03:04:05Z', gives: '2024-01-02T03:04:05Z', effect: 'asIs' },
    { value: '2024-01-02T03:04:05+03:00', gives: '2024-01-02T00:04:05Z' },
    { value: '2024-01-02T03:04:05.123Z', gives: '2024-01-02T03:04:05Z' },
    {
      value: '02.01.2024 15:30',
      settings: { format: 'dd.MM.yyyy HH:mm' },
      context: { timezone: 'Europe/Istanbul' },
      gives: '2024-01-02T12:30:00Z',
    },
    {
      value: '1/2/2024 3:04 PM',
      settings: { format: 'M/d/yyyy h:mm a', zone: 'America/New_York' },
      gives: '2024-01-02T20:04:00Z',
    },
    {
      value: '1/2/2024 12:00 AM',
      settings: { format: 'M/d/yyyy h:mm a', zone: 'UTC' },
      gives: '2024-01-02T00:00:00Z',
    },
    {
      value: '02.01.2024 ÖS 3:04',
      settings: { format: 'dd.MM.yyyy a h:mm', zone: 'UTC' },
      gives: '2024-01-02T15:04:00Z',
    },
    {
      value: '2 Jan 2024 3:04 PM',
      settings: { format: 'd MMM yyyy h:mm a', zone: 'UTC' },
      gives: '2024-01-02T15:04:00Z',
    },
    {
      value: 'Tue, 02 Jan 2024 03:04:05 GMT',
      settings: { format: 'rfc-2822' },
      gives: '2024-01-02T03:04:05Z',
    },
    { value: '/Date(1704153600000)/', settings: { format: 'odata' }, gives: '2024-01-02T00:00:00Z' },
    { value: '/Date(1704153600000+0200)/', gives: '2024-01-02T00:00:00Z' },
    { value: '1704153600', settings: { format: 'unix' }, gives: '2024-01-02T00:00:00Z' },
    { value: '1704153600000', settings: { format: 'unix-ms' }, gives: '2024-01-02T00:00:00Z' },
    { value: '45293.75', settings: { format: 'excel-serial', zone: 'UTC' }, gives: '2024-01-02T18:00:00Z' },
    { value: '2024-01-02T24:00:00Z', gives: '2024-01-03T00:00:00Z' },
    {
      value: '2016-10-30 03:30:00',
      settings: { zone: 'Europe/Istanbul' },
      gives: '2016-10-30T00:30:00Z',
    },
    {
      value: '2015-01-15 12:00:00',
      settings: { zone: 'Europe/Istanbul' },
      gives: '2015-01-15T10:00:00Z',
    },
    {
      value: '2024-03-31 02:30',
      settings: { zone: 'Europe/Berlin' },
      refuses: '2024-03-31T01:30:00Z or 2024-03-31T00:30:00Z',
    },
    {
      value: '2024-10-27 02:30',
      settings: { zone: 'Europe/Berlin' },
      refuses: '2024-10-27T00:30:00Z or 2024-10-27T01:30:00Z',
    },
    {
      value: '2024-10-27 02:30',
      settings: { zone: 'Europe/Berlin', whenTwice: 'earlier' },
      gives: '2024-10-27T00:30:00Z',
      effect: 'byRule',
    },
    {
      value: '2024-10-27 02:30',
      settings: { zone: 'Europe/Berlin', whenTwice: 'later' },
      gives: '2024-10-27T01:30:00Z',
      effect: 'byRule',
    },
    { value: '2024-10-27T02:30+01:00', settings: { zone: 'Europe/Berlin' }, gives: '2024-10-27T01:30:00Z' },
    {
      value: '2024-01-02',
      settings: { zone: 'Europe/Istanbul' },
      gives: '2024-01-01T21:00:00Z',
      effect: 'byRule',
    },
    {
      value: ['02.01.2024', '15:30'],
      settings: { format: 'dd.MM.yyyy', zone: 'Europe/Istanbul' },
      gives: '2024-01-02T12:30:00Z',
    },
    {
      value: ['1/2/2024', '3:04 PM'],
      settings: { format: 'M/d/yyyy', zone: 'UTC' },
      gives: '2024-01-02T15:04:00Z',
    },
    { value: ['02.01.2024', ''], settings: { zone: 'UTC' }, gives: '2024-01-02T00:00:00Z', effect: 'byRule' },
    { value: ['', '15:30'], gives: null },
    { value: '0000-00-00 00:00:00', gives: null },
    { value: '0001-01-01T00:00:00Z', gives: null },
    { value: '03/04/2024 10:00', refuses: 'can be 2024-04-03 or 2024-03-04' },
    { value: ['02.01.2024', 'noon'], settings: { format: 'dd.MM.yyyy' }, refuses: 'is no time of day' },
    { value: '2024-01-02 25:00', refuses: 'does not fit' },
  ],
  prepare: (settings, context) => {
    const read = civilReader(settings.format, unambiguousTimes, settings.pivot);
    const zone = settings.zone ?? context.timezone;
    return (fields) => {
      const day = fields[0]?.trim() ?? '';
      if (day === '') return gives(null);
      const reading = read(day);
      if (!reading.ok) return refuses(reading.reason);
      if (reading.civil === null) return nothing;
      return instant(reading.civil, fields[1]?.trim() ?? '', zone, settings.whenTwice ?? 'refuse');
    };
  },
});

function instant(
  day: Civil,
  clock: string,
  zone: string,
  whenTwice: 'refuse' | 'earlier' | 'later',
): Outcome {
  const civil = clock === '' ? day : withClock(day, clock);
  if (civil === null) return refuses(`${quote(clock)} is no time of day`);
  const reading = instantOf(civil, zone);
  if (reading.kind === 'one') {
    return civil.hasTime
      ? gives(instantText(reading.seconds))
      : gives(instantText(reading.seconds), 'byRule');
  }
  if (reading.kind === 'overlap' && whenTwice !== 'refuse') {
    return gives(instantText(reading.readings[whenTwice === 'earlier' ? 0 : 1]), 'byRule');
  }
  const shown = `${dateText(civil)} ${two(civil.hour)}:${two(civil.minute)}`;
  const what = reading.kind === 'gap' ? 'was skipped by the clock' : 'was shown twice by the clock';
  return refuses(`${shown} ${what} in ${zone}: ${readingsText(reading)}`);
}

function withClock(day: Civil, clock: string): Civil | null {
  const time = readClock(clock);
  return time === null ? null : { ...day, ...time, hasTime: true };
}

const utc = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/;

const dateOf = textTransform({
  name: 'dateOf',
  summary: 'The day (UTC) of an instant made by `dateTime`, for fields that keep day and time apart.',
  gives: 'date',
  effect: 'normalised',
  settings: z.strictObject({}),
  examples: [
    { value: '2024-01-02T12:30:00Z', gives: '2024-01-02' },
    { value: '1999-12-31T23:59:59Z', gives: '1999-12-31' },
    { value: '2024-01-02', refuses: 'use `dateTime` before' },
  ],
  prepare: () => (text) => {
    const day = utc.exec(text)?.[1];
    return day === undefined ? refuses(`${quote(text)} is no instant: use \`dateTime\` before`) : gives(day);
  },
});

const timeOf = textTransform({
  name: 'timeOf',
  summary:
    'The time of day (UTC, HH:MM) of an instant made by `dateTime`, for fields that keep day and time apart.',
  gives: 'time',
  effect: 'normalised',
  settings: z.strictObject({}),
  examples: [
    { value: '2024-01-02T12:30:00Z', gives: '12:30' },
    { value: '2024-01-02T12:30:59Z', gives: '12:30', effect: 'lossy' },
    { value: '12:30', refuses: 'use `dateTime` before' },
  ],
  prepare: () => (text) => {
    const match = utc.exec(text);
    if (match === null) return refuses(`${quote(text)} is no instant: use \`dateTime\` before`);
    return gives(`${match[2]}:${match[3]}`, match[4] === '00' ? 'normalised' : 'lossy');
  },
});

/** Transforms of days and instants (MAP-10: RFC 3339). */
export const dateTransforms = [date, dateTime, dateOf, timeOf];
