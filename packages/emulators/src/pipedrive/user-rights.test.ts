import { describe, expect, test } from 'vitest';
import { testClient } from './test-client.ts';

describe('users', () => {
  test('are added by e-mail, active or not, as administrators or not', async () => {
    const { call } = testClient();
    const plain = await call('POST', '/v1/users', { email: 'ada@x.example' });
    expect(plain.status).toBe(200);
    expect(plain.body.data).toMatchObject({
      id: 2,
      email: 'ada@x.example',
      active_flag: true,
      is_you: false,
    });
    const access = [{ app: 'global', admin: true }];
    const chief = await call('POST', '/v1/users', { email: 'chief@x.example', access, active_flag: false });
    expect(chief.body.data).toMatchObject({ id: 3, active_flag: false });
    expect(chief.body.data.access).toContainEqual(expect.objectContaining({ app: 'global', admin: true }));
    expect((await call('GET', '/v1/users')).body.data).toHaveLength(3);
  });

  test.each([
    [{}, 400],
    [{ email: 'nobody' }, 400],
    [{ email: 'admin@emulated.example' }, 400],
    [{ email: 'a@x.example', name: 'A' }, 400],
    [{ email: 'a@x.example', access: [{ app: 'kitchen' }] }, 400],
    [{ email: 'a@x.example', access: [{ app: 'sales', permission_set_id: 'none' }] }, 400],
  ])('with %j are refused', async (body, status) => {
    const { call } = testClient();
    expect((await call('POST', '/v1/users', body)).status).toBe(status);
    expect((await call('GET', '/v1/users')).body.data).toHaveLength(1);
  });

  test.each([
    ['refuse', 403],
    ['bill', 200],
  ] as const)('beyond the last seat: with the switch fullSeats at %s it is %i', async (fullSeats, status) => {
    const { call } = testClient({ seats: 1, switches: { fullSeats } });
    expect((await call('POST', '/v1/users', { email: 'a@x.example' })).status).toBe(status);
    expect((await call('POST', '/v1/users', { email: 'b@x.example', active_flag: false })).status).toBe(200);
    const id = status === 403 ? 2 : 3;
    expect((await call('PUT', `/v1/users/${id}`, { active_flag: true })).status).toBe(status);
  });

  test('are deactivated and come back; meanwhile their token is dead', async () => {
    const { call, emulator } = testClient();
    const { users } = emulator.control.seed({ users: [{ name: 'A', email: 'a@x.example' }] }) as {
      users: { id: number; api_token: string }[];
    };
    const token = users[0]?.api_token;
    expect((await call('PUT', '/v1/users/2', { active_flag: false })).body.data.active_flag).toBe(false);
    expect((await call('GET', '/v2/deals', undefined, token)).status).toBe(401);
    await call('PUT', '/v1/users/2', { active_flag: 1 });
    expect((await call('GET', '/v2/deals', undefined, token)).status).toBe(200);
    expect(await call('PUT', '/v1/users/9', { active_flag: true })).toMatchObject({
      status: 404,
      body: { error: 'User not found or not accessible.' },
    });
    expect((await call('PUT', '/v1/users/2', { name: 'B' })).status).toBe(400);
  });

  test('have every published right or none by being an administrator, and the default ones otherwise', async () => {
    const { call, emulator } = testClient();
    emulator.control.seed({ users: [{ name: 'A', email: 'a@x.example' }] });
    const rights = async (id: number) => (await call('GET', `/v1/users/${id}/permissions`)).body.data;
    const chief = await rights(1);
    expect(Object.keys(chief)).toHaveLength(31);
    expect(Object.values(chief).every(Boolean)).toBe(true);
    expect(await rights(2)).toMatchObject({
      can_add_products: true,
      can_delete_deals: false,
      can_use_api: true,
    });
  });

  test('are followed by nobody', async () => {
    const { call } = testClient();
    expect((await call('GET', '/v1/users/1/followers')).body).toEqual({ success: true, data: [] });
    expect((await call('GET', '/v2/users/1/followers')).body.data).toEqual([]);
    expect((await call('GET', '/v1/users/9/followers')).status).toBe(404);
  });
});

describe('permission sets', () => {
  test('list their kinds and how many users have them', async () => {
    const { call, emulator } = testClient();
    emulator.control.seed({
      users: [
        { name: 'A', email: 'a@x.example' },
        { name: 'B', email: 'b@x.example' },
      ],
    });
    const { body } = await call('GET', '/v1/permissionSets');
    expect(body.data).toHaveLength(5);
    const sales = (await call('GET', '/v1/permissionSets?app=sales')).body.data;
    expect(
      sales.map((set: { type: string; assignment_count: number }) => [set.type, set.assignment_count]),
    ).toEqual([
      ['admin', 1],
      ['regular', 2],
    ]);
    const { id } = sales[1];
    expect((await call('GET', `/v1/permissionSets/${id}`)).body).toMatchObject({
      id,
      contents: expect.arrayContaining(['can_use_api']),
    });
    const assigned = (await call('GET', `/v1/permissionSets/${id}/assignments`)).body.data;
    expect(assigned.map((each: { user_id: number }) => each.user_id)).toEqual([2, 3]);
    const ada = (await call('GET', '/v1/users/2')).body.data;
    expect(ada.access).toContainEqual({ app: 'sales', admin: false, permission_set_id: id });
  });

  test.each([
    ['/v1/permissionSets?app=kitchen', 400],
    ['/v1/permissionSets/none', 404],
    ['/v1/permissionSets/none/assignments', 404],
  ])('%s is %i', async (path, status) => {
    expect((await testClient().call('GET', path)).status).toBe(status);
  });
});

