import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

const LEAD = {
  title: 'Fair contact',
  person_id: 3,
  organization_id: 4,
  owner_id: 2,
  value: { amount: 1_200, currency: 'TRY' },
  expected_close_date: '2026-05-01',
};

describe('a conversion of a lead or a deal', () => {
  let client: TestClient;
  beforeEach(() => {
    client = testClient({ world: 'lived-in' });
  });
  const made = async () => (await client.call('POST', '/v1/leads', LEAD)).body.data.id as string;
  const begun = async (path: string, body?: unknown) =>
    (await client.call('POST', `/v2${path}`, body)).body.data.conversion_id as string;
  const status = async (path: string, conversion: string) =>
    (await client.call('GET', `/v2${path}/convert/status/${conversion}`)).body.data;

  test('waits, runs and completes on the clock of the account, and answers in the published shape', async () => {
    const lead = await made();
    const begin = await client.call('POST', `/v2/leads/${lead}/convert/deal`, { stage_id: 8 });
    expect(begin.status).toBe(200);
    expect(begin.body).toEqual({
      success: true,
      data: { conversion_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      additional_data: null,
    });
    const id = begin.body.data.conversion_id;
    expect(await status(`/leads/${lead}`, id)).toEqual({ conversion_id: id, status: 'not_started' });
    client.emulator.control.advance(1_500);
    expect(await status(`/leads/${lead}`, id)).toEqual({ conversion_id: id, status: 'running' });
    expect((await client.call('GET', `/v1/leads/${lead}`)).status).toBe(200);
    client.emulator.control.advance(500);
    expect(await status(`/leads/${lead}`, id)).toEqual({
      conversion_id: id,
      status: 'completed',
      deal_id: 71,
    });
    expect((await client.call('GET', `/v1/leads/${lead}`)).status).toBe(404);
    expect((await client.call('GET', '/v2/deals/71?include_fields=source_lead_id')).body.data).toMatchObject({
      title: 'Fair contact',
      person_id: 3,
      org_id: 4,
      owner_id: 2,
      value: 1_200,
      currency: 'TRY',
      expected_close_date: '2026-05-01',
      stage_id: 8,
      pipeline_id: 2,
      status: 'open',
      source_lead_id: lead,
    });
  });

  test.each([
    ['nothing: the first stage of the default pipeline', undefined, 1],
    ['a pipeline: its first stage', { pipeline_id: 2 }, 7],
    ['both: the stage, whatever the pipeline', { pipeline_id: 1, stage_id: 9 }, 9],
  ])('of a lead with %s', async (_, body, stage_id) => {
    const lead = await made();
    const id = await begun(`/leads/${lead}/convert/deal`, body);
    client.emulator.control.advance(2_000);
    const { deal_id } = await status(`/leads/${lead}`, id);
    expect((await client.call('GET', `/v2/deals/${deal_id}`)).body.data.stage_id).toBe(stage_id);
  });

  test('takes custom fields, notes and activities along, there and back', async () => {
    const field = await client.made('/v2/dealFields', { field_name: 'Fair', field_type: 'varchar' });
    const lead = await made();
    await client.call('PATCH', `/v1/leads/${lead}`, { [field.field_code]: 'Izmir' });
    const note = (await client.call('POST', '/v1/notes', { content: 'x', lead_id: lead })).body.data;
    const activity = await client.made('/v2/activities', { subject: 'call', lead_id: lead });
    const there = await begun(`/leads/${lead}/convert/deal`);
    client.emulator.control.advance(2_000);
    const { deal_id } = await status(`/leads/${lead}`, there);
    const deal = (await client.call('GET', `/v2/deals/${deal_id}`)).body.data;
    expect(deal.custom_fields[field.field_code]).toBe('Izmir');
    const place = async () => ({
      note: (await client.call('GET', `/v1/notes/${note.id}`)).body.data,
      activity: (await client.call('GET', `/v2/activities/${activity.id}`)).body.data,
    });
    expect(await place()).toMatchObject({
      note: { deal_id, lead_id: null },
      activity: { deal_id, lead_id: null },
    });

    const back = await begun(`/deals/${deal_id}/convert/lead`);
    client.emulator.control.advance(2_000);
    const { lead_id } = await status(`/deals/${deal_id}`, back);
    expect(await place()).toMatchObject({
      note: { deal_id: null, lead_id },
      activity: { deal_id: null, lead_id },
    });
    expect((await client.call('GET', `/v1/leads/${lead_id}`)).body.data).toMatchObject({
      title: 'Fair contact',
      value: { amount: 1_200, currency: 'TRY' },
      source_deal_id: deal_id,
      [field.field_code]: 'Izmir',
    });
    expect((await client.call('GET', `/v2/deals/${deal_id}`)).body.data.is_deleted).toBe(true);
  });

  test.each([
    ['fails when the lead was deleted meanwhile', 'DELETE', undefined, 'failed'],
    ['is rejected when the lead was archived meanwhile', 'PATCH', { is_archived: true }, 'rejected'],
  ])('%s', async (_, method, body, outcome) => {
    const lead = await made();
    const id = await begun(`/leads/${lead}/convert/deal`);
    await client.call(method, `/v1/leads/${lead}`, body);
    client.emulator.control.advance(2_000);
    expect(await status(`/leads/${lead}`, id)).toEqual({ conversion_id: id, status: outcome });
  });

  test('of a deal without person and organization fails, and the deal stays', async () => {
    const deal = await client.made('/v2/deals', { title: 'alone' });
    const id = await begun(`/deals/${deal.id}/convert/lead`);
    client.emulator.control.advance(2_000);
    expect((await status(`/deals/${deal.id}`, id)).status).toBe('failed');
    expect((await client.call('GET', `/v2/deals/${deal.id}`)).body.data.is_deleted).toBe(false);
  });

  test.each([
    ['a lead that is not there', 'POST', '/v2/leads/9f3e6e50-9d99-41ee-9538-29c81a92c0d1/convert/deal', 404],
    ['a deal that is not there', 'POST', '/v2/deals/999/convert/lead', 404],
    [
      'a job that is not there',
      'GET',
      '/v2/deals/1/convert/status/9f3e6e50-9d99-41ee-9538-29c81a92c0d1',
      404,
    ],
  ])('%s answers in the published words', async (_, method, path, code) => {
    const answer = await client.call(method, path);
    expect(answer.status).toBe(code);
    expect(answer.body).toEqual({
      success: false,
      error: 'Entity was not found',
      error_info: 'Object was not found.',
      data: null,
      additional_data: null,
    });
  });

  test.each([
    ['an unknown key', { title: 'x' }, 'title'],
    ['a stage that is not there', { stage_id: 99 }, 'Stage 99'],
    ['a pipeline that is not there', { pipeline_id: 99 }, 'Pipeline 99'],
  ])('%s is refused and nothing begins', async (_, body, words) => {
    const lead = await made();
    const answer = await client.call('POST', `/v2/leads/${lead}/convert/deal`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(words);
  });

  test('is known for three days, at the path of its own source', async () => {
    const lead = await made();
    const id = await begun(`/leads/${lead}/convert/deal`);
    expect((await client.call('GET', `/v2/deals/1/convert/status/${id}`)).status).toBe(404);
    client.emulator.control.advance(3 * 24 * 3_600_000);
    expect((await status(`/leads/${lead}`, id)).status).toBe('completed');
    client.emulator.control.advance(1_000);
    expect((await client.call('GET', `/v2/leads/${lead}/convert/status/${id}`)).status).toBe(404);
  });

  test('takes as long as its switch says', async () => {
    client.emulator.control.extra('switches', { conversionMs: 0 });
    const lead = await made();
    const id = await begun(`/leads/${lead}/convert/deal`);
    expect((await status(`/leads/${lead}`, id)).status).toBe('completed');
  });

  test('that a state file brought back is finished', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'conversion-'));
    const stateFile = join(folder, 'state.jsonl');
    const first = testClient({ world: 'lived-in', stateFile });
    const lead = (await first.call('POST', '/v1/leads', LEAD)).body.data.id;
    const id = (await first.call('POST', `/v2/leads/${lead}/convert/deal`)).body.data.conversion_id;
    await first.emulator.close();
    const second = testClient({ stateFile });
    second.emulator.control.advance(2_000);
    const answer = await second.call('GET', `/v2/leads/${lead}/convert/status/${id}`);
    expect(answer.body.data).toMatchObject({ status: 'completed', deal_id: 71 });
    await second.emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('leads are found', () => {
  const world = async () => {
    const client = testClient({ world: 'lived-in', switches: { searchLagMs: 0 } });
    const lead = (await client.call('POST', '/v1/leads', LEAD)).body.data;
    await client.call('POST', '/v1/leads', { title: 'Web form', person_id: 5 });
    await client.call('POST', '/v1/notes', { content: '<b>sailing</b> boats', lead_id: lead.id });
    return { client, lead };
  };

  test.each([
    ['by a part of the title', 'term=fair', 1],
    ['by a note', 'term=sailing', 1],
    ['by the whole title', 'term=WEB%20form&exact_match=true', 1],
    ['not by a part when it must be exact', 'term=fair&exact_match=true', 0],
    ['not in fields that are not asked for', 'term=sailing&fields=title', 0],
    ['of a person', 'term=fo&person_id=5', 1],
    ['not of another organization', 'term=fair&organization_id=5', 0],
  ])('%s', async (_, query, count) => {
    const { client } = await world();
    for (const version of ['v1', 'v2']) {
      const answer = await client.call('GET', `/${version}/leads/search?${query}`);
      expect(answer.status).toBe(200);
      expect(answer.body.data.items).toHaveLength(count);
    }
  });

  test('in the published shape, with was_seen on request, and among all items', async () => {
    const { client, lead } = await world();
    const query = 'leads/search?term=fair&include_fields=lead.was_seen';
    const { items } = (await client.call('GET', `/v2/${query}`)).body.data;
    expect(items[0]).toEqual({
      result_score: 0.5,
      item: {
        id: lead.id,
        type: 'lead',
        title: 'Fair contact',
        owner: { id: 2 },
        person: { id: 3, name: expect.any(String) },
        organization: { id: 4, name: expect.any(String) },
        phones: [expect.any(String)],
        emails: ['person3@company3.example'],
        custom_fields: [],
        notes: [' sailing  boats'],
        value: 1_200,
        currency: 'TRY',
        visible_to: 3,
        is_archived: false,
        was_seen: false,
      },
    });
    expect((await client.call('GET', `/v1/${query}`)).body).toMatchObject({
      data: { items },
      additional_data: { pagination: { start: 0, limit: 100, more_items_in_collection: false } },
    });
    const all = await client.call('GET', '/v2/itemSearch?term=fair%20contact');
    expect(all.body.data.items.map(({ item }: { item: { type: string } }) => item.type)).toEqual(['lead']);
  });

  test.each([
    ['a term of one character', 'v2', 'term=f', 400],
    ['no term', 'v1', 'exact_match=true', 400],
    ['an unknown field', 'v1', 'term=fair&fields=color', 400],
    ['an unknown parameter', 'v2', 'term=fair&start=1', 400],
  ])('%s is refused', async (_, version, query, code) => {
    const { client } = await world();
    expect((await client.call('GET', `/${version}/leads/search?${query}`)).status).toBe(code);
  });

  test('by those who may see them alone', async () => {
    const { client, lead } = await world();
    await client.call('PATCH', `/v1/leads/${lead.id}`, { visible_to: '1' });
    const seeded = client.emulator.control.seed({ users: [{ name: 'Other', email: 'o@x.example' }] }) as {
      users: { api_token: string }[];
    };
    for (const version of ['v1', 'v2']) {
      const path = `/${version}/leads/search?term=fair`;
      const other = await client.call('GET', path, undefined, seeded.users[0]?.api_token);
      expect(other.body.data.items).toEqual([]);
      expect((await client.call('GET', path)).body.data.items).toHaveLength(1);
    }
  });

  test('and those who may see a lead are listed', async () => {
    const { client, lead } = await world();
    const users = async () => (await client.call('GET', `/v1/leads/${lead.id}/permittedUsers`)).body.data;
    expect(await users()).toEqual([1, 2, 3, 4]);
    await client.call('PATCH', `/v1/leads/${lead.id}`, { visible_to: '1' });
    expect(await users()).toEqual([1, 2]);
    expect((await client.call('GET', '/v1/leads/nobody/permittedUsers')).status).toBe(404);
  });
});
