import { describe, expect, test } from 'vitest';
import type { PipedriveOptions } from './emulator.ts';
import { type TestClient, testClient } from './test-client.ts';

type Who = 'admin' | 'owner' | 'peer' | 'below' | 'above' | 'stranger';

/** An account with users in groups: above > peers (owner, peer) > below, and a stranger in a group of their own. */
function scene(options: PipedriveOptions = {}) {
  const client = testClient({ plan: 'premium', ...options });
  const { users } = client.emulator.control.seed({
    roles: [
      { name: 'Above' },
      { name: 'Peers', parent_role_id: 2 },
      { name: 'Below', parent_role_id: 3 },
      { name: 'Strangers' },
    ],
    users: [
      { name: 'owner', email: 'owner@x.example', role_id: 3 },
      { name: 'peer', email: 'peer@x.example', role_id: 3 },
      { name: 'below', email: 'below@x.example', role_id: 4 },
      { name: 'above', email: 'above@x.example', role_id: 2 },
      { name: 'stranger', email: 'stranger@x.example', role_id: 5 },
    ],
  }) as { users: { id: number; email: string; api_token: string }[] };
  const tokens = { admin: client.emulator.token } as Record<Who, string>;
  const ids = { admin: 1 } as Record<Who, number>;
  for (const user of users) {
    const name = user.email.split('@')[0] as Who;
    tokens[name] = user.api_token;
    ids[name] = user.id;
  }
  return { ...client, tokens, ids };
}

const EVERYBODY: readonly Who[] = ['admin', 'owner', 'peer', 'below', 'above', 'stranger'];

/** Paths of records that can be hidden, with a body that makes one. */
const KINDS = [
  ['/v2/deals', { title: 'Hidden' }, 'deals'],
  ['/v2/persons', { name: 'Hidden' }, 'persons'],
  ['/v2/organizations', { name: 'Hidden' }, 'organizations'],
  ['/v2/products', { name: 'Hidden' }, 'products'],
] as const;

describe.each(KINDS)('records at %s', (path, body) => {
  test.each([
    [1, ['admin', 'owner']],
    [3, ['admin', 'owner', 'peer', 'above']],
    [5, ['admin', 'owner', 'peer', 'below', 'above']],
    [7, EVERYBODY],
  ] as const)('with visible_to %i are there for %j alone', async (visible_to, expected) => {
    const { made, call, tokens, ids, emulator } = scene({ switches: { searchLagMs: 0 } });
    const { id } = await made(path, { ...body, owner_id: ids.owner, visible_to });
    const seen = async (target: string, has: (data: never) => boolean) => {
      const found: Who[] = [];
      for (const who of EVERYBODY) {
        const answer = await call('GET', target, undefined, tokens[who]);
        if (answer.status === 200 && has(answer.body.data as never)) found.push(who);
      }
      return found;
    };
    expect(await seen(path, (data: { id: number }[]) => data.some((each) => each.id === id))).toEqual(
      expected,
    );
    expect(await seen(`${path}/${id}`, (data: { id: number }) => data.id === id)).toEqual(expected);
    const hits = (data: { items: unknown[] }) => data.items.length === 1;
    expect(await seen(`${path}/search?term=Hidden`, hits)).toEqual(expected);
    expect(await seen('/v2/itemSearch?term=Hidden', hits)).toEqual(expected);
    expect(emulator.control.log().some(({ status }) => status >= 500)).toBe(false);
  });
});

