import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A phone number read. */
export interface PhoneNumber {
  /** E.164: `+905321234567`. */
  readonly e164: string;
  /** The extension's digits, '' when there is none. */
  readonly extension: string;
}

const textMaxLength = 250;
const numbersInCache = 20_000;

/** The library takes some 30 µs a number; exports repeat numbers (a company's on each of its people). */
let recent = new Map<string, PhoneNumber | null>();
let older = new Map<string, PhoneNumber | null>();

/**
 * Reads a number, national ones by the country (ISO 3166 alpha-2). null when it is no valid number.
 * Answers are exactly the library's; the last ones are remembered.
 */
export function parsePhoneNumber(text: string, country: string): PhoneNumber | null {
  const key = `${country}|${text}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const found = older.get(key);
  const number = found === undefined ? readPhoneNumber(text, country) : found;
  remember(key, number);
  return number;
}

function remember(key: string, number: PhoneNumber | null): void {
  if (recent.size >= numbersInCache) {
    older = recent;
    recent = new Map();
  }
  recent.set(key, number);
}

function readPhoneNumber(text: string, country: string): PhoneNumber | null {
  if (text.length > textMaxLength) return null;
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(text, home === undefined ? {} : { defaultCountry: home });
  if (number === undefined || !number.isValid()) return null;
  return { e164: number.number, extension: number.ext ?? '' };
}
