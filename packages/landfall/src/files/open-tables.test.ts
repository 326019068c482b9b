import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MigrationError } from '../model/error.ts';
import { openTables } from './open-tables.ts';
import { inFolder, readContent, zipOf } from './table-fixture.ts';

const csv = (mark: string) => `id,name\n1,${mark}\n2,${mark}\n`;
const numbered = (count: number) =>
  `id,name\n${Array.from({ length: count }, (_, index) => `${index + 1},n${index + 1}`).join('\n')}\n`;

describe('opening tables', () => {
  it('reads a folder in name order, lists what is no table, and goes on past a file it cannot read (S-02, NF-04)', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'b.csv'), csv('b'));
      await writeFile(join(folder, 'a.tsv'), csv('a').replaceAll(',', '\t'));
      await writeFile(join(folder, 'bad.csv'), '%PDF-1.4');
      await writeFile(join(folder, 'photo.jpg'), 'x');
      await writeFile(join(folder, '.hidden.csv'), csv('h'));
      await writeFile(
        join(folder, 'z.zip'),
        await zipOf({ 'deep/c.csv': csv('c'), 'read.me': 'x', '__MACOSX/._c.csv': 'x' }),
      );
      await mkdir(join(folder, 'photos.csv'));
      const { tables, refused, ignored } = await openTables(folder);
      expect(tables.map(({ name }) => name)).toEqual(['a.tsv', 'b.csv', 'z.zip/deep/c.csv']);
      expect(refused.map(({ code, file }) => [code, file])).toEqual([['file-is-pdf', 'bad.csv']]);
      expect(ignored).toEqual(['photo.jpg', 'z.zip/__MACOSX/._c.csv', 'z.zip/read.me']);
    });
  });

  it('tables in folders below are not read, and are told: nothing is lost in silence (NF-04)', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'older'));
      await mkdir(join(folder, 'photos'));
      await writeFile(join(folder, 'older', 'deals.csv'), csv('d'));
      await writeFile(join(folder, 'older', 'readme.txt'), 'x');
      await writeFile(join(folder, 'photos', 'a.jpg'), 'x');
      const alone = await openTables(folder);
      expect(alone.tables).toEqual([]);
      await writeFile(join(folder, 'a.csv'), csv('a'));
      const { tables, refused } = await openTables(folder);
      expect(tables.map(({ name }) => name)).toEqual(['a.csv']);
      expect(refused.map(({ code, file, message }) => [code, file, message])).toEqual([
        ['tables-below', 'older', '1 table in the folder older is not read: deals.csv.'],
      ]);
    });
  });

  it('reads the tables of a zip archive by the names of its entries', async () => {
    const read = await readContent('export.zip', await zipOf({ 'b.csv': csv('b'), 'a.csv': csv('a') }));
    expect(read.opened.tables.map(({ name }) => name)).toEqual(['a.csv', 'b.csv']);
    expect(read.cells).toEqual([
      ['1', 'a'],
      ['2', 'a'],
      ['1', 'b'],
      ['2', 'b'],
    ]);
  });

  it.each([
    ['path-missing', (folder: string) => join(folder, 'none')],
    ['nothing-to-read', (folder: string) => folder],
  ])('throws %s', async (code, path) => {
    await inFolder(async (folder) => {
      const trouble = await openTables(path(folder)).catch((error: unknown) => error);
      expect(trouble).toBeInstanceOf(MigrationError);
      expect(trouble).toMatchObject({ code, recovery: 'stop' });
    });
  });

  it.skipIf(process.getuid?.() === 0)(
    'throws path-forbidden for a folder without rights (skipped for root, who may read all)',
    async () => {
      await inFolder(async (folder) => {
        const closed = join(folder, 'closed');
        await mkdir(closed);
        await chmod(closed, 0);
        await expect(openTables(closed)).rejects.toMatchObject({ code: 'path-forbidden' });
        await chmod(closed, 0o700);
      });
    },
  );

  it('takes what a person says over what it finds, for all files and for one', async () => {
    const read = await readContent('a.csv', 'x;y\n1,5;2\n3,5;4\n', {
      delimiter: ',',
      files: { 'a.csv': { delimiter: ';' } },
    });
    expect(read.header).toEqual(['x', 'y']);
    expect(read.first?.delimiter).toMatchObject({ value: ';', confidence: 1, evidence: 'as told' });
    expect((await readContent('a.csv', csv('a'), { headerLine: 0 })).cells[0]).toEqual(['id', 'name']);
    expect((await readContent('a.csv', csv('a'), { headerLine: 2 })).header).toEqual(['1', 'a']);
    expect(
      (await readContent('a.csv', Buffer.from('n,m\n\xfe,x\n', 'latin1'), { encoding: 'windows-1254' }))
        .cells,
    ).toEqual([['ş', 'x']]);
  });
});

