import { describe, expect, test } from 'vitest';
import { TEST_NOW_MS } from '../test-client.ts';
import { webhookScene as scene, URL_OF_RECEIVER } from './webhook-scene-fixture.ts';

describe('webhooks', () => {
  test('are made, listed and removed', async () => {
    const { hook, call } = scene();
    const made = await hook('create', 'deal', { http_auth_user: 'u', http_auth_password: 'p' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'ok',
      success: true,
      data: {
        id: 1,
        owner_id: 1,
        user_id: 1,
        event_action: 'create',
        event_object: 'deal',
        subscription_url: URL_OF_RECEIVER,
        version: '2.0',
        is_active: 1,
        add_time: '2026-03-01T12:00:00.000Z',
        remove_time: null,
        type: 'general',
        http_auth_user: 'u',
        last_delivery_time: null,
        last_http_status: null,
        name: 'Hook',
      },
    });
    expect((await call('GET', '/v1/webhooks')).body.data).toEqual([made.body.data]);
    expect(await call('DELETE', '/v1/webhooks/1')).toMatchObject({
      status: 200,
      body: { status: 'ok', success: true },
    });
    expect((await call('GET', '/v1/webhooks')).body.data).toEqual([]);
    expect(await call('DELETE', '/v1/webhooks/1')).toMatchObject({
      status: 404,
      body: { status: 'error', success: false, errors: { id: ['not found'] } },
    });
  });

  test.each([
    [{ subscription_url: 'not a url' }, 'subscription_url'],
    [{ subscription_url: 'ftp://x.example' }, 'subscription_url'],
    [{ subscription_url: 'https://company.pipedrive.com/api/v1/deals' }, 'subscription_url'],
    [{ event_action: 'added' }, 'event_action'],
    [{ event_object: 'file' }, 'event_object'],
    [{ name: '' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ user_id: 99 }, 'user_id'],
    [{ version: '3.0' }, 'version'],
    [{ colour: 'red' }, 'colour'],
  ])('with %j are 400, naming what is wrong', async (more, key) => {
    const { hook } = scene();
    const { status, body } = await hook('*', '*', more);
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: 'error', success: false });
    expect(Object.keys(body.errors)).toEqual([key]);
  });

  test('of version 1.0 are not emulated, and say so', async () => {
    expect((await scene().hook('*', '*', { version: '1.0' })).status).toBe(501);
  });

  test('are 40 for each user: one more is 422', async () => {
    const { hook, call, emulator } = scene();
    for (let nr = 1; nr <= 40; nr += 1) expect((await hook()).status).toBe(201);
    expect((await hook()).status).toBe(422);
    emulator.control.seed({ users: [{ name: 'A', email: 'a@x.example' }] });
    expect((await hook('*', '*', { user_id: 2 })).status).toBe(201);
    await call('DELETE', '/v1/webhooks/7');
    expect((await hook()).status).toBe(201);
  });

  test('of others are neither seen nor removed by regular users', async () => {
    const { hook, call, emulator } = scene();
    const { users } = emulator.control.seed({ users: [{ name: 'A', email: 'a@x.example' }] }) as {
      users: { api_token: string }[];
    };
    const token = users[0]?.api_token;
    await hook();
    expect((await call('GET', '/v1/webhooks', undefined, token)).body.data).toEqual([]);
    expect(await call('DELETE', '/v1/webhooks/1', undefined, token)).toMatchObject({
      status: 403,
      body: { success: false, message: 'Forbidden' },
    });
    const body = { subscription_url: URL_OF_RECEIVER, event_action: '*', event_object: '*', name: 'H' };
    expect((await call('POST', '/v1/webhooks', { ...body, user_id: 1 }, token)).status).toBe(403);
    expect((await call('POST', '/v1/webhooks', body, token)).status).toBe(201);
    expect((await call('GET', '/v1/webhooks')).body.data).toHaveLength(2);
  });
});

test('webhooks are in the snapshot, deliveries are not', async () => {
  let nowMs = TEST_NOW_MS;
  const { hook, made, call, emulator, settled } = scene([], { nowMs: () => nowMs });
  const shot = () => JSON.stringify(emulator.control.snapshot());
  const before = shot();
  await hook();
  expect(emulator.control.snapshot()).toMatchObject({ webhooks: [{ url: URL_OF_RECEIVER }] });
  nowMs += 1_000;
  const { id } = await made('/v2/organizations', { name: 'A' });
  await settled();
  await call('DELETE', `/v2/organizations/${id}`);
  await call('DELETE', '/v1/webhooks/1');
  expect(shot()).toBe(before);
});
