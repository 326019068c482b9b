import type {
  ActivityRecord,
  AddressValue,
  Attendee,
  BillingFrequency,
  ContactSync,
  CustomValues,
  DealRecord,
  DealStatus,
  FieldRecord,
  LeadRecord,
  NoteRecord,
  OrganizationRecord,
  Participant,
  PersonRecord,
  PriceRecord,
  ProductRecord,
  Reach,
} from '../records.ts';
import {
  flagOf,
  idOf,
  listOf,
  msTimesOf,
  numberOf,
  objectOf,
  type Raw,
  secOf,
  textOf,
  timesOf,
} from './raw.ts';

/** The filled custom fields of a v2 record, or null. */
function customOf(raw: Raw): CustomValues | null {
  const filled = Object.entries(objectOf(raw, 'custom_fields') ?? {}).filter(([, value]) => value !== null);
  if (filled.length === 0) return null;
  return Object.fromEntries(
    filled.map(([code, value]) => [code, isAddress(value) ? filledParts(value) : value]),
  );
}

function isAddress(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && 'admin_area_level_1' in value;
}

/** An address as far as it is known: answers spell out every part. */
function addressOf(raw: Raw, key: string): AddressValue | null {
  const address = objectOf(raw, key);
  return address && (filledParts(address) as unknown as AddressValue);
}

function filledParts(address: Raw): Raw {
  return Object.fromEntries(Object.entries(address).filter(([, part]) => part !== null));
}

function core(raw: Raw, what: string) {
  return {
    id: idOf(raw, what),
    owner_id: numberOf(raw, 'owner_id') ?? 0,
    visible_to: numberOf(raw, 'visible_to') ?? 3,
    ...timesOf(raw),
  };
}

/** An organization, with its id. */
export function organizationCopy(raw: Raw): OrganizationRecord {
  return {
    ...core(raw, 'organization'),
    name: textOf(raw, 'name') ?? '',
    label_ids: listOf<number>(raw, 'label_ids'),
    address: addressOf(raw, 'address'),
    website: textOf(raw, 'website'),
    linkedin: textOf(raw, 'linkedin'),
    industry: numberOf(raw, 'industry'),
    annual_revenue: numberOf(raw, 'annual_revenue'),
    employee_count: numberOf(raw, 'employee_count'),
    custom: customOf(raw),
  };
}

/** A person, with their id. */
export function personCopy(raw: Raw): PersonRecord {
  return {
    ...core(raw, 'person'),
    name: textOf(raw, 'name') ?? '',
    first_name: textOf(raw, 'first_name'),
    last_name: textOf(raw, 'last_name'),
    org_id: numberOf(raw, 'org_id'),
    emails: listOf<Reach>(raw, 'emails'),
    phones: listOf<Reach>(raw, 'phones'),
    label_ids: listOf<number>(raw, 'label_ids'),
    marketing_status: textOf(raw, 'marketing_status') ?? 'no_consent',
    sync: syncOf(raw),
    custom: customOf(raw),
  };
}

function syncOf(raw: Raw): ContactSync | null {
  const sync = {
    postal_address: addressOf(raw, 'postal_address'),
    notes: textOf(raw, 'notes'),
    im: listOf<Reach>(raw, 'im'),
    birthday: textOf(raw, 'birthday'),
    job_title: textOf(raw, 'job_title'),
  };
  const { im, ...others } = sync;
  return im.length === 0 && Object.values(others).every((value) => value === null) ? null : sync;
}

/** A deal, with its id. */
export function dealCopy(raw: Raw): DealRecord {
  return {
    ...core(raw, 'deal'),
    title: textOf(raw, 'title') ?? '',
    creator_user_id: numberOf(raw, 'creator_user_id') ?? 0,
    person_id: numberOf(raw, 'person_id'),
    org_id: numberOf(raw, 'org_id'),
    stage_id: numberOf(raw, 'stage_id') ?? 0,
    value: numberOf(raw, 'value') ?? 0,
    currency: textOf(raw, 'currency') ?? 'USD',
    status: (textOf(raw, 'status') ?? 'open') as DealStatus,
    probability: numberOf(raw, 'probability'),
    lost_reason: textOf(raw, 'lost_reason'),
    stageChangedSec: secOf(raw, 'stage_change_time'),
    closedSec: secOf(raw, 'close_time'),
    wonSec: secOf(raw, 'won_time'),
    lostSec: secOf(raw, 'lost_time'),
    archivedSec: flagOf(raw, 'is_archived') ? (secOf(raw, 'archive_time') ?? 0) : null,
    expected_close_date: textOf(raw, 'expected_close_date'),
    label_ids: listOf<number>(raw, 'label_ids'),
    origin: textOf(raw, 'origin') ?? 'API',
    custom: customOf(raw),
  };
}

