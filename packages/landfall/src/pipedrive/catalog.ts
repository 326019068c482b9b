import type { TargetEntity, TargetField, TargetType } from '../model/target.ts';

/** The entities with custom fields; the others have none in Pipedrive (facts.md 2.6, 2.7). */
export const customFieldEntities = ['organization', 'person', 'deal'] as const;

/** One of `customFieldEntities`. */
export type CustomFieldEntity = (typeof customFieldEntities)[number];

/** Whether an entity has custom fields, and with them the marker. */
export function hasCustomFields(entity: TargetEntity): entity is CustomFieldEntity {
  return (customFieldEntities as readonly string[]).includes(entity);
}

const noteLimit = 100_000;

type Extra = Partial<Omit<TargetField, 'name' | 'label' | 'type' | 'key'>> & {
  readonly labels?: readonly string[];
};

function field(name: string, label: string, type: TargetType, extra: Extra = {}): TargetField {
  const { labels = [], ...rest } = extra;
  const base = {
    custom: false,
    required: false,
    settable: 'always',
    maxLength: null,
    references: null,
  } as const;
  return { name, label, type, key: name, ...base, options: labels.map((id) => ({ id, label: id })), ...rest };
}

const required = { required: true } as const;
const readOnly = { settable: 'never' } as const;
const onCreate = { settable: 'create' } as const;
const short = { maxLength: 255 } as const;

function link(name: string, label: string, references: TargetEntity, extra: Extra = {}): TargetField {
  return field(name, label, 'reference', { references, ...extra });
}

/**
 * The built-in fields of every entity by their Pipedrive names, with what may be set and when
 * (facts.md 2.1 to 2.7, OpenAPI v2 and v1 of 2026-08-18). Options of label, industry and priority fields
 * and the activity types come from the account.
 */
export const builtInFields: Readonly<Record<TargetEntity, readonly TargetField[]>> = {
  organization: [
    field('name', 'Name', 'text', { ...required, ...short }),
    field('owner_id', 'Owner', 'user'),
    field('add_time', 'Organization created', 'dateTime', onCreate),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('label_ids', 'Labels', 'options'),
    field('address', 'Address', 'address'),
    field('website', 'Website', 'text', short),
    field('linkedin', 'LinkedIn profile', 'text', short),
    field('industry', 'Industry', 'option'),
    field('annual_revenue', 'Annual revenue', 'integer'),
    field('employee_count', 'Employee count', 'integer'),
    field('visible_to', 'Visible to', 'integer'),
  ],
  organizationRelationship: [
    field('type', 'Type', 'option', { ...required, labels: ['parent', 'related'] }),
    link('rel_owner_org_id', 'Parent organization', 'organization', required),
    link('rel_linked_org_id', 'Linked organization', 'organization', required),
  ],
  person: [
    field('name', 'Name', 'text', { ...required, ...short }),
    field('first_name', 'First name', 'text', readOnly),
    field('last_name', 'Last name', 'text', readOnly),
    field('emails', 'Email', 'emails'),
    field('phones', 'Phone', 'phones'),
    link('org_id', 'Organization', 'organization'),
    field('owner_id', 'Owner', 'user'),
    field('add_time', 'Person created', 'dateTime', onCreate),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('label_ids', 'Labels', 'options'),
    field('marketing_status', 'Marketing status', 'option', {
      labels: ['no_consent', 'unsubscribed', 'subscribed', 'archived'],
    }),
    field('visible_to', 'Visible to', 'integer'),
  ],
  deal: [
    field('title', 'Title', 'text', { ...required, ...short }),
    field('value', 'Value', 'money'),
    field('currency', 'Currency', 'currency'),
    link('person_id', 'Contact person', 'person'),
    link('org_id', 'Organization', 'organization'),
    field('owner_id', 'Owner', 'user'),
    field('stage_id', 'Stage', 'stage'),
    field('status', 'Status', 'option', { labels: ['open', 'won', 'lost'] }),
    field('probability', 'Probability', 'number'),
    field('lost_reason', 'Lost reason', 'text', short),
    field('close_time', 'Deal closed on', 'dateTime'),
    field('won_time', 'Won time', 'dateTime'),
    field('lost_time', 'Lost time', 'dateTime'),
    field('expected_close_date', 'Expected close date', 'date'),
    field('label_ids', 'Labels', 'options'),
    field('is_archived', 'Archived', 'boolean'),
    field('archive_time', 'Archive time', 'dateTime'),
    field('add_time', 'Deal created', 'dateTime', readOnly),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('visible_to', 'Visible to', 'integer'),
  ],
  activity: [
    field('subject', 'Subject', 'text', short),
    field('type', 'Type', 'option'),
    link('deal_id', 'Deal', 'deal'),
    link('person_id', 'Contact person', 'person'),
    link('org_id', 'Organization', 'organization'),
    field('owner_id', 'Assigned to user', 'user'),
    field('due_date', 'Due date', 'date'),
    field('due_time', 'Due time', 'time'),
    field('duration', 'Duration', 'duration'),
    field('busy', 'Free/busy', 'boolean'),
    field('done', 'Done', 'boolean'),
    field('location', 'Location', 'address'),
    field('attendees', 'Attendees', 'attendees'),
    field('public_description', 'Public description', 'longText'),
    field('priority', 'Priority', 'option'),
    field('note', 'Note', 'html', { maxLength: noteLimit }),
    field('add_time', 'Add time', 'dateTime', readOnly),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('marked_as_done_time', 'Marked as done time', 'dateTime', readOnly),
  ],
  note: [
    field('content', 'Content', 'html', { ...required, maxLength: noteLimit }),
    link('deal_id', 'Deal', 'deal'),
    link('person_id', 'Person', 'person'),
    link('org_id', 'Organization', 'organization'),
    field('user_id', 'Author', 'user'),
    field('add_time', 'Add time', 'dateTime'),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('pinned_to_deal_flag', 'Pinned to deal', 'boolean'),
    field('pinned_to_person_flag', 'Pinned to person', 'boolean'),
    field('pinned_to_organization_flag', 'Pinned to organization', 'boolean'),
  ],
};
