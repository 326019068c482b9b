import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileSource } from './byte-source.ts';
import { openCsv } from './csv-table.ts';
import { type IssueCode, issueTable } from './issue-code.ts';
import type { OpenOverrides } from './open-tables.ts';
import { RefusedFile } from './table.ts';
import { inFolder, readAll, readContent, xlsxOf, zipOf } from './table-fixture.ts';

interface Case {
  readonly name: string;
  readonly content: string | Uint8Array | (() => Promise<Uint8Array>);
  readonly overrides?: OpenOverrides;
  /** What the issue's message must say. */
  readonly says?: RegExp;
  /** Rows read although. */
  readonly rows: number;
}

const table = 'id,name,mail\n1,Ada,a@x.example\n2,Bob,b@x.example\n3,Cem,c@x.example\n';
const rowsOf = (count: number) =>
  `id,name\n${Array.from({ length: count }, (_, index) => `${index},n`).join('\n')}\n`;
const bytes = (text: string) => Buffer.from(text, 'latin1');
const cell = (place: string, inner: string, type = '') =>
  `<c r="${place}"${type === '' ? '' : ` t="${type}"`}>${inner}</c>`;
const sheetHead = `<row r="1">${cell('A1', '<is><t>id</t></is>', 'inlineStr')}${cell('B1', '<is><t>name</t></is>', 'inlineStr')}</row>`;
const book = (second: string) => () =>
  xlsxOf(`${sheetHead}<row r="2">${cell('A2', '<v>1</v>')}${second}</row>`);

/** Those have tests of their own: they are about the folder, not about what stands in a file. */
const ofFolders = ['file-missing', 'file-unreadable', 'tables-below'] as const;
type CaseCode = Exclude<IssueCode, (typeof ofFolders)[number]>;

