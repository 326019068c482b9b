import { type Account, isLive } from './account.ts';
import type { Handler } from './exchange-context.ts';
import { offsetPage, optionalWhole } from './offset.ts';
import { type Query, type QuerySpec, readQuery } from './query.ts';
import type { LeadRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import {
  customTexts,
  foundItems,
  noteTexts,
  organizationBrief,
  personBrief,
  SEARCH_QUERY,
  type SearchItem,
  searchAnswer,
} from './search-engine.ts';
import { seenItems } from './visibility.ts';

const FIELDS = ['custom_fields', 'notes', 'title'] as const;
const QUERY: QuerySpec = {
  ...SEARCH_QUERY,
  fields: { words: FIELDS, list: true },
  person_id: 'id',
  organization_id: 'id',
  include_fields: { words: ['lead.was_seen'], list: true },
};

/** What the leads of a search may be narrowed to. */
interface Narrowing {
  readonly personId: number | undefined;
  readonly organizationId: number | undefined;
  readonly withSeen: boolean;
}

/** GET /v2/leads/search. */
export const searchLeads: Handler = ({ account, call, user }) => {
  const query = readQuery(call, QUERY);
  return searchAnswer(account, query, 500, seenItems(account, user, leadItems(account, query)));
};

/** GET /v1/leads/search: the same, paged by `start`. */
export const searchLeadsV1: Handler = ({ account, call, user }) => {
  const fields = call.query.get('fields')?.split(',');
  const unknown = fields?.find((field) => !(FIELDS as readonly string[]).includes(field));
  if (unknown !== undefined) throw new Refusal(400, `fields must be one of ${FIELDS.join(', ')}`);
  const narrowing = {
    personId: optionalWhole(call, 'person_id'),
    organizationId: optionalWhole(call, 'organization_id'),
    withSeen: call.query.get('include_fields') === 'lead.was_seen',
  };
  const exact = ['true', '1'].includes(call.query.get('exact_match') ?? '');
  const term = call.query.get('term') ?? undefined;
  const found = foundItems(term, exact, fields, seenItems(account, user, narrowedItems(account, narrowing)));
  const { items, start, limit, more } = offsetPage(account, call, found);
  const next = more ? { next_start: start + limit } : {};
  const pagination = { start, limit, more_items_in_collection: more, ...next };
  return { status: 200, value: { success: true, data: { items }, additional_data: { pagination } } };
};

/** The live leads that a search may find, archived ones too. */
export function leadItems(account: Account, query: Query): Iterable<SearchItem> {
  return narrowedItems(account, {
    personId: query.id('person_id'),
    organizationId: query.id('organization_id'),
    withSeen: query.list('include_fields')?.includes('lead.was_seen') === true,
  });
}

function* narrowedItems(account: Account, narrowing: Narrowing): Generator<SearchItem> {
  const { leads } = account.state;
  const { personId, organizationId, withSeen } = narrowing;
  const notes = noteTexts(account, (note) => note.lead_id);
  const newest = leads.visibleUpTo(account.clock.nowMs(), account.switches.searchLagMs);
  for (const lead of leads.all())
    if (
      isLive(lead) &&
      lead.id <= newest &&
      (personId === undefined || lead.person_id === personId) &&
      (organizationId === undefined || lead.organization_id === organizationId)
    )
      yield leadFound(account, lead, notes.get(lead.uuid) ?? [], withSeen);
}

function leadFound(
  account: Account,
  lead: LeadRecord,
  notes: readonly string[],
  withSeen: boolean,
): SearchItem {
  const person = personBrief(account, lead.person_id);
  const organization = organizationBrief(account, lead.organization_id);
  const { phones = [], emails = [] } = person ? (account.state.persons.get(person.id) ?? {}) : {};
  const custom_fields = customTexts(account, 'deal', lead.custom);
  const item = {
    id: lead.uuid,
    type: 'lead',
    title: lead.title,
    owner: { id: lead.owner_id },
    person,
    organization: organization && { id: organization.id, name: organization.name },
    phones: phones.map(({ value }) => value),
    emails: emails.map(({ value }) => value),
    custom_fields,
    notes,
    value: lead.value?.amount ?? null,
    currency: lead.value?.currency ?? null,
    visible_to: Number(lead.visible_to),
    is_archived: lead.is_archived,
    ...(withSeen ? { was_seen: lead.was_seen } : {}),
  };
  return { item, texts: { title: [lead.title], custom_fields, notes } };
}
