import { describe, expect, it } from 'vitest';
import { findTransform } from '../mapping/transforms.ts';
import type { TransformCall } from '../model/mapping.ts';
import { customTypeOf } from './custom-type.ts';
import { keptSources } from './kept-sources.ts';
import { custom, entity, field, propose, rowsOf } from './proposal-fixture.ts';
import { callName, callSettings, completeCall } from './transform-call.ts';

const customs = [
  'text',
  'choice',
  'choices',
  'boolean',
  'date',
  'dateTime',
  'number',
  'percent',
  'money',
  'tags',
] as const;

describe('rows of the template (MAP-04)', () => {
  it('only rows whose field is there and filled are kept, and needed custom fields with them', () => {
    const proposal = propose([entity('companies', [field('Company Name'), field('Website', { filled: 0 })])]);
    expect(proposal.mapping.entities).toEqual([
      {
        from: 'companies',
        to: 'organization',
        rows: [{ to: 'organization.name', from: 'Company Name', whenEmpty: 'reject' }],
      },
    ]);
    expect(proposal.mapping.fields).toEqual([]);
    expect(proposal.mapping.leave).toEqual([
      { entity: 'companies', field: 'Website', why: 'empty in all 10 records' },
    ]);
  });

  it.each([
    { fields: ['Amount', 'Currency'], from: ['Amount', 'Currency'] },
    { fields: ['Amount'], from: 'Amount' },
    { fields: ['Currency'], from: undefined },
  ])('of the several fields $fields of a row those stay that keep its meaning', ({ fields, from }) => {
    const proposal = propose([entity('deals', [field('Deal Name'), ...fields.map((name) => field(name))])]);
    expect(rowsOf(proposal, 'deal.value')[0]?.from).toEqual(from);
  });

  it('a row whose field is missing still gives its default value', () => {
    const proposal = propose([entity('deals', [field('Deal Name')])]);
    expect(rowsOf(proposal, 'deal.status')).toEqual([{ to: 'deal.status', value: 'open' }]);
  });

  it.each([
    { notesAs: 'note', to: 'note' },
    { notesAs: 'activity', to: 'activity' },
  ] as const)('a rule under the policy notesAs: $notesAs is taken under it only', ({ notesAs, to }) => {
    const proposal = propose([entity('notes', [field('Content')])], { policies: { notesAs } });
    expect(proposal.mapping.entities.map((mapping) => mapping.to)).toEqual([to]);
  });

  it('rules that could never hold are left out when the deciding field is missing', () => {
    const proposal = propose([entity('activities', [field('Subject')])]);
    expect(proposal.mapping.entities).toHaveLength(1);
    expect(rowsOf(proposal, 'activity.type')).toEqual([{ to: 'activity.type', value: 'Task' }]);
    expect(proposal.mapping.entities[0]?.when).toBeUndefined();
  });

  it('a field that chooses the rule is shown with what it decides', () => {
    const proposal = propose([entity('activities', [field('Subject'), field('Type')])]);
    expect(proposal.fields[1]).toMatchObject({ source: 'Type', target: 'activity.type', band: 'auto' });
  });

  it('the record’s own id is its source key', () => {
    const proposal = propose([entity('deals', [field('Deal ID', { type: 'id' }), field('Deal Name')])]);
    expect(proposal.fields[0]).toMatchObject({ target: 'deal.source_key', band: 'auto' });
  });
});