describe('who may see a record', () => {
  test.each([
    [1, [1, 2]],
    [3, [1, 2, 3, 5]],
    [5, [1, 2, 3, 4, 5]],
    [7, [1, 2, 3, 4, 5, 6]],
  ])('with visible_to %i is answered as %j', async (visible_to, users) => {
    const { made, call, ids } = scene();
    await made('/v2/organizations', { name: 'O', owner_id: ids.owner, visible_to });
    await made('/v2/persons', { name: 'P', owner_id: ids.owner, visible_to });
    await made('/v2/deals', { title: 'D', owner_id: ids.owner, visible_to });
    const lead = await made('/v1/leads', {
      title: 'L',
      organization_id: 1,
      owner_id: ids.owner,
      visible_to: String(visible_to),
    });
    for (const path of ['deals/1', 'persons/1', 'organizations/1', `leads/${lead.id}`]) {
      const { status, body } = await call('GET', `/v1/${path}/permittedUsers`);
      expect(status).toBe(200);
      expect(body.data).toEqual(users);
    }
    expect((await call('GET', '/v1/deals/9/permittedUsers')).status).toBe(404);
  });

  test('on the smaller plans 1 means the owner and the followers', async () => {
    const { made, call, tokens, ids } = scene({ plan: 'growth' });
    const deal = await made('/v2/deals', { title: 'D', owner_id: ids.owner, visible_to: 1 });
    const status = async () => (await call('GET', `/v2/deals/${deal.id}`, undefined, tokens.stranger)).status;
    expect(await status()).toBe(404);
    await made(`/v2/deals/${deal.id}/followers`, { user_id: ids.stranger });
    expect(await status()).toBe(200);
    await call('DELETE', `/v2/deals/${deal.id}/followers/${ids.stranger}`);
    expect(await status()).toBe(404);
  });

  test('leads hide from lists too', async () => {
    const { made, call, tokens, ids } = scene();
    await made('/v2/organizations', { name: 'O' });
    const lead = await made('/v1/leads', {
      title: 'L',
      organization_id: 1,
      owner_id: ids.owner,
      visible_to: '1',
    });
    expect((await call('GET', '/v1/leads', undefined, tokens.peer)).body.data).toEqual([]);
    expect((await call('GET', '/v1/leads', undefined, tokens.owner)).body.data).toHaveLength(1);
    expect((await call('GET', `/v1/leads/${lead.id}`, undefined, tokens.peer)).status).toBe(404);
  });

  test('notes hide with what they hang on, and cannot be hung on it', async () => {
    const { made, call, tokens, ids } = scene();
    await made('/v2/deals', { title: 'D', owner_id: ids.owner, visible_to: 1 });
    const note = await made('/v1/notes', { content: 'secret', deal_id: 1 });
    for (const [who, count, status] of [
      ['owner', 1, 200],
      ['peer', 0, 404],
    ] as const) {
      expect((await call('GET', '/v1/notes', undefined, tokens[who])).body.data).toHaveLength(count);
      expect((await call('GET', `/v1/notes/${note.id}`, undefined, tokens[who])).status).toBe(status);
    }
    const refused = await call('POST', '/v1/notes', { content: 'x', deal_id: 1 }, tokens.peer);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toBe(
      'Cannot add note because deal does not exist or you have no permissions to access this deal.',
    );
    expect((await call('POST', '/v1/notes', { content: 'x', deal_id: 1 }, tokens.owner)).status).toBe(201);
  });

  test.each([
    [404, 'Deal not found.'],
    [403, 'You do not have permissions to access this deal.'],
  ] as const)(
    'a hidden record is %i by the switch hiddenRecord, whatever is asked of it',
    async (hiddenRecord, error) => {
      const { made, call, tokens, ids } = scene({ switches: { hiddenRecord } });
      const deal = await made('/v2/deals', { title: 'D', owner_id: ids.owner, visible_to: 1 });
      for (const [method, path, body] of [
        ['GET', `/v2/deals/${deal.id}`, undefined],
        ['PATCH', `/v2/deals/${deal.id}`, { title: 'X' }],
        ['GET', `/v1/deals/${deal.id}/participants`, undefined],
        ['GET', `/v1/deals/${deal.id}/flow`, undefined],
        ['GET', `/v2/deals/${deal.id}/followers`, undefined],
      ] as const) {
        const answer = await call(method, path, body, tokens.stranger);
        expect(answer.status).toBe(hiddenRecord);
        expect(answer.body.error).toBe(error);
      }
      expect((await call('GET', `/v2/deals/${deal.id}`)).body.data.title).toBe('D');
    },
  );
});

describe('what a user has no right to is 403', () => {
  const regular = { name: 'R', email: 'r@x.example' };
  function withUser(user: object): TestClient & { readonly token: string } {
    const client = testClient();
    const { users } = client.emulator.control.seed({ users: [{ ...regular, ...user }] }) as {
      users: { api_token: string }[];
    };
    return { ...client, token: users[0]?.api_token ?? '' };
  }

  test.each([
    ['DELETE', '/v2/deals/1', undefined, 'can_delete_deals'],
    ['PUT', '/v1/deals/1/merge', { merge_with_id: 2 }, 'can_merge_deals'],
    ['PUT', '/v1/persons/1/merge', { merge_with_id: 2 }, 'can_merge_people'],
    ['PUT', '/v1/organizations/1/merge', { merge_with_id: 2 }, 'can_merge_organizations'],
    ['POST', '/v2/dealFields', { field_name: 'F', field_type: 'varchar' }, 'can_add_custom_fields'],
    ['POST', '/v1/leadLabels', { name: 'Hot', color: 'red' }, 'can_modify_labels'],
  ] as const)('%s %s needs its right', async (method, path, body, right) => {
    for (const allowed of [false, true]) {
      const { made, call, token } = withUser({ rights: { [right]: allowed } });
      for (const nr of [1, 2]) {
        await made('/v2/deals', { title: `D${nr}` });
        await made('/v2/persons', { name: `P${nr}` });
        await made('/v2/organizations', { name: `O${nr}` });
      }
      const answer = await call(method, path, body, token);
      if (allowed) expect(answer.status).toBeLessThan(300);
      else
        expect(answer).toMatchObject({
          status: 403,
          body: { success: false, error: 'You do not have permissions to do this.' },
        });
      expect((await call('GET', `/v1/users/2/permissions`)).body.data[right]).toBe(allowed);
    }
  });

  test.each([
    ['POST', '/v2/pipelines', { name: 'P' }],
    ['DELETE', '/v2/stages/1', undefined],
    ['POST', '/v1/activityTypes', { name: 'T', icon_key: 'call' }],
    ['POST', '/v1/users', { email: 'new@x.example' }],
    ['PUT', '/v1/users/1', { active_flag: false }],
    ['GET', '/v1/permissionSets', undefined],
    ['POST', '/v1/roles', { name: 'R' }],
  ] as const)('%s %s is for administrators', async (method, path, body) => {
    const { call, token } = withUser({});
    expect((await call(method, path, body, token)).status).toBe(403);
    expect((await call(method, path, body)).status).toBeLessThan(300);
  });

  test('everything, for a user who may not use the API', async () => {
    const { call, token } = withUser({ rights: { can_use_api: false } });
    expect((await call('GET', '/v2/deals', undefined, token)).status).toBe(403);
  });

  test('an ordinary user still reads, creates and changes what they see', async () => {
    const { call, token } = withUser({});
    const made = await call('POST', '/v2/deals', { title: 'Mine' }, token);
    expect(made.body.data).toMatchObject({ owner_id: 2, creator_user_id: 2 });
    expect((await call('PATCH', '/v2/deals/1', { title: 'Ours' }, token)).status).toBe(200);
    expect((await call('GET', '/v2/pipelines', undefined, token)).status).toBe(200);
  });
});
