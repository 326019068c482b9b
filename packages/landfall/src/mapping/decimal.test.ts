import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  numberText,
  readDecimal,
  roundDecimal,
  shiftDecimal,
} from './decimal.ts';

const digits = fc.bigInt({ min: 0n, max: 10n ** 30n });
const styles = [
  { sign: '.', group: ',' },
  { sign: ',', group: '.' },
  { sign: ',', group: ' ' },
  { sign: ',', group: '\u202f' },
  { sign: '.', group: "'" },
  { sign: '.', group: '' },
] as const;

function grouped(whole: string, group: string): string {
  return whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, group);
}

function canonical(whole: bigint, fraction: string, negative: boolean): string {
  const places = fraction.replace(/0+$/, '');
  const text = places === '' ? String(whole) : `${whole}.${places}`;
  return negative && text !== '0' ? `-${text}` : text;
}

describe('numbers never pass through a float', () => {
  it('whatever a locale makes of digits is read back, none lost', () => {
    const fractions = fc.stringMatching(/^[0-9]{0,12}$/);
    fc.assert(
      fc.property(
        digits,
        fractions,
        fc.boolean(),
        fc.constantFrom(...styles),
        (whole, fraction, negative, style) => {
          const text = `${negative ? '-' : ''}${grouped(String(whole), style.group)}${fraction === '' ? '' : style.sign}${fraction}`;
          expect(readDecimal(text, style.sign)).toEqual({
            ok: true,
            value: canonical(whole, fraction, negative),
          });
          const undeclared = readDecimal(text, null);
          // without a declared sign it is the same number or a refusal, never another number
          if (undeclared.ok) expect(undeclared.value).toBe(canonical(whole, fraction, negative));
        },
      ),
      { numRuns: 2_000, seed: 3 },
    );
  });

  it('shifting there and back is the same number', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 40 }), (whole, places) => {
        expect(shiftDecimal(shiftDecimal(String(whole), -places), places)).toBe(String(whole));
      }),
      { seed: 5 },
    );
  });

  it.each([
    ['0.5', 0, '1'],
    ['-0.5', 0, '-1'],
    ['-0.4', 0, '0'],
    ['9.995', 2, '10'],
    ['1.2', 3, '1.2'],
  ])('%s rounded to %i places is %s', (value, places, rounded) => {
    expect(roundDecimal(value, places)).toBe(rounded);
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-1e-7, '-0.0000001'],
    [0.1, '0.1'],
    [-0, '0'],
  ])('the JSON number %d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('sums and comparisons are those of whole numbers, wherever the points stand', () => {
    const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const places = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(whole, places, whole, places, (left, leftPlaces, right, rightPlaces) => {
        const [a, b] = [shiftDecimal(String(left), -leftPlaces), shiftDecimal(String(right), -rightPlaces)];
        const [big, small] = [left * 10n ** BigInt(20 - leftPlaces), right * 10n ** BigInt(20 - rightPlaces)];
        expect(addDecimals(a, b)).toBe(shiftDecimal(String(big + small), -20));
        expect(compareDecimals(a, b)).toBe(big === small ? 0 : big < small ? -1 : 1);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(addDecimals('-0.30', '0.3')).toBe('0');
  });
});
