import { z } from 'zod';
import type { Money } from '../../model/target.ts';
import { ambiguousCurrencyWords, currencyCodes, currencyWords } from '../currency-words.ts';
import { type DecimalSign, readDecimal } from '../decimal.ts';
import { foldCase, textKey } from '../fold.ts';
import {
  fieldsTransform,
  gives,
  linesTransform,
  type Outcome,
  quote,
  type Refused,
  refuses,
  textTransform,
} from '../transform.ts';

const codes = new Set(currencyCodes);
const byWord = new Map(Object.entries(currencyWords).map(([word, code]) => [textKey(word), code]));
const byDoubtfulWord = new Map(
  Object.entries(ambiguousCurrencyWords).map(([word, found]) => [textKey(word), found]),
);

/** A dollar sign is any dollar where one is declared. */
const dollars = new Set(['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'MXN', 'TWD', 'CLP', 'COP', 'ARS']);

type CurrencyReading =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'doubtful'; readonly codes: readonly string[] }
  | { readonly kind: 'unknown' };

/** The currency a sign, name or code means. */
function readCurrency(text: string): CurrencyReading {
  const bare = text.trim();
  const code = bare.toUpperCase();
  if (/^[A-Za-z]{3}$/.test(bare) && codes.has(code)) return { kind: 'code', code };
  const key = textKey(bare);
  const known = byWord.get(key);
  if (known !== undefined) return { kind: 'code', code: known };
  const doubtful = byDoubtfulWord.get(key);
  return doubtful === undefined ? { kind: 'unknown' } : { kind: 'doubtful', codes: doubtful };
}

const currency = textTransform({
  name: 'currency',
  summary: 'A currency as its ISO 4217 code, from a sign (₺ $ € £), a name (TL, Euro) or a code.',
  gives: 'currency',
  effect: 'normalised',
  settings: z.strictObject({}),
  examples: [
    { value: 'TRY', gives: 'TRY', effect: 'asIs' },
    { value: 'try', gives: 'TRY' },
    { value: '₺', gives: 'TRY' },
    { value: 'TL', gives: 'TRY' },
    { value: 'tl', gives: 'TRY' },
    { value: 'YTL', gives: 'TRY' },
    { value: '$', gives: 'USD' },
    { value: 'US$', gives: 'USD' },
    { value: '€', gives: 'EUR' },
    { value: 'Euro', gives: 'EUR' },
    { value: '£', gives: 'GBP' },
    { value: ' usd ', gives: 'USD' },
    { value: '¥', refuses: 'can be JPY or CNY' },
    { value: 'kr', refuses: 'can be SEK or NOK' },
    { value: 'XYZ', refuses: 'is no currency' },
    { value: 'gold', refuses: 'is no currency' },
  ],
  prepare: () => (text) => {
    const reading = readCurrency(text);
    if (reading.kind === 'code') return gives(reading.code);
    return refuses(
      reading.kind === 'unknown'
        ? `${quote(text)} is no currency that Landfall knows`
        : `${quote(text)} can be ${reading.codes.join(' or ')}: use a value table`,
    );
  },
});

const money = fieldsTransform({
  name: 'money',
  summary:
    'An amount with its currency: from the second field, else the sign beside the amount, else the setting, else the company’s. Two that differ are refused.',
  gives: 'money',
  effect: 'normalised',
  settings: z.strictObject({
    decimal: z
      .enum(['.', ','])
      .optional()
      .describe(
        'The decimal sign of the source. Without it, amounts that can be read in two ways are refused.',
      ),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe('ISO 4217 code where the source names none.'),
  }),
  examples: [
    { value: '1000', context: { currency: 'TRY' }, gives: { amount: '1000', currency: 'TRY' } },
    { value: ['1000', 'EUR'], gives: { amount: '1000', currency: 'EUR' } },
    { value: ['1000', ''], context: { currency: 'TRY' }, gives: { amount: '1000', currency: 'TRY' } },
    { value: ['', 'EUR'], gives: null },
    { value: '1.234,56 €', gives: { amount: '1234.56', currency: 'EUR' } },
    { value: '$1,234.56', gives: { amount: '1234.56', currency: 'USD' } },
    { value: '-$1,234.56', gives: { amount: '-1234.56', currency: 'USD' } },
    { value: '($1,234.56)', gives: { amount: '-1234.56', currency: 'USD' } },
    { value: '₺1.234.567,89', gives: { amount: '1234567.89', currency: 'TRY' } },
    { value: '1.500 TL', settings: { decimal: ',' }, gives: { amount: '1500', currency: 'TRY' } },
    { value: 'USD 12.50', gives: { amount: '12.5', currency: 'USD' } },
    { value: '12.5000', gives: { amount: '12.5', currency: 'TRY' } },
    { value: '0', gives: { amount: '0', currency: 'TRY' } },
    { value: '100', settings: { currency: 'GBP' }, gives: { amount: '100', currency: 'GBP' } },
    { value: ['$100', 'CAD'], gives: { amount: '100', currency: 'CAD' } },
    { value: ['¥1234', 'JPY'], gives: { amount: '1234', currency: 'JPY' } },
    { value: ['€100', 'USD'], refuses: 'the amount says EUR, the currency field says USD' },
    { value: '¥1234', refuses: 'can be JPY or CNY' },
    { value: 'kr 1 234', refuses: 'can be SEK or NOK' },
    { value: '1.234 €', refuses: 'can be 1234 or 1.234' },
    { value: '$', refuses: 'is no amount' },
    { value: '100 bananas', refuses: 'is no currency' },
    { value: ['100', 'gold'], refuses: 'is no currency' },
    { value: '100 200 €', gives: { amount: '100200', currency: 'EUR' } },
    { value: '100 20 €', refuses: 'groups of the wrong size' },
  ],
  prepare: (settings, context) => (fields) =>
    amountOf(fields, settings.decimal ?? null, settings.currency ?? null, context.currency),
});

function amountOf(
  fields: readonly string[],
  sign: DecimalSign | null,
  declared: string | null,
  home: string,
): Outcome {
  const text = fields[0]?.trim() ?? '';
  if (text === '') return gives(null);
  const pieces = splitAmount(text);
  if (pieces === null) return refuses(`${quote(text)} is no amount`);
  const code = currencyOf(pieces.word, fields[1]?.trim() ?? '', declared, home);
  if (!code.ok) return code;
  const reading = readDecimal(pieces.digits, sign);
  if (!reading.ok) return refuses(`${quote(text)} ${reading.reason}`);
  return gives({ amount: reading.value, currency: code.code });
}

/** Parts the sign or name of the currency from the digits: it stands on one side of them, inside the minus or not. */
function splitAmount(text: string): { digits: string; word: string } | null {
  const first = text.search(/[0-9０-９]/);
  if (first < 0) return null;
  let last = text.length;
  while (!/[0-9０-９)-]/.test(text.charAt(last - 1))) last -= 1;
  const start = /[.,]/.test(text.charAt(first - 1)) ? first - 1 : first;
  const before = text.slice(0, start);
  const marks = before.replace(/[^(+\-−]/g, '');
  const left = before.replace(/[(+\-−]/g, '').trim();
  const tail = text.slice(last).trim();
  const right = marks.includes('(') ? tail.replace(/\)$/, '').trim() : tail;
  if (left !== '' && right !== '') return null;
  return { digits: marks + text.slice(start, last).trim(), word: left + right };
}

type CodeFound = { readonly ok: true; readonly code: string } | Refused;

function currencyOf(word: string, field: string, declared: string | null, home: string): CodeFound {
  const stated = field === '' ? null : readCurrency(field);
  if (stated?.kind === 'unknown') return refuses(`${quote(field)} is no currency that Landfall knows`);
  const fromField = stated?.kind === 'code' ? stated.code : null;
  if (word === '') {
    if (stated?.kind === 'doubtful') return refuses(`${quote(field)} can be ${stated.codes.join(' or ')}`);
    return { ok: true, code: fromField ?? declared ?? home };
  }
  return wordAgainst(word, fromField ?? declared, fromField === null ? 'setting' : 'field');
}

function wordAgainst(word: string, declared: string | null, where: 'field' | 'setting'): CodeFound {
  const beside = readCurrency(word);
  if (beside.kind === 'unknown') return refuses(`${quote(word)} is no currency that Landfall knows`);
  if (beside.kind === 'doubtful') {
    if (declared !== null && beside.codes.includes(declared)) return { ok: true, code: declared };
    return refuses(`${quote(word)} can be ${beside.codes.join(' or ')}: name the currency in the row`);
  }
  const anyDollar = foldCase(word) === '$' && declared !== null && dollars.has(declared);
  if (declared === null || anyDollar) return { ok: true, code: declared ?? beside.code };
  if (beside.code === declared || where === 'setting') return { ok: true, code: beside.code };
  return refuses(`the amount says ${beside.code}, the currency field says ${declared}`);
}

/**
 * An amount as decimal text with what names its currency: the text beside it, else the sign or name within. Refused when
 * it is no amount, or when the two differ.
 */
export function readAmount(
  text: string,
  unit: string,
  sign: DecimalSign | null,
): { readonly ok: true; readonly value: string; readonly unit: string } | Refused {
  const pieces = splitAmount(text.trim());
  const plain = pieces === null || pieces.word === '' ? text : pieces.digits;
  const reading = readDecimal(plain, sign);
  if (!reading.ok) return refuses(`${quote(text)} ${reading.reason}`);
  const word = pieces?.word ?? '';
  if (word === '' || unit === '') return { ok: true, value: reading.value, unit: unit === '' ? word : unit };
  const code = currencyOf(word, unit, null, '');
  return code.ok ? { ok: true, value: reading.value, unit } : code;
}

const prices = linesTransform({
  name: 'prices',
  summary:
    'Amounts with their currencies, in pairs, as one price in each currency: of several in one currency the first. What has no amount is left out.',
  gives: 'prices',
  effect: 'byRule',
  settings: z.strictObject({
    decimal: z.enum(['.', ',']).optional().describe('The decimal sign of the source.'),
  }),
  examples: [
    {
      value: [
        ['10.00', 'EUR', '10.00', 'EUR'],
        ['10.00', 'EUR', '12.50', 'USD'],
        ['10.00', 'EUR', '', 'TRY'],
      ],
      gives: [
        { amount: '10', currency: 'EUR' },
        { amount: '12.5', currency: 'USD' },
      ],
    },
    { value: [['10', 'EUR']], gives: { amount: '10', currency: 'EUR' } },
    { value: [['10', '']], context: { currency: 'TRY' }, gives: { amount: '10', currency: 'TRY' } },
    { value: [['', 'EUR']], gives: null },
    { value: [['many', 'EUR']], refuses: 'is no amount' },
  ],
  prepare: (settings, context) => (lines) => {
    const found = new Map<string, Money>();
    for (const line of lines) {
      for (let at = 0; at < line.length; at += 2) {
        const outcome = amountOf(line.slice(at, at + 2), settings.decimal ?? null, null, context.currency);
        if (!outcome.ok) return outcome;
        const price = outcome.value as Money | null;
        if (price !== null && !found.has(price.currency)) found.set(price.currency, price);
      }
    }
    const [only, ...others] = found.values();
    if (only === undefined) return gives(null);
    return gives(others.length === 0 ? only : [only, ...others]);
  },
});

/** Transforms of amounts and currencies. */
export const moneyTransforms = [money, prices, currency];
