import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readMapping } from './document.ts';
import { escapeHtml } from './html-text.ts';
import type { TransformContext, Value } from './transform.ts';
import { findTransform, transforms } from './transforms.ts';

const shared =
  process.env.LANDFALL_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const corpora = `${shared}/corpora`;
const isThere = existsSync(corpora);
const skipReason = isThere ? '' : ` (skipped: no corpora at LANDFALL_SHARED or beside the repository)`;

const context: TransformContext = {
  timezone: 'Europe/Istanbul',
  country: 'TR',
  currency: 'TRY',
  values: { t: {} },
  pipelines: [],
};

function read(path: string): string {
  return isThere ? readFileSync(`${corpora}/${path}`, 'utf8') : '';
}

function cases<T>(path: string): readonly T[] {
  return isThere ? (JSON.parse(read(path)) as { cases: T[] }).cases : [];
}

function outcomeOf(
  name: string,
  value: Value,
  settings: Record<string, unknown> = {},
  more: Partial<TransformContext> = {},
) {
  const transform = findTransform(name);
  if (transform === undefined) throw new Error(`no transform ${name}`);
  return transform.apply(value, settings, { ...context, ...more });
}

/** The value, `refused`, or `empty`. */
function told(name: string, value: Value, settings: Record<string, unknown> = {}): Value {
  const outcome = outcomeOf(name, value, settings);
  if (!outcome.ok) return 'refused';
  return outcome.value === null ? 'empty' : outcome.value;
}

interface DateCase {
  readonly text: string;
  readonly expect: string;
  readonly hint: string;
}

const dayFormats = ['dd/MM/yyyy', 'dd.MM.yy'];
const formatsByHint: Readonly<Record<string, string | readonly string[]>> = {
  dmy: dayFormats,
  mdy: 'MM/dd/yyyy',
  fr: 'd MMM yyyy',
  de: 'd. MMMM yyyy',
  tr: 'd MMMM yyyy',
  es: "d 'de' MMMM 'de' yyyy",
  ru: 'd MMMM yyyy',
  ja: "yyyy'年'M'月'd'日'",
  excel1900: 'excel-serial',
  excel1904: 'excel-serial-1904',
  'odata v2': 'odata',
  rfc2822: 'rfc-2822',
  naive: 'd MMM yyyy h:mm a',
};

describe.skipIf(!isThere)(`dates of the corpus own/dates${skipReason}`, () => {
  it.each(cases<DateCase>('own/dates.json').map((item) => ({ ...item })))(
    '$text ($hint) is $expect',
    (item) => {
      const format = formatsByHint[item.hint];
      const settings = { ...(format === undefined ? {} : { format }), pivot: 49 };
      if (item.hint === 'time') return expect(told('time', item.text)).toBe(item.expect);
      if (item.hint.startsWith('duration')) {
        const unit = item.hint.endsWith(' s') ? 'seconds' : 'minutes';
        return expect(told('duration', item.text, { unit })).toBe(item.expect);
      }
      if (item.expect === 'check-tzdb') {
        return expect(told('dateTime', item.text, { zone: 'Europe/Istanbul' })).toBe('2016-10-30T00:30:00Z');
      }
      // 1970-01-01 is a birthday, too: kept, for the audit to point at
      if (item.expect === 'suspicious') return expect(told('date', item.text)).toBe(item.text);
      if (item.expect === 'null') return expect(told('date', item.text, settings)).toBe('empty');
      if (['ambiguous', 'invalid', 'not-a-date'].includes(item.expect)) {
        expect(told('date', item.text)).toBe('refused');
        return expect(told('dateTime', item.text)).toBe('refused');
      }
      if (!item.expect.includes('T')) return expect(told('date', item.text, settings)).toBe(item.expect);
      const zulu = item.expect.endsWith('Z') ? item.expect : `${item.expect}Z`;
      return expect(told('dateTime', item.text, { ...settings, zone: 'UTC' })).toBe(zulu);
    },
  );
});

const signByHint: Readonly<Record<string, string>> = { en: '.', ch: '.', fr: ',', 'fr nbsp': ',', de: ',' };

