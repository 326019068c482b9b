import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ServedPipedrive, servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../bin/landfall.js');

describe('landfall emulate pipedrive --twin-of', () => {
  let live: ServedPipedrive;
  let child: ChildProcess | null = null;
  beforeAll(async () => {
    live = await servePipedrive({ world: 'lived-in', plan: 'premium', seats: 4, seed: 9 });
  });
  afterAll(() => live.close());
  afterEach(() => {
    child?.kill('SIGKILL');
    child = null;
  });

  const started = (args: readonly string[], environment: Record<string, string>) => {
    child = spawn(process.execPath, [program, 'emulate', 'pipedrive', ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return child;
  };
  const read = async (url: string, token: string, path: string) =>
    (await (await fetch(`${url}/api${path}`, { headers: { 'x-api-token': token } })).json()) as {
      data: unknown;
    };

  test('serves a copy of the account, with its plan and on request its records', async () => {
    const process = started(['--twin-of', live.url, '--twin-token-env', 'LIVE_TOKEN', '--with-records'], {
      LIVE_TOKEN: live.token,
    });
    const lines = createInterface({ input: process.stdout as NonNullable<typeof process.stdout> });
    const ended = once(process, 'close').then(() => ['{}']);
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    const twin = JSON.parse(line) as Record<string, string>;
    expect(twin).toMatchObject({
      system: 'pipedrive',
      twinOf: live.url,
      plan: 'premium',
      seats: 4,
      notes: [],
    });
    expect(line).not.toContain(live.token);
    for (const path of ['/v2/dealFields', '/v2/deals', '/v1/users'])
      expect(await read(twin.url ?? '', twin.token ?? '', path)).toEqual(
        await read(live.url, live.token, path),
      );
    expect(JSON.stringify(live.emulator.control.log())).not.toContain('POST');
  });

  test.each([
    ['without the token’s variable', ['--twin-of', 'https://acme.example'], {}, 2, 'PIPEDRIVE_API_TOKEN'],
    ['over plain http', ['--twin-of', 'http://acme.example'], { PIPEDRIVE_API_TOKEN: 'x' }, 2, 'https'],
    ['with what is no URL', ['--twin-of', 'acme'], { PIPEDRIVE_API_TOKEN: 'x' }, 2, 'not a URL'],
    [
      'with a token that is unknown',
      ['--twin-of', ''],
      { PIPEDRIVE_API_TOKEN: 'x' },
      2,
      'does not know the token',
    ],
  ])('refuses %s', async (_, args, environment, code, words) => {
    const target = args.map((arg) => (arg === '' ? live.url : arg));
    const process = started(target, { PIPEDRIVE_API_TOKEN: '', ...environment });
    let said = '';
    process.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const [exit] = (await once(process, 'close')) as [number];
    expect(said).toContain(words);
    expect(exit).toBe(code);
  });
});

describe('landfall emulate', () => {
  test.each([
    ['a world of Pipedrive that there is not', ['pipedrive', '--world', 'nowhere']],
    ['a world of Dataverse that there is not', ['dataverse', '--world', 'nowhere']],
    [
      'a state file that is none',
      ['pipedrive', '--state', join(import.meta.dirname, 'no-such-folder/state.json')],
    ],
  ])('refuses %s with a sentence, not a stack (cli.md: exit codes)', async (_, args) => {
    const child = spawn(process.execPath, [program, 'emulate', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [exit] = (await once(child, 'close')) as [number];
    expect(said).toContain('The emulator does not start:');
    expect(said).not.toContain('    at ');
    expect(exit).toBe(2);
  });
});

describe('sources that are emulated (cli.md: emulators)', () => {
  test.each([
    ['opex365', '/api/data/v9.2/$metadata', (token: string) => ({ authorization: `Bearer ${token}` })],
    [
      'dinamikcrm',
      '/api/users',
      (token: string) => ({ ApiKey: token.split(':')[0] ?? '', ApiSecret: token.split(':')[1] ?? '' }),
    ],
    ['promoxcrm', '/api/v1/clients', (token: string) => ({ authorization: `Bearer ${token}` })],
  ])('%s says how it is reached, answers there, and ends when told', async (system, path, headersOf) => {
    const child = spawn(process.execPath, [program, 'emulate', system, '--records', '60', '--quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const { url, token, control, pid, ...rest } = JSON.parse(line) as Record<string, string>;
      expect(rest.system).toBe(system);
      expect(pid).toBe(child.pid);
      const open = await fetch(`${url}${path}`, { headers: headersOf(token ?? '') });
      expect(open.status).toBe(200);
      expect((await fetch(`${url}${path}`)).status).toBe(401);
      expect((await fetch(`${control}/snapshot`)).status).toBe(200);
    } finally {
      child.kill('SIGTERM');
    }
    expect((await once(child, 'close'))[0]).toBe(0);
  });
});
