import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

const TYPE = { name: 'Size', field_type: 'enum', options: [{ label: 'S' }, { label: 'L' }] };

let client: TestClient;
beforeEach(() => {
  client = testClient();
});

describe('fields of records in v1', () => {
  test.each(['deal', 'person', 'organization', 'product'])(
    'of a %s: made, read, listed, renamed, deleted',
    async (entity) => {
      const path = `/v1/${entity}Fields`;
      const shot = () => JSON.stringify(client.emulator.control.snapshot());
      const before = shot();
      const made = await client.made(path, {
        name: 'Tax number',
        field_type: 'varchar',
        add_visible_flag: true,
      });
      expect(made).toMatchObject({
        key: expect.stringMatching(/^[0-9a-f]{40}$/),
        name: 'Tax number',
        field_type: 'varchar',
        edit_flag: true,
        active_flag: true,
        options: null,
      });
      expect((await client.call('GET', `${path}/${made.id}`)).body.data).toEqual(made);
      expect((await client.call('GET', `/v2/${entity}Fields/${made.key}`)).body.data.field_name).toBe(
        'Tax number',
      );
      const { data } = (await client.call('GET', `${path}?limit=500`)).body;
      expect(data.at(-1)).toEqual(made);
      expect(data.map(({ order_nr }: { order_nr: number }) => order_nr)).toEqual(
        data.map((_: unknown, at: number) => at + 1),
      );
      expect((await client.call('PUT', `${path}/${made.id}`, { name: 'VAT' })).body.data.name).toBe('VAT');
      expect((await client.call('DELETE', `${path}/${made.id}`)).body.data).toEqual({ id: made.id });
      expect((await client.call('GET', `${path}/${made.id}`)).status).toBe(404);
      expect(shot()).toBe(before);
    },
  );

  test('with options: those that are given stay, under their ids; new ones get new ids', async () => {
    const made = await client.made('/v1/dealFields', { ...TYPE, options: JSON.stringify(TYPE.options) });
    const [small, large] = made.options;
    const options = [{ id: large.id, label: 'XL' }, { label: 'M' }];
    const { body } = await client.call('PUT', `/v1/dealFields/${made.id}`, { options });
    expect(body.data.options).toEqual([
      { id: large.id, label: 'XL' },
      { id: large.id + 1, label: 'M' },
    ]);
    const again = await client.call('PUT', `/v1/dealFields/${made.id}`, {
      options: [{ id: small.id, label: 'S' }],
    });
    expect([again.status, again.body.error]).toEqual([400, expect.stringContaining(`Option ${small.id}`)]);
  });

  test('are deleted many at once; built-in ones and those of others stay', async () => {
    const first = await client.made('/v1/dealFields', { name: 'A', field_type: 'text' });
    const second = await client.made('/v1/dealFields', { name: 'B', field_type: 'text' });
    const other = await client.made('/v1/personFields', { name: 'C', field_type: 'text' });
    const ids = [1, first.id, second.id, other.id, 9999].join(',');
    const { body } = await client.call('DELETE', `/v1/dealFields?ids=${ids}`);
    expect(body.data).toEqual({ id: [first.id, second.id] });
    expect((await client.call('GET', `/v1/personFields/${other.id}`)).status).toBe(200);
    expect((await client.call('DELETE', '/v1/dealFields?ids=a')).status).toBe(400);
  });

  test('are named by their id in filters', async () => {
    await client.made('/v2/deals', { title: 'Sale' });
    const { data } = (await client.call('GET', '/v1/dealFields')).body;
    const { id } = data.find(({ key }: { key: string }) => key === 'title');
    const line = { object: 'deal', field_id: String(id), operator: '=', value: 'Sale' };
    const conditions = { glue: 'and', conditions: [{ glue: 'and', conditions: [line] }] };
    const filter = await client.made('/v1/filters', { name: 'F', type: 'deals', conditions });
    expect((await client.call('GET', `/v2/deals?filter_id=${filter.id}`)).body.data).toHaveLength(1);
  });

  test.each([
    ['no name', 'POST', '/v1/dealFields', { field_type: 'text' }, 400, 'name'],
    ['an unknown type', 'POST', '/v1/dealFields', { name: 'A', field_type: 'int' }, 400, 'field_type'],
    ['no options', 'POST', '/v1/dealFields', { name: 'A', field_type: 'set' }, 400, 'need options'],
    [
      'options that it cannot have',
      'POST',
      '/v1/dealFields',
      { ...TYPE, field_type: 'text' },
      400,
      'have no options',
    ],
    ['options that are no JSON', 'POST', '/v1/dealFields', { ...TYPE, options: '[' }, 400, 'options'],
    ['an unknown key', 'POST', '/v1/dealFields', { ...TYPE, color: 'red' }, 400, 'color'],
    ['a built-in field', 'PUT', '/v1/dealFields/2', { name: 'Name' }, 400, 'not a custom field'],
    ['a built-in field to delete', 'DELETE', '/v1/dealFields/2', undefined, 400, 'not a custom field'],
    ['a field of another entity', 'GET', '/v1/personFields/2', undefined, 404, 'Field'],
    ['a field that is not there', 'GET', '/v1/dealFields/9999', undefined, 404, 'Field'],
  ])('with %s are refused', async (_, method, path, body, status, words) => {
    const answer = await client.call(method, path, body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(words)]);
  });

  test('stop at the cap of the plan', async () => {
    const capped = testClient({ switches: { customFieldsCap: 0 } });
    const answer = await capped.call('POST', '/v1/dealFields', { name: 'A', field_type: 'text' });
    expect([answer.status, answer.body.code]).toEqual([403, 'feature_capping_custom_fields_limit']);
  });
});
