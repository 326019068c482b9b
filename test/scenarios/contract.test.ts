import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createProgram } from '../../packages/landfall/src/cli/main.ts';
import { writeSampleCompany } from '../../samples/smart-crm-online.ts';
import {
  count,
  emulated,
  logLine,
  plan,
  proposed,
  queue,
  rollback,
  status,
  text,
  verify,
} from './contract-shapes.ts';
import { errorOf, landfall, type Ran } from './support/cli.ts';
import { advanceAll, must, smallest } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

// What cli.md promises to scripts: names, exit codes and the shape of every answer of this version.

const program = fileURLToPath(new URL('../../packages/landfall/bin/landfall.js', import.meta.url));

type Emulated = z.infer<typeof emulated>;

let directory: string;
let emulator: Emulated;
let child: ChildProcess;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'landfall-contract-'));
  child = spawn(
    process.execPath,
    [program, 'emulate', 'pipedrive', '--plan', 'ultimate', '--limits', 'off', '--quiet'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    emulator = emulated.parse(JSON.parse(line));
    break;
  }
  await writeSampleCompany(join(directory, 'export'), smallest);
  const config = [
    'version: 1',
    'name: contract',
    'source: { system: smart-crm-online, export: ./export }',
    `destination: { system: pipedrive, url: "${emulator.url}", auth: { token: { env: TOKEN } }, plan: ultimate, seats: 10, pace: off }`,
    'policies: { inDoubtQuietSeconds: 1 }',
  ];
  writeFileSync(join(directory, 'landfall.yaml'), `${config.join('\n')}\n`);
});

