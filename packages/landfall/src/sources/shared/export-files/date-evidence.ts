import { foldLetters } from '../../../mapping/fold.ts';

const numeric = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:$|[T ,]+(.+)$)/;
const clock = /^(\d{1,2}):(\d{2})(:\d{2})?(?:[.,]\d{1,9})?\s*([ap]\.?m\.?)?\s*(z|[+-]\d{2}:?\d{2})?$/i;
const worded = /^(\d{1,2})\.?\s+(\p{L}{3,9})\.?,?\s+(\d{4})(?:$|,?\s+(.+)$)/u;
const wordedFirst = /^(\p{L}{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?:$|,?\s+(.+)$)/u;
const longestDate = 40;

const monthWords = [
  ['jan', 'january', 'oca', 'ocak'],
  ['feb', 'february', 'sub', 'subat'],
  ['mar', 'march', 'mart'],
  ['apr', 'april', 'nis', 'nisan'],
  ['may', 'mayis'],
  ['jun', 'june', 'haz', 'haziran'],
  ['jul', 'july', 'tem', 'temmuz'],
  ['aug', 'august', 'agu', 'agustos'],
  ['sep', 'sept', 'september', 'eyl', 'eylul'],
  ['oct', 'october', 'eki', 'ekim'],
  ['nov', 'november', 'kas', 'kasim'],
  ['dec', 'december', 'ara', 'aralik'],
];
const monthOf = new Map(monthWords.flatMap((words, at) => words.map((word) => [word, at + 1] as const)));

/** Dates that stand for "none" in many systems. */
const emptyDates =
  /^(?:0000-00-00|1900-01-01|0001-01-01|00\.00\.0000|00\/00\/0000)(?:[T ]0{1,2}:00(?::00)?(?:\.0+)?Z?)?$/;

type Order = 'yearFirst' | 'dotted' | 'twoWays' | 'worded' | 'wordedFirst';

interface Shape {
  readonly order: Order;
  readonly separator: string;
  readonly shortYear: boolean;
  count: number;
  /** Every day and month has two digits. */
  padded: boolean;
  firstOver12: number;
  secondOver12: number;
  /** The time parts seen, as format tokens; '' for none. */
  readonly times: Set<string>;
  /** Earliest and latest as `yyyymmdd`, read day first and month first. */
  readonly dayFirst: Span;
  readonly monthFirst: Span;
}

interface Span {
  from: number;
  to: number;
}

interface Parts {
  readonly order: Order;
  readonly separator: string;
  readonly yearText: string;
  readonly first: string;
  readonly second: string;
  readonly time: string;
}

/** What the dates of a column say together. */
export interface DateReading {
  /** The one format all values fit, or null. */
  readonly format: string | null;
  /** All formats that would fit when there is a doubt, or the several formats of a mixed column. */
  readonly formats: readonly string[];
  readonly doubt: 'none' | 'order' | 'mixed';
  readonly evidence: string;
  /** `YYYY-MM-DD`, when the order of day and month is known. */
  readonly from: string | null;
  readonly to: string | null;
}

/** A day as days since 1970, read day first and month first; equal when the text allows one reading only. */
export interface Day {
  readonly dayFirst: number;
  readonly monthFirst: number;
}

/** The day a text names, its time aside; null when it names none. */
export function dayOf(text: string): Day | null {
  const parts = text.length > longestDate ? null : partsOf(text);
  if (parts === null) return null;
  const { order, yearText, first, second } = parts;
  const dayFirst = epochDay(dayNumber(yearText, second, first));
  return {
    dayFirst,
    monthFirst: order === 'twoWays' ? epochDay(dayNumber(yearText, first, second)) : dayFirst,
  };
}

function epochDay(day: number): number {
  const month = Math.floor(day / 100) % 100;
  return Math.round(Date.UTC(Math.floor(day / 10_000), month - 1, day % 100) / 86_400_000);
}

/** Gathers, value by value, how a column writes dates. Never guesses: what fits two ways is told as a doubt. */
export class DateEvidence {
  dates = 0;
  withTime = 0;
  empty = 0;
  readonly #shapes = new Map<string, Shape>();

  /** Counts the text when it is a date (or stands for none) and says whether it was. */
  add(text: string, count: number): boolean {
    if (text.length > longestDate) return false;
    if (emptyDates.test(text)) {
      this.empty += count;
      return true;
    }
    const parts = partsOf(text);
    if (parts === null) return false;
    this.dates += count;
    if (parts.time !== '') this.withTime += count;
    this.#note(parts, count);
    return true;
  }

  /** Whether month and day stand in that order; null when the values leave it open. */
  get monthFirst(): boolean | null {
    const twoWays = [...this.#shapes.values()].filter(({ order }) => order === 'twoWays');
    const dayFirst = twoWays.some(({ firstOver12 }) => firstOver12 > 0);
    const monthFirst = twoWays.some(({ secondOver12 }) => secondOver12 > 0);
    if (dayFirst && monthFirst) return null;
    return twoWays.length > 0 && !dayFirst && !monthFirst ? null : monthFirst;
  }

  #note(parts: Parts, count: number): void {
    const name = `${parts.order}${parts.separator}${parts.yearText.length}`;
    const shape = this.#shapes.get(name) ?? newShape(parts);
    this.#shapes.set(name, shape);
    shape.count += count;
    if (parts.first.length < 2 || parts.second.length < 2) shape.padded = false;
    if (Number(parts.first) > 12) shape.firstOver12 += count;
    if (Number(parts.second) > 12) shape.secondOver12 += count;
    shape.times.add(parts.time);
    widen(shape.dayFirst, dayNumber(parts.yearText, parts.second, parts.first));
    widen(shape.monthFirst, dayNumber(parts.yearText, parts.first, parts.second));
  }

  /** The verdict over everything added so far. */
  read(): DateReading {
    const shapes = [...this.#shapes.values()].sort((a, b) => b.count - a.count);
    const readings = shapes.map(readShape);
    const [only] = readings;
    if (only === undefined) {
      return { format: null, formats: [], doubt: 'none', evidence: '', from: null, to: null };
    }
    return readings.length === 1 ? only : mixed(readings);
  }
}

function partsOf(text: string): Parts | null {
  const found = numeric.exec(text);
  if (found !== null) return numericParts(found);
  const words = worded.exec(text);
  if (words !== null) return wordedParts('worded', words[1], words[2], words[3], words[4]);
  const reversed = wordedFirst.exec(text);
  if (reversed !== null)
    return wordedParts('wordedFirst', reversed[2], reversed[1], reversed[3], reversed[4]);
  return null;
}

function numericParts(found: RegExpExecArray): Parts | null {
  const [, a = '', separator = '', b = '', c = '', rest] = found;
  const time = timeTokens(rest, /T/.test(found[0]));
  if (time === null) return null;
  if (a.length === 4) {
    if (c.length > 2 || !isMonth(b) || !isDay(c)) return null;
    return { order: 'yearFirst', separator, yearText: a, first: c, second: b, time };
  }
  if (a.length > 2 || (c.length !== 4 && c.length !== 2)) return null;
  if (!(isDay(a) && isMonth(b)) && !(isMonth(a) && isDay(b) && separator !== '.')) return null;
  return {
    order: separator === '.' ? 'dotted' : 'twoWays',
    separator,
    yearText: c,
    first: a,
    second: b,
    time,
  };
}

function wordedParts(
  order: 'worded' | 'wordedFirst',
  day = '',
  word = '',
  year = '',
  rest: string | undefined,
): Parts | null {
  const month = monthOf.get(foldLetters(word));
  const time = timeTokens(rest, false);
  if (month === undefined || time === null || !isDay(day)) return null;
  return { order, separator: ' ', yearText: year, first: day, second: String(month).padStart(2, '0'), time };
}

/** The time part as format tokens; null when what follows the date is no time. */
function timeTokens(rest: string | undefined, joined: boolean): string | null {
  if (rest === undefined) return '';
  const found = clock.exec(rest.trim());
  if (found === null || Number(found[1]) > 24 || Number(found[2]) > 59) return null;
  const seconds = found[3] === undefined ? '' : ':ss';
  const hours = found[4] === undefined ? `HH:mm${seconds}` : `h:mm${seconds} a`;
  return `${joined ? "'T'" : ' '}${hours}${found[5] === undefined ? '' : 'XXX'}`;
}

function isDay(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 31;
}

function isMonth(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 12;
}

function newShape({ order, separator, yearText }: Parts): Shape {
  return {
    order,
    separator,
    shortYear: yearText.length === 2,
    count: 0,
    padded: true,
    firstOver12: 0,
    secondOver12: 0,
    times: new Set(),
    dayFirst: { from: Number.POSITIVE_INFINITY, to: 0 },
    monthFirst: { from: Number.POSITIVE_INFINITY, to: 0 },
  };
}

function dayNumber(yearText: string, month: string, day: string): number {
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  return year * 10_000 + Number(month) * 100 + Number(day);
}

function widen(span: Span, day: number): void {
  span.from = Math.min(span.from, day);
  span.to = Math.max(span.to, day);
}

function readShape(shape: Shape): DateReading {
  const dayFirst = formatsOf(shape, 'day');
  if (shape.order !== 'twoWays') return certain(dayFirst, shape.dayFirst, whyCertain(shape));
  const monthFirst = formatsOf(shape, 'month');
  if (shape.firstOver12 > 0 && shape.secondOver12 > 0) {
    const evidence = `${shape.firstOver12} values only fit ${dayFirst[0]} and ${shape.secondOver12} only ${monthFirst[0]}`;
    return doubtful('mixed', [...dayFirst, ...monthFirst], evidence);
  }
  if (shape.firstOver12 > 0) {
    return certain(dayFirst, shape.dayFirst, `${shape.firstOver12} values have a first part over 12`);
  }
  if (shape.secondOver12 > 0) {
    return certain(monthFirst, shape.monthFirst, `${shape.secondOver12} values have a second part over 12`);
  }
  const evidence = `all ${shape.count} values fit ${dayFirst[0]} and ${monthFirst[0]}: no part is over 12`;
  return doubtful('order', [...dayFirst, ...monthFirst], evidence);
}

function whyCertain(shape: Shape): string {
  if (shape.order === 'yearFirst') return 'the year stands first';
  return shape.order === 'dotted' ? 'dates with dots have the day first' : 'the month is a word';
}

/** Several formats here differ in the time only (some values have seconds, or no time): no value fits two of them. */
function certain(formats: readonly string[], span: Span, evidence: string): DateReading {
  const [only = null] = formats;
  const format = formats.length === 1 ? only : null;
  return { format, formats, doubt: 'none', evidence, from: isoDay(span.from), to: isoDay(span.to) };
}

function doubtful(doubt: 'order' | 'mixed', formats: readonly string[], evidence: string): DateReading {
  return { format: null, formats, doubt, evidence, from: null, to: null };
}

function mixed(readings: readonly DateReading[]): DateReading {
  const formats = [...new Set(readings.flatMap((reading) => reading.formats))];
  return doubtful('mixed', formats, `the column mixes ${formats.join(', ')}`);
}

/** One format for each way the time is written; what the `iso` reader takes needs only that. */
function formatsOf(shape: Shape, leading: 'day' | 'month'): string[] {
  const times = [...shape.times].sort();
  const date = dateFormat(shape, leading);
  if (shape.order === 'yearFirst' && (times.length > 1 || times.some((time) => /T|XXX/.test(time))))
    return ['iso'];
  return times.map((time) => date + time);
}

function dateFormat(shape: Shape, leading: 'day' | 'month'): string {
  const day = shape.padded ? 'dd' : 'd';
  const month = shape.padded ? 'MM' : 'M';
  const year = shape.shortYear ? 'yy' : 'yyyy';
  const by = shape.separator;
  switch (shape.order) {
    case 'yearFirst':
      return `${year}${by}${month}${by}${day}`;
    case 'dotted':
      return `${day}.${month}.${year}`;
    case 'worded':
      return `${day} MMMM ${year}`;
    case 'wordedFirst':
      return `MMMM ${day}, ${year}`;
    default:
      return leading === 'day' ? `${day}${by}${month}${by}${year}` : `${month}${by}${day}${by}${year}`;
  }
}

function isoDay(day: number): string | null {
  if (!Number.isFinite(day) || day === 0) return null;
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
