import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});

/** A line on a deal's title, and what can be changed of it. */
const LINE = { object: 'deal', field_id: 'title', operator: '=', value: 'Deal 3' };
const of = (line: object, or: readonly object[] = []) => ({
  glue: 'and',
  conditions: [
    { glue: 'and', conditions: [line] },
    { glue: 'or', conditions: or },
  ],
});
const body = (line: object = LINE) => ({ name: 'Mine', type: 'deals', conditions: of(line) });
const tokenOf = (email: string) => {
  const { users } = client.emulator.control.seed({ users: [{ name: 'U', email }] }) as {
    users: readonly { api_token: string }[];
  };
  return users[0]?.api_token ?? '';
};

describe('a filter', () => {
  test('comes back as it was given, with both groups', async () => {
    const { status, body: answer } = await client.call('POST', '/v1/filters', body());
    expect(status).toBe(200);
    const line = { ...LINE, extra_value: null, json_value_flag: false };
    expect(answer.data).toEqual({
      id: 1,
      name: 'Mine',
      filter_code: null,
      is_editable: true,
      active_flag: true,
      type: 'deals',
      temporary_flag: null,
      user_id: 1,
      add_time: '2026-03-01 12:00:00',
      update_time: '2026-03-01 12:00:00',
      visible_to: '1',
      last_used_time: null,
      custom_view_id: null,
      conditions: of(line),
    });
    expect((await client.call('GET', '/v1/filters/1')).body).toEqual(answer);
  });

  test('names its fields by code where the query asks for it, null where the field is gone', async () => {
    const field = await client.made('/v2/dealFields', { field_name: 'Key', field_type: 'varchar' });
    await client.made('/v1/filters', body({ ...LINE, field_id: field.field_code }));
    const path = '/v1/filters/1?include_field_code=true';
    const code = async () =>
      (await client.call('GET', path)).body.data.conditions.conditions[0].conditions[0].field_code;
    expect(await code()).toBe(field.field_code);
    await client.call('DELETE', `/v2/dealFields/${field.field_code}`);
    expect(await code()).toBeNull();
    expect((await client.call('GET', '/v2/deals?filter_id=1')).body.data).toEqual([]);
  });

  test('is changed, and listed by its type without its lines', async () => {
    await client.made('/v1/filters', body());
    await client.made('/v1/filters', {
      name: 'People',
      type: 'people',
      conditions: of({ object: 'person', field_id: 'name', operator: 'IS NOT NULL' }),
    });
    await client.call('PUT', '/v1/filters/1', {
      name: 'Renamed',
      conditions: of({ ...LINE, value: 'Deal 4' }),
    });
    expect((await client.call('GET', '/v2/deals?filter_id=1')).body.data).toMatchObject([
      { title: 'Deal 4' },
    ]);
    const { data } = (await client.call('GET', '/v1/filters?type=deals')).body;
    expect(data).toMatchObject([{ id: 1, name: 'Renamed' }]);
    expect(data[0]).not.toHaveProperty('conditions');
    expect((await client.call('GET', '/v1/filters')).body.data).toHaveLength(2);
    expect((await client.call('GET', '/v1/filters?type=users')).status).toBe(400);
  });

  test('is deleted alone or with others; what is not there is left out', async () => {
    for (let count = 0; count < 4; count += 1) await client.made('/v1/filters', body());
    expect((await client.call('DELETE', '/v1/filters/1')).body.data).toEqual({ id: 1 });
    expect((await client.call('DELETE', '/v1/filters?ids=1,2,3,99')).body.data).toEqual({ id: [2, 3] });
    expect((await client.call('DELETE', '/v1/filters/2')).status).toBe(404);
    expect((await client.call('DELETE', '/v1/filters?ids=x')).status).toBe(400);
    expect((await client.call('DELETE', '/v1/filters')).status).toBe(400);
    expect((await client.call('GET', '/v2/deals?filter_id=2')).status).toBe(404);
    expect((await client.call('GET', '/v1/filters')).body.data).toMatchObject([{ id: 4 }]);
  });

  test('is seen by its owner and by admins', async () => {
    const other = tokenOf('other@emulated.example');
    await client.made('/v1/filters', body());
    expect((await client.call('GET', '/v1/filters', undefined, other)).body.data).toEqual([]);
    expect((await client.call('GET', '/v1/filters/1', undefined, other)).status).toBe(404);
    await client.call('POST', '/v1/filters', body(), other);
    expect((await client.call('GET', '/v1/filters/2')).body.data).toMatchObject({ is_editable: true });
  });

  test('is in the snapshot until it is deleted', async () => {
    const shot = () => JSON.stringify(client.emulator.control.snapshot());
    const before = shot();
    client.emulator.control.seed({ filters: [body()] });
    expect(shot()).toContain('"Mine"');
    await client.call('DELETE', '/v1/filters/1');
    expect(shot()).toBe(before);
  });

  test.each([
    [true, 200],
    [false, 400],
  ])(
    'names a field by its code only where the switch allows it (filterFieldByCode: %s)',
    async (on, status) => {
      client.emulator.control.extra('switches', { filterFieldByCode: on });
      expect((await client.call('POST', '/v1/filters', body())).status).toBe(status);
      const { data } = (await client.call('GET', '/v1/activityFields')).body;
      const subject = data.find(({ key }: { key: string }) => key === 'subject');
      const byId = { object: 'activity', field_id: subject.id, operator: '=', value: 'Follow up 7' };
      const made = await client.made('/v1/filters', { name: 'A', type: 'activity', conditions: of(byId) });
      const { body: found } = await client.call('GET', `/v2/activities?filter_id=${made.id}`);
      expect(found.data).toMatchObject([{ subject: 'Follow up 7' }]);
    },
  );
});

