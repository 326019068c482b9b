import { beforeEach, describe, expect, test } from 'vitest';
import { shop } from './products/shop-fixture.ts';
import type { TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
  client = await shop();
});

describe('followers of a record, in v2', () => {
  test('come and go; the changelog remembers who did it', async () => {
    client.emulator.control.advance(60_000);
    await client.made('/v2/products/1/followers', { user_id: 1 });
    const list = await client.call('GET', '/v2/products/1/followers');
    expect(list.body).toEqual({
      success: true,
      data: [
        { user_id: 2, add_time: '2026-03-01T12:00:00Z' },
        { user_id: 1, add_time: '2026-03-01T12:01:00Z' },
      ],
      additional_data: { next_cursor: null },
    });
    const gone = await client.call('DELETE', '/v2/products/1/followers/2');
    expect(gone.body).toEqual({ success: true, data: { user_id: 2 } });
    const log = await client.call('GET', '/v2/products/1/followers/changelog');
    expect(log.body.data).toEqual([
      { action: 'added', actor_user_id: 1, follower_user_id: 2, time: '2026-03-01T12:00:00Z' },
      { action: 'removed', actor_user_id: 1, follower_user_id: 2, time: '2026-03-01T12:01:00Z' },
      { action: 'added', actor_user_id: 1, follower_user_id: 1, time: '2026-03-01T12:01:00Z' },
    ]);
    expect((await client.call('POST', '/v2/products/1/followers', { user_id: 2 })).status).toBe(201);
  });

  test('are paged', async () => {
    await client.made('/v2/products/1/followers', { user_id: 1 });
    const first = await client.call('GET', '/v2/products/1/followers?limit=1');
    const { next_cursor } = first.body.additional_data;
    const second = await client.call('GET', `/v2/products/1/followers?limit=1&cursor=${next_cursor}`);
    expect([first, second].map(({ body }) => body.data[0].user_id)).toEqual([2, 1]);
    expect(second.body.additional_data.next_cursor).toBeNull();
  });

  test('of one record are not those of another', async () => {
    expect((await client.call('GET', '/v2/products/2/followers')).body.data).toEqual([]);
  });
});

describe('the same followers, in v1', () => {
  test('are named by their own id', async () => {
    const added = await client.call('POST', '/v1/products/1/followers', { user_id: '1' });
    const follower = { id: 2, user_id: 1, product_id: 1, add_time: '2026-03-01 12:00:00' };
    expect([added.status, added.body.data]).toEqual([201, follower]);
    const list = await client.call('GET', '/v1/products/1/followers');
    expect(list.body.data).toEqual([{ ...follower, id: 1, user_id: 2 }, follower]);
    expect((await client.call('DELETE', '/v1/products/1/followers/2')).body.data).toEqual({ id: 2 });
    expect((await client.call('DELETE', '/v1/products/1/followers/2')).status).toBe(404);
    expect((await client.call('GET', '/v2/products/1/followers')).body.data).toHaveLength(1);
  });
});
