import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AnswerKind, classify, type Dialect, type Outcome, plainDialect } from './answer.ts';
import { parseBody } from './body.ts';

const dialect: Dialect = {
  ...plainDialect,
  dayRemainingHeader: 'x-daily-ratelimit-token-remaining',
  capCodePrefix: 'feature_capping_',
  successMember: 'success',
};

function answer(status: number, body: string, headers: Record<string, string> = {}): Outcome {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: parseBody(Buffer.from(body)),
  };
}

const good = '{"success":true,"data":{"id":1}}';
const bad = '{"success":false,"error":"no"}';
const page = '<!DOCTYPE html><html><body>Error 1015</body></html>';
const html = { 'content-type': 'text/html; charset=UTF-8' };

const cases: readonly (readonly [name: string, Outcome, read: AnswerKind, write: AnswerKind])[] = [
  ['200 with a good body', answer(200, good), 'ok', 'ok'],
  ['201 with a good body', answer(201, good), 'ok', 'ok'],
  ['204 without a body', answer(204, ''), 'ok', 'ok'],
  ['200 without a body', answer(200, ''), 'unavailable', 'unknown'],
  ['200 that says it failed', answer(200, bad), 'unavailable', 'unknown'],
  ['200 cut off', answer(200, good.slice(0, 20)), 'unavailable', 'unknown'],
  ['200 with a page', answer(200, page, html), 'unavailable', 'unknown'],
  ['200 with a bare list', answer(200, '[]'), 'unavailable', 'unknown'],
  ['301 to elsewhere', answer(301, '', { location: 'https://evil.example/' }), 'unavailable', 'unknown'],
  ['400 with a reason', answer(400, bad), 'refused', 'refused'],
  ['400 with a page', answer(400, page, html), 'unavailable', 'unknown'],
  ['400 cut off', answer(400, '{"success":fal'), 'unavailable', 'unknown'],
  ['401', answer(401, bad), 'unauthorized', 'unauthorized'],
  ['402 account closed', answer(402, bad), 'forbidden', 'forbidden'],
  ['403 without a code', answer(403, bad), 'forbidden', 'forbidden'],
  ['403 with a code', answer(403, '{"success":false,"error":"no","code":"ERR_X"}'), 'refused', 'refused'],
  [
    '403 with a cap',
    answer(403, '{"success":false,"error":"no","code":"feature_capping_deals_limit"}'),
    'cap',
    'cap',
  ],
  ['403 with a page', answer(403, page, html), 'blocked', 'blocked'],
  ['403 with a page that calls itself JSON', answer(403, page), 'blocked', 'blocked'],
  ['404 with a reason', answer(404, bad), 'gone', 'gone'],
  ['404 with a page', answer(404, page, html), 'unavailable', 'unknown'],
  ['408', answer(408, bad), 'unavailable', 'unknown'],
  ['410 with a good body', answer(410, good), 'gone', 'gone'],
  ['422', answer(422, bad), 'refused', 'refused'],
  ['429', answer(429, bad, { 'x-daily-ratelimit-token-remaining': '100' }), 'burst', 'burst'],
  ['429 without headers and body', answer(429, ''), 'burst', 'burst'],
  ['429 on a used-up day', answer(429, bad, { 'x-daily-ratelimit-token-remaining': '0' }), 'day', 'day'],
  ['500', answer(500, bad), 'unavailable', 'unknown'],
  ['501', answer(501, bad), 'notServed', 'notServed'],
  ['502 with a page', answer(502, page, html), 'unavailable', 'unknown'],
  ['503', answer(503, bad), 'unavailable', 'unknown'],
  ['504', answer(504, ''), 'unavailable', 'unknown'],
  ['a broken connection', { kind: 'lost', because: 'reset' }, 'unavailable', 'unknown'],
  ['no connection', { kind: 'notSent', because: 'refused' }, 'notSent', 'notSent'],
];

describe('what an answer means (RUN-08, F3-F7, F21)', () => {
  it.each(cases)('%s', (_name, outcome, read, write) => {
    expect(classify(outcome, false, dialect)).toBe(read);
    expect(classify(outcome, true, dialect)).toBe(write);
  });
});

const shared = process.env.LANDFALL_SHARED ?? join(import.meta.dirname, '../../../../../shared');
const corpus = join(shared, 'corpora/json-edge/JSONTestSuite');
const suite = existsSync(corpus)
  ? join(corpus, readdirSync(corpus).includes('test_parsing') ? 'test_parsing' : '')
  : '';

describe.skipIf(suite === '')(
  'JSON bodies of JSONTestSuite (F7; skipped where the corpora are absent)',
  () => {
    const files = suite === '' ? [] : readdirSync(suite).filter((name) => /^[yni]_.*\.json$/.test(name));

    it('finds the suite', () => expect(files.length).toBeGreaterThan(100));

    it.each(files)('%s', (name) => {
      const bytes = readFileSync(join(suite, name));
      const body = parseBody(bytes);
      if (name.startsWith('y_')) expect(body.kind).toBe('json');
      if (name.startsWith('n_')) expect(body.kind).not.toBe('json');
      const kind = classify({ kind: 'answer', status: 200, headers: {}, body }, true, dialect);
      expect(kind).toBe('unknown'); // none of them says success
    });

    it('keeps ids above 2^53 exact, and ordinary numbers as numbers', () => {
      const body = parseBody(
        Buffer.from('{"id":9007199254740993,"list":[ 12345678901234567890],"value":1234567.5,"n":7}'),
      );
      expect(body).toEqual({
        kind: 'json',
        value: { id: '9007199254740993', list: ['12345678901234567890'], value: 1_234_567.5, n: 7 },
      });
    });
  },
);
