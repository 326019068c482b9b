import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MigrationError } from '../model/error.ts';
import { writeAtomically } from './atomic-file.ts';
import { pathTrouble } from './path-trouble.ts';

const thrown = (code: string, syscall: string, path?: string) =>
  Object.assign(new Error(`${code}: as Node says it`), {
    code,
    syscall,
    ...(path === undefined ? {} : { path }),
  });

describe('what the system says about files, for people (issue 2, Bad input)', () => {
  it.each([
    ['ENOENT', 'open', 'path-missing', 'There is nothing at /w/a.'],
    ['EISDIR', 'read', 'path-missing', '/w/a is a folder where a file should be.'],
    ['EACCES', 'mkdir', 'path-forbidden', 'This user has no right to /w/a (EACCES).'],
    ['EROFS', 'open', 'path-forbidden', '/w/a lies on a disk that is read-only.'],
    ['ENOSPC', 'write', 'store-unusable', 'The disk is full: /w/a could not be written (ENOSPC).'],
    ['EDQUOT', 'fsync', 'store-unusable', 'The disk is full: /w/a could not be written (EDQUOT).'],
  ])('%s of %s', (code, call, expected, message) => {
    for (const told of [pathTrouble(thrown(code, call, '/w/a')), pathTrouble(thrown(code, call), '/w/a')]) {
      expect(told).toBeInstanceOf(MigrationError);
      expect(told).toMatchObject({
        code: expected,
        message,
        at: '/w/a',
        hint: expect.stringMatching(/\w{3}/),
      });
    }
  });

  it('a disk that is full says so though Node names no file', () => {
    expect(pathTrouble(thrown('ENOSPC', 'write'))).toMatchObject({ code: 'store-unusable' });
  });

  it.each([
    ['a port', thrown('EACCES', 'listen')],
    ['a socket', thrown('EPERM', 'connect')],
    ['a bug of ours', new TypeError('x is undefined')],
    ['what was said already', new MigrationError('usage', 'no')],
    ['no error at all', 'text'],
  ])('%s comes back as it is', (_what, cause) => {
    expect(pathTrouble(cause)).toBe(cause);
  });

  it('a document whose place is taken by a folder names the place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-path-'));
    try {
      mkdirSync(join(folder, 'scope.md'));
      writeFileSync(join(folder, 'reports'), 'a file');
      await expect(writeAtomically(join(folder, 'scope.md'), ['x'])).rejects.toMatchObject({
        code: 'path-missing',
        message: expect.stringContaining('scope.md'),
      });
      await expect(writeAtomically(join(folder, 'reports', 'scope.md'), ['x'])).rejects.toBeInstanceOf(Error);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
