import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

type Field = { readonly id: number; readonly key: string; readonly [key: string]: unknown };

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});

const fields = async (path: string): Promise<Field[]> => (await client.call('GET', path)).body.data;

describe('fields in v1', () => {
  test('of leads are their own, and the custom fields of deals', async () => {
    const all = await fields('/v1/leadFields');
    const custom = all.filter((field) => field.edit_flag === true);
    expect(custom).toMatchObject([
      {
        name: 'Source',
        field_type: 'enum',
        options: expect.arrayContaining([{ id: expect.any(Number), label: 'Web' }]),
      },
      { name: 'Commission', field_type: 'monetary', options: null },
      { name: 'Handover', field_type: 'date' },
    ]);
    const labels = all.find(({ key }) => key === 'label_ids')?.options as readonly { label: string }[];
    expect(labels.map(({ label }) => label)).toEqual(['Hot', 'Cold', 'Warm']);
    const page = (await client.call('GET', '/v1/leadFields?start=14&limit=2')).body;
    expect(page.data.map(({ name }: { name: string }) => name)).toEqual(['Source', 'Commission']);
    expect(page.additional_data.pagination).toEqual({ start: 14, limit: 2, more_items_in_collection: true });
  });

  test('of activities are those that v2 lists', async () => {
    const v2 = (await client.call('GET', '/v2/activityFields?limit=500')).body.data;
    const keys = (await fields('/v1/activityFields')).map(({ key }) => key);
    expect(keys).toEqual(v2.map(({ field_code }: { field_code: string }) => field_code));
  });

  test('of notes begin with the content', async () => {
    const all = await fields('/v1/noteFields');
    expect(all[0]).toMatchObject({ id: 1, key: 'content', field_type: 'text', mandatory_flag: true });
    expect(all[1]).toMatchObject({
      key: 'pinned_to_deal_flag',
      options: [{ label: 'Yes' }, { label: 'No' }],
    });
  });
});

describe('what is fixed', () => {
  test('the sources of leads', async () => {
    const { data } = (await client.call('GET', '/v1/leadSources')).body;
    expect(data).toHaveLength(10);
    expect(data).toContainEqual({ name: 'API' });
  });

  test('the settings and connections of a user', async () => {
    expect((await client.call('GET', '/v1/userSettings')).body.data).toMatchObject({
      file_upload_destination: 's3',
      person_duplicate_condition: 'name && (org_id || email || phone)',
    });
    expect((await client.call('GET', '/v1/userConnections')).body.data).toEqual({ google: '' });
  });
});
