import { describe, expect, test } from 'vitest';
import { testClient } from './test-client.ts';

describe.each([
  ['deals', { title: 'D' }, 'deal_id'],
  ['persons', { name: 'P' }, 'person_id'],
  ['organizations', { name: 'O' }, 'org_id'],
])('followers of %s', (path, body, v1Key) => {
  async function scene() {
    const client = testClient();
    client.emulator.control.seed({ users: [{ name: 'Ada', email: 'ada@x.example' }] });
    await client.made(`/v2/${path}`, body);
    const place = `/${path}/1/followers`;
    return { ...client, place };
  }

  test('come, go and are remembered', async () => {
    const { call, place } = await scene();
    const added = await call('POST', `/v2${place}`, { user_id: 2 });
    expect(added).toMatchObject({
      status: 201,
      body: { data: { user_id: 2, add_time: '2026-03-01T12:00:00Z' } },
    });
    expect((await call('GET', `/v2${place}`)).body.data).toMatchObject([{ user_id: 2 }]);
    expect((await call('DELETE', `/v2${place}/2`)).status).toBe(200);
    expect((await call('GET', `/v2${place}`)).body.data).toEqual([]);
    const { body: log } = await call('GET', `/v2${place}/changelog`);
    expect(log.data.map((entry: { action: string }) => entry.action)).toEqual(['added', 'removed']);
  });

  test('are the same in v1, named by their own id', async () => {
    const { call, place } = await scene();
    const { status, body: added } = await call('POST', `/v1${place}`, { user_id: 2 });
    expect(status).toBe(200);
    expect(added.data).toEqual({ user_id: 2, id: 1, [v1Key]: 1, add_time: '2026-03-01 12:00:00' });
    expect((await call('GET', `/v1${place}`)).body.data).toEqual([added.data]);
    expect((await call('DELETE', `/v1${place}/1`)).body.data).toEqual({ id: 1 });
    expect((await call('GET', `/v2${place}`)).body.data).toEqual([]);
  });

  test.each([
    ['POST', '', { user_id: 99 }, 400],
    ['POST', '', {}, 400],
    ['POST', '', { user_id: 2, name: 'Ada' }, 400],
    ['DELETE', '/2', undefined, 404],
  ])('%s %s with %j is %i', async (method, rest, given, status) => {
    const { call, place } = await scene();
    expect((await call(method, `/v2${place}${rest}`, given)).status).toBe(status);
    expect((await call(method, `/v2${place.replace('/1/', '/9/')}${rest}`, given)).status).toBe(404);
  });

  test('are in the snapshot, which is equal again once they are gone', async () => {
    const { call, place, emulator } = await scene();
    const shot = () => JSON.stringify(emulator.control.snapshot());
    const before = shot();
    await call('POST', `/v2${place}`, { user_id: 2 });
    expect(shot()).not.toBe(before);
    await call('DELETE', `/v2${place}/2`);
    expect(shot()).toBe(before);
  });
});
