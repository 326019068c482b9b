import { lowerDomain } from './fold.ts';

/** An address as it was found in a text. */
export interface EmailAddress {
  /** The part before the `@`, as written. */
  readonly local: string;
  /** In lower case. */
  readonly domain: string;
  /** The display name, '' when there is none. */
  readonly name: string;
}

const addressMaxLength = 254;
const localMaxLength = 64;
const localPattern = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const labelPattern = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const endingPattern = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z0-9-]{1,59})$/u;
/** Texts longer than this hold no single address: looking for one costs nothing. */
const textMaxLength = 1_000;

/**
 * Reads one address: `a@x.com`, `mailto:a@x.com?subject=...`, `Ada <a@x.com>`, `"Ada" (a@x.com)`.
 * null when there is none, or none that mail can be sent to from here: quoted local parts, comments, address
 * literals and domains without a dot are refused on purpose.
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  if (text.length > textMaxLength) return null;
  const { address, name } = splitDisplayName(text.trim());
  const bare = stripWrapping(address);
  const at = bare.lastIndexOf('@');
  if (at < 1 || bare.length > addressMaxLength) return null;
  const local = bare.slice(0, at);
  const domain = lowerDomain(bare.slice(at + 1));
  if (local.length > localMaxLength || !localPattern.test(local) || !isDomain(domain)) return null;
  return { local, domain, name };
}

/** The address as text, `local@domain`. */
export function addressText(address: EmailAddress): string {
  return `${address.local}@${address.domain}`;
}

const mayPart = /[;,|/\n\r]/;

/** Cuts a text with several addresses at `;`, `,`, `|`, line ends and ` / `, but not inside quotes or `<>`. */
export function splitAddresses(text: string): string[] {
  const parts = mayPart.test(text) ? pieces(text) : [text];
  return joinNames(parts.map((piece) => piece.trim()).filter((piece) => piece !== ''));
}

function pieces(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  let angled = false;
  const lastQuote = text.lastIndexOf('"');
  const lastAngle = text.lastIndexOf('>');
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    if (letter === '"') quoted = !quoted && index < lastQuote;
    if (letter === '<') angled = index < lastAngle;
    if (letter === '>') angled = false;
    if (quoted || angled || !isSeparator(text, index)) continue;
    parts.push(text.slice(from, index));
    from = index + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Puts `Surname, Name <a@x.com>` together again: a piece without `@` before one with a display name. */
function joinNames(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const belongs = before !== undefined && !before.includes('@') && hasDisplayName(part);
    if (belongs) joined[joined.length - 1] = `${before}, ${part}`;
    else joined.push(part);
  }
  return joined;
}

function hasDisplayName(part: string): boolean {
  const open = part.indexOf('<');
  return open > 0 && part.endsWith('>') && part.indexOf('@') > open && part.length <= textMaxLength;
}

function isSeparator(text: string, index: number): boolean {
  const letter = text.charAt(index);
  if (letter === '/') return text.charAt(index - 1) === ' ' && text.charAt(index + 1) === ' ';
  return letter === ';' || letter === ',' || letter === '|' || letter === '\n' || letter === '\r';
}

const brackets = [
  ['<', '>'],
  ['(', ')'],
  ['[', ']'],
] as const;

function splitDisplayName(text: string): { address: string; name: string } {
  for (const [open, close] of brackets) {
    const start = text.lastIndexOf(open);
    if (start < 0 || !text.endsWith(close) || !text.includes('@', start)) continue;
    return { address: text.slice(start + 1, -1), name: unquote(text.slice(0, start)) };
  }
  return { address: text, name: '' };
}

function stripWrapping(address: string): string {
  let bare = unquote(address.trim());
  if (/^mailto:/i.test(bare)) bare = bare.slice('mailto:'.length).split('?')[0] ?? '';
  return bare.trim().replace(/[;,]$/, '').trim();
}

function unquote(text: string): string {
  const trimmed = text.trim();
  const first = trimmed.charAt(0);
  const paired = trimmed.length > 1 && (first === '"' || first === "'") && trimmed.endsWith(first);
  return paired ? trimmed.slice(1, -1).trim() : trimmed;
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  if (labels.length < 2 || domain.length > 253) return false;
  return labels.every((label) => labelPattern.test(label)) && endingPattern.test(labels.at(-1) ?? '');
}
