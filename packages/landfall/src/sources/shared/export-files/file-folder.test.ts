import { hash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directory, errorOf, signal, withFolder } from './export-files-fixture.ts';
import { FileFolder } from './file-folder.ts';

withFolder();

const rules = { mostBytes: 10, doubtfulEndings: ['exe'] };

function file(path: string, content: string | Buffer): void {
  const target = join(directory(), 'files', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function folder(): FileFolder {
  return new FileFolder(join(directory(), 'files'), rules);
}

async function bytesOf(reference: string): Promise<string> {
  const { chunks } = await folder().open(reference, signal);
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

describe('a folder of files', () => {
  it('R-09: tells size and SHA-256 of what a path names, and opens the same bytes', async () => {
    file('a/b.txt', 'hello');
    const found = await folder().find('a\\b.txt');
    expect(found).toEqual({
      ...{ reference: 'a/b.txt', name: 'b.txt', sizeBytes: 5, state: 'there' },
      sha256: hash('sha256', 'hello'),
    });
    expect(await bytesOf(found.reference)).toBe('hello');
  });

  it.each([
    ['A/B.TXT', 'another case, as on Windows'],
    ['\\\\SERVER\\Share\\a\\b.txt', 'a share of another machine'],
    ['C:\\Results\\a\\b.txt', 'a drive of another machine'],
    ['./a//b.txt', 'more signs than needed'],
  ])('finds %s (%s)', async (path) => {
    file('a/b.txt', 'hello');
    expect(await folder().find(path)).toMatchObject({ reference: 'a/b.txt', state: 'there' });
  });

  it('names that differ in case only are two files: each reference opens its own', async () => {
    file('a/Plan.txt', 'one');
    file('a/plan.txt', 'two');
    for (const [path, content] of [
      ['a/Plan.txt', 'one'],
      ['C:\\a\\plan.txt', 'two'],
    ] as const) {
      const found = await folder().find(path);
      expect(found).toMatchObject({ state: 'there', sha256: hash('sha256', content) });
      expect(await bytesOf(found.reference)).toBe(content);
    }
    expect(await folder().find('a/PLAN.TXT')).toMatchObject({ state: 'missing' });
    expect(await folder().count()).toBe(2);
  });

  it('a letter may be written in parts, as some machines write it', async () => {
    file('Teklif Özeti.txt'.normalize('NFD'), 'hello');
    const found = await folder().find('Teklif Özeti.txt'.normalize('NFC'));
    expect(found.state).toBe('there');
    expect(await bytesOf(found.reference)).toBe('hello');
  });

  it('a file of that name in another folder is another file', async () => {
    file('other/b.txt', 'hello');
    expect(await folder().find('a/b.txt')).toMatchObject({ state: 'missing', sizeBytes: null });
  });

  it('R-27(b): a file that is missing from its folder is not the one of that name further up', async () => {
    file('2024/photos/other.jpg', 'x');
    file('photo.jpg', 'y');
    const known = folder();
    expect(await known.find('C:\\Results\\2024\\photos\\photo.jpg')).toMatchObject({ state: 'missing' });
    expect(await known.find('2024/photos/photo.jpg')).toMatchObject({ state: 'missing', sizeBytes: null });
    expect((await known.find('C:\\Results\\photo.jpg')).reference).toBe('photo.jpg');
  });

  it('R-27(b): one file is not two: of paths that lead to it by its bare name only the first counts', async () => {
    file('photo.jpg', 'y');
    const paths = ['C:\\a\\photo.jpg', 'c:/A/photo.jpg', 'photo.jpg', 'C:\\b\\photo.jpg'];
    async function* all(): AsyncIterable<string> {
      yield* paths;
    }
    const isThere = async (known: FileFolder, path: string) =>
      (await known.find(path, all)).state !== 'missing';
    const known = folder();
    for (const path of paths) expect(await isThere(known, path), path).toBe(path !== paths.at(-1));
    // a process that goes on behind the first rows
    expect(await isThere(folder(), 'C:\\b\\photo.jpg')).toBe(false);
  });

  it.each([
    ['empty.txt', '', 'empty'],
    ['long.txt', '01234567890', 'too large'],
    ['run.EXE', 'MZ', 'doubtful type'],
    ['page.jpg', '<html>', 'doubtful type'],
    ['photo.jpg', Buffer.from('ffd8ffe0', 'hex'), 'there'],
    ['no-ending', 'x', 'there'],
  ])('R-27(b): %s is told as what it is', async (name, content, state) => {
    file(name, content);
    expect((await folder().find(name)).state).toBe(state);
  });

  it('R-09: a path out of the folder names nothing, and opens nothing', async () => {
    writeFileSync(join(directory(), 'secret.txt'), 'secret');
    file('a.txt', 'a');
    expect(await folder().find('../secret.txt')).toMatchObject({ state: 'outside', sizeBytes: null });
    expect((await folder().find(join(directory(), 'secret.txt'))).state).toBe('missing');
    for (const reference of ['../secret.txt', join(directory(), 'secret.txt'), '', '.'])
      expect((await errorOf(() => folder().open(reference, signal))).code, reference).toBe('bytes-wrong');
  });

  it('a link that leads out of the folder is no file', async () => {
    writeFileSync(join(directory(), 'secret.txt'), 'secret');
    file('a.txt', 'a');
    symlinkSync(join(directory(), 'secret.txt'), join(directory(), 'files', 'link.txt'));
    symlinkSync(directory(), join(directory(), 'files', 'up'));
    expect((await folder().find('link.txt')).state).toBe('missing');
    expect((await folder().find('up/secret.txt')).state).toBe('missing');
  });

  it('a file that is gone since is told, not thrown as a fault of ours', async () => {
    file('a.txt', 'a');
    const known = folder();
    await known.count();
    rmSync(join(directory(), 'files', 'a.txt'));
    expect((await known.find('a.txt')).state).toBe('missing');
    expect((await errorOf(() => known.open('a.txt', signal))).code).toBe('bytes-wrong');
  });

  it('a folder that is not there stops the work', async () => {
    expect((await errorOf(() => folder().count())).code).toBe('path-missing');
  });
});
