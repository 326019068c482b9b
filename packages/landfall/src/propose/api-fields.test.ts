import { describe, expect, it } from 'vitest';
import type { SourceField } from '../model/source.ts';
import { custom, entity, field, propose, rowsOf } from './proposal-fixture.ts';

const guid = '7d9f2d1e-0c1b-4b52-9a3e-2f6f0a1b2c3d';
const deals = [field('Deal ID', { type: 'id' }), field('Deal Name')];

describe('fields of sources that tell all they have (DISC-04, DISC-18)', () => {
  const reference = custom('new_partnerid', {
    type: 'reference',
    references: ['companies'],
    samples: [guid],
  });
  it.each([
    { of: 'never filled', left: custom('new_x', { filled: 0 }), why: 'empty in all 10 records' },
    {
      of: 'of another id',
      left: custom('stagecode', { type: 'id', distinct: 3, samples: ['1', '2', '3'] }),
      why: 'an id of the source that no rule uses',
    },
    {
      of: 'with a file',
      left: custom('new_scan', { type: 'file' }),
      why: 'a file: only a rule for files can move it',
    },
    {
      of: 'with ids of records',
      left: reference,
      why: 'it names records of companies by ids that say nothing outside the source',
    },
  ] as const)('a field $of stays with a reason and without a question (S-31(a))', ({ left, why }) => {
    const proposal = propose([entity('deals', [...deals, left])]);
    expect(proposal.questions).toEqual([]);
    expect(proposal.mapping.leave).toEqual([{ entity: 'deals', field: left.name, why }]);
    expect(proposal.fields[2]).toMatchObject({ target: null, band: 'leave', evidence: why });
  });

  it('a reference with a name beside it is moved as that name', () => {
    const name = custom('new_partnerid Name', { type: 'name', samples: ['Acme'], label: 'Partner Name' });
    const type = custom('new_partnerid Type', {
      type: 'choice',
      values: [{ value: 'companies', count: 10 }],
    });
    const proposal = propose([entity('deals', [...deals, reference, name, type])]);
    expect(proposal.questions.map(({ subject }) => subject)).toEqual(['deals.new_partnerid Name']);
    expect(rowsOf(proposal, 'deal.custom.Partner Name')[0]?.from).toBe('new_partnerid Name');
    expect(proposal.mapping.leave.map(({ field: left, why }) => [left, why])).toEqual([
      ['new_partnerid', '"new_partnerid Name" says in words whom it names'],
      ['new_partnerid Type', 'it says only which table a reference leads to'],
    ]);
  });

  it('the id of an owner beside the owner stays', () => {
    const owner = custom('Checked By', { type: 'owner', samples: ['Ada <ada@acme.com>'] });
    const proposal = propose([
      entity('deals', [...deals, owner, custom('Checked By ID', { samples: ['17'] })]),
    ]);
    expect(proposal.questions.map(({ subject }) => subject)).toEqual(['deals.Checked By']);
    expect(proposal.mapping.leave[0]?.why).toBe('it is the id of the owner that "Checked By" names');
  });

  it('a field that is only called like a reference’s type is a field', () => {
    const type = custom('new_partnertype', { type: 'choice', values: [{ value: 'Reseller', count: 10 }] });
    const proposal = propose([entity('deals', [...deals, reference, type])]);
    expect(proposal.questions.map(({ subject }) => subject)).toEqual(['deals.new_partnertype']);
  });

  it.each([
    { more: { type: 'choices', samples: ['A; B'] }, type: 'set', via: ['choices'] },
    { more: { type: 'owner', samples: ['Ada <ada@acme.com>'] }, type: 'varchar', via: ['trim'] },
    { more: { type: 'reference', samples: ['Acme'] }, type: 'varchar', via: ['trim'] },
  ] as const)('a field of type $more.type becomes $type', ({ more, type, via }) => {
    const proposal = propose([entity('deals', [...deals, custom('Extra', more)])]);
    expect(proposal.mapping.fields).toMatchObject([{ name: 'Extra', type }]);
    expect(rowsOf(proposal, 'deal.custom.Extra')[0]?.via).toEqual(via);
  });

  it('the label of a field is its name in the destination; two of one label are told apart', () => {
    const one = custom('new_tier', { label: 'Stufe', samples: ['a'] });
    const two = custom('cr2_tier', { label: 'Stufe', samples: ['a'] });
    const proposal = propose([entity('deals', [...deals, one, two])]);
    expect(proposal.mapping.fields.map(({ name }) => name)).toEqual(['Stufe', 'Stufe 2']);
    expect(proposal.questions[0]?.question).toContain('Where does "Stufe" (new_tier) of deals go?');
  });

  it('a field that the template leaves is not asked about, in any table when it says *', () => {
    const leave = [{ entity: '*', field: 'versionnumber', why: 'a counter of the source' }];
    const proposal = propose([entity('deals', [...deals, custom('versionnumber', { type: 'number' })])], {
      leave,
    });
    expect(proposal.questions).toEqual([]);
    expect(proposal.mapping.leave[0]?.why).toBe('a counter of the source');
  });

  it('of several ids the one that tells the records apart is the record’s own', () => {
    const code = field('Stage Code', { type: 'id', distinct: 3 });
    const proposal = propose([entity('deals', [code, ...deals])]);
    expect(proposal.fields.map(({ target }) => target)).toEqual([null, 'deal.source_key', 'deal.title']);
  });
});

it('proposing for 60 tables with 100 fields each takes less than a second of the processor', () => {
  const fields = (table: number): SourceField[] =>
    Array.from({ length: 98 }, (_one, at) => {
      const types = ['text', 'number', 'date', 'choice', 'longText', 'choices', 'boolean', 'money'] as const;
      const type = types[at % types.length] ?? 'text';
      if (at % 10 === 0)
        return custom(`new_ref${at}id`, { type: 'reference', references: ['deals'], mostForOne: table % 3 });
      return custom(`new_field_${table}_${at}`, {
        type,
        label: `Field ${at}`,
        samples: ['12', 'some words', '2026-01-31'],
      });
    });
  const standard = [entity('deals', deals), entity('companies', [field('Company Name')])];
  const tables = Array.from({ length: 58 }, (_one, table) => {
    const id = custom('Row ID', { type: 'id' });
    return { ...entity(`new_table_${table}`, [id, ...fields(table)]), label: `Table ${table}`, custom: true };
  });
  const wide = standard.map((one) => ({ ...one, fields: [...one.fields, ...fields(99)] }));
  const start = process.cpuUsage();
  const proposal = propose([...wide, ...tables]);
  const { user, system } = process.cpuUsage(start);
  expect(proposal.fields.length).toBeGreaterThan(5_900);
  expect((user + system) / 1_000_000).toBeLessThan(1);
});
