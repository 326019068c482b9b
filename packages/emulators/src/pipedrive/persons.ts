import { z } from 'zod';
import { type Account, assertLink, assertOwner, assertVisibility, liveLink, nowSec } from './account.ts';
import { CORE_LIST_QUERY, type CoreEntity, CUSTOM_QUERY, type View } from './core-entity.ts';
import { countersOf, PERSON_COUNTERS } from './counters.ts';
import { personsOfDeal } from './deal-persons.ts';
import { addressView, customView, mergedCustom } from './field-values.ts';
import { assertLabels, labelViews, liveLabels } from './labels.ts';
import type { ContactSync, PersonRecord, Reach, UserRecord } from './records.ts';
import { badRequest, Refusal } from './refusal.ts';
import {
  address,
  customFields,
  day,
  id,
  labelIds,
  moment,
  parsed,
  reach,
  requiredText,
  shortText,
} from './schemas.ts';
import { rfc3339 } from './times.ts';
import { defaultVisibility } from './visibility.ts';

const SYNC_KEYS = ['postal_address', 'notes', 'im', 'birthday', 'job_title'] as const;

const shared = {
  first_name: shortText.optional(),
  last_name: shortText.optional(),
  owner_id: id.optional(),
  visible_to: z.int().optional(),
  marketing_status: z.enum(['no_consent', 'unsubscribed', 'subscribed', 'archived']).optional(),
  custom_fields: customFields.optional(),
  postal_address: address.nullish(),
  notes: z.string().max(10_000).nullish(),
  im: z.array(reach).nullish(),
  birthday: day.nullish(),
  job_title: shortText.nullish(),
};
const creation = z.strictObject({
  name: requiredText.optional(),
  add_time: moment.optional(),
  org_id: id.optional(),
  emails: z.array(reach).optional(),
  phones: z.array(reach).optional(),
  label_ids: labelIds.optional(),
  ...shared,
});
// INF: that PATCH takes null to clear links and lists.
const change = z.strictObject({
  name: requiredText.optional(),
  org_id: id.nullish(),
  emails: z.array(reach).nullish(),
  phones: z.array(reach).nullish(),
  label_ids: labelIds.nullish(),
  ...shared,
});

type Given = z.infer<typeof change>;

function assertGiven(account: Account, given: Given): void {
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.visible_to !== undefined) assertVisibility(account, given.visible_to);
  if (given.label_ids) assertLabels(account, 'person', given.label_ids);
  if (given.org_id != null)
    assertLink(account, 'Organization', account.state.organizations.get(given.org_id), given.org_id);
  const { reachesCap } = account.switches;
  const most = Math.max(given.emails?.length ?? 0, given.phones?.length ?? 0);
  if (reachesCap !== null && most > reachesCap)
    throw badRequest(`A person can have at most ${reachesCap} emails and ${reachesCap} phones`);
  const sync = SYNC_KEYS.filter((key) => given[key] !== undefined);
  if (sync.length === 0 || account.switches.contactSync) return;
  // Published: 403 until somebody has set up Contact Sync. INF: the text.
  throw new Refusal(403, `${sync.join(', ')} can be used only when contact sync is enabled`, 'ERR_FORBIDDEN');
}

/** One primary at most: the first marked one, else the first; labels default to work. Empty values are left out. */
function reaches(given: readonly z.infer<typeof reach>[]): readonly Reach[] {
  const kept = given.filter((each) => each.value.trim() !== '');
  const primary = Math.max(
    0,
    kept.findIndex((each) => each.primary === true),
  );
  return kept.map((each, index) => ({
    value: each.value,
    primary: index === primary,
    label: each.label ?? 'work',
  }));
}

interface Names {
  readonly name: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
}

/** INF: the first word is the first name, the rest the last name. */
function split(name: string): Names {
  const [first = name, ...rest] = name.trim().split(/\s+/);
  return { name, first_name: first, last_name: rest.length > 0 ? rest.join(' ') : null };
}

function namesOf(given: Given, before: Names | null): Names {
  if (given.first_name === undefined && given.last_name === undefined) {
    if (given.name !== undefined) return split(given.name);
    if (before) return { name: before.name, first_name: before.first_name, last_name: before.last_name };
  }
  const first = given.first_name ?? before?.first_name ?? null;
  const last = given.last_name ?? before?.last_name ?? null;
  const name = given.name ?? [first, last].filter(Boolean).join(' ');
  if (name.trim() === '') throw badRequest('Name must be given.');
  return { name, first_name: first, last_name: last };
}

