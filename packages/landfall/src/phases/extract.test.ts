import { afterEach, describe, expect, it } from 'vitest';
import { compileMapping } from '../mapping/evaluate.ts';
import { imbalances } from '../model/ledger.ts';
import type { Mapping } from '../model/mapping.ts';
import type { SourceRecord } from '../model/source.ts';
import { audit, mergesBy } from './audit.ts';
import { extract } from './extract.ts';
import { type Bench, catalogOf, memorySource, openBench, record, sampleMapping } from './phase-fixture.ts';
import { stageShapes } from './shapes.ts';
import { transform } from './transform.ts';
import { readValue } from './values.ts';

let bench: Bench;
afterEach(() => bench.close());

const five = ['1', '2', '3', '4', '5'].map((id) => record('contacts', id, { name: `Contact ${id}` }));

async function extracted(records: readonly SourceRecord[]): Promise<Bench> {
  bench = await openBench({ source: memorySource(records) });
  await extract(bench.context, catalogOf(records));
  return bench;
}

/** Extracts again, from a source that now holds these records. */
async function extractAgain(records: readonly SourceRecord[], crashPoint = (_name: string) => {}) {
  const { context } = bench;
  const again = {
    ...context,
    source: memorySource(records, 500),
    ports: { ...context.ports, crashPoint },
  };
  await extract(again, catalogOf(records));
  return readValue(bench.store, 'extractedFrom');
}

describe('extract (law 3: staged as it came)', () => {
  it('stages every record, in order, and counts them', async () => {
    const { store } = await extracted(five);
    const staged = await store.stagedPage('contacts', 0, 10);
    expect(staged.map(({ key, fields, position }) => ({ key, fields, position }))).toEqual(
      five.map(({ key, fields, position }) => ({ key, fields, position })),
    );
    expect((await store.ledger()).source.contacts).toEqual({ extracted: 5, rejected: 0 });
  });

  it('an id that comes again is put aside with the reason, within a page and across pages', async () => {
    const again = (name: string) => record('contacts', '1', { name });
    const { store } = await extracted([again('first'), again('same page'), ...five.slice(1), again('later')]);
    expect((await store.ledger()).source.contacts).toEqual({ extracted: 7, rejected: 2 });
    const rejects = await store.rejects('extract', 0, 10);
    expect(rejects.map(({ code, key }) => [code, key])).toEqual([
      ['duplicate-id', 'contacts:1'],
      ['duplicate-id', 'contacts:1'],
    ]);
    expect((await store.stagedPage('contacts', 0, 1))[0]?.fields.name).toBe('first');
  });

  it.each([1, 2, 3])(
    'killed after batch %i it goes on there: nothing twice, nothing lost',
    async (batches) => {
      bench = await openBench({ source: memorySource([]) });
      const many = Array.from({ length: 4_500 }, (_none, at) => record('contacts', `${at}`));
      let left = batches;
      const dies = () => {
        left -= 1;
        if (left === 0) throw new Error('killed');
      };
      await expect(extractAgain(many, dies)).rejects.toThrow('killed');
      const hash = await extractAgain(many);
      expect(await bench.store.stagedCount('contacts')).toBe(4_500);
      expect((await bench.store.ledger()).source.contacts).toEqual({ extracted: 4_500, rejected: 0 });
      expect(await extractAgain(many)).toBe(hash);
    },
  );

  it('equal rows have an equal hash; one changed value has another, though counts are equal (I11)', async () => {
    const { store } = await extracted(five);
    const first = await readValue(store, 'extractedFrom');
    expect(await extractAgain(five)).toBe(first);
    const changed = five.map((one) =>
      one.key === 'contacts:4' ? record('contacts', '4', { name: 'Contact 4x' }) : one,
    );
    expect(await extractAgain(changed)).not.toBe(first);
    expect((await store.stagedPage('contacts', 0, 10))[3]?.fields.name).toBe('Contact 4x');
  });

  it('an entity that is gone from the source leaves nothing behind', async () => {
    const { store } = await extracted([...five, record('deals', '1')]);
    await extractAgain(five);
    expect(await store.stagedCount('deals')).toBe(0);
    expect((await store.ledger()).source.deals).toBeUndefined();
  });
});

const mapping: Mapping = {
  ...sampleMapping,
  entities: [
    {
      from: 'contacts',
      to: 'person',
      when: { source: 'kind', notIn: ['bot'] },
      rows: [
        { to: 'person.name', from: 'name', whenEmpty: 'reject' },
        { to: 'person.owner_id', from: 'owner' },
        { to: 'person.emails.work', from: 'email', via: ['email'] },
      ],
    },
  ],
};

