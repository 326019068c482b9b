import { parseEmailAddress, splitAddresses } from '../../../mapping/email-address.ts';
import { foldLetters } from '../../../mapping/fold.ts';

const longText = 200;
const url = /^(?:https?:\/\/|www\.)[^\s]+$/i;
const bareUrl =
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|co|de|tr|uk|fr|nl|eu|info|biz|ai)(?:\.tr)?(?:\/\S*)?$/i;
const html =
  /<(?:p|br|div|span|b|i|u|a|ul|ol|li|strong|em|h[1-6]|table|tr|td|img|script|font|blockquote)\b[^>]*>/i;
const phone = /^(?:tel:)?\+?[\d\s().\-/\u00a0]{7,30}(?:\s*(?:x|ext\.?|dahili)\s*\d{1,6})?$/i;
const hours = /^\d{1,3}:[0-5]\d(?::[0-5]\d)?$/;
const worded =
  /^\d{1,5}(?:[.,]\d+)?\s*(?:h|hr|hrs|hours?|m|min|mins|minutes?|s|sec|secs|seconds?|sa|saat|dk|dakika|sn)\.?$/i;
const nothing = new Set(['n/a', 'na', 'null', 'none', 'yok', '-', '--', '#n/a', '#null!', 'nil', '.', 'bos']);

/** Words for yes and no, folded; a column that holds no others is a boolean. */
const booleanWords: ReadonlySet<string> = new Set([
  ...['true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', 'on', 'off', '1', '0', '-1'],
  ...['evet', 'hayir', 'e', 'h', 'var', 'yok', 'aktif', 'pasif', 'dogru', 'yanlis', 'x'],
]);

/** The text stands for "no value": it says nothing about the column's type. */
export function isNothing(text: string): boolean {
  return text.length <= 6 && nothing.has(foldLetters(text));
}

/** The text is one of the usual words for yes or no. */
export function isBooleanWord(text: string): boolean {
  return text.length <= 6 && booleanWords.has(foldLetters(text));
}

/** The text is one address, or several. */
export function isEmails(text: string): boolean {
  if (!text.includes('@') || text.length > 1_000) return false;
  const parts = splitAddresses(text);
  return parts.length > 0 && parts.every((part) => parseEmailAddress(part) !== null);
}

/** The text is written as phone numbers are, and not as a plain number. */
export function isPhone(text: string): boolean {
  if (text.length > 40 || !phone.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  if (digits < 7 || digits > 17) return false;
  return /^(?:tel:|\+|00|\(|05\d{9}$)/.test(text) || (/[\s()-]/.test(text) && digits >= 10);
}

/** The text is a web address. */
export function isUrl(text: string): boolean {
  return text.length <= 2_048 && (url.test(text) || (bareUrl.test(text) && !text.includes('@')));
}

/** The text holds HTML elements. */
export function isHtml(text: string): boolean {
  return text.includes('<') && html.test(text);
}

/** The text is a length of time: `1:30`, `45 min`, `2 saat`. */
export function isDuration(text: string): boolean {
  return text.length <= 16 && (hours.test(text) || worded.test(text));
}

/** The text has several lines or is too long for a one-line field. */
export function isLong(text: string): boolean {
  return text.length > longText || text.includes('\n');
}
