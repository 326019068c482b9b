import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { TableFile } from './table.ts';
import { corpus, inFolder, readAll, readContent, xlsxOf } from './table-fixture.ts';

const megabyte = 1_048_576;
const grownMb = (before: number) => (process.memoryUsage().rss - before) / megabyte;

describe('hostile tables', () => {
  it.each([
    ['quoted', '"', 1],
    ['unquoted', '', 1],
  ])('a %s cell of 100 MB is one rejected row and flat memory (F23)', async (_, quote) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      const file = createWriteStream(path);
      file.write(`id,name\n1,Ada\n2,${quote}`);
      for (let piece = 0; piece < 100; piece++) file.write('x'.repeat(megabyte));
      file.end(`${quote}\n3,Cem\n`);
      await finished(file);
      const before = process.memoryUsage().rss;
      const read = await readAll(path);
      expect(read.cells).toEqual([
        ['1', 'Ada'],
        ['3', 'Cem'],
      ]);
      expect(read.issues).toMatchObject([
        { code: 'cell-too-large', effect: 'row-rejected', line: 3, row: 2 },
      ]);
      expect(read.issues[0]?.text?.length).toBeLessThanOrEqual(2_000);
      expect(grownMb(before)).toBeLessThan(250);
    });
  });

  it('an unclosed quote at the start of a long file costs one line', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `${index + 2},name ${index}`);
    const read = await readContent('a.csv', `id,name\n1,"Ada\n${rows.join('\n')}\n`);
    expect(read.rows).toHaveLength(100_001);
    expect(read.issues).toMatchObject([{ code: 'unclosed-quote', line: 2 }]);
  });

  it('a file that is one endless line is refused, not held', async () => {
    const read = await readContent('a.csv', 'x'.repeat(2 * megabyte));
    expect(read.codes).toContain('header-not-found');
  });

  it.each([
    ['deep nesting', `<row r="1"><c r="A1">${'<a>'.repeat(200_000)}`],
    ['a tag without end', `<row r="1" ${'x'.repeat(2 * megabyte)}`],
    ['a column far to the right', '<row r="1"><c r="ZZZZZZ1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'],
  ])('a workbook with %s ends with a code within seconds', async (_, data) => {
    const read = await readContent('a.xlsx', await xlsxOf(data));
    expect(read.opened.refused).toHaveLength(1);
  });

  it('a text of a workbook longer than any cell is a rejected row', async () => {
    const data =
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>';
    const long = Array.from({ length: 40_000 }, (_, index) =>
      String.fromCharCode(97 + ((index * 7919) % 26)),
    ).join('');
    const read = await readContent('a.xlsx', await xlsxOf(data, [long]));
    expect(read.cells).toEqual([['3']]);
    expect(read.codes).toEqual(['cell-too-large']);
  });

  it('numbers, dates and durations of a workbook become stable text', async () => {
    const values: [string, string, string][] = [
      ['0', '4.0999999999999996', '4.1'],
      ['0', '1E-7', '0.0000001'],
      ['0', '0012', '0012'],
      ['0', '1.5E10', '15000000000'],
      ['1', '45322', '2024-01-31'],
      ['1', '45322.5', '2024-01-31T12:00:00'],
      ['1', '0.5', '12:00:00'],
      ['1', '59', '1900-02-28'],
      ['1', '61', '1900-03-01'],
      ['1', '-1', '-1'],
      ['2', '1.5', '36:00:00'],
    ];
    const rows = values.map(
      ([style, value], index) =>
        `<row r="${index + 2}"><c r="A${index + 2}" s="${style}"><v>${value}</v></c></row>`,
    );
    const read = await readContent(
      'a.xlsx',
      await xlsxOf(`<row r="1"><c r="A1" t="str"><v>value</v></c></row>${rows.join('')}`),
    );
    expect(read.cells.map(([cell]) => cell)).toEqual(values.map(([, , text]) => text));
  });
});

const attack = corpus('xlsx-attack', process.env.LANDFALL_SHARED);

interface AttackCase {
  readonly file: string;
  readonly expect: string;
}

