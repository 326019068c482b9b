import { afterEach, describe, expect, it } from 'vitest';
import { compileMapping } from '../mapping/evaluate.ts';
import { GatherReader } from '../mapping/gather.ts';
import { imbalances } from '../model/ledger.ts';
import type { EntityMapping, Mapping } from '../model/mapping.ts';
import type { SourceRecord, SourceValue } from '../model/source.ts';
import type { StagedRecord } from '../model/store.ts';
import { audit } from './audit.ts';
import { extract } from './extract.ts';
import { withGathered } from './gather.ts';
import { type Bench, catalogOf, memorySource, openBench, record, sampleMapping } from './phase-fixture.ts';
import { transform } from './transform.ts';

let bench: Bench;
afterEach(() => bench.close());

/** A record below others: `parents` as its lookup keys say them. */
function child(
  entity: string,
  id: string,
  parents: readonly string[],
  fields: Readonly<Record<string, SourceValue>>,
): SourceRecord {
  const plain = record(entity, id, fields);
  return {
    ...plain,
    lookup: [...plain.lookup, ...parents.map((value) => ({ kind: 'parent' as const, value }))],
  };
}

function line(id: string, deal: string, fields: Readonly<Record<string, SourceValue>>): SourceRecord {
  return child('lines', id, deal === '' ? [] : [`Deal=${deal}`], { Deal: deal, ...fields });
}

const deals: EntityMapping = {
  from: 'deals',
  to: 'deal',
  when: { source: 'kind', notIn: ['test'] },
  gather: [{ from: 'lines', by: 'Deal', as: 'items' }],
  rows: [
    { to: 'deal.title', from: 'name', whenEmpty: 'reject' },
    { to: 'deal.value', from: ['items.Price', 'currency'], via: ['sum', 'money'] },
    { to: 'deal.custom.Lines', from: ['items.What', 'items.Price'], via: ['rows'] },
    { to: 'deal.custom.Products', from: 'items.What', via: [{ join: { with: '|' } }] },
    { to: 'deal.custom.Count', from: 'items.count' },
  ],
};

const records = [
  line('L1', '1', { What: 'Pens', Price: '0.1' }),
  line('L2', '2', { What: 'Paper', Price: '5' }),
  line('L3', '1', { What: '', Price: '0.2' }),
  line('L4', '9', { What: 'Ink', Price: '1' }),
  line('L5', '', { What: 'Glue', Price: '1' }),
  line('L6', '3', { What: 'Tape', Price: '1' }),
  line('L7', '4', { What: 'Rope', Price: '1' }),
  record('deals', '1', { name: 'Big', currency: 'EUR', kind: '' }),
  record('deals', '2', { name: 'Small', currency: '', kind: '' }),
  record('deals', '3', { name: '', currency: '', kind: '' }),
  record('deals', '4', { name: 'Trial', currency: '', kind: 'test' }),
  record('deals', '5', { name: 'Bare', currency: 'EUR', kind: '' }),
];

async function transformed(
  entities: readonly EntityMapping[],
  staged: readonly SourceRecord[] = records,
  leave: Mapping['leave'] = [],
) {
  bench = await openBench({ source: memorySource(staged, 500) });
  const catalog = catalogOf(staged);
  const mapping: Mapping = { ...sampleMapping, entities, leave };
  await extract(bench.context, catalog);
  const compiled = compileMapping(
    mapping,
    catalog,
    { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' },
    null,
  );
  await transform(bench.context, { mapping, compiled, catalog, optionFields: new Map() });
  const ledger = await bench.store.ledger();
  expect(imbalances(ledger, { transform: true, load: false, verify: false })).toEqual([]);
  return ledger;
}

async function fieldsOf(entity: 'deal' | 'note' | 'person' = 'deal') {
  const drafts = await bench.store.draftPage(entity, 0, 1000);
  return drafts.map(({ key, fields }) => [
    key,
    Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])),
  ]);
}

async function rejects() {
  const found = await bench.store.rejects('transform', 0, 1000);
  return found.map(({ key, code, reason }) => [key, code, reason]);
}

