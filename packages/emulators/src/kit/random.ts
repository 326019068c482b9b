/** A stream of numbers that a seed decides entirely: the same seed gives the same world, faults and ids. */
export interface SeededRandom {
  /** The next number, 0 <= n < 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of the items; throws when there is none. */
  pick<T>(items: readonly T[]): T;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** A version 4 UUID made of this stream. */
  uuid(): string;
}

/** Makes the stream of `seed` (any integer). The generator is mulberry32: small, fast, no secrets in it. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (length: number): string => {
    let digits = '';
    while (digits.length < length)
      digits += Math.floor(next() * 4_294_967_296)
        .toString(16)
        .padStart(8, '0');
    return digits.slice(0, length);
  };
  return {
    next,
    between,
    hex,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('pick needs at least one item');
      return item;
    },
    uuid() {
      const digits = hex(32);
      const variant = '89ab'[between(0, 3)] ?? '8';
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}