describe('a filter is refused', () => {
  const many = (count: number) => Array.from({ length: count }, () => LINE);
  test.each([
    ['without a name', { ...body(), name: '' }, 'name'],
    ['without conditions', { name: 'A', type: 'deals' }, 'conditions'],
    ['of an unknown type', { ...body(), type: 'users' }, 'type'],
    ['with a key of its own', { ...body(), visible_to: '7' }, 'visible_to'],
    ['glued with or at the top', { ...body(), conditions: { glue: 'or', conditions: [] } }, 'glue'],
    [
      'with two groups of one glue',
      {
        ...body(),
        conditions: {
          glue: 'and',
          conditions: [
            { glue: 'or', conditions: [] },
            { glue: 'or', conditions: [] },
          ],
        },
      },
      'once with and, once with or',
    ],
    [
      'with 17 lines',
      { ...body(), conditions: of(LINE, many(16)) },
      'Filter is allowed to have at most 16 conditions',
    ],
    ['about an unknown object', body({ ...LINE, object: 'user' }), 'object'],
    ['about a field that is not there', body({ ...LINE, field_id: 'colour' }), 'Field colour of deal'],
    ['about a field of another object', body({ ...LINE, field_id: 'emails' }), 'Field emails of deal'],
    ['with an operator of another kind', body({ ...LINE, operator: '>' }), 'Operator >'],
    ['without the value that its operator needs', body({ ...LINE, value: undefined }), 'must be given'],
    [
      'with a date in another form',
      body({ ...LINE, field_id: 'add_time', operator: '>', value: '01.02.2026' }),
      'YYYY-MM-DD',
    ],
    [
      'with a word for a number',
      body({ ...LINE, field_id: 'value', operator: '>', value: 'ten' }),
      'must be a number',
    ],
  ])('%s', async (_, given, words) => {
    const answer = await client.call('POST', '/v1/filters', given);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(words)]);
    expect((await client.call('GET', '/v1/filters')).body.data).toEqual([]);
  });

  test.each([
    ['for a list of another type', '/v2/persons?filter_id=1', 400],
    ['for leads, when it is for deals', '/v1/leads?filter_id=1', 400],
    ['that is not there', '/v2/deals?filter_id=9', 404],
  ])('by a list, %s', async (_, path, status) => {
    await client.made('/v1/filters', body());
    expect((await client.call('GET', path)).status).toBe(status);
  });

  test('by a list, where it asks for the past', async () => {
    const line = { object: 'deal', field_id: 'stage_id', operator: 'has_been', value: '1' };
    await client.made('/v1/filters', body(line));
    const answer = await client.call('GET', '/v2/deals?filter_id=1');
    expect([answer.status, answer.body.code]).toEqual([501, 'ERR_NOT_EMULATED']);
  });
});

describe('the helpers', () => {
  test('are the published ones', async () => {
    const { data } = (await client.call('GET', '/v1/filters/helpers')).body;
    expect(Object.keys(data)).toEqual([
      'operators',
      'deprecated_operators',
      'relative_dates',
      'address_field_components',
    ]);
    expect(data.operators.set.contains).toBe('contains');
    expect(data.operators.enum).toContainEqual({ 'IS NULL': 'is empty' });
  });
});