function syncOf(given: Given, before: ContactSync | null): ContactSync | null {
  if (SYNC_KEYS.every((key) => given[key] === undefined)) return before;
  const old = before ?? { postal_address: null, notes: null, im: [], birthday: null, job_title: null };
  return {
    postal_address:
      given.postal_address === undefined
        ? old.postal_address
        : (given.postal_address as ContactSync['postal_address']),
    notes: given.notes === undefined ? old.notes : given.notes,
    im: given.im === undefined ? old.im : reaches(given.im ?? []),
    birthday: given.birthday === undefined ? old.birthday : given.birthday,
    job_title: given.job_title === undefined ? old.job_title : given.job_title,
  };
}

function create(account: Account, body: unknown, user: UserRecord): PersonRecord {
  const given = parsed(creation, body);
  const custom = mergedCustom(account, 'person', null, given.custom_fields);
  const names = namesOf(given, null);
  assertGiven(account, given);
  const sec = nowSec(account);
  const table = account.state.persons;
  const emails = reaches(given.emails ?? []);
  return account.state.keep(
    table,
    {
      id: table.nextId,
      ...names,
      owner_id: given.owner_id ?? user.id,
      org_id: given.org_id ?? null,
      addedSec: given.add_time ?? sec,
      updatedSec: sec,
      deletedSec: null,
      emails,
      phones: reaches(given.phones ?? []),
      visible_to: given.visible_to ?? defaultVisibility(account, user, 'person'),
      label_ids: given.label_ids ?? [],
      marketing_status: marketing(given.marketing_status, emails),
      sync: syncOf(given, null),
      custom,
    },
    account.clock.nowMs(),
  );
}

// Published: without a valid e-mail the status stays no_consent.
function marketing(status: string | undefined, emails: readonly Reach[]): string {
  return emails.some((each) => each.value.includes('@')) ? (status ?? 'no_consent') : 'no_consent';
}

function update(account: Account, record: PersonRecord, body: unknown): PersonRecord {
  const given = parsed(change, body);
  const custom = mergedCustom(account, 'person', record.custom, given.custom_fields);
  const names = namesOf(given, record);
  assertGiven(account, given);
  const emails = given.emails === undefined ? record.emails : reaches(given.emails ?? []);
  return account.state.keep(account.state.persons, {
    ...record,
    ...names,
    owner_id: given.owner_id ?? record.owner_id,
    org_id: given.org_id === undefined ? record.org_id : given.org_id,
    emails,
    phones: given.phones === undefined ? record.phones : reaches(given.phones ?? []),
    visible_to: given.visible_to ?? record.visible_to,
    label_ids: given.label_ids === undefined ? record.label_ids : (given.label_ids ?? []),
    marketing_status: marketing(given.marketing_status ?? record.marketing_status, emails),
    sync: syncOf(given, record.sync),
    custom,
    updatedSec: nowSec(account),
  });
}

function render(account: Account, record: PersonRecord, view: View): Record<string, unknown> {
  const rendered: Record<string, unknown> = {
    id: record.id,
    name: record.name,
    first_name: record.first_name,
    last_name: record.last_name,
    owner_id: record.owner_id,
    org_id: liveLink(account.state.organizations, record.org_id),
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
    emails: record.emails,
    phones: record.phones,
    is_deleted: record.deletedSec !== null,
    visible_to: record.visible_to,
    label_ids: liveLabels(account, 'person', record.label_ids),
    picture_id: account.state.pictureByPerson.get(record.id)?.id ?? null,
    custom_fields: customView(account, 'person', record.custom, view.customKeys, view.optionLabels),
  };
  if (view.labels) rendered.labels = labelViews(account, 'person', record.label_ids);
  if (view.include.includes('marketing_status')) rendered.marketing_status = record.marketing_status;
  if (!account.switches.contactSync) return rendered;
  return Object.assign(rendered, {
    postal_address: addressView(record.sync?.postal_address),
    notes: record.sync?.notes ?? null,
    im: record.sync?.im ?? [],
    birthday: record.sync?.birthday ?? null,
    job_title: record.sync?.job_title ?? null,
  });
}

const include_fields = { words: PERSON_COUNTERS, list: true } as const;

/** Persons: what v2 takes and gives. */
export const PERSONS: CoreEntity<PersonRecord> = {
  name: 'person',
  title: 'Person',
  table: (state) => state.persons,
  listQuery: {
    ...CORE_LIST_QUERY,
    ...CUSTOM_QUERY,
    org_id: 'id',
    deal_id: 'id',
    include_fields,
    sort_by: { words: ['id', 'update_time', 'add_time'] },
  },
  oneQuery: { ...CUSTOM_QUERY, include_fields },
  filter(account, query) {
    const org = query.id('org_id');
    const deal = query.id('deal_id');
    const named = deal === undefined ? undefined : account.state.deals.get(deal);
    const ofDeal = named && personsOfDeal(account, named);
    return (record) =>
      (org === undefined || liveLink(account.state.organizations, record.org_id) === org) &&
      (deal === undefined || ofDeal?.has(record.id) === true);
  },
  extras: (account, records, include) => countersOf(account, 'person', records, include),
  render,
  create,
  update,
};
