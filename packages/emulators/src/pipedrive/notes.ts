import { z } from 'zod';
import { type Account, assertBelowCap, isLive, liveCount, liveLink, nowSec } from './account.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import { sanitisedHtml } from './note-html.ts';
import { hiddenParent, maySeeNote } from './note-sight.ts';
import {
  offsetPage,
  offsetReply,
  offsetScan,
  optionalWhole,
  type SortStep,
  sorted,
  sortSteps,
} from './offset.ts';
import type { NoteRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { moment } from './schemas.ts';
import { parseRfc3339, v1Time } from './times.ts';
import { looseFlag, looseId, parsedV1 } from './v1-body.ts';

/** The most bytes of a note. */
const NOTE_BYTES = 100_000;
const PINS = ['lead', 'deal', 'person', 'organization', 'project', 'task'] as const;

const shared = {
  lead_id: z.uuid().nullish(),
  deal_id: looseId.nullish(),
  person_id: looseId.nullish(),
  org_id: looseId.nullish(),
  project_id: looseId.nullish(),
  task_id: looseId.nullish(),
  user_id: looseId.optional(),
  add_time: moment.optional(),
  pinned_to_lead_flag: looseFlag.optional(),
  pinned_to_deal_flag: looseFlag.optional(),
  pinned_to_person_flag: looseFlag.optional(),
  pinned_to_organization_flag: looseFlag.optional(),
  pinned_to_project_flag: looseFlag.optional(),
  pinned_to_task_flag: looseFlag.optional(),
};
const creation = z.strictObject({ content: z.string(), ...shared });
const change = z.strictObject({ content: z.string().optional(), ...shared });
type Given = z.infer<typeof change>;
type Parents = Pick<NoteRecord, 'lead_id' | 'deal_id' | 'person_id' | 'org_id' | 'project_id' | 'task_id'>;

function assertContent(content: string): void {
  if (content.trim() === '') throw new Refusal(400, 'Note content must be given.');
  if (Buffer.byteLength(content) > NOTE_BYTES)
    throw new Refusal(400, `Note content is larger than ${NOTE_BYTES} bytes.`);
}

/** Published text for a deal; the same words for the others are inferred. UNC: the status. */
function missing(account: Account, what: string): Refusal {
  return new Refusal(
    account.switches.missingLinkStatus,
    `Cannot add note because ${what} does not exist or you have no permissions to access this ${what}.`,
  );
}

function assertParents(account: Account, given: Given, user: UserRecord): void {
  const { state } = account;
  const deal = given.deal_id == null ? undefined : state.deals.get(given.deal_id);
  if (given.deal_id != null && !isLive(deal)) throw missing(account, 'deal');
  if (deal?.archivedSec != null && account.switches.archivedAttach === 'refuse')
    throw missing(account, 'deal');
  if (given.person_id != null && !isLive(state.persons.get(given.person_id)))
    throw missing(account, 'person');
  if (given.org_id != null && !isLive(state.organizations.get(given.org_id)))
    throw missing(account, 'organization');
  if (given.lead_id != null && !isLive(state.leads.get(state.leadIds.get(given.lead_id) ?? 0)))
    throw missing(account, 'lead');
  if (given.project_id != null && !isLive(state.projects.get(given.project_id)))
    throw missing(account, 'project');
  if (given.task_id != null && !isLive(state.tasks.get(given.task_id))) throw missing(account, 'task');
  const hidden = hiddenParent(account, user, given);
  if (hidden) throw missing(account, hidden);
}

function assertAuthor(account: Account, given: Given, user: UserRecord): void {
  if (given.user_id === undefined || given.user_id === user.id) return;
  // Published: only an admin may. INF: status and text.
  if (!user.admin) throw new Refusal(403, 'Only an admin user can change the author of a note.');
  if (!account.state.users.get(given.user_id)) throw new Refusal(400, `User ${given.user_id} does not exist`);
}

/** A note on a deal also hangs on the deal's person and organization (seen live). */
function inherited(account: Account, parents: Parents): Parents {
  if (parents.deal_id === null) return parents;
  const deal = account.state.deals.get(parents.deal_id);
  return {
    ...parents,
    person_id: parents.person_id ?? deal?.person_id ?? null,
    org_id: parents.org_id ?? deal?.org_id ?? null,
  };
}

function pinsOf(given: Given, before: readonly string[], parents: Parents): readonly string[] {
  const pinned = PINS.filter((pin) => given[`pinned_to_${pin}_flag`] ?? before.includes(pin));
  const parentOf = { ...parents, organization: parents.org_id } as Record<string, unknown>;
  const loose = pinned.find((pin) => (parentOf[`${pin}_id`] ?? parentOf[pin] ?? null) === null);
  // Published: the matching id is needed. INF: the text.
  if (loose && given[`pinned_to_${loose}_flag`])
    throw new Refusal(400, `pinned_to_${loose}_flag needs the ${loose}.`);
  return pinned.filter((pin) => (parentOf[`${pin}_id`] ?? parentOf[pin] ?? null) !== null);
}

/** Creates a note. */
export function createNote(account: Account, body: unknown, user: UserRecord): NoteRecord {
  const given = parsedV1(creation, body);
  assertContent(given.content);
  assertParents(account, given, user);
  assertAuthor(account, given, user);
  const parents: Parents = {
    lead_id: given.lead_id ?? null,
    deal_id: given.deal_id ?? null,
    person_id: given.person_id ?? null,
    org_id: given.org_id ?? null,
    project_id: given.project_id ?? null,
    task_id: given.task_id ?? null,
  };
  if (Object.values(parents).every((parent) => parent === null))
    // Published: one parent is required. INF: the text.
    throw new Refusal(400, 'A note needs a deal, lead, person, organization, project or task.');
  const all = inherited(account, parents);
  const { notes } = account.state;
  if (all.deal_id !== null)
    assertBelowCap(account, account.switches.notesPerDealCap, 'note', () =>
      liveCount(notes.all(), (note) => note.deal_id === all.deal_id),
    );
  const sec = nowSec(account);
  return account.state.keep(
    notes,
    {
      id: notes.nextId,
      content: sanitisedHtml(account, given.content),
      user_id: given.user_id ?? user.id,
      last_update_user_id: null,
      ...all,
      pinned: pinsOf(given, [], all),
      addedSec: given.add_time ?? sec,
      updatedSec: sec,
      deletedSec: null,
    },
    account.clock.nowMs(),
  );
}

// A deleted note can still be changed and stays deleted (seen live).
function update(account: Account, note: NoteRecord, body: unknown, user: UserRecord): NoteRecord {
  const given = parsedV1(change, body);
  if (given.content !== undefined) assertContent(given.content);
  assertParents(account, given, user);
  assertAuthor(account, given, user);
  const parents: Parents = {
    lead_id: given.lead_id === undefined ? note.lead_id : given.lead_id,
    deal_id: given.deal_id === undefined ? note.deal_id : given.deal_id,
    person_id: given.person_id === undefined ? note.person_id : given.person_id,
    org_id: given.org_id === undefined ? note.org_id : given.org_id,
    project_id: given.project_id === undefined ? note.project_id : given.project_id,
    task_id: given.task_id === undefined ? note.task_id : given.task_id,
  };
  return account.state.keep(account.state.notes, {
    ...note,
    content: given.content === undefined ? note.content : sanitisedHtml(account, given.content),
    user_id: given.user_id ?? note.user_id,
    last_update_user_id: user.id,
    ...parents,
    pinned: pinsOf(given, note.pinned, parents),
    addedSec: given.add_time ?? note.addedSec,
    updatedSec: nowSec(account),
  });
}

/** A note as v1 shows it to `me`. */
export function view(account: Account, note: NoteRecord, me: UserRecord): Record<string, unknown> {
  const { state } = account;
  const deal_id = liveLink(state.deals, note.deal_id);
  const person_id = liveLink(state.persons, note.person_id);
  const org_id = liveLink(state.organizations, note.org_id);
  const project_id = liveLink(state.projects, note.project_id);
  const task_id = liveLink(state.tasks, note.task_id);
  const author = state.users.get(note.user_id);
  const pinned = (pin: string) => note.pinned.includes(pin);
  return {
    id: note.id,
    active_flag: note.deletedSec === null,
    add_time: v1Time(note.addedSec),
    content: note.content,
    deal: deal_id === null ? null : { title: state.deals.get(deal_id)?.title },
    lead_id: note.lead_id,
    deal_id,
    last_update_user_id: note.last_update_user_id,
    org_id,
    organization: org_id === null ? null : { name: state.organizations.get(org_id)?.name },
    person: person_id === null ? null : { name: state.persons.get(person_id)?.name },
    person_id,
    project_id,
    project: project_id === null ? null : { title: state.projects.get(project_id)?.title },
    task_id,
    task: task_id === null ? null : { title: state.tasks.get(task_id)?.title },
    pinned_to_lead_flag: pinned('lead'),
    pinned_to_deal_flag: pinned('deal'),
    pinned_to_organization_flag: pinned('organization'),
    pinned_to_person_flag: pinned('person'),
    pinned_to_project_flag: pinned('project'),
    pinned_to_task_flag: pinned('task'),
    update_time: v1Time(note.updatedSec),
    user: author
      ? { email: author.email, icon_url: null, is_you: author.id === me.id, name: author.name }
      : null,
    user_id: note.user_id,
  };
}

const SORT_FIELDS = [
  'id',
  'user_id',
  'deal_id',
  'org_id',
  'person_id',
  'content',
  'add_time',
  'update_time',
] as const;

function sortKey(note: NoteRecord, field: string): number | string {
  if (field === 'add_time') return note.addedSec;
  if (field === 'update_time') return note.updatedSec;
  return (note as unknown as Record<string, number | string | null>)[field] ?? 0;
}

function list({ account, call, user }: Exchange) {
  const keep = noteFilter(call);
  const steps = sortSteps(call, SORT_FIELDS);
  const newest = account.state.notes.visibleUpTo(account.clock.nowMs(), account.switches.listLagMs);
  const { notes } = account.state;
  const visible = (note: NoteRecord) => note.id <= newest && keep(note) && maySeeNote(account, user, note);
  const page = byId(steps)
    ? offsetScan(account, call, notes, steps[0]?.sign ?? 1, visible)
    : offsetPage(account, call, sorted([...notes.all()].filter(visible), steps, sortKey));
  return offsetReply(
    page.items.map((note) => view(account, note, user)),
    page,
  );
}

function byId(steps: readonly SortStep[]): boolean {
  return steps.length === 0 || steps[0]?.field === 'id';
}

function noteFilter(call: Exchange['call']): (note: NoteRecord) => boolean {
  const equal = (['user_id', 'deal_id', 'person_id', 'org_id', 'project_id', 'task_id'] as const).flatMap(
    (key) => {
      const wanted = optionalWhole(call, key);
      return wanted === undefined ? [] : [{ key, wanted }];
    },
  );
  const lead = call.query.get('lead_id');
  const sinceText = call.query.get('updated_since');
  const since = sinceText === null ? Number.NEGATIVE_INFINITY : parseRfc3339(sinceText);
  if (since === null) throw new Refusal(400, 'updated_since must be in RFC3339 format');
  const from = call.query.get('start_date');
  const until = call.query.get('end_date');
  const pins = PINS.filter((pin) => call.query.get(`pinned_to_${pin}_flag`) === '1');
  return (note) =>
    note.deletedSec === null &&
    equal.every(({ key, wanted }) => note[key] === wanted) &&
    (lead === null || note.lead_id === lead) &&
    note.updatedSec >= since &&
    (from === null || v1Time(note.addedSec).slice(0, 10) >= from) &&
    (until === null || v1Time(note.addedSec).slice(0, 10) <= until) &&
    pins.every((pin) => note.pinned.includes(pin));
}

function one(exchange: Exchange): NoteRecord {
  const note = exchange.account.state.notes.get(pathId(exchange));
  if (!note || !maySeeNote(exchange.account, exchange.user, note)) throw new Refusal(404, 'Note not found');
  return note;
}

/** The operations on notes. */
export const NOTE_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> = {
  list,
  get(exchange) {
    const note = one(exchange);
    if (note.deletedSec !== null && exchange.account.switches.deletedV1Get === '410')
      throw new Refusal(410, 'Note has been deleted');
    return done(view(exchange.account, note, exchange.user));
  },
  // 201 in live recordings, 200 in the published description.
  add: (exchange) =>
    done(
      view(exchange.account, createNote(exchange.account, looseBody(exchange), exchange.user), exchange.user),
      201,
    ),
  update(exchange) {
    const note = update(exchange.account, one(exchange), looseBody(exchange), exchange.user);
    return done(view(exchange.account, note, exchange.user));
  },
  remove(exchange) {
    const note = one(exchange);
    if (note.deletedSec !== null) throw new Refusal(410, 'Note has been deleted');
    const sec = nowSec(exchange.account);
    exchange.account.state.keep(exchange.account.state.notes, { ...note, deletedSec: sec, updatedSec: sec });
    return done(true);
  },
};
