import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

/** A deal with its own person and two more people beside it. */
async function scene(client: TestClient) {
  const own = await client.made('/v2/persons', { name: 'Own' });
  const ada = await client.made('/v2/persons', { name: 'Ada' });
  const bob = await client.made('/v2/persons', { name: 'Bob' });
  const deal = await client.made('/v2/deals', { title: 'Deal', person_id: own.id });
  const path = `/v1/deals/${deal.id}/participants`;
  const list = async () => {
    const { body } = await client.call('GET', path);
    return body.data.map((row: { person: { name: string } }) => row.person.name);
  };
  return { own, ada, bob, deal, path, list };
}

describe('participants of a deal', () => {
  test('are its own person and those who were added, in that order', async () => {
    const client = testClient();
    const { ada, bob, path, list, deal } = await scene(client);
    const added = await client.call('POST', path, { person_id: ada.id });
    expect(added.status).toBe(200);
    expect(added.body.data).toMatchObject({
      active_flag: true,
      person_id: { value: ada.id, name: 'Ada' },
      related_item_type: 'deal',
      related_item_id: deal.id,
      related_item_data: { deal_id: deal.id, title: 'Deal' },
      added_by_user_id: { value: 1 },
    });
    await client.call('POST', path, { person_id: String(bob.id) });
    expect(await list()).toEqual(['Own', 'Ada', 'Bob']);
    const { body } = await client.call('GET', `${path}?start=1&limit=1`);
    expect(body.data).toHaveLength(1);
    expect(body.additional_data.pagination).toMatchObject({
      start: 1,
      limit: 1,
      more_items_in_collection: true,
    });
  });

  test('leave by their own id, and can come back as new ones', async () => {
    const client = testClient();
    const { ada, path, list } = await scene(client);
    const first = (await client.call('POST', path, { person_id: ada.id })).body.data;
    expect((await client.call('DELETE', `${path}/${first.id}`)).body).toEqual({
      success: true,
      data: { id: first.id },
    });
    expect(await list()).toEqual(['Own']);
    expect((await client.call('DELETE', `${path}/${first.id}`)).status).toBe(404);
    const again = (await client.call('POST', path, { person_id: ada.id })).body.data;
    expect(again.id).toBeGreaterThan(first.id);
    expect(await list()).toEqual(['Own', 'Ada']);
  });

  test('follow the person of the deal: a new one takes the place of the old', async () => {
    const client = testClient();
    const { ada, bob, path, list, deal } = await scene(client);
    await client.call('POST', path, { person_id: bob.id });
    await client.call('PATCH', `/v2/deals/${deal.id}`, { person_id: ada.id });
    expect(await list()).toEqual(['Ada', 'Bob']);
    await client.call('PATCH', `/v2/deals/${deal.id}`, { person_id: bob.id });
    expect(await list()).toEqual(['Bob']);
    await client.call('PATCH', `/v2/deals/${deal.id}`, { person_id: null });
    expect(await list()).toEqual(['Bob']);
  });

  test('keep the id of the own person from one look to the next', async () => {
    const client = testClient();
    const { path } = await scene(client);
    const ids = async () => (await client.call('GET', path)).body.data.map(({ id }: { id: number }) => id);
    expect(await ids()).toEqual(await ids());
  });

  test.each([
    ['refuse', 400, true],
    ['unlink', 200, false],
  ] as const)(
    'with the switch primaryParticipant at %s, taking the own person off is %i',
    async (primaryParticipant, status, stays) => {
      const client = testClient({ switches: { primaryParticipant } });
      const { own, deal, path } = await scene(client);
      const [row] = (await client.call('GET', path)).body.data;
      expect((await client.call('DELETE', `${path}/${row.id}`)).status).toBe(status);
      const { body } = await client.call('GET', `/v2/deals/${deal.id}`);
      expect(body.data.person_id).toBe(stays ? own.id : null);
    },
  );

  test.each([
    ['a person who is not there', { person_id: 99 }, 400],
    ['nobody', {}, 400],
    ['a key that is not known', { person_id: 2, role: 'buyer' }, 400],
    ['the own person', { person_id: 1 }, 400],
    ['somebody twice', { person_id: 2 }, 400],
  ])('refuse %s', async (_, body, status) => {
    const client = testClient();
    const { path, list } = await scene(client);
    await client.call('POST', path, { person_id: 2 });
    expect((await client.call('POST', path, body)).status).toBe(status);
    expect(await list()).toEqual(['Own', 'Ada']);
  });

  test('of a deal that is not there are 404', async () => {
    const client = testClient();
    for (const [method, path, body] of [
      ['GET', '/v1/deals/9/participants', undefined],
      ['POST', '/v1/deals/9/participants', { person_id: 1 }],
      ['GET', '/v1/deals/9/participantsChangelog', undefined],
    ] as const)
      expect((await client.call(method, path, body)).status).toBe(404);
  });

  test.each([
    ['accept', 200],
    ['refuse', 400],
  ] as const)(
    'of an archived deal are a matter of the switch archivedAttach: %s',
    async (archivedAttach, status) => {
      const client = testClient({ switches: { archivedAttach } });
      const { ada, deal, path } = await scene(client);
      await client.call('PATCH', `/v2/deals/${deal.id}`, { is_archived: true });
      expect((await client.call('POST', path, { person_id: ada.id })).status).toBe(status);
    },
  );

  test('narrow the list of persons by deal', async () => {
    const client = testClient();
    const { own, ada, deal, path } = await scene(client);
    await client.call('POST', path, { person_id: ada.id });
    const { body } = await client.call('GET', `/v2/persons?deal_id=${deal.id}`);
    expect(body.data.map(({ id }: { id: number }) => id)).toEqual([own.id, ada.id]);
  });

  test('are counted for the deal and for the person', async () => {
    const client = testClient();
    const { own, ada, deal, path } = await scene(client);
    await client.call('POST', path, { person_id: ada.id });
    const counts = async (target: string, names: string) =>
      (await client.call('GET', `${target}?include_fields=${names}`)).body.data;
    expect(await counts(`/v2/deals/${deal.id}`, 'participants_count')).toMatchObject({
      participants_count: 2,
    });
    const roles = 'participant_open_deals_count,participant_closed_deals_count';
    expect(await counts(`/v2/persons/${ada.id}`, roles)).toMatchObject({ participant_open_deals_count: 1 });
    expect(await counts(`/v2/persons/${own.id}`, roles)).toMatchObject({ participant_open_deals_count: 0 });
    await client.call('PATCH', `/v2/deals/${deal.id}`, { status: 'won' });
    expect(await counts(`/v2/persons/${ada.id}`, roles)).toMatchObject({
      participant_open_deals_count: 0,
      participant_closed_deals_count: 1,
    });
  });

  test('have a change log of who came and went, newest first', async () => {
    const client = testClient();
    const { ada, bob, deal, path } = await scene(client);
    const row = (await client.call('POST', path, { person_id: ada.id })).body.data;
    await client.call('POST', path, { person_id: bob.id });
    await client.call('DELETE', `${path}/${row.id}`);
    const changes = `/v1/deals/${deal.id}/participantsChangelog`;
    const { body } = await client.call('GET', changes);
    const time = '2026-03-01 12:00:00';
    expect(body.data).toHaveLength(3);
    expect(body.data).toContainEqual({ actor_user_id: 1, person_id: ada.id, action: 'removed', time });
    expect(body.data).toContainEqual({ actor_user_id: 1, person_id: bob.id, action: 'added', time });
    const first = await client.call('GET', `${changes}?limit=2`);
    const rest = await client.call(
      'GET',
      `${changes}?limit=2&cursor=${first.body.additional_data.next_cursor}`,
    );
    expect([...first.body.data, ...rest.body.data]).toEqual(body.data);
    expect(rest.body.additional_data.next_cursor).toBeNull();
  });

  test('are in the snapshot, which is equal again once they are taken off; ids and the own person are not', async () => {
    const client = testClient();
    const { ada, path } = await scene(client);
    const shot = () => JSON.stringify(client.emulator.control.snapshot());
    const before = shot();
    await client.call('GET', path);
    expect(shot()).toBe(before);
    const row = (await client.call('POST', path, { person_id: ada.id })).body.data;
    expect(client.emulator.control.snapshot()).toMatchObject({
      dealParticipants: [{ deal_id: 1, person_id: ada.id }],
    });
    await client.call('DELETE', `${path}/${row.id}`);
    expect(shot()).toBe(before);
  });

  test('survive with the state file, and so do roles, rights and webhooks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-parts-'));
    const stateFile = join(folder, 'state.jsonl');
    try {
      const client = testClient({ stateFile });
      const { ada, path } = await scene(client);
      await client.call('POST', path, { person_id: ada.id });
      await client.call('POST', '/v1/roles', { name: 'Sales' });
      const hook = {
        subscription_url: 'https://x.example',
        event_action: '*',
        event_object: 'lead',
        name: 'H',
      };
      await client.call('POST', '/v1/webhooks', hook);
      const users = [{ name: 'R', email: 'r@x.example', role_id: 2, rights: { can_delete_deals: true } }];
      client.emulator.control.seed({ users });
      await client.emulator.close();
      const again = testClient({ stateFile });
      expect((await again.call('GET', path)).body.data).toHaveLength(2);
      expect((await again.call('GET', '/v1/roles')).body.data).toHaveLength(2);
      expect((await again.call('GET', '/v1/webhooks')).body.data).toMatchObject([{ event_object: 'lead' }]);
      expect((await again.call('GET', '/v1/users/2/permissions')).body.data.can_delete_deals).toBe(true);
      await again.emulator.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('can be seeded', async () => {
    const client = testClient();
    const { ada, deal, list } = await scene(client);
    client.emulator.control.seed({ dealParticipants: [{ deal_id: deal.id, person_id: ada.id }] });
    expect(await list()).toEqual(['Own', 'Ada']);
  });
});
