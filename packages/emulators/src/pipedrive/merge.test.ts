import { describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

async function live(client: TestClient, path: string) {
  return (await client.call('GET', path)).body.data;
}

describe('a merge of persons', () => {
  async function scene() {
    const client = testClient();
    const org = await client.made('/v2/organizations', { name: 'Org' });
    const loser = await client.made('/v2/persons', {
      name: 'Ada Loser',
      org_id: org.id,
      emails: [{ value: 'ada@x.org' }, { value: 'both@x.org' }],
      phones: [{ value: '1' }],
    });
    const winner = await client.made('/v2/persons', {
      name: 'Ada Winner',
      emails: [{ value: 'BOTH@x.org' }],
    });
    return { client, org, loser, winner, path: `/v1/persons/${loser.id}/merge` };
  }

  test('keeps what the record of merge_with_id has, and fills what it has empty', async () => {
    const { client, org, loser, winner, path } = await scene();
    const { status, body } = await client.call('PUT', path, { merge_with_id: winner.id });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      id: winner.id,
      name: 'Ada Winner',
      org_id: org.id,
      merge_what_id: loser.id,
    });
    expect(await live(client, `/v2/persons/${winner.id}`)).toMatchObject({
      name: 'Ada Winner',
      first_name: 'Ada',
      last_name: 'Winner',
      org_id: org.id,
      emails: [
        { value: 'BOTH@x.org', primary: true },
        { value: 'ada@x.org', primary: false },
      ],
      phones: [{ value: '1', primary: true }],
    });
    expect(await live(client, `/v2/persons/${loser.id}`)).toMatchObject({ is_deleted: true });
  });

  test('moves every link of the loser to the winner', async () => {
    const { client, loser, winner, path } = await scene();
    const deal = await client.made('/v2/deals', { title: 'D', person_id: loser.id });
    const other = await client.made('/v2/deals', { title: 'Other' });
    await client.call('POST', `/v1/deals/${other.id}/participants`, { person_id: loser.id });
    const note = await client.made('/v1/notes', { content: 'n', person_id: loser.id });
    const lead = await client.made('/v1/leads', { title: 'L', person_id: loser.id });
    const activity = await client.made('/v2/activities', {
      subject: 'A',
      type: 'call',
      participants: [
        { person_id: loser.id, primary: true },
        { person_id: winner.id, primary: false },
      ],
    });
    await client.made(`/v2/persons/${loser.id}/followers`, { user_id: 1 });
    await client.call('PUT', path, { merge_with_id: winner.id });
    expect((await live(client, `/v2/deals/${deal.id}`)).person_id).toBe(winner.id);
    expect((await live(client, `/v1/notes/${note.id}`)).person_id).toBe(winner.id);
    expect((await live(client, `/v1/leads/${lead.id}`)).person_id).toBe(winner.id);
    expect((await live(client, `/v2/activities/${activity.id}`)).participants).toEqual([
      { person_id: winner.id, primary: true },
    ]);
    const rows = await live(client, `/v1/deals/${other.id}/participants`);
    expect(rows.map((row: { person_id: { value: number } }) => row.person_id.value)).toEqual([winner.id]);
    expect(await live(client, `/v2/persons/${winner.id}/followers`)).toMatchObject([{ user_id: 1 }]);
  });

  test.each([
    ['with itself', { merge_with_id: 1 }, 400],
    ['with nobody', {}, 400],
    ['with a person who is not there', { merge_with_id: 99 }, 404],
    ['with a word', { merge_with_id: 'two' }, 400],
  ])('%s is refused and changes nothing', async (_, body, status) => {
    const { client, path } = await scene();
    const before = JSON.stringify(client.emulator.control.snapshot());
    expect((await client.call('PUT', path, body)).status).toBe(status);
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
  });

  test('twice is refused: the loser is gone', async () => {
    const { client, winner, path } = await scene();
    await client.call('PUT', path, { merge_with_id: winner.id });
    expect((await client.call('PUT', path, { merge_with_id: winner.id })).status).toBe(404);
  });

  test('is told in the change log of both', async () => {
    const { client, loser, winner, path } = await scene();
    await client.call('PUT', path, { merge_with_id: winner.id });
    const { body } = await client.call('GET', `/v1/persons/${winner.id}/changelog`);
    expect(body.data.map(({ field_key }: { field_key: string }) => field_key).sort()).toEqual([
      'email',
      'org_id',
      'phone',
    ]);
    expect((await client.call('GET', `/v1/persons/${loser.id}/changelog`)).status).toBe(404);
  });
});

