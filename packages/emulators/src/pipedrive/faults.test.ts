import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ServedPipedrive, servePipedrive } from './emulator.ts';
import { TEST_NOW_MS, testClient } from './test-client.ts';

const POST = { method: 'POST', path: '/api/v2/organizations' } as const;
const names = (snapshot: unknown) =>
  (snapshot as { organizations: { name: string }[] }).organizations.map(({ name }) => name);

/** kind, status of the answer, whether the request was carried out, words of the body */
const ANSWERED: readonly (readonly [kind: string, status: number, done: boolean, words: string])[] = [
  ['status-429', 429, false, 'request over limit'],
  ['status-500', 500, false, 'Internal server error'],
  ['status-502-html', 502, false, '<html>'],
  ['status-503', 503, false, 'unavailable'],
  ['malformed-json', 200, true, '{"success":true'],
  ['cloudflare-403', 403, false, 'Cloudflare'],
  ['slow', 200, true, '"success":true'],
  ['token-expired', 401, false, 'unauthorized'],
];

describe('faults over HTTP', () => {
  let served: ServedPipedrive;
  beforeEach(async () => {
    served = await servePipedrive({ nowMs: () => TEST_NOW_MS });
  });
  afterEach(() => served.close());

  const send = (name: string, signal?: AbortSignal) =>
    fetch(`${served.url}/api/v2/organizations`, {
      method: 'POST',
      headers: { 'x-api-token': served.token, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
      ...(signal ? { signal } : {}),
    });
  const set = async (rules: readonly object[], seed = 1) => {
    const response = await fetch(`${served.control}/faults`, {
      method: 'POST',
      body: JSON.stringify({ seed, rules }),
    });
    expect(response.status).toBe(200);
  };
  const kept = () => names(served.emulator.control.snapshot());
  const last = () => served.emulator.control.log().at(-1);

  test.each(ANSWERED)('%s answers %i; carried out: %s', async (kind, status, done, words) => {
    await set([{ ...POST, kind, count: 1, delayMs: 30 }]);
    const response = await send('A');
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(text).toContain(words);
    if (kind === 'malformed-json') expect(() => JSON.parse(text)).toThrow();
    expect(kept()).toEqual(done ? ['A'] : []);
    expect(last()).toMatchObject({ status, fault: kind, tokens: done ? 5 : 0 });
    expect((await send('B')).status).toBe(200);
  });

  test('lost-answer carries the request out and resets the connection', async () => {
    await set([{ ...POST, kind: 'lost-answer', count: 1 }]);
    await expect(send('A')).rejects.toThrow('fetch failed');
    expect(kept()).toEqual(['A']);
    expect(last()).toMatchObject({ status: 0, tokens: 5 });
  });

  test('reset-mid-body carries the request out and breaks off half way', async () => {
    await set([{ ...POST, kind: 'reset-mid-body', count: 1 }]);
    const response = await send('A');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(kept()).toEqual(['A']);
  });

  test.each([true, false])('never-answer leaves the connection open; carried out: %s', async (commits) => {
    await set([{ ...POST, kind: 'never-answer', count: 1, commits }]);
    await expect(send('A', AbortSignal.timeout(150))).rejects.toThrow('timeout');
    expect(kept()).toEqual(commits ? ['A'] : []);
  });

  test.each([0, 504])('late-commit answers %i at once and commits later', async (status) => {
    await set([{ ...POST, kind: 'late-commit', count: 1, status, delayMs: 4_000 }]);
    if (status === 0) await expect(send('A')).rejects.toThrow('fetch failed');
    else expect((await send('A')).status).toBe(504);
    expect(kept()).toEqual([]);
    expect(last()).toMatchObject({ tokens: 0 });
    await fetch(`${served.control}/clock`, { method: 'POST', body: '{"advanceMs":3999}' });
    expect(kept()).toEqual([]);
    await fetch(`${served.control}/clock`, { method: 'POST', body: '{"advanceMs":1}' });
    expect(kept()).toEqual(['A']);
    expect(last()).toMatchObject({ tokens: 5 });
  });

  test('daily-exhausted uses up the day for every token', async () => {
    await set([{ ...POST, kind: 'daily-exhausted', count: 1 }]);
    expect((await send('A')).status).toBe(429);
    expect((await send('B')).status).toBe(429);
    expect(kept()).toEqual([]);
  });

  test('a plan that is none is refused with a sentence', async () => {
    const response = await fetch(`${served.control}/faults`, {
      method: 'POST',
      body: '{"rules":[{"kind":"x"}]}',
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toContain('not a fault plan');
  });
});

describe('faults in process', () => {
  test.each(ANSWERED)('%s answers %i; carried out: %s', async (kind, status, done) => {
    const client = testClient({ sleep: async () => undefined });
    client.emulator.control.faults({ rules: [{ ...POST, kind, count: 1 }] });
    if (kind === 'malformed-json')
      await expect(client.call('POST', '/v2/organizations', { name: 'A' })).rejects.toThrow('JSON');
    else expect((await client.call('POST', '/v2/organizations', { name: 'A' })).status).toBe(status);
    expect(names(client.emulator.control.snapshot())).toEqual(done ? ['A'] : []);
  });

  test.each(['lost-answer', 'reset-mid-body'])('%s rejects as the built-in fetch does', async (kind) => {
    const client = testClient();
    client.emulator.control.faults({ rules: [{ ...POST, kind, count: 1 }] });
    await expect(client.call('POST', '/v2/organizations', { name: 'A' })).rejects.toThrow(TypeError);
    expect(names(client.emulator.control.snapshot())).toEqual(['A']);
  });

  test('never-answer hangs until the caller gives up or the emulator is closed', async () => {
    const { emulator } = testClient();
    emulator.control.faults({ rules: [{ kind: 'never-answer' }] });
    const request = (signal: AbortSignal) => new Request('http://emulated/api/v2/deals', { signal });
    await expect(emulator.app.fetch(request(AbortSignal.timeout(20)))).rejects.toThrow();
    const waiting = emulator.app.fetch(request(new AbortController().signal));
    await emulator.close();
    await expect(waiting).rejects.toThrow();
  });

  test('late-commit is released by time passing, before the next request is answered', async () => {
    let nowMs = TEST_NOW_MS;
    const client = testClient({ nowMs: () => nowMs });
    client.emulator.control.faults({ rules: [{ ...POST, kind: 'late-commit', count: 1, status: 504 }] });
    expect((await client.call('POST', '/v2/organizations', { name: 'A' })).status).toBe(504);
    expect((await client.call('GET', '/v2/organizations')).body.data).toEqual([]);
    nowMs += 5_000;
    expect((await client.call('GET', '/v2/organizations')).body.data).toHaveLength(1);
  });

  test('a request that is let in late keeps the place it had, however full the window is by then', async () => {
    const client = testClient({ limits: 'on', plan: 'lite' });
    client.emulator.control.faults({
      rules: [{ ...POST, kind: 'late-commit', count: 1, status: 504, delayMs: 1_000 }],
    });
    expect((await client.call('POST', '/v2/organizations', { name: 'A' })).status).toBe(504);
    for (let sent = 0; sent < 20; sent += 1) await client.call('GET', '/v1/users/me');
    client.emulator.control.advance(1_000);
    expect(names(client.emulator.control.snapshot())).toEqual(['A']);
  });

  test('daily-exhausted holds even where limits are off', async () => {
    const client = testClient();
    client.emulator.control.faults({ rules: [{ kind: 'daily-exhausted', count: 1 }] });
    expect((await client.call('GET', '/v2/deals')).status).toBe(429);
    expect((await client.call('GET', '/v2/deals')).status).toBe(429);
  });

  test('token-expired ends an OAuth access token for good; refreshing brings another', async () => {
    const client = testClient();
    const { oauthToken, oauth } = client.emulator;
    client.emulator.control.faults({ rules: [{ kind: 'token-expired', count: 1 }] });
    expect((await client.call('GET', '/v2/deals', undefined, oauthToken)).status).toBe(401);
    expect((await client.call('GET', '/v2/deals', undefined, oauthToken)).status).toBe(401);
    const response = await client.emulator.app.fetch(
      new Request('http://emulated/oauth/token', {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: oauth.refreshToken,
          client_id: oauth.clientId,
          client_secret: oauth.clientSecret,
        }),
      }),
    );
    const { access_token } = (await response.json()) as { access_token: string };
    expect((await client.call('GET', '/v2/deals', undefined, access_token)).status).toBe(200);
  });

  test('rules: [] and reset both clear', async () => {
    const client = testClient();
    const { control } = client.emulator;
    const status = async () => (await client.call('GET', '/v2/deals')).status;
    control.faults({ rules: [{ kind: 'status-500' }] });
    expect(await status()).toBe(500);
    control.faults({ rules: [] });
    expect(await status()).toBe(200);
    control.faults({ rules: [{ kind: 'status-500' }] });
    control.reset();
    expect(await status()).toBe(200);
  });
});
