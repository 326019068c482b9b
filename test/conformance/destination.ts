import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, WriteRequest } from '../../packages/landfall/src/model/destination.ts';
import { customFieldEntities, entityTraits } from '../../packages/landfall/src/model/entity-table.ts';
import { markerFieldName, type TargetId, targetId } from '../../packages/landfall/src/model/key.ts';
import type { ConfigurationStep } from '../../packages/landfall/src/model/plan.ts';
import type { TargetEntity, TargetRecord } from '../../packages/landfall/src/model/target.ts';
import { type SampleIds, sampleSteps, samples } from './destination-samples.ts';

/** An account the suite may write to. What the suite makes it takes away again. */
export interface DestinationUnderTest {
  /** A new connection with good credentials: what one has learned the next does not know. */
  open(): Destination;
  openWithWrongCredentials(): Destination;
  /** What its credentials may not write: call logs need an app that is a phone integration. */
  readonly without?: readonly TargetEntity[];
  close(): Promise<void>;
}

/** What the groups of the suite share. */
interface Stage {
  account: DestinationUnderTest;
  destination: Destination;
  /** Different at every run, so that a sandbox may be used again and again. */
  readonly run: string;
  readonly made: { readonly entity: TargetEntity; readonly id: TargetId }[];
  readonly steps: { readonly step: ConfigurationStep; readonly ids: readonly string[] }[];
}

const signal = new AbortController().signal;

/** Every page of a walk in one list. */
export async function walked(
  destination: Destination,
  entity: TargetEntity,
  options: Parameters<Destination['walk']>[1] = {},
): Promise<readonly TargetRecord[]> {
  const records: TargetRecord[] = [];
  for await (const page of destination.walk(entity, options, signal)) records.push(...page);
  return records;
}

/** The contract of a destination: run unchanged against the emulator and, when there is one, a real sandbox. */
export function destinationSuite(name: string, connect: () => Promise<DestinationUnderTest>): void {
  describe(`the destination contract: ${name}`, () => {
    const run = `conformance-${process.pid}-${Math.floor(performance.timeOrigin)}`;
    const stage: Stage = { run, made: [], steps: [] } as unknown as Stage;
    beforeAll(async () => {
      stage.account = await connect();
      stage.destination = stage.account.open();
      await stage.destination.describe(signal);
    });
    afterAll(async () => {
      for (const { entity, id } of stage.made.toReversed())
        await stage.destination.remove(entity, id, signal);
      for (const { step, ids } of stage.steps.toReversed())
        await stage.destination.unconfigure(step, ids, signal);
      await stage.destination.close();
      await stage.account.close();
    });
    accountTests(stage);
    configurationTests(stage);
    recordTests(stage);
    refusalTests(stage);
    lookUpTests(stage);
    removalTests(stage);
  });
}

async function write(stage: Stage, request: WriteRequest): Promise<TargetRecord> {
  const record = await stage.destination.write(request, signal);
  if (request.id === undefined) stage.made.push({ entity: request.entity, id: record.id });
  return record;
}

function accountTests(stage: Stage): void {
  it('tells whose account it is and what it allows (check)', async () => {
    const facts = await stage.destination.check(signal);
    expect(facts.account).not.toBe('');
    expect(facts.user).toContain('@');
    expect(facts.dailyTokens).toBeGreaterThan(0);
    expect(facts.tokensLeft).toBeGreaterThan(0);
    expect(facts.caps.map((cap) => cap.limit > 0)).not.toContain(false);
    // deals and leads are counted, so that a plan can tell what would not fit (C-12)
    expect(facts.caps[0]?.used).toEqual(expect.any(Number));
  });

  it('says so when the credentials are wrong, at once and without a retry', async () => {
    const stranger = stage.account.openWithWrongCredentials();
    await expect(stranger.check(signal)).rejects.toMatchObject({ code: 'unauthorized', recovery: 'pause' });
    expect(stranger.budget().requests).toBe(1);
    await stranger.close();
  });

  it('describes users, pipelines, activity types, currencies and every entity, in at most 12 requests', async () => {
    const before = stage.destination.budget().requests;
    const catalog = await stage.destination.describe(signal);
    expect(stage.destination.budget().requests - before).toBeLessThanOrEqual(12);
    expect(catalog.users.map(({ id }) => id)).toContain(catalog.selfUserId);
    for (const list of [catalog.pipelines, catalog.activityTypes, catalog.currencies])
      expect(list).not.toHaveLength(0);
    for (const [entity, fields] of Object.entries(catalog.entities)) {
      expect(fields.length, entity).toBeGreaterThan(0);
      expect(new Set(fields.map((field) => field.name)).size, entity).toBe(fields.length);
    }
  });
}

