import { type Civil, civilOfSeconds, isRealCivil } from './civil.ts';
import { foldLetters } from './fold.ts';
import { monthOf } from './month-words.ts';

/** A date read; null when the text does not fit; a text says why a fitting one cannot be taken. */
export type DateReading = Civil | string | null;

/** Reads dates of one format. */
export type DateReader = (text: string) => DateReading;

/** Formats with a name instead of letters. */
const namedFormats = [
  'iso',
  'excel-serial',
  'excel-serial-1904',
  'unix',
  'unix-ms',
  'odata',
  'rfc-2822',
] as const;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  afternoon: boolean | null;
  offsetSeconds: number | null;
  hasTime: boolean;
  twoDigitYear: boolean;
}

/** Reads one part at a place of the text and says where the next begins; -1 when it does not fit. */
type Token = (text: string, at: number, parts: Parts) => number;

const formatPattern =
  /'(?:[^']|'')*'|yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|SSS|EEEE|EEE|XXX|a|[\s\S]/g;
const formatMaxLength = 60;
const isoPattern =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** Whether a format can be compiled: a named one, or letters with a day or month and a year. */
export function isDateFormat(format: string): boolean {
  if ((namedFormats as readonly string[]).includes(format)) return true;
  if (format.length > formatMaxLength) return false;
  const letters = format.replace(/'(?:[^']|'')*'/g, '');
  if (/[^yMdHhmsSEXa\P{L}]/u.test(letters)) return false;
  return /yy/.test(letters) && /M/.test(letters) && /d/.test(letters);
}

/**
 * Makes a reader of a format: `dd.MM.yyyy HH:mm`, `M/d/yyyy h:mm a`, `d MMMM yyyy`, `iso`, `excel-serial`, ...
 * `pivot`: two-digit years up to it are 20xx, later ones 19xx; without it they are refused.
 * Needs a format that `isDateFormat` takes.
 */
export function dateReader(format: string, pivot: number | null): DateReader {
  switch (format) {
    case 'iso':
      return readIso;
    case 'excel-serial':
      return (text) => readSerial(text, 0);
    case 'excel-serial-1904':
      return (text) => readSerial(text, 1_462);
    case 'unix':
      return (text) => readEpoch(text, 1);
    case 'unix-ms':
      return (text) => readEpoch(text, 1_000);
    case 'odata':
      return readODataDate;
    case 'rfc-2822':
      return patternReader('EEE, d MMM yyyy HH:mm:ss XXX', pivot);
    default:
      return patternReader(format, pivot);
  }
}

function readIso(text: string): DateReading {
  const match = isoPattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, offset] = match;
  const civil: Civil = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    offsetSeconds: offset === undefined ? null : offsetOf(offset),
    hasTime: hour !== undefined,
  };
  return isRealCivil(civil) ? civil : null;
}

function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z') return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 3_600 + Number(digits.slice(2)) * 60);
}

/** Excel counts days from 1900 and believes in 29 February 1900 (day 60), or from 1904 on old Macs. */
function readSerial(text: string, shiftDays: number): DateReading {
  const match = /^(\d{1,7})(?:[.,](\d{1,15}))?$/.exec(text);
  if (match === null) return null;
  const serial = Number(match[1]) + shiftDays;
  if (shiftDays === 0 && serial === 60) return 'is 29 February 1900, a day that never was';
  if (serial === 0 || serial > 2_958_465) return null;
  const days = serial - (serial < 60 ? 25_568 : 25_569);
  const seconds = Math.round(Number(`0.${match[2] ?? 0}`) * 86_400);
  const civil = civilOfSeconds(days * 86_400 + seconds);
  return { ...civil, offsetSeconds: null, hasTime: match[2] !== undefined && seconds > 0 };
}

function readEpoch(text: string, unitsPerSecond: number): DateReading {
  if (!/^-?\d{1,15}$/.test(text)) return null;
  const seconds = Math.floor(Number(text) / unitsPerSecond);
  return Math.abs(seconds) < 62_135_596_800 ? civilOfSeconds(seconds) : null;
}

/** `/Date(1704153600000+0200)/`: the milliseconds are UTC, the offset only tells where it was written. */
function readODataDate(text: string): DateReading {
  const match = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text);
  return match === null ? null : readEpoch(match[1] ?? '', 1_000);
}

function patternReader(format: string, pivot: number | null): DateReader {
  const tokens = (format.match(formatPattern) ?? []).map(tokenOf);
  return (text) => {
    const parts: Parts = {
      year: 0,
      month: 0,
      day: 0,
      hour: 0,
      minute: 0,
      second: 0,
      afternoon: null,
      offsetSeconds: null,
      hasTime: false,
      twoDigitYear: false,
    };
    let at = 0;
    for (const token of tokens) {
      at = token(text, at, parts);
      if (at < 0) return null;
    }
    return at === text.length ? civilOf(parts, pivot) : null;
  };
}

