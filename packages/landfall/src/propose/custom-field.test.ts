import { describe, expect, it } from 'vitest';
import { ofEveryEntity } from '../model/entity-table.ts';
import type { TargetCatalog, TargetField } from '../model/target.ts';
import { custom, entity, field, propose, rowsOf } from './proposal-fixture.ts';

describe('custom fields (S-31, MAP-08, DEC-11)', () => {
  it.each([
    { type: 'text', samples: ['a', 'b'], more: {}, custom: 'varchar', via: ['trim'] },
    { type: 'text', samples: ['x'.repeat(300)], more: {}, custom: 'text', via: undefined },
    {
      type: 'text',
      samples: ['Gold', 'Silver'],
      more: { distinct: 2, filled: 40 },
      custom: 'enum',
      via: ['choice'],
    },
    {
      type: 'text',
      samples: ['Gold'],
      more: { distinct: 31, filled: 400 },
      custom: 'varchar',
      via: ['trim'],
    },
    { type: 'longText', samples: ['words'], more: {}, custom: 'text', via: undefined },
    { type: 'number', samples: ['1.5'], more: {}, custom: 'double', via: [{ number: { decimal: '.' } }] },
    { type: 'money', samples: ['1,50 TL'], more: {}, custom: 'monetary', via: [{ money: { decimal: ',' } }] },
    {
      type: 'date',
      samples: ['31.12.2026'],
      more: { format: 'dd.MM.yyyy' },
      custom: 'date',
      via: [{ date: { format: 'dd.MM.yyyy' } }],
    },
    { type: 'boolean', samples: ['Evet'], more: {}, custom: 'enum', via: ['yesNo'] },
    { type: 'choices', samples: ['a; b'], more: {}, custom: 'set', via: ['choices'] },
  ] as const)('a $type field of values like $samples becomes $custom (S-31(c))', (row) => {
    const extra = custom('Extra', { type: row.type, samples: row.samples, ...row.more });
    const proposal = propose([entity('deals', [field('Deal Name'), extra])]);
    expect(proposal.mapping.fields).toMatchObject([{ entity: 'deal', name: 'Extra', type: row.custom }]);
    expect(rowsOf(proposal, 'deal.custom.Extra')[0]?.via).toEqual(row.via);
    expect(proposal.fields[1]).toMatchObject({ target: `custom:${row.custom}`, band: 'review' });
  });

  it.each([
    { amounts: ['12.50'], currencies: ['Currency'], from: ['Cost', 'Currency'] },
    { amounts: ['12.50 €'], currencies: ['Currency'], from: 'Cost' },
    { amounts: ['12.50'], currencies: ['Currency', 'Other Currency'], from: 'Cost' },
    { amounts: ['12.50'], currencies: [], from: 'Cost' },
  ])('an amount like $amounts beside $currencies reads $from', ({ amounts, currencies, from }) => {
    const cost = custom('Cost', { type: 'money', samples: amounts });
    const beside = currencies.map((name) => field(name, { type: 'currency', samples: ['EUR'] }));
    const proposal = propose([entity('deals', [field('Deal Name'), cost, ...beside])]);
    expect(rowsOf(proposal, 'deal.custom.Cost')[0]?.from).toEqual(from);
  });

  it('each is asked about once, with the default marked (S-31(b), Q-05)', () => {
    const proposal = propose([
      entity('deals', [field('Deal Name'), custom('Region', { samples: ['North'] })]),
    ]);
    expect(proposal.questions).toMatchObject([
      {
        id: 'custom-field:deals:Region',
        kind: 'custom-field',
        subject: 'deals.Region',
        recordCount: 10,
        blocks: 'mapping',
      },
    ]);
    expect(
      proposal.questions[0]?.choices.map(({ id, default: usual }) => `${id}${usual ? '*' : ''}`),
    ).toEqual(['create*', 'map', 'leave']);
  });

  it.each([
    { answer: 'leave', rows: [], left: ['Region'] },
    { answer: ['map', 'deal.custom.Area'] as const, rows: ['deal.custom.Area'], left: [] },
    { answer: ['map', 'person.name'] as const, rows: ['deal.custom.Region'], left: [] },
    { answer: 'create', rows: ['deal.custom.Region'], left: [] },
  ])('the answer $answer changes the mapping', ({ answer, rows, left }) => {
    const proposal = propose([entity('deals', [field('Deal Name'), custom('Region')])], {
      decide: { 'custom-field:deals:Region': answer },
    });
    expect(
      proposal.mapping.entities[0]?.rows.map(({ to }) => to).filter((to) => to.includes('custom')),
    ).toEqual(rows);
    expect(proposal.mapping.leave.map((row) => row.field)).toEqual(left);
  });

  it('on an activity it is a line of the block, in every rule of that entity', () => {
    const proposal = propose([entity('activities', [field('Subject'), field('Type'), custom('Mood')])]);
    expect(rowsOf(proposal, 'activity.block.Mood')).toHaveLength(2);
    expect(proposal.questions[0]?.choices.map(({ id }) => id)).toEqual(['note', 'map', 'leave']);
  });

  it('sensitive fields stay unless somebody decides otherwise, and their values are not shown', () => {
    const secret = custom('Kimlik No', { sensitive: true, samples: ['12345678901'] });
    const proposal = propose([entity('deals', [field('Deal Name'), secret])]);
    expect(proposal.fields[1]).toMatchObject({ target: null, band: 'leave', sensitive: true });
    expect(proposal.questions[0]?.question).not.toContain('12345678901');
    const decided = propose([entity('deals', [field('Deal Name'), secret])], {
      decide: { [proposal.questions[0]?.id ?? '']: 'create' },
    });
    expect(rowsOf(decided, 'deal.custom.Kimlik No')).toHaveLength(1);
  });

  it('calculated fields are text with an upgrade recommendation (S-31(d)(f), DEC-18)', () => {
    const limits = { plan: 'lite', basicFieldsOnly: true, customFields: 30, customFieldsUsed: 0 };
    const margin = custom('Margin (calculated)', { type: 'number', samples: ['0.2'] });
    const proposal = propose([entity('deals', [field('Deal Name'), margin])], { limits });
    expect(proposal.mapping.fields).toMatchObject([
      { type: 'varchar', why: expect.stringContaining('upgrade') },
    ]);
  });

  it('two tables that disagree on a field’s type share a text', () => {
    const proposal = propose([
      entity('deals', [field('Deal Name'), custom('Score', { type: 'number' })]),
      entity('companies', [field('Company Name'), custom('Score')]),
    ]);
    expect(proposal.mapping.fields.map(({ entity: on, type }) => `${on} ${type}`).sort()).toEqual([
      'deal double',
      'organization varchar',
    ]);
  });

  it('headers that differ only in case keep fields of their own', () => {
    const proposal = propose([entity('deals', [field('Deal Name'), custom('Region'), custom('REGION')])]);
    expect(proposal.mapping.fields.map(({ name }) => name)).toEqual(['Region', 'REGION 2']);
    expect(new Set(proposal.questions.map(({ id }) => id)).size).toBe(2);
  });

  it('more fields than the plan has room for are asked about, and the least filled give way (DOC-20)', () => {
    const deals = entity('deals', [
      field('Deal Name'),
      custom('Rare', { filled: 1 }),
      custom('Often', { filled: 9 }),
    ]);
    // one of the two places goes to the field that names the source record
    const limits = { plan: 'lite', basicFieldsOnly: true, customFields: 30, customFieldsUsed: 28 };
    const asked = propose([deals], { limits });
    expect(asked.questions.at(-1)?.question).toMatch(
      /needs 3 new fields; the plan lite has room for 2 of 30/,
    );
    expect(asked.questions.at(-1)).toMatchObject({
      id: 'cap:custom-fields',
      kind: 'cap',
      blocks: 'configuration',
    });
    expect(asked.mapping.fields).toHaveLength(2);
    const decided = propose([deals], { limits, decide: { 'cap:custom-fields': 'least-filled' } });
    expect(decided.mapping.fields.map(({ name }) => name)).toEqual(['Often']);
    expect(decided.mapping.leave.map((row) => row.field)).toEqual(['Rare']);
  });

  it('the template’s own fields need room too, and give way like the others (DOC-20)', () => {
    const companies = entity('companies', [field('Company Name'), field('Domain', { filled: 2 })]);
    const limits = { plan: 'lite', basicFieldsOnly: true, customFields: 30, customFieldsUsed: 29 };
    const asked = propose([companies], { limits });
    expect(asked.questions.map(({ id }) => id)).toEqual(['cap:custom-fields']);
    const decided = propose([companies], { limits, decide: { 'cap:custom-fields': 'least-filled' } });
    expect(decided.mapping.fields).toEqual([]);
    expect(rowsOf(decided, 'organization.custom.Domain')).toEqual([]);
    expect(decided.fields.find(({ source }) => source === 'Domain')).toMatchObject({ band: 'leave' });
    const roomy = { ...limits, customFieldsUsed: 28 };
    expect(propose([companies], { limits: roomy }).questions).toEqual([]);
  });
});

