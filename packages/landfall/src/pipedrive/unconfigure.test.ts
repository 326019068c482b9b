import { type ServedPipedrive, servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import type { Destination } from '../model/destination.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import { createPipedrive } from './destination.ts';

let account: ServedPipedrive;
const { signal } = new AbortController();
const opened: Destination[] = [];

beforeAll(async () => {
  account = await servePipedrive({ plan: 'ultimate', seats: 10, limits: 'off' });
});

afterAll(async () => {
  for (const destination of opened) await destination.close();
  await account?.close();
});

/** The account as it is now. */
async function looked(): Promise<Destination> {
  const { url, token } = account;
  const config = { url, auth: { token }, plan: 'ultimate', seats: 10, share: 1, pace: 'off' } as const;
  const destination = createPipedrive(config, systemPorts());
  opened.push(destination);
  await destination.describe(signal);
  return destination;
}

const made = async (step: ConfigurationStep) => (await looked()).configure(step, signal);
const keptOf = async (step: ConfigurationStep, ids: readonly string[]) =>
  (await (await looked()).unconfigure(step, ids, signal)).kept;

/** What a person does in the account's own pages. */
async function person(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const reply = await fetch(`${account.url}/api/${path}`, {
    method,
    headers: { 'x-api-token': account.token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { data } = (await reply.json()) as { readonly data: Record<string, unknown> };
  expect(reply.status, JSON.stringify(data)).toBeLessThan(300);
  return data;
}

const codes = async (entity: string) =>
  ((await person('GET', `v2/${entity}Fields?limit=500`)) as unknown as { field_code: string }[]).map(
    (field) => field.field_code,
  );

const field = (name: string, options: readonly string[] = []): ConfigurationStep => ({
  kind: 'field',
  entity: 'person',
  name,
  type: options.length > 0 ? 'enum' : 'varchar',
  options,
});

describe('what we made is known by its id, whatever people call it (RB-02)', () => {
  it('a field that was renamed and holds a value stays; once it is empty it goes', async () => {
    const step = field('Shoe size');
    const [key = ''] = await made(step);
    await person('PATCH', `v2/personFields/${key}`, { field_name: 'Glove size' });
    const { id } = await person('POST', 'v2/persons', { name: 'Theirs', custom_fields: { [key]: '43' } });
    expect(await keptOf(step, [key])).toMatch(/Glove size.*holds values/);
    expect(await codes('person')).toContain(key);

    await person('PATCH', `v2/persons/${id}`, { custom_fields: { [key]: null } });
    expect(await keptOf(step, [key])).toBeNull();
    expect(await codes('person')).not.toContain(key);
  });

  it('a field of theirs with the name of ours, which they removed, stays', async () => {
    const step = field('Hat size');
    const [key = ''] = await made(step);
    await person('DELETE', `v2/personFields/${key}`);
    const theirs = await person('POST', 'v2/personFields', { field_name: 'Hat size', field_type: 'varchar' });
    expect(await keptOf(step, [key])).toBeNull();
    expect(await codes('person')).toContain(theirs['field_code']);
  });

  it('our options are taken off a field that was renamed, and a field of theirs keeps its own', async () => {
    const coloured = await person('POST', 'v2/personFields', {
      field_name: 'Colour',
      field_type: 'enum',
      options: [{ label: 'Red' }],
    });
    const key = String(coloured['field_code']);
    const step: ConfigurationStep = {
      kind: 'option',
      entity: 'person',
      field: 'custom.Colour',
      labels: ['Blue'],
    };
    const ids = await made(step);
    await person('PATCH', `v2/personFields/${key}`, { field_name: 'Paint' });
    await person('POST', 'v2/personFields', {
      field_name: 'Colour',
      field_type: 'enum',
      options: [{ label: 'Blue' }],
    });
    expect(await keptOf(step, ids)).toBeNull();
    const fields = (await person('GET', 'v2/personFields?limit=500')) as unknown as readonly {
      readonly field_name: string;
      readonly options?: readonly { readonly label: string }[];
    }[];
    const labels = (name: string) =>
      fields.find((one) => one.field_name === name)?.options?.map(({ label }) => label);
    expect([labels('Paint'), labels('Colour')]).toEqual([['Red'], ['Blue']]);
  });

  it('an activity type that was renamed and is in use stays', async () => {
    const step: ConfigurationStep = { kind: 'activityType', name: 'Site visit' };
    const [id = ''] = await made(step);
    const type = await person('PUT', `v1/activityTypes/${id}`, { name: 'Inspection' });
    await person('POST', 'v2/activities', { subject: 'Theirs', type: type['key_string'] });
    expect(await keptOf(step, [id])).toMatch(/Inspection/);
  });

  it('a stage that was renamed and holds deals stays, and so does its pipeline', async () => {
    const pipeline: ConfigurationStep = { kind: 'pipeline', name: 'Repairs', withProbability: true };
    const [pipelineId = ''] = await made(pipeline);
    const stage: ConfigurationStep = { kind: 'stage', pipeline: 'Repairs', name: 'Quoted', probability: 50 };
    const [stageId = ''] = await made(stage);
    await person('PATCH', `v2/stages/${stageId}`, { name: 'Offered' });
    await person('PATCH', `v2/pipelines/${pipelineId}`, { name: 'Workshop' });
    await person('POST', 'v2/deals', { title: 'Theirs', stage_id: Number(stageId) });
    expect(await keptOf(stage, [stageId])).toMatch(/Offered/);
    expect(await keptOf(pipeline, [pipelineId])).toMatch(/Workshop/);
  });

  it('a lead label that was renamed and is in use stays', async () => {
    const step: ConfigurationStep = { kind: 'leadLabel', name: 'Lukewarm' };
    const [id = ''] = await made(step);
    await person('PATCH', `v1/leadLabels/${id}`, { name: 'Tepid' });
    const { id: personId } = await person('POST', 'v2/persons', { name: 'Lead of' });
    await person('POST', 'v1/leads', { title: 'Theirs', person_id: personId, label_ids: [id] });
    expect(await keptOf(step, [id])).toMatch(/Tepid/);
  });
});

describe('what people made themselves stays (I6)', () => {
  it('deals in a pipeline whose name begins like ours do not keep ours', async () => {
    const step: ConfigurationStep = { kind: 'pipeline', name: 'Export', withProbability: true };
    const ids = await made(step);
    const theirs = await person('POST', 'v2/pipelines', { name: 'Export 2' });
    const stage = await person('POST', 'v2/stages', { name: 'Asked', pipeline_id: theirs['id'] });
    await person('POST', 'v2/deals', { title: 'Theirs', stage_id: stage['id'] });
    expect(await keptOf(step, ids)).toBeNull();
  });

  it('a field of theirs that they gave the name of ours, older than ours, which goes', async () => {
    const theirs = await person('POST', 'v2/personFields', { field_name: 'Ring', field_type: 'varchar' });
    const step = field('Ring size');
    const [key = ''] = await made(step);
    await person('PATCH', `v2/personFields/${theirs['field_code']}`, { field_name: 'Ring size' });
    expect(await keptOf(step, [key])).toBeNull();
    expect(await codes('person')).not.toContain(key);
    expect(await codes('person')).toContain(theirs['field_code']);
  });

  it('a stage they added to a pipeline of ours, and so does the pipeline until it has gone', async () => {
    const pipeline: ConfigurationStep = { kind: 'pipeline', name: 'Leasing', withProbability: true };
    const [pipelineId = ''] = await made(pipeline);
    const stage: ConfigurationStep = { kind: 'stage', pipeline: 'Leasing', name: 'Asked', probability: 50 };
    const stageIds = await made(stage);
    const theirs = await person('POST', 'v2/stages', { name: 'Signed', pipeline_id: Number(pipelineId) });
    expect(await keptOf(stage, stageIds)).toBeNull();
    expect(await keptOf(pipeline, [pipelineId])).toBe(
      'the pipeline "Leasing" has stages that stay: "Signed"',
    );
    await person('DELETE', `v2/stages/${theirs['id']}`);
    expect(await keptOf(pipeline, [pipelineId])).toBeNull();
  });

  it('a field of the name we wanted, found because our own answer was lost, when it is of another type', async () => {
    const { field_code: key } = await person('POST', 'v2/personFields', {
      field_name: 'Coat size',
      field_type: 'double',
    });
    const step = field('Coat size');
    const found = (await looked()).findConfigured(step);
    expect(found).toEqual([key]);
    expect(await keptOf(step, found)).toMatch(/"Coat size" is not of the type that was asked for/);
    expect(await codes('person')).toContain(key);
  });
});