function configurationTests(stage: Stage): void {
  it('makes fields, options, pipelines, stages and types once, and finds them again by name (DEST-02, DEST-15)', async () => {
    for (const step of sampleSteps(stage.run)) {
      const found = stage.destination.findConfigured(step);
      const ids = found.length > 0 ? found : await stage.destination.configure(step, signal);
      if (found.length === 0) stage.steps.push({ step, ids });
      expect(ids.length, JSON.stringify(step)).toBeGreaterThan(0);
      expect(stage.destination.findConfigured(step)).toEqual(ids);
    }
    const other = stage.account.open();
    await other.describe(signal);
    for (const { step, ids } of stage.steps) expect(other.findConfigured(step)).toEqual(ids);
    await other.close();
  });

  it('sees what somebody else made meanwhile by a look at a list or two, not at the whole account (DEST-15)', async () => {
    const late = stage.account.open();
    await late.describe(signal);
    const step = { kind: 'activityType', name: `${stage.run} late look` } as const;
    const [known] = stage.destination.findConfigured(step);
    const ids = known === undefined ? await stage.destination.configure(step, signal) : [known];
    if (known === undefined) stage.steps.push({ step, ids });
    for (const one of [...stage.steps.map((made) => made.step), step]) {
      const before = late.budget().requests;
      await late.lookFor(one, signal);
      expect(late.budget().requests - before, one.kind).toBeLessThanOrEqual(2);
    }
    expect(late.findConfigured(step)).toEqual(ids);
    await late.close();
  });

  it('resolves custom fields by their name to the key of this account (NF-11, DEST-19)', async () => {
    const { entities } = await stage.destination.describe(signal);
    const marker = entities.person.find(({ name }) => name === `custom.${markerFieldName}`);
    expect(marker).toMatchObject({ custom: true, maxLength: 255 });
    expect(marker?.key).toMatch(/^[0-9a-f]{40}$/);
  });

  it('keeps stages in the order they were made (C-13)', async () => {
    const { pipelines } = await stage.destination.describe(signal);
    const pipeline = pipelines.find(({ name }) => name === `${stage.run} sales`);
    expect(pipeline?.stages.map(({ name, probability }) => [name, probability])).toEqual([
      ['New', 10],
      ['Talking', 45],
      ['Nearly there', 90],
    ]);
  });

  it('adds only the options that are missing', async () => {
    const step = {
      kind: 'option',
      entity: 'person',
      field: 'label_ids',
      labels: [`${stage.run} VIP`],
    } as const;
    const before = stage.destination.budget().requests;
    expect(await stage.destination.configure(step, signal)).toEqual(stage.destination.findConfigured(step));
    expect(stage.destination.budget().requests).toBe(before);
  });
}

