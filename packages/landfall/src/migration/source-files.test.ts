import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationError } from '../model/error.ts';
import type { BinaryStream, SourceConnector } from '../model/source.ts';
import type { FileContent } from '../model/target.ts';
import { openSourceFiles } from './source-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-bytes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = 'PDF şu';
const sizeBytes = Buffer.byteLength(text);
const sha256 = createHash('sha256').update(text).digest('hex');
const signal = new AbortController().signal;

type Binary = NonNullable<SourceConnector['binary']>;

function opener(binary: Binary | undefined) {
  const source = { system: 'crm', ...(binary === undefined ? {} : { binary }) } as SourceConnector;
  return openSourceFiles(() => source, join(folder, 'files'));
}

function content(more: Partial<FileContent> = {}): FileContent {
  return { name: 'offer.pdf', sizeBytes, sha256: '', path: 'source:annotation/7', ...more };
}

async function* pieces(...parts: readonly (string | Error)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

const stream = (...parts: readonly (string | Error)[]): BinaryStream => ({
  chunks: pieces(...parts),
  sizeBytes: null,
  mediaType: null,
});

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const left = () => readdirSync(join(folder, 'files'));

describe('bytes of a source (O-28(b), P-26(b))', () => {
  it('are read once, hashed on the way, kept privately while they are sent, and gone after', async () => {
    const asked: string[] = [];
    const open = opener(async (reference) => {
      asked.push(reference);
      return stream('PDF', ' ', 'şu');
    });
    const opened = await open(content(), signal);
    expect(opened).toMatchObject({ sizeBytes, sha256 });
    expect([await textOf(opened.bytes()), await textOf(opened.bytes())]).toEqual([text, text]);
    expect(asked).toEqual(['annotation/7']);
    const [kept = ''] = left();
    expect(statSync(join(folder, 'files', kept)).mode & 0o077).toBe(0);
    await opened.close();
    expect(left()).toEqual([]);
  });

  it('an empty file is a file', async () => {
    const opened = await opener(async () => stream())(content({ sizeBytes: 0 }), signal);
    expect(opened.sizeBytes).toBe(0);
    expect(await textOf(opened.bytes())).toBe('');
  });

  it('what a killed process left behind is removed', async () => {
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'old'), 'personal data');
    await (await opener(async () => stream(text))(content(), signal)).close();
    expect(left()).toEqual([]);
  });

  it('a stream that breaks off once is read again', async () => {
    let readings = 0;
    const open = opener(async () => {
      readings += 1;
      return readings === 1 ? stream('PDF', new Error('reset')) : stream(text);
    });
    expect(await textOf((await open(content(), signal)).bytes())).toBe(text);
    expect(readings).toBe(2);
  });

  it('files of this machine need no source', async () => {
    const path = join(folder, 'here.txt');
    writeFileSync(path, text);
    const opened = await opener(undefined)(content({ path }), signal);
    expect(opened).toMatchObject({ sizeBytes, sha256 });
    await opened.close();
    expect(existsSync(path)).toBe(true);
  });
});

describe('bytes that are not what the source said are one file’s trouble (O-28(c), R-27(c))', () => {
  const gone = new MigrationError('not-found', 'CRM, while reading a file: 404');
  const cases: readonly [string, Binary | undefined, number, string][] = [
    ['longer than said', async () => stream(text, 'x'), 1, `says ${sizeBytes} bytes, but there are more`],
    ['shorter than said', async () => stream('PDF'), 2, `says ${sizeBytes} bytes, but ended after 3`],
    ['broken off twice', async () => stream('P', new Error('reset')), 2, 'broke off twice (reset)'],
    ['not there (404)', async () => Promise.reject(gone), 1, 'does not hand it out (CRM, while reading'],
    ['a source without files', undefined, 0, 'crm hands out no bytes'],
  ];
  it.each(cases)('%s', async (_what, binary, readings, words) => {
    let read = 0;
    const open = opener(
      binary &&
        ((reference, stop) => {
          read += 1;
          return binary(reference, stop);
        }),
    );
    const trouble = { code: 'bytes-wrong', recovery: 'reject', message: expect.stringContaining(words) };
    await expect(open(content(), signal)).rejects.toMatchObject(trouble);
    expect(read).toBe(readings);
    expect(left()).toEqual([]);
  });

  it('a stream without an end is left after the size that was said', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(1024);
      }
    }
    const open = opener(async () => ({ chunks: endless(), sizeBytes: null, mediaType: null }));
    await expect(open(content({ sizeBytes: 4096 }), signal)).rejects.toMatchObject({ code: 'bytes-wrong' });
    expect(given).toBe(5);
  });
});

describe('troubles of the world are not the file’s', () => {
  it.each(['unauthorized', 'unavailable', 'budget-exhausted'] as const)('%s stops the run', async (code) => {
    const open = opener(() => Promise.reject(new MigrationError(code, 'no')));
    await expect(open(content(), signal)).rejects.toMatchObject({ code });
  });

  it('a full disk is named as such', async () => {
    writeFileSync(join(folder, 'file'), '');
    const source = { system: 'crm', binary: async () => stream(text) } as unknown as SourceConnector;
    const open = openSourceFiles(() => source, join(folder, 'file', 'below'));
    await expect(open(content(), signal)).rejects.toMatchObject({ code: 'store-unusable' });
  });

  it('a stop of the operator ends the reading with its reason', async () => {
    const stop = new AbortController();
    const open = opener(async () => {
      stop.abort(new Error('stopped'));
      return stream('P', new Error('aborted'));
    });
    await expect(open(content(), stop.signal)).rejects.toThrow('stopped');
    expect(left()).toEqual([]);
  });
});