describe('reading rows', () => {
  it('goes on from any row number with the same rows and line numbers, and tells earlier issues only once', async () => {
    const content = `${numbered(5)}bad\n\n"6","n\n6"\n${numbered(3).slice(8)}`;
    const all = await readContent('a.csv', content);
    for (let fromRow = 1; fromRow <= all.rows.length + 2; fromRow++) {
      const rest = await readContent('a.csv', content, {}, { fromRow });
      expect(rest.rows).toEqual(all.rows.filter(({ row }) => row >= fromRow));
      expect(rest.codes.includes('too-few-cells')).toBe(fromRow <= 6);
    }
    expect(all.rows.map(({ row, line }) => [row, line]).slice(4)).toEqual([
      [5, 6],
      [7, 9],
      [8, 11],
      [9, 12],
      [10, 13],
    ]);
  });

  it('gives batches of the size asked for', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'a.csv'), numbered(25));
      const sizes: number[] = [];
      const { tables } = await openTables(folder);
      for await (const batch of tables[0]?.rows({ batchRows: 10 }) ?? []) sizes.push(batch.length);
      expect(sizes).toEqual([10, 10, 5]);
    });
  });

  it('stops when told to', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'a.csv'), numbered(200_000));
      const { tables } = await openTables(folder);
      const stop = new AbortController();
      let rows = 0;
      const reading = async () => {
        for await (const batch of tables[0]?.rows({ signal: stop.signal }) ?? []) {
          rows += batch.length;
          stop.abort();
        }
      };
      await expect(reading()).rejects.toThrow();
      expect(rows).toBeLessThan(200_000);
    });
  });

  it('tells a rejected row with its number, its line and its text, so that it can be mended and fed back', async () => {
    const read = await readContent('a.csv', `${csv('a')}3,"x, y",z\n`);
    expect(read.issues).toMatchObject([
      { code: 'too-many-cells', effect: 'row-rejected', row: 3, line: 4, text: '3,"x, y",z' },
    ]);
  });

  it('finds titles above the header, a sep= line, and other delimiters', async () => {
    expect((await readContent('a.csv', `sep=|\n${csv('a').replaceAll(',', '|')}`)).cells).toEqual([
      ['1', 'a'],
      ['2', 'a'],
    ]);
    expect(
      (await readContent('a.csv', `Report\nmade,today\n\nid,name,mail,city\n${'1,a,b,c\n'.repeat(5)}`)).first
        ?.headerLine,
    ).toBe(4);
    for (const delimiter of [';', '\t', '|', '^', '\x1f']) {
      const text = `a,b${delimiter}c${delimiter}d\n${`1,5${delimiter}x${delimiter}y\n`.repeat(3)}`;
      expect((await readContent('a.csv', text)).header).toEqual(['a,b', 'c', 'd']);
    }
  });

  it('reads columns named like members of an object as ordinary columns', async () => {
    const read = await readContent('a.csv', '__proto__,constructor,toString\n1,2,3\n');
    expect([read.header, read.cells[0]]).toEqual([
      ['__proto__', 'constructor', 'toString'],
      ['1', '2', '3'],
    ]);
  });
});

