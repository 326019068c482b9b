import { describe, expect, test } from 'vitest';
import { testClient } from './test-client.ts';

describe('a change', () => {
  test('keeps what it does not name and clears what it sets to null', async () => {
    const { made, call } = testClient({ world: 'lived-in' });
    const deal = await made('/v2/deals', { title: 'A', org_id: 1, person_id: 2, value: 5 });
    const { body } = await call('PATCH', `/v2/deals/${deal.id}`, { person_id: null, title: 'B' });
    expect(body.data).toMatchObject({ title: 'B', org_id: 1, person_id: null, value: 5 });
  });

  test('of the stage moves the deal to that pipeline and stamps the time', async () => {
    const { made, call } = testClient({ world: 'lived-in' });
    const deal = await made('/v2/deals', { title: 'A' });
    const { body } = await call('PATCH', `/v2/deals/${deal.id}`, { stage_id: 9 });
    expect(body.data).toMatchObject({
      stage_id: 9,
      pipeline_id: 2,
      stage_change_time: '2026-03-01T12:00:00Z',
    });
  });

  test('back to open forgets the times and the reason', async () => {
    const { made, call } = testClient();
    const deal = await made('/v2/deals', { title: 'A', status: 'lost', lost_reason: 'Price' });
    const { body } = await call('PATCH', `/v2/deals/${deal.id}`, { status: 'open' });
    expect(body.data).toMatchObject({ status: 'open', lost_time: null, close_time: null, lost_reason: null });
  });

  test('that names nothing of a won deal keeps its won time', async () => {
    const { made, call } = testClient();
    const deal = await made('/v2/deals', { title: 'A', status: 'won', won_time: '2024-02-03T04:05:06Z' });
    const { body } = await call('PATCH', `/v2/deals/${deal.id}`, { value: 7 });
    expect(body.data).toMatchObject({ won_time: '2024-02-03T04:05:06Z', close_time: '2024-02-03T04:05:06Z' });
  });

  test('of an archived deal is refused unless it brings it back', async () => {
    const { made, call } = testClient();
    const deal = await made('/v2/deals', { title: 'A', is_archived: true });
    expect((await call('PATCH', `/v2/deals/${deal.id}`, { title: 'B' })).status).toBe(400);
    expect(
      (await call('PATCH', `/v2/deals/${deal.id}`, { is_archived: false, title: 'B' })).body.data,
    ).toMatchObject({
      title: 'B',
      is_archived: false,
      archive_time: null,
    });
  });

  test('of an activity to done and back', async () => {
    const { made, call } = testClient();
    const activity = await made('/v2/activities', { subject: 'A' });
    const done = await call('PATCH', `/v2/activities/${activity.id}`, { done: true });
    expect(done.body.data.marked_as_done_time).toBe('2026-03-01T12:00:00Z');
    const undone = await call('PATCH', `/v2/activities/${activity.id}`, { done: false });
    expect(undone.body.data.marked_as_done_time).toBeNull();
  });

  test('of a person without names leaves the name as it was written', async () => {
    const { made, call } = testClient();
    const person = await made('/v2/persons', { name: 'Ada  Lovelace' });
    expect(
      (await call('PATCH', `/v2/persons/${person.id}`, { phones: [{ value: '1' }] })).body.data.name,
    ).toBe('Ada  Lovelace');
  });

  test('a deal goes before a lead on an activity', async () => {
    const { made } = testClient({ world: 'lived-in' });
    const lead = await made('/v1/leads', { title: 'L', person_id: 1 });
    const both = await made('/v2/activities', { subject: 'A', deal_id: 1, lead_id: lead.id });
    expect(both).toMatchObject({ deal_id: 1, lead_id: null });
    const alone = await made('/v2/activities', { subject: 'A', lead_id: lead.id });
    expect(alone).toMatchObject({ deal_id: null, lead_id: lead.id });
  });
});

describe('a removal', () => {
  test('marks a v2 record, empties the links to it and keeps it readable', async () => {
    const { made, call } = testClient();
    const org = await made('/v2/organizations', { name: 'A' });
    const person = await made('/v2/persons', { name: 'B', org_id: org.id });
    expect((await call('DELETE', `/v2/organizations/${org.id}`)).body).toEqual({
      success: true,
      data: { id: org.id },
    });
    expect((await call('GET', `/v2/organizations/${org.id}`)).body.data.is_deleted).toBe(true);
    expect((await call('GET', '/v2/organizations')).body.data).toEqual([]);
    expect((await call('GET', `/v2/persons/${person.id}`)).body.data.org_id).toBeNull();
    expect((await call('DELETE', `/v2/organizations/${org.id}`)).status).toBe(404);
    expect((await call('PATCH', `/v2/organizations/${org.id}`, { name: 'C' })).status).toBe(404);
    expect((await call('POST', '/v2/persons', { name: 'C', org_id: org.id })).status).toBe(400);
  });

  test('answers 404 to a later read where the switch says so', async () => {
    const { made, call } = testClient({ switches: { deletedV2Get: '404' } });
    const org = await made('/v2/organizations', { name: 'A' });
    await call('DELETE', `/v2/organizations/${org.id}`);
    expect((await call('GET', `/v2/organizations/${org.id}`)).status).toBe(404);
  });

  test('of a note answers true; the note can still be changed and stays deleted', async () => {
    const { made, call } = testClient({ world: 'lived-in' });
    const note = await made('/v1/notes', { content: 'x', deal_id: 1 });
    expect((await call('DELETE', `/v1/notes/${note.id}`)).body).toEqual({ success: true, data: true });
    expect((await call('GET', `/v1/notes/${note.id}`)).body.data.active_flag).toBe(false);
    const put = await call('PUT', `/v1/notes/${note.id}`, { content: 'y' });
    expect(put.body.data).toMatchObject({ content: 'y', active_flag: false });
    expect((await call('DELETE', `/v1/notes/${note.id}`)).status).toBe(410);
  });
});

