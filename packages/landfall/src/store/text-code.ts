import { sha256 } from '../base/hash.ts';

const mark = '\u001a';
// biome-ignore lint/suspicious/noControlCharactersInRegex: those two are what has to be written otherwise
const unstorable = /[\u0000\u001a]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the mark of `encodeText`
const encoded = /\u001a([0-9a-f]{4})/g;

/** A text's longest form in an index, in bytes of UTF-8: Postgres takes 2,704 for all columns of an index together. */
export const maxIndexedBytes = 1_000;

/**
 * The text as both databases can keep it: Postgres refuses NUL, and UTF-8 has no lone surrogates.
 * Each of them becomes U+001A and four hex digits (U+001A itself too), so that nothing is lost and no two texts become one.
 */
export function encodeText(text: string): string {
  if (isStorableText(text)) return text;
  return text.replace(unstorable, (unit) => mark + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** Whether `encodeText` has nothing to do. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && !text.includes(mark);
}

/** The text that `encodeText` was given. */
export function decodeText(text: string): string {
  if (!text.includes(mark)) return text;
  return text.replace(encoded, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The text as an index holds it: itself up to 1,000 bytes, else its beginning and a hash of the whole. */
export function indexedText(text: string): string {
  if (text.length * 3 <= maxIndexedBytes || Buffer.byteLength(text) <= maxIndexedBytes) return text;
  return `${text.slice(0, 200).toWellFormed()}~${sha256(encodeText(text))}`;
}