describe.skipIf(!isThere)(`numbers and amounts of the corpus own/numbers-money${skipReason}`, () => {
  it.each(cases<DateCase>('own/numbers-money.json').map((item) => ({ ...item })))(
    '$text ($hint) is $expect',
    (item) => {
      const sign = signByHint[item.hint];
      const settings = sign === undefined ? {} : { decimal: sign };
      if (item.expect.startsWith('ambiguous currency'))
        return expect(told('money', item.text)).toBe('refused');
      if (item.expect.endsWith(' EUR')) {
        return expect(told('money', item.text, settings)).toEqual({
          amount: item.expect.split(' ')[0],
          currency: 'EUR',
        });
      }
      if (item.hint === 'percent') return expect(told('percent', item.text)).toBe('refused');
      // million words and fractions in one sign are refused, not guessed: listed with the record
      if (/^-?[0-9.]+$/.test(item.expect) && item.text !== '1,2 Mio') {
        return expect(told('number', item.text, settings)).toBe(item.expect);
      }
      expect(told('number', item.text, settings)).toBe('refused');
      return expect(told('money', item.text, settings)).toBe('refused');
    },
  );
});

interface HtmlCase {
  readonly body: string;
}

describe.skipIf(!isThere)(`bodies of the corpus own/html-in-notes${skipReason}`, () => {
  const dangerous =
    /<script|<iframe|<form|<svg|<template|<style|<base|<meta|<link|\son[a-z]+\s*=|javascript:|vbscript:|srcdoc/i;

  it.each(cases<HtmlCase>('own/html-in-notes.json').map((item) => ({ ...item })))(
    '$body is safe',
    ({ body }) => {
      for (const mode of ['keep', 'clean'] as const) {
        const outcome = outcomeOf('html', body, { mode });
        const made = outcome.ok && typeof outcome.value === 'string' ? outcome.value : '';
        expect(made).not.toMatch(dangerous);
        expect(outcomeOf('html', made, { mode }).ok).toBe(true);
      }
    },
  );

  it('no visible text is lost', () => {
    const kept = (text: string) => told('html', text, { mode: 'text' });
    expect(kept('<b><p>wrong</b> nest</p>')).toBe('wrong\nnest');
    expect(kept('<table><tr><td>cell</td></tr></table>')).toBe('cell');
    expect(kept('<%= 7*7 %>')).toBe('<%= 7*7 %>');
    expect(kept('<marquee onstart=alert(1)>x</marquee>')).toBe('x');
    expect(kept('&lt;script&gt;alert(1)&lt;/script&gt;')).toBe('<script>alert(1)</script>');
  });
});

