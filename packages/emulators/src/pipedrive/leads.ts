import { z } from 'zod';
import {
  type Account,
  assertLink,
  assertOwner,
  assertRoomForOpen,
  assertVisibility,
  isLive,
  liveLink,
} from './account.ts';
import { sourceOf } from './conversion-source.ts';
import { findCurrency } from './currencies.ts';
import { done, type Exchange, type Handler, looseBody } from './exchange-context.ts';
import { addressView, customView, mergedCustom } from './field-values.ts';
import { filterMatcher } from './filters/matching.ts';
import { findLeadLabel } from './lead-labels.ts';
import { splitCustom } from './legacy-v1/bodies.ts';
import { offsetPage, offsetReply, optionalWhole, sorted, sortSteps } from './offset.ts';
import type { LeadRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { day, id, requiredText } from './schemas.ts';
import { parseRfc3339 } from './times.ts';
import { parsedV1 } from './v1-body.ts';
import { flatCustom } from './v1-parts.ts';
import { defaultVisibility, permittedUsers, sight } from './visibility.ts';

const shared = {
  owner_id: id.optional(),
  label_ids: z.array(z.uuid()).optional(),
  person_id: id.nullish(),
  organization_id: id.nullish(),
  value: z.strictObject({ amount: z.number(), currency: z.string() }).nullish(),
  expected_close_date: day.nullish(),
  visible_to: z.enum(['1', '3', '5', '7']).optional(),
  was_seen: z.boolean().optional(),
  channel: z.int().nullish(),
  channel_id: z.string().nullish(),
};
const creation = z.strictObject({ title: requiredText, origin_id: z.string().nullish(), ...shared });
const change = z.strictObject({
  title: requiredText.optional(),
  is_archived: z.boolean().optional(),
  ...shared,
});
type Given = z.infer<typeof change>;

const HASH = /^[0-9a-f]{40}$/;

/** Leads carry the deals' custom fields at the root: splits them off. */
function split(account: Account, body: unknown): { plain: unknown; hashes: Record<string, unknown> } {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return { plain: body, hashes: {} };
  if (account.switches.leadCustomForm === 'v1') {
    const { plain, custom } = splitCustom(account, 'deal', body as Readonly<Record<string, unknown>>);
    return { plain, hashes: custom };
  }
  const entries = Object.entries(body);
  return {
    plain: Object.fromEntries(entries.filter(([key]) => !HASH.test(key))),
    hashes: Object.fromEntries(entries.filter(([key]) => HASH.test(key))),
  };
}

/** INF: parts of an address lie beside it as those of an organization's own do (`address_route`). */
function addressParts(custom: LeadRecord['custom']): Record<string, unknown> {
  const addresses = Object.entries(custom ?? {}).filter(
    ([, value]) => typeof value === 'object' && value !== null && 'value' in value && 'route' in value,
  );
  return Object.fromEntries(
    addresses.flatMap(([code, value]) =>
      Object.entries(addressView(value) ?? {})
        .filter(([part]) => part !== 'value')
        .map(([part, text]) => [`${code}_${part}`, text]),
    ),
  );
}

/** Published: a custom field without a value does not appear. */
function customAtRoot(account: Account, { custom }: LeadRecord): Record<string, unknown> {
  const all =
    account.switches.leadCustomForm === 'v1'
      ? { ...flatCustom(account, 'deal', custom), ...addressParts(custom) }
      : customView(account, 'deal', custom, undefined, false);
  return Object.fromEntries(Object.entries(all ?? {}).filter(([, value]) => value !== null));
}

function assertGiven(account: Account, given: Given): void {
  const { state } = account;
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.visible_to !== undefined) assertVisibility(account, Number(given.visible_to));
  if (given.person_id != null)
    assertLink(account, 'Person', state.persons.get(given.person_id), given.person_id);
  if (given.organization_id != null)
    assertLink(
      account,
      'Organization',
      state.organizations.get(given.organization_id),
      given.organization_id,
    );
  if (given.value && !findCurrency(given.value.currency, account))
    throw new Refusal(400, `Currency ${given.value.currency} does not exist`);
  for (const label of given.label_ids ?? [])
    if (!findLeadLabel(account, label)) throw new Refusal(400, `Lead label ${label} does not exist`);
}

/** Creates a lead. */
export function createLead(account: Account, body: unknown, user: UserRecord): LeadRecord {
  const { plain, hashes } = split(account, body);
  const given = parsedV1(creation, plain);
  const custom = mergedCustom(account, 'deal', null, hashes, '');
  // Published: one of the two is needed. INF: the text.
  if (given.person_id == null && given.organization_id == null)
    throw new Refusal(400, 'A lead must be linked to a person or an organization.');
  assertGiven(account, given);
  assertRoomForOpen(account, 'lead');
  const { leads } = account.state;
  const ms = account.clock.nowMs();
  return account.state.keep(
    leads,
    {
      id: leads.nextId,
      uuid: account.random.uuid(),
      title: given.title,
      owner_id: given.owner_id ?? user.id,
      creator_id: user.id,
      label_ids: given.label_ids ?? [],
      person_id: given.person_id ?? null,
      organization_id: given.organization_id ?? null,
      value: given.value ?? null,
      expected_close_date: given.expected_close_date ?? null,
      visible_to: given.visible_to ?? String(defaultVisibility(account, user, 'lead')),
      was_seen: given.was_seen ?? false,
      is_archived: false,
      origin_id: given.origin_id ?? null,
      channel: given.channel ?? null,
      channel_id: given.channel_id ?? null,
      custom,
      addedMs: ms,
      updatedMs: ms,
      deletedSec: null,
    },
    ms,
  );
}

