import { AccountView } from '../account-view.ts';
import { type EmulatedAccount, type Logged, startAccount } from '../support/emulator.ts';
import { advanceAll, makeWorkspace, must, planned, type Workspace } from '../support/workspace.ts';

/** An open question, as `queue --json` tells it. */
export interface Question {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly records: readonly string[];
  readonly choices: readonly { readonly id: string; readonly label: string; readonly consequence: string }[];
  readonly blocks: string | null;
}

/** What `discover --json` tells of the source. */
export interface DiscoveredCatalog {
  readonly entities: readonly {
    readonly name: string;
    readonly origin: readonly string[];
    readonly fields: readonly { readonly name: string; readonly standard: string | null }[];
  }[];
}

/** The planted company after its journey: the account's own state and log, and what was asked on the way. */
export interface Landed {
  readonly account: EmulatedAccount;
  readonly workspace: Workspace;
  readonly seen: AccountView;
  readonly log: readonly Logged[];
  readonly questions: readonly Question[];
  readonly catalog: DiscoveredCatalog;
}

/** A lettered rule of the seed's rows, and what must hold in the account for it. */
export interface LandedRule {
  /** `S-20(a)`, several with commas, or the name of a planted kind of dirt. */
  readonly rule: string;
  readonly says: string;
  holds(landed: Landed): void;
}

/** Rows of each table beside the planted ones: enough that dropdowns, segments and two pipelines show. */
export const landedSample = { companies: 6, contacts: 24, deals: 24, activities: 30, notes: 8 };

/** Moves the planted company with every question answered by its default and notes as activities: the usual way. */
export async function land(): Promise<Landed> {
  const account = await startAccount();
  const policies = 'inDoubtQuietSeconds: 1, budgetShare: 1';
  const workspace = await makeWorkspace(account, { sample: landedSample, policies });
  const catalog = must(await workspace.run(['discover']), [0]).json as DiscoveredCatalog;
  must(await workspace.run(['advance', '--to', 'plan']), [0, 3, 5]);
  const questions = must(await workspace.run(['queue']), [3]).json as readonly Question[];
  await planned(workspace);
  must(await workspace.run(advanceAll), [0, 5]);
  return {
    account,
    workspace,
    seen: new AccountView(account.snapshot()),
    log: account.log(),
    questions,
    catalog,
  };
}

/** The questions of a kind. */
export function askedOf(questions: readonly Question[], kind: string): readonly Question[] {
  return questions.filter((question) => question.kind === kind);
}

/** At what places of the log the first and the last record were made at a path. Throws when none was. */
export function madeAt(
  log: readonly Logged[],
  path: string,
): { readonly first: number; readonly last: number } {
  const isIt = (request: Logged) =>
    request.method === 'POST' && request.path === path && request.status < 300;
  const first = log.findIndex(isIt);
  if (first < 0) throw new Error(`nothing was made at ${path}`);
  return { first, last: log.findLastIndex(isIt) };
}

/** Who owns a record. */
export function ownerOf(record: Readonly<Record<string, unknown>>): unknown {
  return record['owner_id'];
}
