/** A number with so many decimals, kept as a whole number of its smallest part: 1.50 with two decimals is 150n. */
export function parseScaled(text: string, scale: number): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text.trim()) ?? [];
  const units = BigInt(`${whole === '' ? '0' : whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
  return sign === '-' ? -units : units;
}

/** Prints a scaled number with all its decimals: trailing zeros stay. */
export function printScaled(units: bigint, scale: number): string {
  if (scale === 0) return String(units);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Changes the number of decimals; what is cut is rounded half away from zero. */
export function rescale(units: bigint, from: number, to: number): bigint {
  return to >= from ? units * 10n ** BigInt(to - from) : divideRounded(units, 10n ** BigInt(from - to));
}

/** A quotient, rounded half away from zero. Needs a positive divisor. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}