/** Changes a lead. Throws 400 for an archived one that is not brought back. */
export function updateLead(account: Account, lead: LeadRecord, body: unknown): LeadRecord {
  const { plain, hashes } = split(account, body);
  const given = parsedV1(change, plain);
  if (lead.is_archived && given.is_archived !== false)
    throw new Refusal(400, 'Archived leads cannot be updated');
  const custom = mergedCustom(account, 'deal', lead.custom, hashes, '');
  assertGiven(account, given);
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const changed: LeadRecord = { ...lead, ...defined, custom, updatedMs: account.clock.nowMs() };
  if (changed.person_id === null && changed.organization_id === null)
    throw new Refusal(400, 'A lead must be linked to a person or an organization.');
  if (lead.is_archived && !changed.is_archived) assertRoomForOpen(account, 'lead');
  return account.state.keep(account.state.leads, changed);
}

/** A lead as v1 shows it. */
export function view(account: Account, lead: LeadRecord): Record<string, unknown> {
  return {
    id: lead.uuid,
    title: lead.title,
    owner_id: lead.owner_id,
    creator_id: lead.creator_id,
    label_ids: lead.label_ids.filter((label) => findLeadLabel(account, label)),
    person_id: liveLink(account.state.persons, lead.person_id),
    organization_id: liveLink(account.state.organizations, lead.organization_id),
    source_name: 'API',
    origin: 'API',
    origin_id: lead.origin_id,
    channel: lead.channel,
    channel_id: lead.channel_id,
    source_deal_id: sourceOf(account, 'deal-to-lead', lead.id),
    is_archived: lead.is_archived,
    was_seen: lead.was_seen,
    value: lead.value,
    expected_close_date: lead.expected_close_date,
    next_activity_id: null,
    add_time: new Date(lead.addedMs).toISOString(),
    update_time: new Date(lead.updatedMs).toISOString(),
    visible_to: lead.visible_to,
    cc_email: `emulated+7000001+lead${lead.uuid.replaceAll('-', '')}@pipedrivemail.com`,
    ...customAtRoot(account, lead),
  };
}

const SORT_FIELDS = [
  'id',
  'title',
  'owner_id',
  'creator_id',
  'was_seen',
  'expected_close_date',
  'add_time',
  'update_time',
];

function sortKey(lead: LeadRecord, field: string): number | string {
  if (field === 'id') return lead.uuid;
  if (field === 'add_time') return lead.addedMs;
  if (field === 'update_time') return lead.updatedMs;
  return String((lead as unknown as Record<string, unknown>)[field] ?? '');
}

function listOf(archived: boolean): Handler {
  return ({ account, call, user }: Exchange) => {
    const seen = sight(account, user, 'lead');
    const owner = optionalWhole(call, 'owner_id');
    const person = optionalWhole(call, 'person_id');
    const organization = optionalWhole(call, 'organization_id');
    const sinceText = call.query.get('updated_since');
    const since = sinceText === null ? 0 : parseRfc3339(sinceText);
    if (since === null) throw new Refusal(400, 'updated_since must be in ISO 8601 format');
    const filterId = optionalWhole(call, 'filter_id');
    // Published: a filter takes precedence over owner, person and organization.
    const wanted =
      filterId === undefined
        ? (lead: LeadRecord) =>
            (owner === undefined || lead.owner_id === owner) &&
            (person === undefined || lead.person_id === person) &&
            (organization === undefined || lead.organization_id === organization)
        : filterMatcher(account, filterId, 'leads');
    const found = [...account.state.leads.all()].filter(
      (lead) =>
        isLive(lead) &&
        lead.is_archived === archived &&
        lead.updatedMs >= since * 1_000 &&
        (seen === null || seen(lead)) &&
        wanted(lead),
    );
    const page = offsetPage(account, call, sorted(found, sortSteps(call, SORT_FIELDS), sortKey));
    return offsetReply(
      page.items.map((lead) => view(account, lead)),
      page,
      false,
    );
  };
}

function one(exchange: Exchange): LeadRecord {
  const { state } = exchange.account;
  const lead = state.leads.get(state.leadIds.get(exchange.params.id ?? '') ?? 0);
  if (!lead || lead.deletedSec !== null) throw new Refusal(404, 'Lead not found');
  return lead;
}

/** The operations on leads. */
export const LEAD_HANDLERS: Readonly<
  Record<'list' | 'archived' | 'permittedUsers' | 'get' | 'add' | 'update' | 'remove', Handler>
> = {
  list: listOf(false),
  archived: listOf(true),
  permittedUsers: (exchange) => done(permittedUsers(exchange.account, 'lead', one(exchange))),
  get: (exchange) => done(view(exchange.account, one(exchange))),
  add: (exchange) =>
    done(
      view(exchange.account, createLead(exchange.account, looseBody(exchange), exchange.user)),
      exchange.account.switches.leadCreatedStatus,
    ),
  update: (exchange) =>
    done(view(exchange.account, updateLead(exchange.account, one(exchange), looseBody(exchange)))),
  remove(exchange) {
    const lead = one(exchange);
    const { state, clock } = exchange.account;
    state.keep(state.leads, { ...lead, deletedSec: Math.floor(clock.nowMs() / 1_000) });
    return done({ id: lead.uuid });
  },
};
