import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

let client: TestClient;
beforeEach(() => {
  client = testClient({ plan: 'ultimate' });
});

async function field(type: string, options?: readonly string[], entity = 'deal') {
  return client.made(`/v2/${entity}Fields`, {
    field_name: `A ${type}`,
    field_type: type,
    ...(options ? { options: options.map((label) => ({ label })) } : {}),
  });
}

/** type, sent, read back (absent: as sent) */
const VALUES: [type: string, sent: unknown, read?: unknown][] = [
  ['varchar', 'x'.repeat(255)],
  ['varchar_auto', 'abc'],
  ['phone', '+90 212 000 00 00'],
  ['text', 'ş'.repeat(65_535)],
  ['double', 12.345],
  ['double', -0.5],
  ['monetary', { value: 10, currency: 'TRY' }],
  ['monetary', { value: 10 }, { value: 10, currency: 'EUR' }],
  ['date', '2024-02-29'],
  ['daterange', { value: '2024-01-01', until: '2024-01-31' }],
  [
    'time',
    { value: '09:30', timezone_name: 'Europe/Istanbul' },
    { value: '09:30:00', timezone_id: null, timezone_name: 'Europe/Istanbul' },
  ],
  [
    'timerange',
    { value: '09:30', until: '10:00' },
    { value: '09:30:00', until: '10:00:00', timezone_id: null, timezone_name: null },
  ],
  ['user', 1],
];

/** type, sent */
const REFUSED: readonly (readonly [type: string, sent: unknown])[] = [
  ['varchar', 'x'.repeat(256)],
  ['varchar', 5],
  ['phone', 'x'.repeat(256)],
  ['text', 'x'.repeat(65_536)],
  ['double', '12'],
  ['monetary', 12],
  ['monetary', { value: '12', currency: 'TRY' }],
  ['monetary', { value: 12, currency: 'XXX' }],
  ['monetary', { value: 12, currency: 'TRY', label: 'x' }],
  ['date', '29.02.2024'],
  ['date', '2023-02-29'],
  ['date', '2024-01-01T00:00:00Z'],
  ['daterange', { value: '2024-01-01' }],
  ['time', '09:30'],
  ['time', { value: '9.30' }],
  ['timerange', { value: '09:30' }],
  ['address', 'Istanbul'],
  ['address', { locality: 'Istanbul' }],
  ['user', 99],
  ['user', '1'],
  ['org', 99],
  ['people', 99],
];

