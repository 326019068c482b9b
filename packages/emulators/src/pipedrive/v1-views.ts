import { type Account, isLive, liveLink } from './account.ts';
import { countersOf, DEAL_COUNTERS, ORGANIZATION_COUNTERS, PERSON_COUNTERS } from './counters.ts';
import { findCurrency } from './currencies.ts';
import { liveLabels } from './labels.ts';
import { revenueOf } from './products/deal-value.ts';
import type {
  ActivityRecord,
  AddressValue,
  DealRecord,
  OrganizationRecord,
  PersonRecord,
} from './records.ts';
import { v1Time } from './times.ts';
import { COMPANY_ID, flatCustom, reachesV1, v1TimeOrNull } from './v1-parts.ts';

type View = Record<string, unknown>;

const NO_NEXT = {
  next_activity_date: null,
  next_activity_time: null,
  last_activity_date: null,
  last_incoming_mail_time: null,
  last_outgoing_mail_time: null,
} as const;

/** Dates of the next and the last activity, once their ids are known. */
function activityDates(account: Account, tally: View): View {
  const of = (id: unknown) => (typeof id === 'number' ? account.state.activities.get(id) : undefined);
  const next = of(tally.next_activity_id);
  return {
    ...NO_NEXT,
    next_activity_date: next?.due_date ?? null,
    next_activity_time: next?.due_time ?? null,
    last_activity_date: of(tally.last_activity_id)?.due_date ?? null,
  };
}

/** What deals say of their next activity beside its date. */
function nextActivity(account: Account, tally: View): View {
  const { next_activity_id: id } = tally;
  const next = typeof id === 'number' ? account.state.activities.get(id) : undefined;
  return {
    next_activity_subject: next?.subject ?? null,
    next_activity_type: next?.type ?? null,
    next_activity_duration: next?.duration ?? null,
    next_activity_note: next?.note ?? null,
  };
}

function counted(names: readonly string[]): readonly string[] {
  return names.filter((name) => name.endsWith('_count') || name.endsWith('_activity_id'));
}

const amountFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** An amount as v1 writes it for readers: `€1,250.50`. INF: the exact form. */
export function formattedMoney(account: Account, amount: number, currency: string): string {
  const symbol = currency === 'USD' ? 'US$' : (findCurrency(currency, account)?.symbol ?? currency);
  return `${symbol}${amountFormat.format(amount)}`;
}

/** The chance of a deal in percent: its own, else that of its stage. */
export function probabilityOf(account: Account, deal: DealRecord): number {
  return deal.probability ?? account.state.stages.get(deal.stage_id)?.deal_probability ?? 100;
}

/** Deals as v1 shows them. One pass over activities, deals and notes for all of them. */
export function v1Deals(account: Account, deals: readonly DealRecord[]): readonly View[] {
  const tallies = countersOf(account, 'deal', deals, counted(DEAL_COUNTERS)) as Map<number, View>;
  return deals.map((deal) => {
    const tally = tallies.get(deal.id) ?? {};
    return {
      ...dealBase(account, deal),
      ...tally,
      ...activityDates(account, tally),
      ...nextActivity(account, tally),
      ...dealMoney(account, deal),
    };
  });
}