describe('a merge of organizations', () => {
  test('answers the winner’s id; persons, deals and relationships go along, none leads to itself', async () => {
    const client = testClient();
    const ids: number[] = [];
    for (const name of ['Loser', 'Winner', 'Third'])
      ids.push((await client.made('/v2/organizations', { name })).id);
    const [loser, winner, third] = ids;
    const person = await client.made('/v2/persons', { name: 'P', org_id: loser });
    const deal = await client.made('/v2/deals', { title: 'D', org_id: loser });
    const relate = (owner: unknown, linked: unknown) =>
      client.made('/v1/organizationRelationships', {
        type: 'parent',
        rel_owner_org_id: owner,
        rel_linked_org_id: linked,
      });
    await relate(loser, winner);
    await relate(loser, third);
    const { body } = await client.call('PUT', `/v1/organizations/${loser}/merge`, { merge_with_id: winner });
    expect(body).toEqual({ success: true, data: { id: winner } });
    expect((await live(client, `/v2/persons/${person.id}`)).org_id).toBe(winner);
    expect((await live(client, `/v2/deals/${deal.id}`)).org_id).toBe(winner);
    const relations = await live(client, `/v1/organizationRelationships?org_id=${winner}`);
    expect(relations).toMatchObject([
      { rel_owner_org_id: { value: winner }, rel_linked_org_id: { value: third } },
    ]);
    expect(await live(client, `/v2/organizations?ids=${loser}`)).toEqual([]);
  });
});

describe('a merge of deals', () => {
  test('keeps the winner’s title and stage; notes, activities and participants go along', async () => {
    const client = testClient();
    const person = await client.made('/v2/persons', { name: 'P' });
    const guest = await client.made('/v2/persons', { name: 'Guest' });
    const loser = await client.made('/v2/deals', {
      title: 'Loser',
      value: 7,
      person_id: person.id,
      stage_id: 3,
      label_ids: [],
    });
    const winner = await client.made('/v2/deals', { title: 'Winner', stage_id: 2 });
    await client.call('POST', `/v1/deals/${loser.id}/participants`, { person_id: guest.id });
    await client.call('POST', `/v1/deals/${winner.id}/participants`, { person_id: guest.id });
    const note = await client.made('/v1/notes', { content: 'n', deal_id: loser.id });
    const { body } = await client.call('PUT', `/v1/deals/${loser.id}/merge`, { merge_with_id: winner.id });
    expect(body.data).toMatchObject({ id: winner.id, title: 'Winner', stage_id: 2, merge_what_id: loser.id });
    expect((await live(client, `/v2/deals/${winner.id}`)).person_id).toBe(person.id);
    expect((await live(client, `/v1/notes/${note.id}`)).deal_id).toBe(winner.id);
    const rows = await live(client, `/v1/deals/${winner.id}/participants`);
    expect(rows.map((row: { person_id: { value: number } }) => row.person_id.value)).toEqual([
      person.id,
      guest.id,
    ]);
    const deleted = await live(client, '/v2/deals?status=deleted');
    expect(deleted.map(({ id }: { id: number }) => id)).toEqual([loser.id]);
  });

  test('brings the lines along, and with them the value', async () => {
    const client = testClient();
    const product = await client.made('/v2/products', { name: 'P' });
    for (const [title, item_price] of [
      ['Loser', 5],
      ['Winner', 7],
    ] as const) {
      const deal = await client.made('/v2/deals', { title });
      const line = { product_id: product.id, item_price, quantity: 1 };
      await client.made(`/v2/deals/${deal.id}/products`, line);
    }
    await client.call('PUT', '/v1/deals/1/merge', { merge_with_id: 2 });
    expect(await live(client, '/v2/deals/2')).toMatchObject({ value: 12 });
    expect(await live(client, '/v2/deals/2/products')).toHaveLength(2);
  });

  test('is refused for archived ones', async () => {
    const client = testClient();
    await client.made('/v2/deals', { title: 'A', is_archived: true });
    await client.made('/v2/deals', { title: 'B' });
    expect((await client.call('PUT', '/v1/deals/1/merge', { merge_with_id: 2 })).status).toBe(400);
    expect((await client.call('PUT', '/v1/deals/2/merge', { merge_with_id: 1 })).status).toBe(400);
  });
});

describe('a duplicate of a deal', () => {
  test('has the same values, links and participants, and its own id and time', async () => {
    const client = testClient();
    const person = await client.made('/v2/persons', { name: 'P' });
    const guest = await client.made('/v2/persons', { name: 'Guest' });
    const deal = await client.made('/v2/deals', {
      title: 'D',
      value: 7,
      currency: 'USD',
      person_id: person.id,
      stage_id: 3,
    });
    await client.call('POST', `/v1/deals/${deal.id}/participants`, { person_id: guest.id });
    const { status, body } = await client.call('POST', `/v1/deals/${deal.id}/duplicate`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      id: 2,
      title: 'D',
      value: 7,
      currency: 'USD',
      person_id: person.id,
      stage_id: 3,
    });
    expect(await live(client, '/v1/deals/2/participants')).toHaveLength(2);
  });

  test('counts against the cap of open deals, and needs a deal', async () => {
    const client = testClient({ switches: { openDealsCap: 1 } });
    await client.made('/v2/deals', { title: 'D' });
    const { status, body } = await client.call('POST', '/v1/deals/1/duplicate');
    expect(status).toBe(403);
    expect(body.code).toBe('feature_capping_deals_limit');
    expect((await client.call('POST', '/v1/deals/9/duplicate')).status).toBe(404);
  });
});
