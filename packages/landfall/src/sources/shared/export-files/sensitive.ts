import { headerWords } from './header.ts';

const sensitiveWords = new Set([
  ...['tckn', 'tc', 'kimlik', 'ssn', 'passport', 'pasaport', 'iban', 'salary', 'maas', 'ucret', 'bonus'],
  ...['birthdate', 'birthday', 'birth', 'dob', 'dogum', 'religion', 'din', 'health', 'saglik', 'password'],
  ...['sifre', 'parola', 'card', 'kart', 'gender', 'cinsiyet', 'ethnicity', 'blood', 'kan', 'nationalid'],
]);

/** The header announces personal data that should not move without a thought (KVKK, GDPR). */
export function isSensitiveHeader(header: string): boolean {
  return headerWords(header).some((word) => sensitiveWords.has(word));
}

/** A Turkish personal id number: 11 digits whose last two check the others. */
export function isTurkishId(text: string): boolean {
  if (!/^[1-9]\d{10}$/.test(text)) return false;
  const digits = [...text].map(Number);
  const at = (index: number) => digits[index] ?? 0;
  const odd = at(0) + at(2) + at(4) + at(6) + at(8);
  const even = at(1) + at(3) + at(5) + at(7);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  const eleventh = digits.slice(0, 10).reduce((sum, digit) => sum + digit, 0) % 10;
  return tenth === at(9) && eleventh === at(10);
}
