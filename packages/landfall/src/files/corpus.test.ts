import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTables } from './open-tables.ts';
import { corpus, readAll } from './table-fixture.ts';

interface PollutedCase {
  readonly file: string;
  readonly expect: string;
  readonly clean: string | null;
}

/** Cases where we do something else than the corpus expects, and why. */
const deliberate: Readonly<Record<string, string>> = {
  'wide_5000_cols.csv':
    'over the column limit of 2,000: refused with a code; read as expected when the limit is raised (below)',
  'no_header.csv':
    'says header-missing and keeps the first line as a row under made-up names, instead of taking it for the header',
  'enc_double_utf8.csv': 'mojibake is told, not mended: the cells stay as they stand in the file',
  'enc_invalid_bytes.csv': 'the damaged row is told with its line, not with a byte offset',
  'duplicate_rows.csv': 'duplicate keys are found by the audit, which knows what a key is; rows are all read',
  'cell_200kb.csv': "read in full; the 65k limit is the destination's and is told by the audit",
  'header_duplicate.csv': 'the second column is named "Name (2)"',
  'header_empty_cell.csv': 'the column is named "Column 2"',
};

const polluted = corpus('csv-pollution-own', process.env.LANDFALL_SHARED);
const pollutedCases: PollutedCase[] =
  polluted === undefined ? [] : JSON.parse(readFileSync(join(polluted, 'expected.json'), 'utf8')).cases;

describe.skipIf(polluted === undefined)(
  'the polluted CSV corpus (skipped where the shared corpora are absent)',
  () => {
    const at = (file: string) => join(polluted ?? '', file);
    const matrix = (file: string): string[][] => JSON.parse(readFileSync(at(file), 'utf8'));

    it('is there', () => {
      expect(pollutedCases.length).toBeGreaterThan(150);
    });

    it.each(pollutedCases.filter(({ file }) => !file.startsWith('row_') && !(file in deliberate)))(
      '$file: $expect',
      async ({ file, expect: wanted, clean }) => {
        const read = await readAll(at(file));
        if (wanted.startsWith('error:')) {
          expect(read.codes).toContain('file-empty');
          return;
        }
        expect([read.header, ...read.cells]).toEqual(matrix(clean ?? 'clean/source.json'));
        if (/reported|rejected|asked|counted|warned/.test(wanted)) expect(read.codes).not.toEqual([]);
      },
    );

    it.each(pollutedCases.filter(({ file }) => file.startsWith('row_')))(
      '$file: only the bad row is lost, and it is told',
      async ({ file }) => {
        const read = await readAll(at(file));
        const bad = Number(/_r(\d+)/.exec(file)?.[1]);
        const kept = new Set(read.cells.map((cells) => JSON.stringify(cells)));
        const lost = matrix('clean/source.json')
          .slice(1)
          .flatMap((cells, index) => (kept.has(JSON.stringify(cells)) ? [] : [index + 1]));
        expect(lost.filter((row) => row !== bad)).toEqual([]);
        if (lost.length > 0)
          expect(read.issues.filter(({ row }) => row === bad || row === bad + 1)).not.toEqual([]);
      },
    );

    it.each(Object.entries(deliberate))('%s is handled otherwise: %s', async (file) => {
      const read = await readAll(at(file));
      const expected = pollutedCases.find((one) => one.file === file);
      if (file === 'wide_5000_cols.csv') {
        expect(read.codes).toEqual(['too-many-columns']);
        const raised = await readAll(at(file), { limits: { columns: 6_000 } });
        expect([raised.header, ...raised.cells]).toEqual(matrix(expected?.clean ?? ''));
      } else if (file === 'no_header.csv') {
        expect(read.codes).toContain('header-missing');
        expect(read.cells).toEqual(matrix('clean/no_header.csv.json'));
      } else if (file === 'enc_double_utf8.csv') {
        expect(read.codes).toContain('mojibake-suspected');
        expect(read.rows).toHaveLength(60);
      } else if (file === 'enc_invalid_bytes.csv') {
        expect(read.rows).toHaveLength(60);
        expect(read.issues.filter(({ code, line }) => code === 'invalid-bytes' && line > 0)).not.toEqual([]);
      } else {
        expect(read.cells).toEqual(matrix(expected?.clean ?? 'clean/source.json').slice(1));
        expect(new Set(read.header).size).toBe(read.header.length);
      }
    });
  },
);

const edge = corpus('csv-edge', process.env.LANDFALL_SHARED);

describe.skipIf(edge === undefined)(
  'CSV files of other projects (skipped where the shared corpora are absent)',
  () => {
    const spectrum = join(edge ?? '', 'csv-spectrum');
    const oracles = edge === undefined ? [] : readdirSync(spectrum).filter((name) => name.endsWith('.json'));

    it.each(oracles)('csv-spectrum %s reads as its oracle says', async (name) => {
      const read = await readAll(join(spectrum, name.replace('.json', '.csv')));
      const records = read.cells.map((cells) =>
        Object.fromEntries(read.header.map((key, index) => [key, cells[index]])),
      );
      expect(records).toEqual(JSON.parse(readFileSync(join(spectrum, name), 'utf8')));
    });

    it('every file opens, or is refused with a code and a hint; none throws', async () => {
      const files =
        edge === undefined
          ? []
          : readdirSync(edge, { recursive: true, encoding: 'utf8' }).filter((name) =>
              /\.(?:csv|tsv|txt)$/.test(name),
            );
      expect(files.length).toBeGreaterThan(100);
      for (const file of files) {
        const read = await readAll(join(edge ?? '', file));
        expect(read.opened.tables.length + read.opened.refused.length, file).toBeGreaterThan(0);
        for (const { cells } of read.rows) expect(cells.length, file).toBe(read.header.length);
      }
    });

    it('twenty thousand rows of another loader are all read, and none is lost in silence', async () => {
      const path = join(edge ?? '', 'salesforce-dataloader-tests', '20kRows.csv');
      const read = await readAll(path);
      const lines = readFileSync(path, 'latin1')
        .split(/\r\n|\n|\r/)
        .filter((line) => line.trim() !== '').length;
      expect(read.rows.length + read.issues.filter(({ effect }) => effect === 'row-rejected').length).toBe(
        lines - 1,
      );
    });
  },
);

const encodings = corpus('encodings/charset_normalizer', process.env.LANDFALL_SHARED);

describe.skipIf(encodings === undefined)(
  'texts in other encodings (skipped where the shared corpora are absent)',
  () => {
    it.each([
      ['sample-turkish.txt', /^windows-1254$|^utf-8$/],
      ['sample-english.bom.txt', /^utf-8$/],
      ['sample-russian.txt', /./],
      ['sample-russian-3.txt', /./],
      ['sample-bulgarian.txt', /./],
      ['sample-greek.txt', /./],
      ['sample-arabic-1.txt', /./],
    ])('%s is read as %s, and a guess is called one', async (file, wanted) => {
      const { tables } = await openTables(join(encodings ?? '', file));
      const { encoding, issues } = tables[0] ?? { encoding: undefined, issues: [] };
      expect(encoding?.value).toMatch(wanted);
      expect(encoding?.evidence).not.toBe('');
      if ((encoding?.confidence ?? 0) < 0.8)
        expect(issues.map(({ code }) => code)).toContain('encoding-uncertain');
    });
  },
);
