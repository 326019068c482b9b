import { describe, expect, it } from 'vitest';
import { MigrationError } from '../model/error.ts';
import { storeTrouble } from './trouble.ts';

function coded(code: string, message = 'raw text of the driver'): Error {
  return Object.assign(new Error(message), { code });
}

describe('what a database throws, said for people (F12, F24)', () => {
  it.each([
    ['SQLITE_FULL', 'the disk is full'],
    ['ENOSPC', 'the disk is full'],
    ['53100', 'the disk is full'],
    ['SQLITE_READONLY_DIRECTORY', 'it is read-only'],
    ['25006', 'it is read-only'],
    ['SQLITE_BUSY_SNAPSHOT', 'another program holds it'],
    ['55P03', 'another program holds it'],
    ['SQLITE_CORRUPT_INDEX', 'it is damaged'],
    ['XX001', 'it is damaged'],
    ['SQLITE_NOTADB', 'it is not a Landfall state file'],
    ['SQLITE_IOERR_FSYNC', 'the disk does not read or write'],
    ['SQLITE_CANTOPEN_ISDIR', 'it cannot be opened'],
    ['EACCES', 'it cannot be opened'],
    ['28P01', 'the user or password is refused'],
    ['3D000', 'there is no such database'],
    ['42501', 'the user may not do this there'],
    ['53300', 'it has no connection free'],
    ['ECONNREFUSED', 'it does not answer'],
    ['57P01', 'it does not answer'],
    ['08006', 'it does not answer'],
  ])('%s: %s', (code, says) => {
    const error = storeTrouble(coded(code), 'db.example:5432/main');
    expect(error).toMatchObject({
      code: 'store-unusable',
      message: `The state cannot be used: ${says} (db.example:5432/main).`,
      at: 'db.example:5432/main',
    });
    expect((error as MigrationError).hint).toMatch(/\.$/);
  });

  it('looks into the errors Node bundles for a host with several addresses', () => {
    const error = storeTrouble(new AggregateError([coded('ECONNREFUSED')]), 'x');
    expect(error).toMatchObject({ message: expect.stringContaining('does not answer') });
  });

  it('leaves our own bugs and our own errors as they are', () => {
    const bug = coded('SQLITE_CONSTRAINT_NOTNULL');
    expect(storeTrouble(bug, 'x')).toBe(bug);
    const known = new MigrationError('lease-lost', 'gone');
    expect(storeTrouble(known, 'x')).toBe(known);
    expect(storeTrouble('text', 'x')).toBe('text');
  });
});
