import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  asNobody,
  badCase,
  type Case,
  expectRefusal,
  goodContacts,
  program,
  removeCases,
  spawned,
} from './bad-case.ts';
import { errorOf } from './support/cli.ts';
import { type EmulatedAccount, startAccount } from './support/emulator.ts';
import type { StatusRow } from './support/verdict.ts';
import { must } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let account: EmulatedAccount;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(async () => {
  await account?.close();
  removeCases();
});

describe('an export that cannot be read is refused with what, where and what to do, and nothing half-done', () => {
  it.each<readonly [string, string, (one: Case) => void, readonly (string | RegExp)[]]>([
    [
      'a missing folder',
      'path-missing',
      (one) => rmSync(join(one.directory, 'export'), { recursive: true }),
      [/nothing at .*export/],
    ],
    [
      'a file in the place of the folder',
      'path-missing',
      (one) =>
        one.write(
          'landfall.yaml',
          readFileSync(join(one.directory, 'landfall.yaml'), 'utf8').replace(
            './export',
            './landfall.yaml/export',
          ),
        ),
      [/landfall\.yaml\/export/],
    ],
    ['an empty folder', 'nothing-to-read', () => undefined, [/holds no CSV/]],
    [
      'tables that all lie in a folder below',
      'file-unreadable',
      (one) => {
        mkdirSync(join(one.directory, 'export', 'july'));
        one.write('export/july/contacts.csv', goodContacts);
      },
      [/1 table in the folder july is not read: contacts\.csv/],
    ],
    [
      'an empty file',
      'file-unreadable',
      (one) => one.write('export/contacts.csv', ''),
      [/contacts\.csv is empty/],
    ],
    ['a PDF', 'file-unreadable', (one) => one.write('export/contacts.csv', '%PDF-1.7\n%âãÏÓ'), [/PDF/]],
    [
      'a web page, such as a sign-in page',
      'file-unreadable',
      (one) => one.write('export/contacts.csv', '<!doctype html><html><body>Sign in</body></html>'),
      [/web page/],
    ],
    [
      'a binary',
      'file-unreadable',
      (one) =>
        one.write(
          'export/contacts.csv',
          Uint8Array.from({ length: 4_096 }, (_, at) => (at * 37) % 256),
        ),
      [/contacts\.csv/],
    ],
    [
      'an unknown set of headers',
      'headers-unknown',
      (one) => one.write('export/data.csv', 'foo,bar,baz\n1,2,3\n'),
      [/data\.csv: foo, bar, baz/, /Expected/],
    ],
    [
      '5,000 columns',
      'file-unreadable',
      (one) =>
        one.write(
          'export/contacts.csv',
          `Contact ID,Last Name,${Array.from({ length: 5_000 }, (_, at) => `c${at}`).join(',')}\n1,a\n`,
        ),
      [/5002 columns; the limit is 2,000/],
    ],
  ])('%s', async (_what, code, spoil, words) => {
    const one = badCase(account);
    spoil(one);
    expectRefusal(await one.run('discover'), 2, code, words);
    expect(existsSync(join(one.directory, 'mapping.yaml'))).toBe(false);
  });

  it('a folder without rights', async () => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts);
    chmodSync(join(one.directory, 'export'), 0o000);
    const ran = await asNobody(one);
    chmodSync(join(one.directory, 'export'), 0o700);
    expect(ran.stderr).toContain('"path-forbidden"');
    expect(ran.code).toBe(2);
  });

  it('a folder for the documents without rights: what was read is kept, and nothing is a stack trace', async () => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts);
    mkdirSync(join(one.directory, 'reports'));
    chmodSync(join(one.directory, 'reports'), 0o555);
    const ran = await asNobody(one);
    chmodSync(join(one.directory, 'reports'), 0o777);
    expect([ran.code, errorOf(ran)?.code]).toEqual([2, 'path-forbidden']);
    expect(errorOf(ran)?.message).toMatch(/reports\/scope\.md/);
    must(await one.run('report', 'scope'), [0]);
  });

  it('a cell of 100 MB puts its row aside and moves the others', async () => {
    const one = badCase(account);
    one.write(
      'export/contacts.csv',
      `${goodContacts}3,Cem,${'x'.repeat(100_000_000)},cem@three.example\n4,Derya,Kaya,derya@four.example\n`,
    );
    const ran = must(await one.run('advance', '--to', 'audit'), [0, 5]);
    const { ledger } = (ran.json as { status: { ledger: Readonly<Record<string, StatusRow>> } }).status;
    expect(ledger['person']).toMatchObject({ extracted: 4, rejected: 1, mapped: 3 });
    const rejects = readFileSync(join(one.directory, 'reports', 'rejects.csv'), 'utf8');
    expect(rejects).toMatch(/contacts\.csv:4/);
    expect(rejects.length).toBeLessThan(10_000);
  });

  it('a quote that never closes costs no other record', async () => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts.replace('Ayşe', '"Ayşe'));
    const ran = must(await one.run('advance', '--to', 'audit'), [0, 5]);
    const { ledger } = (ran.json as { status: { ledger: Readonly<Record<string, StatusRow>> } }).status;
    expect(ledger['person']?.['extracted']).toBe(2);
    expect(readFileSync(join(one.directory, 'reports', 'scope.md'), 'utf8')).toMatch(
      /quote is opened in line 2 of contacts\.csv/,
    );
  });

  it('two tables of one entity are read as one, and said to be', async () => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts);
    one.write(
      'export/contacts-2.csv',
      'Contact ID,First Name,Last Name,Email\n2,Bora,Demir,bora@two.example\n3,Cem,Kaya,cem@three.example\n',
    );
    const ran = must(await one.run('advance', '--to', 'audit'), [0, 5]);
    const { ledger } = (ran.json as { status: { ledger: Readonly<Record<string, StatusRow>> } }).status;
    expect(ledger['person']).toMatchObject({ extracted: 4, rejected: 1, mapped: 3 });
    expect(readFileSync(join(one.directory, 'reports', 'scope.md'), 'utf8')).toMatch(
      /2 tables hold contacts/,
    );
  });

  it('a full disk stops it with the state safe; with room again it goes on', async () => {
    const one = badCase(account);
    const rows = Array.from({ length: 8_000 }, (_, at) => `${at},Ad${at},Soyad${at},a${at}@one.example`);
    one.write('export/contacts.csv', `Contact ID,First Name,Last Name,Email\n${rows.join('\n')}\n`);
    // No file may grow over 300 KB: what a full disk does, for this process alone.
    const ran = await spawned(
      '/bin/bash',
      [
        '-c',
        `ulimit -f 300; exec "$0" "$@"`,
        process.execPath,
        program,
        '-C',
        one.directory,
        '--json',
        'advance',
        '--to',
        'audit',
      ],
      { TOKEN: account.token },
    );
    expect([ran.code, errorOf(ran)?.code]).toEqual([1, 'store-unusable']);
    expect(errorOf(ran)?.hint).toMatch(/disk/);
    const again = must(await one.run('advance', '--to', 'audit'), [0]);
    const { ledger } = (again.json as { status: { ledger: Readonly<Record<string, StatusRow>> } }).status;
    expect(ledger['person']).toMatchObject({ extracted: 8_000, rejected: 0, mapped: 8_000 });
  });
});
