import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COSTS } from './costs.ts';
import { type ServedPipedrive, servePipedrive } from './emulator.ts';
import { OPERATIONS, UNPUBLISHED_ROUTES } from './operations.ts';
import { testClient } from './test-client.ts';

describe('the control plane over HTTP', () => {
  let served: ServedPipedrive;
  beforeAll(async () => {
    served = await servePipedrive({ world: 'lived-in' });
  });
  afterAll(() => served.close());

  const control = async (method: string, name: string, body?: unknown) => {
    const response = await fetch(`${served.control}/${name}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
    return { status: response.status, text: await response.text() } as any;
  };

  test('lies below the bare host and needs no token', async () => {
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(served.control.startsWith(served.url)).toBe(true);
    expect((await control('GET', 'coverage')).status).toBe(200);
  });

  test('the log holds every request with status, tokens and time, and no control call', async () => {
    await control('POST', 'reset');
    await fetch(`${served.url}/api/v2/deals?limit=1`, { headers: { 'x-api-token': served.token } });
    await fetch(`${served.url}/api/v2/deals`);
    const log = JSON.parse((await control('GET', 'log')).text);
    expect(log).toEqual([
      {
        method: 'GET',
        path: '/api/v2/deals?limit=1',
        status: 200,
        tokens: 10,
        at: expect.stringMatching(/Z$/),
      },
      { method: 'GET', path: '/api/v2/deals', status: 401, tokens: 0, at: expect.stringMatching(/Z$/) },
    ]);
  });

  test('the same seed gives the same snapshot, reset brings it back', async () => {
    const before = (await control('GET', 'snapshot')).text;
    await control('POST', 'seed', { organizations: [{ name: 'More' }] });
    expect((await control('GET', 'snapshot')).text).not.toBe(before);
    await control('POST', 'reset');
    const after = JSON.parse((await control('GET', 'snapshot')).text);
    expect(after.organizations).toHaveLength(40);
    expect(after.deals).toEqual(JSON.parse(before).deals);
  });

  test('wrong calls are refused with a sentence', async () => {
    for (const [method, name, body, words] of [
      ['POST', 'clock', { advanceMs: -1 }, 'advanceMs'],
      ['POST', 'clock', {}, 'advanceMs'],
      ['POST', 'seed', { planets: [] }, 'not a seed'],
      ['POST', 'seed', { world: 'mars' }, 'no world mars'],
      ['POST', 'seed', { deals: [{ title: 'A', stage_id: 99 }] }, 'deals[0]: Stage 99'],
      ['GET', 'nonsense', undefined, 'no control call'],
    ] as const) {
      const answer = await control(method, name, body);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text).error).toContain(words);
    }
  });
});

describe('seeding', () => {
  test('takes create bodies, names of fields and labels, and add_time everywhere; answers the ids', async () => {
    const client = testClient();
    const answer = client.emulator.control.seed({
      users: [{ name: 'U', email: 'u@x.example' }],
      fields: [{ entity: 'deal', field_name: 'Source', field_type: 'enum', options: [{ label: 'Web' }] }],
      pipelines: [{ name: 'Second' }],
      stages: [{ name: 'Only', pipeline_id: 2 }],
      activityTypes: [{ name: 'Fax', icon_key: 'bell' }],
      organizations: [{ name: 'O', owner_id: 2 }],
      persons: [{ name: 'P', org_id: 1 }],
      deals: [
        { title: 'D', stage_id: 7, add_time: '2020-01-01T00:00:00Z', custom_fields: { Source: 'Web' } },
      ],
      leads: [{ title: 'L', person_id: 1 }],
      activities: [{ subject: 'A', type: 'fax', deal_id: 1, add_time: '2020-01-02T00:00:00Z' }],
      notes: [{ content: 'N', deal_id: 1 }],
    });
    expect(answer).toMatchObject({
      users: [{ id: 2, email: 'u@x.example', api_token: expect.stringMatching(/^[0-9a-f]{40}$/) }],
      fields: [{ field_name: 'Source', field_code: expect.stringMatching(/^[0-9a-f]{40}$/) }],
      pipelines: [2],
      stages: [7],
      organizations: [1],
      persons: [1],
      deals: [1],
      activities: [1],
      notes: [1],
    });
    const deal = (await client.call('GET', '/v2/deals/1')).body.data;
    expect(deal).toMatchObject({ add_time: '2020-01-01T00:00:00Z', pipeline_id: 2 });
    expect(Object.values(deal.custom_fields)).toEqual([expect.any(Number)]);
    expect(client.emulator.control.log().every(({ method }) => method === 'GET')).toBe(true);
  });

  test('world and seed start the account anew', () => {
    const client = testClient();
    const { control } = client.emulator;
    const answer = control.seed({ world: 'lived-in', seed: 7 });
    expect(answer).toMatchObject({ organizations: [] });
    const first = JSON.stringify(control.snapshot());
    control.seed({ world: 'lived-in', seed: 7 });
    expect(JSON.stringify(control.snapshot())).toBe(first);
    control.seed({ world: 'lived-in', seed: 8 });
    expect(JSON.stringify(control.snapshot())).not.toBe(first);
  });
});

describe('the snapshot', () => {
  test('is equal again after everything that was done is undone', async () => {
    const client = testClient({ world: 'lived-in' });
    const { control } = client.emulator;
    const before = JSON.stringify(control.snapshot());
    const field = await client.made('/v2/dealFields', { field_name: 'Key', field_type: 'varchar' });
    const labels = (await client.call('POST', '/v2/dealFields/label_ids/options', [{ label: 'New' }])).body
      .data;
    const pipeline = await client.made('/v2/pipelines', { name: 'P' });
    const stage = await client.made('/v2/stages', { name: 'S', pipeline_id: pipeline.id });
    const type = await client.made('/v1/activityTypes', { name: 'Fax', icon_key: 'bell' });
    const org = await client.made('/v2/organizations', { name: 'O' });
    const link = await client.made('/v1/organizationRelationships', {
      type: 'parent',
      rel_owner_org_id: 1,
      rel_linked_org_id: org.id,
    });
    const person = await client.made('/v2/persons', { name: 'P', org_id: org.id });
    const deal = await client.made('/v2/deals', {
      title: 'D',
      stage_id: stage.id,
      label_ids: [labels[0].id],
      custom_fields: { [field.field_code]: 'x' },
    });
    const activity = await client.made('/v2/activities', {
      subject: 'A',
      type: type.key_string,
      deal_id: deal.id,
    });
    const note = await client.made('/v1/notes', { content: 'N', deal_id: deal.id });
    const lead = await client.made('/v1/leads', { title: 'L', person_id: person.id });
    const old = (await client.call('GET', '/v2/deals/3')).body.data;
    await client.call('PATCH', '/v2/deals/3', { title: 'changed', person_id: person.id });
    expect(JSON.stringify(control.snapshot())).not.toBe(before);
    await client.call('PATCH', '/v2/deals/3', { title: old.title, person_id: old.person_id });
    for (const path of [
      `/v1/leads/${lead.id}`,
      `/v1/notes/${note.id}`,
      `/v2/activities/${activity.id}`,
      `/v2/deals/${deal.id}`,
      `/v2/persons/${person.id}`,
      `/v1/organizationRelationships/${link.id}`,
      `/v2/organizations/${org.id}`,
      `/v1/activityTypes/${type.id}`,
      `/v2/stages/${stage.id}`,
      `/v2/pipelines/${pipeline.id}`,
      `/v2/dealFields/${field.field_code}`,
    ])
      expect((await client.call('DELETE', path)).status, path).toBe(200);
    await client.call('DELETE', '/v2/dealFields/label_ids/options', [{ id: labels[0].id }]);
    expect(JSON.stringify(control.snapshot())).toBe(before);
  });
});

describe('switches while it runs', () => {
  test('can be turned and are as at the start after a reset', async () => {
    const client = testClient();
    const { control } = client.emulator;
    control.extra('switches', { overLimit: '400' });
    expect((await client.call('GET', '/v2/deals?limit=501')).status).toBe(400);
    control.reset();
    expect((await client.call('GET', '/v2/deals?limit=501')).status).toBe(200);
  });

  test('the account may change texts without a word', async () => {
    const client = testClient({
      switches: { silentChanges: ['trim', 'strip-phone', 'drop-emoji', 'truncate-255'] },
    });
    const person = await client.made('/v2/persons', {
      name: ' Ada 🎉',
      phones: [{ value: '+90 (212) 000' }],
    });
    expect(person).toMatchObject({ name: 'Ada ', phones: [{ value: '+90212000' }] });
  });
});

describe('coverage', () => {
  test('compares what is served with every published operation', () => {
    const { control } = testClient().emulator;
    const { published, served, operations } = control.coverage();
    expect(published).toBe(COSTS.length);
    expect(published).toBe(371);
    expect(served).toBe(operations.filter((each) => each.served).length);
    expect(served).toBeGreaterThan(95);
    expect(operations).toContainEqual({ method: 'POST', path: '/api/v2/deals', served: true });
    expect(operations).toContainEqual({ method: 'GET', path: '/api/v1/goals/find', served: false });
  });

  test('no route of ours is unpublished', () => {
    expect(UNPUBLISHED_ROUTES).toEqual([]);
  });

  test('what is not emulated answers 501 with its operation name, every single one', async () => {
    const client = testClient();
    const missing = OPERATIONS.filter(({ handler, path }) => handler === null && !path.startsWith('/oauth'));
    expect(missing.length).toBeGreaterThan(0);
    for (const { api, method, path, name } of missing) {
      const filled = path.replace(/\{[^}]+\}/g, '1');
      const { status, body } = await client.call(method, `/${api}${filled}`);
      expect([path, status, body.operation]).toEqual([path, 501, name]);
    }
  });
});
