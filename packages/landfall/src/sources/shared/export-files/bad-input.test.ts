import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExportConfiguration } from './configuration.ts';
import {
  catalog,
  directory,
  errorOf,
  issuesOf,
  pagesOf,
  put,
  recordsOf,
  signal,
  source,
  withFolder,
} from './export-files-fixture.ts';

withFolder();

describe('what a person says in landfall.yaml (source.tables)', () => {
  it('names the entity and the columns of a table', async () => {
    put('x.csv', 'Kunde;Netz\nAcme;acme.example\n');
    const tables = [{ file: 'x.csv', entity: 'firms', columns: { Kunde: 'Firm', Netz: 'Web' } }];
    const [record] = await recordsOf(source(tables), 'firms');
    expect(record).toMatchObject({ key: 'firms:Acme', fields: { Kunde: 'Acme', Netz: 'acme.example' } });
  });

  it('leaves a table out', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    put('firms-old.csv', 'Firm ID,Firm\n1,Acme\n');
    const tables = [{ file: 'firms-old.csv', entity: 'none' }];
    expect(await recordsOf(source(tables), 'firms')).toHaveLength(1);
    expect(await issuesOf(source(tables), 'table-left-out')).toHaveLength(1);
  });

  it('says the delimiter and the line of the header', async () => {
    put('firms.csv', 'Export of today|x\n\nFirm ID|Firm\n1|Acme, Ltd.\n');
    const tables = [{ file: 'firms.csv', delimiter: '|', headerRow: 3 }];
    expect((await recordsOf(source(tables), 'firms'))[0]?.fields.Firm).toBe('Acme, Ltd.');
  });

  it.each([
    [{}, 'source.export must name the folder'],
    [{ export: './x', extra: 1 }, 'extra'],
    [
      { export: './x', tables: [{ file: 'a.csv', entity: 'cats' }] },
      'there is no entity "cats"; there are firms, people, or none',
    ],
    [
      { export: './x', tables: [{ file: 'a.csv', entity: 'firms', columns: { A: 'Colour' } }] },
      '"A" is said to be "Colour", but firms has Firm ID',
    ],
    [{ export: './x', tables: [{ entity: 'firms' }] }, 'source.tables.0.file'],
  ])('faults are named with their place: %j', (value, message) => {
    expect(() => parseExportConfiguration(catalog, { system: 'sample', ...value })).toThrow(message);
  });

  it('a file that is not there is refused with those that are', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    const error = await errorOf(() => source([{ file: 'gone.csv', entity: 'firms' }]).check(signal));
    expect(error).toMatchObject({
      code: 'configuration-wrong',
      message: expect.stringContaining('gone.csv, but the export holds firms.csv'),
    });
  });
});

describe('bad input gets a clear message', () => {
  it('a path that is not there', async () => {
    const error = await errorOf(() => source([], join(directory(), 'nowhere')).check(signal));
    expect(error).toMatchObject({ code: 'path-missing', message: expect.stringContaining('nowhere') });
  });

  it('an empty folder', async () => {
    expect(await errorOf(() => source().check(signal))).toMatchObject({ code: 'nothing-to-read' });
  });

  it('a folder without rights', async () => {
    const closed = join(directory(), 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o000);
    const asRoot = process.getuid?.() === 0;
    // Root may read everything: the check needs a user who may not.
    if (asRoot) chmodSync(directory(), 0o755);
    if (asRoot) process.seteuid?.(65_534);
    try {
      expect(await errorOf(() => source([], closed).check(signal))).toMatchObject({ code: 'path-forbidden' });
    } finally {
      if (asRoot) process.seteuid?.(0);
      chmodSync(closed, 0o755);
    }
  });

  it.each([
    ['an empty file', 'firms.csv', ''],
    ['a picture', 'firms.csv', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['a PDF', 'firms.csv', '%PDF-1.7 x'],
    ['a web page', 'firms.csv', '<!doctype html><html><body>Sign in</body></html>'],
    ['an old Excel file', 'firms.xls', Buffer.from('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 'latin1')],
    ['random bytes', 'firms.csv', Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 7 + 3) % 32))],
    ['5,000 columns', 'firms.csv', `${Array.from({ length: 5_000 }, (_, at) => `c${at}`).join(',')}\n`],
  ])('only %s: nothing could be read, with the reason', async (_what, name, content) => {
    put(name, content);
    const error = await errorOf(() => source().check(signal));
    expect(error.code).toBe('file-unreadable');
    expect(error.message).toContain(name);
  });

  it('such a file beside good ones is listed and the others are read', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    put('people.csv', '%PDF-1.7');
    const { issues, entities } = await source().describe(signal);
    expect(entities.map(({ name }) => name)).toEqual(['firms']);
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'file-is-pdf', severity: 'high', at: 'people.csv' }),
    );
    expect((await source().check(signal)).lines.join('\n')).toContain('people.csv');
  });

  it('unknown headers: those seen and those expected are told', async () => {
    put('a.csv', 'Alpha,Beta\n1,2\n');
    const error = await errorOf(() => source().check(signal));
    expect(error.code).toBe('headers-unknown');
    expect(error.message).toContain('a.csv: Alpha, Beta (none of its 2 columns is known)');
    expect(error.message).toContain('people: First or Last or Mail');
  });

  it('a broken quote does not swallow the rows after it', async () => {
    put('firms.csv', 'Firm ID,Firm,Mood\n1,Acme,a\n2,"Bolt,b\n3,Cem,c\n4,Dora,d\n');
    expect((await recordsOf(source(), 'firms')).map(({ key }) => key)).toEqual(
      expect.arrayContaining(['firms:1', 'firms:3', 'firms:4']),
    );
    expect(await issuesOf(source(), 'unclosed-quote')).toMatchObject([{ at: 'firms.csv:3' }]);
  });

  it('a file that goes away between two looks is told', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    const connector = source();
    await connector.check(signal);
    rmSync(join(directory(), 'firms.csv'));
    await expect(pagesOf(connector, 'firms')).rejects.toThrow('not there any more');
  });
});
