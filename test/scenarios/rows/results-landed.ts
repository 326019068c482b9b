import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, answerDefaults } from '../../../packages/landfall/src/migration/answers.ts';
import { openQuestions } from '../../../packages/landfall/src/migration/gates.ts';
import { advance } from '../../../packages/landfall/src/migration/journey.ts';
import type { Session } from '../../../packages/landfall/src/migration/session.ts';
import type { Status } from '../../../packages/landfall/src/migration/status.ts';
import type { Question } from '../../../packages/landfall/src/model/question.ts';
import { type ResultsManifest, type ResultsOptions, writeResultsExport } from '../../../samples/results.ts';
import { AccountView } from '../account-view.ts';
import { landfall } from '../support/cli.ts';
import { type EmulatedAccount, type Logged, type Snapshot, startAccount } from '../support/emulator.ts';
import { advanceHere, openSession, type Workspace } from '../support/workspace.ts';

/** The planted firm after its journey: the account's own state and log, what was asked, and the reports. */
export interface ResultsLanded {
  readonly account: EmulatedAccount;
  readonly workspace: Workspace;
  /** null: an export of its own. */
  readonly manifest: ResultsManifest | null;
  readonly seen: AccountView;
  /** What the account held before the first request of the migration. */
  readonly before: Snapshot;
  readonly log: readonly Logged[];
  /** Every question, in the order it was asked. */
  readonly questions: readonly Question[];
  /** Writes that had reached the account when the last question was asked. */
  readonly writesBeforeAnswers: number;
  readonly status: Status;
  /** A report of the workspace, by its name. */
  report(name: string): string;
  end(): Promise<void>;
}

/** A rule of the pair's page, and what must hold in the account for it. */
export interface ResultsRule {
  readonly rule: string;
  readonly says: string;
  holds(landed: ResultsLanded): void;
}

/** An answer that is not the default: by the question's id, or the beginning of it. */
export interface GivenAnswer {
  readonly question: string;
  readonly choice: string;
  readonly value?: string;
}

/** Few ordinary records beside the planted ones. */
const few: ResultsOptions = {
  companies: 5,
  contacts: 8,
  deals: 24,
  activities: 20,
  notes: 2,
  products: 4,
  lines: 6,
  invoices: 4,
  workOrders: 3,
  documents: 3,
  photos: 4,
};

/**
 * Moves the planted firm, or another export that `write` makes: the given answers where a question has one, else its
 * default.
 */
export async function landResults(
  given: readonly GivenAnswer[] = [],
  write: (directory: string) => Promise<ResultsManifest | null> = (place) => writeResultsExport(place, few),
): Promise<ResultsLanded> {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-results-'));
  const manifest = await write(join(directory, 'export'));
  const account = await startAccount();
  const before = account.snapshot();
  const workspace = workspaceOf(directory, account);
  const { questions, writesBeforeAnswers } = await answered(workspace, given);
  const status = await advanceHere(workspace);
  return {
    account,
    workspace,
    manifest,
    before,
    seen: new AccountView(account.snapshot()),
    log: account.log(),
    questions,
    writesBeforeAnswers,
    status,
    report: (name) => readFileSync(join(directory, 'reports', name), 'utf8'),
    async end() {
      await account.close();
      workspace.remove();
    },
  };
}

function workspaceOf(directory: string, account: EmulatedAccount): Workspace {
  writeFileSync(
    join(directory, 'landfall.yaml'),
    `version: 1
name: scenario
source: { system: results, export: ./export }
destination:
  system: pipedrive
  url: ${account.url}
  auth: { token: { env: PIPEDRIVE_API_TOKEN } }
  plan: ${account.plan}
  seats: ${account.seats}
  pace: off
policies: { inDoubtQuietSeconds: 1, budgetShare: 1 }
`,
  );
  const env = { PIPEDRIVE_API_TOKEN: account.token };
  return {
    directory,
    account,
    run: (args, run = {}) => landfall(args, { ...run, directory, env: { ...env, ...run.env } }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function answered(
  workspace: Workspace,
  given: readonly GivenAnswer[],
): Promise<Pick<ResultsLanded, 'questions' | 'writesBeforeAnswers'>> {
  const session = await openSession(workspace);
  const asked = new Map<string, Question>();
  let writesBeforeAnswers = 0;
  try {
    for (;;) {
      await advance(session, { to: 'plan', approveAs: null });
      const open = await openQuestions(session);
      if (open.length === 0) return { questions: [...asked.values()], writesBeforeAnswers };
      for (const question of open) asked.set(question.id, question);
      writesBeforeAnswers = workspace.account.log().filter(({ method }) => method !== 'GET').length;
      await giveAnswers(session, open, given);
      await answerDefaults(session, 'tester');
    }
  } finally {
    await session.close();
  }
}

async function giveAnswers(
  session: Session,
  open: readonly Question[],
  given: readonly GivenAnswer[],
): Promise<void> {
  for (const { id, records } of open) {
    const mine = given.find(({ question }) => id.startsWith(question) || records.includes(question));
    const fits = mine !== undefined && open.some((one) => one.id === id && hasChoice(one, mine.choice));
    if (mine !== undefined && fits)
      await answer(session, { id, choice: mine.choice, value: mine.value, by: 'tester' });
  }
}

function hasChoice({ choices }: Question, choice: string): boolean {
  return choices.some(({ id }) => id === choice);
}

/** At what places of the log the first and the last record were made at paths of that form. Throws when none was. */
export function madeWhere(
  log: readonly Logged[],
  path: RegExp,
): { readonly first: number; readonly last: number } {
  const isIt = (request: Logged) =>
    request.method === 'POST' && path.test(request.path) && request.status < 300;
  const first = log.findIndex(isIt);
  if (first < 0) throw new Error(`nothing was made at ${path}`);
  return { first, last: log.findLastIndex(isIt) };
}
