import { z } from 'zod';
import { type Account, assertLink, isLive, liveLink, nowSec } from './account.ts';
import { addedParticipants, personsOfDeal } from './deal-persons.ts';
import { done, type Exchange, type Handler, looseBody, page, pathId } from './exchange-context.ts';
import { markerPage } from './history/change-log.ts';
import { offsetPage, offsetReply } from './offset.ts';
import type { DealParticipantRecord, DealRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { id, parsed } from './schemas.ts';
import { v1Time } from './times.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { organizationPart, personPart, relatedObjects, userPart } from './v1-parts.ts';
import { v1Persons } from './v1-views.ts';

const creation = z.strictObject({ person_id: looseId });
const seed = z.strictObject({ deal_id: id, person_id: id });

/** Adds a person to a deal. Throws when they already belong to it, or the deal or the person is not there. */
export function addParticipant(
  account: Account,
  deal: DealRecord,
  personId: number,
  actor: UserRecord,
): DealParticipantRecord {
  assertLink(account, 'Person', account.state.persons.get(personId), personId);
  // UNC: whether an archived deal can get participants; as with notes.
  if (deal.archivedSec !== null && account.switches.archivedAttach === 'refuse')
    throw new Refusal(400, 'Archived deals cannot be updated');
  // INF: status and text.
  if (personsOfDeal(account, deal).has(personId))
    throw new Refusal(400, `Person ${personId} is already a participant of deal ${deal.id}`);
  return keepParticipant(account, deal.id, personId, actor.id, true);
}

function keepParticipant(
  account: Account,
  dealId: number,
  personId: number,
  addedByUserId: number,
  added: boolean,
): DealParticipantRecord {
  const { dealParticipants } = account.state;
  return account.state.keep(dealParticipants, {
    id: dealParticipants.nextId,
    dealId,
    personId,
    added,
    addedByUserId,
    removedByUserId: null,
    addedSec: nowSec(account),
    deletedSec: null,
  });
}

/** Takes somebody who was added off a deal. */
export function removeParticipant(
  account: Account,
  participant: DealParticipantRecord,
  actorId: number,
): void {
  account.state.keep(account.state.dealParticipants, {
    ...participant,
    removedByUserId: actorId,
    deletedSec: nowSec(account),
  });
}

/**
 * Who was added to which deal, for the snapshot: without ids, as who is taken off and put back gets a new one, and
 * without whom the deal itself names.
 */
export function participantShots(account: Account): readonly unknown[] {
  const { deals, dealParticipants, persons } = account.state;
  const live = [...dealParticipants.all()].filter(
    ({ dealId, personId, added, deletedSec }) =>
      added && deletedSec === null && isLive(deals.get(dealId)) && isLive(persons.get(personId)),
  );
  return live
    .sort((a, b) => a.dealId - b.dealId || a.personId - b.personId)
    .map(({ dealId, personId }) => ({ deal_id: dealId, person_id: personId }));
}

/** Seeds a participant: `{ deal_id, person_id }`. */
export function seedParticipant(account: Account, item: unknown, actor: UserRecord): DealParticipantRecord {
  const { deal_id, person_id } = parsed(seed, item);
  const deal = account.state.deals.get(deal_id);
  assertLink(account, 'Deal', deal, deal_id);
  return addParticipant(account, deal as DealRecord, person_id, actor);
}

/** The deal's own person is a participant too, without having been added: its row is made when somebody looks. */
function ownRow(account: Account, deal: DealRecord): DealParticipantRecord | null {
  const personId = liveLink(account.state.persons, deal.person_id);
  if (personId === null) return null;
  const rows = [...account.state.participantsByDeal.of(deal.id)].filter(
    (each) => isLive(each) && each.personId === personId,
  );
  return (
    rows.find((each) => each.added) ??
    rows[0] ??
    keepParticipant(account, deal.id, personId, deal.owner_id, false)
  );
}

function rowsOf(account: Account, deal: DealRecord): readonly DealParticipantRecord[] {
  const own = ownRow(account, deal);
  const added = addedParticipants(account, deal.id).filter((each) => each.id !== own?.id);
  return own === null ? added : [own, ...added];
}

function views(account: Account, rows: readonly DealParticipantRecord[], withCounts: boolean) {
  const persons = rows.flatMap(({ personId }) => account.state.persons.get(personId) ?? []);
  const shown = new Map(v1Persons(account, persons, withCounts).map((person) => [person.id, person]));
  return rows.map((row) => view(account, row, shown.get(row.personId) ?? {}));
}

function view(
  account: Account,
  row: DealParticipantRecord,
  shown: Record<string, unknown>,
): Record<string, unknown> {
  const { state } = account;
  const person = state.persons.get(row.personId);
  const organization = person?.org_id == null ? undefined : state.organizations.get(person.org_id);
  const { id: value, ...part } = person ? personPart(person) : { id: row.personId };
  const nested = organization && isLive(organization) ? organizationPart(account, organization) : null;
  return {
    id: row.id,
    person_id: { ...part, value },
    add_time: v1Time(row.addedSec),
    active_flag: isLive(row),
    related_item_data: { deal_id: row.dealId, title: state.deals.get(row.dealId)?.title ?? null },
    person: {
      ...shown,
      owner_id: person ? withValue(userPart(account, person.owner_id)) : null,
      org_id: nested && withoutId(nested),
    },
    added_by_user_id: withValue(userPart(account, row.addedByUserId)),
    related_item_type: 'deal',
    related_item_id: row.dealId,
  };
}

function withValue(part: Record<string, unknown>): Record<string, unknown> {
  return { ...part, value: part.id };
}

function withoutId({ id: value, ...part }: Record<string, unknown>): Record<string, unknown> {
  return { ...part, value };
}

function related(account: Account, rows: readonly DealParticipantRecord[]): Record<string, object> {
  const persons = rows.flatMap(({ personId }) => account.state.persons.get(personId) ?? []);
  return relatedObjects(account, {
    users: [...rows.map((row) => row.addedByUserId), ...persons.map((person) => person.owner_id)],
    persons: persons.map((person) => person.id),
    organizations: persons.map((person) => liveLink(account.state.organizations, person.org_id)),
  });
}

function dealOf(exchange: Exchange): DealRecord {
  const deal = exchange.account.state.deals.get(pathId(exchange));
  if (!deal || deal.deletedSec !== null) throw new Refusal(404, 'Deal not found');
  return deal;
}

function remove(exchange: Exchange) {
  const { account, user } = exchange;
  const deal = dealOf(exchange);
  const rowId = pathId(exchange, 'deal_participant_id');
  const row = rowsOf(account, deal).find((each) => each.id === rowId);
  if (!row) throw new Refusal(404, 'Participant not found');
  if (row.personId === deal.person_id) {
    if (account.switches.primaryParticipant === 'refuse')
      throw new Refusal(400, 'The primary person of a deal cannot be removed from its participants');
    const sec = nowSec(account);
    account.state.keep(account.state.deals, { ...deal, person_id: null, updatedSec: sec });
  }
  removeParticipant(account, row, user.id);
  return done({ id: row.id });
}

interface Step {
  readonly id: number;
  readonly view: Record<string, unknown>;
}

/** Who came and who went. INF: the word `removed`; `added` is published. */
function stepsOf(row: DealParticipantRecord): Step[] {
  const step = (action: string, actor: number | null, sec: number, nr: number): Step => ({
    id: row.id * 2 - nr,
    view: { actor_user_id: actor, person_id: row.personId, action, time: v1Time(sec) },
  });
  const came = step('added', row.addedByUserId, row.addedSec, 1);
  return row.deletedSec === null ? [came] : [step('removed', row.removedByUserId, row.deletedSec, 0), came];
}

/** The v1 operations on the participants of a deal. */
export const PARTICIPANT_HANDLERS: Readonly<Record<'list' | 'add' | 'remove' | 'changelog', Handler>> = {
  list(exchange) {
    const { account, call } = exchange;
    const rows = rowsOf(account, dealOf(exchange));
    const found = offsetPage(account, call, rows);
    const { status, value } = offsetReply(views(account, found.items, true), found);
    return { status, value: { ...(value as object), related_objects: related(account, found.items) } };
  },
  add(exchange) {
    const { account, user } = exchange;
    const { person_id } = parsedV1(creation, looseBody(exchange));
    const row = addParticipant(account, dealOf(exchange), person_id, user);
    const { organization: _unpublished, ...others } = related(account, [row]);
    // INF: without the counts of the person, so that adding many costs no walk through the account each time.
    const [data] = views(account, [row], false);
    return { status: 200, value: { success: true, data, related_objects: others } };
  },
  remove,
  changelog(exchange) {
    const rows = [...exchange.account.state.participantsByDeal.of(dealOf(exchange).id)];
    const steps = rows.filter((each) => each.added).flatMap(stepsOf);
    const found = markerPage(
      exchange,
      steps.sort((a, b) => b.id - a.id),
    );
    return page(
      found.items.map((step) => step.view),
      found.nextCursor,
    );
  },
};