describe('encodings', () => {
  const turkish = 'ad,soyad,şehir\nAyşe,Yılmaz,İstanbul\nÇağrı,Öztürk,Iğdır\nGül,Şahin,Muğla\n';
  const western =
    'name,city\nJosé,Málaga\nZoë,Liège\nBjörn,Århus\nÍris,Ísafjörður\nÞór,Ólafsvík\nÁsdís,Húsavík\n';
  const bytesIn = (text: string, encoding: string): Buffer => {
    const decoder = new TextDecoder(encoding);
    const byByte = new Map(
      Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
    );
    return Buffer.from(Array.from(text, (letter) => byByte.get(letter) ?? 63));
  };
  const utf16 = (text: string, bigEndian: boolean) =>
    bigEndian ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le');

  it.each<[string, Buffer, string, string]>([
    ['UTF-8', Buffer.from(turkish), 'utf-8', turkish],
    ['UTF-8 with two marks', Buffer.from(`\uFEFF\uFEFF${turkish}`), 'utf-8', turkish],
    ['UTF-16LE with a mark', utf16(`\uFEFF${turkish}`, false), 'utf-16le', turkish],
    ['UTF-16BE with a mark', utf16(`\uFEFF${turkish}`, true), 'utf-16be', turkish],
    ['UTF-16LE without a mark', utf16(turkish, false), 'utf-16le', turkish],
    ['UTF-16BE without a mark', utf16(turkish, true), 'utf-16be', turkish],
    ['Windows-1254 by its Turkish letters', bytesIn(turkish, 'windows-1254'), 'windows-1254', turkish],
    ['Windows-1252 with Icelandic letters', bytesIn(western, 'windows-1252'), 'windows-1252', western],
    ['Windows-1252', bytesIn('a,b\nMüller,é\n', 'windows-1252'), 'windows-1252', 'a,b\nMüller,é\n'],
  ])('reads %s', async (_, bytes, encoding, text) => {
    const read = await readContent('a.csv', bytes);
    expect(read.first?.encoding?.value).toBe(encoding);
    expect(read.first?.encoding?.evidence).not.toBe('');
    expect([read.header, ...read.cells]).toEqual(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(',')),
    );
  });

  it('decides by the whole file: letters that come after a long stretch of ASCII count', async () => {
    const read = await readContent(
      'a.csv',
      Buffer.concat([Buffer.from(numbered(60_000)), bytesIn('60001,Ayşe Yılmaz\n', 'windows-1254')]),
    );
    expect(read.first?.encoding?.value).toBe('windows-1254');
    expect(read.cells.at(-1)).toEqual(['60001', 'Ayşe Yılmaz']);
  });

  it('reads letters that lie across two pieces of the file', async () => {
    const read = await readContent('a.csv', `id,name\n${'1,ş😀\n'.repeat(60_000)}`);
    expect(read.rows.every(({ cells }) => cells[1] === 'ş😀')).toBe(true);
  });

  it.each([
    // "Ayşe Yılmaz, Gül, Çağrı" as a DOS program of Turkey writes it, "Zoë, Müller" of the West, "Ça" of an old Mac
    ['CP857', 'Ay\x9fe Y\x8dlmaz,G\x81l\n\x80a\xa7r\x8d,x\n'],
    ['CP850', 'Zo\x89,M\x81ller\n'],
    ['Mac Roman', 'gar\x8don,voil\x88\n'],
  ])('letters of %s are read as well as can be, and a person is asked to look', async (_what, text) => {
    const read = await readContent('a.csv', Buffer.from(`ad,soyad\n${text}`, 'latin1'));
    expect(read.codes).toContain('encoding-uncertain');
    expect(read.issues.map(({ message }) => message).join()).toMatch(/stand for no letter there.*DOS or Mac/);
  });

  it('tells Turkish letters that were read as Windows-1252 before saving', async () => {
    expect((await readContent('a.csv', 'ad,il\nAyþe,Muðla\nÞahin,Iðdýr\n')).codes).toContain(
      'mojibake-suspected',
    );
  });
});