describe('fields told apart by position', () => {
  const presence =
    (...names: readonly string[]) =>
    (name: string) =>
      names.includes(name) ? ('filled' as const) : ('absent' as const);
  it.each([
    { names: ['Pipeline', 'Stage'], call: 'stage', has: ['Stage'], kept: ['Stage'], first: 'stage' },
    { names: ['Pipeline', 'Stage'], call: 'stage', has: ['Pipeline'], kept: [], first: 'stage' },
    {
      names: ['Status', 'Stage', 'Pipeline'],
      call: 'dealStatus',
      has: ['Stage'],
      kept: [],
      first: 'dealStatus',
    },
    {
      names: ['Status', 'Stage', 'Pipeline'],
      call: 'dealStatus',
      has: ['Status'],
      kept: ['Status'],
      first: 'dealStatus',
    },
    {
      names: ['Status', 'Stage', 'Pipeline'],
      call: 'dealStatus',
      has: ['Pipeline'],
      kept: [],
      first: 'dealStatus',
    },
    { names: ['First', 'Last'], call: 'personName', has: ['Last'], kept: ['Last'], first: 'personName' },
    {
      names: ['Address', 'City', 'State'],
      call: 'address',
      has: ['Address', 'State'],
      kept: ['Address', 'State'],
      first: { address: { parts: ['street', 'state'] } },
    },
    {
      names: ['Company ID', 'Company'],
      call: { reference: { source: 'companies', by: { 'Company ID': ['id'], Company: ['name'] } } },
      has: ['Company'],
      kept: ['Company'],
      first: { reference: { source: 'companies', by: { Company: ['name'] } } },
    },
  ])('$call of $names with only $has reads $kept', ({ names, call, has, kept, first }) => {
    const found = keptSources(names, call as TransformCall, presence(...has));
    expect(found).toEqual({ names: kept, first });
  });
});

describe('formats come from the values (MAP-10)', () => {
  it.each([
    { more: { format: 'dd.MM.yyyy', samples: ['31.12.2026'] }, via: [{ date: { format: 'dd.MM.yyyy' } }] },
    {
      more: { format: 'dd.MM.yy', samples: ['31.12.26'] },
      via: [{ date: { format: 'dd.MM.yy', pivot: 69 } }],
    },
    {
      more: { formats: ['dd.MM.yyyy', 'yyyy-MM-dd'], samples: ['31.12.2026', '2026-12-31'] },
      via: [{ date: { format: ['dd.MM.yyyy', 'yyyy-MM-dd'] } }],
    },
  ])('a date field gets its format: $via', ({ more, via }) => {
    const proposal = propose([entity('deals', [field('Close Date', { type: 'date', ...more })])]);
    expect(rowsOf(proposal, 'deal.expected_close_date')[0]?.via).toEqual(via);
    expect(proposal.questions).toEqual([]);
  });

  it.each([
    { samples: ['1.234,50', '12'], country: 'US', decimal: ',' },
    { samples: ['1,234.50'], country: 'TR', decimal: '.' },
    { samples: ['1.234'], country: 'TR', decimal: ',' },
    { samples: ['1.234'], country: 'US', decimal: '.' },
  ])('amounts like $samples in $country have the decimal sign $decimal', ({ samples, country, decimal }) => {
    const proposal = propose([entity('deals', [field('Amount', { type: 'money', samples })])], {
      policies: { country },
    });
    expect(rowsOf(proposal, 'deal.value')[0]?.via).toEqual([{ money: { decimal } }]);
  });

  const ambiguous = field('Close Date', {
    type: 'date',
    formats: ['dd/MM/yyyy', 'MM/dd/yyyy'],
    samples: ['03/04/2024', '11/02/2023', '05/05/2024'],
  });

  it('doubtful dates are asked about, with two values read both ways', () => {
    const proposal = propose([entity('deals', [ambiguous])]);
    expect(proposal.questions).toMatchObject([
      {
        id: 'date-format:deals:Close-Date',
        kind: 'date-format',
        blocks: 'mapping',
        choices: [
          {
            id: 'dd/MM/yyyy',
            default: true,
            consequence: '"03/04/2024" is 3 April 2024, "11/02/2023" is 11 February 2023',
          },
          {
            id: 'MM/dd/yyyy',
            default: false,
            consequence: '"03/04/2024" is 4 March 2024, "11/02/2023" is 2 November 2023',
          },
        ],
      },
    ]);
    expect(proposal.fields[0]).toMatchObject({ band: 'review', confidence: 0.6 });
  });

  it('the answer to the question becomes the format', () => {
    const proposal = propose([entity('deals', [ambiguous])], {
      decide: { 'date-format:deals:Close-Date': 'MM/dd/yyyy' },
    });
    expect(rowsOf(proposal, 'deal.expected_close_date')[0]?.via).toEqual([
      { date: { format: 'MM/dd/yyyy' } },
    ]);
    expect(proposal.fields[0]).toMatchObject({ band: 'auto' });
  });
});

