import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SharedFiles } from './shared-files.ts';

const never = new AbortController().signal;
let directory: string;
let asked: string[];

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'landfall-shared-')), 'files');
  asked = [];
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

function filesOf(copies: Readonly<Record<string, number>>): SharedFiles {
  return new SharedFiles(directory, async () => new Map(Object.entries(copies)));
}

/** Reads one copy, or only its first `chunks`. */
async function read(files: SharedFiles, id: string, chunks = Number.POSITIVE_INFINITY): Promise<string> {
  const from = async () => {
    asked.push(id);
    return (async function* () {
      for (const part of [id, '-', 'bytes']) yield Buffer.from(part);
    })();
  };
  let text = '';
  let taken = 0;
  for await (const chunk of await files.chunks(id, from, never)) {
    text += Buffer.from(chunk).toString('utf8');
    taken += 1;
    if (taken >= chunks) break;
  }
  return text;
}

function kept(): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

describe('files that several records share are read once (O-28(b))', () => {
  it('the first reading keeps them, the last one removes them', async () => {
    const files = filesOf({ a: 3, b: 2 });
    expect(await read(files, 'a')).toBe('a-bytes');
    expect(kept()).toEqual(['a']);
    expect([await read(files, 'b'), await read(files, 'a'), await read(files, 'a')]).toEqual([
      'b-bytes',
      'a-bytes',
      'a-bytes',
    ]);
    expect([asked, kept()]).toEqual([['a', 'b'], ['b']]);
    await files.close();
    expect(kept()).toEqual([]);
  });

  it('a file of one record is not kept', async () => {
    const files = filesOf({ a: 2 });
    expect([await read(files, 'c'), kept()]).toEqual(['c-bytes', []]);
  });

  it('a reading that breaks off keeps nothing; the next one begins anew', async () => {
    const files = filesOf({ a: 2 });
    expect([await read(files, 'a', 1), kept()]).toEqual(['a', []]);
    expect([await read(files, 'a'), await read(files, 'a')]).toEqual(['a-bytes', 'a-bytes']);
    expect(asked).toEqual(['a', 'a']);
  });

  it('two that begin together both get all of it, and count as two', async () => {
    const files = filesOf({ a: 3 });
    expect(await Promise.all([read(files, 'a'), read(files, 'a')])).toEqual(['a-bytes', 'a-bytes']);
    expect([await read(files, 'a'), asked, kept()]).toEqual(['a-bytes', ['a', 'a'], []]);
  });

  it('what one of two has written whole is whole while the other one still reads', async () => {
    const files = filesOf({ a: 9 });
    const from = async () =>
      (async function* () {
        for (const part of ['a', '-', 'bytes']) yield Buffer.from(part);
      })();
    const slow = (await files.chunks('a', from, never))[Symbol.asyncIterator]();
    const fast = (await files.chunks('a', from, never))[Symbol.asyncIterator]();
    for (const one of [slow, fast, slow, slow, slow]) await one.next();
    expect([readFileSync(join(directory, 'a'), 'utf8'), await read(files, 'a')]).toEqual([
      'a-bytes',
      'a-bytes',
    ]);
    await fast.return?.();
  });

  it('one that was promised what the last other one takes away reads it from the service', async () => {
    const files = filesOf({ a: 2 });
    await read(files, 'a');
    const late = await files.chunks('a', async () => [Buffer.from('again')] as never, never);
    await read(files, 'a');
    let text = '';
    for await (const chunk of late) text += Buffer.from(chunk).toString('utf8');
    expect([text, kept()]).toEqual(['again', []]);
  });

  it('what a killed process left there goes first; where the disk takes nothing it is read again', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'old'), 'x');
    const files = filesOf({ a: 3 });
    await read(files, 'a');
    expect(kept()).toEqual(['a']);
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'no directory');
    expect([await read(files, 'a'), await read(files, 'a')]).toEqual(['a-bytes', 'a-bytes']);
    expect(asked).toEqual(['a', 'a', 'a']);
  });
});
