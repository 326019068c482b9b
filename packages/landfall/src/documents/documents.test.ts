import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareCell } from '../files/formula-safety.ts';
import { openTables } from '../files/open-tables.ts';
import { hostile } from './catalog-fixture.ts';
import type { DocumentContext } from './context.ts';
import { withSample } from './document-fixture.ts';
import { type DocumentName, documentNamed, documentNames, writeDocument } from './documents.ts';

/** The text of a document's file. */
function textOf(name: DocumentName, file: string, change: Partial<DocumentContext> = {}): Promise<string> {
  return withSample(async (context, directory) => {
    await writeDocument(name, { ...context, ...change }, directory);
    return readFile(join(directory, file), 'utf8');
  });
}

/** The rows of a document's table, as a spreadsheet program would show them. */
function rowsOf(name: DocumentName, file: string, sheet?: string): Promise<readonly (readonly string[])[]> {
  return withSample(async (context, directory) => {
    await writeDocument(name, context, directory);
    const { tables } = await openTables(join(directory, file));
    const table = tables.find((one) => sheet === undefined || one.sheet === sheet);
    const rows: (readonly string[])[] = [table?.header ?? []];
    for await (const batch of table?.rows() ?? []) rows.push(...batch.map(({ cells }) => cells));
    return rows;
  });
}