describe('roles', () => {
  test('start with one that everybody is in, and are added below it or beside it', async () => {
    const { call } = testClient();
    const top = await call('POST', '/v1/roles', { name: 'Sales' });
    expect(top.body).toEqual({ success: true, data: { id: 2 } });
    await call('POST', '/v1/roles', { name: 'Inside sales', parent_role_id: 2 });
    const { body } = await call('GET', '/v1/roles');
    expect(body.data).toMatchObject([
      { id: 1, name: '(Unassigned users)', assignment_count: '1', level: 1 },
      { id: 2, parent_role_id: null, sub_role_count: '1', level: 1 },
      { id: 3, parent_role_id: 2, sub_role_count: '0', level: 2 },
    ]);
    expect((await call('GET', '/v1/roles/2')).body).toMatchObject({
      data: { name: 'Sales' },
      additional_data: { settings: { deal_default_visibility: 3 } },
    });
  });

  test('take users in and give them back to the first one', async () => {
    const { call } = testClient();
    await call('POST', '/v1/roles', { name: 'Sales' });
    expect((await call('POST', '/v1/roles/2/assignments', { user_id: 1 })).body.data).toEqual({
      user_id: 1,
      role_id: 2,
    });
    expect((await call('GET', '/v1/roles/2/assignments')).body.data).toMatchObject([
      { user_id: 1, role_id: 2, name: 'Sales' },
    ]);
    expect((await call('GET', '/v1/users/1/roleAssignments')).body.data).toMatchObject([
      { role_id: 2, type: '1' },
    ]);
    expect((await call('GET', '/v1/users/1')).body.data.role_id).toBe(2);
    expect((await call('DELETE', '/v1/roles/2/assignments', { user_id: 1 })).body.data).toEqual({ id: 2 });
    expect((await call('GET', '/v1/users/1')).body.data.role_id).toBe(1);
  });

  test('have settings of their own', async () => {
    const { call } = testClient();
    await call('POST', '/v1/roles', { name: 'Sales' });
    await call('POST', '/v1/roles/2/assignments', { user_id: 1 });
    const set = await call('POST', '/v1/roles/2/settings', {
      setting_key: 'deal_default_visibility',
      value: 1,
    });
    expect(set.body.data).toEqual({ id: 2, deal_default_visibility: 1 });
    for (const path of ['/v1/roles/2/settings', '/v1/users/1/roleSettings'])
      expect((await call('GET', path)).body.data).toMatchObject({
        deal_default_visibility: 1,
        org_default_visibility: 3,
      });
  });

  test.each([
    ['deal', '/v2/deals', { title: 'D' }, 1],
    ['person', '/v2/persons', { name: 'P' }, 1],
    ['org', '/v2/organizations', { name: 'O' }, 1],
    ['product', '/v2/products', { name: 'P' }, 1],
    ['lead', '/v1/leads', { title: 'L', person_id: 1 }, '1'],
  ])('decide who sees a new %s that does not say so itself', async (entity, path, body, visible_to) => {
    const { call, made } = testClient();
    await made('/v2/persons', { name: 'Ada', visible_to: 3 });
    await call('POST', '/v1/roles/1/settings', { setting_key: `${entity}_default_visibility`, value: 1 });
    expect((await made(path, body)).visible_to).toBe(visible_to);
    const said = typeof visible_to === 'string' ? '3' : 3;
    expect((await made(path, { ...body, visible_to: said })).visible_to).toBe(said);
  });

  test('are renamed, moved and removed; who was in them goes to the first', async () => {
    const { call } = testClient();
    await call('POST', '/v1/roles', { name: 'A' });
    await call('POST', '/v1/roles', { name: 'B', parent_role_id: 2 });
    await call('POST', '/v1/roles/2/assignments', { user_id: 1 });
    expect((await call('PUT', '/v1/roles/2', { name: 'AA' })).body.data).toEqual({ id: 2 });
    expect((await call('DELETE', '/v1/roles/2')).body.data).toEqual({ id: 2 });
    expect((await call('GET', '/v1/users/1')).body.data.role_id).toBe(1);
    expect((await call('GET', '/v1/roles/3')).body.data.parent_role_id).toBeNull();
  });

  test.each([
    ['POST', '/v1/roles', {}, 400],
    ['POST', '/v1/roles', { name: 'C', parent_role_id: 9 }, 400],
    ['PUT', '/v1/roles/2', { parent_role_id: 3 }, 400],
    ['DELETE', '/v1/roles/1', undefined, 400],
    ['GET', '/v1/roles/9', undefined, 404],
    ['POST', '/v1/roles/2/assignments', { user_id: 9 }, 404],
    ['DELETE', '/v1/roles/2/assignments', { user_id: 1 }, 400],
    ['POST', '/v1/roles/2/settings', { setting_key: 'deal_default_visibility', value: 5 }, 403],
    ['POST', '/v1/roles/2/settings', { setting_key: 'deal_default_visibility', value: 2 }, 400],
  ] as const)('%s %s with %j is %i', async (method, path, body, status) => {
    const { call } = testClient();
    await call('POST', '/v1/roles', { name: 'A' });
    await call('POST', '/v1/roles', { name: 'B', parent_role_id: 2 });
    expect((await call(method, path, body)).status).toBe(status);
  });
});