function dealBase(account: Account, deal: DealRecord): View {
  const { state } = account;
  const stage = state.stages.get(deal.stage_id);
  const person_id = liveLink(state.persons, deal.person_id);
  const org_id = liveLink(state.organizations, deal.org_id);
  const labels = liveLabels(account, 'deal', deal.label_ids);
  return {
    id: deal.id,
    creator_user_id: deal.creator_user_id,
    user_id: deal.owner_id,
    person_id,
    org_id,
    stage_id: deal.stage_id,
    title: deal.title,
    value: deal.value,
    currency: deal.currency,
    archive_time: v1TimeOrNull(deal.archivedSec),
    add_time: v1Time(deal.addedSec),
    update_time: v1Time(deal.updatedSec),
    stage_change_time: v1TimeOrNull(deal.stageChangedSec),
    active: isLive(deal) && deal.status === 'open',
    deleted: !isLive(deal),
    is_archived: deal.archivedSec !== null,
    status: deal.status,
    probability: deal.probability,
    lost_reason: deal.lost_reason,
    visible_to: String(deal.visible_to),
    close_time: v1TimeOrNull(deal.closedSec),
    pipeline_id: stage?.pipeline_id ?? null,
    won_time: v1TimeOrNull(deal.wonSec),
    first_won_time: v1TimeOrNull(deal.wonSec),
    lost_time: v1TimeOrNull(deal.lostSec),
    expected_close_date: deal.expected_close_date,
    label: labels.length > 0 ? labels.join(',') : null,
    origin: deal.origin,
    origin_id: null,
    channel: null,
    channel_id: null,
    stage_order_nr: stage?.order_nr ?? null,
    person_name: person_id === null ? null : (state.persons.get(person_id)?.name ?? null),
    org_name: org_id === null ? null : (state.organizations.get(org_id)?.name ?? null),
    rotten_time: null,
    owner_name: state.users.get(deal.owner_id)?.name ?? null,
    cc_email: `emulated+deal${deal.id}@pipedrivemail.com`,
    org_hidden: false,
    person_hidden: false,
    ...flatCustom(account, 'deal', deal.custom),
  };
}

function dealMoney(account: Account, deal: DealRecord): View {
  const weighted = (deal.value * probabilityOf(account, deal)) / 100;
  const revenue = revenueOf(account, deal);
  return {
    formatted_value: formattedMoney(account, deal.value, deal.currency),
    weighted_value: weighted,
    formatted_weighted_value: formattedMoney(account, weighted, deal.currency),
    weighted_value_currency: deal.currency,
    ...revenue,
    acv_currency: revenue.acv === null ? null : deal.currency,
    arr_currency: revenue.arr === null ? null : deal.currency,
    mrr_currency: revenue.mrr === null ? null : deal.currency,
  };
}

/** Persons as v1 shows them; links and owner are ids. Without `withCounts` no table has to be walked through. */
export function v1Persons(
  account: Account,
  persons: readonly PersonRecord[],
  withCounts = true,
): readonly View[] {
  const names = withCounts ? counted(PERSON_COUNTERS) : [];
  const tallies = countersOf(account, 'person', persons, names) as Map<number, View>;
  return persons.map((person) => {
    const tally = tallies.get(person.id) ?? {};
    const org_id = liveLink(account.state.organizations, person.org_id);
    const labels = liveLabels(account, 'person', person.label_ids);
    return {
      id: person.id,
      company_id: COMPANY_ID,
      owner_id: person.owner_id,
      org_id,
      name: person.name,
      first_name: person.first_name,
      last_name: person.last_name,
      ...tally,
      active_flag: isLive(person),
      phone: reachesV1(person.phones),
      email: reachesV1(person.emails),
      first_char: firstChar(person.name),
      update_time: v1Time(person.updatedSec),
      add_time: v1Time(person.addedSec),
      visible_to: String(person.visible_to),
      picture_id: null,
      ...activityDates(account, tally),
      label: labels[0] ?? null,
      label_ids: labels,
      org_name: org_id === null ? null : (account.state.organizations.get(org_id)?.name ?? null),
      owner_name: account.state.users.get(person.owner_id)?.name ?? null,
      cc_email: 'emulated@pipedrivemail.com',
      ...flatCustom(account, 'person', person.custom),
    };
  });
}

