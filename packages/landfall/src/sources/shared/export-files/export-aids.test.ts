import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceConnector } from '../../../model/source.ts';
import { exportFilesSource } from './connector.ts';
import type { ExportCatalog } from './export-catalog.ts';
import { directory, issuesOf, put, recordsOf, signal, withFolder } from './export-files-fixture.ts';

withFolder();

/** A small CRM whose tables tell about each other. */
const catalog: ExportCatalog = {
  system: 'sample',
  label: 'Sample CRM',
  expected: [['jobs']],
  patterns: [],
  entities: [
    {
      name: 'jobs',
      label: 'Job',
      fields: [
        { name: 'Job ID', aliases: [], type: 'id', identifying: true, expected: true },
        { name: 'Job', aliases: [], type: 'name', identifying: true },
        { name: 'Amount', aliases: [], type: 'money', expected: true },
        { name: 'Rep', aliases: [], type: 'text' },
        { name: 'Person', aliases: [], type: 'owner' },
        { name: 'Ledger ID', aliases: [], type: 'text' },
        { name: 'Phone', aliases: [], type: 'phone' },
      ],
      requires: [['Job'], ['Job ID']],
      id: 'Job ID',
      naturalKey: [],
      lookups: [{ kind: 'id', from: ['Job ID'] }],
      fileWords: ['job'],
      lookedUp: [
        {
          name: 'Person',
          type: 'owner',
          from: 'Rep',
          through: 'reps',
          key: ['Initials', 'Rep Name'],
          gives: ['Rep Name', 'Mail'],
          otherwise: 'words',
        },
      ],
    },
    {
      name: 'parts',
      label: 'Part',
      fields: [
        { name: 'Part ID', aliases: [], type: 'id', identifying: true },
        { name: 'Job ID', aliases: [], type: 'reference', references: 'jobs' },
        { name: 'Pieces', aliases: [], type: 'number', identifying: true },
      ],
      requires: [['Part ID'], ['Pieces']],
      id: 'Part ID',
      naturalKey: [],
      lookups: [{ kind: 'parent', from: ['Job ID'] }],
      fileWords: ['part'],
    },
    {
      name: 'reps',
      label: 'Rep',
      fields: [
        { name: 'Initials', aliases: [], type: 'text', identifying: true },
        { name: 'Rep Name', aliases: [], type: 'name', identifying: true },
        { name: 'Mail', aliases: [], type: 'email' },
        { name: 'Works', aliases: [], type: 'boolean' },
      ],
      requires: [['Initials'], ['Rep Name']],
      id: 'Initials',
      naturalKey: [],
      lookups: [],
      fileWords: ['rep'],
      aid: true,
    },
    {
      name: 'steps',
      label: 'Step',
      fields: [
        { name: 'Way', aliases: [], type: 'text' },
        { name: 'Step', aliases: [], type: 'text', identifying: true },
        { name: 'Place', aliases: [], type: 'number', identifying: true },
        { name: 'Chance', aliases: [], type: 'percent' },
        { name: 'Ends', aliases: [], type: 'choice' },
      ],
      requires: [['Step'], ['Place']],
      id: 'Step ID',
      naturalKey: ['Step'],
      lookups: [],
      fileWords: ['step'],
      aid: true,
    },
    {
      name: 'ledger',
      label: 'Ledger entry',
      fields: [
        { name: 'Entry', aliases: [], type: 'id', identifying: true },
        { name: 'Title', aliases: [], type: 'name', identifying: true },
        { name: 'Tel', aliases: [], type: 'phone', identifying: true },
      ],
      requires: [['Entry'], ['Title']],
      id: 'Entry',
      naturalKey: [],
      lookups: [],
      fileWords: ['ledger'],
      aid: true,
    },
  ],
  pipelines: {
    ...{ entity: 'steps', pipeline: 'Way', stage: 'Step', order: 'Place', probability: 'Chance' },
    ...{ outcome: 'Ends', won: ['Done'], lost: ['Dropped'] },
  },
  owners: { entity: 'reps', name: 'Rep Name', email: 'Mail', active: 'Works' },
  compare: [
    {
      ...{ name: 'the ledger', entity: 'jobs', key: 'Ledger ID', other: 'ledger', otherKey: 'Entry' },
      ...{ title: 'Job', otherTitle: 'Title' },
      fields: [
        { own: 'Job', other: 'Title', truth: 'own' },
        { own: 'Phone', other: 'Tel', truth: 'other' },
      ],
    },
  ],
  scale: [
    { entity: 'jobs', most: 2, expect: 'lists are cut at two', hint: 'Count them.' },
    { entity: 'jobs', field: 'Rep', most: 1, expect: 'one of them is shared', hint: 'Ask.' },
  ],
};

