import { z } from 'zod';
import { type Account, assertLink, assertOwner, isLive, liveLink, nowSec } from './account.ts';
import { CORE_LIST_QUERY, type CoreEntity, coreSortKey, type View } from './core-entity.ts';
import { addressView, hasOption } from './field-values.ts';
import { sanitisedHtml } from './note-html.ts';
import type { ActivityRecord, AddressValue, Attendee, Participant, UserRecord } from './records.ts';
import { badRequest } from './refusal.ts';
import { address, clock, day, id, parsed, shortText, span } from './schemas.ts';
import { rfc3339, withSeconds } from './times.ts';

/** The most bytes of an activity's note. */
const NOTE_BYTES = 100_000;

const participant = z.strictObject({ person_id: id, primary: z.boolean().optional() });
const attendee = z.strictObject({
  email: z.string().nullish(),
  name: z.string().nullish(),
  status: z.string().nullish(),
  is_organizer: z.boolean().optional(),
  person_id: id.nullish(),
  user_id: id.nullish(),
});
// INF: that null clears what is not required.
const body = z.strictObject({
  subject: shortText.optional(),
  type: z.string().optional(),
  owner_id: id.optional(),
  deal_id: id.nullish(),
  lead_id: z.uuid().nullish(),
  person_id: z.unknown().optional(),
  org_id: id.nullish(),
  project_id: id.nullish(),
  due_date: day.nullish(),
  due_time: clock.nullish(),
  duration: span.nullish(),
  busy: z.boolean().optional(),
  done: z.boolean().optional(),
  location: address.nullish(),
  participants: z.array(participant).nullish(),
  attendees: z.array(attendee).nullish(),
  public_description: z.string().nullish(),
  priority: z.int().nullish(),
  outcome: z.number().nullish(),
  note: z.string().nullish(),
});
type Given = z.infer<typeof body>;

const PERSON_ID_IS_READ_ONLY =
  '\'person_id\' is a read-only field. Add a primary participant to set \'person_id\' instead. For example: "participants": [{ "person_id": 1, "primary": true }]';

function assertGiven(account: Account, given: Given): void {
  const { state } = account;
  if (given.person_id !== undefined) throw badRequest(PERSON_ID_IS_READ_ONLY);
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.type !== undefined) assertType(account, given.type);
  if (given.deal_id != null) assertDeal(account, given.deal_id);
  if (given.lead_id != null)
    assertLink(account, 'Lead', state.leads.get(state.leadIds.get(given.lead_id) ?? 0), given.lead_id);
  if (given.project_id != null)
    assertLink(account, 'Project', state.projects.get(given.project_id), given.project_id);
  if (given.org_id != null)
    assertLink(account, 'Organization', state.organizations.get(given.org_id), given.org_id);
  for (const { person_id } of given.participants ?? [])
    assertLink(account, 'Person', state.persons.get(person_id), person_id);
  if (given.priority != null) assertPriority(account, given.priority);
  if (given.note != null && Buffer.byteLength(given.note) > NOTE_BYTES)
    throw badRequest(`The note is larger than ${NOTE_BYTES} bytes`);
}

function assertType(account: Account, type: string): void {
  for (const each of account.state.activityTypes.all()) if (isLive(each) && each.key_string === type) return;
  // INF: status and text.
  throw badRequest(`Activity type ${type} does not exist`);
}

function assertDeal(account: Account, dealId: number): void {
  const deal = account.state.deals.get(dealId);
  assertLink(account, 'Deal', deal, dealId);
  if (deal?.archivedSec != null && account.switches.archivedAttach === 'refuse')
    throw badRequest('Activities cannot be added to archived deals');
}

function assertPriority(account: Account, priority: number): void {
  const field = account.state.fieldsByCode.get('activity')?.get('priority');
  if (field && !hasOption(field, priority)) throw badRequest(`Priority ${priority} does not exist`);
}

/** The first marked participant is the primary one, else the first. */
function participantsOf(given: readonly z.infer<typeof participant>[]): readonly Participant[] {
  const primary = Math.max(
    0,
    given.findIndex((each) => each.primary === true),
  );
  return given.map((each, index) => ({ person_id: each.person_id, primary: index === primary }));
}

function attendeesOf(given: readonly z.infer<typeof attendee>[]): readonly Attendee[] {
  return given.map((each) => ({
    email: each.email ?? null,
    name: each.name ?? null,
    status: each.status ?? 'noreply',
    is_organizer: each.is_organizer ?? false,
    person_id: each.person_id ?? null,
    user_id: each.user_id ?? null,
  }));
}

type Parents = Pick<ActivityRecord, 'deal_id' | 'lead_id' | 'project_id'>;

/** A deal goes before a lead, a lead before a project; only one of them stays, and a given one replaces another. */
function parentsOf(given: Given, before: Parents): Parents {
  const replaced = given.deal_id != null || given.lead_id != null || given.project_id != null;
  const old = replaced ? { deal_id: null, lead_id: null, project_id: null } : before;
  const { deal_id = old.deal_id, lead_id = old.lead_id, project_id = old.project_id } = given;
  if (deal_id !== null) return { deal_id, lead_id: null, project_id: null };
  return lead_id === null ? { deal_id, lead_id, project_id } : { deal_id, lead_id, project_id: null };
}

function defaultType(account: Account): string {
  for (const each of account.state.activityTypes.all()) if (isLive(each)) return each.key_string;
  return 'call';
}

