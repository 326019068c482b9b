import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proposeTable } from './propose-table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-propose-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function propose(text: string | Buffer, entity = 'person', name = 'table.csv') {
  const path = join(folder, name);
  writeFileSync(path, text);
  return proposeTable(path, entity, new AbortController().signal);
}

describe('propose FILE --entity E (cli.md)', () => {
  it('says what the table is and where each column goes', async () => {
    const { table, fields } = await propose('E-posta;Ad Soyad;Notlar\nali@x.example;Ali Kaya;x\n');
    expect(table).toMatchObject({ rows: 1, headerRow: 1, delimiter: ';', rejected: [] });
    expect(fields.map((field) => field.source)).toEqual(['E-posta', 'Ad Soyad', 'Notlar']);
    expect(fields[0]?.target).toMatch(/^person\.emails/);
    expect(Object.keys(fields[0] ?? {})).not.toContain('entity');
    for (const { confidence, band } of fields) {
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(['auto', 'review', 'leave']).toContain(band);
    }
  });

  it('tells rows it cannot read with their line', async () => {
    const { table } = await propose('Name,Email\nAli,a@x.example\nVeli,"b@x.example\n');
    expect(table.rows + table.rejected.length).toBeGreaterThan(0);
    for (const { line, reason } of table.rejected) {
      expect(line).toBeGreaterThan(1);
      expect(reason).not.toBe('');
    }
  });

  it('a table without rows is one', async () => {
    expect((await propose('Name,Email\n')).table.rows).toBe(0);
  });

  it.each([
    ['an entity there is not', 'Name\nAli\n', 'spaceship', 'usage'],
    [
      'a file that is no table',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]),
      'person',
      'file-unreadable',
    ],
  ])('%s is refused with what to do', async (_what, text, entity, code) => {
    await expect(propose(text, entity)).rejects.toMatchObject({ code });
  });
});
