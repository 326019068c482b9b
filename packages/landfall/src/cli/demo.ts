import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { answerDefaults } from '../migration/answers.ts';
import { openQuestions } from '../migration/gates.ts';
import { advance } from '../migration/journey.ts';
import { planAnswer } from '../migration/plan-answer.ts';
import { Session } from '../migration/session.ts';
import { type Status, statusOf } from '../migration/status.ts';
import { type VerifyAnswer, verifyAnswer } from '../migration/verify-answer.ts';
import { MigrationError } from '../model/error.ts';
import type { Runtime } from './runtime.ts';
import { plain, table } from './table.ts';
import { statusText, verifyText } from './texts.ts';

/** What the demo moves. */
export interface DemoOptions {
  readonly system: string;
  readonly records?: number;
  readonly keep?: string;
  readonly seed?: number;
}

/** The bill as it was forecast, and what the emulator's own log says was charged. */
interface TokenBill {
  readonly forecast: number;
  readonly spent: number;
  readonly charged: number;
  readonly requests: number;
  readonly throttled: number;
}

const usualRecords = 8_200;
const demoPlan = 'ultimate';

/** A whole migration, end to end: sample company, emulated Pipedrive, approval by "demo", proof. */
export async function demo(runtime: Runtime, options: DemoOptions): Promise<number> {
  if (options.system !== 'smart-crm-online') {
    throw new MigrationError('not-built', `There is no demo of ${options.system} in this version yet.`);
  }
  const workspace = workspaceFor(options);
  const emulator = await startEmulator();
  try {
    const exported = await writeExport(workspace, options);
    runtime.output.say(
      styleText('bold', 'A company leaves Smart CRM Online and lands in Pipedrive (emulated)'),
    );
    runtime.output.say(`  export     ${exported}`);
    runtime.output.say(`  Pipedrive  ${emulator.url} (plan ${demoPlan}, 10 seats, OAuth)`);
    writeFileSync(join(workspace, 'landfall.yaml'), configText(emulator));
    await seedUsers(emulator);
    return await move(runtime, workspace, emulator);
  } finally {
    emulator.child.kill('SIGTERM');
  }
}

function workspaceFor(options: DemoOptions): string {
  if (options.keep === undefined) return mkdtempSync(join(tmpdir(), 'landfall-demo-'));
  const directory = resolve(options.keep);
  mkdirSync(directory, { recursive: true });
  return directory;
}

async function writeExport(workspace: string, options: DemoOptions): Promise<string> {
  const { writeSampleCompany } = await import('../../../../samples/smart-crm-online.ts');
  const share = (options.records ?? usualRecords) / usualRecords;
  const scaled = (usual: number) => Math.max(1, Math.round(usual * share));
  const sizes = { companies: 400, contacts: 2_200, deals: 900, activities: 3_500, notes: 900, leads: 300 };
  const entries = Object.entries(sizes).map(([name, usual]) => [name, scaled(usual)]);
  const directory = join(workspace, 'export');
  await writeSampleCompany(directory, { seed: options.seed ?? 1, ...Object.fromEntries(entries) });
  return directory;
}

interface RunningEmulator {
  readonly child: ChildProcess;
  readonly url: string;
  readonly control: string;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string };
}

/** The emulator is a process of its own: it shares nothing with the engine but the wire. */
async function startEmulator(): Promise<RunningEmulator> {
  const program = fileURLToPath(new URL('../../bin/landfall.js', import.meta.url));
  const child = spawn(
    process.execPath,
    [program, 'emulate', 'pipedrive', '--plan', demoPlan, '--seats', '10', '--quiet'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as Omit<RunningEmulator, 'child'>) };
  }
  throw new MigrationError('unavailable', 'The emulator did not start.');
}

function configText({ url, oauth }: RunningEmulator): string {
  return `version: 1
name: demo
source: { system: smart-crm-online, export: ./export }
destination:
  system: pipedrive
  url: ${url}
  auth:
    clientId: ${oauth.clientId}
    clientSecret: { env: LANDFALL_DEMO_SECRET }
    refreshToken: { env: LANDFALL_DEMO_REFRESH }
    tokenUrl: ${url}/oauth/token
  plan: ${demoPlan}
  seats: 10
policies: { timezone: Europe/Istanbul, country: TR, currency: TRY, inDoubtQuietSeconds: 5 }
`;
}

