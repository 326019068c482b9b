import { describe, expect, test } from 'vitest';
import { OPERATIONS } from './operations.ts';
import { PLANS, type PlanName } from './plans.ts';
import { TEST_NOW_MS, type TestClient, testClient } from './test-client.ts';

const remaining = (client: TestClient) =>
  (client.emulator.control.extra('budget') as { limit: number; remaining: number }).remaining;

function clockedClient(options: Parameters<typeof testClient>[0] = {}) {
  let nowMs = TEST_NOW_MS;
  const client = testClient({ limits: 'on', ...options, nowMs: () => nowMs });
  return {
    ...client,
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe('the token ledger', () => {
  test.each([
    ['lite', 1, 30_000],
    ['lite', 5, 150_000],
    ['growth', 10, 600_000],
    ['premium', 25, 3_750_000],
    ['ultimate', 10, 2_100_000],
  ] as const)('a company on %s with %i seats has %i tokens a day', async (plan, seats, tokens) => {
    const client = testClient({ plan, seats });
    const { headers } = await client.call('GET', '/v1/users/me');
    expect(headers.get('x-daily-ratelimit-token-limit')).toBe(String(tokens));
  });

  test('the header shows what was left before the request at hand', async () => {
    const client = testClient({ plan: 'lite', seats: 1 });
    const left = async (path: string) =>
      Number((await client.call('GET', path)).headers.get('x-daily-ratelimit-token-remaining'));
    expect(await left('/v1/users/me')).toBe(30_000);
    expect(await left('/v2/deals')).toBe(29_998);
    expect(await left('/v2/stages')).toBe(29_988);
    expect(await left('/v2/dealFields/title')).toBe(29_983);
    expect(await left('/v1/users')).toBe(29_982);
    expect(remaining(client)).toBe(29_962);
  });

  test('every operation that is served is charged its published cost, refused ones too', async () => {
    const served = OPERATIONS.filter(({ handler }) => handler !== null);
    expect(served.length).toBeGreaterThan(90);
    const client = testClient({ plan: 'ultimate', seats: 100 });
    for (const operation of served) {
      const before = remaining(client);
      const path = operation.path.replace(/\{[^}]+\}/g, '4711');
      const body = operation.method === 'GET' || operation.method === 'DELETE' ? undefined : {};
      const { status } = await client.call(operation.method, `/${operation.api}${path}`, body);
      expect(status, `${operation.method} ${operation.path}`).not.toBe(501);
      expect(before - remaining(client), `${operation.api} ${operation.method} ${operation.path}`).toBe(
        operation.costTokens,
      );
    }
    const logged = client.emulator.control.log().reduce((sum, line) => sum + line.tokens, 0);
    expect(logged).toBe(30_000 * 7 * 100 - remaining(client));
  });

  test('refused requests cost nothing where the switch says so', async () => {
    const client = testClient({ switches: { chargeFailed: false } });
    const before = remaining(client);
    await client.call('POST', '/v2/deals', {});
    expect(remaining(client)).toBe(before);
  });

  test('at the end of the tokens everything is 429 until midnight', async () => {
    const client = clockedClient({ plan: 'lite', seats: 1 });
    client.emulator.control.faults({ rules: [{ kind: 'daily-exhausted', count: 1 }] });
    for (const path of ['/v2/deals', '/v1/users/me']) {
      const { status, headers, body } = await client.call('GET', path);
      expect(status).toBe(429);
      expect(headers.get('x-daily-ratelimit-token-remaining')).toBe('0');
      expect(headers.get('retry-after')).toBe(String(12 * 3_600));
      expect(body).toMatchObject({ success: false, errorCode: 429 });
    }
    client.pass(12 * 3_600_000);
    const { status, headers } = await client.call('GET', '/v2/deals');
    expect(status).toBe(200);
    expect(headers.get('x-daily-ratelimit-token-remaining')).toBe('30000');
  });

  test('midnight is that of the budget’s zone', async () => {
    const client = clockedClient({ switches: { budgetZoneMinutes: 180 } });
    client.emulator.control.faults({ rules: [{ kind: 'daily-exhausted', count: 1 }] });
    expect((await client.call('GET', '/v2/deals')).headers.get('retry-after')).toBe(String(9 * 3_600));
  });

  test('the daily headers may be missing', async () => {
    const client = testClient({ switches: { omitDailyHeaders: 1 } });
    expect((await client.call('GET', '/v2/deals')).headers.get('x-daily-ratelimit-token-limit')).toBeNull();
  });
});

describe('the burst windows', () => {
  test.each(Object.entries(PLANS))(
    '%s: as many requests in 2 seconds as the plan allows',
    async (name, plan) => {
      const client = clockedClient({ plan: name as PlanName, seats: 100, switches: { cloudflareAfter: 0 } });
      const { token, oauthToken } = client.emulator;
      for (const [used, limit] of [
        [token, plan.burstApiToken],
        [oauthToken, plan.burstOauth],
      ] as const) {
        for (let sent = 1; sent <= limit; sent += 1) {
          const { status, headers } = await client.call('GET', '/v1/users/me', undefined, used);
          expect(status).toBe(200);
          expect(headers.get('x-ratelimit-limit')).toBe(String(limit));
          expect(headers.get('x-ratelimit-remaining')).toBe(String(limit - sent));
        }
        const refused = await client.call('GET', '/v1/users/me', undefined, used);
        expect(refused.status).toBe(429);
        expect(refused.headers.get('retry-after')).toBe('2');
        expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
        expect(Number(refused.headers.get('x-daily-ratelimit-token-remaining'))).toBeGreaterThan(0);
      }
      client.pass(1_999);
      expect((await client.call('GET', '/v1/users/me')).status).toBe(429);
      client.pass(1);
      expect((await client.call('GET', '/v1/users/me')).status).toBe(200);
    },
  );

  test('roll: each request frees its own place 2 seconds later', async () => {
    const client = clockedClient({ plan: 'lite' });
    const send = async () => (await client.call('GET', '/v1/users/me')).status;
    for (let sent = 0; sent < 10; sent += 1) await send();
    client.pass(1_000);
    for (let sent = 0; sent < 10; sent += 1) expect(await send()).toBe(200);
    expect(await send()).toBe(429);
    client.pass(1_000);
    for (let sent = 0; sent < 10; sent += 1) expect(await send()).toBe(200);
    expect(await send()).toBe(429);
  });

  test('are per token: another user has a window of their own', async () => {
    const client = clockedClient({ plan: 'lite' });
    const { users } = client.emulator.control.seed({ users: [{ name: 'U', email: 'u@x.example' }] }) as {
      users: { api_token: string }[];
    };
    for (let sent = 0; sent < 21; sent += 1) await client.call('GET', '/v1/users/me');
    expect((await client.call('GET', '/v1/users/me')).status).toBe(429);
    expect((await client.call('GET', '/v1/users/me', undefined, users[0]?.api_token)).status).toBe(200);
  });

  test('searches have 10 in 2 seconds on every plan', async () => {
    const client = clockedClient({ plan: 'ultimate' });
    for (let sent = 0; sent < 10; sent += 1)
      expect((await client.call('GET', '/v2/itemSearch?term=abc')).status).toBe(200);
    const refused = await client.call('GET', '/v2/persons/search?term=abc');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-limit')).toBe('10');
    expect((await client.call('GET', '/v2/persons')).status).toBe(200);
  });

  test('a refused request costs no tokens', async () => {
    const client = clockedClient({ plan: 'lite' });
    for (let sent = 0; sent < 20; sent += 1) await client.call('GET', '/v1/users/me');
    const before = remaining(client);
    await client.call('GET', '/v1/users/me');
    expect(remaining(client)).toBe(before);
  });

  test('going on through 429 brings the firewall up, for API tokens only', async () => {
    const client = clockedClient({ plan: 'lite', switches: { cloudflareAfter: 5, cloudflareMs: 60_000 } });
    const { oauthToken } = client.emulator;
    for (let sent = 0; sent < 26; sent += 1) await client.call('GET', '/v1/users/me');
    const blocked = await client.call('GET', '/v1/users/me');
    expect(blocked.status).toBe(403);
    expect(blocked.headers.get('content-type')).toContain('text/html');
    expect(blocked.body).toContain('Cloudflare');
    for (let sent = 0; sent < 100; sent += 1) await client.call('GET', '/v1/users/me', undefined, oauthToken);
    expect((await client.call('GET', '/v1/users/me', undefined, oauthToken)).status).toBe(429);
    client.pass(60_000);
    expect((await client.call('GET', '/v1/users/me')).status).toBe(200);
  });

  test('the old cap of 10,000 writes a day shows in its header where the switch is on', async () => {
    const client = testClient({ switches: { dailyRequestsLeft: true } });
    const post = () => client.call('POST', '/v2/organizations', { name: 'A' });
    expect((await post()).headers.get('x-daily-requests-left')).toBe('9999');
    expect((await post()).headers.get('x-daily-requests-left')).toBe('9998');
    expect((await client.call('GET', '/v2/organizations')).headers.get('x-daily-requests-left')).toBeNull();
  });
});

describe('the caps of a plan', () => {
  test('deals and leads together, neither archived nor deleted', async () => {
    const client = testClient({ switches: { openDealsCap: 3 } });
    const person = await client.made('/v2/persons', { name: 'P' });
    await client.made('/v2/deals', { title: 'A' });
    await client.made('/v2/deals', { title: 'B', status: 'won' });
    const lead = await client.made('/v1/leads', { title: 'L', person_id: person.id });
    const refused = await client.call('POST', '/v2/deals', { title: 'C' });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      success: false,
      error: "Couldn't add the deal. Open deals limit reached.",
      code: 'feature_capping_deals_limit',
    });
    const lead403 = await client.call('POST', '/v1/leads', { title: 'M', person_id: person.id });
    expect(lead403).toMatchObject({ status: 403, body: { code: 'feature_capping_deals_limit' } });
    await client.made('/v2/deals', { title: 'archived at once', is_archived: true });
    await client.call('DELETE', `/v1/leads/${lead.id}`);
    await client.made('/v2/deals', { title: 'C' });
    await client.call('PATCH', '/v2/deals/1', { is_archived: true });
    await client.made('/v2/deals', { title: 'D' });
    expect((await client.call('PATCH', '/v2/deals/1', { is_archived: false })).status).toBe(403);
  });

  test('per seat: 2,500 on lite', async () => {
    const client = testClient({ plan: 'lite', seats: 1 });
    client.emulator.control.seed({ deals: Array.from({ length: 2_499 }, (_, n) => ({ title: `D${n}` })) });
    expect((await client.call('POST', '/v2/deals', { title: 'last' })).status).toBe(200);
    expect((await client.call('POST', '/v2/deals', { title: 'one too many' })).status).toBe(403);
  });

  test.each([
    ['lite', 30],
    ['growth', 100],
    ['premium', 300],
    ['ultimate', 500],
  ] as const)('%s: %i custom fields over all entities', async (plan, cap) => {
    const client = testClient({ plan });
    const entities = ['deal', 'person', 'organization', 'product'];
    for (let made = 0; made < cap; made += 1)
      await client.made(`/v2/${entities[made % 4]}Fields`, { field_name: `F${made}`, field_type: 'varchar' });
    const refused = await client.call('POST', '/v2/dealFields', { field_name: 'X', field_type: 'varchar' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'feature_capping_custom_fields_limit' } });
    const [code] = [(await client.call('GET', '/v2/productFields?limit=500')).body.data.at(-1).field_code];
    await client.call('DELETE', `/v2/productFields/${code}`);
    expect(
      (await client.call('POST', '/v2/dealFields', { field_name: 'X', field_type: 'text' })).status,
    ).toBe(200);
  });

  test('activity types', async () => {
    const client = testClient({ switches: { activityTypesCap: 7 } });
    await client.made('/v1/activityTypes', { name: 'Seventh', icon_key: 'bell' });
    const refused = await client.call('POST', '/v1/activityTypes', { name: 'Eighth', icon_key: 'bell' });
    expect(refused).toMatchObject({ status: 403 });
    expect(refused.body.error).toContain("You've reached the activity type per company limit");
  });

  test.each([
    ['lite', [1, 3], [5, 7]],
    ['growth', [1, 3], [5, 7]],
    ['premium', [1, 3, 5, 7], [2]],
    ['ultimate', [1, 3, 5, 7], [0]],
  ] as const)('%s: visibilities %j and not %j', async (plan, taken, refused) => {
    const client = testClient({ plan });
    for (const visible_to of taken)
      expect((await client.call('POST', '/v2/deals', { title: 'A', visible_to })).status).toBe(200);
    for (const visible_to of refused)
      expect((await client.call('POST', '/v2/deals', { title: 'A', visible_to })).status).toBe(403);
  });
});
