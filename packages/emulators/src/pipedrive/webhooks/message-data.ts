import type { Account } from '../account.ts';
import { ACTIVITIES } from '../activities.ts';
import { PLAIN_VIEW } from '../core-entity.ts';
import { DEALS } from '../deals.ts';
import { view as leadView } from '../leads.ts';
import { ORGANIZATIONS } from '../organizations.ts';
import { PERSONS } from '../persons.ts';
import { PRODUCTS } from '../products/products.ts';
import type {
  ActivityRecord,
  CustomValues,
  DealRecord,
  FieldEntity,
  FieldRecord,
  LeadRecord,
  NoteRecord,
  OrganizationRecord,
  PersonRecord,
  PipelineRecord,
  ProductRecord,
  StageRecord,
  UserRecord,
} from '../records.ts';
import { rfc3339, v1Time } from '../times.ts';
import type { Visible, VisibleEntity } from '../visibility.ts';

type Data = Record<string, unknown>;

/** Records of one table as webhooks show them: the published examples of webhooks v2 give the keys. */
interface Announced {
  readonly entity: string;
  readonly data: (account: Account, record: never) => Data;
  /** How the API names the record. */
  readonly id: (record: never) => string;
  /** Set where `visible_to` decides who is told. */
  readonly visibleAs?: VisibleEntity;
}

const plainId = (record: { readonly id: number }) => String(record.id);

/** The keys of `full` that are named. */
function only(full: Data, keys: readonly string[]): Data {
  return Object.fromEntries(keys.map((key) => [key, full[key] ?? null]));
}

/** Custom values in the words of webhooks: each with its type, options and references by `id`; empty ones are absent. */
function typedCustom(account: Account, entity: FieldEntity, custom: CustomValues | null): Data {
  const fields = account.state.fieldsByCode.get(entity);
  return Object.fromEntries(
    Object.entries(custom ?? {}).flatMap(([code, value]) => {
      const field = fields?.get(code);
      return field ? [[code, typedValue(field, value)]] : [];
    }),
  );
}

function typedValue({ type }: FieldRecord, value: unknown): Data {
  switch (type) {
    case 'enum':
    case 'user':
    case 'org':
    case 'people':
      return { type, id: value };
    case 'set':
      return { type, values: (value as readonly number[]).map((id) => ({ id })) };
    case 'daterange':
    case 'timerange': {
      const { value: from, ...rest } = value as Data;
      return { type, from, ...rest };
    }
    case 'address':
      return { type, ...(value as Data), formatted_address: (value as Data).value };
    case 'monetary':
    case 'time':
      return { type, ...(value as Data) };
    default:
      return { type, value };
  }
}

const ACTIVITY_KEYS = [
  'add_time',
  'deal_id',
  'done',
  'due_date',
  'due_time',
  'duration',
  'id',
  'lead_id',
  'location',
  'org_id',
  'owner_id',
  'person_id',
  'public_description',
  'subject',
  'type',
  'update_time',
];

function activityData(account: Account, record: ActivityRecord): Data {
  return {
    ...only(ACTIVITIES.render(account, record, PLAIN_VIEW), ACTIVITY_KEYS),
    active_flag: record.deletedSec === null,
    busy_flag: record.busy,
    custom_fields: {},
    update_user_id: null,
  };
}

const DEAL_KEYS = [
  'add_time',
  'channel',
  'channel_id',
  'close_time',
  'creator_user_id',
  'currency',
  'expected_close_date',
  'id',
  'label_ids',
  'lost_reason',
  'lost_time',
  'org_id',
  'origin',
  'origin_id',
  'owner_id',
  'person_id',
  'pipeline_id',
  'probability',
  'stage_change_time',
  'stage_id',
  'status',
  'title',
  'update_time',
  'value',
  'won_time',
];

function dealData(account: Account, record: DealRecord): Data {
  return {
    ...only(DEALS.render(account, record, PLAIN_VIEW), DEAL_KEYS),
    custom_fields: typedCustom(account, 'deal', record.custom),
    first_won_time: record.wonSec === null ? null : rfc3339(record.wonSec),
    visible_to: String(record.visible_to),
  };
}

const LEAD_KEYS = [
  'add_time',
  'channel',
  'channel_id',
  'creator_id',
  'expected_close_date',
  'id',
  'is_archived',
  'label_ids',
  'next_activity_id',
  'organization_id',
  'origin',
  'origin_id',
  'owner_id',
  'person_id',
  'source_name',
  'title',
  'update_time',
  'was_seen',
  'value',
];

function leadData(account: Account, record: LeadRecord): Data {
  const custom_fields = typedCustom(account, 'deal', record.custom);
  return { ...only(leadView(account, record), LEAD_KEYS), custom_fields };
}