describe.skipIf(attack === undefined)(
  'attacking workbooks (skipped where the shared corpora are absent)',
  () => {
    const cases: AttackCase[] =
      attack === undefined ? [] : JSON.parse(readFileSync(join(attack, 'expected.json'), 'utf8')).cases;
    const mustSay: Readonly<Record<string, string>> = {
      'formula-no-cache.xlsx': 'formula-without-value',
      'long-number-id.xlsx': 'number-precision',
      'negative-string-index.xlsx': 'string-index-wrong',
      'string-index-out-of-range.xlsx': 'string-index-wrong',
      'duplicate-headers.xlsx': 'header-duplicate',
      'billion-laughs-sheet.xlsx': 'workbook-unsafe',
      'xxe-file-workbook.xlsx': 'workbook-unsafe',
      'xxe-parameter-contenttypes.xlsx': 'workbook-unsafe',
      'path-traversal-entry.xlsx': 'archive-unsafe-name',
      'bomb-sharedstring-60mb.xlsx': 'archive-too-dense',
    };

    it.each(cases)('$file: $expect', async ({ file, expect: wanted }) => {
      const before = process.memoryUsage().rss;
      const read = await readAll(join(attack ?? '', file));
      if (wanted === 'parse') expect(read.opened.refused).toEqual([]);
      if (/^reject(?:-with-reason)?$/.test(wanted)) expect(read.opened.tables).toEqual([]);
      if (wanted === 'reject') expect(read.opened.refused[0]?.message).toContain(file);
      const code = mustSay[file];
      if (code !== undefined) expect(read.codes).toContain(code);
      expect(grownMb(before)).toBeLessThan(256);
    });
  },
);

const edge = corpus('xlsx-edge', process.env.LANDFALL_SHARED);
/** Chart sheets, a password, a wrong size in the archive, and two that Excel opens: we read all but 252 and the password. */
const unreadByHucre = [
  'calamine/any_sheets.xlsx',
  'calamine/issue252.xlsx',
  'calamine/issue_174.xlsx',
  'calamine/issue_530.xlsx',
  'calamine/pass_protected.xlsx',
  'readxl/embedded-chartsheet.xlsx',
];

/** `<is><t>Before</t><r><t>Hierarchy</t></r></is>`: hucre drops the plain part, we keep both. */
const otherwise = new Set(['readxl/inlineStr2.xlsx: Hierarchy']);

describe.skipIf(edge === undefined)(
  'workbooks of other projects (skipped where the shared corpora are absent)',
  () => {
    const files =
      edge === undefined
        ? []
        : readdirSync(edge, { recursive: true, encoding: 'utf8' }).filter(
            (name) => !name.endsWith('.md') && /\.\w+$/.test(name),
          );

    it('every file opens, or is refused with a code and a hint; none throws', async () => {
      expect(files.length).toBeGreaterThan(90);
      for (const file of files) {
        const { opened } = await readAll(join(edge ?? '', file));
        expect(opened.tables.length + opened.refused.length, file).toBeGreaterThan(0);
        expect(
          opened.refused.every(({ hint }) => hint !== ''),
          file,
        ).toBe(true);
      }
    });

    it('every .xlsx has the texts and numbers that hucre reads; hucre gives up on few', async () => {
      let compared = 0;
      const unread: string[] = [];
      for (const file of files.filter((name) => name.endsWith('.xlsx')).sort()) {
        const theirs = await readXlsx(readFileSync(join(edge ?? '', file))).catch(() => undefined);
        if (theirs === undefined) unread.push(file);
        const { opened } = await readAll(join(edge ?? '', file), { headerLine: 0 });
        for (const table of opened.tables) {
          const values = theirs?.sheets.find(({ name }) => name === table.sheet)?.rows.flat() ?? [];
          const ours = await cellsOf(table);
          for (const value of values) {
            const text = typeof value === 'number' ? String(Number(value.toPrecision(15))) : value;
            if (typeof text !== 'string' || text.trim() === '' || otherwise.has(`${file}: ${text}`)) continue;
            compared++;
            expect(
              ours.has(text.replaceAll('\r\n', '\n')),
              `${file}, sheet ${table.sheet}: ${JSON.stringify(value)}`,
            ).toBe(true);
          }
        }
      }
      expect(compared).toBeGreaterThan(1_000);
      expect(unread).toEqual(unreadByHucre);
    });
  },
);

async function cellsOf(table: TableFile): Promise<Set<string>> {
  const cells = new Set<string>();
  for await (const batch of table.rows()) {
    for (const row of batch) for (const cell of row.cells) cells.add(cell.replaceAll('\r\n', '\n'));
  }
  return cells;
}

it('a workbook is read without writing any file beside it', async () => {
  await inFolder(async (folder) => {
    await writeFile(
      join(folder, 'a.xlsx'),
      await xlsxOf('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'),
    );
    await readAll(folder);
    expect(readdirSync(folder)).toEqual(['a.xlsx']);
  });
});
