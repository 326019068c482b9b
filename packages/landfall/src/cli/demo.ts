import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { answerDefaults } from '../migration/answers.ts';
import { openQuestions } from '../migration/gates.ts';
import { advance } from '../migration/journey.ts';
import { planAnswer } from '../migration/plan-answer.ts';
import { Session } from '../migration/session.ts';
import { type Status, statusOf } from '../migration/status.ts';
import { type VerifyAnswer, verifyAnswer } from '../migration/verify-answer.ts';
import { MigrationError } from '../model/error.ts';
import type { SourceOwner } from '../model/source.ts';
import { type DemoRow, type DemoSource, type DemoUser, demoSources } from './demo-sources.ts';
import { type RunningEmulator, startEmulator, tellEmulator } from './emulator-process.ts';
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
  /** Spent on looking at the account, before there was anything to forecast; part of `spent`. */
  readonly beforePlan: number;
  readonly spent: number;
  readonly charged: number;
  readonly requests: number;
  readonly throttled: number;
}

interface PipedriveReached {
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string };
}

type DemoPipedrive = RunningEmulator<PipedriveReached>;

const demoPlan = 'ultimate';
const demoSeats = 10;

/** A whole migration, end to end: sample company, emulated Pipedrive, approval by "demo", proof. */
export async function demo(runtime: Runtime, options: DemoOptions): Promise<number> {
  const row = demoOf(options.system);
  const workspace = workspaceFor(options);
  const place = { workspace, records: options.records ?? row.records, seed: options.seed ?? 1 };
  const pipedrive = await startEmulator<PipedriveReached>('pipedrive', [
    ...['--plan', demoPlan],
    ...['--seats', String(demoSeats)],
  ]);
  const started: { stop(): void }[] = [pipedrive];
  try {
    const source = await row.start(place);
    started.push(source);
    runtime.output.say(styleText('bold', `A company leaves ${row.title} and lands in Pipedrive (emulated)`));
    runtime.output.say(`  source     ${source.at}`);
    runtime.output.say(`  Pipedrive  ${pipedrive.url} (plan ${demoPlan}, ${demoSeats} seats, OAuth)`);
    writeFileSync(join(workspace, 'landfall.yaml'), configText(row, source, pipedrive));
    return await move(runtime, { workspace, source, pipedrive });
  } finally {
    for (const { stop } of started) stop();
  }
}

function demoOf(system: string): DemoRow {
  const row = Object.hasOwn(demoSources, system) ? demoSources[system] : undefined;
  if (row !== undefined) return row;
  const known = Object.keys(demoSources).join(', ');
  throw new MigrationError('usage', `There is no demo of “${system}”; there are ${known}.`);
}

function workspaceFor(options: DemoOptions): string {
  if (options.keep === undefined) return mkdtempSync(join(tmpdir(), 'landfall-demo-'));
  const directory = resolve(options.keep);
  mkdirSync(directory, { recursive: true });
  return directory;
}

function configText(row: DemoRow, { source }: DemoSource, { url, oauth }: DemoPipedrive): string {
  const policies = { ...row.policies, inDoubtQuietSeconds: 5 };
  return `version: 1
name: demo
source: ${JSON.stringify(source)}
destination:
  system: pipedrive
  url: ${url}
  auth:
    clientId: ${oauth.clientId}
    clientSecret: { env: LANDFALL_DEMO_SECRET }
    refreshToken: { env: LANDFALL_DEMO_REFRESH }
    tokenUrl: ${url}/oauth/token
  plan: ${demoPlan}
  seats: ${demoSeats}
policies: ${JSON.stringify(policies)}
`;
}

interface Demo {
  readonly workspace: string;
  readonly source: DemoSource;
  readonly pipedrive: DemoPipedrive;
}

