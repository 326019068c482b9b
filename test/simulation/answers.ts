import type { SeededRandom } from 'landfall-emulators/kit/random.ts';
import type { Answer } from './account.ts';

const html = '<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>';
const json = { 'content-type': 'application/json; charset=utf-8' };
const page = { 'content-type': 'text/html; charset=UTF-8' };

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = json): Answer {
  return { status, headers, body: Buffer.from(body, 'utf8') };
}

/** What a gateway says in the place of the account (F4): it never names a rest of the budget. */
export function gatewayError(random: SeededRandom): Answer {
  const status = random.pick([500, 502, 503, 504]);
  if (random.next() < 0.4) return answer(status, html, page);
  const words = JSON.stringify({ success: false, error: 'Upstream did not answer' });
  return answer(status, words, random.next() < 0.3 ? { ...json, 'retry-after': '2' } : json);
}

/** A 429 of the burst limit with every kind of `Retry-After` (F3). */
export function tooFast(random: SeededRandom, nowMs: number): Answer {
  const asked = random.pick([
    null,
    '0',
    '-1',
    '1',
    '3',
    '1000000000',
    'soon',
    new Date(nowMs + 2_000).toUTCString(),
    new Date(nowMs - 86_400_000).toUTCString(),
  ]);
  const headers = asked === null ? json : { ...json, 'retry-after': asked };
  return answer(
    429,
    JSON.stringify({ success: false, error: 'rate limit exceeded', code: 'TOO_MANY' }),
    headers,
  );
}

/**
 * A good answer spoiled on its way (F7): whatever the account had said, this is what arrives. An empty list in good
 * form is left out for reads: nobody could tell it from the truth.
 */
export function mangle(good: Answer, isRead: boolean, random: SeededRandom): Answer {
  const text = Buffer.from(good.body).toString('utf8');
  const status = good.status === 204 ? 200 : good.status;
  const { 'content-length': _length, ...headers } = good.headers;
  const spoiled = random.pick([
    () => answer(200, html, page),
    () => answer(200, ''),
    () => answer(status, text.slice(0, Math.floor(text.length * random.next())), headers),
    () => answer(status, `\uFEFF${text}`, headers),
    () => answer(status, text.replace('{', '{,'), headers),
    () => answer(status, `${'['.repeat(5_000)}${']'.repeat(5_000)}`, headers),
    () => answer(status, isRead ? '{"success":true,"data":"x"}' : '{"success":true,"data":null}', headers),
    () => answer(status, '{"success":true}', headers),
    () => answer(status, text.replace(/"success":\s*true/, '"success":false'), headers),
    () => answer(status, text.replace(/"data"/, '"data":{},"data2"'), headers),
    () => answer(status, text.replace(/":\d+/, '":NaN'), headers),
    () => ({ ...good, headers, body: Buffer.concat([Buffer.from(good.body), Buffer.from([0xff, 0xfe])]) }),
  ]);
  return spoiled();
}