/** What a request leaves of an activity: given values over the ones before. */
function merged(account: Account, given: Given, before: ActivityRecord): ActivityRecord {
  const sec = nowSec(account);
  const done = given.done ?? before.done;
  const keep = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value);
  return {
    ...before,
    subject: given.subject ?? before.subject,
    type: given.type ?? before.type,
    owner_id: given.owner_id ?? before.owner_id,
    ...parentsOf(given, before),
    org_id: keep(given.org_id, before.org_id),
    due_date: keep(given.due_date, before.due_date),
    due_time: given.due_time == null ? keep(given.due_time, before.due_time) : withSeconds(given.due_time),
    duration: given.duration == null ? keep(given.duration, before.duration) : withSeconds(given.duration),
    busy: given.busy ?? before.busy,
    done,
    doneSec: done ? (before.done ? before.doneSec : sec) : null,
    location: keep(given.location as AddressValue | null | undefined, before.location),
    participants:
      given.participants === undefined ? before.participants : participantsOf(given.participants ?? []),
    attendees: given.attendees === undefined ? before.attendees : attendeesOf(given.attendees ?? []),
    public_description: keep(given.public_description, before.public_description),
    priority: keep(given.priority, before.priority),
    outcome: keep(given.outcome, before.outcome),
    note: given.note == null ? keep(given.note, before.note) : sanitisedHtml(account, given.note),
    updatedSec: sec,
  };
}

function create(account: Account, raw: unknown, user: UserRecord): ActivityRecord {
  const given = parsed(body, raw);
  assertGiven(account, given);
  const type = given.type ?? defaultType(account);
  const table = account.state.activities;
  const blank: ActivityRecord = {
    id: table.nextId,
    // INF: an activity without a subject is called like its type.
    subject: typeName(account, type),
    type,
    owner_id: user.id,
    creator_user_id: user.id,
    addedSec: nowSec(account),
    updatedSec: 0,
    deletedSec: null,
    deal_id: null,
    lead_id: null,
    project_id: null,
    org_id: null,
    due_date: null,
    due_time: null,
    duration: null,
    busy: false,
    done: false,
    doneSec: null,
    location: null,
    participants: [],
    attendees: [],
    public_description: null,
    priority: null,
    outcome: null,
    note: null,
  };
  return account.state.keep(table, merged(account, given, blank), account.clock.nowMs());
}

function typeName(account: Account, key: string): string {
  for (const each of account.state.activityTypes.all()) if (each.key_string === key) return each.name;
  return key;
}

function update(account: Account, record: ActivityRecord, raw: unknown): ActivityRecord {
  const given = parsed(body, raw);
  assertGiven(account, given);
  return account.state.keep(account.state.activities, merged(account, given, record));
}

function liveParticipants(account: Account, record: ActivityRecord): readonly Participant[] {
  if (record.participants.length === 0) return record.participants;
  return record.participants.filter(({ person_id }) => isLive(account.state.persons.get(person_id)));
}

function primaryOf(participants: readonly Participant[]): number | null {
  return participants.find((each) => each.primary)?.person_id ?? null;
}

function liveLead(account: Account, uuid: string | null): string | null {
  if (uuid === null) return null;
  return isLive(account.state.leads.get(account.state.leadIds.get(uuid) ?? 0)) ? uuid : null;
}

function render(account: Account, record: ActivityRecord, view: View): Record<string, unknown> {
  const { state } = account;
  const participants = liveParticipants(account, record);
  const rendered: Record<string, unknown> = {
    id: record.id,
    subject: record.subject,
    type: record.type,
    owner_id: record.owner_id,
    creator_user_id: record.creator_user_id,
    is_deleted: record.deletedSec !== null,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
    deal_id: liveLink(state.deals, record.deal_id),
    lead_id: liveLead(account, record.lead_id),
    person_id: primaryOf(participants),
    org_id: liveLink(state.organizations, record.org_id),
    project_id: liveLink(state.projects, record.project_id),
    due_date: record.due_date,
    due_time: record.due_time,
    duration: record.duration,
    busy: record.busy,
    done: record.done,
    marked_as_done_time: record.doneSec === null ? null : rfc3339(record.doneSec),
    location: addressView(record.location),
    participants,
    conference_meeting_client: null,
    conference_meeting_url: null,
    conference_meeting_id: null,
    public_description: record.public_description,
    priority: record.priority,
    outcome: record.outcome,
    note: record.note,
  };
  if (view.include.includes('attendees')) rendered.attendees = record.attendees;
  return rendered;
}

const include_fields = { words: ['attendees'], list: true } as const;

/** Activities: what v2 takes and gives. They have no custom fields. */
export const ACTIVITIES: CoreEntity<ActivityRecord> = {
  name: 'activity',
  title: 'Activity',
  table: (state) => state.activities,
  listQuery: {
    ...CORE_LIST_QUERY,
    deal_id: 'id',
    lead_id: 'text',
    person_id: 'id',
    org_id: 'id',
    done: 'bool',
    include_fields,
    sort_by: { words: ['id', 'update_time', 'add_time', 'due_date'] },
  },
  oneQuery: { include_fields },
  filter(account, query) {
    const { state } = account;
    const deal = query.id('deal_id');
    const lead = query.text('lead_id');
    const person = query.id('person_id');
    const org = query.id('org_id');
    const done = query.bool('done');
    return (record) =>
      (deal === undefined || liveLink(state.deals, record.deal_id) === deal) &&
      (lead === undefined || record.lead_id === lead) &&
      (person === undefined || primaryOf(liveParticipants(account, record)) === person) &&
      (org === undefined || liveLink(state.organizations, record.org_id) === org) &&
      (done === undefined || record.done === done);
  },
  render,
  create,
  update,
  sortKey: (record, field) => (field === 'due_date' ? (record.due_date ?? '') : coreSortKey(record, field)),
};