afterAll(async () => {
  if (child?.exitCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Promise<Ran> =>
  landfall(args, { directory, env: { TOKEN: emulator.token } });

async function control(name: string, body?: unknown): Promise<unknown> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${emulator.control}/${name}`, init);
  expect([name, answer.status]).toEqual([name, 200]);
  return answer.json();
}

/** The one JSON document of stdout; people's text must stand elsewhere. */
function documentOf(ran: Ran, codes: readonly number[]): unknown {
  must(ran, codes);
  expect(ran.stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(ran.stdout);
}

describe('the journey answers in JSON as promised', () => {
  it('check', async () => {
    const found = documentOf(await run('check'), [0]);
    z.object({
      source: z.object({ system: text, account: text }),
      destination: z.object({
        plan: text,
        seats: count,
        dailyTokens: count.nullable(),
        caps: z.array(z.object({ name: text })),
      }),
    }).parse(found);
  });

  it('status before anything was read: discover is due, every gate is open, the ledger is empty', async () => {
    const before = status.parse(documentOf(await run('status'), [0]));
    expect(before.phase).toBe('discover');
    expect(new Set(before.gates.map(({ state }) => state))).toEqual(new Set(['open']));
    expect(before.ledger).toEqual({});
  });

  it('phases out of order, and answers to what was not asked, are wrong usage (2)', async () => {
    for (const args of [
      ['audit'],
      ['verify'],
      ['approve', 'plan'],
      ['approve', 'gates'],
      ['decide', 'owner-1', 'map'],
    ])
      expect([args, (await run(...args)).code]).toEqual([args, 2]);
  });

  it('discover and map: each source field with target, confidence, band and evidence', async () => {
    const catalog = z.object({
      system: text,
      entities: z.array(z.object({ name: text, count: z.object({ value: count, exact: z.boolean() }) })),
    });
    catalog.parse(documentOf(await run('discover'), [0]));
    const { fields } = z
      .object({ fields: z.array(proposed.extend({ entity: text })) })
      .parse(documentOf(await run('map'), [0]));
    expect(fields.find((one) => one.entity === 'contacts' && one.source === 'Email')).toMatchObject({
      target: 'person.emails.work',
      band: 'auto',
    });
    expect(fields.find((one) => one.entity === 'companies' && one.source === 'NPS Score')?.target).toMatch(
      /^custom:double$/,
    );
  });

  it('advance --to plan, plan and queue (3 while something waits)', async () => {
    documentOf(await run('advance', '--to', 'plan'), [0, 3, 5]);
    const made = plan.parse(documentOf(await run('plan'), [0]));
    expect(Object.keys(made.operations)).toEqual(
      expect.arrayContaining(['organization', 'person', 'deal', 'activity']),
    );
    const open = queue.parse(documentOf(await run('queue'), [3]));
    expect(open.find(({ kind }) => kind === 'unlinked-deals')?.choices.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['placeholder', 'parent', 'each']),
    );
    expect(
      open.some(
        ({ kind, question: asked }) => kind === 'owner' && asked.includes('kaan.bilgin@sample.example'),
      ),
    ).toBe(true);
    for (const one of open)
      expect(one.choices.filter((each) => each.default).map(({ id }) => id)).toEqual(
        one.default === null ? [] : [one.default],
      );
  });

  it('run and approve wait for people (3), with what and how', async () => {
    const ran = await run('run');
    expect([ran.code, errorOf(ran)?.code]).toEqual([3, 'waiting']);
    expect(errorOf(ran)?.hint).toMatch(/landfall (decide|approve)/);
    expect((await run('approve', 'mapping')).code).toBe(3);
  });

  it('advance to the end: done with rejects (5)', async () => {
    documentOf(await run('decide', '--defaults'), [0]);
    const ended = documentOf(await run(...advanceAll), [5]);
    z.object({ done: z.array(text), waiting: z.array(text), status }).parse(ended);
  });

  it('status, verify, report, why and rollback --plan', async () => {
    const after = status.parse(documentOf(await run('status'), [0]));
    expect(after.phase).toBe('done');
    expect(verify.parse(documentOf(await run('verify'), [0]))).toMatchObject({
      missing: 0,
      different: 0,
      findings: [],
    });
    expect(z.array(text).parse(documentOf(await run('report'), [0])).length).toBeGreaterThan(10);
    z.object({
      entity: text,
      sourceKey: text,
      fields: z.array(z.object({ field: text })),
      audit: z.array(z.object({ seq: count, at: text })),
    }).parse(documentOf(await run('why', 'deal', '1'), [0]));
    rollback.parse(documentOf(await run('rollback', '--plan'), [0]));
  });
});

describe('emulate', () => {
  it('serves snapshot, log and coverage without a token', async () => {
    const log = z.array(logLine).parse(await control('log'));
    expect(log.some(({ method }) => method === 'POST')).toBe(true);
    z.object({
      published: count,
      served: count,
      operations: z.array(z.object({ method: text, path: text, served: z.boolean() })),
    }).parse(await control('coverage'));
    expect(
      z.object({ persons: z.array(z.unknown()) }).parse(await control('snapshot')).persons.length,
    ).toBeGreaterThan(10);
  });

  it('takes faults, moves its clock, and is as at the start after reset', async () => {
    const ask = () =>
      fetch(`${emulator.url}/api/v1/users/me`, { headers: { 'x-api-token': emulator.token } });
    await control('faults', {
      seed: 1,
      rules: [{ method: 'GET', path: '/api/v1/**', kind: 'status-503', rate: 1 }],
    });
    expect((await ask()).status).toBe(503);
    await control('faults', { rules: [] });
    expect((await ask()).status).toBe(200);
    await control('clock', { advanceMs: 60_000 });
    await control('reset', {});
    expect(z.object({ persons: z.array(z.unknown()) }).parse(await control('snapshot')).persons).toEqual([]);
    expect(await control('log')).toEqual([]);
  });

  it('refuses a call without a token, and an operation it does not emulate by its name (501)', async () => {
    expect((await fetch(`${emulator.url}/api/v2/deals`)).status).toBe(401);
    const other = await fetch(`${emulator.url}/api/v1/legacyTeams`, {
      headers: { 'x-api-token': emulator.token },
    });
    expect(other.status).toBe(501);
    expect(await other.text()).toMatch(/legacyTeams/i);
  });

  it('ends with 0 on SIGTERM', async () => {
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    process.kill(emulator.pid, 'SIGTERM');
    expect(await ended).toBe(0);
  });

  it('does not know every system yet: 2, and says so', async () => {
    const ran = await landfall(['emulate', 'nothing-such']);
    expect(ran.code).toBe(2);
    expect(errorOf(ran)?.message).toContain('nothing-such');
  });
});

describe('demo', () => {
  it('prints, as its last line of stdout, workspace, status, verify and tokens; the workspace stays', async () => {
    const keep = join(directory, 'demo');
    // As `npm start` runs it: without --json.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, 'demo', 'smart-crm-online', '--records', '60', '--keep', keep],
      { maxBuffer: 20_000_000 },
    );
    const lines = stdout.trimEnd().split('\n');
    const tokens = z.object({ forecast: count, spent: count, charged: count });
    const told = z.object({ workspace: text, status, verify, tokens }).parse(JSON.parse(lines.at(-1) ?? ''));
    expect(told.verify).toMatchObject({ missing: 0, different: 0 });
    expect(told.tokens.spent).toBe(told.tokens.charged);
    expect(lines.join('\n')).toMatch(/Reconciliation[\s\S]*Token bill[\s\S]*Proof/);
    expect(must(await landfall(['status'], { directory: keep }), [0]).json).toMatchObject({ phase: 'done' });
  });
});

const contractCommands = [
  ...[
    'init',
    'check',
    'discover',
    'map',
    'propose',
    'audit',
    'queue',
    'decide',
    'plan',
    'approve',
    'configure',
  ],
  ...[
    'sample',
    'rehearse',
    'run',
    'verify',
    'delta',
    'cutover',
    'rollback',
    'advance',
    'status',
    'why',
    'report',
  ],
  ...['grade', 'estimate', 'serve', 'worker', 'emulate', 'demo'],
];

describe('wrong usage is 2, and says what there is', () => {
  it.each([
    [['bogus'], /unknown command/],
    [['status', '--bogus'], /unknown option/],
    [['init', 'somewhere'], /--from/],
    [['init', 'somewhere', '--from', 'salesforce'], /smart-crm-online/],
    [['advance', '--to', 'moon'], /discover, map, audit/],
    [['demo', '--records', 'many'], /whole number/],
    [['approve'], /gate/],
  ])('%j', async (args, words) => {
    const ran = await landfall(args, { directory: tmpdir() });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(words);
    expect(ran.stdout).toBe('');
  });

  it('every command of the contract is there; one that is not built yet says so (2)', async () => {
    const { commands } = createProgram();
    const names = commands.map((command) => command.name());
    expect(contractCommands.filter((name) => !names.includes(name))).toEqual([]);
    const help = must(await landfall(['--help']), [0]).stdout;
    const coming = contractCommands.find((name) => !new RegExp(`^ {2}${name}\\b`, 'm').test(help));
    if (coming === undefined) return;
    const ran = await landfall([coming]);
    expect([ran.code, errorOf(ran)?.code]).toEqual([2, 'not-built']);
    expect(errorOf(ran)?.message).toContain(coming);
  });

  it('a workspace that is none: 2, with the command that makes one', async () => {
    const ran = await landfall(['status'], { directory: join(directory, 'nowhere') });
    expect([ran.code, errorOf(ran)?.code]).toEqual([2, 'workspace-missing']);
    expect(errorOf(ran)?.hint).toContain('landfall init');
  });

  it('--version is 0', async () => {
    expect((await landfall(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