describe.skipIf(!isThere)(`addresses of the corpus isemail${skipReason}`, () => {
  const items = [
    ...read('email-addresses/isemail/tests.xml').matchAll(/<test id="(\d+)">([\s\S]*?)<\/test>/g),
  ].map(([, id, body = '']) => ({
    id,
    address: unescapeXml(/<address>([\s\S]*?)<\/address>/.exec(body)?.[1] ?? ''),
    category: /<category>(\w+)<\/category>/.exec(body)?.[1] ?? '',
  }));

  it.each(items)('$id: $address ($category)', ({ address, category }) => {
    const accepted = told('email', address) === address;
    if (category === 'ISEMAIL_ERR') expect(accepted).toBe(false);
    // quoted parts, comments, address literals and dotless domains are valid mail syntax, but no CRM address
    const isUsual =
      category === 'ISEMAIL_VALID_CATEGORY' && /^[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(address);
    if (isUsual) expect(accepted).toBe(true);
  });
});

function unescapeXml(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_all, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return String.fromCodePoint(code >= 0x2400 && code <= 0x2421 ? code - 0x2400 : code);
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe.skipIf(!isThere)(`phone numbers of the corpus libphonenumber${skipReason}`, () => {
  const rows = read('phone/libphonenumber/phone_examples.csv').trim().split('\n').slice(1);

  it('national examples of every region become the E.164 that the library’s authors say (DQ-03)', () => {
    const wrong: string[] = [];
    let right = 0;
    for (const row of rows) {
      const [region = '', , kind = '', national = '', e164 = ''] = row.trim().split(',');
      if (!/^[A-Z]{2}$/.test(region)) continue;
      const outcome = outcomeOf('phone', national, {}, { country: region });
      if (outcome.ok && outcome.value === e164) right += 1;
      else if (outcome.ok)
        wrong.push(`${region} ${kind} ${national}: ${JSON.stringify(outcome.value)} not ${e164}`);
    }
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThan(rows.length * 0.9);
  });

  it('E.164 stays as it is', () => {
    const numbers = rows.map((row) => row.trim().split(',')[4] ?? '').slice(0, 400);
    const changed = numbers.filter((number) => {
      const outcome = outcomeOf('phone', number);
      return outcome.ok && outcome.value !== number;
    });
    expect(changed).toEqual([]);
  });
});

interface RedosCase {
  readonly input: string | null;
  readonly input_prefix: string;
  readonly input_length: number;
}

const slowSettings: Readonly<Record<string, Record<string, unknown>>> = {
  truncate: { max: 10 },
  labelled: { labels: ['Unit'] },
  replace: { find: 'aa', with: 'b' },
  blank: { values: ['x'] },
  fixed: { value: 'x' },
  default: { value: 'x' },
  lookup: { table: 't' },
  reference: { source: 's', by: { A: ['id', 'email', 'name', 'domain'] } },
};

const long = 60_000;
const attacks: readonly string[] = [
  'a'.repeat(long),
  ' '.repeat(long),
  `x${' '.repeat(long)}x`,
  'a.'.repeat(long / 2),
  `${'a.'.repeat(long / 2)}!`,
  '@'.repeat(long),
  `a<${'@'.repeat(long)}`,
  `<${'a'.repeat(long)}`,
  '<'.repeat(long),
  '<a '.repeat(long / 3),
  '</p'.repeat(long / 3),
  '"'.repeat(long),
  `"${'<'.repeat(long)}`,
  '1,'.repeat(long / 2),
  '1'.repeat(long),
  '-'.repeat(long),
  '\n '.repeat(long / 2),
  `${'\n'.repeat(long)}x`,
  '1h '.repeat(long / 3),
  '\u200b'.repeat(long),
  `${'\u200b'.repeat(long)}x`,
  '&#'.repeat(long / 2),
  'ı'.repeat(long),
  'a/'.repeat(long / 2),
  'a; '.repeat(long / 3),
];

describe('no text takes a transform long (own/redos)', () => {
  const budgetMs = 3_000;
  const texts = [
    ...attacks,
    ...cases<RedosCase>('own/redos.json').map(
      ({ input, input_prefix, input_length }) =>
        input ?? input_prefix.repeat(input_length / 3).slice(0, input_length),
    ),
  ];

  it.each(transforms.map((transform) => ({ name: transform.name, transform })))(
    '$name',
    ({ name, transform }) => {
      for (const text of texts) {
        const start = performance.now();
        transform.apply(text, slowSettings[name], context);
        const tookMs = performance.now() - start;
        expect(tookMs, `${JSON.stringify(text.slice(0, 20))} x ${text.length}`).toBeLessThan(budgetMs);
      }
    },
  );
});

describe.skipIf(!isThere)(`naughty strings${skipReason}`, () => {
  const naughty = isThere ? (JSON.parse(read('naughty-strings/blns.json')) as string[]) : [];

  it.each(transforms.map((transform) => ({ name: transform.name, transform })))(
    '$name throws at none, and says why when it refuses',
    ({ name, transform }) => {
      for (const text of naughty) {
        const outcome = transform.apply(text, slowSettings[name], context);
        if (!outcome.ok) expect(outcome.reason.length).toBeGreaterThan(10);
      }
    },
  );

  it('tidied text is stable: a second time changes nothing', () => {
    for (const name of ['trim', 'collapse', 'lines', 'choice', 'owner', 'html', 'email', 'url', 'number']) {
      for (const text of naughty) {
        const once = told(name, text);
        if (typeof once === 'string' && once !== 'refused' && once !== 'empty')
          expect(told(name, once, name === 'html' ? { source: 'html' } : {})).toBe(once);
      }
    }
  });

  it('plain text shown as HTML is the text', () => {
    for (const text of naughty) {
      const made = told('html', text, { source: 'text' });
      if (!/[\r\n]/.test(text) && text.trim() !== '' && typeof made === 'string') {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what HTML cannot hold
        const bare = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '').trim();
        expect(made).toBe(bare === '' ? '<p></p>' : `<p>${escapeHtml(bare)}</p>`);
      }
    }
  });
});

describe.skipIf(!isThere)(`mappings of the corpus own/prototype-pollution${skipReason}`, () => {
  it.each(cases<{ json: string }>('own/prototype-pollution.json').map((item) => ({ ...item })))(
    '$json',
    ({ json }) => {
      const before = Object.getOwnPropertyNames(Object.prototype).length;
      for (const text of [json, `version: 1\nsource: x\nentities: []\nvalues:\n  t: ${json}`]) {
        const reading = readMapping(text);
        if (text === json) expect(reading.ok).toBe(false);
      }
      expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );
});
