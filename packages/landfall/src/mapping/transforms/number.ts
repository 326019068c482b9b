import { z } from 'zod';
import { compareDecimals, compareToOne, readDecimal, roundDecimal, shiftDecimal } from '../decimal.ts';
import { gives, type Outcome, quote, refuses, textTransform } from '../transform.ts';

const decimal = z
  .enum(['.', ','])
  .optional()
  .describe('The decimal sign of the source. Without it, texts that can be read in two ways are refused.');

const number = textTransform({
  name: 'number',
  summary: 'A number as decimal text: group signs go, no digit is lost, nothing is rounded.',
  gives: (settings) => (settings.integer === true ? 'integer' : 'decimal'),
  effect: 'normalised',
  settings: z.strictObject({
    decimal,
    integer: z.boolean().optional().describe('true: a number with a fraction is refused.'),
    min: z.number().optional().describe('The least that is taken; what is below is refused.'),
    max: z.number().optional().describe('The most that is taken; what is above is refused.'),
  }),
  examples: [
    { value: '12', gives: '12', effect: 'asIs' },
    { value: ' 12 ', gives: '12' },
    { value: '+12', gives: '12' },
    { value: '−12', gives: '-12' },
    { value: '123-', gives: '-123' },
    { value: '(1,234.50)', gives: '-1234.5' },
    { value: '1,234.56', gives: '1234.56' },
    { value: '1.234,56', gives: '1234.56' },
    { value: '1 234,56', gives: '1234.56' },
    { value: '1\u202f234,56', gives: '1234.56' },
    { value: "1'234.56", gives: '1234.56' },
    { value: '1.234.567', gives: '1234567' },
    { value: '1.234.567,89', settings: { decimal: ',' }, gives: '1234567.89' },
    { value: '1,5', gives: '1.5' },
    { value: '0.125', gives: '0.125', effect: 'asIs' },
    { value: '1.234', settings: { decimal: '.' }, gives: '1.234', effect: 'asIs' },
    { value: '1.234', settings: { decimal: ',' }, gives: '1234' },
    { value: '1,234', settings: { decimal: '.' }, gives: '1234' },
    { value: '1.234', refuses: 'can be 1234 or 1.234' },
    { value: '1,234', refuses: 'can be 1234 or 1.234' },
    { value: '３.０', gives: '3' },
    { value: '９９', gives: '99' },
    { value: '3.0', settings: { integer: true }, gives: '3' },
    { value: '3.5', settings: { integer: true }, refuses: 'is not a whole number' },
    { value: '0', settings: { min: 0 }, gives: '0', effect: 'asIs' },
    { value: '-5', settings: { min: 0 }, refuses: 'is below 0' },
    { value: '101', settings: { min: 0, max: 100 }, refuses: 'is above 100' },
    { value: '007', gives: '7' },
    { value: '-0', gives: '0' },
    { value: '.5', gives: '0.5' },
    { value: '12345678901234567890.123456789', gives: '12345678901234567890.123456789', effect: 'asIs' },
    { value: '9.05321E+11', refuses: 'exponent' },
    { value: 'NaN', refuses: 'is no number' },
    { value: '0x10', refuses: 'is no number' },
    { value: '0.1+0.2', refuses: 'is no number' },
    { value: 'TRUE', refuses: 'is no number' },
    { value: '½', refuses: 'is no number' },
    { value: '1,2 Mio', refuses: 'is no number' },
    { value: '12,34,567', refuses: 'groups of the wrong size' },
    { value: '1.5', settings: { decimal: ',' }, refuses: 'groups of the wrong size' },
    { value: '1,5,6', settings: { decimal: ',' }, refuses: 'more than one decimal sign' },
  ],
  prepare: (settings) => (text) => {
    const reading = readDecimal(text, settings.decimal ?? null);
    if (!reading.ok) return refuses(`${quote(text)} ${reading.reason}`);
    if (settings.integer === true && reading.value.includes('.')) {
      return refuses(`${quote(text)} is not a whole number`);
    }
    const { min, max } = settings;
    if (min !== undefined && compareDecimals(reading.value, String(min)) < 0) {
      return refuses(`${quote(text)} is below ${min}, the least that can be`);
    }
    if (max !== undefined && compareDecimals(reading.value, String(max)) > 0) {
      return refuses(`${quote(text)} is above ${max}, the most that can be`);
    }
    return gives(reading.value);
  },
});

