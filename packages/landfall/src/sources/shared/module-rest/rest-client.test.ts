import { describe, expect, it } from 'vitest';
import { scriptedClient } from './rest-fixture.ts';

const signal = new AbortController().signal;

describe('a service whose limits nobody has written down (D-07, D-08)', () => {
  it('is asked slowly first, and faster while its answers are good', async () => {
    const { client, asked, kept } = scriptedClient(() => ({ body: [] }));
    for (let turn = 0; turn < 60; turn += 1) await client.get(`/x?${turn}`, 'testing', signal);
    const gaps = asked.slice(1).map(({ atMs }, index) => atMs - (asked[index]?.atMs ?? 0));
    expect(gaps[0]).toBe(250);
    expect(gaps.at(-1)).toBeLessThan(50);
    expect(JSON.parse(kept.get('limits') ?? '{}').perSecond).toBeGreaterThan(20);
  });

  it.each([
    ['without Retry-After', {}, 1_000],
    ['with seconds', { 'retry-after': '7' }, 7_000],
    ['with a date', { 'retry-after': new Date(1_000_000 + 9_000).toUTCString() }, 8_000],
  ])('halves its rate on 429 %s, waits, and remembers what was refused', async (_, headers, leastMs) => {
    const { client, asked, kept } = scriptedClient((_path, nth) =>
      nth === 3 ? { status: 429, body: {}, headers } : { body: [] },
    );
    for (let turn = 0; turn < 4; turn += 1) await client.get('/x', 'testing', signal);
    expect(asked).toHaveLength(5);
    expect((asked[3]?.atMs ?? 0) - (asked[2]?.atMs ?? 0)).toBeGreaterThanOrEqual(leastMs);
    expect(JSON.parse(kept.get('limits') ?? '{}')).toEqual({ perSecond: 2, ceiling: 3.2 });
    expect(client.tally).toMatchObject({ requests: 5, throttled: 1 });
  });

  it('begins the next run with what it learned', async () => {
    const first = scriptedClient((_path, nth) => (nth === 1 ? { status: 429, body: {} } : { body: [] }));
    await first.client.get('/x', 'testing', signal);
    const second = scriptedClient(() => ({ body: [] }), undefined, first.surroundings);
    expect(second.client.tally.perSecond).toBe(2);
  });

  it('doubles the wait with each refusal in a row, a minute at most, and gives up in the end', async () => {
    const { client, asked } = scriptedClient(() => ({ status: 429, body: {} }));
    await expect(client.get('/x', 'testing', signal)).rejects.toMatchObject({ code: 'rate-limited' });
    const gaps = asked.slice(1).map(({ atMs }, index) => atMs - (asked[index]?.atMs ?? 0));
    expect(gaps.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
    expect(asked).toHaveLength(31);
  });
});

describe('answers', () => {
  it.each([
    ['words with status 200 that are an error', { body: 'The key is wrong.' }, 'unauthorized', 1],
    [
      'a member that says it failed, with status 200',
      { body: { failed: true, because: 'oops' } },
      'unavailable',
      6,
    ],
    ['a sign-in page with status 200', { body: '<html><body>Sign in</body></html>' }, 'unavailable', 6],
    ['JSON that breaks off', { body: '{"items":[{"id":1' }, 'unavailable', 6],
    ['a 401', { status: 401, body: {} }, 'unauthorized', 1],
    ['a 403', { status: 403, body: {} }, 'forbidden', 1],
    ['a 404', { status: 404, body: {} }, 'not-found', 1],
    ['a 400', { status: 400, body: { message: 'no' } }, 'refused', 1],
    ['a 500', { status: 500, body: {} }, 'unavailable', 6],
    ['a redirect', { status: 302, body: '' }, 'unavailable', 6],
    ['a 501', { status: 501, body: {} }, 'not-emulated', 1],
  ])('%s', async (_, answer, code, times) => {
    const { client, asked } = scriptedClient(() => answer);
    await expect(client.get('/x', 'testing', signal)).rejects.toMatchObject({ code });
    expect(asked).toHaveLength(times);
  });

  it('are asked for again when the service fails once', async () => {
    const { client } = scriptedClient((_path, nth) =>
      nth === 1 ? { status: 502, body: '<html>' } : { body: [1] },
    );
    expect(await client.get('/x', 'testing', signal)).toEqual([1]);
  });

  it('lead to messages without the key', async () => {
    const { client } = scriptedClient(() => ({
      status: 400,
      body: { message: 'very-secret-key is no key' },
    }));
    const failed = client.get('/x', 'testing', signal);
    await expect(failed).rejects.toThrow('[removed] is no key');
  });

  it.each([
    ['no JSON', (text: string) => text],
    ['a reason', (text: string) => ({ message: text })],
  ])('lead to short messages without a half of the key: %s', async (_, bodyOf) => {
    // the key stands where the words are cut
    const text = `${'x'.repeat(290)} very-secret-key ${'y'.repeat(5_000)}`;
    const { client } = scriptedClient(() => ({ status: 400, body: bodyOf(text) }));
    const error = await client.get('/x', 'testing', signal).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain('very');
    expect(String(error).length).toBeLessThan(500);
  });

  it('take big numbers as text, so that an id stays what it is', async () => {
    const { client } = scriptedClient(() => ({ body: '{"id":9007199254740993}' }));
    expect(await client.get('/x', 'testing', signal)).toEqual({ id: '9007199254740993' });
  });
});
