import type { SourceType } from '../../../model/source.ts';
import { type ColumnProfile, sortedCounts, type ValueCount } from './column-profile.ts';
import { headerUnit, headerWords } from './header.ts';

/** A type with its reason, for a person to check. */
export interface TypeVerdict {
  readonly type: SourceType;
  readonly evidence: string;
}

/** So large a share of the values must be of a kind before the column is. */
const shareNeeded = 0.95;
const choiceMaxDistinct = 60;
const choiceMaxChars = 60;
const choiceMinRepeats = 3;
const separators = [';', '|', ','] as const;

const moneyWords = new Set([
  ...[
    'amount',
    'price',
    'budget',
    'revenue',
    'value',
    'cost',
    'fee',
    'total',
    'turnover',
    'income',
    'salary',
  ],
  ...['tutar', 'fiyat', 'butce', 'ciro', 'bedel', 'ucret', 'toplam', 'maliyet', 'gelir'],
]);
const phoneWords = new Set([
  'phone',
  'tel',
  'telefon',
  'mobile',
  'gsm',
  'cep',
  'fax',
  'faks',
  'whatsapp',
  'cell',
]);
const dateWords = new Set(['date', 'tarih', 'tarihi', 'day', 'deadline', 'at', 'on', 'datum', 'since']);
const currencyCode = /^(?:TRY|TL|USD|EUR|GBP|CHF|₺|\$|€|£)$/i;

/** Tells what a custom column holds: from its values, the header only where the values could be two things. */
export function inferType(header: string, profile: ColumnProfile): TypeVerdict {
  profile.close();
  const meaningful = profile.filled - profile.kinds.nothing;
  if (meaningful <= 0) return { type: 'text', evidence: 'no values' };
  return (
    byForm(header, profile, meaningful) ??
    byVocabulary(profile, meaningful) ?? {
      type: 'text',
      evidence: `${counted(meaningful)} values of many kinds, longest ${profile.longest} characters`,
    }
  );
}

function byForm(header: string, profile: ColumnProfile, meaningful: number): TypeVerdict | null {
  const { kinds, dates, numbers } = profile;
  const words = headerWords(header);
  const most = (count: number) => count / meaningful >= shareNeeded;
  const said = (count: number, what: string) =>
    `${counted(count)} of ${counted(meaningful)} values are ${what}`;
  if (kinds.html / meaningful >= 0.2) return { type: 'html', evidence: said(kinds.html, 'HTML') };
  if (most(kinds.email)) return { type: 'email', evidence: said(kinds.email, 'e-mail addresses') };
  if (most(kinds.url)) return { type: 'url', evidence: said(kinds.url, 'web addresses') };
  if (most(dates.dates + dates.empty) && dates.dates > 0) return dateVerdict(profile, said);
  const damagedPhones = words.some((word) => phoneWords.has(word)) ? numbers.numbers : 0;
  const phones = Math.max(kinds.phone, damagedPhones);
  if (most(phones) && phones > 0) return { type: 'phone', evidence: said(phones, 'phone numbers') };
  if (isBoolean(profile, meaningful)) return { type: 'boolean', evidence: said(kinds.boolean, 'yes or no') };
  if (most(kinds.duration)) return { type: 'duration', evidence: said(kinds.duration, 'lengths of time') };
  if (most(numbers.numbers)) return numberVerdict(header, words, profile, said);
  if (kinds.long / meaningful >= 0.05) {
    return { type: 'longText', evidence: said(kinds.long, 'long or have several lines') };
  }
  return null;
}

type Said = (count: number, what: string) => string;

function dateVerdict(profile: ColumnProfile, said: Said): TypeVerdict {
  const { dates } = profile;
  const type = dates.withTime > 0 ? 'dateTime' : 'date';
  const what = type === 'date' ? 'dates' : 'dates with a time';
  const empty = dates.empty > 0 ? `, ${counted(dates.empty)} stand for "no date"` : '';
  return { type, evidence: `${said(dates.dates, what)}${empty}; ${dates.read().evidence}` };
}

