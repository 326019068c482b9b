import { sha256 } from '../../base/hash.ts';
import { nameKey } from '../../mapping/key.ts';
import { MigrationError } from '../../model/error.ts';
import type { OwnerRow } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { Decision, Question } from '../../model/question.ts';
import type { Tally } from '../../model/store.ts';
import type { TargetCatalog, TargetUser } from '../../model/target.ts';

/** The user table: every distinct owner of the source with the user who gets the records. */
export interface OwnerPlan {
  readonly rows: readonly OwnerRow[];
  readonly questions: readonly Question[];
}

/** What `planOwners` decides from. */
export interface OwnerInput {
  readonly tallies: readonly Tally[];
  readonly target: TargetCatalog;
  readonly policies: Policies;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/**
 * Matches owners with active users: by e-mail, else by a full name that one active user has (OWN-02, OWN-07, OWN-10).
 * Everybody else is asked about, once (OWN-03, OWN-06).
 */
export function planOwners(input: OwnerInput): OwnerPlan {
  const records = new Map<string, number>();
  for (const tally of input.tallies) records.set(tally.value, (records.get(tally.value) ?? 0) + tally.count);
  const rows = [...records]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([owner, count]) => rowOf(owner, count, input));
  const open = rows.filter((row) => row.group === 'open' || row.group === 'needs-account');
  return { rows, questions: open.map((row) => questionAbout(row)) };
}

/** The id of the question about an owner. */
export function ownerQuestionId(owner: string): string {
  return `owner-${sha256(owner).slice(0, 10)}`;
}

function rowOf(owner: string, records: number, input: OwnerInput): OwnerRow {
  const match = matchUser(owner, input.target.users);
  if (match !== null) return resolved(owner, records, match.user, `same ${match.by}`);
  const decision = input.decisions.get(ownerQuestionId(owner));
  if (decision !== undefined) return decided(owner, records, decision, input);
  if (input.policies.unmatchedOwners === 'fallback')
    return fallback(owner, records, input, 'policy unmatchedOwners');
  return open(owner, records, input.target.users);
}

function resolved(owner: string, records: number, user: TargetUser, evidence: string): OwnerRow {
  return { owner, records, userId: user.id, userName: user.name, group: 'resolved', evidence };
}

function open(owner: string, records: number, users: readonly TargetUser[]): OwnerRow {
  const inactive = users.find((user) => !user.active && isSameUser(owner, user) !== null);
  const evidence =
    inactive === undefined ? 'no user of that e-mail or name' : `the user ${inactive.name} is not active`;
  return { owner, records, userId: null, userName: null, group: 'open', evidence };
}

function decided(owner: string, records: number, decision: Decision, input: OwnerInput): OwnerRow {
  if (decision.choice === 'fallback') return fallback(owner, records, input, `decided by ${decision.by}`);
  if (decision.choice === 'map') {
    const user = activeUserNamed(decision.value ?? '', input.target.users);
    if (user !== null) return resolved(owner, records, user, `decided by ${decision.by}`);
    throw new MigrationError(
      'decision-unknown',
      `decisions.yaml: ${decision.id} gives the records of ${owner} to “${decision.value ?? ''}”, who is no active user.`,
      { at: 'decisions.yaml', hint: 'Answer again with the e-mail of an active user.' },
    );
  }
  const evidence = 'to be invited; run `landfall discover` when the user is there';
  return { owner, records, userId: null, userName: null, group: 'needs-account', evidence };
}

function fallback(owner: string, records: number, input: OwnerInput, evidence: string): OwnerRow {
  const { users, selfUserId } = input.target;
  const named = input.policies.fallbackOwner;
  const user = named === null ? users.find((one) => one.id === selfUserId) : activeUserNamed(named, users);
  if (user === null) {
    throw new MigrationError('configuration-wrong', `policies.fallbackOwner: ${named} is no active user.`, {
      at: 'landfall.yaml',
      hint: 'Name an active user of the account in landfall.yaml.',
    });
  }
  if (user === undefined) return open(owner, records, users);
  return { owner, records, userId: user.id, userName: user.name, group: 'fallback', evidence };
}

/** The one active user of that e-mail, else of that full name; null when there is none. */
export function activeUserNamed(text: string, users: readonly TargetUser[]): TargetUser | null {
  return matchUser(text, users)?.user ?? null;
}

function matchUser(owner: string, users: readonly TargetUser[]): { user: TargetUser; by: string } | null {
  for (const by of ['e-mail', 'name'] as const) {
    const found = users.filter((user) => user.active && isSameUser(owner, user) === by);
    if (found.length === 1 && found[0] !== undefined) return { user: found[0], by };
  }
  return null;
}

function isSameUser(owner: string, user: TargetUser): 'e-mail' | 'name' | null {
  const text = owner.trim();
  if (text === '') return null;
  if (text.includes('@')) return text.toLowerCase() === user.email.toLowerCase() ? 'e-mail' : null;
  return nameKey(text) === nameKey(user.name) ? 'name' : null;
}

function questionAbout(row: OwnerRow): Question {
  return {
    id: ownerQuestionId(row.owner),
    kind: 'owner',
    subject: row.owner,
    question: `Who owns the ${row.records === 1 ? 'one record' : `${row.records} records`} of ${row.owner}? (${row.evidence})`,
    records: [],
    recordCount: row.records,
    choices: [
      {
        id: 'provisioned',
        label: 'The user has been invited since',
        consequence: 'Run `landfall discover` again: the owner is matched by e-mail or name.',
        default: false,
      },
      {
        id: 'map',
        label: 'Another user',
        consequence: 'The records become that user’s.',
        default: false,
        asksFor: 'e-mail or name of an active user',
      },
      {
        id: 'fallback',
        label: 'The fallback user',
        consequence:
          'The records become the fallback user’s (policies.fallbackOwner, else the user of the token).',
        default: true,
      },
    ],
    blocks: 'owners',
  };
}
