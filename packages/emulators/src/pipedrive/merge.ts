import { z } from 'zod';
import { type Account, isLive, nowSec } from './account.ts';
import { addedParticipants, personsOfDeal } from './deal-persons.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import { removeParticipant } from './participants.ts';
import { linesOf, revalueDeal } from './products/deal-value.ts';
import type {
  CoreRecord,
  CustomValues,
  DealRecord,
  OrganizationRecord,
  PersonRecord,
  Reach,
} from './records.ts';
import { Refusal } from './refusal.ts';
import type { Table } from './table.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { v1Deals, v1Persons } from './v1-views.ts';
import { maySee, type VisibleEntity } from './visibility.ts';

const body = z.strictObject({ merge_with_id: looseId });

type Mergeable = OrganizationRecord | PersonRecord | DealRecord;

/** What makes the merge of one entity different from the others. */
interface Merge<T extends Mergeable> {
  readonly entity: VisibleEntity & ('deal' | 'person' | 'organization');
  readonly title: string;
  readonly table: (account: Account) => Table<T>;
  /** What the winner takes from the loser beyond its empty values. */
  readonly joined: (winner: T, loser: T) => Partial<T>;
  readonly assertFree?: (record: T) => void;
  readonly answer: (account: Account, winner: T, loser: T) => unknown;
}

/** Keys that are never taken from the loser, though the winner's may be empty. */
const OWN = new Set(['id', 'deletedSec', 'addedSec', 'updatedSec', 'archivedSec', 'stageChangedSec']);

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Published: the record of `merge_with_id` is prioritized in case of conflict; what it has empty, the other fills. */
function filled<T extends Mergeable>(winner: T, loser: T): T {
  const values: Record<string, unknown> = { ...winner };
  for (const [key, value] of Object.entries(loser))
    if (!OWN.has(key) && isEmpty(values[key]) && !isEmpty(value)) values[key] = value;
  const custom: CustomValues = { ...loser.custom, ...winner.custom };
  return { ...(values as unknown as T), custom: Object.keys(custom).length > 0 ? custom : null };
}

/** Both lists without the same value twice; the first of the winner stays the primary one. */
function joinedReaches(winner: readonly Reach[], loser: readonly Reach[]): readonly Reach[] {
  const known = new Set(winner.map(({ value }) => value.toLowerCase()));
  const more = loser.filter(({ value }) => !known.has(value.toLowerCase()));
  return [...winner, ...more.map((each) => (winner.length > 0 ? { ...each, primary: false } : each))];
}

function union(winner: readonly number[], loser: readonly number[]): readonly number[] {
  return [...new Set([...winner, ...loser])];
}

const DEAL_MERGE: Merge<DealRecord> = {
  entity: 'deal',
  title: 'Deal',
  table: ({ state }) => state.deals,
  // INF: a lost reason or a won time says nothing about a deal that is neither.
  joined: (winner, loser) => ({
    lost_reason: winner.lost_reason,
    closedSec: winner.closedSec,
    wonSec: winner.wonSec,
    lostSec: winner.lostSec,
    label_ids: union(winner.label_ids, loser.label_ids),
  }),
  assertFree(deal) {
    if (deal.archivedSec !== null) throw new Refusal(400, 'Archived deals cannot be merged');
  },
  answer: (account, winner, loser) => ({ ...v1Deals(account, [winner])[0], merge_what_id: loser.id }),
};

const PERSON_MERGE: Merge<PersonRecord> = {
  entity: 'person',
  title: 'Person',
  table: ({ state }) => state.persons,
  joined: (winner, loser) => ({
    first_name: winner.first_name,
    last_name: winner.last_name,
    emails: joinedReaches(winner.emails, loser.emails),
    phones: joinedReaches(winner.phones, loser.phones),
    label_ids: union(winner.label_ids, loser.label_ids),
  }),
  answer: (account, winner, loser) => ({ ...v1Persons(account, [winner])[0], merge_what_id: loser.id }),
};

const ORGANIZATION_MERGE: Merge<OrganizationRecord> = {
  entity: 'organization',
  title: 'Organization',
  table: ({ state }) => state.organizations,
  joined: (winner, loser) => ({ label_ids: union(winner.label_ids, loser.label_ids) }),
  answer: (_account, winner) => ({ id: winner.id }),
};

function recordOf<T extends Mergeable>({ account, user }: Exchange, merge: Merge<T>, recordId: number): T {
  const record = merge.table(account).get(recordId);
  if (!record || !isLive(record) || !maySee(account, user, merge.entity, record))
    throw new Refusal(404, `${merge.title} not found`);
  merge.assertFree?.(record);
  return record;
}

/** PUT /v1/{deals,persons,organizations}/{id}/merge: the record of the path goes into that of `merge_with_id`. */
export function mergeHandler(entity: 'deal' | 'person' | 'organization'): Handler {
  if (entity === 'deal') return (exchange) => merged(exchange, DEAL_MERGE);
  if (entity === 'person') return (exchange) => merged(exchange, PERSON_MERGE);
  return (exchange) => merged(exchange, ORGANIZATION_MERGE);
}