describe('what hangs on whom', () => {
  test('an archived deal takes notes unless the switch forbids it', async () => {
    const open = testClient();
    const strict = testClient({ switches: { archivedAttach: 'refuse' } });
    for (const [client, status] of [
      [open, 201],
      [strict, 400],
    ] as const) {
      const deal = await client.made('/v2/deals', { title: 'A', is_archived: true });
      expect((await client.call('POST', '/v1/notes', { content: 'x', deal_id: deal.id })).status).toBe(
        status,
      );
    }
  });

  test('only an admin may name another author of a note', async () => {
    const client = testClient();
    const org = await client.made('/v2/organizations', { name: 'A' });
    const seeded = client.emulator.control.seed({ users: [{ name: 'U', email: 'u@x.example' }] }) as {
      users: { id: number; api_token: string }[];
    };
    const [user] = seeded.users;
    const body = { content: 'x', org_id: org.id, user_id: 1 };
    expect((await client.call('POST', '/v1/notes', body, user?.api_token)).status).toBe(403);
    const own = await client.call('POST', '/v1/notes', { content: 'x', org_id: org.id }, user?.api_token);
    expect(own.body.data).toMatchObject({ user_id: user?.id, user: { is_you: true, name: 'U' } });
  });

  test.each([
    ['<p>a</p><script>alert(1)</script>', '<p>a</p>'],
    ['<p onclick="x()">a</p>', '<p>a</p>'],
    ['<a href="javascript:x()">a</a>', '<a>a</a>'],
    ['<font color="red">a</font>', 'a'],
    ['a & b < c', 'a &amp; b &lt; c'],
    ['plain', 'plain'],
  ])('the note %s is kept as %s', async (content, kept) => {
    const { made } = testClient({ world: 'lived-in' });
    expect((await made('/v1/notes', { content, org_id: 1 })).content).toBe(kept);
  });

  test('Contact Sync fields can be written once somebody has set it up', async () => {
    const { made } = testClient({ switches: { contactSync: true } });
    const person = await made('/v2/persons', {
      name: 'Ada',
      job_title: 'Countess',
      birthday: '1815-12-10',
      notes: 'n',
      im: [{ value: 'ada' }],
      postal_address: { value: 'London' },
    });
    expect(person).toMatchObject({
      job_title: 'Countess',
      birthday: '1815-12-10',
      notes: 'n',
      im: [{ value: 'ada', primary: true, label: 'work' }],
      postal_address: { value: 'London' },
    });
  });

  test('two organizations with one name are two organizations', async () => {
    const { made } = testClient();
    const first = await made('/v2/organizations', { name: 'Same' });
    const second = await made('/v2/organizations', { name: 'Same' });
    expect(second.id).toBe(first.id + 1);
  });

  test('an organization shows website and its like only when asked', async () => {
    const { made, call } = testClient();
    const industry = (await call('GET', '/v2/organizationFields/industry')).body.data.options[0].id;
    const extras = {
      website: 'https://a.example',
      linkedin: 'in/a',
      industry,
      annual_revenue: 5,
      employee_count: 6,
    };
    const org = await made('/v2/organizations', { name: 'A', ...extras });
    expect(org).not.toHaveProperty('website');
    const asked = await call(
      'GET',
      `/v2/organizations/${org.id}?include_fields=${Object.keys(extras).join(',')}`,
    );
    expect(asked.body.data).toMatchObject(extras);
    const byCustom = await call('GET', '/v2/organizations?custom_fields=website');
    expect(byCustom.body.data[0]).toMatchObject({ website: 'https://a.example' });
  });

  test('a parent organization reads as parent from below and as daughter from above', async () => {
    const { made, call } = testClient();
    const top = await made('/v2/organizations', { name: 'Top' });
    const low = await made('/v2/organizations', { name: 'Low' });
    const link = await made('/v1/organizationRelationships', {
      type: 'parent',
      rel_owner_org_id: top.id,
      rel_linked_org_id: low.id,
    });
    const above = (await call('GET', `/v1/organizationRelationships?org_id=${top.id}`)).body.data[0];
    const below = (await call('GET', `/v1/organizationRelationships?org_id=${low.id}`)).body.data[0];
    expect(above).toMatchObject({ calculated_type: 'daughter', calculated_related_org_id: low.id });
    expect(below).toMatchObject({ calculated_type: 'parent', related_organization_name: 'Top' });
    expect((await call('DELETE', `/v1/organizationRelationships/${link.id}`)).body.data).toEqual({
      id: link.id,
    });
    expect((await call('GET', `/v1/organizationRelationships?org_id=${top.id}`)).body.data).toEqual([]);
  });
});