function noteData(_account: Account, record: NoteRecord): Data {
  const { id, user_id, deal_id, person_id, org_id, lead_id, content, pinned } = record;
  return {
    id,
    user_id,
    deal_id,
    person_id,
    org_id,
    lead_id,
    project_id: null,
    active_flag: record.deletedSec === null,
    content,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
    pinned_to_deal_flag: pinned.includes('deal'),
    pinned_to_person_flag: pinned.includes('person'),
    pinned_to_organization_flag: pinned.includes('organization'),
  };
}

// The published examples show `label`, the deals' ones `label_ids`: both are told here (INF).
const ORGANIZATION_KEYS = ['add_time', 'address', 'id', 'label_ids', 'name', 'owner_id', 'update_time'];
const PERSON_KEYS = [
  'add_time',
  'emails',
  'first_name',
  'id',
  'label_ids',
  'last_name',
  'name',
  'org_id',
  'owner_id',
  'phones',
  'update_time',
];

function organizationData(account: Account, record: OrganizationRecord): Data {
  return {
    ...only(ORGANIZATIONS.render(account, record, PLAIN_VIEW), ORGANIZATION_KEYS),
    country_code: null,
    custom_fields: typedCustom(account, 'organization', record.custom),
    label: record.label_ids[0] ?? null,
    picture_id: null,
    visible_to: String(record.visible_to),
  };
}

function personData(account: Account, record: PersonRecord): Data {
  return {
    ...only(PERSONS.render(account, record, PLAIN_VIEW), PERSON_KEYS),
    custom_fields: typedCustom(account, 'person', record.custom),
    label: record.label_ids[0] ?? null,
    visible_to: String(record.visible_to),
  };
}

function pipelineData(_account: Account, record: PipelineRecord): Data {
  return {
    id: record.id,
    name: record.name,
    url_title: record.name.replace(/\s+/g, '-'),
    order_nr: record.order_nr,
    active_flag: record.deletedSec === null,
    deal_probability: record.is_deal_probability_enabled,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
  };
}

function stageData(_account: Account, record: StageRecord): Data {
  return {
    id: record.id,
    name: record.name,
    active_flag: record.deletedSec === null,
    rotten_days: record.days_to_rotten,
    order_nr: record.order_nr,
    deal_probability: record.deal_probability,
    rotten_flag: record.is_deal_rot_enabled,
    add_time: rfc3339(record.addedSec),
    pipeline_id: record.pipeline_id,
    update_time: rfc3339(record.updatedSec),
  };
}

const PRODUCT_KEYS = [
  'add_time',
  'category',
  'code',
  'description',
  'id',
  'name',
  'owner_id',
  'tax',
  'unit',
  'update_time',
  'prices',
];

function productData(account: Account, record: ProductRecord): Data {
  const full = PRODUCTS.render(account, record, PLAIN_VIEW);
  return {
    ...only(full, PRODUCT_KEYS),
    custom_fields: typedCustom(account, 'product', record.custom),
    selectable: full.is_linkable ?? true,
    visible_to: String(full.visible_to),
  };
}

function userData(_account: Account, user: UserRecord): Data {
  return {
    id: String(user.id),
    default_currency: user.currency,
    name: user.name,
    email: user.email,
    phone: null,
    locale: 'en_US',
    lang: 'en-US',
    active_flag: user.active,
    last_login: v1Time(user.addedSec),
    timezone_name: user.timezone,
    icon_url: null,
    created: v1Time(user.addedSec),
    modified: v1Time(user.addedSec),
    access: null,
  };
}

/** What webhooks tell of, by the table that holds it. */
export const ANNOUNCED: Readonly<Record<string, Announced>> = {
  activities: { entity: 'activity', data: activityData, id: plainId },
  deals: { entity: 'deal', data: dealData, id: plainId, visibleAs: 'deal' },
  leads: { entity: 'lead', data: leadData, id: (lead: LeadRecord) => lead.uuid, visibleAs: 'lead' },
  notes: { entity: 'note', data: noteData, id: plainId },
  organizations: { entity: 'organization', data: organizationData, id: plainId, visibleAs: 'organization' },
  persons: { entity: 'person', data: personData, id: plainId, visibleAs: 'person' },
  pipelines: { entity: 'pipeline', data: pipelineData, id: plainId },
  products: { entity: 'product', data: productData, id: plainId, visibleAs: 'product' },
  stages: { entity: 'stage', data: stageData, id: plainId },
  users: { entity: 'user', data: userData, id: plainId },
};

/** The record as rights look at it; null where everybody may see it. */
export function visibleOf({ visibleAs }: Announced, record: object): Visible | null {
  return visibleAs ? (record as Visible) : null;
}