/** A lead, with its UUID; `id` is its place in the list, `fields` are those of deals. */
export function leadCopy(raw: Raw, id: number, fields: readonly FieldRecord[]): LeadRecord {
  const value = objectOf(raw, 'value');
  return {
    id,
    uuid: textOf(raw, 'id') ?? '',
    title: textOf(raw, 'title') ?? '',
    owner_id: numberOf(raw, 'owner_id') ?? 0,
    creator_id: numberOf(raw, 'creator_id') ?? 0,
    label_ids: listOf<string>(raw, 'label_ids'),
    person_id: numberOf(raw, 'person_id'),
    organization_id: numberOf(raw, 'organization_id'),
    value: value && { amount: numberOf(value, 'amount') ?? 0, currency: textOf(value, 'currency') ?? 'USD' },
    expected_close_date: textOf(raw, 'expected_close_date'),
    visible_to: String(raw.visible_to ?? '3'),
    was_seen: flagOf(raw, 'was_seen'),
    is_archived: flagOf(raw, 'is_archived'),
    origin_id: textOf(raw, 'origin_id'),
    channel: numberOf(raw, 'channel'),
    channel_id: textOf(raw, 'channel_id'),
    custom: flatCustomOf(raw, fields),
    ...msTimesOf(raw),
  };
}

/** v1 lays custom fields flat, with the parts of a value in keys of their own and sets as text. */
function flatCustomOf(raw: Raw, fields: readonly FieldRecord[]): CustomValues | null {
  const values: Record<string, unknown> = {};
  for (const { code, type, custom } of fields) {
    const value = raw[code];
    if (!custom || value === null || value === undefined || value === '') continue;
    values[code] = nested(raw, code, type, value);
  }
  return Object.keys(values).length === 0 ? null : values;
}

function nested(raw: Raw, code: string, type: string, value: unknown): unknown {
  if (typeof value === 'object') return value;
  const part = (name: string) => raw[`${code}_${name}`] ?? null;
  switch (type) {
    case 'enum':
      return Number(value);
    case 'set':
      return String(value).split(',').map(Number);
    case 'monetary':
      return { value: Number(value), currency: part('currency') };
    case 'daterange':
      return { value, until: part('until') };
    case 'time':
      return { value, timezone_id: part('timezone_id'), timezone_name: null };
    case 'timerange':
      return { value, until: part('until'), timezone_id: part('timezone_id'), timezone_name: null };
    case 'address':
      return { value };
    default:
      return value;
  }
}

/** An activity, with its id. */
export function activityCopy(raw: Raw): ActivityRecord {
  const { visible_to: _none, ...rest } = core(raw, 'activity');
  return {
    ...rest,
    subject: textOf(raw, 'subject') ?? '',
    type: textOf(raw, 'type') ?? '',
    creator_user_id: numberOf(raw, 'creator_user_id') ?? 0,
    deal_id: numberOf(raw, 'deal_id'),
    lead_id: textOf(raw, 'lead_id'),
    project_id: numberOf(raw, 'project_id'),
    org_id: numberOf(raw, 'org_id'),
    due_date: textOf(raw, 'due_date'),
    due_time: textOf(raw, 'due_time'),
    duration: textOf(raw, 'duration'),
    busy: flagOf(raw, 'busy'),
    done: flagOf(raw, 'done'),
    doneSec: secOf(raw, 'marked_as_done_time'),
    location: addressOf(raw, 'location'),
    participants: listOf<Participant>(raw, 'participants'),
    attendees: listOf<Attendee>(raw, 'attendees'),
    public_description: textOf(raw, 'public_description'),
    priority: numberOf(raw, 'priority'),
    outcome: numberOf(raw, 'outcome'),
    note: textOf(raw, 'note'),
  };
}

const PINS = ['lead', 'deal', 'person', 'organization', 'project', 'task'] as const;

/** A note, with its id. */
export function noteCopy(raw: Raw): NoteRecord {
  return {
    id: idOf(raw, 'note'),
    content: textOf(raw, 'content') ?? '',
    user_id: numberOf(raw, 'user_id') ?? 0,
    last_update_user_id: numberOf(raw, 'last_update_user_id'),
    lead_id: textOf(raw, 'lead_id'),
    deal_id: numberOf(raw, 'deal_id'),
    person_id: numberOf(raw, 'person_id'),
    org_id: numberOf(raw, 'org_id'),
    project_id: numberOf(raw, 'project_id'),
    task_id: numberOf(raw, 'task_id'),
    pinned: PINS.filter((pin) => flagOf(raw, `pinned_to_${pin}_flag`)),
    ...timesOf(raw),
  };
}

/** A product with its prices, with its id. */
export function productCopy(raw: Raw): ProductRecord {
  return {
    ...core(raw, 'product'),
    name: textOf(raw, 'name') ?? '',
    code: textOf(raw, 'code'),
    unit: textOf(raw, 'unit') ?? '',
    tax: numberOf(raw, 'tax') ?? 0,
    description: textOf(raw, 'description'),
    category: numberOf(raw, 'category'),
    is_linkable: flagOf(raw, 'is_linkable'),
    billing_frequency: (textOf(raw, 'billing_frequency') ?? 'one-time') as BillingFrequency,
    billing_frequency_cycles: numberOf(raw, 'billing_frequency_cycles'),
    prices: listOf(raw, 'prices').map(priceCopy),
    custom: customOf(raw),
  };
}

function priceCopy(raw: Raw): PriceRecord {
  return {
    price: numberOf(raw, 'price') ?? 0,
    currency: textOf(raw, 'currency') ?? 'USD',
    cost: numberOf(raw, 'cost') ?? 0,
    direct_cost: numberOf(raw, 'direct_cost'),
    notes: textOf(raw, 'notes') ?? '',
  };
}
