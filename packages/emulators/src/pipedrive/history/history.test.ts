import { describe, expect, test } from 'vitest';
import { TEST_NOW_MS, testClient } from '../test-client.ts';
import { History, REMEMBERED_CHANGES } from './changes.ts';

const DAY_MS = 24 * 3_600_000;

/** A client whose time can be moved. */
function timedClient() {
  let nowMs = TEST_NOW_MS;
  const client = testClient({ nowMs: () => nowMs });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { ...client, pass };
}

describe('the change log', () => {
  test('of a deal tells every changed field, newest first, with who and when', async () => {
    const { made, call, pass, emulator } = timedClient();
    const { users } = emulator.control.seed({
      users: [{ name: 'Ada', email: 'ada@x.example', is_admin: true }],
    }) as { users: { id: number; api_token: string }[] };
    const deal = await made('/v2/deals', { title: 'My Deel', value: 0 });
    pass(60_000);
    await call('PATCH', `/v2/deals/${deal.id}`, { value: 100 });
    pass(60_000);
    await call(
      'PATCH',
      `/v2/deals/${deal.id}`,
      { title: 'My Deal', owner_id: users[0]?.id },
      users[0]?.api_token,
    );
    const { status, body } = await call('GET', `/v1/deals/${deal.id}/changelog`);
    expect(status).toBe(200);
    expect(body.additional_data).toEqual({ next_cursor: null });
    const common = { change_source: 'api', change_source_user_agent: null, is_bulk_update_flag: false };
    const late = { ...common, actor_user_id: users[0]?.id, time: '2026-03-01 12:02:00' };
    expect(body.data).toEqual([
      { field_key: 'title', old_value: 'My Deel', new_value: 'My Deal', ...late },
      { field_key: 'user_id', old_value: '1', new_value: String(users[0]?.id), ...late },
      {
        field_key: 'value',
        old_value: '0',
        new_value: '100',
        ...common,
        actor_user_id: 1,
        time: '2026-03-01 12:01:00',
      },
    ]);
  });

  test.each([
    ['organizations', { name: 'A' }, { name: 'B' }, { field_key: 'name', old_value: 'A', new_value: 'B' }],
    [
      'organizations',
      { name: 'A' },
      { owner_id: 1, website: 'x.org' },
      { field_key: 'website', new_value: 'x.org' },
    ],
    [
      'persons',
      { name: 'A' },
      { emails: [{ value: 'a@x.org' }] },
      { field_key: 'email', new_value: 'a@x.org' },
    ],
    [
      'persons',
      { name: 'A', label_ids: [] },
      { visible_to: 1 },
      { field_key: 'visible_to', old_value: '3', new_value: '1' },
    ],
    [
      'deals',
      { title: 'A' },
      { status: 'won' },
      { field_key: 'status', old_value: 'open', new_value: 'won' },
    ],
    ['deals', { title: 'A' }, { stage_id: 2 }, { field_key: 'stage_id', old_value: '1', new_value: '2' }],
  ])('of %s made as %j names what %j changed', async (path, first, second, entry) => {
    const { made, call } = timedClient();
    const { id } = await made(`/v2/${path}`, first);
    await call('PATCH', `/v2/${path}/${id}`, second);
    const { body } = await call('GET', `/v1/${path}/${id}/changelog`);
    expect(body.data).toContainEqual(expect.objectContaining(entry));
  });

  test('says nothing of values that stay what they were', async () => {
    const { made, call } = timedClient();
    const person = await made('/v2/persons', { name: 'A', emails: [{ value: 'a@x.org' }], visible_to: 3 });
    await call('PATCH', `/v2/persons/${person.id}`, {
      name: 'A',
      emails: [{ value: 'a@x.org' }],
      visible_to: 3,
    });
    expect((await call('GET', `/v1/persons/${person.id}/changelog`)).body.data).toEqual([]);
  });

  test('tells custom fields by their code', async () => {
    const { made, call } = timedClient();
    const field = await made('/v2/dealFields', { field_name: 'Source', field_type: 'monetary' });
    const deal = await made('/v2/deals', { title: 'A' });
    const custom_fields = { [field.field_code]: { value: 5, currency: 'EUR' } };
    await call('PATCH', `/v2/deals/${deal.id}`, { custom_fields });
    const { body } = await call('GET', `/v1/deals/${deal.id}/changelog`);
    expect(body.data).toMatchObject([{ field_key: field.field_code, old_value: null, new_value: '5' }]);
  });

  test('comes in pages by an opaque cursor, each entry once', async () => {
    const { made, call } = timedClient();
    const deal = await made('/v2/deals', { title: '0' });
    for (let nr = 1; nr <= 7; nr += 1)
      await call('PATCH', `/v2/deals/${deal.id}`, { title: String(nr), value: nr });
    const seen: string[] = [];
    let cursor = '';
    for (let round = 0; round < 20; round += 1) {
      const { body } = await call('GET', `/v1/deals/${deal.id}/changelog?limit=3${cursor}`);
      expect(body.data.length).toBeLessThanOrEqual(3);
      for (const { field_key, new_value } of body.data) seen.push(`${field_key} ${new_value}`);
      if (body.additional_data.next_cursor === null) break;
      cursor = `&cursor=${body.additional_data.next_cursor}`;
    }
    expect(seen).toHaveLength(14);
    expect(new Set(seen).size).toBe(14);
    expect(seen.slice(0, 2).sort()).toEqual(['title 7', 'value 7']);
  });

  test.each([
    ['/v1/deals/77/changelog', 404],
    ['/v1/deals/77/flow', 404],
    ['/v1/deals/1/changelog?cursor=nonsense', 400],
    ['/v1/deals/1/changelog?limit=0', 400],
    ['/v1/recents', 400],
    ['/v1/recents?since_timestamp=yesterday', 400],
    ['/v1/recents?since_timestamp=2026-02-20%2000:00:00&items=invoice', 400],
  ])('%s is refused with %i', async (path, status) => {
    const { made, call } = timedClient();
    await made('/v2/deals', { title: 'A' });
    expect((await call('GET', path)).status).toBe(status);
  });

  test('a limit over 500 is cut, or refused by switch', async () => {
    const cut = testClient();
    await cut.made('/v2/deals', { title: 'A' });
    expect((await cut.call('GET', '/v1/deals/1/changelog?limit=501')).status).toBe(200);
    const strict = testClient({ switches: { overLimit: '400' } });
    await strict.made('/v2/deals', { title: 'A' });
    expect((await strict.call('GET', '/v1/deals/1/changelog?limit=501')).status).toBe(400);
  });
});