function source(): SourceConnector {
  return exportFilesSource(catalog, { system: 'sample', export: directory(), tables: [] });
}

const reps = 'Initials,Rep Name,Mail,Works\nAL,Ada Lovelace,ada@x.example,Yes\nGH,Grace Hopper,,No\n';

describe('what one table says about another', () => {
  it('initials become a person; what the table does not have stays as it is written', async () => {
    put('jobs.csv', 'Job ID,Job,Amount,Rep\n1,Roof,1,al\n2,Wall,1,Grace Hopper\n3,Door,1,ZZ\n4,Gate,1,\n');
    put('reps.csv', reps);
    const people = (await recordsOf(source(), 'jobs')).map(({ fields }) => fields['Person']);
    expect(people).toEqual(['Ada Lovelace <ada@x.example>', 'Grace Hopper', 'ZZ', '']);
  });

  it('the raw words stay beside it, and it is a standard field of its own type', async () => {
    put('jobs.csv', 'Job ID,Job,Amount,Rep\n1,Roof,1,AL\n');
    put('reps.csv', reps);
    const [jobs] = (await source().describe(signal)).entities;
    expect(jobs?.fields.map(({ name, standard, type }) => [name, standard, type])).toContainEqual([
      'Person',
      'Person',
      'owner',
    ]);
    expect((await recordsOf(source(), 'jobs'))[0]?.fields['Rep']).toBe('AL');
  });

  it('a table that has the field itself keeps it', async () => {
    put('jobs.csv', 'Job ID,Job,Amount,Rep,Person\n1,Roof,1,AL,Alan Turing\n');
    put('reps.csv', reps);
    expect((await recordsOf(source(), 'jobs'))[0]?.fields['Person']).toBe('Alan Turing');
  });

  it('without the table of people it is told that nobody knows who the initials are', async () => {
    put('jobs.csv', 'Job ID,Job,Amount,Rep\n1,Roof,1,AL\n');
    expect((await issuesOf(source(), 'owners-unnamed'))[0]).toMatchObject({
      severity: 'high',
      at: 'jobs.Rep',
    });
    put('reps.csv', reps);
    expect(await issuesOf(source(), 'owners-unnamed')).toEqual([]);
  });

  it('stages come in the order of their table, with percentages and outcomes; people with whether they work', async () => {
    put('jobs.csv', 'Job ID,Job,Amount\n1,Roof,1\n');
    put('reps.csv', reps);
    put(
      'steps.csv',
      'Way,Step,Place,Chance,Ends\nSales,Won,3,100 %,done\nSales,First,1,10,\nSales,Off,4,300,Dropped\n',
    );
    const { pipelines, owners, entities } = await source().describe(signal);
    expect(pipelines).toEqual([
      {
        name: 'Sales',
        stages: [
          { name: 'First', probability: 10, outcome: 'open' },
          { name: 'Won', probability: 100, outcome: 'won' },
          { name: 'Off', probability: null, outcome: 'lost' },
        ],
      },
    ]);
    expect(owners).toEqual([
      { owner: 'Ada Lovelace <ada@x.example>', kind: 'user', active: true },
      { owner: 'Grace Hopper', kind: 'user', active: false },
    ]);
    expect(entities.map(({ name }) => name)).toEqual(['jobs']);
    expect(await issuesOf(source(), 'table-used')).toHaveLength(2);
  });

  it.each([
    ['0.1', '1', [10, 100]],
    ['.25', '0.6', [25, 60]],
    ['10', '100', [10, 100]],
    ['0', '1', [0, 1]],
    ['half', '120', [null, null]],
  ])('the percentages %s and %s are %j', async (first, second, expected) => {
    put('jobs.csv', 'Job ID,Job,Amount\n1,Roof,1\n');
    put('steps.csv', `Step,Place,Chance\nA,1,${first}\nB,2,${second}\n`);
    const { pipelines } = await source().describe(signal);
    expect(pipelines?.[0]?.stages.map(({ probability }) => probability)).toEqual(expected);
  });

  it('records below a record say so by the field that names it', async () => {
    put('jobs.csv', 'Job ID,Job,Amount\n1,Roof,1\n');
    put('parts.csv', 'Part ID,Job ID,Pieces\nP1, 1 ,2\nP2,,3\n');
    const lookups = (await recordsOf(source(), 'parts')).map(({ lookup }) => lookup);
    expect(lookups).toEqual([[{ kind: 'parent', value: 'Job ID=1' }], []]);
    const parts = (await source().describe(signal)).entities.find(({ name }) => name === 'parts');
    expect(parts?.fields.find(({ name }) => name === 'Job ID')).toMatchObject({
      references: ['jobs'],
      mostForOne: 1,
    });
  });
});

