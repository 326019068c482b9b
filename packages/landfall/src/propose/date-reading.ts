import { dateReader, isDateFormat } from '../mapping/date-format.ts';
import type { SourceField } from '../model/source.ts';

/** The last two-digit year that is read as 20xx: CRM data is of this century, birthdays of the last. */
export const yearPivot = 69;

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Countries that write the month first; everywhere else the day is first. */
const monthFirst: ReadonlySet<string> = new Set(['US', 'PH', 'PW', 'FM', 'MH', 'GU', 'AS', 'PR', 'VI', 'MP']);

/** The day a text is when read by a format such as `dd.MM.yyyy HH:mm`: `3 April 2024`. null when it does not fit. */
export function readDate(text: string, format: string): string | null {
  if (!isDateFormat(format)) return null;
  const reading = dateReader(format, yearPivot)(text.trim());
  if (reading === null || typeof reading === 'string') return null;
  return `${reading.day} ${monthNames[reading.month - 1]} ${reading.year}`;
}

/** The texts a profile shows: samples first, then frequent values, without repeats. */
export function shownTexts(field: SourceField): readonly string[] {
  return [...new Set([...field.samples, ...field.values.map(({ value }) => value)])];
}

/** Up to `limit` values that two of the formats read as different days, the most telling for a person who must choose. */
export function doubtfulDates(field: SourceField, limit: number): readonly string[] {
  return shownTexts(field)
    .filter((text) => {
      const readings = field.formats.map((format) => readDate(text, format)).filter((date) => date !== null);
      return new Set(readings).size > 1;
    })
    .slice(0, limit);
}

/** The format people of that country mean, of those that fit: the default of the question. */
export function likelyFormat(formats: readonly string[], country: string): string | null {
  const wanted = monthFirst.has(country.toUpperCase()) ? /^M/ : /^d/;
  return formats.find((format) => wanted.test(format)) ?? formats[0] ?? null;
}