const cases: Readonly<Record<CaseCode, Case>> = {
  'file-empty': { name: 'a.csv', content: '', rows: 0, says: /empty/ },
  'file-is-pdf': { name: 'a.csv', content: '%PDF-1.7\n...', rows: 0, says: /PDF/ },
  'file-is-image': { name: 'a.csv', content: bytes('\x89PNG\r\n\x1a\n\0\0'), rows: 0, says: /PNG/ },
  'file-is-html': { name: 'a.csv', content: '<!DOCTYPE html><html><body>Sign in</body></html>', rows: 0 },
  'file-is-markup': { name: 'a.csv', content: '{"error": "not allowed"}', rows: 0, says: /JSON/ },
  'file-is-zip': { name: 'a.csv', content: () => zipOf({ 'x.csv': table }), rows: 0 },
  'file-is-compressed': { name: 'a.csv', content: bytes('\x1f\x8b\x08\0'), rows: 0 },
  'file-is-old-excel': { name: 'a.xls', content: bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), rows: 0 },
  'file-is-other-office': { name: 'a.ods', content: () => zipOf({ mimetype: 'x' }), rows: 0 },
  'file-is-binary': {
    name: 'a.csv',
    content: Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 7) % 30)),
    rows: 0,
  },
  'file-too-large': {
    name: 'a.csv',
    content: table,
    overrides: { limits: { fileBytes: 10 } },
    rows: 0,
    says: /limit/,
  },
  'encoding-unsupported': { name: 'a.csv', content: bytes('\xff\xfe\0\0a\0\0\0'), rows: 0, says: /UTF-32/ },
  'too-many-columns': {
    name: 'a.csv',
    content: `${Array.from({ length: 5_000 }, (_, at) => `c${at}`).join()}\n`,
    rows: 0,
    says: /5000 columns; the limit is 2,000/,
  },
  'header-not-found': {
    name: 'a.csv',
    content: table,
    overrides: { headerLine: 40 },
    rows: 0,
    says: /line 40/,
  },
  'archive-damaged': {
    name: 'a.zip',
    content: async () => (await zipOf({ 'x.csv': table })).subarray(0, 60),
    rows: 0,
  },
  'archive-encrypted': {
    name: 'a.zip',
    content: async () => encrypted(await zipOf({ 'x.csv': table })),
    rows: 0,
  },
  'archive-too-large': {
    name: 'a.zip',
    content: () => zipOf({ 'x.csv': table }),
    overrides: { limits: { unpackedBytes: 20 } },
    rows: 0,
  },
  'archive-too-dense': {
    name: 'a.zip',
    content: () => zipOf({ 'x.csv': 'a'.repeat(3_000_000) }),
    rows: 0,
    says: /times its size; the limit is 100/,
  },
  'archive-too-many-entries': {
    name: 'a.zip',
    content: () => zipOf(Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${at}.csv`, 'a']))),
    rows: 0,
    says: /5001/,
  },
  'archive-unsafe-name': {
    name: 'a.zip',
    content: async () => renamed(await zipOf({ 'aa/x.csv': table }), 'aa/x.csv', '../x.csv'),
    rows: 0,
  },
  'archive-nested': {
    name: 'a.zip',
    content: async () => zipOf({ 'in.zip': await zipOf({ 'x.csv': table }) }),
    rows: 0,
  },
  'workbook-damaged': { name: 'a.xlsx', content: () => zipOf({ 'x.csv': table }), rows: 0 },
  'workbook-unsafe': {
    name: 'a.xlsx',
    content: () =>
      xlsxOf('', [], {
        'xl/sharedStrings.xml': '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aa">]><sst/>',
      }),
    rows: 0,
  },
  'sheet-missing': {
    name: 'a.xlsx',
    content: () => xlsxOf('', [], { 'xl/_rels/workbook.xml.rels': '<Relationships/>' }),
    rows: 0,
    says: /"Data"/,
  },
  'sheet-empty': { name: 'a.xlsx', content: () => xlsxOf(''), rows: 0 },
  'too-few-cells': {
    name: 'a.csv',
    content: `${table}4,Dora\n5,Eve,e@x.example\n`,
    rows: 4,
    says: /line 5 .* 2 cells and the header 3/,
  },
  'too-many-cells': {
    name: 'a.csv',
    content: `${table}4,Do,ra,d@x\n5,Eve,e@x.example\n`,
    rows: 4,
    says: /line 5 .* 4 cells and the header 3/,
  },
  'cell-too-large': {
    name: 'a.csv',
    content: `${table}4,${'x'.repeat(200)},d@x\n5,Eve,e\n`,
    overrides: { limits: { cellChars: 100 } },
    rows: 4,
    says: /line 5/,
  },
  'truncated-last-line': { name: 'a.csv', content: `${table}4,Do`, rows: 3, says: /line|ends inside/ },
  'row-number-wrong': {
    name: 'a.xlsx',
    content: () =>
      xlsxOf(
        sheetHead +
          Array.from(
            { length: 400 },
            (_, at) => `<row r="${at === 350 ? 9 : at + 2}">${cell(`A${at + 2}`, '<v>1</v>')}</row>`,
          ).join(''),
      ),
    rows: 399,
  },
  'unclosed-quote': {
    name: 'a.csv',
    content: `${table}4,"Dora,d@x\n5,Eve,e@x.example\n6,Fay,f@x\n`,
    rows: 6,
    says: /opened in line 5/,
  },
  'stray-quote': { name: 'a.csv', content: `${table}4,5" pipe,d@x\n`, rows: 4, says: /line 5/i },
  'nul-bytes': { name: 'a.csv', content: `${table}4,Do\0ra,d@x\n`, rows: 4, says: /line 5/i },
  'invalid-bytes': {
    name: 'a.csv',
    content: Buffer.concat([
      Buffer.from(`${'çğü,ş,ı\n'.repeat(20)}1,`),
      Buffer.from([0xff]),
      Buffer.from(',x\n'),
    ]),
    rows: 1,
    says: /line 21/i,
  },
  'string-index-wrong': {
    name: 'a.xlsx',
    content: book(cell('B2', '<v>7</v>', 's')),
    rows: 1,
    says: /Column "name" in row 2/,
  },
  'repeated-header': {
    name: 'a.csv',
    content: `${table}id,name,mail\n4,Dora,d@x\n`,
    rows: 4,
    says: /Line 5/,
  },
  'empty-lines': {
    name: 'a.csv',
    content: `${table}\n , ,\n4,Dora,d@x\n`,
    rows: 4,
    says: /2 lines .* line 5/,
  },
  'header-missing': {
    name: 'a.csv',
    content: '1,a@x.example,2024-01-31\n2,b@x.example,2024-02-01\n',
    rows: 2,
  },
  'header-duplicate': { name: 'a.csv', content: 'mail,mail\na,b\n', rows: 1, says: /"mail \(2\)"/ },
  'header-empty': { name: 'a.csv', content: 'id,,mail\n1,x,a\n', rows: 1, says: /Column 2/ },
  'lines-before-header': {
    name: 'a.csv',
    content: `Contacts of Acme\n\n${table}`,
    rows: 3,
    says: /line 3/,
  },
  'trailing-empty-columns': {
    name: 'a.csv',
    content: 'id,name,,\n1,Ada,,\n2,Bob,,\n',
    rows: 2,
    says: /2 columns/,
  },
  'short-rows-filled': { name: 'a.csv', content: `${table}4,Dora\n5\n6,Fay\n`, rows: 6 },
  'mixed-line-ends': { name: 'a.csv', content: 'id,name\r\n1,Ada\n2,Bob\r3,Cem\r\n', rows: 3 },
  'delimiter-uncertain': { name: 'a.csv', content: 'a,b;c\nx,y;z\np,q;r\nk,l;m\n', rows: 3 },
  'encoding-uncertain': {
    name: 'a.csv',
    content: bytes(`name,x\n${'\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0,1\n'.repeat(30)}`),
    rows: 30,
  },
  'mojibake-suspected': {
    name: 'a.csv',
    content: 'name,x\nMÃ¼ller,1\nJosÃ©,2\nZoÃ«,3\n',
    rows: 3,
    says: /UTF-8 was read as Latin-1/,
  },
  'no-rows': { name: 'a.csv', content: 'id,name\n', rows: 0 },
  'row-count-capped': { name: 'a.csv', content: rowsOf(1_000), rows: 1_000, says: /exactly 1,000 rows/ },
  'formula-without-value': {
    name: 'a.xlsx',
    content: book(cell('B2', '<f>1+1</f>')),
    rows: 1,
    says: /Column "name" in row 2/,
  },
  'formula-cell': {
    name: 'a.xlsx',
    content: book(cell('B2', '<f>1+1</f><v>2</v>')),
    rows: 1,
    says: /1 formulas/,
  },
  'error-cell': { name: 'a.xlsx', content: book(cell('B2', '<v>#N/A</v>', 'e')), rows: 1 },
  'number-precision': { name: 'a.xlsx', content: book(cell('B2', '<v>1234567890123456789</v>')), rows: 1 },
};

