import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeBulkExport } from './bulk-export.ts';
import { writeSampleCompany } from './smart-crm-online.ts';
import { sampleUsers, unknownOwner } from './users.ts';

const small = { companies: 20, contacts: 60, deals: 30, activities: 80, notes: 20 };
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'samples-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function filesIn(folder: string): Map<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('hex')]));
}

describe('the sample company', () => {
  it('the same seed gives the same bytes, another seed others', async () => {
    await writeSampleCompany(join(directory, 'a'), { seed: 5, ...small });
    await writeSampleCompany(join(directory, 'b'), { seed: 5, ...small });
    await writeSampleCompany(join(directory, 'c'), { seed: 6, ...small });
    expect(filesIn(join(directory, 'a'))).toEqual(filesIn(join(directory, 'b')));
    expect(filesIn(join(directory, 'c')).get('deals.csv')).not.toBe(
      filesIn(join(directory, 'a')).get('deals.csv'),
    );
  });

  it('has a case for every lettered rule of S-20 to S-31', async () => {
    const { cases } = await writeSampleCompany(directory, small);
    const rules = new Set(cases.map(({ rule }) => rule));
    const lettered: Readonly<Record<string, string>> = {
      20: 'abc',
      21: 'abc',
      22: 'abcd',
      23: 'abc',
      24: 'ab',
      25: 'ab',
      26: 'ab',
      27: 'ab',
      28: 'abcd',
      29: 'abcd',
      31: 'abcdef',
    };
    for (const [row, letters] of Object.entries(lettered)) {
      for (const letter of letters) expect(rules).toContain(`S-${row}(${letter})`);
    }
    expect(rules).toContain('S-30');
  });

  it('has leads when asked for some, and the rest is as without them', async () => {
    await writeSampleCompany(join(directory, 'without'), { seed: 5, ...small });
    const { rows, files } = await writeSampleCompany(join(directory, 'with'), {
      seed: 5,
      ...small,
      leads: 7,
    });
    expect(rows.leads).toBe(7 + 5);
    expect(files['leads.csv']).toBe('leads');
    const { 'leads.csv': leads, ...others } = Object.fromEntries(filesIn(join(directory, 'with')));
    expect(leads).toBeDefined();
    expect(others).toEqual(Object.fromEntries(filesIn(join(directory, 'without'))));
  });

  it('is dirty in the ways it says: encodings, delimiters, line ends, a line that breaks off', async () => {
    const { files } = await writeSampleCompany(directory, small);
    expect(readdirSync(directory).toSorted()).toEqual(Object.keys(files).toSorted());
    const bytes = (name: string) => readFileSync(join(directory, name));
    expect(bytes('notes.csv').subarray(0, 2).toString('hex')).toBe('fffe');
    expect(bytes('companies.csv').includes(0xde)).toBe(true);
    expect(bytes('companies.csv').toString('latin1')).toContain(';');
    expect(bytes('deals.csv').toString()).toMatch(/^sep=;\r\n/);
    expect(bytes('contacts.csv').toString()).toMatch(/[^\r]\n[\s\S]*\r\n/);
    expect(bytes('activities.csv').toString()).toMatch(/A-99999,Call,[^\n]*$/);
  });

  it('the unknown owner has no user, one user is not active, addresses are nobody’s', () => {
    expect(sampleUsers.map(({ email }) => email)).not.toContain(unknownOwner.email);
    expect(sampleUsers.filter(({ active }) => !active)).toHaveLength(1);
    expect(sampleUsers.every(({ email }) => email.endsWith('.example'))).toBe(true);
  });
});

describe('the bulk export', () => {
  it('has the records asked for: 20 % companies, 50 % contacts, 30 % deals', async () => {
    const counts = await writeBulkExport(directory, { records: 1_001, seed: 3 });
    expect(counts).toEqual({ companies: 200, contacts: 501, deals: 300 });
    for (const [name, count] of Object.entries(counts)) {
      const lines = readFileSync(join(directory, `${name}.csv`), 'utf8')
        .trimEnd()
        .split('\n');
      expect(lines).toHaveLength(count + 1);
    }
  });
});
