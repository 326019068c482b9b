import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { OutgoingPost } from '../../kit/http-post.ts';
import { testClient } from '../test-client.ts';
import { type Message, webhookScene as scene, URL_OF_RECEIVER } from './webhook-scene-fixture.ts';

describe('a delivery', () => {
  test('of a creation carries the record, and meta in the published form', async () => {
    const { hook, made, messages, posts, settled } = scene();
    await hook('*', '*', { http_auth_user: 'u', http_auth_password: 'p' });
    await made('/v2/deals', { title: 'New', value: 5 });
    await settled();
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      url: URL_OF_RECEIVER,
      timeoutMs: 10_000,
      headers: { authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
    });
    const [message] = messages();
    expect(message?.previous).toBeNull();
    expect(message?.data).toMatchObject({
      id: 1,
      title: 'New',
      value: 5,
      visible_to: '3',
      custom_fields: {},
    });
    expect(message?.meta).toEqual({
      action: 'create',
      entity: 'deal',
      company_id: '7000001',
      correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      entity_id: '1',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      is_bulk_edit: false,
      timestamp: '2026-03-01T12:00:00.000Z',
      type: 'general',
      user_id: '1',
      version: '2.0',
      webhook_id: '1',
      webhook_owner_id: '1',
      change_source: 'api',
      attempt: 1,
      host: 'emulated.pipedrive.com',
      permitted_user_ids: ['1'],
    });
  });

  test('of a change carries the record as it is and what changed as it was', async () => {
    const { hook, made, call, messages, settled } = scene();
    const field = await made('/v2/dealFields', { field_name: 'Amount', field_type: 'monetary' });
    await made('/v2/deals', { title: 'Old' });
    await hook('change', 'deal');
    const custom_fields = { [field.field_code]: { value: 5, currency: 'EUR' } };
    await call('PATCH', '/v2/deals/1', { title: 'New', custom_fields });
    await settled();
    const [message] = messages();
    expect(message?.data).toMatchObject({
      title: 'New',
      custom_fields: { [field.field_code]: { type: 'monetary', value: 5, currency: 'EUR' } },
    });
    expect(message?.previous).toEqual({ title: 'Old', custom_fields: { [field.field_code]: null } });
  });

  test('of a deletion carries the last state and no data', async () => {
    const { hook, made, call, messages, settled } = scene();
    await made('/v2/persons', { name: 'Ada' });
    await hook('delete', '*');
    await call('DELETE', '/v2/persons/1');
    await settled();
    const [message] = messages();
    expect(message).toMatchObject({
      data: null,
      previous: { name: 'Ada' },
      meta: { action: 'delete', entity: 'person' },
    });
  });

  test.each([
    ['organization', 'POST', '/v2/organizations', { name: 'O' }, '1'],
    ['person', 'POST', '/v2/persons', { name: 'P' }, '1'],
    ['activity', 'POST', '/v2/activities', { subject: 'A', type: 'call' }, '1'],
    ['pipeline', 'POST', '/v2/pipelines', { name: 'P' }, '2'],
    ['stage', 'POST', '/v2/stages', { name: 'S', pipeline_id: 1 }, '7'],
    ['product', 'POST', '/v2/products', { name: 'P' }, '1'],
    ['user', 'POST', '/v1/users', { email: 'a@x.example' }, '2'],
  ])('tells of the creation of: %s', async (entity, method, path, body, entityId) => {
    const { hook, call, messages, settled } = scene();
    await hook('create', entity);
    expect((await call(method, path, body)).status).toBeLessThan(300);
    await settled();
    expect(messages()).toMatchObject([{ meta: { entity, entity_id: entityId, action: 'create' } }]);
    expect('permitted_user_ids' in (messages()[0]?.meta ?? {})).toBe(entity !== 'user');
  });

  test('tells of leads by UUID and of notes', async () => {
    const { hook, made, messages, settled } = scene();
    await made('/v2/organizations', { name: 'O' });
    await hook();
    const lead = await made('/v1/leads', { title: 'L', organization_id: 1 });
    await made('/v1/notes', { content: 'n', org_id: 1 });
    await settled();
    expect(messages()).toMatchObject([
      { meta: { entity: 'lead', entity_id: lead.id }, data: { id: lead.id } },
      { meta: { entity: 'note' }, data: { content: 'n', active_flag: true } },
    ]);
  });

  test('of a merge names the other record in both events', async () => {
    const { hook, made, call, messages, settled } = scene();
    await made('/v2/persons', { name: 'Loser', phones: [{ value: '1' }] });
    await made('/v2/persons', { name: 'Winner' });
    await made('/v2/deals', { title: 'First' });
    await made('/v2/deals', { title: 'Moved', person_id: 1 });
    await hook();
    await call('PUT', '/v1/persons/1/merge', { merge_with_id: 2 });
    await settled();
    expect(messages()).toMatchObject([
      { meta: { action: 'change', entity: 'person', entity_id: '2', merged_from_id: '1' } },
      { meta: { action: 'change', entity: 'deal', entity_id: '2' }, previous: { person_id: 1 } },
      { meta: { action: 'delete', entity: 'person', entity_id: '1', merged_to_id: '2' } },
    ]);
    expect(messages()[1]?.meta).not.toHaveProperty('merged_from_id');
  });

  test.each([
    ['create', 'deal', 1],
    ['change', 'deal', 1],
    ['delete', 'deal', 0],
    ['*', 'deal', 2],
    ['*', 'person', 0],
    ['*', '*', 2],
  ])('for %s.%s comes %i times when a deal is made and changed', async (action, entity, count) => {
    const { hook, made, call, posts, settled } = scene();
    await hook(action, entity);
    await made('/v2/deals', { title: 'A' });
    await call('PATCH', '/v2/deals/1', { title: 'B' });
    await call('PATCH', '/v2/deals/9', { title: 'B' });
    await settled();
    expect(posts).toHaveLength(count);
  });

  test('comes only for records that the user of the webhook may see', async () => {
    const { hook, made, emulator, messages, settled } = scene();
    emulator.control.seed({ users: [{ name: 'A', email: 'a@x.example' }] });
    await hook('*', 'deal', { user_id: 2 });
    await made('/v2/deals', { title: 'hidden', visible_to: 1 });
    await made('/v2/deals', { title: 'shown' });
    await settled();
    expect(messages().map(({ data }) => data?.title)).toEqual(['shown']);
    expect(messages()[0]?.meta.permitted_user_ids).toEqual(['1', '2']);
  });

  test('does not come for what is seeded, and costs no tokens', async () => {
    const { hook, made, emulator, posts, settled } = scene();
    await hook();
    emulator.control.seed({ organizations: [{ name: 'Seeded' }] });
    await made('/v2/organizations', { name: 'Made' });
    await settled();
    expect(posts).toHaveLength(1);
    expect(emulator.control.log().map(({ tokens }) => tokens)).toEqual([10, 5]);
  });

  test('goes over real HTTP when nothing else is said', async () => {
    const bodies: Message[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        bodies.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Message);
        response.statusCode = 204;
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = testClient();
    await client.call('POST', '/v1/webhooks', {
      subscription_url: `http://127.0.0.1:${port}/hook`,
      event_action: '*',
      event_object: '*',
      name: 'Real',
    });
    await client.made('/v2/organizations', { name: 'Acme' });
    await expect.poll(() => bodies.length).toBe(1);
    expect(bodies[0]?.data).toMatchObject({ name: 'Acme' });
    const listed = async () => (await client.call('GET', '/v1/webhooks')).body.data[0].last_http_status;
    await expect.poll(listed).toBe(204);
    server.close();
  });
});

