import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeResultsExport } from './results.ts';

const small = {
  ...{ companies: 10, contacts: 20, deals: 15, activities: 30, notes: 5, products: 5, lines: 8, invoices: 6 },
  ...{ workOrders: 5, documents: 4, photos: 6 },
};
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'samples-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Text tables and small files by their paths; workbooks carry the time they were written. */
function bytesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.endsWith('.xlsx') && statSync(join(folder, path)).isFile(),
  );
  const small = paths.filter((path) => statSync(join(folder, path)).size < 1_000_000);
  return new Map(small.toSorted().map((path) => [path, readFileSync(join(folder, path)).toString('hex')]));
}

describe('the sample firm that ran on Results', () => {
  it('the same seed gives the same bytes, another seed others', async () => {
    await writeResultsExport(join(directory, 'a'), { seed: 5, ...small });
    await writeResultsExport(join(directory, 'b'), { seed: 5, ...small });
    await writeResultsExport(join(directory, 'c'), { seed: 6, ...small });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => bytesIn(join(directory, name)));
    expect(a).toEqual(b);
    expect(a?.get('projects.csv')).not.toBe(c?.get('projects.csv'));
  });

  it('has a case for every lettered rule of R-20 to R-29', async () => {
    const rules = new Set((await writeResultsExport(directory, small)).cases.map(({ rule }) => rule));
    const lettered: Readonly<Record<string, string>> = {
      ...{ 20: 'abc', 21: 'ab', 22: 'abcd', 24: 'abcd', 25: 'abc', 27: 'abc', 29: 'abc' },
    };
    for (const [row, letters] of Object.entries(lettered))
      for (const letter of letters) expect(rules).toContain(`R-${row}(${letter})`);
    for (const rule of ['R-23', 'R-26', 'R-28']) expect(rules).toContain(rule);
  });

  it('is written as Windows programs in the United States do: Windows-1252, CRLF, US dates, four decimals, -1 and 0', async () => {
    await writeResultsExport(directory, small);
    const text = (name: string) => readFileSync(join(directory, name)).toString('latin1');
    expect(text('contacts.csv')).toContain('Caf\u00e9 Bj\u00f6rk & S\u00f6hne');
    expect(text('contacts.csv')).toContain('\x93spring\x94 \x96 see file');
    expect(text('contacts.csv')).toMatch(/\r\n90001,/);
    expect(text('projects.csv')).toMatch(/,-1,Proposal,Open,12345\.6700,USD,60,/);
    expect(text('activities.csv')).toMatch(/4\/4\/2026 12:00 AM/);
    expect(
      readdirSync(directory)
        .filter((name) => name.endsWith('.xlsx'))
        .toSorted(),
    ).toEqual(['products.xlsx', 'sales-reps.xlsx', 'work-orders.xlsx']);
  });

  it('has the files its rows name, but for those that must be missing, and none outside of the folder', async () => {
    await writeResultsExport(directory, small);
    const files = readdirSync(join(directory, 'field-service'), { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining([join('WO-9001', 'before.jpg'), 'manifest.csv']));
    expect(files.some((path) => path.includes('never-uploaded') || path.includes('passwd'))).toBe(false);
    expect(readFileSync(join(directory, 'field-service', 'WO-9001', 'before.jpg')).subarray(0, 3)).toEqual(
      Buffer.from('ffd8ff', 'hex'),
    );
    expect(readdirSync(directory).some((name) => name === 'etc')).toBe(false);
  });
});