describe('the flow of a record', () => {
  test('holds its changes and what hangs on it, newest first', async () => {
    const { made, call, pass } = timedClient();
    const person = await made('/v2/persons', { name: 'Ada' });
    const deal = await made('/v2/deals', { title: 'A', person_id: person.id });
    pass(60_000);
    await call('PATCH', `/v2/deals/${deal.id}`, { value: 5 });
    pass(60_000);
    await made('/v1/notes', { content: 'hello', deal_id: deal.id });
    pass(60_000);
    await made('/v2/activities', { subject: 'Ring', type: 'call', deal_id: deal.id, done: true });
    pass(60_000);
    await made(`/v2/deals/${deal.id}/followers`, { user_id: 1 });
    const { body } = await call('GET', `/v1/deals/${deal.id}/flow`);
    expect(body.data.map((step: { object: string }) => step.object)).toEqual([
      'dealFollower',
      'activity',
      'note',
      'dealChange',
      'dealChange',
    ]);
    expect(body.data[3]).toMatchObject({
      timestamp: '2026-03-01 12:01:00',
      data: { field_key: 'value', old_value: '0', new_value: '5', user_id: 1, item_id: deal.id },
    });
    expect(body.data[4].data).toMatchObject({ field_key: 'add_time', old_value: null });
    expect(body.related_objects).toMatchObject({
      person: { [person.id]: { name: 'Ada' } },
      deal: { [deal.id]: {} },
    });
    const ofPerson = await call('GET', `/v1/persons/${person.id}/flow?items=deal`);
    expect(ofPerson.body.data).toMatchObject([{ object: 'deal', data: { id: deal.id } }]);
  });

  test.each([
    ['items=note', ['note']],
    ['items=call', ['activity']],
    ['items=plannedActivity', []],
    ['items=note,call', ['activity', 'note']],
    ['items=change', ['dealChange']],
    ['items=change&all_changes=1', ['dealChange', 'dealChange']],
    ['items=note,call&limit=1&start=1', ['note']],
  ])('with %s holds %j', async (query, objects) => {
    const { made, call, pass } = timedClient();
    const field = await made('/v2/dealFields', { field_name: 'Source', field_type: 'varchar' });
    const deal = await made('/v2/deals', { title: 'A' });
    pass(60_000);
    await made('/v1/notes', { content: 'hello', deal_id: deal.id });
    pass(60_000);
    await made('/v2/activities', { subject: 'Ring', type: 'call', deal_id: deal.id, done: true });
    await call('PATCH', `/v2/deals/${deal.id}`, { custom_fields: { [field.field_code]: 'x' } });
    const { body } = await call('GET', `/v1/deals/${deal.id}/flow?${query}`);
    expect(body.data.map((step: { object: string }) => step.object)).toEqual(objects);
  });
});