describe('a delivery that fails', () => {
  const attempts = (posts: readonly OutgoingPost[]) =>
    posts.map(({ body }) => (JSON.parse(body) as Message).meta.attempt);

  test.each([500, 404, 301, null])('with %s is tried again after 3, 30 and 150 seconds', async (status) => {
    const { hook, made, posts, settled, pass, call } = scene([status, status, status, status]);
    await hook();
    await made('/v2/organizations', { name: 'A' });
    await settled();
    expect(attempts(posts)).toEqual([1]);
    for (const [waitMs, count] of [
      [2_999, 1],
      [1, 2],
      [29_999, 2],
      [1, 3],
      [149_999, 3],
      [1, 4],
      [3_600_000, 4],
    ] as const) {
      await pass(waitMs);
      expect(posts).toHaveLength(count);
    }
    expect(attempts(posts)).toEqual([1, 2, 3, 4]);
    expect((await call('GET', '/v1/webhooks')).body.data[0].last_http_status).toBe(status);
  });

  test('is over once an attempt succeeds', async () => {
    const { hook, made, posts, pass, settled } = scene([500, 200]);
    await hook();
    await made('/v2/organizations', { name: 'A' });
    await settled();
    await pass(3_000);
    await pass(3_600_000);
    expect(attempts(posts)).toEqual([1, 2]);
  });

  test('ten times in a row at the first try brings a ban of 30 minutes; what happens meanwhile is lost', async () => {
    const { hook, made, posts, pass, settled, messages } = scene(Array.from({ length: 40 }, () => 500));
    await hook();
    for (let nr = 1; nr <= 10; nr += 1) {
      await made('/v2/organizations', { name: `A${nr}` });
      await settled();
    }
    expect(posts).toHaveLength(10);
    await made('/v2/organizations', { name: 'lost' });
    await settled();
    expect(posts).toHaveLength(10);
    for (const waitMs of [3_000, 30_000, 150_000]) await pass(waitMs);
    expect(posts).toHaveLength(40);
    await pass(30 * 60_000);
    await made('/v2/organizations', { name: 'after' });
    await settled();
    expect(posts).toHaveLength(41);
    expect(messages()[40]?.data?.name).toBe('after');
  });

  test('nine times and then succeeds brings none', async () => {
    const statuses = [...Array.from({ length: 9 }, () => 500), 200, ...Array.from({ length: 9 }, () => 500)];
    const { hook, made, posts, settled } = scene(statuses);
    await hook();
    for (let nr = 1; nr <= 20; nr += 1) {
      await made('/v2/organizations', { name: `A${nr}` });
      await settled();
    }
    expect(posts).toHaveLength(20);
  });

  test('for three days without one success has the webhook deleted', async () => {
    const { hook, made, pass, settled, call } = scene(Array.from({ length: 80 }, () => 500));
    await hook();
    for (let day = 0; day <= 3; day += 1) {
      await made('/v2/organizations', { name: `A${day}` });
      await settled();
      for (const waitMs of [3_000, 30_000, 150_000]) await pass(waitMs);
      expect((await call('GET', '/v1/webhooks')).body.data).toHaveLength(day < 3 ? 1 : 0);
      await pass(86_400_000 - 183_000);
    }
  });

  test('is not tried again once the webhook is removed or the world starts anew', async () => {
    for (const end of ['remove', 'reset'] as const) {
      const { hook, made, posts, pass, settled, call, emulator } = scene([500, 500]);
      await hook();
      await made('/v2/organizations', { name: 'A' });
      await settled();
      if (end === 'remove') await call('DELETE', '/v1/webhooks/1');
      else emulator.control.reset();
      await pass(3_000);
      expect(posts).toHaveLength(1);
    }
  });
});
