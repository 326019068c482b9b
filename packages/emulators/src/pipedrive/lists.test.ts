import { describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

type Row = { id: number; [key: string]: unknown };

async function walked(client: TestClient, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const joint = path.includes('?') ? '&' : '?';
    const page: { status: number; body: { data: Row[]; additional_data: { next_cursor: string | null } } } =
      await client.call(
        'GET',
        cursor === null ? path : `${path}${joint}cursor=${encodeURIComponent(cursor)}`,
      );
    expect(page.status).toBe(200);
    rows.push(...page.body.data);
    cursor = page.body.additional_data.next_cursor;
  } while (cursor !== null);
  return rows;
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('v2 lists', () => {
  const client = testClient({ world: 'lived-in' });

  test.each([
    ['/v2/organizations', 40],
    ['/v2/persons', 90],
    ['/v2/deals', 70],
    ['/v2/activities', 120],
  ])('%s: every record once, whatever the page size', async (path, count) => {
    for (const limit of [7, 100, 500])
      expect(ids(await walked(client, `${path}?limit=${limit}`))).toEqual(range(1, count));
    expect(ids(await walked(client, `${path}?limit=9&sort_direction=desc`))).toEqual(
      range(1, count).reverse(),
    );
  });

  test.each(['asc', 'desc'])('sorted by creation time, %s, every record once', async (direction) => {
    const rows = await walked(client, `/v2/persons?limit=11&sort_by=add_time&sort_direction=${direction}`);
    const times = rows.map((row) => String(row.add_time));
    const ordered = [...times].sort();
    expect(times).toEqual(direction === 'asc' ? ordered : ordered.reverse());
    expect(new Set(ids(rows)).size).toBe(90);
  });

  test('sorted by due date, the ones without first', async () => {
    const fresh = testClient();
    for (const due_date of ['2026-02-01', undefined, '2026-01-01'])
      await fresh.made('/v2/activities', { subject: 'A', ...(due_date ? { due_date } : {}) });
    expect(ids(await walked(fresh, '/v2/activities?sort_by=due_date&limit=1'))).toEqual([2, 3, 1]);
  });

  test('a page holds 100 unless asked otherwise and never more than 500', async () => {
    expect((await client.call('GET', '/v2/activities')).body.data).toHaveLength(100);
    const strict = testClient({ switches: { overLimit: '400' } });
    expect((await client.call('GET', '/v2/activities?limit=501')).status).toBe(200);
    expect((await strict.call('GET', '/v2/activities?limit=501')).status).toBe(400);
  });

  test('the cursor is base64url of a JSON keyset that names the first item of the next page', async () => {
    const { body } = await client.call('GET', '/v2/deals?limit=6');
    const cursor = JSON.parse(Buffer.from(body.additional_data.next_cursor, 'base64url').toString());
    expect(cursor).toEqual({ field: 'id', fieldValue: 7, sortDirection: 'asc', id: 7 });
  });

  test('what is added during a walk appears; what is removed does not', async () => {
    const fresh = testClient();
    for (const name of ['A', 'B', 'C']) await fresh.made('/v2/organizations', { name });
    const first = (await fresh.call('GET', '/v2/organizations?limit=1')).body;
    await fresh.call('DELETE', '/v2/organizations/2');
    await fresh.made('/v2/organizations', { name: 'D' });
    const rest = await fresh.call('GET', `/v2/organizations?cursor=${first.additional_data.next_cursor}`);
    expect(ids(rest.body.data)).toEqual([3, 4]);
  });

  test.each([
    ['/v2/deals?ids=3,1,999', [1, 3]],
    ['/v2/deals?ids=2&limit=500', [2]],
    ['/v2/persons?ids=5', [5]],
  ])('%s leaves out what is not there', async (path, expected) => {
    expect(ids((await client.call('GET', path)).body.data)).toEqual(expected);
  });

  test.each([
    ['/v2/persons?org_id=12', 'org_id', 12],
    ['/v2/deals?org_id=12', 'org_id', 12],
    ['/v2/deals?stage_id=8', 'stage_id', 8],
    ['/v2/deals?pipeline_id=2', 'pipeline_id', 2],
    ['/v2/deals?status=won', 'status', 'won'],
    ['/v2/deals?owner_id=2', 'owner_id', 2],
    ['/v2/activities?done=true', 'done', true],
    ['/v2/activities?deal_id=12', 'deal_id', 12],
    ['/v2/activities?person_id=20', 'person_id', 20],
    ['/v2/stages?pipeline_id=2', 'pipeline_id', 2],
  ])('%s keeps those and only those', async (path, key, value) => {
    const all = await walked(client, path.slice(0, path.indexOf('?')));
    const found = await walked(client, path);
    expect(found.length).toBeGreaterThan(0);
    expect(ids(found)).toEqual(ids(all.filter((row) => row[key] === value)));
  });

  test('two statuses at once', async () => {
    const found = await walked(client, '/v2/deals?status=won,lost');
    expect(new Set(found.map((row) => row.status))).toEqual(new Set(['won', 'lost']));
  });

  test('updated_since includes its second, updated_until does not', async () => {
    let nowMs = Date.parse('2026-03-01T12:00:00Z');
    const fresh = testClient({ nowMs: () => nowMs });
    for (const name of ['A', 'B', 'C']) {
      await fresh.made('/v2/organizations', { name });
      nowMs += 1_000;
    }
    const query = 'updated_since=2026-03-01T12:00:01Z&updated_until=2026-03-01T12:00:02Z';
    expect(ids(await walked(fresh, `/v2/organizations?${query}`))).toEqual([2]);
    await fresh.call('PATCH', '/v2/organizations/1', { name: 'Z' });
    expect(ids(await walked(fresh, '/v2/organizations?updated_since=2026-03-01T12:00:03Z'))).toEqual([1]);
    expect(ids(await walked(fresh, '/v2/organizations?sort_by=update_time&limit=1'))).toEqual([2, 3, 1]);
  });

  test('archived deals have a list of their own', async () => {
    const fresh = testClient();
    await fresh.made('/v2/deals', { title: 'A' });
    await fresh.made('/v2/deals', { title: 'B', is_archived: true });
    expect(ids(await walked(fresh, '/v2/deals'))).toEqual([1]);
    expect(ids(await walked(fresh, '/v2/deals/archived'))).toEqual([2]);
  });

  test('status=deleted lists deals for 30 days after their removal', async () => {
    const fresh = testClient();
    await fresh.made('/v2/deals', { title: 'A' });
    await fresh.call('DELETE', '/v2/deals/1');
    expect(ids(await walked(fresh, '/v2/deals'))).toEqual([]);
    expect(ids(await walked(fresh, '/v2/deals?status=deleted'))).toEqual([1]);
    fresh.emulator.control.advance(31 * 24 * 3_600_000);
    expect(ids(await walked(fresh, '/v2/deals?status=deleted'))).toEqual([]);
  });

  test('counters come only when asked for and are right', async () => {
    const activities = (await walked(client, '/v2/activities?limit=500')).filter((row) => row.deal_id === 12);
    const plain = await client.call('GET', '/v2/deals/12');
    expect(plain.body.data).not.toHaveProperty('activities_count');
    const { body } = await client.call(
      'GET',
      '/v2/deals/12?include_fields=activities_count,undone_activities_count,files_count',
    );
    expect(body.data).toMatchObject({
      activities_count: activities.length,
      undone_activities_count: activities.filter((row) => !row.done).length,
      files_count: 0,
    });
    const org = await client.call('GET', '/v2/organizations/12?include_fields=people_count,open_deals_count');
    expect(org.body.data.people_count).toBeGreaterThan(0);
    expect(org.body.data.people_count).toBe((await walked(client, '/v2/persons?org_id=12')).length);
    expect(org.body.data.open_deals_count).toBe(
      (await walked(client, '/v2/deals?org_id=12&status=open')).length,
    );
  });

  test('attendees come only when asked for', async () => {
    const fresh = testClient();
    await fresh.made('/v2/activities', { subject: 'A', attendees: [{ email: 'a@b.c', name: 'A' }] });
    expect((await fresh.call('GET', '/v2/activities')).body.data[0]).not.toHaveProperty('attendees');
    const { body } = await fresh.call('GET', '/v2/activities?include_fields=attendees');
    expect(body.data[0].attendees).toMatchObject([{ email: 'a@b.c', name: 'A' }]);
  });

  test('a list that lags does not show a new record for a while', async () => {
    const fresh = testClient({ switches: { listLagMs: 5_000 } });
    await fresh.made('/v2/organizations', { name: 'A' });
    expect(await walked(fresh, '/v2/organizations')).toEqual([]);
    expect((await fresh.call('GET', '/v2/organizations/1')).status).toBe(200);
    fresh.emulator.control.advance(5_000);
    expect(ids(await walked(fresh, '/v2/organizations'))).toEqual([1]);
  });
});

describe('v1 lists', () => {
  const client = testClient({ world: 'lived-in' });

  test('notes are walked by start and limit', async () => {
    const rows: Row[] = [];
    for (let start = 0, more = true; more; ) {
      const { body } = await client.call('GET', `/v1/notes?start=${start}&limit=25`);
      const { pagination } = body.additional_data;
      expect(pagination).toMatchObject({ start, limit: 25 });
      rows.push(...body.data);
      more = pagination.more_items_in_collection;
      if (more) expect(pagination.next_start).toBe(start + 25);
      else expect(pagination).not.toHaveProperty('next_start');
      start += 25;
    }
    expect(ids(rows)).toEqual(range(1, 60));
  });

  test.each([
    ['sort=id%20DESC&limit=3', [60, 59, 58]],
    ['sort=id%20ASC&limit=2', [1, 2]],
  ])('notes with %s', async (query, expected) => {
    expect(ids((await client.call('GET', `/v1/notes?${query}`)).body.data)).toEqual(expected);
  });

  test('notes by creation time, newest first', async () => {
    const { body } = await client.call('GET', '/v1/notes?sort=add_time%20DESC&limit=500');
    const times = body.data.map((row: Row) => row.add_time);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('notes of one deal, and of days', async () => {
    const all: Row[] = (await client.call('GET', '/v1/notes?limit=500')).body.data;
    const dealId = all[0]?.deal_id;
    const { body } = await client.call('GET', `/v1/notes?deal_id=${dealId}`);
    expect(ids(body.data)).toEqual(ids(all.filter((row) => row.deal_id === dealId)));
    const june = await client.call('GET', '/v1/notes?start_date=2025-06-01&end_date=2025-06-30&limit=500');
    expect(ids(june.body.data)).toEqual(ids(all.filter((row) => String(row.add_time).startsWith('2025-06'))));
  });

  test('users, currencies, activity types and lead labels come whole', async () => {
    const users = (await client.call('GET', '/v1/users')).body.data;
    expect(users).toHaveLength(5);
    expect(users[4]).toMatchObject({ active_flag: false, email: 'left@emulated.example', is_you: false });
    const codes = (await client.call('GET', '/v1/currencies')).body.data.map(
      (row: { code: string }) => row.code,
    );
    expect(codes).toEqual(expect.arrayContaining(['TRY', 'EUR', 'USD', 'GBP']));
    expect((await client.call('GET', '/v1/currencies?term=lira')).body.data).toHaveLength(1);
    const types = (await client.call('GET', '/v1/activityTypes')).body.data;
    expect(types.map((row: { key_string: string }) => row.key_string)).toEqual([
      'call',
      'meeting',
      'task',
      'deadline',
      'email',
      'lunch',
    ]);
    const labels = (await client.call('GET', '/v1/leadLabels')).body.data;
    expect(labels.map((row: { name: string }) => row.name)).toEqual(['Hot', 'Cold', 'Warm']);
  });

  test('a new account has one pipeline of six stages', async () => {
    const fresh = testClient();
    expect((await fresh.call('GET', '/v2/pipelines')).body.data).toMatchObject([{ id: 1, name: 'Pipeline' }]);
    const stages: Row[] = (await fresh.call('GET', '/v2/stages')).body.data;
    expect(stages.map(({ id, name, deal_probability }) => [id, name, deal_probability])).toEqual([
      [1, 'Qualified', 100],
      [2, 'Contact Made', 100],
      [3, 'Prospect Qualified', 100],
      [4, 'Needs Defined', 100],
      [5, 'Proposal Made', 100],
      [6, 'Negotiations Started', 100],
    ]);
  });

  test('archived leads have a list of their own and leads say no next_start', async () => {
    const fresh = testClient({ world: 'lived-in' });
    for (const title of ['A', 'B', 'C']) await fresh.made('/v1/leads', { title, person_id: 1 });
    const { body } = await fresh.call('GET', '/v1/leads?limit=2&sort=title%20ASC');
    expect(body.data.map((row: { title: string }) => row.title)).toEqual(['A', 'B']);
    expect(body.additional_data.pagination).toEqual({ start: 0, limit: 2, more_items_in_collection: true });
    await fresh.call('PATCH', `/v1/leads/${body.data[0].id}`, { is_archived: true });
    expect((await fresh.call('GET', '/v1/leads')).body.data).toHaveLength(2);
    expect((await fresh.call('GET', '/v1/leads/archived')).body.data).toHaveLength(1);
    expect((await fresh.call('DELETE', `/v1/leads/${body.data[1].id}`)).status).toBe(200);
    expect((await fresh.call('GET', `/v1/leads/${body.data[1].id}`)).status).toBe(404);
  });
});

describe('search', () => {
  const client = testClient({ world: 'lived-in', switches: { searchLagMs: 0 } });
  const found = async (path: string) =>
    (await client.call('GET', path)).body.data.items.map((each: { item: Row }) => each.item);

  test('finds by a part of the name, whatever the case', async () => {
    const all = await walked(client, '/v2/organizations?limit=500');
    const rows = await found('/v2/organizations/search?term=VEGA&limit=500');
    expect(ids(rows)).toEqual(ids(all.filter((row) => String(row.name).includes('Vega'))));
  });

  test('finds by e-mail, custom field and note', async () => {
    expect(ids(await found('/v2/persons/search?term=person3@company3.example&exact_match=true'))).toEqual([
      3,
    ]);
    expect(ids(await found('/v2/organizations/search?term=1000000007&fields=custom_fields'))).toEqual([7]);
    expect(ids(await found('/v2/organizations/search?term=1000000007&fields=name'))).toEqual([]);
    const [note] = (await client.call('GET', '/v1/notes?limit=1')).body.data;
    expect(ids(await found('/v2/deals/search?term=order%201&fields=notes'))).toContain(note.deal_id);
  });

  test('itemSearch finds over all kinds, at most 100 a page', async () => {
    const rows = await found('/v2/itemSearch?term=deal&limit=500&item_types=deal,organization');
    expect(new Set(rows.map((row: Row) => row.type))).toEqual(new Set(['deal']));
    const page = await client.call('GET', '/v2/itemSearch?term=de&limit=60');
    const rest = await client.call(
      'GET',
      `/v2/itemSearch?term=de&limit=60&cursor=${page.body.additional_data.next_cursor}`,
    );
    expect(page.body.data.items).toHaveLength(60);
    expect(rest.body.data.items.length).toBeGreaterThan(0);
  });

  test('itemSearch/field is case sensitive', async () => {
    const field = async (term: string, match: string) =>
      (
        await client.call(
          'GET',
          `/v2/itemSearch/field?entity_type=deal&field=title&term=${term}&match=${match}`,
        )
      ).body.data;
    expect(await field('Deal%2012', 'exact')).toEqual([{ id: 12, title: 'Deal 12' }]);
    expect(await field('deal%2012', 'exact')).toEqual([]);
    expect(await field('Deal%201', 'beginning')).toHaveLength(11);
    expect(await field('eal%2070', 'middle')).toHaveLength(1);
  });

  test('the index lags: a new record is found a while later', async () => {
    const fresh = testClient();
    await fresh.made('/v2/organizations', { name: 'Brand new' });
    const search = async () =>
      (await fresh.call('GET', '/v2/organizations/search?term=brand')).body.data.items;
    expect(await search()).toEqual([]);
    fresh.emulator.control.advance(3_000);
    expect(await search()).toHaveLength(1);
  });
});
