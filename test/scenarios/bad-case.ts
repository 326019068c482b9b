import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { errorOf, landfall, type Ran } from './support/cli.ts';
import type { EmulatedAccount } from './support/emulator.ts';

/** The command line, for tests that start it in a way of their own. */
export const program = fileURLToPath(new URL('../../packages/landfall/bin/landfall.js', import.meta.url));

/** Two contacts that nothing is wrong with. */
export const goodContacts =
  'Contact ID,First Name,Last Name,Email\n1,Ayşe,Örnek,ayse@one.example\n2,Bora,Demir,bora@two.example\n';

const folders: string[] = [];

/** A workspace that something will be wrong with. */
export interface Case {
  readonly directory: string;
  readonly token: string;
  run(...args: readonly string[]): Promise<Ran>;
  write(name: string, content: string | Uint8Array): void;
}

/** What differs from a right workspace: text put at the end of its policies, or another token. */
export interface Changes {
  readonly policies?: string;
  readonly token?: string;
}

/** A workspace with an empty `export/`. `folders` remembers it for `removeCases`. */
export function badCase(account: EmulatedAccount, changes: Changes = {}): Case {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-bad-'));
  folders.push(directory);
  mkdirSync(join(directory, 'export'));
  const lines = [
    'version: 1',
    'name: bad',
    `source: { system: smart-crm-online, export: ./export }`,
    `destination: { system: pipedrive, url: "${account.url}", auth: { token: { env: TOKEN } }, plan: ultimate, seats: 10, pace: off }`,
    `policies: { inDoubtQuietSeconds: 1${changes.policies ?? ''} }`,
  ];
  writeFileSync(join(directory, 'landfall.yaml'), `${lines.join('\n')}\n`);
  return {
    directory,
    token: changes.token ?? account.token,
    run: (...args) => landfall(args, { directory, env: { TOKEN: changes.token ?? account.token } }),
    write: (name, content) => writeFileSync(join(directory, name), content),
  };
}

/** Expects an exit code, an error code, words of the message, something to do, and nothing on stdout. */
export function expectRefusal(
  ran: Ran,
  exit: number,
  code: string,
  words: readonly (string | RegExp)[],
): void {
  const error = errorOf(ran);
  expect([ran.code, error?.code]).toEqual([exit, code]);
  for (const word of words) expect(error?.message).toMatch(word);
  expect(error?.hint).toMatch(/\w{3,}/);
  expect(ran.stdout).toBe('');
}

/** Removes the workspaces of all cases. */
export function removeCases(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Runs `discover` as a user without rights: root may read everything. */
export function asNobody(one: Case): Promise<Ran> {
  if (process.getuid?.() !== 0) return one.run('discover');
  const nobody = 65_534;
  for (const path of [one.directory, join(one.directory, 'landfall.yaml')]) chownSync(path, nobody, nobody);
  return spawned(
    process.execPath,
    [program, '-C', one.directory, '--json', 'discover'],
    { TOKEN: one.token },
    nobody,
  );
}

/** Runs a command with nothing but these variables, as another user when `uid` is given. */
export function spawned(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  uid?: number,
): Promise<Ran> {
  const child = spawn(command, [...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr, json: null }));
  });
}
