/** Digits with an optional point: `-1234.5`. Decimal text goes in and comes out; nothing passes through a float. */
export type Decimal = string;

/** Which sign parts the decimals. */
export type DecimalSign = '.' | ',';

/** A number read, or why not. */
export type DecimalReading =
  | { readonly ok: true; readonly value: Decimal }
  | { readonly ok: false; readonly reason: string };

const textMaxLength = 400;
const plain = /^-?[0-9]+(?:\.[0-9]+)?$/;
const groupSigns = /[\s'’_]/g;
const exponent = /^[+-]?[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+$/i;

/**
 * Reads a number as people write it. `sign` is the declared decimal sign; without one only a text that can be read
 * in one way is taken: `1.234` is refused, because it is 1234 in Ankara and 1.234 in London.
 */
export function readDecimal(text: string, sign: DecimalSign | null): DecimalReading {
  if (sign !== ',' && plain.test(text) && (sign === '.' || !looksGrouped(text))) {
    return { ok: true, value: canonical(text) };
  }
  if (text.length > textMaxLength) return wrong('is too long for a number');
  const bare = text
    .normalize('NFKC')
    .replace(/[−‒–﹣-]/g, '-')
    .trim();
  if (exponent.test(bare)) return wrong('is written with an exponent: digits were lost before it came here');
  const signed = splitSign(bare);
  if (signed === null) return wrong('is no number');
  const digits = withPoint(signed.body.replace(groupSigns, ' ').trim(), sign);
  if (!digits.ok) return digits;
  return { ok: true, value: canonical((signed.negative ? '-' : '') + digits.value) };
}

function wrong(reason: string): DecimalReading {
  return { ok: false, reason };
}

/** `(12)`, `12-`, `-12`, `+12`. */
function splitSign(text: string): { negative: boolean; body: string } | null {
  if (text.startsWith('(') && text.endsWith(')')) return { negative: true, body: text.slice(1, -1).trim() };
  if (text.startsWith('-')) return { negative: true, body: text.slice(1).trim() };
  if (text.startsWith('+')) return { negative: false, body: text.slice(1).trim() };
  if (text.endsWith('-')) return { negative: true, body: text.slice(0, -1).trim() };
  return text === '' ? null : { negative: false, body: text };
}

function withPoint(body: string, declared: DecimalSign | null): DecimalReading {
  if (!/^[0-9.,][0-9., ]*$/.test(body) || !/[0-9]/.test(body)) return wrong('is no number');
  const sign = declared ?? onlyPossibleSign(body);
  if (sign === null) return wrong(ambiguity(body));
  const group = sign === '.' ? ',' : '.';
  const parts = body.split(sign);
  if (parts.length > 2) return wrong(`has more than one decimal sign "${sign}"`);
  const [whole = '', fraction = ''] = parts;
  if (!/^[0-9]*$/.test(fraction)) return wrong('has group signs after the decimal sign');
  if (!isGrouped(whole, group)) return wrong('has digits in groups of the wrong size');
  return { ok: true, value: `${whole.replace(/[., ]/g, '') || '0'}${fraction === '' ? '' : `.${fraction}`}` };
}

/** Three digits a group, one kind of group sign. */
function isGrouped(whole: string, group: string): boolean {
  if (/^[0-9]*$/.test(whole)) return true;
  const mark = whole.includes(group) ? group : ' ';
  const [first = '', ...rest] = whole.split(mark);
  return /^[0-9]{1,3}$/.test(first) && rest.length > 0 && rest.every((part) => /^[0-9]{3}$/.test(part));
}

function onlyPossibleSign(body: string): DecimalSign | null {
  const point = body.lastIndexOf('.');
  const comma = body.lastIndexOf(',');
  if (point < 0 && comma < 0) return '.';
  if (point >= 0 && comma >= 0) return point > comma ? '.' : ',';
  const sign = point >= 0 ? '.' : ',';
  const other = sign === '.' ? ',' : '.';
  if (body.indexOf(sign) !== body.lastIndexOf(sign)) return other;
  if (body.includes(' ')) return sign;
  return looksGrouped(body) ? null : sign;
}

/** One sign with one to three digits before it and exactly three after: a group or a fraction, who knows. */
function looksGrouped(text: string): boolean {
  return /^-?[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(text);
}

function ambiguity(body: string): string {
  const [whole = '', rest = ''] = body.split(/[.,]/);
  return `can be ${whole}${rest} or ${whole}.${rest}: declare the decimal sign (decimal: "," or ".")`;
}

/** Without leading zeros, without zeros at the end of the fraction, without `-0`. */
function canonical(text: Decimal): Decimal {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const digits = whole.replace(/^0+(?=[0-9])/, '');
  const places = trimZeros(fraction);
  const value = places === '' ? digits : `${digits}.${places}`;
  return negative && value !== '0' ? `-${value}` : value;
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charAt(end - 1) === '0') end -= 1;
  return fraction.slice(0, end);
}

/** The decimal moved by powers of ten: `shift('0.125', 2)` is `12.5`. */
export function shiftDecimal(value: Decimal, places: number): Decimal {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  return canonical(`${negative ? '-' : ''}${padded.slice(0, at)}.${padded.slice(at) || '0'}`);
}

/** Rounded half away from zero to a number of places. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.');
  if (fraction.length <= places) return value;
  const kept = BigInt(whole + fraction.slice(0, places));
  const up = fraction.charAt(places) >= '5' ? 1n : 0n;
  return shiftDecimal(`${negative ? '-' : ''}${kept + up}`, -places);
}

/** The sum of two decimals, to the last digit. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const places = Math.max(placesOf(left), placesOf(right));
  return shiftDecimal(String(wholeOf(left, places) + wholeOf(right, places)), -places);
}

/** Below, at or above zero as the left one is smaller, equal or greater. */
export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const places = Math.max(placesOf(left), placesOf(right));
  const [a, b] = [wholeOf(left, places), wholeOf(right, places)];
  return a === b ? 0 : a < b ? -1 : 1;
}

function placesOf(value: Decimal): number {
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
}

/** The decimal times ten to the power of `places`, which must be as many as it has or more. */
function wholeOf(value: Decimal, places: number): bigint {
  return BigInt(value.replace('.', '') + '0'.repeat(places - placesOf(value)));
}

/** -1, 0 or 1 for a decimal's size against 1, its sign aside. */
export function compareToOne(value: Decimal): -1 | 0 | 1 {
  const size = value.startsWith('-') ? value.slice(1) : value;
  if (size === '1') return 0;
  return size.startsWith('0') ? -1 : 1;
}

/** A JSON number as decimal text, never with an exponent. Needs a finite number. */
export function numberText(value: number): Decimal {
  const text = String(value);
  const mark = text.indexOf('e');
  return mark < 0 ? text : shiftDecimal(text.slice(0, mark), Number(text.slice(mark + 1)));
}