describe('gather', () => {
  it('brings the values of the records below up, in order of reading, empty ones in their place', async () => {
    await transformed([deals]);
    expect(await fieldsOf()).toEqual([
      [
        'deals:1',
        {
          title: 'Big',
          value: { amount: '0.3', currency: 'EUR' },
          'custom.Lines': 'Pens, 0.1\n0.2',
          'custom.Products': 'Pens',
          'custom.Count': '2',
        },
      ],
      [
        'deals:2',
        {
          title: 'Small',
          value: { amount: '5', currency: 'TRY' },
          'custom.Lines': 'Paper, 5',
          'custom.Products': 'Paper',
          'custom.Count': '1',
        },
      ],
      ['deals:5', { title: 'Bare', 'custom.Count': '0' }],
    ]);
  });

  it('keeps gathered records without a mapping in the books: merged, or rejected with what to do (law 1)', async () => {
    const ledger = await transformed([deals]);
    expect(ledger.source.lines).toEqual({ extracted: 7, excluded: 3, rejected: 4, mapped: 0 });
    expect(ledger.source.deals).toEqual({ extracted: 5, excluded: 1, rejected: 1, mapped: 3 });
    expect((await rejects()).filter(([key]) => String(key).startsWith('lines'))).toEqual([
      ['lines:L1', 'merged', 'its values are brought up to deals 1 (deals.csv:1)'],
      ['lines:L2', 'merged', 'its values are brought up to deals 2 (deals.csv:2)'],
      ['lines:L3', 'merged', 'its values are brought up to deals 1 (deals.csv:1)'],
      [
        'lines:L4',
        'link-missing',
        'Deal names deals 9, which is not in the source: mend it there, or export that record too',
      ],
      ['lines:L5', 'link-missing', 'it names no record it belongs to: fill "Deal" (deals) in the source'],
      [
        'lines:L6',
        'parent-failed',
        'deals 3 (deals.csv:3), which takes its values, was put aside or left out: mend that record',
      ],
      [
        'lines:L7',
        'parent-failed',
        'deals 4 (deals.csv:4), which takes its values, was put aside or left out: mend that record',
      ],
    ]);
  });

  it('what is part of another record is no trouble of the source', async () => {
    await transformed([deals]);
    const { troubles } = await audit(bench.context, { ...sampleMapping, entities: [deals] });
    expect(troubles.map(({ what }) => what)).not.toContain('transform|lines|merged|Deal');
    expect(troubles.map(({ what }) => what)).toContain('transform|lines|parent-failed|Deal');
  });

  it('never edits a staged record (law 3)', async () => {
    await transformed([deals]);
    const [deal] = await bench.store.stagedPage('deals', 0, 1);
    expect(deal?.fields).toEqual({ name: 'Big', currency: 'EUR', kind: '' });
  });

  it('leaves gathered records with a mapping of their own to it', async () => {
    const notes: EntityMapping = {
      from: 'lines',
      to: 'note',
      rows: [{ to: 'note.content', from: 'What', via: ['html'] }],
    };
    const ledger = await transformed([deals, notes]);
    expect(ledger.source.lines).toEqual({ extracted: 7, mapped: 6, rejected: 1, excluded: 0 });
  });

  it('brings up so many as the limit says, and lists what is beyond', async () => {
    const ledger = await transformed([
      { ...deals, gather: [{ from: 'lines', by: 'Deal', as: 'items', limit: 1 }] },
    ]);
    expect(ledger.source.lines).toEqual({ extracted: 7, excluded: 2, rejected: 5, mapped: 0 });
    expect((await fieldsOf())[0]?.[1]).toMatchObject({ 'custom.Count': '1', 'custom.Lines': 'Pens, 0.1' });
    const tooLarge = (await rejects()).filter(([, code]) => code === 'too-large');
    expect(tooLarge).toEqual([
      ['deals:1', 'too-large', expect.stringContaining('more than 1 records of "lines"')],
      ['lines:L3', 'too-large', expect.stringContaining('beyond them: raise `limit`')],
    ]);
  });

  it('a mapping of the same draft that does not gather takes nothing: its children are not merged', async () => {
    const { gather: _gather, rows: _rows, ...rest } = deals;
    const small: EntityMapping = {
      ...rest,
      when: { source: 'name', in: ['small'] },
      rows: [{ to: 'deal.title', from: 'name' }],
    };
    const ledger = await transformed([small, deals]);
    expect(ledger.source.lines).toEqual({ extracted: 7, excluded: 2, rejected: 5, mapped: 0 });
    expect((await rejects()).filter(([key]) => key === 'lines:L2')).toMatchObject([
      ['lines:L2', 'parent-failed', expect.stringContaining('deals 2')],
    ]);
  });

  it('a further part that has nothing to say is no failure; one that cannot be made is', async () => {
    const part = (rows: EntityMapping['rows']): EntityMapping => ({
      from: 'deals',
      to: 'note',
      part: 'lines',
      gather: [{ from: 'lines', by: 'Deal', as: 'items' }],
      rows,
    });
    const plain: EntityMapping = { from: 'deals', to: 'deal', rows: [{ to: 'deal.title', from: 'name' }] };
    const told = [
      record('deals', '1', { name: 'Big' }),
      record('deals', '2', { name: 'Small' }),
      line('L1', '1', { What: 'Pens' }),
      line('L2', '2', { What: '' }),
    ];
    const good = part([{ to: 'note.block.Lines', from: 'items.What', via: ['rows'] }]);
    expect((await transformed([plain, good], told)).source.lines).toMatchObject({ excluded: 2, rejected: 0 });
    await bench.close();
    const bad = part([
      { to: 'note.content', from: 'items.What', via: ['sum', 'html'], whenRefused: 'reject' },
      { to: 'note.block.Lines', from: 'items.What', via: ['rows'] },
    ]);
    expect((await transformed([plain, bad], told)).source.lines).toMatchObject({ excluded: 1, rejected: 1 });
    expect((await rejects()).filter(([key]) => key === 'lines:L1')).toMatchObject([
      ['lines:L1', 'parent-failed', expect.stringContaining('deals 1')],
    ]);
  });

  it('a record below two entities is merged when one of them takes it', async () => {
    const people: EntityMapping = {
      from: 'people',
      to: 'person',
      gather: [{ from: 'shares', by: 'Person', as: 'shares' }],
      rows: [
        { to: 'person.name', from: 'name' },
        { to: 'person.custom.Shares', from: 'shares.Percent', via: ['join'] },
      ],
    };
    const both: EntityMapping = {
      from: 'deals',
      to: 'deal',
      gather: [{ from: 'shares', by: 'Deal', as: 'shares' }],
      rows: [
        { to: 'deal.title', from: 'name' },
        { to: 'deal.custom.Shares', from: 'shares.Percent', via: ['join'] },
      ],
    };
    const ledger = await transformed(
      [both, people],
      [
        record('deals', '1', { name: 'Big' }),
        record('people', 'p', { name: 'Ada' }),
        child('shares', 's1', ['Deal=1', 'Person=q'], { Percent: '60', Deal: '1', Person: 'q' }),
        child('shares', 's2', ['Deal=2', 'Person=p'], { Percent: '40', Deal: '2', Person: 'p' }),
        child('shares', 's3', ['Deal=2', 'Person=q'], { Percent: '1', Deal: '2', Person: 'q' }),
      ],
    );
    expect(ledger.source.shares).toEqual({ extracted: 3, excluded: 2, rejected: 1, mapped: 0 });
    expect(await fieldsOf()).toEqual([['deals:1', { title: 'Big', 'custom.Shares': '60' }]]);
    expect(await fieldsOf('person')).toEqual([['people:p', { name: 'Ada', 'custom.Shares': '40' }]]);
  });

  it('reads only the records that fulfil its condition; those no gather wants are left out by rule (law 1)', async () => {
    const pens = { from: 'lines', by: 'Deal', as: 'pens', when: { source: 'What', in: ['pens'] } };
    const paper = { from: 'lines', by: 'Deal', as: 'paper', when: { source: 'What', in: ['paper'] } };
    const ledger = await transformed([
      {
        from: 'deals',
        to: 'deal',
        gather: [pens, paper],
        rows: [
          { to: 'deal.title', from: 'name' },
          { to: 'deal.custom.Pens', from: 'pens.Price', via: ['sum'] },
          { to: 'deal.custom.Paper', from: 'paper.Price', via: ['sum'] },
          { to: 'deal.custom.Count', from: 'pens.count' },
        ],
      },
    ]);
    expect((await fieldsOf())[0]).toEqual([
      'deals:1',
      { title: 'Big', 'custom.Pens': '0.1', 'custom.Count': '1' },
    ]);
    expect(ledger.source.lines).toEqual({ extracted: 7, excluded: 7, rejected: 0, mapped: 0 });
    const fates = (await rejects()).map(([key, code]) => `${key} ${code}`);
    expect(fates.filter((fate) => fate.startsWith('lines'))).toEqual([
      'lines:L1 merged',
      'lines:L2 merged',
      'lines:L3 no-rule',
      'lines:L4 no-rule',
      'lines:L5 no-rule',
      'lines:L6 no-rule',
      'lines:L7 no-rule',
    ]);
  });

  it('a decision to leave gathered records is theirs before anything else', async () => {
    const leave = [
      { entity: 'lines', field: '*', when: { source: 'What', in: ['pens', 'ink'] }, why: 'old' },
    ];
    const ledger = await transformed([deals], records, leave);
    expect(ledger.source.lines).toEqual({ extracted: 7, excluded: 4, rejected: 3, mapped: 0 });
    expect((await rejects()).filter(([, code]) => code === 'left-out')).toEqual([
      ['lines:L1', 'left-out', 'old'],
      ['lines:L4', 'left-out', 'old'],
    ]);
  });

  it('one record is read with those below it as in a batch', async () => {
    await transformed([deals]);
    const { store } = bench;
    const [deal] = await store.stagedPage('deals', 0, 1);
    const reader = new GatherReader(deals.gather ?? [], catalogOf(records));
    expect(['items.Price', 'items.count', 'name'].map((name) => reader.reads(name))).toEqual([
      true,
      true,
      false,
    ]);
    const whole = await withGathered(store, reader.compiled(), deal as StagedRecord);
    expect(whole.fields).toMatchObject({ name: 'Big', 'items.Price': ['0.1', '0.2'], 'items.count': '2' });
    expect(await withGathered(store, [], deal as StagedRecord)).toBe(deal);
  });

  it('records that gather their own kind do not go round in a circle', async () => {
    const nested: EntityMapping = {
      from: 'deals',
      to: 'deal',
      gather: [{ from: 'deals', by: 'parent', as: 'under' }],
      rows: [
        { to: 'deal.title', from: 'name' },
        { to: 'deal.custom.Under', from: 'under.name', via: [{ join: { with: ', ' } }] },
      ],
    };
    await transformed(
      [nested],
      [
        child('deals', '1', ['parent=2'], { name: 'A', parent: '2' }),
        child('deals', '2', ['parent=1'], { name: 'B', parent: '1' }),
        child('deals', '3', ['parent=1'], { name: 'C', parent: '1' }),
      ],
    );
    expect(await fieldsOf()).toEqual([
      ['deals:1', { title: 'A', 'custom.Under': 'B, C' }],
      ['deals:2', { title: 'B', 'custom.Under': 'A' }],
      ['deals:3', { title: 'C' }],
    ]);
  });

  it('is found by every id a record has, braces and capitals aside', async () => {
    const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    await transformed(
      [{ ...deals, gather: [{ from: 'lines', by: 'Deal', as: 'items' }] }],
      [
        record('deals', `{${guid.toUpperCase()}}`, { name: 'Big', currency: 'EUR', kind: '' }),
        line('L1', guid, { What: 'Pens', Price: '2' }),
      ],
    );
    expect((await fieldsOf())[0]?.[1]).toMatchObject({ 'custom.Products': 'Pens' });
    expect((await bench.store.ledger()).source.lines).toMatchObject({ extracted: 1, excluded: 1 });
  });

  it('holds many children in groups and loses none', async () => {
    const many = Array.from({ length: 12 }, (_deal, at) =>
      record('deals', `d${at}`, { name: `D${at}`, currency: 'EUR', kind: '' }),
    );
    const lines = many.flatMap((_deal, at) =>
      Array.from({ length: 600 }, (_line, place) =>
        line(`${at}-${place}`, `d${at}`, { What: '', Price: '0.01' }),
      ),
    );
    const ledger = await transformed([deals], [...many, ...lines]);
    expect(ledger.source.lines).toMatchObject({ extracted: 7200, excluded: 7200 });
    for (const [, fields] of await fieldsOf()) {
      expect(fields).toMatchObject({ value: { amount: '6', currency: 'EUR' }, 'custom.Count': '600' });
    }
  });
});
