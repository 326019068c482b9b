import { type Account, firstAdmin, isLive } from './account.ts';
import { done, type Exchange, type Handler } from './exchange-context.ts';
import { FIRST_LEAD_FIELD_ID, LEAD_FIELDS } from './filters/filter-fields.ts';
import { type OffsetPage, offsetPage, offsetReply } from './offset.ts';
import type { FieldEntity, FieldRecord } from './records.ts';
import { v1Time } from './times.ts';

/** A field as its v1 list needs it. */
interface Listed {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly options: FieldRecord['options'];
  readonly custom: boolean;
}

/** Fields that a record cannot be without, by code. INF. */
const MANDATORY = new Set(['title', 'subject', 'content']);

/** A field as v1 shows it. What the API says is not used any more is as in the published example. */
export function v1FieldView(account: Account, field: Listed, order: number): Record<string, unknown> {
  const addTime = v1Time(firstAdmin(account).addedSec);
  return {
    id: field.id,
    key: field.code,
    name: field.name,
    order_nr: order,
    field_type: field.type,
    add_time: addTime,
    update_time: addTime,
    last_updated_by_user_id: field.custom ? 1 : null,
    created_by_user_id: field.custom ? 1 : null,
    active_flag: true,
    edit_flag: field.custom,
    index_visible_flag: true,
    details_visible_flag: true,
    add_visible_flag: !field.custom,
    important_flag: false,
    bulk_edit_allowed: true,
    searchable_flag: false,
    filtering_allowed: true,
    sortable_flag: true,
    options: field.options?.map(({ id, label }) => ({ id, label })) ?? null,
    mandatory_flag: MANDATORY.has(field.code),
  };
}

/** The live fields of an entity, oldest first. */
export function fieldsOf({ state }: Account, entity: FieldEntity): FieldRecord[] {
  return [...state.fields.all()].filter((field) => field.entity === entity && isLive(field));
}

/** The built-in lead fields, and the custom fields of deals, which leads share. */
function leadFields(account: Account): readonly Listed[] {
  const labels = [...account.state.leadLabels.all()].filter(isLive);
  const builtin = LEAD_FIELDS.map(([code, name, type], index) => ({
    id: FIRST_LEAD_FIELD_ID + index,
    code,
    name,
    type,
    options:
      code === 'label_ids'
        ? labels.map(({ uuid, name: label, color }) => ({
            id: uuid,
            label,
            color,
            addedSec: null,
            updatedSec: null,
          }))
        : null,
    custom: false,
  }));
  return [...builtin, ...fieldsOf(account, 'deal').filter(({ custom }) => custom)];
}

/** A page of fields in the envelope of v1. */
export function listedFields({ account }: Exchange, page: OffsetPage<Listed>) {
  const views = page.items.map((field, index) => v1FieldView(account, field, page.start + index + 1));
  return offsetReply(views, page, false);
}

/** GET /v1/leadFields. */
export const listLeadFields: Handler = (exchange) =>
  listedFields(exchange, offsetPage(exchange.account, exchange.call, leadFields(exchange.account)));

/** GET /v1/activityFields: all of them on one page. */
export const listActivityFields: Handler = (exchange) => {
  const items = fieldsOf(exchange.account, 'activity');
  return listedFields(exchange, { items, start: 0, limit: 500, more: false });
};

const YES_NO = [
  { id: 1, label: 'Yes' },
  { id: 0, label: 'No' },
];

/** Fields of notes: key, name, type. The first two are published, the others are inferred. */
const NOTE_FIELDS = [
  ['content', 'Content', 'text'],
  ['pinned_to_deal_flag', 'Note is pinned to deal', 'enum'],
  ['pinned_to_person_flag', 'Note is pinned to person', 'enum'],
  ['pinned_to_organization_flag', 'Note is pinned to organization', 'enum'],
  ['pinned_to_lead_flag', 'Note is pinned to lead', 'enum'],
  ['deal_id', 'Deal', 'deal'],
  ['person_id', 'Person', 'people'],
  ['org_id', 'Organization', 'org'],
  ['lead_id', 'Lead', 'lead'],
  ['user_id', 'Author', 'user'],
  ['add_time', 'Add time', 'date'],
  ['update_time', 'Update time', 'date'],
] as const;

/** GET /v1/noteFields. */
export const listNoteFields: Handler = () => {
  const fields = NOTE_FIELDS.map(([key, name, type], index) => ({
    id: index + 1,
    key,
    name,
    field_type: type,
    active_flag: true,
    edit_flag: type === 'enum',
    bulk_edit_allowed: true,
    mandatory_flag: MANDATORY.has(key),
    ...(type === 'enum' ? { options: YES_NO } : {}),
  }));
  return offsetReply(fields, { items: fields, start: 0, limit: 100, more: false }, false);
};

/** Published: where leads can come from; the list is fixed. */
const LEAD_SOURCES = [
  'Manually created',
  'Deal',
  'Web forms',
  'Prospector',
  'Leadbooster',
  'Live chat',
  'Import',
  'Website visitors',
  'Workflow automation',
  'API',
] as const;

/** GET /v1/leadSources. */
export const listLeadSources: Handler = () => done(LEAD_SOURCES.map((name) => ({ name })));
