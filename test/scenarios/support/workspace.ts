import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ports, systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import { answerDefaults } from '../../../packages/landfall/src/migration/answers.ts';
import { openQuestions } from '../../../packages/landfall/src/migration/gates.ts';
import { advance } from '../../../packages/landfall/src/migration/journey.ts';
import { Session } from '../../../packages/landfall/src/migration/session.ts';
import { type Status, statusOf } from '../../../packages/landfall/src/migration/status.ts';
import { exitCodeOf } from '../../../packages/landfall/src/model/error.ts';
import { type SampleOptions, writeSampleCompany } from '../../../samples/smart-crm-online.ts';
import { landfall, type Ran, type RunOptions } from './cli.ts';
import type { EmulatedAccount } from './emulator.ts';

/** A workspace in a temporary folder that leads to an emulated account. */
export interface Workspace {
  readonly directory: string;
  readonly account: EmulatedAccount;
  /** Runs a command in it (with `--json`), the account's token in the environment. */
  run(args: readonly string[], options?: Omit<RunOptions, 'directory'>): Promise<Ran>;
  remove(): void;
}

/** What lies in a workspace beside the sample export. */
export interface WorkspaceOptions {
  /** The sample company; absent: the smallest one, about 60 records of all kinds. */
  readonly sample?: SampleOptions;
  /** Lines of `policies` in `landfall.yaml`, as YAML flow (`inDoubtQuietSeconds: 1, notesAs: note`). */
  readonly policies?: string;
  readonly plan?: string;
  readonly seats?: number;
  /** `off` (absent: this) for an account without limits. */
  readonly pace?: 'plan' | 'off';
  /** A folder to copy (a workspace in an earlier state); its `landfall.yaml` is written anew. */
  readonly from?: string;
  /** `postgres://...` */
  readonly database?: string;
  /** Where its folder is made; absent: the system's place for temporary files. */
  readonly place?: string;
  /** Lines of `destination.auth`, as YAML flow; absent: the account's API token, by the environment. */
  readonly auth?: string;
}

/** One record of each kind beside the planted ones: 13 companies, 19 contacts, 16 deals, 10 activities, 8 notes. */
export const smallest: SampleOptions = { companies: 1, contacts: 1, deals: 1, activities: 1, notes: 1 };

const usualPolicies =
  'timezone: Europe/Istanbul, country: TR, currency: TRY, inDoubtQuietSeconds: 0.6, notesAs: note, budgetShare: 1';
const tokenName = 'PIPEDRIVE_API_TOKEN';

/** Makes a workspace for an account. Remove it when done. */
export async function makeWorkspace(
  account: EmulatedAccount,
  options: WorkspaceOptions = {},
): Promise<Workspace> {
  const directory = mkdtempSync(join(options.place ?? tmpdir(), 'landfall-scenario-'));
  if (options.from === undefined)
    await writeSampleCompany(join(directory, 'export'), options.sample ?? smallest);
  else cpSync(options.from, directory, { recursive: true });
  writeConfig(directory, account, options);
  return {
    directory,
    account,
    run: (args, run = {}) =>
      landfall(args, { ...run, directory, env: { [tokenName]: account.token, ...run.env } }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Writes `landfall.yaml` for an account. */
export function writeConfig(
  directory: string,
  account: EmulatedAccount,
  options: WorkspaceOptions = {},
): void {
  const {
    policies = usualPolicies,
    pace = 'off',
    plan = account.plan,
    seats = account.seats,
    database,
    auth = `token: { env: ${tokenName} }`,
  } = options;
  mkdirSync(directory, { recursive: true });
  const lines = [
    'version: 1',
    'name: scenario',
    'source: { system: smart-crm-online, export: ./export }',
    'destination:',
    '  system: pipedrive',
    `  url: ${account.url}`,
    `  auth: { ${auth} }`,
    `  plan: ${plan}`,
    `  seats: ${seats}`,
    `  pace: ${pace}`,
    `policies: { ${policies} }`,
    ...(database === undefined ? [] : [`database: ${database}`]),
  ];
  writeFileSync(join(directory, 'landfall.yaml'), `${lines.join('\n')}\n`);
}

/** The command that does everything that is due, approving in the name of a test. */
export const advanceAll = ['advance', '--approve-as', 'tester'] as const;

/**
 * Brings a workspace up to a plan with every question answered by its default, in this process, and gives the plan's
 * hash. Nothing is written yet.
 */
export async function planned(workspace: Workspace): Promise<string> {
  const session = await openSession(workspace);
  try {
    do await advance(session, { to: 'plan', approveAs: null });
    while ((await answerDefaults(session, 'tester')).length > 0);
    const open = await openQuestions(session);
    if (open.length > 0) throw new Error(`no default: ${open.map(({ id }) => id).join(', ')}`);
    return String(await session.store.getValue('planHash'));
  } finally {
    await session.close();
  }
}

/** What `advance --approve-as tester` does, in this process: spares a start. Pauses are waited out by doing it again. */
export async function advanceHere(
  workspace: Workspace,
  tries = 8,
  ports: Ports = systemPorts(),
): Promise<Status> {
  const session = await openSession(workspace, ports);
  try {
    const { waiting } = await advance(session, { to: null, approveAs: 'tester' });
    if (waiting.length > 0) throw new Error(`waits for ${waiting.join(', ')}`);
    return await statusOf(session);
  } catch (error) {
    if (tries === 1 || exitCodeOf(error) !== 4) throw error;
  } finally {
    await session.close();
  }
  return advanceHere(workspace, tries - 1, ports);
}

/** The workspace opened in this process, for what no command shows. Close it when done. */
export function openSession(workspace: Workspace, ports: Ports = systemPorts()): Promise<Session> {
  return Session.open({
    directory: workspace.directory,
    ports,
    environment: { [tokenName]: workspace.account.token },
    signal: new AbortController().signal,
    report: () => undefined,
  });
}

/** The run, when it ended with one of the codes; throws with everything it said otherwise. */
export function must(ran: Ran, codes: readonly (number | null)[]): Ran {
  if (codes.includes(ran.code)) return ran;
  throw new Error(`not exit ${codes.join(' or ')} but ${saidBy(ran)}`);
}

/** How a command ended and the end of what it said, for a failing test. */
export function saidBy({ code, signal, stderr, stdout }: Ran): string {
  const lines = stderr.split('\n').filter((line) => !line.startsWith('crash-point'));
  return `exit ${code ?? signal}:\n${lines.join('\n').slice(-2_000)}\n${stdout.slice(0, 2_000)}`;
}
