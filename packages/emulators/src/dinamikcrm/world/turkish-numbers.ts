import type { SeededRandom } from '../../kit/random.ts';

/** A national id (11 digits) whose check digits are right. */
export function nationalId(random: SeededRandom): string {
  const digits = [random.between(1, 9), ...Array.from({ length: 8 }, () => random.between(0, 9))];
  const at = (index: number): number => digits[index] ?? 0;
  const odd = at(0) + at(2) + at(4) + at(6) + at(8);
  const even = at(1) + at(3) + at(5) + at(7);
  digits.push((((odd * 7 - even) % 10) + 10) % 10);
  digits.push(digits.reduce((sum, digit) => sum + digit, 0) % 10);
  return digits.join('');
}

/** A tax number (10 digits, often with a zero in front) whose check digit is right. */
export function taxNumber(random: SeededRandom): string {
  const digits = [random.between(0, 3), ...Array.from({ length: 8 }, () => random.between(0, 9))];
  const sum = digits.reduce((total, digit, index) => {
    const first = (digit + 9 - index) % 10;
    const second = (first * 2 ** (9 - index)) % 9;
    return total + (first !== 0 && second === 0 ? 9 : second);
  }, 0);
  return [...digits, (10 - (sum % 10)) % 10].join('');
}

const PHONE_FORMS: readonly ((area: string, rest: string) => string)[] = [
  (area, rest) => `0(${area}) ${rest.slice(0, 3)} ${rest.slice(3, 5)} ${rest.slice(5)}`,
  (area, rest) => `+90 ${area} ${rest.slice(0, 3)} ${rest.slice(3, 5)} ${rest.slice(5)}`,
  (area, rest) => `0${area}${rest}`,
  (area, rest) => `${area} ${rest.slice(0, 3)} ${rest.slice(3)}`,
  (area, rest) => `0090${area}${rest}`,
];

/** A phone number in one of the ways that people write them. */
export function phoneText(random: SeededRandom, area: string): string {
  const rest = String(random.between(2_000_000, 9_999_999));
  return random.pick(PHONE_FORMS)(area, rest);
}

const LATIN: Readonly<Record<string, string>> = { ı: 'i', ğ: 'g', ü: 'u', ş: 's', ö: 'o', ç: 'c' };

/** A word as it stands in an address: small, without Turkish letters, spaces and dots. */
export function addressWord(text: string): string {
  return text
    .replaceAll('İ', 'i')
    .replaceAll('I', 'i')
    .toLowerCase()
    .replace(/[ığüşöç]/g, (letter) => LATIN[letter] ?? letter)
    .replace(/[^a-z0-9]/g, '');
}