const percent = textTransform({
  name: 'percent',
  summary:
    'A share in percent, as decimal text without the sign: `12,5 %`, or a fraction when that is declared.',
  gives: 'decimal',
  effect: 'normalised',
  settings: z.strictObject({
    decimal,
    scale: z
      .enum(['percent', 'fraction'])
      .optional()
      .describe('What a number without % means: `12.5` is 12.5 % (percent), `0.125` is 12.5 % (fraction).'),
  }),
  examples: [
    { value: '12.5%', gives: '12.5' },
    { value: '12,5 %', gives: '12.5' },
    { value: '%12,5', gives: '12.5' },
    { value: '40', gives: '40', effect: 'asIs' },
    { value: '0', gives: '0', effect: 'asIs' },
    { value: '0.1', refuses: 'declare the scale' },
    { value: '1', refuses: 'declare the scale' },
    { value: '0.1', settings: { scale: 'percent' }, gives: '0.1', effect: 'asIs' },
    { value: '0.125', settings: { scale: 'fraction' }, gives: '12.5' },
    { value: '0,125', settings: { scale: 'fraction', decimal: ',' }, gives: '12.5' },
    { value: '1', settings: { scale: 'fraction' }, gives: '100' },
    { value: '50%', settings: { scale: 'fraction' }, gives: '50' },
    { value: 'half', refuses: 'is no number' },
  ],
  prepare: (settings) => (text) => share(text, settings),
});

function share(
  text: string,
  settings: { decimal?: '.' | ',' | undefined; scale?: 'percent' | 'fraction' | undefined },
): Outcome {
  const bare = text.trim();
  const hasSign = bare.startsWith('%') || bare.endsWith('%');
  const digits = hasSign ? bare.replace(/^%|%$/g, '').trim() : bare;
  const reading = readDecimal(digits, settings.decimal ?? null);
  if (!reading.ok) return refuses(`${quote(text)} ${reading.reason}`);
  if (hasSign || settings.scale === 'percent') return gives(reading.value);
  if (settings.scale === 'fraction') return gives(shiftDecimal(reading.value, 2));
  if (reading.value !== '0' && compareToOne(reading.value) <= 0) {
    return refuses(`${quote(text)} can be a share or a percentage: declare the scale (percent or fraction)`);
  }
  return gives(reading.value);
}

const round = textTransform({
  name: 'round',
  summary: 'Rounds a decimal, half away from zero; what is cut is lost, and the proof says so.',
  gives: (settings) => (settings.places === undefined || settings.places === 0 ? 'integer' : 'decimal'),
  effect: 'lossy',
  settings: z.strictObject({
    places: z.int().min(0).max(20).optional().describe('Digits after the point. Default: 0.'),
  }),
  examples: [
    { value: '12.345', settings: { places: 2 }, gives: '12.35' },
    { value: '-12.345', settings: { places: 2 }, gives: '-12.35' },
    { value: '12.5', gives: '13' },
    { value: '0.4', gives: '0' },
    { value: '12', gives: '12', effect: 'asIs' },
    { value: '99999999999999999999.5', gives: '100000000000000000000' },
    { value: 'x', refuses: 'is no number' },
  ],
  prepare: (settings) => (text) => {
    const reading = readDecimal(text, '.');
    return reading.ok
      ? gives(roundDecimal(reading.value, settings.places ?? 0))
      : refuses(`${quote(text)} ${reading.reason}`);
  },
});

/** Transforms of numbers. */
export const numberTransforms = [number, percent, round];
