import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { allRecords, bench, TEST_MS } from './account-fixture.ts';
import { DEFAULT_SWITCHES, type PageManner, type Switches } from './switches.ts';

const account = (switches: Partial<Switches>) => bench({ switches });

describe('each setting of each switch', () => {
  it('moduleApi and legacyApi take their dialect away', async () => {
    const only = account({ moduleApi: false });
    expect([(await only.get('modules')).status, (await only.get('Contact/GetList/1')).status]).toEqual([
      404, 200,
    ]);
    const other = account({ legacyApi: false });
    expect([(await other.get('modules')).status, (await other.get('Contact/GetList/1')).status]).toEqual([
      200, 404,
    ]);
  });

  it('legacyTables leaves all, or one family', async () => {
    const { get } = account({ legacyTables: 'customer' });
    expect((await get('CustomerEmail/GetList')).status).toBe(200);
    expect((await get('Company/GetList')).status).toBe(404);
  });

  it('pageSizeBeyond cuts in silence, or refuses', async () => {
    const path = 'modules/contact/records?pageSize=201';
    const cut = await account({ pageSizeMax: 100 }).get(path);
    expect([cut.json.items.length, cut.json.pageSize]).toEqual([100, 100]);
    expect((await account({ pageSizeBeyond: 'refused' }).get(path)).status).toBe(400);
  });

  it.each([
    ['number', 1, 1],
    ['text', '1', '1'],
    ['mixed', 1, '1'],
  ] as const)('idsAs %s', async (idsAs, id, companyId) => {
    expect((await account({ idsAs }).get('modules/contact/records/1')).json).toMatchObject({ id, companyId });
  });

  it.each([
    ['typed', 1_234_567.89, '2027-12-31', true],
    ['stored', '1.234.567,89', '31.12.2027', 'Evet'],
  ] as const)('customValues %s', async (customValues, krediLimiti, sozlesmeBitis, bayiMi) => {
    const { json } = await account({ customValues }).get('modules/company/records/1');
    expect(json).toMatchObject({ krediLimiti, sozlesmeBitis, bayiMi });
  });

  it('deletedListed shows deleted records, or leaves them out', async () => {
    const shown = await allRecords(account({}), 'company');
    expect(shown.map(({ active }) => active)).toContain(false);
    expect(shown.map(({ active }) => active)).toContain(null);
    const hidden = await allRecords(account({ deletedListed: false }), 'company');
    expect(new Set(hidden.map(({ active }) => active))).toEqual(new Set([true]));
  });

  it('otherTenants shows rows of somebody else', async () => {
    const groups = async (switches: Partial<Switches>) =>
      new Set(
        (await account(switches).get('Company/GetList')).json.list.map(
          ({ groupId }: { groupId: number }) => groupId,
        ),
      );
    expect(await groups({})).toEqual(new Set([1]));
    expect(await groups({ otherTenants: true })).toEqual(new Set([1, 2]));
  });

  it.each([
    [{ forbidden: ['modules/sales/records'] }, 'modules/sales/records', 403],
    [{ forbidden: ['modules/sales/records'] }, 'modules/sales/fields', 200],
    [{ forbidden: ['Sales/'] }, 'Sales/GetList', 403],
    [{ forbidden: ['Sales/'] }, 'SalesCategory/GetList', 200],
    [{}, 'Sales/GetList', 200],
  ])('forbidden %j: %s is %i', async (switches, path, status) => {
    expect((await account(switches).get(path)).status).toBe(status);
  });

  it('uploads: files lie open on the web server, or not', async () => {
    const path = '../Uploads/2026/sozlesme.txt';
    expect((await account({}).get(path)).status).toBe(404);
    expect((await account({ uploads: 'open' }).get(path)).status).toBe(200);
    expect((await account({ uploads: 'open' }).get('../Uploads/none.txt')).status).toBe(404);
  });

  it.each([
    ['seconds', '1'],
    ['date', new Date(TEST_MS + 1_000).toUTCString()],
    ['none', null],
  ] as const)('burstRequests within burstWindowMs, retryAfter %s', async (retryAfter, said) => {
    const clock = { nowMs: TEST_MS };
    const limited = bench({
      limits: 'on',
      nowMs: () => clock.nowMs,
      switches: { burstRequests: 2, burstWindowMs: 1_000, retryAfter },
    });
    const status = async () => (await limited.get('users')).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    expect((await limited.get('users')).headers.get('retry-after')).toBe(said);
    clock.nowMs += 1_000;
    expect(await status()).toBe(200);
    expect(limited.emulator.control.extra('usage')).toEqual({ refused: 2 });
  });
});

describe('pages', () => {
  const idsOf = async (pages: PageManner, numbers: readonly number[]) => {
    const { get } = account({ pages });
    const seen = [];
    for (const page of numbers)
      seen.push(
        (await get(`modules/ozel_makine/records?pageSize=10&page=${page}`)).json?.items?.map(
          ({ id }: { id: number }) => id,
        ) ?? null,
      );
    return seen;
  };
  const tens = (from: number) => Array.from({ length: 10 }, (_, index) => from + index);

  it('sound: each record once, then nothing', async () => {
    expect(await idsOf('sound', [1, 2, 3, 4])).toEqual([tens(1), tens(11), tens(21), []]);
  });
  it('repeating: the second is the first again', async () => {
    expect(await idsOf('repeating', [1, 2, 3])).toEqual([tens(1), tens(1), tens(21)]);
  });
  it('missing: the first leaves one out', async () => {
    expect((await idsOf('missing', [1, 2]))[0]).toHaveLength(9);
  });
  it('unstable: every second page is of another order', async () => {
    expect((await idsOf('unstable', [1, 2]))[1]).not.toEqual(tens(11));
  });
  it('endless: it begins anew behind the last', async () => {
    expect((await idsOf('endless', [3, 4]))[1]).toEqual(tens(1));
  });
  it('html: a sign-in page with status 200', async () => {
    const seen = await account({ pages: 'html' }).get('modules/contact/records?page=2');
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  });
  it('truncated: half of a page', async () => {
    expect(await idsOf('truncated', [1, 2])).toEqual([tens(1), null]);
  });
  it('growing: the total says something else each time', async () => {
    const { get } = account({ pages: 'growing' });
    const total = async (page: number) => (await get(`modules/contact/records?page=${page}`)).json.total;
    expect(await total(1)).not.toBe(await total(2));
  });
});

describe('the README is in step with the code', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const start = readme.indexOf('\n## DinamikCRM\n');
  const end = readme.indexOf('\n## ', start + 4);
  const section = readme.slice(start, end < 0 ? undefined : end);
  const source = readFileSync(join(import.meta.dirname, 'switches.ts'), 'utf8');

  test.each(Object.entries(DEFAULT_SWITCHES))('the switch %s has its default and its mark', (name, value) => {
    const row = new RegExp(`\\| \`${name}\` \\| \`${String(value)}\` \\| (x?) ?\\|`).exec(section);
    expect(row).not.toBeNull();
    const comment = new RegExp(`/\\*\\* ([^/]*)\\*/\\s+readonly ${name}:`).exec(source);
    expect(row?.[1] === 'x').toBe(comment?.[1]?.startsWith('UNC'));
  });
});
