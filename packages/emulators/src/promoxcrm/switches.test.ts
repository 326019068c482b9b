import { describe, expect, it } from 'vitest';
import { DEFAULT_SWITCHES, type Switches, WORLDS } from './switches.ts';
import { type Bench, bench, type Seen } from './test-fixture.ts';

function turned(switches: Partial<Switches>): Bench {
  return bench({ switches });
}

const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

describe('every switch does what it says', () => {
  it('refused: by resource, and the rest', async () => {
    const { get } = turned({ refused: { leads: 403, clients: 501, '*': 404 } });
    const seen = [];
    for (const name of ['leads', 'clients', 'tasks']) seen.push((await get(name)).status);
    expect(seen).toEqual([403, 501, 404]);
    expect((await turned({ refused: { leads: 405 } }).get('leads')).status).toBe(405);
  });

  it('loginPage: 200 and HTML everywhere', async () => {
    const { status, text } = await turned({ loginPage: true }).get('leads', {});
    expect([status, text.includes('Sign in')]).toEqual([200, true]);
  });

  it.each([
    ['bearer', (key: string) => ['leads', { authorization: `Bearer ${key}` }] as const],
    ['api-key', (key: string) => ['leads', { 'x-api-key': key }] as const],
    ['query-key', (key: string) => [`leads?api_key=${key}`, {}] as const],
    ['basic', (key: string) => ['leads', { authorization: `Basic ${btoa(`${key}:x`)}` }] as const],
  ] as const)('auth: %s and no other', async (auth, how) => {
    const { emulator, get } = turned({ auth });
    const [path, headers] = how(emulator.token);
    expect((await get(path, { ...headers })).status).toBe(200);
    const others = [{ authorization: 'Bearer wrong' }, { 'x-api-key': 'wrong' }, {}];
    for (const other of others) expect((await get('leads', other)).status).toBe(401);
    const challenge = (await get('leads', {})).headers.get('www-authenticate');
    expect(challenge === null).toBe(auth === 'api-key' || auth === 'query-key');
  });

  it('wrongKey: 401, 403 or the sign-in page', async () => {
    const seen: Seen[] = [];
    for (const wrongKey of [401, 403, 'login-page'] as const)
      seen.push(await turned({ wrongKey }).get('leads', {}));
    expect(seen.map(({ status }) => status)).toEqual([401, 403, 200]);
    expect(seen[2]?.text).toContain('Sign in');
  });

  it.each([
    ['page', 'leads?page=2&per_page=10'],
    ['offset', 'leads?offset=10&limit=10'],
  ] as const)('paging: %s', async (paging, path) => {
    const { get } = turned({ paging });
    const { data, meta } = (await get(path)).json;
    expect([idsOf(data)[0], data.length, meta.total]).toEqual([1_011, 10, 48]);
  });

  it('paging: cursor, to the end', async () => {
    const { get } = turned({ paging: 'cursor' });
    const seen: number[] = [];
    for (let cursor = ''; ; ) {
      const { data, meta } = (await get(`leads?limit=20&cursor=${cursor}`)).json;
      seen.push(...idsOf(data));
      if (meta.next_cursor === null) break;
      cursor = meta.next_cursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([48, 48]);
  });

  it('paging: none gives everything at once, whatever is asked', async () => {
    expect((await turned({ paging: 'none' }).get('leads?page=2&per_page=5')).json.data).toHaveLength(48);
  });

  it('pageDefault and pageMax', async () => {
    const { get } = turned({ pageDefault: 7, pageMax: 9 });
    expect((await get('leads')).json.data).toHaveLength(7);
    expect((await get('leads?per_page=500')).json.data).toHaveLength(9);
  });

  it('envelope: data, results or bare', async () => {
    const shapes = [];
    for (const envelope of ['data', 'results', 'bare'] as const)
      shapes.push(Object.keys((await turned({ envelope }).get('pipelines')).json));
    expect(shapes).toEqual([
      ['data', 'meta'],
      ['results', 'page', 'per_page', 'total_pages', 'total'],
      ['0', '1', '2'],
    ]);
  });

  it('showsTotal: or not', async () => {
    expect((await turned({ showsTotal: false }).get('leads')).json.meta).toEqual({ page: 1, per_page: 25 });
  });

  it('requestsMax and windowSec: 429 until the window is over', async () => {
    const { emulator, get } = turned({ requestsMax: 2, windowSec: 10 });
    const first = await get('leads');
    await get('leads');
    const third = await get('leads');
    expect([first.headers.get('x-ratelimit-remaining'), third.status]).toEqual(['1', 429]);
    expect(third.headers.get('retry-after')).toBe('10');
    emulator.control.advance(10_000);
    expect((await get('leads')).status).toBe(200);
    expect((await turned({ requestsMax: 0 }).get('leads')).headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('limitHeaders and retryAfter: silent about the limit', async () => {
    const { get } = turned({ requestsMax: 1, limitHeaders: false, retryAfter: false });
    expect((await get('leads')).headers.get('x-ratelimit-limit')).toBeNull();
    const refused = await get('leads');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('options: the methods, or 405', async () => {
    expect((await turned({}).send('OPTIONS', 'leads')).headers.get('allow')).toBe('GET, OPTIONS');
    expect((await turned({ options: 'refuse' }).send('OPTIONS', 'leads')).status).toBe(405);
  });

  it('updatedSince: or ignored', async () => {
    const path = 'leads?updated_since=2030-01-01';
    expect((await turned({}).get(path)).json.data).toHaveLength(0);
    expect((await turned({ updatedSince: false }).get(path)).json.data).toHaveLength(25);
  });

  it('properties: nested or flat', async () => {
    const nested = (await turned({}).get('clients/1001')).json.data;
    const flat = (await turned({ properties: 'flat' }).get('clients/1001')).json.data;
    expect(nested.custom_properties.preferred_supplier_tier).toBe('Gold');
    expect([flat.preferred_supplier_tier, flat.custom_properties]).toEqual(['Gold', undefined]);
  });

  it('setupReadable: automations and integrations, or 404', async () => {
    expect((await turned({}).get('automations')).json.data).toHaveLength(4);
    expect((await turned({ setupReadable: false }).get('integrations')).status).toBe(404);
  });

  it('downloads and linkSec: bytes, an expiring link, or nothing', async () => {
    const { emulator, get } = turned({ downloads: 'link', linkSec: 60 });
    const { file_url } = (await get('presentations/1001')).json.data;
    const path = file_url.slice('http://127.0.0.1/api/v1/'.length);
    expect((await get(path)).status).toBe(200);
    emulator.control.advance(61_000);
    expect((await get(path)).status).toBe(410);
    expect((await turned({ downloads: 'none' }).get('presentations/1001')).json.data.file_url).toBeNull();
    expect((await turned({ downloads: 'none' }).get('presentations/1001/download')).status).toBe(404);
  });

  it('unruly: repeating, missing, unsorted, cyclic', async () => {
    const repeating = turned({ unruly: 'repeating' });
    const pages = [];
    for (const page of [2, 9]) pages.push(idsOf((await repeating.get(`leads?page=${page}`)).json.data));
    expect(pages[0]).toEqual(pages[1]);
    expect((await turned({ unruly: 'missing' }).get('leads?per_page=100')).json.data).toHaveLength(47);
    const unsorted = turned({ unruly: 'unsorted' });
    const orders = [];
    for (const _ of [1, 2]) orders.push(idsOf((await unsorted.get('leads')).json.data));
    expect(orders[0]).not.toEqual(orders[1]);
    const cyclic = (await turned({ unruly: 'cyclic', paging: 'cursor' }).get('users')).json;
    expect(cyclic.meta.next_cursor).not.toBeNull();
  });

  it('can be turned while it runs', async () => {
    const { emulator, get } = turned({});
    emulator.control.extra('switches', { loginPage: true });
    expect((await get('leads')).text).toContain('Sign in');
  });

  it('limits off lets every request in', async () => {
    const { get } = bench({ limits: 'off', switches: { requestsMax: 1 } });
    await get('leads');
    expect((await get('leads')).status).toBe(200);
  });
});

describe('worlds', () => {
  it.each(Object.entries(WORLDS).filter(([name]) => name !== 'large'))(
    'the world %s turns what it says',
    async (world, { switches }) => {
      const made = bench({ world, records: 50 });
      expect(made.emulator.control.extra('switches', {})).toEqual({ ...DEFAULT_SWITCHES, ...switches });
    },
  );

  it('an unknown world is refused with those there are', () => {
    expect(() => bench({ world: 'x' })).toThrow(/there is no world x; there are sample, company/);
  });
});
