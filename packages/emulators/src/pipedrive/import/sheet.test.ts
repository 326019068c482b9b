import { type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import type { ImportReport } from './import-run.ts';

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});

async function fileOf(...sheets: readonly WriteSheet[]) {
  const bytes = await writeXlsx({ sheets: [...sheets] });
  return { name: 'people.xlsx', base64: Buffer.from(bytes).toString('base64') };
}

const sheet = (...rows: CellValue[][]): WriteSheet => ({ name: 'Sheet', rows });
const run = async (file: object, more: object = {}) =>
  (await client.emulator.control.extra('import', { file, ...more })) as ImportReport;
const data = async (path: string) => (await client.call('GET', path)).body.data;

describe('an XLSX file is imported as a CSV file is (facts.md 5.1)', () => {
  const header = [
    'Organization - Name',
    'Organization - Creation date',
    'Person - Name',
    'Deal - Title',
    'Deal - Value',
    'Deal - Creation date',
    'Note - Content',
  ];

  test('header by header, a record of each kind a row, its days and numbers as the cells hold them', async () => {
    const report = await run(
      await fileOf(
        sheet(
          header,
          [
            'Acme',
            new Date(Date.UTC(2018, 0, 2)),
            'Ada',
            'Engine',
            1250.5,
            new Date(Date.UTC(2019, 4, 6)),
            'hello',
          ],
          [null, null, null, null, null, null, null],
          [' Beta ', null, 'Bob', 'Loom', 7, new Date(Date.UTC(2019, 4, 6, 9, 10, 11)), 'İyi günler'],
        ),
      ),
    );
    expect(report).toMatchObject({
      name: 'people.xlsx',
      rows: 2,
      created: { organization: 2, person: 2, deal: 2, note: 2 },
      skipped: [],
      unmapped: [],
    });
    expect(await data('/v2/organizations/41')).toMatchObject({
      name: 'Acme',
      add_time: '2018-01-02T00:00:00Z',
    });
    expect(await data('/v2/organizations/42')).toMatchObject({ name: 'Beta' });
    expect(await data('/v2/deals/71')).toMatchObject({
      value: 1250.5,
      add_time: '2019-05-06T00:00:00Z',
      org_id: 41,
    });
    expect(await data('/v2/deals/72')).toMatchObject({ add_time: '2019-05-06T09:10:11Z', person_id: 92 });
  });

  test('with the lines of the sheet in the skip file, and undone like any other', async () => {
    const before = JSON.stringify(client.emulator.control.snapshot());
    const report = await run(
      await fileOf(
        sheet(
          ['Organization - Name', 'Organization - Creation date'],
          ['Acme', 'the day before'],
          [],
          ['Beta', null],
        ),
      ),
    );
    expect(report.skipped).toEqual([{ line: 2, reason: expect.stringContaining('Invalid date format') }]);
    expect(report.skipFile).toContain('Acme,the day before');
    client.emulator.control.extra('import-undo', { id: 1 });
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
  });

  test('by a person’s choice of headers, and past an empty second sheet', async () => {
    const file = await fileOf(sheet(['Company'], ['Acme']), { name: 'Empty', rows: [] });
    const report = await run(file, { mapping: { Company: 'Organization - Name' } });
    expect(report.created).toEqual({ organization: 1 });
  });

  test('a cell that holds a time alone is that time', async () => {
    const nineThirty = new Date(Date.UTC(1899, 11, 30, 9, 30));
    const header = [
      'Organization - Name',
      'Activity - Subject',
      'Activity - Due date',
      'Activity - Due time',
    ];
    const day = new Date(Date.UTC(2024, 4, 6));
    const report = await run(await fileOf(sheet(header, ['Acme', 'Call', day, nineThirty])));
    expect(report.skipped).toEqual([]);
    expect(await data('/v2/activities/121')).toMatchObject({ due_date: '2024-05-06', due_time: '09:30:00' });
  });

  test('over the control plane, as a multipart form', async () => {
    const { base64, name } = await fileOf(sheet(['Organization - Name'], ['Acme']));
    const form = new FormData();
    form.set('file', new File([Buffer.from(base64, 'base64')], name));
    const url = 'http://127.0.0.1/__control/import';
    const answer = await client.emulator.app.fetch(new Request(url, { method: 'POST', body: form }));
    expect(await answer.json()).toMatchObject({ rows: 1, created: { organization: 1 } });
  });
});

describe('an XLSX file is refused', () => {
  const one = sheet(['Organization - Name'], ['Acme']);
  test.each([
    [
      'that is damaged',
      async () => ({ name: 'a.xlsx', base64: Buffer.from('PK\u0003\u0004').toString('base64') }),
      'cannot be read',
    ],
    ['with two sheets', () => fileOf(one, { ...one, name: 'More' }), '2 sheets'],
    [
      'with a formula',
      () =>
        fileOf({
          ...sheet(['Deal - Title', 'Organization - Name'], ['Total', 'Acme']),
          cells: new Map([['1,0', { formula: 'A1&A2' }]]),
        }),
      'formula in line 2',
    ],
    [
      'of more than 50,000 rows',
      () => fileOf(sheet(['Person - Name'], ...Array.from({ length: 50_001 }, () => ['x']))),
      '50001 rows',
    ],
  ])('%s', async (_, made, words) => {
    await expect(run(await made())).rejects.toThrow(words);
    expect(client.emulator.control.extra('imports')).toEqual([]);
  });
});
