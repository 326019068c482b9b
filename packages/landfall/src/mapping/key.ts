import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import type { LookupKey } from '../model/source.ts';
import { connectives, legalSuffixes } from './company-words.ts';
import { addressText, type EmailAddress, parseEmailAddress } from './email-address.ts';
import { collapseSpaces, foldLetters, lowerDomain } from './fold.ts';
import { freeMailDomains, placeholderDomains, placeholderWords, sharedMailboxes } from './mail-words.ts';

const suffixes = new Set(legalSuffixes);
const joiners = new Set(connectives);
const freeExact = new Set(freeMailDomains.filter((domain) => !domain.endsWith('.*')));
const freeLabels = new Set(
  freeMailDomains.filter((domain) => domain.endsWith('.*')).map((domain) => domain.slice(0, -2)),
);
const shared = new Set(sharedMailboxes);
const placeholders = new Set(placeholderWords);
const fillDomains = new Set(placeholderDomains);

const dottedInitials = /(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])/gu;
const apostrophes = /['’‘`´ʼ]/g;
const notLetterOrDigit = /[^\p{L}\p{M}\p{N}]+/gu;
const guid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/**
 * A name for comparing: case (Turkish letters too), accents, width, punctuation and spaces folded.
 * `ŞİŞLİ Gıda A.Ş.` and `Sisli gida as` have one key. null when no letter or digit is left.
 */
export function nameKey(text: string): string | null {
  const folded = foldLetters(text);
  const joined = folded.includes('.')
    ? folded.replace(dottedInitials, (initials) => initials.replaceAll('.', ''))
    : folded;
  const key = joined.replace(apostrophes, '').replace(notLetterOrDigit, ' ').trim();
  return key === '' ? null : key;
}

/**
 * A company's name for comparing: `nameKey` without the legal form at its end (A.Ş., San. ve Tic. Ltd. Şti.,
 * Inc., GmbH, ...) and without `and`, `ve`, `und`. At least one word stays.
 */
export function companyKey(text: string): string | null {
  const key = nameKey(text);
  return key === null ? null : withoutLegalForm(key);
}

function withoutLegalForm(key: string): string {
  const words = key.split(' ');
  let end = words.length;
  while (end > 1 && isBoilerplate(words[end - 1] ?? '')) end -= 1;
  const kept = words.slice(0, end).filter((word) => !joiners.has(word));
  return kept.length === 0 ? key : kept.join(' ');
}

function isBoilerplate(word: string): boolean {
  return suffixes.has(word) || joiners.has(word);
}

/** A person's address for comparing. null when it is none, a placeholder, or a mailbox many people read (DQ-01). */
export function emailKey(text: string): string | null {
  const address = parseEmailAddress(text);
  if (address === null || isPlaceholder(address) || isShared(address)) return null;
  return lowerDomain(addressText(address));
}

/** `yok@yok.com`, `test@test.com`, `n/a`, `-`: what people type where they have no address. False for other non-addresses. */
export function isPlaceholderEmail(text: string): boolean {
  const address = parseEmailAddress(text);
  if (address !== null) return isPlaceholder(address);
  const word = foldLetters(collapseSpaces(text));
  return word === '' || /^[-._*?/\\]+$/.test(word) || placeholders.has(word);
}

/** `info@`, `sales@`, `acme@acme.com`: an address that names a company, not a person. */
export function isSharedMailbox(text: string): boolean {
  const address = parseEmailAddress(text);
  return address !== null && !isPlaceholder(address) && isShared(address);
}

function isPlaceholder(address: EmailAddress): boolean {
  if (fillDomains.has(address.domain)) return true;
  const local = foldLetters(address.local);
  const label = foldLetters(address.domain.slice(0, address.domain.indexOf('.')));
  if (isFiller(local) && (isFiller(label) || isFreeMail(address.domain))) return true;
  return placeholders.has(label) && placeholders.has(local);
}

/** A placeholder word, or one letter over and over (`aaa`, `xx`). */
function isFiller(word: string): boolean {
  return placeholders.has(word) || /^([a-z0-9])\1*$/.test(word);
}

function isShared(address: EmailAddress): boolean {
  const local = foldLetters(address.local).replace(/[-_.]?[0-9]{1,4}$/, '');
  if (shared.has(local)) return true;
  const label = foldLetters(address.domain.slice(0, address.domain.indexOf('.')));
  return local === label && !isFreeMail(address.domain);
}

/** Whether anybody can have a mailbox there: never a company's own domain. */
export function isFreeMail(domain: string): boolean {
  const lower = domain.toLowerCase();
  return freeExact.has(lower) || freeLabels.has(lower.slice(0, Math.max(0, lower.indexOf('.'))));
}

/**
 * A company's domain for comparing: the registrable one of a URL, an address or a bare domain, in ASCII.
 * null when there is none or when it is a free-mail domain (DQ-02).
 */
export function domainKey(text: string): string | null {
  const domain = registrableDomain(text);
  return domain === null || isFreeMail(domain) ? null : domain;
}

/** The registrable domain (`acme.com.tr` of `https://www.shop.acme.com.tr/x`) in ASCII, free-mail ones too; null when none. */
export function registrableDomain(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 2_048 || /\s/.test(trimmed)) return null;
  const host = trimmed.includes('@') ? (parseEmailAddress(trimmed)?.domain ?? trimmed) : lowerDomain(trimmed);
  const found = parse(host, { allowPrivateDomains: true, detectIp: true });
  if (found.domain === null || found.isIp === true) return null;
  const ascii = domainToASCII(found.domain);
  return ascii === '' ? null : ascii;
}

/** An id for comparing: spaces around it go, `001` and `1` stay different; a GUID loses case and braces. null when empty. */
export function idKey(text: string): string | null {
  const trimmed = text.trim();
  if (guid.test(trimmed)) return trimmed.replace(/[{}]/g, '').toLowerCase();
  return trimmed === '' ? null : trimmed;
}

/** An owner for comparing: the address when the text holds one, else the name (OWN-10). null when empty. */
export function ownerKey(text: string): string | null {
  const address = parseEmailAddress(text);
  return address === null ? nameKey(text) : lowerDomain(addressText(address));
}

/**
 * The keys of one kind that a text has, best first. A name has its full key and, where it differs, its company key:
 * stage a company with both (`lookupKeys('name', ...)`), and links find it with or without the legal form.
 */
export function lookupKeys(kind: LookupKey['kind'], text: string): readonly LookupKey[] {
  const value = keyOf[kind](text);
  if (value === null) return [];
  const company = kind === 'name' ? withoutLegalForm(value) : value;
  return company === value
    ? [{ kind, value }]
    : [
        { kind, value },
        { kind, value: company },
      ];
}

const keyOf: Readonly<Record<LookupKey['kind'], (text: string) => string | null>> = {
  id: idKey,
  name: nameKey,
  email: emailKey,
  domain: domainKey,
};
