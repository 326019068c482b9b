import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { must } from '../base/assert.ts';
import { writeAtomically } from './atomic-file.ts';
import { fileSource, headOf } from './byte-source.ts';
import { type CsvStyle, csvText, writeCsv } from './csv-writing.ts';
import { bareCell } from './formula-safety.ts';
import { inFolder, readAll } from './table-fixture.ts';
import { writeLargeSheet, writeWorkbook } from './xlsx-writing.ts';
import { entrySources } from './zip-archive.ts';

const unit = fc.constantFrom(
  'a',
  'ş',
  '😀',
  ' ',
  ',',
  ';',
  '"',
  '\n',
  '\r\n',
  '=',
  '\t',
  "'",
  '-',
  '7',
  '_x0041_',
  '<',
  '&',
);
const cell = fc.string({ unit, maxLength: 8 });
/** Lines without any value are no records, so each row begins with one. */
const rowOf = (cells: readonly string[], index: number) => [`r${index}`, ...cells];
const matrix = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }).map((rows) => rows.map(rowOf));
const header = ['key', 'one', 'two'];

describe('written CSV', () => {
  it('reads back cell by cell as it was written, in every style (property)', async () => {
    const styles = fc.record<CsvStyle>({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\r\n', '\n'),
      mark: fc.boolean(),
      guards: fc.boolean(),
    });
    await inFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      await fc.assert(
        fc.asyncProperty(matrix, styles, async (rows, style) => {
          await writeCsv(path, header, rows, style);
          const read = await readAll(path);
          const back = read.cells.map((cells) => (style.guards ? cells.map(bareCell) : cells));
          expect([read.header, ...back]).toEqual([header, ...rows]);
          expect(read.issues.filter(({ effect }) => effect !== 'warning')).toEqual([]);
        }),
        { numRuns: 100 },
      );
    });
  });

  it('is handed on in pieces, so that a long table is never held whole', async () => {
    function* rows() {
      for (let index = 0; index < 20_000; index++) yield ['x'.repeat(20), String(index)];
    }
    let pieces = 0;
    for await (const piece of csvText(['a', 'b'], rows())) {
      pieces++;
      expect(piece.length).toBeLessThan(100_000);
    }
    expect(pieces).toBeGreaterThan(5);
  });
});

describe('an atomic write', () => {
  it('leaves the old file and no part when the content breaks off', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.txt');
      await writeFile(path, 'old');
      function* broken() {
        yield 'new';
        throw new Error('no more');
      }
      await expect(writeAtomically(path, broken())).rejects.toThrow('no more');
      expect(await readFile(path, 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['a.txt']);
    });
  });

  it('makes the folder, and a file that only its owner can read', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'reports', 'a.txt');
      await writeAtomically(path, ['one', Buffer.from('two')]);
      expect(await readFile(path, 'utf8')).toBe('onetwo');
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    });
  });
});

describe('a written workbook', () => {
  it('reads back as it was written, texts as texts and formulas never run (property)', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.xlsx');
      await fc.assert(
        fc.asyncProperty(matrix, async (rows) => {
          await writeWorkbook(path, [{ name: 'Data', header, rows }]);
          const read = await readAll(path);
          expect([read.header, ...read.cells]).toEqual([header, ...rows]);
          expect(read.codes).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });
  });

  it('has a frozen, bold header, a filter, sheet names Excel takes, and numbers, dates and booleans as such', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.xlsx');
      const rows = [[1.5, true, new Date(Date.UTC(2024, 0, 31)), '=1+1', null]];
      await writeWorkbook(path, [
        { name: 'Deals/open: a very long name for one sheet', header: ['n', 'b', 'd', 't', 'e'], rows },
        { name: 'deals open  a very long name for one sheet', header: ['x'], rows: [] },
      ]);
      const { entries } = await entrySources(await fileSource(path, 'a.xlsx'), (name) =>
        /sheet1\.xml$/.test(name),
      );
      const sheet = (await headOf(must(entries[0], 'one sheet'), 1_000_000)).toString('utf8');
      expect(sheet).toMatch(/<pane[^>]*state="frozen"/);
      expect(sheet).toContain('<autoFilter ref="A1:E2"');
      expect(sheet).not.toContain('<f>');
      const read = await readAll(path);
      expect(read.cells[0]).toEqual(['1.5', 'TRUE', '2024-01-31', '=1+1', '']);
      const names = read.opened.tables.map(({ sheet: name }) => name ?? '');
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2);
      expect(names.every((name) => name.length <= 31 && !/[[\]:*?/\\]/.test(name))).toBe(true);
    });
  });

  it('cuts a text that no cell can hold, visibly', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.xlsx');
      await writeWorkbook(path, [{ name: 'Data', header: ['a'], rows: [['x'.repeat(40_000)]] }]);
      const [row] = (await readAll(path)).cells;
      expect(row?.[0]).toHaveLength(32_767);
      expect(row?.[0]).toMatch(/ \[cut\]$/);
    });
  });

  it('of one large sheet is streamed, and reads back', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.xlsx');
      function* rows() {
        for (let index = 0; index < 3_000; index++) yield [index, `name ${index}`, '=1+1'];
      }
      await writeLargeSheet(path, { name: 'Rows', header: ['id', 'name', 'text'], rows: rows() });
      const read = await readAll(path);
      expect(read.rows).toHaveLength(3_000);
      expect(read.cells.at(-1)).toEqual(['2999', 'name 2999', '=1+1']);
      expect(read.codes).toEqual([]);
    });
  });
});