describe('with the account known', () => {
  const there = (
    name: string,
    type: TargetField['type'],
    settable: TargetField['settable'] = 'always',
  ): TargetField => ({
    name,
    label: name,
    type,
    custom: name.startsWith('custom.'),
    required: false,
    settable,
    maxLength: null,
    references: null,
    key: name,
    options: [],
  });
  const target: TargetCatalog = {
    account: 'Acme',
    entities: {
      ...ofEveryEntity(() => []),
      deal: [
        there('custom.Region', 'number'),
        there('custom.Area', 'options'),
        there('won_time', 'dateTime', 'never'),
      ],
    },
    pipelines: [],
    activityTypes: [],
    users: [],
    currencies: [],
    selfUserId: '1',
  };
  const deals = [entity('deals', [field('Deal Name'), custom('Region')])];

  it('a field of the same name that cannot take the values is left alone', () => {
    expect(propose(deals, { target }).mapping.fields).toMatchObject([
      { name: 'Region (deals)', type: 'varchar' },
    ]);
  });

  it('a field that exists is filled through the transforms its type needs', () => {
    const proposal = propose(deals, {
      target,
      decide: { 'custom-field:deals:Region': ['map', 'deal.custom.Area'] },
    });
    expect(rowsOf(proposal, 'deal.custom.Area')[0]?.via).toEqual(['choices']);
    expect(proposal.mapping.fields).toEqual([]);
  });

  it.each(['deal.custom.Nothing', 'deal.won_time', 'deal'])(
    'the answer %s names no field that can be set',
    (value) => {
      const proposal = propose(deals, { target, decide: { 'custom-field:deals:Region': ['map', value] } });
      expect(rowsOf(proposal, 'deal.custom.Region (deals)')).toHaveLength(1);
    },
  );
});