function merged<T extends Mergeable>(exchange: Exchange, merge: Merge<T>) {
  const { account } = exchange;
  const { merge_with_id } = parsedV1(body, looseBody(exchange));
  const loser = recordOf(exchange, merge, pathId(exchange));
  if (merge_with_id === loser.id)
    throw new Refusal(400, `Cannot merge ${merge.entity} ${loser.id} with itself`);
  const winner = recordOf(exchange, merge, merge_with_id);
  const { state } = account;
  state.history.merging = { entity: merge.entity, loserId: loser.id, winnerId: winner.id };
  try {
    const sec = nowSec(account);
    const table = merge.table(account);
    state.keep(table, { ...filled(winner, loser), ...merge.joined(winner, loser), updatedSec: sec });
    moveLinks(exchange, merge.entity, loser.id, winner.id);
    state.keep(table, { ...loser, deletedSec: sec, updatedSec: sec });
    return done(merge.answer(account, table.get(winner.id) ?? winner, loser));
  } finally {
    state.history.merging = null;
  }
}

/** Keys under which records of other kinds name an entity. */
const LINK_KEYS: Readonly<Record<Merge<Mergeable>['entity'], readonly string[]>> = {
  deal: ['deal_id'],
  person: ['person_id'],
  organization: ['org_id', 'organization_id', 'ownerOrgId', 'linkedOrgId'],
};

/** Everything that named the loser now names the winner. */
function moveLinks(exchange: Exchange, entity: Merge<Mergeable>['entity'], from: number, to: number): void {
  const { account, user } = exchange;
  const { state } = account;
  const linesMove = entity === 'deal' && linesOf(account, from).length > 0;
  for (const table of state.tables())
    for (const record of table.all()) {
      const changed = relinked(record as Linking, LINK_KEYS[entity], from, to);
      if (changed) state.keep(table, changed as CoreRecord);
    }
  if (linesMove) revalueDeal(account, to);
  moveFollowers(account, entity, from, to);
  if (entity === 'deal') moveParticipants(account, from, to, user.id);
  if (entity === 'person') renameParticipants(account, from, to, user.id);
}

interface Linking {
  readonly id: number;
  readonly deletedSec?: number | null;
}

/** The record with its links moved; null when it has none to the loser or is deleted itself. */
function relinked(record: Linking, keys: readonly string[], from: number, to: number): Linking | null {
  if (record.deletedSec != null) return null;
  const values = record as unknown as Readonly<Record<string, unknown>>;
  const changes: Record<string, unknown> = {};
  for (const key of keys) if (values[key] === from) changes[key] = to;
  const people = values.participants;
  if (keys.includes('person_id') && Array.isArray(people) && people.some((each) => each.person_id === from))
    changes.participants = oncePerPerson(people as readonly ActivityPerson[], from, to);
  if (Object.keys(changes).length === 0) return null;
  // A relationship of the loser with the winner would lead to itself.
  const next = { ...values, ...changes } as Record<string, unknown>;
  if (next.ownerOrgId !== undefined && next.ownerOrgId === next.linkedOrgId) return null;
  return next as unknown as Linking;
}

interface ActivityPerson {
  readonly person_id: number;
  readonly primary: boolean;
}

function oncePerPerson(
  people: readonly ActivityPerson[],
  from: number,
  to: number,
): readonly ActivityPerson[] {
  const kept = new Map<number, ActivityPerson>();
  for (const each of people) {
    const person_id = each.person_id === from ? to : each.person_id;
    const before = kept.get(person_id);
    kept.set(person_id, { person_id, primary: each.primary || before?.primary === true });
  }
  return [...kept.values()];
}

function moveFollowers(account: Account, entity: string, from: number, to: number): void {
  const { state } = account;
  const live = (recordId: number) => [...state.followersByRecord.of(`${entity} ${recordId}`)].filter(isLive);
  const known = new Set(live(to).map(({ userId }) => userId));
  for (const follower of live(from))
    if (!known.has(follower.userId)) state.keep(state.followers, { ...follower, recordId: to });
}

function moveParticipants(account: Account, from: number, to: number, actorId: number): void {
  const { state } = account;
  const winner = state.deals.get(to);
  const known = winner ? personsOfDeal(account, winner) : new Set<number>();
  for (const row of addedParticipants(account, from))
    if (known.has(row.personId)) removeParticipant(account, row, actorId);
    else state.keep(state.dealParticipants, { ...row, dealId: to });
}

function renameParticipants(account: Account, from: number, to: number, actorId: number): void {
  const { state } = account;
  for (const row of state.dealParticipants.all()) {
    if (!isLive(row) || row.personId !== from) continue;
    const deal = state.deals.get(row.dealId);
    if (row.added && deal && personsOfDeal(account, deal).has(to)) removeParticipant(account, row, actorId);
    else state.keep(state.dealParticipants, { ...row, personId: to });
  }
}
