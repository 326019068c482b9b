import { type Decimal, roundDecimal, shiftDecimal } from '../../../mapping/decimal.ts';

/** A line that is sold as one: decimals as texts. */
export interface WholeLine {
  readonly quantity: Decimal;
  /** Of one. */
  readonly price: Decimal;
  /** Of all together, an amount. */
  readonly discount: Decimal;
}

/** What one of it holds: how many, and what one of these costs by itself. */
export interface Member {
  readonly quantity: Decimal;
  readonly listPrice: Decimal;
}

/** Decimals that quantities have at most (facts 1.10); amounts have fewer. */
const places = 10;
const one = 10n ** BigInt(places);

/**
 * The lines of the members of a line: quantities multiply, prices are the list prices scaled to the price of the
 * whole, and what rounding leaves is on the last one, as price and, below the smallest coin, as discount. The lines
 * come to exactly what the whole came to. Without any list price each piece costs the same. `coinPlaces`: decimals of
 * the currency. Needs one member or more, each with a quantity above 0; a list price below 0 counts as none.
 */
export function sharedOut(
  line: WholeLine,
  members: readonly Member[],
  coinPlaces: number,
): readonly WholeLine[] {
  const [quantity, price, discount] = [line.quantity, line.price, line.discount].map(whole) as [
    bigint,
    bigint,
    bigint,
  ];
  const coin = 10n ** BigInt(Math.max(0, places - coinPlaces));
  const given = members.map(({ quantity: each, listPrice }) => ({
    each: whole(each),
    list: notLess(whole(listPrice)),
  }));
  const isPriced = given.some(({ list }) => list > 0n);
  const weighed = given.map(({ each, list }) => ({ each, list: isPriced ? list : one }));
  const total = weighed.reduce((sum, { each, list }) => sum + each * list, 0n);
  let leftAmount = price * quantity;
  let leftDiscount = discount * one;
  return weighed.map(({ each, list }, at) => {
    const count = (each * quantity) / one;
    const isLast = at === weighed.length - 1;
    const unit = isLast ? null : floorTo((price * list * one) / total, coin);
    const own = unit ?? upTo(count === 0n ? 0n : leftAmount, count, coin);
    leftAmount -= own * count;
    const share = isLast ? leftDiscount - leftAmount : floorTo((discount * each * list) / total, coin) * one;
    leftDiscount -= share;
    return { quantity: text(count, places), price: text(own, places), discount: text(share, 2 * places) };
  });
}

function whole(value: Decimal): bigint {
  return BigInt(shiftDecimal(roundDecimal(value, places), places));
}

function notLess(price: bigint): bigint {
  return price < 0n ? 0n : price;
}

function text(value: bigint, decimals: number): Decimal {
  return shiftDecimal(String(value), -decimals);
}

function floorTo(value: bigint, coin: bigint): bigint {
  return (value / coin) * coin;
}

/** The smallest whole number of coins that, times `count`, comes to `amount` or more. */
function upTo(amount: bigint, count: bigint, coin: bigint): bigint {
  if (count === 0n) return 0n;
  const step = count * coin;
  return ((amount + step - 1n) / step) * coin;
}