const people = [
  record('contacts', '1', { name: 'Ali', owner: 'o@x.example', kind: '', email: 'ali@acme.example' }),
  record('contacts', '2', { name: '', owner: 'o@x.example', kind: '', email: '' }),
  record('contacts', '3', { name: 'Robot', owner: '', kind: 'bot', email: '' }),
  record('contacts', '4', { name: 'Ali', owner: '', kind: '', email: 'ali@acme.example' }),
];

async function transformed(records = people, policies = {}) {
  bench = await openBench({ source: memorySource(records), policies });
  const catalog = catalogOf(records);
  await extract(bench.context, catalog);
  const context = { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' };
  const compiled = compileMapping(mapping, catalog, context, null);
  const input = { mapping, compiled, catalog, optionFields: new Map() };
  await transform(bench.context, input);
  return input;
}

describe('transform and audit', () => {
  it('every record is in the books: mapped, rejected or excluded (law 1)', async () => {
    await transformed();
    const ledger = await bench.store.ledger();
    expect(ledger.source.contacts).toEqual({ extracted: 4, mapped: 2, rejected: 1, excluded: 1 });
    expect(ledger.target.person).toEqual({ drafted: 2 });
    expect(imbalances(ledger, { transform: true, load: false, verify: false })).toEqual([]);
    expect((await bench.store.rejects('transform', 0, 10)).map(({ key, code }) => [key, code])).toEqual([
      ['contacts:2', 'required-empty'],
      ['contacts:3', 'no-rule'],
    ]);
    expect(await bench.store.tallies('owner')).toEqual([
      { kind: 'owner', subject: 'person', value: 'o@x.example', count: 1 },
    ]);
  });

  it('run again with nothing changed it does nothing; with another policy it starts anew and the books balance', async () => {
    const input = await transformed();
    const before = await bench.store.draftPage('person', 0, 10);
    await transform(bench.context, input);
    expect(await bench.store.draftPage('person', 0, 10)).toEqual(before);
    const policies = { ...bench.context.policies, currency: 'EUR' };
    await transform({ ...bench.context, policies }, input);
    expect((await bench.store.ledger()).source.contacts).toMatchObject({
      mapped: 2,
      rejected: 1,
      excluded: 1,
    });
    expect((await bench.store.ledger()).target.person).toEqual({ drafted: 2 });
    expect(await bench.store.tallies('owner')).toHaveLength(1);
  });

  it('asks once about contacts that share an e-mail, merging as the default (DQ-01)', async () => {
    await transformed();
    const summary = await audit(bench.context, mapping);
    expect(summary.duplicates).toEqual([
      { entity: 'contacts', target: 'person', by: 'email', groups: 1, records: 2 },
    ]);
    expect(summary.troubles).toEqual([
      { what: 'transform|contacts|no-rule|', count: 1 },
      { what: 'transform|contacts|required-empty|name', count: 1 },
    ]);
    const [question] = await bench.store.questions();
    expect(question).toMatchObject({ id: 'duplicates-contacts-email', blocks: 'data', recordCount: 2 });
    expect(question?.choices.find((choice) => choice.default)?.id).toBe('merge');
  });

  it.each(['merge', 'keep'] as const)('asks nothing when the policy says %s', async (duplicates) => {
    await transformed(people, { duplicates });
    await audit(bench.context, mapping);
    expect(await bench.store.questions()).toEqual([]);
  });

  it.each([
    ['merge', 'keep', true],
    ['keep', 'merge', false],
    ['review', 'merge', true],
    ['review', 'keep', false],
    ['review', undefined, null],
  ] as const)('policy %s and answer %s: merged %s', async (policy, answer, merged) => {
    bench = await openBench();
    const decisions = new Map(answer === undefined ? [] : [['duplicates-contacts-email', answer]]);
    expect(mergesBy(policy, decisions, 'contacts', 'email')).toBe(merged);
  });
});

it('stages are counted with what stands beside them, spaces aside, in order of reading (S-23, DISC-15)', async () => {
  const deals = [
    ['1', 'Sales', 'New '],
    ['2', 'Sales', 'Won'],
    ['3', ' Sales', 'New'],
  ].map(([id = '', pipeline = '', stage = '']) => record('deals', id, { pipeline, stage }));
  await extracted(deals);
  const fields = { entity: 'deals', pipeline: 'pipeline', stage: 'stage', status: 'status', probability: '' };
  const shapes = await stageShapes(bench.context, catalogOf(deals), fields);
  expect(shapes.map(({ pipeline, stage, count, firstSeen }) => [pipeline, stage, count, firstSeen])).toEqual([
    ['Sales', 'New', 2, 1],
    ['Sales', 'Won', 1, 2],
  ]);
  expect(await stageShapes(bench.context, catalogOf(deals), null)).toEqual([]);
});