/** Organizations as v1 shows them; the owner is an id. */
export function v1Organizations(
  account: Account,
  organizations: readonly OrganizationRecord[],
): readonly View[] {
  const names = counted(ORGANIZATION_COUNTERS);
  const tallies = countersOf(account, 'organization', organizations, names) as Map<number, View>;
  return organizations.map((organization) => {
    const {
      last_incoming_mail_time: _in,
      last_outgoing_mail_time: _out,
      ...dates
    } = activityDates(account, tallies.get(organization.id) ?? {});
    const labels = liveLabels(account, 'organization', organization.label_ids);
    return {
      id: organization.id,
      company_id: COMPANY_ID,
      owner_id: organization.owner_id,
      name: organization.name,
      ...tallies.get(organization.id),
      active_flag: isLive(organization),
      picture_id: null,
      country_code: null,
      first_char: firstChar(organization.name),
      update_time: v1Time(organization.updatedSec),
      add_time: v1Time(organization.addedSec),
      visible_to: String(organization.visible_to),
      ...dates,
      label: labels[0] ?? null,
      label_ids: labels,
      ...flatAddress('address', organization.address),
      owner_name: account.state.users.get(organization.owner_id)?.name ?? null,
      cc_email: 'emulated@pipedrivemail.com',
      ...flatCustom(account, 'organization', organization.custom),
    };
  });
}

function firstChar(name: string): string {
  return name.trim().slice(0, 1).toLowerCase();
}

const ADDRESS_PARTS = [
  'subpremise',
  'street_number',
  'route',
  'sublocality',
  'locality',
  'admin_area_level_1',
  'admin_area_level_2',
  'country',
  'postal_code',
] as const;

function flatAddress(prefix: string, address: AddressValue | null): View {
  const flat: View = { [prefix]: address?.value ?? null };
  for (const part of ADDRESS_PARTS) flat[`${prefix}_${part}`] = address?.[part] ?? null;
  flat[`${prefix}_formatted_address`] = address?.value ?? null;
  return flat;
}

/** Published examples of activities have empty texts where other records have null. */
function textsOnly(view: View): View {
  return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, value ?? '']));
}

/** An activity as v1 shows it. */
export function v1Activity(account: Account, activity: ActivityRecord): View {
  const { state } = account;
  const primary = activity.participants.find((each) => each.primary)?.person_id ?? null;
  const person_id = liveLink(state.persons, primary);
  const org_id = liveLink(state.organizations, activity.org_id);
  const deal_id = liveLink(state.deals, activity.deal_id);
  return {
    id: activity.id,
    company_id: COMPANY_ID,
    user_id: activity.owner_id,
    done: activity.done,
    type: activity.type,
    reference_type: '',
    reference_id: null,
    conference_meeting_client: '',
    conference_meeting_url: '',
    conference_meeting_id: '',
    due_date: activity.due_date,
    due_time: activity.due_time?.slice(0, 5) ?? '',
    duration: activity.duration?.slice(0, 5) ?? '',
    busy_flag: activity.busy,
    add_time: v1Time(activity.addedSec),
    marked_as_done_time: v1TimeOrNull(activity.doneSec) ?? '',
    subject: activity.subject,
    public_description: activity.public_description ?? '',
    org_id,
    person_id,
    deal_id,
    lead_id: activity.lead_id,
    project_id: liveLink(state.projects, activity.project_id),
    active_flag: isLive(activity),
    update_time: v1Time(activity.updatedSec),
    update_user_id: activity.creator_user_id,
    source_timezone: '',
    note: activity.note ?? '',
    created_by_user_id: activity.creator_user_id,
    ...textsOnly(flatAddress('location', activity.location)),
    attendees: activity.attendees.map(({ email, ...rest }) => ({ email_address: email, ...rest })),
    participants: activity.participants.map((each) => ({
      person_id: each.person_id,
      primary_flag: each.primary,
    })),
    org_name: org_id === null ? null : (state.organizations.get(org_id)?.name ?? null),
    person_name: person_id === null ? null : (state.persons.get(person_id)?.name ?? null),
    deal_title: deal_id === null ? null : (state.deals.get(deal_id)?.title ?? null),
    owner_name: state.users.get(activity.owner_id)?.name ?? null,
    person_dropbox_bcc: 'emulated@pipedrivemail.com',
    deal_dropbox_bcc: deal_id === null ? '' : `emulated+deal${deal_id}@pipedrivemail.com`,
    assigned_to_user_id: activity.owner_id,
  };
}
