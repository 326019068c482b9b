import { sha256 } from '../../base/hash.ts';
import { addressText, parseEmailAddress } from '../../mapping/email-address.ts';
import { nameKey, ownerKey } from '../../mapping/key.ts';
import { MigrationError } from '../../model/error.ts';
import type { OwnerRow } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { Decision, Question } from '../../model/question.ts';
import type { SourceOwner } from '../../model/source.ts';
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
  /** Who can own records in the source, where it tells. */
  readonly sourceOwners: readonly SourceOwner[];
  readonly target: TargetCatalog;
  readonly policies: Policies;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/**
 * Matches owners with active users: by e-mail, else (who has none) by a full name that one active user has (OWN-02,
 * OWN-07, OWN-10). Everybody else is asked about, once (OWN-03, OWN-06). Who is active in the source needs an account;
 * who was disabled there, or is a team, gets none: the fallback user is the answer at hand (O-29(b)).
 */
export function planOwners(input: OwnerInput): OwnerPlan {
  const records = new Map<string, number>();
  for (const tally of input.tallies) records.set(tally.value, (records.get(tally.value) ?? 0) + tally.count);
  const standings = new Map(input.sourceOwners.map((owner) => [keyOf(owner.owner), standingOf(owner)]));
  const rows = [...records]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([owner, count]) => withStanding(rowOf(owner, count, input), standings));
  const open = rows.filter((row) => row.group === 'open' || row.group === 'needs-account');
  return { rows, questions: open.map((row) => questionAbout(row)) };
}

/** The id of the question about an owner. */
export function ownerQuestionId(owner: string): string {
  return `owner-${sha256(owner).slice(0, 10)}`;
}

type Standing = NonNullable<OwnerRow['standing']>;

function keyOf(owner: string): string {
  return ownerKey(owner) ?? owner.trim();
}

function standingOf({ kind, active }: SourceOwner): Standing {
  if (kind === 'team') return 'team';
  return active ? 'active' : 'disabled';
}

const openAs: Readonly<Record<Standing, { readonly group: OwnerRow['group']; readonly told: string }>> = {
  active: { group: 'needs-account', told: '' },
  disabled: { group: 'open', told: '; disabled in the source' },
  team: { group: 'open', told: '; a team in the source, which cannot own records in the destination' },
};

/** The row with what the source says of the owner; who is still active there needs an account. */
function withStanding(row: OwnerRow, standings: ReadonlyMap<string, Standing>): OwnerRow {
  const standing = standings.get(keyOf(row.owner));
  if (standing === undefined) return row;
  if (row.group !== 'open') return { ...row, standing };
  const { group, told } = openAs[standing];
  return { ...row, standing, group, evidence: row.evidence + told };
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
  const evidence = whyOpen(owner, users);
  return { owner, records, userId: null, userName: null, group: 'open', evidence };
}

function whyOpen(owner: string, users: readonly TargetUser[]): string {
  const inactive = users.find((user) => !user.active && isSameUser(owner, user) !== null);
  if (inactive !== undefined) return `the user ${inactive.name} is not active`;
  const name = nameKey(parseEmailAddress(owner)?.name ?? '');
  const namesake =
    name === null ? undefined : users.find((user) => user.active && nameKey(user.name) === name);
  if (namesake === undefined) return 'no user of that e-mail or name';
  return `no user of that e-mail; ${namesake.name} has the address ${namesake.email}`;
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
  if (text.includes('@')) {
    const address = parseEmailAddress(text);
    const written = address === null ? text : addressText(address);
    return written.toLowerCase() === user.email.toLowerCase() ? 'e-mail' : null;
  }
  return nameKey(text) === nameKey(user.name) ? 'name' : null;
}

const answers: Question['choices'] = [
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
];

function questionAbout(row: OwnerRow): Question {
  // a team has no e-mail to be invited by
  const choices = row.standing === 'team' ? answers.filter(({ id }) => id !== 'provisioned') : answers;
  return {
    id: ownerQuestionId(row.owner),
    kind: 'owner',
    subject: row.owner,
    question: `Who owns the ${row.records === 1 ? 'one record' : `${row.records} records`} of ${row.owner}? (${row.evidence})`,
    records: [],
    recordCount: row.records,
    choices,
    blocks: 'owners',
  };
}