function civilOf(parts: Parts, pivot: number | null): DateReading {
  if (parts.twoDigitYear && pivot === null) {
    return 'has a year of two digits: declare the pivot (pivot: 49 makes 00-49 into 2000-2049)';
  }
  const century = parts.twoDigitYear ? (parts.year <= (pivot ?? 0) ? 2_000 : 1_900) : 0;
  const hour = hourOf(parts);
  if (hour === null) return null;
  const { month, day, minute, second, offsetSeconds, hasTime } = parts;
  const civil = { year: parts.year + century, month, day, hour, minute, second, offsetSeconds, hasTime };
  return isRealCivil(civil) ? civil : null;
}

function hourOf(parts: Parts): number | null {
  if (parts.afternoon === null) return parts.hour;
  if (parts.hour < 1 || parts.hour > 12) return null;
  return (parts.hour % 12) + (parts.afternoon ? 12 : 0);
}

const numberTokens: Readonly<Record<string, readonly [keyof Parts & NumberPart, number, number]>> = {
  yyyy: ['year', 4, 4],
  MM: ['month', 1, 2],
  M: ['month', 1, 2],
  dd: ['day', 1, 2],
  d: ['day', 1, 2],
  HH: ['hour', 1, 2],
  H: ['hour', 1, 2],
  hh: ['hour', 1, 2],
  h: ['hour', 1, 2],
  mm: ['minute', 2, 2],
  m: ['minute', 1, 2],
  ss: ['second', 2, 2],
  s: ['second', 1, 2],
};

type NumberPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

function tokenOf(piece: string): Token {
  const number = numberTokens[piece];
  if (number !== undefined) return numberToken(...number);
  switch (piece) {
    case 'yy':
      return (text, at, parts) => {
        parts.twoDigitYear = true;
        return numberToken('year', 2, 2)(text, at, parts);
      };
    case 'MMM':
    case 'MMMM':
      return monthToken;
    case 'EEE':
    case 'EEEE':
      return (text, at) => (wordEnd(text, at) > at ? wordEnd(text, at) : -1);
    case 'SSS':
      return (text, at) => digitsEnd(text, at, 1, 9);
    case 'XXX':
      return offsetToken;
    case 'a':
      return halfToken;
    default:
      return literalToken(piece.length > 1 ? piece.slice(1, -1).replaceAll("''", "'") : piece);
  }
}

function numberToken(part: NumberPart, least: number, most: number): Token {
  const isTime = part === 'hour';
  return (text, at, parts) => {
    const end = digitsEnd(text, at, least, most);
    if (end < 0) return -1;
    parts[part] = Number(text.slice(at, end));
    if (isTime) parts.hasTime = true;
    return end;
  };
}

function digitsEnd(text: string, at: number, least: number, most: number): number {
  let end = at;
  while (end < at + most && isDigit(text.charCodeAt(end))) end += 1;
  return end - at < least ? -1 : end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A space of the format stands for one space or more, of any kind. */
function literalToken(literal: string): Token {
  if (literal === ' ') {
    return (text, at) => {
      let end = at;
      while (end < text.length && /\s/.test(text.charAt(end))) end += 1;
      return end > at ? end : -1;
    };
  }
  return (text, at) => (text.startsWith(literal, at) ? at + literal.length : -1);
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && /[\p{L}\p{M}]/u.test(text.charAt(end))) end += 1;
  return end;
}

const monthToken: Token = (text, at, parts) => {
  const end = wordEnd(text, at);
  const month = end === at ? null : monthOf(text.slice(at, end));
  if (month === null) return -1;
  parts.month = month;
  return text.charAt(end) === '.' ? end + 1 : end;
};

const offsetToken: Token = (text, at, parts) => {
  const match = /^(?:Z|GMT|UTC|UT|[+-]\d{2}:?\d{2})/.exec(text.slice(at, at + 6));
  if (match === null) return -1;
  parts.offsetSeconds = /^[+-]/.test(match[0]) ? offsetOf(match[0]) : 0;
  return at + match[0].length;
};

const halves: Readonly<Record<string, boolean>> = { am: false, pm: true, oo: false, os: true };

/** AM and PM, `a.m.` and `p.m.`, and the Turkish ÖÖ and ÖS. */
const halfToken: Token = (text, at, parts) => {
  const match = /^(?:\p{L}\.\s?\p{L}\.|\p{L}{2})/u.exec(text.slice(at, at + 5));
  if (match === null) return -1;
  const afternoon = halves[foldLetters(match[0]).replace(/[.\s]/g, '')];
  if (afternoon === undefined) return -1;
  parts.afternoon = afternoon;
  return at + match[0].length;
};
