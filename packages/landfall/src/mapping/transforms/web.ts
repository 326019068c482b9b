import { z } from 'zod';
import { meansNothing } from '../fold.ts';
import { isFreeMail, registrableDomain } from '../key.ts';
import { gives, nothing, type Outcome, quote, refuses, textTransform } from '../transform.ts';

const none = z.strictObject({});

const url = textTransform({
  name: 'url',
  summary:
    'A web address: `https://` is put before a bare one, the host is in small letters; other schemes are refused.',
  gives: 'text',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'https://acme.com', gives: 'https://acme.com', effect: 'asIs' },
    { value: 'www.acme.com', gives: 'https://www.acme.com' },
    { value: 'acme.com.tr/About', gives: 'https://acme.com.tr/About' },
    { value: 'HTTP://ACME.com/Path?q=A#B', gives: 'http://acme.com/Path?q=A#B' },
    { value: ' https://acme.com ', gives: 'https://acme.com' },
    { value: 'https://şirket.com.tr', gives: 'https://şirket.com.tr' },
    { value: 'acme.com:8080/x', gives: 'https://acme.com:8080/x' },
    { value: 'n/a', gives: null },
    { value: 'http://', refuses: 'is no web address' },
    { value: 'javascript:alert(1)', refuses: 'is no web address' },
    { value: 'data:text/html,x', refuses: 'is no web address' },
    { value: 'mailto:a@x.com', refuses: 'is no web address' },
    { value: 'acme', refuses: 'is no web address' },
    { value: 'ada@acme.com', refuses: 'is no web address' },
    { value: 'two words.com', refuses: 'is no web address' },
    { value: 'https://user:pw@acme.com', refuses: 'holds a password' },
  ],
  prepare: () => webAddress,
});

const urlPattern = /^(?:(https?):\/\/)?([^/?#\s]{1,300})((?:[/?#]\S*)?)$/i;

function webAddress(text: string): Outcome {
  const bare = text.trim();
  const match = urlPattern.exec(bare);
  const host = match?.[2]?.toLowerCase() ?? '';
  if (match === null || !/^[^\s@]+\.[^\s@.]+/.test(host.replace(/^[^@]*@/, '')) || bare.length > 2_048) {
    return meansNothing(bare) ? nothing : refuses(`${quote(bare)} is no web address`);
  }
  if (host.includes('@')) {
    return refuses(
      match[1] === undefined
        ? `${quote(bare)} is no web address`
        : 'the web address holds a password: take it out in the source',
    );
  }
  const made = `${(match[1] ?? 'https').toLowerCase()}://${host}${match[3] ?? ''}`;
  return URL.canParse(made) ? gives(made) : refuses(`${quote(bare)} is no web address`);
}

const domain = textTransform({
  name: 'domain',
  summary:
    'A company’s domain, of a web address, an e-mail address or a bare one: without `www.`, host and path. Free-mail domains give nothing (DQ-02).',
  gives: 'text',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'acme.com', gives: 'acme.com', effect: 'asIs' },
    { value: 'ACME.com', gives: 'acme.com', effect: 'normalised' },
    { value: 'www.acme.com', gives: 'acme.com', effect: 'normalised' },
    { value: 'https://www.acme.com/', gives: 'acme.com', effect: 'normalised' },
    { value: 'https://www.acme.com.tr/about?x=1', gives: 'acme.com.tr', effect: 'lossy' },
    { value: 'shop.acme.co.uk', gives: 'acme.co.uk', effect: 'lossy' },
    { value: 'ada@acme.com', gives: 'acme.com', effect: 'lossy' },
    { value: 'acme.github.io', gives: 'acme.github.io', effect: 'asIs' },
    { value: 'şirket.com.tr', gives: 'xn--irket-idb.com.tr', effect: 'normalised' },
    { value: 'gmail.com', gives: null },
    { value: 'ada@hotmail.co.uk', gives: null },
    { value: 'n/a', gives: null },
    { value: '192.168.1.1', refuses: 'is no domain' },
    { value: 'com.tr', refuses: 'is no domain' },
    { value: 'acme', refuses: 'is no domain' },
    { value: 'two words', refuses: 'is no domain' },
  ],
  prepare: () => (text) => {
    const found = registrableDomain(text);
    if (found === null) return meansNothing(text) ? nothing : refuses(`${quote(text)} is no domain`);
    if (isFreeMail(found)) return nothing;
    return gives(found, found === text ? 'asIs' : cutEffect(text, found));
  },
});

/** Only the scheme, `www.` and a last slash may go without something being lost. */
function cutEffect(text: string, found: string): 'normalised' | 'lossy' {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '');
  const isSame = bare === found || registrableDomain(bare) === found;
  return isSame &&
    !bare.includes('/') &&
    !bare.includes('@') &&
    bare.split('.').length === found.split('.').length
    ? 'normalised'
    : 'lossy';
}

/** Transforms of web addresses and domains. */
export const webTransforms = [url, domain];
