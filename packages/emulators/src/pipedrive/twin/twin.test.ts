import { beforeAll, describe, expect, test } from 'vitest';
import type { PipedriveEmulator } from '../emulator.ts';
import { type Read, TEST_NOW_MS, type TestClient, testClient } from '../test-client.ts';
import { copyAccount, type TwinCopy } from './copy-account.ts';
import { lively } from './lively-fixture.ts';

/** Copies an emulator as if it were a live account, without waiting. */
function copyOf(source: PipedriveEmulator, more: object = {}): Promise<TwinCopy> {
  return copyAccount({
    url: 'http://127.0.0.1',
    token: source.token,
    fetch: (request) => source.app.fetch(request),
    sleep: async (delayMs) => source.control.advance(delayMs),
    withRecords: true,
    fallback: { plan: 'lite', seats: 3 },
    ...more,
  });
}

async function everyPage(client: TestClient, path: string): Promise<unknown[]> {
  const pages: Read['body'][] = [];
  const join = path.includes('?') ? '&' : '?';
  for (let next = ''; ; ) {
    const { status, body } = await client.call('GET', `${path}${next}`);
    pages.push({ status, data: body.data });
    const cursor = body.additional_data?.next_cursor;
    if (!cursor) return pages;
    next = `${join}cursor=${cursor}`;
  }
}

const CONFIGURATION = [
  '/v1/users',
  '/v1/users/me',
  '/v1/currencies',
  '/v1/activityTypes',
  '/v1/leadLabels',
  '/v1/roles',
  '/v1/roles/1/settings',
  '/v2/pipelines',
  '/v2/stages',
  ...['deal', 'person', 'organization', 'product', 'activity', 'project'].map(
    (entity) => `/v2/${entity}Fields?include_fields=ui_visibility,important_fields,required_fields`,
  ),
  '/v2/boards',
  '/v2/phases?board_id=1',
  '/v2/phases?board_id=2',
  '/v2/projectTemplates',
];
const RECORDS = [
  '/v2/organizations?include_fields=website,linkedin,industry,annual_revenue,employee_count,people_count,open_deals_count',
  '/v2/persons?include_fields=marketing_status,activities_count',
  '/v2/deals',
  '/v2/deals?status=won&sort_by=update_time&include_option_labels=true',
  '/v2/deals/archived',
  '/v1/leads',
  '/v1/leads/archived',
  '/v2/activities?include_fields=attendees',
  '/v1/notes?limit=500',
  '/v2/products',
];

describe('a twin with records answers as the live account, field for field', () => {
  let live: TestClient;
  let twin: TestClient;
  let copy: TwinCopy;
  beforeAll(async () => {
    live = await lively();
    copy = await copyOf(live.emulator);
    twin = testClient({ twin: copy, nowMs: () => TEST_NOW_MS });
  });

  test.each([...CONFIGURATION, ...RECORDS])('GET %s', async (path) => {
    const expected = await everyPage(live, path);
    expect(JSON.stringify(expected).length).toBeGreaterThan(30);
    expect(await everyPage(twin, path)).toEqual(expected);
  });

  test('and its snapshot is the same', () => {
    // Kinds whose order the API does not tell, and what answers spell out: colours of types, settings of roles.
    const shot = (client: TestClient) => {
      const all = client.emulator.control.snapshot() as Record<string, Record<string, unknown>[]>;
      const text = (each: unknown) => JSON.stringify(each);
      const sorted = (kind: string) => (all[kind] ?? []).toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
      const { fields, leads, leadLabels, activityTypes, roles: _roles, ...rest } = all;
      const kinds = { fields, leads, leadLabels };
      const types = activityTypes?.map((each) => ({ ...each, color: null }));
      return {
        ...rest,
        types,
        ...Object.fromEntries(Object.keys(kinds).map((kind) => [kind, sorted(kind)])),
      };
    };
    expect(shot(twin)).toEqual(shot(live));
  });

  test('it has the plan, the seats, the day’s tokens and the burst limit', async () => {
    expect(copy).toMatchObject({ plan: 'premium', seats: 7, notes: [], switches: { contactSync: true } });
    const limits = async (client: TestClient) => {
      const { headers } = await client.call('GET', '/v2/deals/1');
      return ['x-daily-ratelimit-token-limit', 'x-ratelimit-limit'].map((name) => headers.get(name));
    };
    expect(await limits(twin)).toEqual(['1050000', '100']);
    expect(await limits(twin)).toEqual(await limits(live));
  });

  test('new records, options and fields go on where the live account stands', async () => {
    const both = async (path: string, body: unknown) => [
      await live.made(path, body),
      await twin.made(path, body),
    ];
    const [left, right] = await both('/v2/organizations', { name: 'New' });
    expect(right.id).toBe(left.id);
    const fields = (await twin.call('GET', '/v2/dealFields?limit=500')).body.data;
    const colours = fields.find((field: { field_name: string }) => field.field_name === 'Colours');
    const [a, b] = await both(`/v2/dealFields/${colours.field_code}/options`, [{ label: 'Green' }]);
    expect(b).toEqual(a);
  });

  test('it meets the same duplicates, refuses the same owner, and a reset brings the copy back', async () => {
    expect((await twin.call('PATCH', '/v2/deals/1', { owner_id: 5 })).status).toBe(400);
    await twin.call('DELETE', '/v2/deals/1');
    twin.emulator.control.reset();
    expect((await twin.call('GET', '/v2/deals/1')).body.data.is_deleted).toBe(false);
  });
});