/** Sets the "encrypted" bit of the first entry in its local and central header. */
function encrypted(zip: Buffer): Buffer {
  for (const [mark, offset] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    const at = zip.indexOf(mark, 0, 'latin1') + offset;
    zip.writeUInt16LE(zip.readUInt16LE(at) | 1, at);
  }
  return zip;
}

function renamed(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

describe('every issue code', () => {
  it.each(Object.entries(cases) as [IssueCode, Case][])(
    '%s is told, and good rows are read although',
    async (code, one) => {
      const content = typeof one.content === 'function' ? await one.content() : one.content;
      const read = await readContent(one.name, content, one.overrides);
      const told = read.issues.filter((issue) => issue.code === code);
      expect(read.codes).toContain(code);
      expect(read.rows).toHaveLength(one.rows);
      expect(told.every(({ message, hint, file }) => message.includes(file) && hint !== '')).toBe(true);
      if (one.says !== undefined) expect(told.map(({ message }) => message).join(' ')).toMatch(one.says);
      if (told.some(({ effect }) => effect === 'file-refused')) expect(read.opened.tables).toEqual([]);
    },
  );

  it('covers the whole closed list', () => {
    expect(Object.keys(issueTable).sort()).toEqual([...Object.keys(cases), ...ofFolders].sort());
  });

  it('file-missing is told when a file goes away between listing and reading', async () => {
    await expect(fileSource(join(tmpdir(), 'landfall-no-such-file.csv'), 'gone.csv')).rejects.toMatchObject({
      issue: { code: 'file-missing' },
    });
  });

  it('a file that goes away after opening stops the reading of its rows with a code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'landfall-files-'));
    const path = join(folder, 'a.csv');
    await writeFile(path, table);
    const opened = await openCsv(await fileSource(path, 'a.csv'));
    await rm(folder, { recursive: true });
    await expect(opened.rows()[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(RefusedFile);
  });

  it('file-unreadable is told for a folder named like a table, and other files are read', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'good.csv'), table);
      await expect(readAll(folder)).resolves.toMatchObject({ codes: [] });
      await expect(fileSource(`${join(folder, 'good.csv')}/x`, 'x')).rejects.toMatchObject({
        issue: { code: 'file-unreadable' },
      });
    });
  });
});
