import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '../model/policy-table.ts';
import { entity, field, propose } from './proposal-fixture.ts';
import type { TemplateAsk } from './proposal-template.ts';
import { settleAsks } from './settled-asks.ts';
import { keepEntity } from './template-rows.ts';

const ask: TemplateAsk = {
  name: 'deals-are',
  policy: 'dealsAre',
  about: [{ entity: 'companies' }, { entity: 'contacts', filled: 'Full Name' }],
  question: 'Which of them?',
  choices: [
    { is: 'both', label: 'Both', consequence: 'All of them.' },
    { is: 'sales', label: 'Sales', consequence: 'Some of them.' },
  ],
};

const both = [entity('companies', [field('Company Name')]), entity('contacts', [field('Full Name')])];

describe('what a pair leaves to a person (D-23, P-24(c), R-06)', () => {
  it('is a question that the mapping waits for, with the policy as its usual answer', () => {
    const { questions } = propose(both, { asks: [ask], policies: { dealsAre: 'sales' } });
    expect(questions).toMatchObject([
      {
        id: 'pair:deals-are',
        kind: 'pair',
        subject: 'dealsAre',
        blocks: 'mapping',
        choices: [
          { id: 'both', default: false },
          { id: 'sales', default: true },
        ],
      },
    ]);
  });

  it.each([
    ['an entity is not there', [both[0] ?? entity('x', [])]],
    [
      'an entity is empty',
      [entity('companies', [field('Company Name')], 0), entity('contacts', [field('Full Name')])],
    ],
    [
      'a field is empty',
      [entity('companies', [field('Company Name')]), entity('contacts', [field('Full Name', { filled: 0 })])],
    ],
  ])('is not asked when %s', (_, entities) => {
    expect(propose(entities, { asks: [ask] }).questions.map(({ kind }) => kind)).not.toContain('pair');
  });

  it.each([
    ['both', 'sales', 'sales'],
    ['sales', 'both', 'both'],
    ['sales', 'nonsense', 'sales'],
  ])('takes the place of the policy %s when it is answered %s: %s', (policy, choice, expected) => {
    const catalog = { system: 'sample-crm', entities: both, issues: [] };
    const template = { source: 'sample-crm', entities: [], fields: [], values: {}, asks: [ask] };
    const given = {
      template,
      catalog,
      target: null,
      policies: { ...defaultPolicies, dealsAre: policy },
      stages: [],
    };
    const decisions = [{ id: 'pair:deals-are', choice, by: 'Ada', at: '' }];
    const settled = settleAsks({ ...given, decisions } as Parameters<typeof settleAsks>[0]);
    expect([settled.policies.dealsAre, settled.answers['deals-are']]).toEqual([expected, expected]);
    // the usual answer stays the policy's
    expect(settled.questions[0]?.choices.find((one) => one.default)?.id).toBe(policy);
  });

  it.each([
    ['left', { side: 'left' }, ['Company Name']],
    ['right', { side: 'right' }, ['Website']],
    ['nothing yet', {}, []],
  ])('decides which rows hold: %s', (_, answers, expected) => {
    const template = {
      ...{ from: 'companies', to: 'organization' as const },
      rows: [
        { to: 'organization.name', from: 'Company Name', answer: { ask: 'side', is: 'left' } },
        { to: 'organization.name', from: 'Website', answer: { ask: 'side', is: 'right' } },
      ],
    };
    const companies = entity('companies', [field('Company Name'), field('Website')]);
    const policies = {} as Parameters<typeof keepEntity>[2]['policies'];
    const kept = keepEntity(template, companies, { policies, answers }, () => ({
      dateFormats: [],
      decimal: null,
    }));
    expect(kept?.rows.map(({ from }) => from) ?? []).toEqual(expected);
    expect(JSON.stringify(kept ?? {})).not.toContain('answer');
  });
});