describe('a twin without records', () => {
  test('has the configuration, and counts what the live account has against the caps', async () => {
    const live = await lively();
    const copy = await copyOf(live.emulator, { withRecords: false });
    const open = (await everyPage(live, '/v2/deals?limit=500'))[0] as { data: unknown[] };
    const twin = testClient({ twin: copy, switches: { openDealsCap: open.data.length + 2 } });
    expect(await everyPage(twin, '/v2/deals')).toEqual([{ status: 200, data: [] }]);
    expect(await everyPage(twin, '/v2/stages')).toEqual(await everyPage(live, '/v2/stages'));
    expect((await twin.call('POST', '/v2/deals', { title: 'fits' })).status).toBe(200);
    const over = await twin.call('POST', '/v2/deals', { title: 'one too many' });
    expect(over).toMatchObject({ status: 403, body: { code: 'feature_capping_deals_limit' } });
    twin.emulator.control.reset();
    expect((await twin.call('POST', '/v2/deals', { title: 'fits again' })).status).toBe(200);
  });

  test('acts as the user whose token read, with that user’s rights', async () => {
    const live = testClient({ world: 'lived-in' });
    const seeded = live.emulator.control.seed({ users: [{ name: 'Reader', email: 'r@x.example' }] }) as {
      users: { id: number; api_token: string }[];
    };
    const copy = await copyOf(live.emulator, { token: seeded.users[0]?.api_token, withRecords: false });
    const twin = testClient({ twin: copy });
    expect((await twin.call('GET', '/v1/users/me')).body.data).toMatchObject({
      id: 6,
      name: 'Reader',
      is_you: true,
    });
    const oauth = await twin.call('GET', '/v1/users/me', undefined, twin.emulator.oauthToken);
    expect(oauth.body.data.id).toBe(6);
  });

  test('takes users whose ids have eight digits', async () => {
    const live = testClient({ world: 'lived-in' });
    const far = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(far);
      if (typeof value !== 'object' || value === null) return value;
      const keys = ['owner_id', 'creator_user_id', 'user_id'];
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [
          key,
          (keys.includes(key) || (key === 'id' && 'email' in value)) && typeof each === 'number'
            ? each + 23_000_000
            : far(each),
        ]),
      );
    };
    const copy = await copyOf(live.emulator, {
      fetch: async (request: Request) => {
        const answer = await live.emulator.app.fetch(request);
        return new Response(JSON.stringify(far(await answer.json())), answer);
      },
    });
    const twin = testClient({ twin: copy });
    const users = (await twin.call('GET', '/v1/users')).body.data;
    expect(users.map(({ id }: { id: number }) => id)).toEqual([
      23_000_001, 23_000_002, 23_000_003, 23_000_004, 23_000_005,
    ]);
    const deal = await twin.made('/v2/deals', { title: 'mine' });
    expect(deal.owner_id).toBe(23_000_001);
  });
});

describe('reading a live account', () => {
  test.each([
    ['waits out a 429', [{ kind: 'status-429', count: 2 }]],
    ['tries a 500 again', [{ kind: 'status-500', count: 3 }]],
    ['tries a page of a gateway again', [{ kind: 'status-502-html', count: 1 }]],
    ['tries a lost answer again', [{ kind: 'lost-answer', count: 2 }]],
    ['tries half an answer again', [{ kind: 'malformed-json', count: 1 }]],
  ])('%s', async (_, rules) => {
    const live = testClient({ world: 'lived-in' });
    live.emulator.control.faults({ seed: 1, rules });
    const copy = await copyOf(live.emulator);
    expect(copy.tables.get('deals')).toHaveLength(70);
    expect(copy.requests).toBeGreaterThan(20);
  });

  test('keeps to the account’s limits and only reads', async () => {
    const live = testClient({ world: 'lived-in', limits: 'on', plan: 'lite', seats: 1 });
    await copyOf(live.emulator);
    const log = live.emulator.control.log();
    expect(log.every(({ method }) => method === 'GET')).toBe(true);
    expect(log.every(({ path }) => !path.includes(live.emulator.token))).toBe(true);
  });

  test('goes without what the account does not have, and says so', async () => {
    const live = testClient({ switches: { projectsAddOn: false } });
    const copy = await copyOf(live.emulator);
    expect(copy.switches.projectsAddOn).toBe(false);
    expect(copy.notes).toContain('the account has no boards for this token');
    const twin = testClient({ twin: copy });
    expect((await twin.call('GET', '/v2/projects')).status).toBe(415);
  });

  test('takes plan and seats from the caller where the headers do not tell', async () => {
    const live = testClient({});
    const copy = await copyOf(live.emulator, {
      fetch: async (request: Request) => {
        const answer = await live.emulator.app.fetch(request);
        return new Response(await answer.text(), { status: answer.status });
      },
    });
    expect(copy).toMatchObject({ plan: 'lite', seats: 3 });
    expect(copy.notes[0]).toContain('do not tell its plan');
  });

  test.each([
    ['a token that is unknown', { token: 'nonsense' }, 'does not know the token'],
    ['an address without https', { url: 'http://acme.pipedrive.com' }, 'in the clear'],
    [
      'an account that never answers',
      { fetch: async () => Promise.reject(new TypeError('fetch failed')) },
      'did not answer GET /api/v1/users/me (no connection)',
    ],
  ])('refuses %s', async (_, more, words) => {
    const live = testClient({});
    await expect(copyOf(live.emulator, more)).rejects.toThrow(words);
  });

  test('stops when the day’s tokens are used up', async () => {
    const live = testClient({ limits: 'on' });
    live.emulator.control.faults({ rules: [{ kind: 'daily-exhausted', count: 1 }] });
    await expect(copyOf(live.emulator)).rejects.toThrow('tokens of the live account are used up');
  });
});