function recordTests(stage: Stage): void {
  it('writes every field type of every entity and reads it back the same: answer, single record, list (VER-05)', async () => {
    const ids: SampleIds = {};
    const user = (await stage.destination.describe(signal)).selfUserId;
    const requests: WriteRequest[] = [];
    const { without = [] } = stage.account;
    for (const make of samples) {
      const request = make(stage.run, ids, user);
      if (without.includes(request.entity)) continue;
      requests.push(request);
      const record = await write(stage, request);
      const { entity } = request;
      const place: keyof SampleIds = ids[entity] === undefined ? entity : `second ${entity}`;
      ids[place] ??= record.id;
      same(stage, request, record, 'answer');
    }
    for (const request of requests) {
      const { listedBy } = entityTraits[request.entity];
      const parents = listedBy === null ? {} : { parents: [targetId(String(request.values[listedBy]))] };
      const list = await walked(stage.destination, request.entity, parents);
      const record = list.find((each) =>
        stage.destination.fingerprintsOf(each).includes(stage.destination.fingerprint(request)),
      );
      if (record === undefined) expect.fail(`${request.entity} is not in its list`);
      same(stage, request, record, 'list');
      same(stage, request, await stage.destination.get(request.entity, record.id, signal), 'single');
    }
  });

  it('changes what is given and nothing else, and clears what is null', async () => {
    const marker = `${stage.run}:changed`;
    const values = {
      name: 'Before',
      website: 'https://before.example',
      [`custom.${stage.run} text`]: 'kept',
    };
    const { id } = await write(stage, { entity: 'organization', values, marker });
    const after = { name: 'After', website: null };
    await write(stage, { entity: 'organization', id, values: after, marker });
    const record = await stage.destination.get('organization', id, signal);
    expect(record).toMatchObject({
      marker,
      values: { name: 'After', website: null, [`custom.${stage.run} text`]: 'kept' },
    });
  });
}

function refusalTests(stage: Stage): void {
  it('refuses before sending what this account cannot take, naming it', async () => {
    const before = stage.destination.budget().requests;
    const cases: readonly (readonly [TargetEntity, Record<string, unknown>, RegExp])[] = [
      ['deal', { title: 'T', add_time: '2020-01-01T00:00:00Z' }, /Deal created.*cannot be set/],
      ['deal', { title: 'T', stage_id: { pipeline: 'Nowhere', stage: 'None' } }, /no stage "None"/],
      ['person', { name: 'P', label_ids: ['No such label'] }, /"No such label" is not an option/],
      ['person', { name: 'P', 'custom.No such field': 'x' }, /no field "custom.No such field"/],
      ['organization', { name: 'O', annual_revenue: '1.5' }, /whole number/],
    ];
    for (const [entity, values, words] of cases) {
      const request = { entity, values, marker: `${stage.run}:refused` } as WriteRequest;
      await expect(stage.destination.write(request, signal)).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringMatching(words),
      });
    }
    expect(stage.destination.budget().requests).toBe(before);
  });

  it("hands on the destination's own words when it refuses, and says so when a record to change is gone", async () => {
    const values = { name: 'Linked to nothing', org_id: '999999999' };
    const refused = stage.destination.write({ entity: 'person', values, marker: `${stage.run}:x` }, signal);
    await expect(refused).rejects.toMatchObject({
      code: 'refused',
      recovery: 'reject',
      message: expect.stringMatching(/Pipedrive, while creating a person: .+/),
    });
    const gone = stage.destination.write(
      { entity: 'person', id: targetId(999_999_999), values: { name: 'N' }, marker: '' },
      signal,
    );
    await expect(gone).rejects.toMatchObject({ code: 'not-found' });
    expect(await stage.destination.get('person', targetId(999_999_999), signal)).toBeNull();
  });
}