async function seedUsers({ control }: RunningEmulator): Promise<void> {
  const { sampleUsers } = await import('../../../../samples/users.ts');
  const users = sampleUsers.map((user) => ({
    name: user.name,
    email: user.email,
    active_flag: user.active,
    is_admin: user.admin,
  }));
  await callControl(`${control}/seed`, { users });
}

async function callControl(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new MigrationError('unavailable', `The emulator refused ${url}: ${await answer.text()}`);
}

async function move(runtime: Runtime, workspace: string, emulator: RunningEmulator): Promise<number> {
  const session = await Session.open({
    directory: workspace,
    ports: runtime.ports,
    environment: {
      LANDFALL_DEMO_SECRET: emulator.oauth.clientSecret,
      LANDFALL_DEMO_REFRESH: emulator.oauth.refreshToken,
    },
    signal: runtime.signal,
    report: (progress) => runtime.output.progress(progress),
  });
  try {
    await decideAll(runtime, session);
    const { waiting } = await advance(session, { to: null, approveAs: 'demo' });
    if (waiting.length > 0) throw new MigrationError('waiting', waiting.join(', '));
    return await tellResult(runtime, session, emulator);
  } finally {
    await session.close();
  }
}

/** Answers what a person would be asked, each by its default, and says so. */
async function decideAll(runtime: Runtime, session: Session): Promise<void> {
  for (;;) {
    await advance(session, { to: 'plan', approveAs: null });
    const questions = new Map((await openQuestions(session)).map((question) => [question.id, question]));
    if (questions.size === 0) return;
    const given = await answerDefaults(session, 'demo');
    if (given.length === 0) throw new MigrationError('waiting', [...questions.keys()].join(', '));
    runtime.output.say(styleText('bold', `\n${given.length} questions, answered by their defaults:`));
    const kinds = Map.groupBy(given, (one) => `${questions.get(one.id)?.kind}`);
    for (const [kind, answers] of kinds) {
      const first = questions.get(answers[0]?.id ?? '');
      const more = answers.length > 1 ? ` (and ${answers.length - 1} more of the kind)` : '';
      runtime.output.say(
        `  ${kind}: ${plain(first?.question ?? '').slice(0, 110)} -> ${answers[0]?.choice}${more}`,
      );
    }
  }
}

async function tellResult(runtime: Runtime, session: Session, emulator: RunningEmulator): Promise<number> {
  const status = await statusOf(session);
  const verify = await verifyAnswer(session);
  const tokens = await billOf(session, emulator);
  const { workspace } = status;
  if (!runtime.output.json) process.stdout.write(`${resultText(status, verify, tokens)}\n`);
  process.stdout.write(`${JSON.stringify({ workspace, status, verify, tokens })}\n`);
  return verify.missing + verify.different > 0 ? 5 : 0;
}

async function billOf(session: Session, { control }: RunningEmulator): Promise<TokenBill> {
  await session.keepSpending();
  const log = (await (await fetch(`${control}/log`)).json()) as {
    readonly tokens: number;
    readonly status: number;
  }[];
  const charged = log.reduce((sum, request) => sum + request.tokens, 0);
  const throttled = log.filter((request) => request.status === 429).length;
  const { spentHere } = session.destination.budget();
  const { tokens } = await planAnswer(session);
  return { forecast: tokens, spent: spentHere, charged, requests: log.length, throttled };
}

function resultText(status: Status, verify: VerifyAnswer, tokens: TokenBill): string {
  const bill = [[tokens.forecast, tokens.spent, tokens.charged, tokens.requests, tokens.throttled]];
  return [
    '',
    styleText('bold', 'Reconciliation'),
    statusText(status),
    '',
    styleText('bold', 'Token bill'),
    table(['forecast', 'spent', 'charged by Pipedrive', 'requests', 'answered 429'], bill),
    '',
    styleText('bold', 'Proof: every written field read back'),
    verifyText(verify),
    '',
    `${styleText('bold', 'Workspace')}  ${status.workspace}`,
    `  reports    ${join(status.workspace, 'reports')}`,
  ].join('\n');
}
