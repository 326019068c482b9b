import { describe, expect, it } from 'vitest';
import { entity, field, propose, rowsOf } from './proposal-fixture.ts';

const tags = field('Tags', { type: 'tags', samples: ['Altın', 'acil'] });
const loyalty = field('Tags: Sadakat', { type: 'choices', samples: ['Altın'] });
const deals = [
  entity('companies', [field('Company Name')]),
  entity('deals', [field('Deal Name'), tags, loyalty, field('Tags: Bölge', { type: 'choices', filled: 0 })]),
];

describe('tags with groups (D-31(b), DEC-10)', () => {
  it('are asked about whatever the policy says of plain tags, with the groups by name', () => {
    const [question] = propose(deals, { policies: { tagsAs: 'labels' } }).questions;
    expect(question).toMatchObject({ id: 'tags:deals:Tags', kind: 'tags', blocks: 'mapping' });
    expect(question?.question).toContain('the source keeps groups of them ("Sadakat"), and labels know none');
    expect(question?.choices.map((choice) => [choice.id, choice.default])).toEqual([
      ['labels', true],
      ['field', false],
      ['groups', false],
    ]);
  });

  it.each([
    ['labels', ['deal.label_ids'], []],
    ['field', ['deal.custom.Tags'], ['Tags']],
    ['groups', ['deal.label_ids', 'deal.custom.Tags: Sadakat'], ['Tags: Sadakat']],
    ['nonsense', ['deal.label_ids'], []],
  ])('answered “%s” they go to %j', (choice, expected, fields) => {
    const proposal = propose(deals, { decide: { 'tags:deals:Tags': choice } });
    const to = ['deal.label_ids', 'deal.custom.Tags', 'deal.custom.Tags: Sadakat', 'deal.custom.Tags: Bölge'];
    expect(to.filter((path) => rowsOf(proposal, path).length > 0)).toEqual(expected);
    expect(proposal.mapping.fields.map(({ name }) => name)).toEqual(fields);
    for (const name of fields)
      expect(proposal.mapping.fields.find((one) => one.name === name)?.type).toBe('set');
    const line = proposal.fields.find(({ source }) => source === 'Tags: Sadakat');
    expect(line?.target).toBe(choice === 'groups' ? 'deal.custom.Tags: Sadakat' : null);
  });

  it.each([
    ['field', ['organization Tags', 'person Tags']],
    ['groups', ['organization Tags: Sadakat', 'person Tags: Sadakat']],
  ])('of a record that makes two, each gets its field: %s', (choice, expected) => {
    const companies = entity('companies', [field('Company Name'), field('Main Contact'), tags, loyalty]);
    const { mapping } = propose([companies], { decide: { 'tags:companies:Tags': choice } });
    expect(mapping.fields.map((made) => `${made.entity} ${made.name}`)).toEqual(expected);
  });

  it('plain tags have no such choice', () => {
    const plain = [entity('deals', [field('Deal Name'), tags])];
    const [question] = propose(plain, { policies: { tagsAs: 'review' } }).questions;
    expect(question?.choices.map(({ id }) => id)).toEqual(['labels', 'field']);
  });
});