describe('recents', () => {
  test('hold what changed since a time, deleted records too', async () => {
    const { made, call, pass } = timedClient();
    const early = await made('/v2/deals', { title: 'early' });
    pass(3_600_000);
    const late = await made('/v2/deals', { title: 'late' });
    const org = await made('/v2/organizations', { name: 'Org' });
    await call('DELETE', `/v2/organizations/${org.id}`);
    const since = encodeURIComponent('2026-03-01 12:30:00');
    const { body } = await call('GET', `/v1/recents?since_timestamp=${since}&items=deal,organization`);
    expect(body.data).toMatchObject([
      { item: 'deal', id: late.id, data: { title: 'late', deleted: false } },
      { item: 'organization', id: org.id, data: { active_flag: false } },
    ]);
    expect(body.additional_data).toMatchObject({
      since_timestamp: '2026-03-01 12:30:00',
      last_timestamp_on_page: '2026-03-01 13:00:00',
      pagination: { start: 0, limit: 100, more_items_in_collection: false },
    });
    await call('PATCH', `/v2/deals/${early.id}`, { title: 'again' });
    const again = await call('GET', `/v1/recents?since_timestamp=${since}&items=deal`);
    expect(again.body.data.map(({ id }: { id: number }) => id).sort()).toEqual([early.id, late.id]);
  });

  test('reach back one month, however far back is asked', async () => {
    const { made, call, pass } = timedClient();
    await made('/v2/deals', { title: 'old' });
    pass(32 * DAY_MS);
    const fresh = await made('/v2/deals', { title: 'new' });
    const { body } = await call('GET', '/v1/recents?since_timestamp=2020-01-01%2000:00:00&items=deal');
    expect(body.data.map(({ id }: { id: number }) => id)).toEqual([fresh.id]);
  });

  test('show every kind in its own form', async () => {
    const { made, call } = timedClient();
    const person = await made('/v2/persons', { name: 'Ada' });
    await made('/v2/activities', { subject: 'Ring', type: 'call' });
    await made('/v1/notes', { content: 'hello', person_id: person.id });
    const { body } = await call('GET', '/v1/recents?since_timestamp=2026-02-20%2000:00:00&limit=500');
    const kinds = new Set(body.data.map(({ item }: { item: string }) => item));
    expect([...kinds].sort()).toEqual([
      'activity',
      'activityType',
      'note',
      'person',
      'pipeline',
      'stage',
      'user',
    ]);
  });
});

describe('the memory of changes', () => {
  test('is bounded: the oldest make room', () => {
    const history = new History();
    const change = (nr: number) =>
      history.note('deals', { id: 1, title: `${nr}` } as never, { id: 1, title: '' } as never);
    for (let nr = 1; nr <= REMEMBERED_CHANGES + 5; nr += 1) change(nr);
    const kept = [...history.of('deals', 1)];
    expect(kept).toHaveLength(REMEMBERED_CHANGES);
    expect(kept[0]?.nr).toBe(REMEMBERED_CHANGES + 5);
    expect(kept[kept.length - 1]?.nr).toBe(6);
  });

  test('takes nothing for creations, so that filling an account costs no memory here', async () => {
    const history = new History();
    for (let id = 1; id <= 1_000; id += 1) history.note('deals', { id }, undefined);
    expect([...history.newestFirst()]).toEqual([]);
  });

  test('stays out of the snapshot', async () => {
    const { made, call, emulator } = timedClient();
    const deal = await made('/v2/deals', { title: 'A' });
    const before = JSON.stringify(emulator.control.snapshot());
    await call('PATCH', `/v2/deals/${deal.id}`, { title: 'B' });
    await call('PATCH', `/v2/deals/${deal.id}`, { title: 'A' });
    expect(JSON.stringify(emulator.control.snapshot())).toBe(before);
  });
});
