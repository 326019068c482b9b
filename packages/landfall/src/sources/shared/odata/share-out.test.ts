import { describe, expect, it } from 'vitest';
import { addDecimals, type Decimal, shiftDecimal } from '../../../mapping/decimal.ts';
import { sharedOut, type WholeLine } from './share-out.ts';

/** What lines come to, to the last digit. */
function totalOf(lines: readonly WholeLine[]): Decimal {
  const sums = lines.map(({ quantity, price, discount }) =>
    addDecimals(times(quantity, price), `-${discount}`.replace(/^--|^-(?=0$)/, '')),
  );
  return sums.reduce((sum, each) => addDecimals(sum, each), '0');
}

function times(left: Decimal, right: Decimal): Decimal {
  const [a, b] = [left, right].map((value) => BigInt(shiftDecimal(value, 20)));
  return shiftDecimal(String((a ?? 0n) * (b ?? 0n)), -40);
}

describe('a line is shared out to its members (O-27(b))', () => {
  it.each([
    {
      says: 'prices keep their relation, quantities multiply',
      line: { quantity: '2', price: '300', discount: '0' },
      members: [
        { quantity: '1', listPrice: '100' },
        { quantity: '2', listPrice: '250' },
      ],
      lines: [
        { quantity: '2', price: '50', discount: '0' },
        { quantity: '4', price: '125', discount: '0' },
      ],
    },
    {
      says: 'what rounding leaves is on the last line',
      line: { quantity: '1', price: '100', discount: '0' },
      members: Array.from({ length: 3 }, () => ({ quantity: '1', listPrice: '1' })),
      lines: [
        { quantity: '1', price: '33.33', discount: '0' },
        { quantity: '1', price: '33.33', discount: '0' },
        { quantity: '1', price: '33.34', discount: '0' },
      ],
    },
    {
      says: 'without list prices each piece costs the same; below a coin the rest is a discount',
      line: { quantity: '1', price: '10', discount: '1' },
      members: [
        { quantity: '1', listPrice: '0' },
        { quantity: '2', listPrice: '0' },
      ],
      lines: [
        { quantity: '1', price: '3.33', discount: '0.33' },
        { quantity: '2', price: '3.34', discount: '0.68' },
      ],
    },
    {
      says: 'a member that costs nothing stays at nothing but for the remainder',
      line: { quantity: '3', price: '9.99', discount: '0' },
      members: [
        { quantity: '1', listPrice: '7' },
        { quantity: '1', listPrice: '0' },
      ],
      lines: [
        { quantity: '3', price: '9.99', discount: '0' },
        { quantity: '3', price: '0', discount: '0' },
      ],
    },
    {
      says: 'a list price below nothing counts as none',
      line: { quantity: '1', price: '10', discount: '0' },
      members: [
        { quantity: '1', listPrice: '5' },
        { quantity: '1', listPrice: '-5' },
      ],
      lines: [
        { quantity: '1', price: '10', discount: '0' },
        { quantity: '1', price: '0', discount: '0' },
      ],
    },
    {
      says: 'a quantity of nothing comes to nothing',
      line: { quantity: '0', price: '9.99', discount: '0' },
      members: [
        { quantity: '1', listPrice: '1' },
        { quantity: '1', listPrice: '1' },
      ],
      lines: [
        { quantity: '0', price: '4.99', discount: '0' },
        { quantity: '0', price: '0', discount: '0' },
      ],
    },
  ])('$says', ({ line, members, lines }) => {
    expect(sharedOut(line, members, 2)).toEqual(lines);
  });

  it('comes to exactly what the whole came to, whatever the numbers', () => {
    for (let at = 1; at < 400; at += 1) {
      const line = {
        quantity: shiftDecimal(String((at * 37) % 1_000), -(at % 4)),
        price: shiftDecimal(String((at * 7919) % 100_003), -2),
        discount: shiftDecimal(String(at % 100), -2),
      };
      const members = Array.from({ length: 1 + (at % 5) }, (_, place) => ({
        quantity: shiftDecimal(String(1 + ((at + place * 13) % 29)), -(place % 2)),
        listPrice: shiftDecimal(String((at * (place + 3)) % 911), -2),
      }));
      const lines = sharedOut(line, members, at % 4);
      expect(totalOf(lines), JSON.stringify({ line, members })).toBe(totalOf([line]));
      for (const { price, discount } of lines) expect([price[0], discount[0]]).not.toContain('-');
    }
  });
});