/** Every value that was written is there, as far as the destination keeps it. */
function same(stage: Stage, request: WriteRequest, record: TargetRecord | null, where: string): void {
  const { destination } = stage;
  const found = record ?? expect.fail(`${request.entity} is not there: ${where}`);
  const marked = entityTraits[request.entity].fieldsOf !== null;
  expect(found.marker).toBe(marked ? request.marker : null);
  if (found.updatedAt === null) expect(request.entity).toMatch(/participant|callLog|Follower$/);
  else expect(found.updatedAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  for (const [field, value] of Object.entries(request.values)) {
    const read = found.values[field];
    if (read === undefined && where === 'answer') continue; // some members come only when asked for
    const forms = [value, read ?? null].map((each) => destination.normalise(request.entity, field, each));
    expect(forms[1], `${request.entity}.${field} in the ${where}`).toBe(forms[0]);
  }
}

function lookUpTests(stage: Stage): void {
  it('finds what was written after a watermark, newest first, and nothing older (3.1: a lost create)', async () => {
    await write(stage, { entity: 'person', values: { name: 'Old' }, marker: `${stage.run}:old` });
    const downTo = await stage.destination.watermark('person', signal);
    for (const name of ['a', 'b', 'c'])
      await write(stage, { entity: 'person', values: { name }, marker: `${stage.run}:${name}` });
    const found = await walked(stage.destination, 'person', { downTo });
    expect(found.map(({ marker }) => marker).filter((marker) => marker?.startsWith(stage.run))).toEqual(
      ['c', 'b', 'a'].map((name) => `${stage.run}:${name}`),
    );
  });

  it('finds leads written after a watermark, though their ids have no order (F2, RUN-05)', async () => {
    const { id: person } = await write(stage, {
      entity: 'person',
      values: { name: 'Of leads' },
      marker: `${stage.run}:of-leads`,
    });
    const downTo = await stage.destination.watermark('lead', signal);
    const markers = ['1', '2', '3'].map((name) => `${stage.run}:lead-${name}`);
    for (const marker of markers)
      await write(stage, { entity: 'lead', values: { title: 'L', person_id: person }, marker });
    const found = (await walked(stage.destination, 'lead', { downTo })).map(({ marker }) => marker ?? '');
    expect(found.filter((marker) => markers.includes(marker)).sort()).toEqual(markers);
    const all = (await walked(stage.destination, 'lead')).map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(found.length);
  });

  it('tells what hangs on what', async () => {
    const organization = await write(stage, {
      entity: 'organization',
      values: { name: 'Parent' },
      marker: `${stage.run}:parent`,
    });
    const person = await write(stage, {
      entity: 'person',
      values: { name: 'Child', org_id: organization.id },
      marker: `${stage.run}:child`,
    });
    const pairs = [];
    for await (const page of stage.destination.dependants('organization', signal)) pairs.push(...page);
    expect(pairs).toContainEqual({
      parent: { entity: 'organization', id: organization.id },
      child: { entity: 'person', id: person.id },
    });
  });
}

function removalTests(stage: Stage): void {
  it('removes a record, and does not mind that it is gone', async () => {
    for (const entity of customFieldEntities) {
      const name = entity === 'deal' ? { title: 'Gone' } : { name: 'Gone' };
      const { id } = await write(stage, { entity, values: name, marker: `${stage.run}:gone` });
      await stage.destination.remove(entity, id, signal);
      await stage.destination.remove(entity, id, signal);
      expect(await stage.destination.get(entity, id, signal)).toBeNull();
      expect((await walked(stage.destination, entity)).map((record) => record.id)).not.toContain(id);
    }
  });

  it('takes back configuration that nobody uses, and says why the rest stays', async () => {
    const unused = {
      kind: 'field',
      entity: 'deal',
      name: `${stage.run} unused`,
      type: 'varchar',
      options: [],
    } as const;
    const ids = await stage.destination.configure(unused, signal);
    expect(await stage.destination.unconfigure(unused, ids, signal)).toEqual({ kept: null });
    expect(stage.destination.findConfigured(unused)).toEqual([]);
    const used = stage.steps.filter(
      ({ step }) =>
        step.kind === 'pipeline' ||
        step.kind === 'leadLabel' ||
        (step.kind === 'field' && step.name.endsWith(' text')),
    );
    expect(used.length).toBeGreaterThan(1);
    for (const { step, ids: made } of used) {
      const { kept } = await stage.destination.unconfigure(step, made, signal);
      expect(kept, JSON.stringify(step)).toMatch(/\w/);
    }
  });
}