async function move(runtime: Runtime, demo: Demo): Promise<number> {
  const { workspace, source, pipedrive } = demo;
  const session = await Session.open({
    directory: workspace,
    ports: runtime.ports,
    environment: {
      ...source.environment,
      LANDFALL_DEMO_SECRET: pipedrive.oauth.clientSecret,
      LANDFALL_DEMO_REFRESH: pipedrive.oauth.refreshToken,
    },
    signal: runtime.signal,
    report: (progress) => runtime.output.progress(progress),
  });
  try {
    await seedUsers(session, demo);
    await decideAll(runtime, session);
    const beforePlan = session.destination.budget().spentHere;
    const { waiting } = await advance(session, { to: null, approveAs: 'demo' });
    if (waiting.length > 0) throw new MigrationError('waiting', waiting.join(', '));
    return await tellResult(runtime, session, { pipedrive, beforePlan });
  } finally {
    await session.close();
  }
}

/** The destination's users are colleagues of the source's owners. */
async function seedUsers(session: Session, { source, pipedrive }: Demo): Promise<void> {
  const owners = source.users === undefined ? (await session.source.describe(session.signal)).owners : [];
  const users = source.users ?? colleagues(owners ?? []);
  await tellEmulator(pipedrive, 'seed', {
    users: users.map(({ name, email, active, admin }) => ({
      name,
      email,
      active_flag: active,
      is_admin: admin,
    })),
  });
}

/** A user for every active owner with an address but the last: one is left whom nobody has made an account. */
function colleagues(owners: readonly SourceOwner[]): readonly DemoUser[] {
  const named = owners
    .filter(({ kind, active }) => kind === 'user' && active)
    .flatMap(({ owner }) => {
      const [, name = '', email = ''] = /^(.+?)\s*<([^<>]+@[^<>]+)>$/.exec(owner) ?? [];
      return email === '' ? [] : [{ name, email }];
    });
  return named.slice(0, -1).map((user, at) => ({ ...user, active: true, admin: at === 0 }));
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

interface Paid {
  readonly pipedrive: DemoPipedrive;
  readonly beforePlan: number;
}

async function tellResult(runtime: Runtime, session: Session, paid: Paid): Promise<number> {
  const status = await statusOf(session);
  const verify = await verifyAnswer(session);
  const tokens = await billOf(session, paid);
  const { workspace } = status;
  if (!runtime.output.json) process.stdout.write(`${resultText(status, verify, tokens)}\n`);
  process.stdout.write(`${JSON.stringify({ workspace, status, verify, tokens })}\n`);
  return verify.missing + verify.different > 0 ? 5 : 0;
}

async function billOf(session: Session, { pipedrive, beforePlan }: Paid): Promise<TokenBill> {
  await session.keepSpending();
  const log = (await (await fetch(`${pipedrive.control}/log`)).json()) as {
    readonly tokens: number;
    readonly status: number;
  }[];
  const charged = log.reduce((sum, request) => sum + request.tokens, 0);
  const throttled = log.filter((request) => request.status === 429).length;
  const { spentHere } = session.destination.budget();
  const { tokens } = await planAnswer(session);
  return { forecast: tokens, beforePlan, spent: spentHere, charged, requests: log.length, throttled };
}

const billColumns = [
  'forecast',
  'spent on it',
  'before the plan',
  'charged by Pipedrive',
  'requests',
  'answered 429',
] as const;

function resultText(status: Status, verify: VerifyAnswer, tokens: TokenBill): string {
  const { forecast, beforePlan, spent, charged, requests, throttled } = tokens;
  const bill = [[forecast, spent - beforePlan, beforePlan, charged, requests, throttled]];
  return [
    '',
    styleText('bold', 'Reconciliation'),
    statusText(status),
    '',
    styleText('bold', 'Token bill'),
    table(billColumns, bill),
    '',
    styleText('bold', 'Proof: every written field read back'),
    verifyText(verify),
    '',
    `${styleText('bold', 'Workspace')}  ${status.workspace}`,
    `  reports    ${join(status.workspace, 'reports')}`,
  ].join('\n');
}
