import { nameKey } from '../mapping/key.ts';
import type { SourceField } from '../model/source.ts';
import { shownTexts } from './date-reading.ts';
import { sensitiveWords } from './match-words.ts';

const words = sensitiveWords.split(';').map((word) => nameKey(word) ?? word);
const wholeHeaders = new Set(words);
/** Words long enough to be told inside a longer header (`Patient diagnosis code`). */
const telling = words.filter((word) => word.length >= 6);

/** Asked for often, and not cheap. */
const known = new WeakMap<SourceField, string | null>();

/** Why a column holds what should not move without a thought (health, identity, cards, accounts); null when it does not. */
export function sensitivityOf(field: SourceField): string | null {
  const before = known.get(field);
  if (before !== undefined) return before;
  const found = lookAt(field);
  known.set(field, found);
  return found;
}

function lookAt(field: SourceField): string | null {
  const header = ` ${nameKey(field.name) ?? ''} `;
  if (wholeHeaders.has(header.trim())) return `"${field.name}" announces sensitive data`;
  const found = telling.find((word) => header.includes(` ${word} `));
  if (found !== undefined) return `"${field.name}" announces sensitive data (${found})`;
  const texts = shownTexts(field).slice(0, 50);
  const kind = kinds.find(({ is }) => texts.length > 0 && texts.filter(is).length * 2 > texts.length);
  if (kind !== undefined) return `the values look like ${kind.what}`;
  return field.sensitive ? 'discovery found it sensitive' : null;
}

const kinds: readonly { readonly what: string; is(text: string): boolean }[] = [
  { what: 'card numbers', is: isCard },
  { what: 'bank accounts (IBAN)', is: isIban },
  { what: 'Turkish identity numbers', is: isTurkishId },
  {
    what: 'US social security numbers',
    is: (text) => /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text.trim()),
  },
  { what: 'Spanish identity numbers', is: isSpanishId },
];

/** 13 to 19 digits that begin like a card's and pass the Luhn check. */
function isCard(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  if (!/^[3-6]\d{12,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function isIban(text: string): boolean {
  const iban = text.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = [...moved].map((sign) => Number.parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

function isTurkishId(text: string): boolean {
  if (!/^[1-9]\d{10}$/.test(text.trim())) return false;
  const digits = [...text.trim()].map(Number);
  const at = (index: number) => digits[index] ?? 0;
  const odd = at(0) + at(2) + at(4) + at(6) + at(8);
  const even = at(1) + at(3) + at(5) + at(7);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  const eleventh = digits.slice(0, 10).reduce((sum, digit) => sum + digit, 0) % 10;
  return tenth === at(9) && eleventh === at(10);
}

function isSpanishId(text: string): boolean {
  const found = /^([XYZ]?)(\d{7,8})-?([A-Z])$/i.exec(text.trim());
  if (found === null) return false;
  const [, prefix = '', number = '', letter = ''] = found;
  const whole = `${'XYZ'.indexOf(prefix.toUpperCase()) > 0 ? 'XYZ'.indexOf(prefix.toUpperCase()) : ''}${number}`;
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(whole) % 23] === letter.toUpperCase();
}

/** A sample with its form and none of its content: letters become `x`, digits `9`. For fields that are sensitive. */
export function maskedSample(sample: string): string {
  return sample.replace(/\p{L}/gu, 'x').replace(/\p{N}/gu, '9').slice(0, 40);
}