describe('values of custom fields', () => {
  test.each(VALUES)('a %s keeps %j', async (...[type, sent, read = sent]) => {
    const { field_code } = await field(type);
    const deal = await client.made('/v2/deals', { title: 'A', custom_fields: { [field_code]: sent } });
    expect(deal.custom_fields).toEqual({ [field_code]: read });
    const cleared = await client.call('PATCH', `/v2/deals/${deal.id}`, {
      custom_fields: { [field_code]: null },
    });
    expect(cleared.body.data.custom_fields).toEqual({ [field_code]: null });
  });

  test.each(REFUSED)('a %s refuses %j and keeps nothing', async (type, sent) => {
    const { field_code } = await field(type);
    const answer = await client.call('POST', '/v2/deals', {
      title: 'A',
      custom_fields: { [field_code]: sent },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('ERR_SCHEMA_VALIDATION_FAILED');
    expect(answer.body.error).toContain(field_code);
    expect((await client.call('GET', '/v2/deals')).body.data).toEqual([]);
  });

  test('an address keeps its parts', async () => {
    const { field_code } = await field('address');
    const sent = { value: 'Istiklal 1', country: 'Türkiye' };
    const deal = await client.made('/v2/deals', { title: 'A', custom_fields: { [field_code]: sent } });
    expect(deal.custom_fields[field_code]).toMatchObject({ ...sent, locality: null, postal_code: null });
  });

  test('an enum takes the id of one of its options and nothing else', async () => {
    const { field_code, options } = await field('enum', ['Yes', 'No']);
    const post = (value: unknown) =>
      client.call('POST', '/v2/deals', { title: 'A', custom_fields: { [field_code]: value } });
    expect((await post(options[1].id)).body.data.custom_fields[field_code]).toBe(options[1].id);
    for (const wrong of ['No', String(options[1].id), 99_999, [options[1].id]])
      expect((await post(wrong)).status).toBe(400);
  });

  test('a set takes ids, refuses an empty list and is cleared by null', async () => {
    const { field_code, options } = await field('set', ['A', 'B', 'C']);
    const ids = options.map(({ id }: { id: number }) => id);
    const post = (value: unknown) =>
      client.call('POST', '/v2/deals', { title: 'A', custom_fields: { [field_code]: value } });
    expect((await post([ids[2], ids[0]])).body.data.custom_fields[field_code]).toEqual([ids[2], ids[0]]);
    expect((await post(null)).body.data.custom_fields[field_code]).toBeNull();
    for (const wrong of [[], `${ids[0]}`, [99_999], ids[0]]) expect((await post(wrong)).status).toBe(400);
  });

  test('references are ids of records that are there', async () => {
    const org = await client.made('/v2/organizations', { name: 'O' });
    const person = await client.made('/v2/persons', { name: 'P' });
    const toOrg = (await field('org')).field_code;
    const toPerson = (await field('people')).field_code;
    const custom_fields = { [toOrg]: org.id, [toPerson]: person.id };
    const deal = await client.made('/v2/deals', { title: 'A', custom_fields });
    expect(deal.custom_fields).toEqual(custom_fields);
    expect(deal).toMatchObject({ org_id: null, person_id: null });
  });
});

describe('how custom fields read', () => {
  test('null on an account that has none', async () => {
    expect((await client.made('/v2/deals', { title: 'A' })).custom_fields).toBeNull();
    expect((await client.made('/v2/persons', { name: 'A' })).custom_fields).toBeNull();
  });

  test('every key, the empty ones as null', async () => {
    const first = (await field('varchar')).field_code;
    const second = (await field('double')).field_code;
    const deal = await client.made('/v2/deals', { title: 'A', custom_fields: { [first]: 'x' } });
    expect(deal.custom_fields).toEqual({ [first]: 'x', [second]: null });
    expect((await client.made('/v2/persons', { name: 'A' })).custom_fields).toBeNull();
  });

  test('only the asked-for keys', async () => {
    const first = (await field('varchar')).field_code;
    await field('double');
    await client.made('/v2/deals', { title: 'A', custom_fields: { [first]: 'x' } });
    const { body } = await client.call('GET', `/v2/deals?custom_fields=${first}`);
    expect(body.data[0].custom_fields).toEqual({ [first]: 'x' });
  });

  test('options with their labels where they are asked for', async () => {
    const { field_code, options } = await field('set', ['A', 'B']);
    const [{ id }] = options;
    await client.made('/v2/deals', { title: 'A', label_ids: [1], custom_fields: { [field_code]: [id] } });
    const { body } = await client.call('GET', '/v2/deals?include_option_labels=true&include_labels=true');
    expect(body.data[0].custom_fields[field_code]).toEqual([{ id, label: 'A' }]);
    expect(body.data[0].labels).toEqual([{ id: 1, label: 'Customer' }]);
  });

  test('flat at the root of a lead, which inherits the deals’ fields', async () => {
    const { field_code } = await field('varchar');
    const person = await client.made('/v2/persons', { name: 'A' });
    const lead = await client.made('/v1/leads', { title: 'L', person_id: person.id, [field_code]: 'x' });
    expect(lead[field_code]).toBe('x');
    const patched = await client.call('PATCH', `/v1/leads/${lead.id}`, { [field_code]: 'y' });
    expect(patched.body.data[field_code]).toBe('y');
    const wrong = await client.call('POST', '/v1/leads', {
      title: 'L',
      person_id: person.id,
      ['b'.repeat(40)]: 'x',
    });
    expect(wrong.status).toBe(400);
  });
});

describe('fields and options', () => {
  test('a field code is 40 hexadecimal digits; the same name may be used twice', async () => {
    const first = await field('varchar');
    const second = await field('varchar');
    expect(first.field_code).toMatch(/^[0-9a-f]{40}$/);
    expect(second.field_code).not.toBe(first.field_code);
    expect(second.field_name).toBe(first.field_name);
    expect(first).toMatchObject({ is_custom_field: true, options: null, field_type: 'varchar' });
  });

  test('another account gives other codes', async () => {
    const other = testClient({ seed: 2 });
    const there = await other.made('/v2/dealFields', { field_name: 'A varchar', field_type: 'varchar' });
    expect(there.field_code).not.toBe((await field('varchar')).field_code);
  });

  test('options are added at the end and only the new ones come back', async () => {
    const { field_code, options } = await field('enum', ['A']);
    const added = await client.call('POST', `/v2/dealFields/${field_code}/options`, [
      { label: 'B' },
      { label: 'C' },
    ]);
    expect(added.body.data.map(({ label }: { label: string }) => label)).toEqual(['B', 'C']);
    const now = (await client.call('GET', `/v2/dealFields/${field_code}`)).body.data.options;
    expect(now.map(({ label }: { label: string }) => label)).toEqual(['A', 'B', 'C']);
    expect(now[0].id).toBe(options[0].id);
  });

  test('options are renamed and removed, all or none', async () => {
    const { field_code, options } = await field('enum', ['A', 'B']);
    const path = `/v2/dealFields/${field_code}/options`;
    const [{ id: a }, { id: b }] = options;
    const deal = await client.made('/v2/deals', { title: 'D', custom_fields: { [field_code]: b } });
    expect(
      (
        await client.call('PATCH', path, [
          { id: a, label: 'Z' },
          { id: 999_999, label: 'Y' },
        ])
      ).status,
    ).toBe(400);
    expect((await client.call('PATCH', path, [{ id: a, label: 'Z' }])).body.data).toEqual([
      { id: a, label: 'Z' },
    ]);
    expect((await client.call('DELETE', path, [{ id: b }])).body.data).toEqual([{ id: b, label: 'B' }]);
    expect((await client.call('GET', `/v2/deals/${deal.id}`)).body.data.custom_fields[field_code]).toBeNull();
  });

  test('10,000 options and not one more', async () => {
    const { field_code } = await field('enum', ['first']);
    const path = `/v2/dealFields/${field_code}/options`;
    const many = Array.from({ length: 9_999 }, (_, number) => ({ label: `o${number}` }));
    expect((await client.call('POST', path, many)).status).toBe(200);
    expect((await client.call('POST', path, [{ label: 'x' }])).status).toBe(400);
  });

  test('labels are options of the label field', async () => {
    const list = (await client.call('GET', '/v2/personFields?limit=500')).body.data;
    const label = list.find((each: { field_name: string }) => each.field_name === 'Label');
    expect(label.options.map((each: { label: string }) => each.label)).toEqual([
      'Customer',
      'Hot lead',
      'Warm lead',
      'Cold lead',
    ]);
    const added = await client.call('POST', `/v2/personFields/${label.field_code}/options`, [
      { label: 'VIP' },
    ]);
    const id = added.body.data[0].id;
    expect((await client.made('/v2/persons', { name: 'A', label_ids: [id] })).label_ids).toEqual([id]);
  });

  test('a removed field takes its values with it and its code is refused', async () => {
    const { field_code } = await field('varchar');
    const deal = await client.made('/v2/deals', { title: 'A', custom_fields: { [field_code]: 'x' } });
    expect((await client.call('DELETE', `/v2/dealFields/${field_code}`)).body.data.field_code).toBe(
      field_code,
    );
    expect((await client.call('GET', `/v2/deals/${deal.id}`)).body.data.custom_fields).toBeNull();
    const again = await client.call('POST', '/v2/deals', {
      title: 'B',
      custom_fields: { [field_code]: 'x' },
    });
    expect(again.status).toBe(400);
  });

  test('a field is renamed, its type stays', async () => {
    const { field_code } = await field('varchar');
    const { body } = await client.call('PATCH', `/v2/dealFields/${field_code}`, { field_name: 'New name' });
    expect(body.data).toMatchObject({ field_name: 'New name', field_type: 'varchar', field_code });
  });

  test('the list is walked with cursors and shows namespaces only when asked', async () => {
    const first = (await client.call('GET', '/v2/dealFields?limit=10')).body;
    expect(first.data).toHaveLength(10);
    expect(first.data[0]).not.toHaveProperty('ui_visibility');
    const second = await client.call(
      'GET',
      `/v2/dealFields?limit=500&include_fields=ui_visibility&cursor=${first.additional_data.next_cursor}`,
    );
    expect(second.body.additional_data.next_cursor).toBeNull();
    expect(second.body.data[0]).toHaveProperty('ui_visibility');
    const codes = [...first.data, ...second.body.data].map((each: { field_code: string }) => each.field_code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test.each(['deal', 'person', 'organization', 'product'])('%s fields can be added', async (entity) => {
    const { field_code } = await field('varchar', undefined, entity);
    expect((await client.call('GET', `/v2/${entity}Fields/${field_code}`)).status).toBe(200);
  });

  test('activity fields can be read', async () => {
    expect((await client.call('GET', '/v2/activityFields/priority')).body.data.options).toHaveLength(3);
  });
});