describe('two lists of the same things', () => {
  const jobs =
    'Job ID,Job,Amount,Ledger ID,Phone\n1,Roof,1,L1,212 555 0101\n2,Wall,1,L2,212 555 0102\n3,Door,1,L9,\n';

  it('every difference is told with both values and whose word counts; spellings are none', async () => {
    put('jobs.csv', jobs);
    put('ledger.csv', 'Entry,Title,Tel\nl1,ROOF,(212) 555-0101\nL2,Wall,212 555 0199\nL7,Fence,\n');
    const told = await issuesOf(source(), 'lists-differ');
    expect(told.map(({ at, message }) => `${at} ${message}`)).toEqual([
      'jobs.csv:3 Wall: Phone is “212 555 0102”, and “212 555 0199” in the ledger.',
      'jobs.csv:4 Door names L9, which the ledger does not have.',
      'ledger Fence (l7) stands in the ledger only: it is not moved.',
    ]);
    expect(told[0]?.hint).toContain('The word of the ledger counts');
    expect((await issuesOf(source(), 'lists-compared'))[0]?.message).toContain(
      '2 records of jobs stand in both',
    );
  });

  it('without the other list nothing is compared', async () => {
    put('jobs.csv', jobs);
    expect(await issuesOf(source(), 'lists-compared')).toEqual([]);
  });
});

describe('what the export holds against what was to be expected', () => {
  it('fields that were to be expected and are absent are told', async () => {
    put('jobs.csv', 'Job ID,Job\n1,Roof\n');
    expect((await issuesOf(source(), 'fields-expected'))[0]).toMatchObject({
      severity: 'medium',
      message: expect.stringContaining('Not there: Amount.'),
    });
  });

  it('more records, or more people, than the system is made for is told', async () => {
    put('jobs.csv', 'Job ID,Job,Amount,Rep\n1,Roof,1,AL\n2,Wall,1,GH\n3,Door,1,GH\n');
    expect((await issuesOf(source(), 'beyond-scale')).map(({ at }) => at)).toEqual(['jobs', 'jobs.Rep']);
    put('jobs.csv', 'Job ID,Job,Amount,Rep\n1,Roof,1,AL\n2,Wall,1,AL\n');
    expect(await issuesOf(source(), 'beyond-scale')).toEqual([]);
  });

  it.each([
    ['A × B', (a: number, b: number) => a * b],
    ['A × B %', (a: number, b: number) => (a * b) / 100],
    ['A + B', (a: number, b: number) => a + b],
    ['A − B', (a: number, b: number) => a - b],
  ])('a column that is %s of two others is calculated', async (formula, of) => {
    const rows = Array.from({ length: 30 }, (_, at) => [at + 2, (at % 7) + 3]);
    const lines = rows.map(([a = 0, b = 0], at) => `${at},J${at},1,${a},${b},${of(a, b).toFixed(2)}`);
    put('jobs.csv', `Job ID,Job,Amount,A,B,C\n${lines.join('\n')}\n`);
    const told = (await issuesOf(source(), 'field-calculated')).map(({ at, message }) => `${at} ${message}`);
    expect(told.find((text) => text.startsWith('jobs.C'))).toContain(`calculated: ${formula}`);
  });

  it('numbers that only happen to fit sometimes are not', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, at) => `${at},J${at},1,${at + 2},${at + 5},${(at * 37) % 101}`,
    );
    put('jobs.csv', `Job ID,Job,Amount,A,B,C\n${lines.join('\n')}\n`);
    expect(await issuesOf(source(), 'field-calculated')).toEqual([]);
  });
});

it('a folder of files is looked for only where tables name files', async () => {
  put('jobs.csv', 'Job ID,Job,Amount\n1,Roof,1\n');
  mkdirSync(join(directory(), 'files'));
  const files = join(directory(), 'files');
  const connector = exportFilesSource(catalog, { system: 'sample', export: directory(), files, tables: [] });
  expect(connector.capabilities.binaries).toBe(false);
  expect(connector.binary).toBeUndefined();
});
