import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Row } from './row-rules.ts';
import { Spool } from './spool.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function spoolIn(name = 'spool'): Spool {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-spool-'));
  made.push(directory);
  return new Spool(join(directory, name));
}

/** What is read of a spool after these rows were written into it. */
async function readBack(rows: readonly Row[]): Promise<readonly (readonly string[])[]> {
  const spool = spoolIn();
  const { tables } = await spool.fill(async (writer) => {
    const written = await writer.write('a.jsonl', batches(rows));
    const table = { entity: 'a', file: 'a.jsonl', title: 'A', trouble: null, ...written };
    return { version: 1, at: '', address: 'https://a.test', tables: [table] };
  });
  const found: (readonly string[])[] = [];
  for (const list of tables)
    for await (const batch of spool.table(list).rows()) found.push(...batch.map(({ cells }) => cells));
  return found;
}

async function* batches(rows: readonly Row[]): AsyncIterable<readonly Row[]> {
  for (const row of rows) yield [row];
}

describe('a spool (P-02)', () => {
  it.each([
    ['line and paragraph separators of Unicode', 'one\u2028two\u2029three'],
    ['line breaks of any machine', 'one\r\ntwo\rthree\nfour\u0085five'],
    ['NUL and half a character', 'a\u0000b\ud800c'],
    ['a quote and a backslash', '"\\'],
  ])('gives a text back as it was: %s', async (_, text) => {
    expect(
      await readBack([
        { id: '1', note: text },
        { id: '2', note: 'plain' },
      ]),
    ).toEqual([
      ['1', text],
      ['2', 'plain'],
    ]);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'gives nothing, and no function, for the column %s in a row that lacks it',
    async (name) => {
      const full = JSON.parse(`{"id":"1",${JSON.stringify(name)}:"Acme Build"}`) as Row;
      expect(await readBack([full, { id: '2' }])).toEqual([
        ['1', 'Acme Build'],
        ['2', ''],
      ]);
    },
  );

  it('says that the disk is at fault when it cannot be written, and keeps what lay in it', async () => {
    const spool = spoolIn();
    const filled = spool.fill(async (writer) => {
      await writer.write('no-such-folder/a.jsonl', batches([{ id: '1' }]));
      return { version: 1, at: '', address: '', tables: [] };
    });
    await expect(filled).rejects.toMatchObject({ code: 'store-unusable' });
  });
});