describe('all documents', () => {
  it('are written with every file they promise', async () => {
    const files = await withSample(async (context, directory) => {
      const written: string[] = [];
      for (const name of documentNames) written.push(...(await writeDocument(name, context, directory)));
      return written.map((path) => basename(path));
    });
    expect(files).toEqual([
      'scope.md',
      'scope.html',
      'mapping-workbook.xlsx',
      'custom-fields.csv',
      'stages.csv',
      'owners.csv',
      'quality.csv',
      'rejects.csv',
      'companies.csv',
      'plan.md',
      'upgrade.md',
      'reconciliation.csv',
      'reconciliation.md',
      'links.csv',
      'verification.csv',
      'automations.csv',
      'rollback.csv',
      'summary.html',
    ]);
  });

  it('before anything is known say so, or are not written', async () => {
    const unknown = {
      catalog: null,
      target: null,
      account: null,
      mapping: null,
      forecast: null,
      verify: null,
      rollback: null,
      budget: null,
      owners: [],
      steps: [],
      questions: [],
      decisions: [],
      approvals: [],
      automations: [],
      proposed: [],
      ledger: { source: {}, target: {} },
    };
    const written = await withSample(async (context, directory) => {
      const found: Record<string, string> = {};
      for (const name of documentNames) {
        for (const path of await writeDocument(name, { ...context, ...unknown }, directory)) {
          found[basename(path)] = await readFile(path, 'utf8');
        }
      }
      return found;
    });
    expect(Object.keys(written)).toEqual(['scope.md', 'scope.html', 'summary.html']);
    expect(written['scope.md']).toContain('has not been looked at');
    expect(written['summary.html']).toContain('not yet');
  });

  it('the scope before the map claims nothing about fields', async () => {
    const words = await withSample(async (context, directory) => {
      const early = { ...context, mapping: null, proposed: [], questions: [] };
      const [markdown = ''] = await writeDocument('scope', early, directory);
      return readFile(markdown, 'utf8');
    });
    expect(words).not.toContain('none needs a decision');
    expect(words).toMatch(/## Fields that need a decision\n+Known after/);
  });

  it.each(['scope', 'scope.md', 'SCOPE.HTML'])('are found by the name %s', (text) => {
    expect(documentNamed(text)).toBe('scope');
  });

  it('of unknown names are none', () => {
    expect(documentNamed('toString')).toBeNull();
  });
});

describe('values from the source are shown, never run', () => {
  it.each([
    { name: 'scope', file: 'scope.html' },
    { name: 'summary', file: 'summary.html' },
  ] as const)('$file has no script, loads nothing and escapes what it shows', async ({ name, file }) => {
    const page = await textOf(name, file);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<(?:script|img|iframe|link|object|svg)\b/i);
    expect(page).not.toMatch(/\son\w+=["']/i);
    expect(page).not.toMatch(/(?:src|href)=["'](?!#)/i);
  });

  it.each([
    { name: 'scope', file: 'scope.md' },
    { name: 'reconciliation', file: 'reconciliation.md' },
    { name: 'upgrade', file: 'upgrade.md' },
    { name: 'plan', file: 'plan.md' },
  ] as const)('$file holds no HTML, link or table break of a value', async ({ name, file }) => {
    const words = await textOf(name, file);
    expect(words).not.toMatch(/<[a-z/!]/i);
    expect(words).not.toMatch(/(?<!\\)\]\(/);
    expect(words).not.toContain('http://');
    for (const block of words.split('\n\n').filter((part) => part.startsWith('|'))) {
      const widths = block
        .trim()
        .split('\n')
        .map((line) => line.replace(/\\./g, '').split('|').length);
      expect(new Set(widths).size, block).toBe(1);
    }
  });

  it.each([
    { name: 'rejects', file: 'rejects.csv' },
    { name: 'rejects', file: 'rejects/companies.csv' },
    { name: 'rollback', file: 'rollback.csv' },
  ] as const)('no cell of $file starts a formula, and the value comes back whole', async ({ name, file }) => {
    const cells = (await rowsOf(name, file)).flat();
    expect(cells.some((cell) => /^[=+@]/.test(cell))).toBe(false);
    expect(cells.map(bareCell)).toContain(hostile);
  });

  it.each([
    { name: 'scope', file: 'scope.md' },
    { name: 'scope', file: 'scope.html' },
  ] as const)('$file does not show values of sensitive fields', async ({ name, file }) => {
    expect(await textOf(name, file)).not.toContain('12345678901');
  });
});

describe('the scope document (DISC-14, DISC-16, DOC-01)', () => {
  it.each([
    {
      what: 'how files were read',
      words: '| companies.csv | companies | windows-1254 | tab | 1 | not UTF-8',
    },
    { what: 'exact counts', words: '| Companies | 2 | organization |' },
    { what: 'fields that need a decision', words: '| companies | Region | choice | 2 |' },
    { what: 'the proposed pipeline', words: '| Sales | 2 | Proposal Sent | 50 % |' },
    { what: 'completeness', words: '3 deals name a company that is not there' },
    { what: 'owners', words: 'needs an account first' },
    { what: 'currencies the account lacks', words: '| EUR | deals.Currency | 12 | not in Acme |' },
    { what: 'what is left out', words: 'empty in all 2 records' },
    { what: 'automations', words: 'Won sets the status' },
    {
      what: 'dates kept as system dates',
      words: 'organization: the original creation date becomes the system date',
    },
    { what: 'dates kept in a field', words: 'it is kept in deal.custom.Original created' },
    { what: 'approvals', words: '| scope | Ada | 2026-03-01 10:20 UTC |' },
  ])('tells $what', async ({ words }) => {
    expect((await textOf('scope', 'scope.md')).replaceAll('\\', '')).toContain(words);
  });
});

describe('tables, one finding a line', () => {
  it('what a rollback kept stands with the reason, and who changed it when (RB-01)', async () => {
    const [header, kept] = await rowsOf('rollback', 'rollback.csv');
    expect(header?.slice(-3)).toEqual(['Why', 'Last change', 'By']);
    expect(kept?.map(bareCell)).toEqual(['kept', 'deal', '9', '', hostile, '2026-03-02T08:00:00Z', hostile]);
  });

  it('owners stand in groups with the steps to provision them (OWN-04, OWN-09)', async () => {
    const rows = await rowsOf('owners', 'owners.csv');
    expect(rows.map(([group, owner]) => [group, owner]).slice(1)).toEqual([
      ['needs an account first', 'gone@acme.com'],
      ['resolves cleanly', 'ada@acme.com'],
    ]);
    expect(rows[1]?.at(-1)).toContain('invite gone@acme.com');
  });

  it('quality findings carry the source id (DQ-06, DQ-08)', async () => {
    const rows = (await rowsOf('quality', 'quality.csv'))
      .slice(1)
      .map(([, kind, entity, id, where]) => [kind, entity, id, where].join(' '));
    expect(rows).toEqual([
      'dangling-id   deals.csv',
      'date-format deals  deals.csv',
      'duplicate-domain companies C-1 companies.csv:2',
      'duplicate-domain companies C-2 companies.csv:3',
      'value-refused companies C-1 companies.csv:2',
      'too-long companies C-1 companies.csv:2',
      'unreadable-row contacts  contacts.csv:9',
      'owner companies C-1 companies.csv:2',
      'missing contacts P-1 contacts.csv:2',
      'missing deals D-1 deals.csv:2',
      'missing deals D-1 deals.csv:2',
    ]);
  });

  it('rejected records can be mended and fed back: their own columns, each record once', async () => {
    const rows = await rowsOf('rejects', 'rejects/companies.csv');
    expect(rows[0]).toEqual(['Company Name', 'Region', 'Fax']);
    expect(rows.slice(1).map((row) => row.map(bareCell))).toEqual([[hostile, 'Ege', '']]);
  });

  it('links tell what they rest on (MAP-09)', async () => {
    expect((await rowsOf('links', 'links.csv')).slice(1)).toEqual([
      ['person', 'P-1', 'Ada', 'org_id', 'C-1', 'linked', 'organization of companies:C-1', 'by its id'],
    ]);
  });

  it('stages tell the source’s names, outcomes and deals (MAP-06)', async () => {
    const rows = await rowsOf('stages', 'stages.csv');
    expect(rows.slice(1).map((row) => row.join('|'))).toEqual([
      'Sales|1|New|10|New; new|a stage|911|is there',
      'Sales|2|Proposal Sent|50|Proposal Sent; proposal sent|a stage||to be made',
      'Sales||||Closed Won|status won||',
    ]);
  });

  it('custom fields tell options, sources and state (DOC-07)', async () => {
    const [, region, margin] = await rowsOf('custom-fields', 'custom-fields.csv');
    expect(region?.slice(0, 6)).toEqual([
      'organization',
      'Region',
      'enum',
      'Ege; =1+1',
      'companies.Region',
      '2',
    ]);
    expect([region?.[7], margin?.[7]]).toEqual(['made', 'to be made']);
  });

  it('the books are in one table, balanced row by row (DOC-11)', async () => {
    const rows = await rowsOf('reconciliation', 'reconciliation.csv');
    expect(rows.slice(1).map((row) => [row[0], row[1], row.at(-2), row.at(-1)])).toEqual([
      ['source', 'companies', '', 'yes'],
      ['target', 'organization', '1', 'yes'],
    ]);
  });

  it('the workbook holds every field-level decision (DOC-02, DOC-04, MAP-07)', async () => {
    const fields = await rowsOf('mapping-workbook', 'mapping-workbook.xlsx', 'Fields');
    expect(fields.slice(1).map((row) => row.slice(0, 5).join('|'))).toEqual([
      'companies|Company Name|organization.name||collapse',
      'companies|Region|organization.custom.Region||choice',
      'companies|Created At|organization.add_time||dateTime(format: dd.MM.yyyy)',
      'contacts|Full Name|person.name||',
      'deals|Deal Name|deal.title|Status is not Draft|',
      'deals|Created At|deal.custom.Original created|Status is not Draft|',
    ]);
    const left = await rowsOf('mapping-workbook', 'mapping-workbook.xlsx', 'Left out');
    expect(left[2]).toEqual(['leads', 'all fields', '', '', hostile]);
  });
});

describe('the final report', () => {
  it.each([
    'The books balance',
    '1 difference',
    'of 1,234,567 forecast',
    'exactly as in the source',
    'value-refused',
    'An automation on the stage',
  ])('says: %s', async (words) => {
    expect(await textOf('summary', 'summary.html')).toContain(words);
  });

  it('says so when the books do not balance', async () => {
    const ledger = { source: { companies: { extracted: 3, mapped: 1 } }, target: {} };
    expect(await textOf('summary', 'summary.html', { ledger })).toContain('The books do not balance');
  });
});

it('the upgrade recommendation is written only where limits bite (DOC-20)', async () => {
  expect(await textOf('upgrade', 'upgrade.md')).toContain('| deal | Margin |');
  const free = await withSample((context, directory) =>
    writeDocument('upgrade', { ...context, forecast: null, mapping: null }, directory),
  );
  expect(free).toEqual([]);
});

it('tables longer than a page of the store are whole, each line once', async () => {
  const lines = 2_500;
  const many = Array.from({ length: lines }, (_, at) => ({
    entity: 'contacts',
    key: null,
    position: `contacts.csv:${at + 100}`,
    code: 'unreadable-row' as const,
    field: null,
    reason: 'a quote is never closed',
  }));
  const rows = await withSample(
    async (context, directory) => {
      await writeDocument('rejects', context, directory);
      return (await readFile(join(directory, 'rejects.csv'), 'utf8')).trim().split('\r\n');
    },
    (writer) => writer.addRejects('extract', many),
  );
  expect(rows).toHaveLength(1 + 4 + lines);
  expect(new Set(rows).size).toBe(rows.length);
});
