import { describe, expect, it } from 'vitest';
import { checkMapping } from '../mapping/check.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { SourceEntity } from '../model/source.ts';
import { custom, entity, field } from './proposal-fixture.ts';
import type { ProposalTemplate } from './proposal-template.ts';
import { proposeMapping } from './template-mapping.ts';

const template: ProposalTemplate = {
  source: 'sample-crm',
  entities: [
    {
      from: 'deals',
      to: 'deal',
      gather: [
        { from: 'lines', by: 'Deal', as: 'items' },
        { from: 'lines', by: 'Deal', as: 'gifts', when: { source: 'Free', in: ['yes'] } },
        { from: 'shares', by: 'Deal', as: 'shares', when: { source: 'Void', notIn: ['yes'] } },
      ],
      rows: [
        { to: 'deal.title', from: 'Deal Name', whenEmpty: 'reject' },
        { to: 'deal.value', from: ['items.Price', 'items.Currency'], via: ['sum', 'money'] },
        {
          to: 'deal.custom.Lines',
          from: ['items.What', 'items.Price'],
          via: [{ rows: { labels: ['', 'Price'] } }],
        },
        { to: 'deal.custom.Day', from: 'items.Day', via: ['first', 'date'] },
        { to: 'deal.custom.Gifts', from: 'gifts.What', via: ['join'] },
        { to: 'deal.custom.Shares', from: 'shares.Percent', via: ['join'] },
      ],
    },
  ],
  fields: [
    { entity: 'deal', name: 'Lines', type: 'text' },
    { entity: 'deal', name: 'Day', type: 'date' },
    { entity: 'deal', name: 'Gifts', type: 'text' },
    { entity: 'deal', name: 'Shares', type: 'text' },
  ],
  values: {},
};

function propose(...below: readonly SourceEntity[]) {
  const entities = [entity('deals', [field('Deal Name')]), ...below];
  const catalog = { system: 'sample-crm', entities, issues: [] };
  const input = {
    template,
    catalog,
    target: null,
    policies: defaultPolicies,
    decisions: [],
    stages: [],
    limits: null,
  };
  const { mapping, fields, questions } = proposeMapping(input);
  expect(checkMapping(mapping, catalog, null)).toEqual([]);
  return { mapping, fields, questions, deal: mapping.entities[0] };
}

const lines = entity('lines', [
  field('Deal', { type: 'reference', references: ['deals'] }),
  field('What'),
  { ...field('Price'), name: 'Fiyat', samples: ['1.234,50'], values: [{ value: '1.234,50', count: 10 }] },
]);

describe('gathers of a template (MAP-04)', () => {
  it('are kept with the rows that this account has fields for, amounts as its values write them', () => {
    const { deal, mapping } = propose(lines);
    expect(deal?.gather).toEqual([{ from: 'lines', by: 'Deal', as: 'items' }]);
    expect(deal?.rows).toEqual([
      { to: 'deal.title', from: 'Deal Name', whenEmpty: 'reject' },
      { to: 'deal.value', from: 'items.Price', via: [{ sum: { decimal: ',' } }, 'money'] },
      {
        to: 'deal.custom.Lines',
        from: ['items.What', 'items.Price'],
        via: [{ rows: { labels: ['', 'Price'] } }],
      },
    ]);
    expect(mapping.fields.map(({ name }) => name)).toEqual(['Lines']);
    expect(mapping.leave).toEqual([]);
  });

  it('a field that is not there takes its label with it, and without the amount there is no sum', () => {
    const { deal } = propose(
      entity('lines', [
        field('Deal'),
        field('What', { filled: 0 }),
        field('Currency'),
        field('Price', { filled: 0 }),
      ]),
    );
    expect(deal?.rows.map(({ to }) => to)).toEqual(['deal.title']);
    expect(deal).not.toHaveProperty('gather');
  });

  it('the fields they read count as used, what they do not read is left with the reason', () => {
    const { fields, mapping } = propose(entity('lines', [...lines.fields, custom('Odd')]));
    const of = (source: string) => fields.find((line) => line.source === source);
    expect(of('Fiyat')).toMatchObject({ entity: 'lines', target: 'deal.value', band: 'auto' });
    expect(of('Deal')).toMatchObject({ target: null, band: 'auto' });
    expect(of('Odd')).toMatchObject({ target: null, band: 'leave' });
    expect(mapping.leave).toMatchObject([{ entity: 'lines', field: 'Odd' }]);
  });

  it('are dropped where the account has no such records, or none that name their record', () => {
    expect(propose().deal).not.toHaveProperty('gather');
    const { deal } = propose(entity('lines', [field('Deal', { filled: 0 }), field('What'), field('Price')]));
    expect(deal).not.toHaveProperty('gather');
    expect(deal?.rows.map(({ to }) => to)).toEqual(['deal.title']);
  });

  it('conditions on fields that are not there are settled: one that cannot hold drops the gather', () => {
    const shares = entity('shares', [field('Deal'), field('Percent')]);
    const { deal } = propose(lines, shares);
    expect(deal?.gather).toEqual([
      { from: 'lines', by: 'Deal', as: 'items' },
      { from: 'shares', by: 'Deal', as: 'shares' },
    ]);
    const free = entity('lines', [...lines.fields, field('Free')]);
    expect(propose(free).fields.find(({ source }) => source === 'Free')).toMatchObject({ band: 'auto' });
    expect(propose(free).deal?.gather?.map(({ as, when }) => [as, when])).toEqual([
      ['items', undefined],
      ['gifts', [{ source: 'Free', in: ['yes'] }]],
    ]);
  });

  it('asks about dates of gathered records that can be read in two ways (MAP-05)', () => {
    const day = field('Day', {
      type: 'date',
      formats: ['dd/MM/yyyy', 'MM/dd/yyyy'],
      samples: ['01/02/2026'],
    });
    const { questions } = propose(entity('lines', [...lines.fields, day]));
    expect(questions.map(({ subject }) => subject)).toContain('lines.Day');
  });
});