function numberVerdict(
  header: string,
  words: readonly string[],
  profile: ColumnProfile,
  said: Said,
): TypeVerdict {
  const { numbers } = profile;
  const form = numbers.describe();
  const tail = form === '' ? '' : `; ${form}`;
  if (numbers.percent * 2 > numbers.numbers)
    return { type: 'percent', evidence: said(numbers.percent, 'percentages') + tail };
  const money = numbers.money * 2 > numbers.numbers || currencyCode.test(headerUnit(header) ?? '');
  if (money || words.some((word) => moneyWords.has(word))) {
    return { type: 'money', evidence: `${said(numbers.numbers, 'amounts')}${tail}` };
  }
  if (numbers.leadingZero > 0) {
    const zeros = said(numbers.leadingZero, 'digits with a leading zero, so codes and not numbers');
    return { type: 'text', evidence: zeros };
  }
  if (words.some((word) => dateWords.has(word)) && looksSerial(profile)) {
    return {
      type: 'date',
      evidence: said(numbers.numbers, 'day numbers of a spreadsheet (45292 is 2024-01-01)'),
    };
  }
  return { type: 'number', evidence: `${said(numbers.numbers, 'numbers')}${tail}` };
}

/** Spreadsheets count days from 1900; 20000 to 60000 are the years 1954 to 2064. */
export function looksSerial(profile: ColumnProfile): boolean {
  const values = [...profile.values().keys()];
  return values.length > 0 && values.every((text) => /^[2-5]\d{4}(?:[.,]\d+)?$/.test(text));
}

/** Only words for yes and no, and both kinds of them (a column of zeros is numbers). */
function isBoolean(profile: ColumnProfile, meaningful: number): boolean {
  if (profile.overflow || profile.distinct > 6) return false;
  return profile.kinds.boolean >= meaningful && (profile.distinct >= 2 || hasWord(profile));
}

function hasWord(profile: ColumnProfile): boolean {
  return [...profile.values().keys()].every((text) => /^\p{L}{2,}$/u.test(text));
}

function byVocabulary(profile: ColumnProfile, meaningful: number): TypeVerdict | null {
  if (profile.overflow) return null;
  const parts = multipleParts(profile, meaningful);
  if (parts !== null) {
    const evidence = `lists of ${parts.size} different words, ${counted(meaningful)} values`;
    return { type: 'choices', evidence };
  }
  const { distinct } = profile;
  const short = [...profile.values().keys()].every((value) => value.length <= choiceMaxChars);
  if (!short || distinct > choiceMaxDistinct || meaningful / distinct < choiceMinRepeats) return null;
  return { type: 'choice', evidence: `${distinct} different values in ${counted(meaningful)}` };
}

function multipleParts(profile: ColumnProfile, meaningful: number): ReadonlyMap<string, number> | null {
  for (const separator of separators) {
    const parts = new Map<string, number>();
    let lists = 0;
    for (const [value, count] of profile.values()) {
      const pieces = partsOf(value, separator);
      if (pieces.length > 1) lists += count;
      for (const piece of pieces) parts.set(piece, (parts.get(piece) ?? 0) + count);
    }
    const short = [...parts.keys()].every((part) => part.length <= 40);
    const repeats = [...parts.values()].reduce((sum, count) => sum + count, 0) / Math.max(1, parts.size);
    const telling = lists / meaningful >= 0.1 && parts.size <= choiceMaxDistinct && repeats >= 4;
    if (telling && short && parts.size > 1) return parts;
  }
  return null;
}

function partsOf(value: string, separator: string): string[] {
  return value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The values to show for a type: whole cells, but the single words of lists and tags, which become options.
 * Tags are cut at `;`, `|` and `,`.
 */
export function valuesOf(type: SourceType, profile: ColumnProfile, limit = 200): ValueCount[] {
  if (type !== 'tags' && type !== 'choices') return profile.top(limit);
  return sortedCounts(wordsOf(type, profile)).slice(0, limit);
}

/** How many different values of that type were seen, at most 1,000. */
export function distinctOf(type: SourceType, profile: ColumnProfile): number {
  if (type !== 'tags' && type !== 'choices') return profile.distinct;
  return Math.min(1_000, wordsOf(type, profile).size);
}

function wordsOf(type: SourceType, profile: ColumnProfile): ReadonlyMap<string, number> {
  const parts = type === 'choices' ? multipleParts(profile, Math.max(1, profile.filled)) : null;
  if (parts !== null) return parts;
  const words = new Map<string, number>();
  for (const [value, count] of profile.values()) {
    const pieces = new Set(value.split(/[;|,]/).map((piece) => piece.trim()));
    for (const piece of pieces) if (piece !== '') words.set(piece, (words.get(piece) ?? 0) + count);
  }
  return words;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
