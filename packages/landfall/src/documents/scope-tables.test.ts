import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { custom, entity, field, propose } from '../propose/proposal-fixture.ts';
import type { DocumentContext } from './context.ts';
import { fieldChecks } from './custom-fields.ts';
import { withSample } from './document-fixture.ts';
import { writeDocument } from './documents.ts';
import { lostRelations } from './relations.ts';
import { stageOrigins } from './stage-origins.ts';

function reference(name: string, to: readonly string[], more: Partial<SourceField> = {}): SourceField {
  return custom(name, { type: 'reference', references: to, mostForOne: 1, samples: ['12'], ...more });
}

const deals = entity('deals', [field('Deal ID', { type: 'id' }), field('Deal Name')]);
const companies = entity('companies', [
  field('Company ID', { type: 'id' }),
  field('Company Name'),
  reference('Primary Deal', ['deals'], { filled: 4 }),
]);
const contract: SourceEntity = {
  ...entity('new_contract', [
    reference('Deal', ['deals']),
    reference('Plan Ref', ['new_plan'], { filled: 7 }),
    reference('Renews', ['new_contract'], { filled: 2 }),
    custom('Seats', { type: 'number', samples: ['5'] }),
  ]),
  label: 'Contract',
  custom: true,
};
const plan: SourceEntity = { ...entity('new_plan', [custom('Name')], 3), label: 'Plan', custom: true };
const entities = [companies, deals, contract, plan];
const catalog: SourceCatalog = { system: 'sample-crm', entities, issues: [] };

function context(decide: Readonly<Record<string, string>> = {}): Partial<DocumentContext> {
  const { mapping, questions, fields } = propose(entities, { decide });
  const decisions = Object.entries(decide).map(([id, choice]) => ({
    id,
    choice,
    by: 'Ada',
    at: '2026-03-01T10:00:00Z',
  }));
  return { catalog, mapping, questions, proposed: fields, decisions };
}

function scopeText(change: Partial<DocumentContext>): Promise<string> {
  return withSample(async (sample, directory) => {
    await writeDocument('scope', { ...sample, ...change }, directory);
    return (await readFile(join(directory, 'scope.md'), 'utf8')).replaceAll('\\', '');
  });
}

describe('the scope document on tables without rules (DISC-02, DISC-06, D-27, O-26)', () => {
  const id = 'custom-entity:new-contract-f7b66c';
  it.each([
    {
      what: 'what each becomes, and why',
      words: '| Contract | 10 | fields of deal | What becomes of the 10 records',
    },
    { what: 'what is proposed', words: '| open, proposed: fields |' },
    {
      what: 'a table that leads nowhere',
      words: '| Plan | 3 | not moved | There is no rule for the 3 records of Plan',
    },
    { what: 'its fields among the tables', words: '| Contract | 10 | fields of deal | 4 | 4 |' },
    {
      what: 'relations that do not fit the flat model, with counts (D-27(f))',
      words: '| Contract | Renews | Contract | 2 | it leads to records of its own table |',
    },
  ])('tells $what', async ({ words }) => {
    expect(await scopeText(context())).toContain(words);
  });

  it('tells the decision, and what follows from it', async () => {
    const text = await scopeText(context({ [id]: 'notes' }));
    expect(text).toContain('| Contract | 10 | note | What becomes of');
    expect(text).toMatch(/\| Contract \| 10 \| note \|.*\| notes \|/);
  });
});

it('relations of what moves that no row reads are lost, each with its count and the reason (D-27(f), O-05)', () => {
  const { mapping } = propose(entities);
  expect(lostRelations(catalog, mapping)).toEqual([
    {
      table: 'companies',
      field: 'Primary Deal',
      leadsTo: 'deals',
      records: 4,
      why: 'the destination has no link for it, or no rule makes one',
    },
    {
      table: 'Contract',
      field: 'Plan Ref',
      leadsTo: 'Plan',
      records: 7,
      why: 'the records it leads to are not moved',
    },
    {
      table: 'Contract',
      field: 'Renews',
      leadsTo: 'Contract',
      records: 2,
      why: 'it leads to records of its own table',
    },
  ]);
});

it('new fields name the table below that fills them, with its samples (P-21(c), P-27(d), DISC-23)', async () => {
  const check = await withSample(async (sample) => fieldChecks({ ...sample, ...context() })[0]);
  expect(check).toMatchObject({
    field: { name: 'Contract Seats' },
    sources: ['new_contract.Seats'],
    filled: 10,
    samples: '5',
  });
});

describe('where stages come from', () => {
  const pipelines: Mapping['pipelines'] = [
    {
      name: 'Sales',
      from: ['Sales', 'SALES'],
      stages: [
        { name: 'New', from: ['new'] },
        { name: 'Late', from: ['Late'] },
      ],
    },
    { name: 'Tenders', from: ['Tenders'], stages: [{ name: 'Open', from: ['Open'] }] },
  ];
  const mapping: Mapping = {
    version: 1,
    source: 's',
    entities: [],
    fields: [],
    pipelines,
    values: {},
    leave: [],
  };
  const stage = (name: string) => ({ name, probability: null, outcome: 'open' as const });

  it('a source without a list has them in its deals (S-23(a))', () => {
    expect(stageOrigins(mapping, catalog)[0]).toContain('The source has no list of stages');
  });

  it('what only the deals name and what is not moved is told (D-28(b), P-22(c))', () => {
    const defined = [
      { name: 'sales', stages: [stage('New')] },
      { name: 'Old', stages: [stage('x')], active: false },
    ];
    expect(stageOrigins(mapping, { ...catalog, pipelines: defined })).toEqual([
      'The source defines its pipelines: names, order and probabilities are its own. An outcome is no stage; such deals are set to won or lost.',
      'Only the deals name, so they stand last: Late (Sales); the pipeline Tenders.',
      'Defined, but not moved: Old (retired, without deals).',
      'Rules that move deals from stage to stage are not moved; they are listed under automations.',
    ]);
  });
});