describe('tags (S-29, DEC-10)', () => {
  const plain = field('Tags', {
    type: 'tags',
    filled: 3,
    values: [
      { value: 'vip', count: 2 },
      { value: 'fair', count: 1 },
    ],
  });
  const grouped = field('Tags', {
    type: 'tags',
    values: [
      { value: 'Segment: A', count: 6 },
      { value: 'Segment: B', count: 4 },
    ],
  });

  it('plain tags become labels without a question', () => {
    const proposal = propose([entity('deals', [field('Deal Name'), plain])]);
    expect(proposal.questions).toEqual([]);
    expect(rowsOf(proposal, 'deal.label_ids')).toHaveLength(1);
  });

  it('tags used as segmentation are asked about (S-29(d), Q-08)', () => {
    const proposal = propose([entity('deals', [field('Deal Name'), grouped])]);
    expect(proposal.questions).toMatchObject([{ id: 'tags:deals:Tags', kind: 'tags' }]);
    expect(rowsOf(proposal, 'deal.label_ids')).toHaveLength(1);
  });

  it.each([
    { by: 'decision', set: { decide: { 'tags:deals:Tags': 'field' } } },
    { by: 'policy', set: { policies: { tagsAs: 'field' as const } } },
  ])('by $by they become a multiple-options field', ({ set }) => {
    const proposal = propose([entity('deals', [field('Deal Name'), grouped])], set);
    expect(proposal.mapping.fields).toMatchObject([{ entity: 'deal', name: 'Tags', type: 'set' }]);
    expect(rowsOf(proposal, 'deal.label_ids')).toEqual([]);
    expect(rowsOf(proposal, 'deal.custom.Tags')).toHaveLength(1);
  });
});

describe('entities without rules (Q-12)', () => {
  it('are asked about and left out on the record; empty ones are only left out', () => {
    const proposal = propose([entity('leads', [custom('Name')], 7), entity('tickets', [], 0)]);
    expect(proposal.questions).toMatchObject([
      { id: 'unmapped-entity:leads', kind: 'unmapped-entity', recordCount: 7 },
    ]);
    expect(proposal.mapping.leave.map((left) => left.entity)).toEqual(['leads', 'tickets']);
    expect(proposal.fields).toMatchObject([{ entity: 'leads', source: 'Name', target: null, band: 'leave' }]);
  });
});

it('transforms that a proposal names are in the language, with settings it takes', () => {
  const calls: TransformCall[] = customs.flatMap((type) =>
    [...customTypeOf(entity('deals', []), custom('X', { type, filled: 9, distinct: 2 }), [], null).via].map(
      (call) => completeCall(call, { dateFormats: ['dd.MM.yy', 'iso'], decimal: ',' }),
    ),
  );
  expect(calls.length).toBeGreaterThan(5);
  for (const call of [
    ...calls,
    { address: { parts: ['street'] } },
    'stage',
    'dealStatus',
    'dateTime',
    'money',
  ]) {
    const transform = findTransform(callName(call));
    expect(transform, callName(call)).toBeDefined();
    expect(transform?.settings.safeParse(callSettings(call)).success, JSON.stringify(call)).toBe(true);
  }
});

it('equal input gives an equal proposal, and every source field is in it once (NF-10)', () => {
  const entities = [
    entity('companies', [field('Company Name'), custom('Extra'), custom('toString'), custom('__proto__')]),
    entity('leads', [custom('Name')]),
  ];
  expect(propose(entities)).toEqual(propose(entities));
  const proposed = propose(entities).fields.map(({ entity: of, source }) => `${of}.${source}`);
  expect(proposed).toEqual(entities.flatMap((of) => of.fields.map(({ name }) => `${of.name}.${name}`)));
});
