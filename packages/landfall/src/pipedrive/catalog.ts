import type { TargetEntity, TargetField, TargetType } from '../model/target.ts';

const noteLimit = 100_000;

/** Published for call logs (OpenAPI v1). */
const callOutcomes = ['connected', 'no_answer', 'left_message', 'left_voicemail', 'wrong_number', 'busy'];

const billingFrequencies = ['one-time', 'annually', 'semi-annually', 'quarterly', 'monthly', 'weekly'];

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

function followerFields(name: string, parent: TargetEntity): readonly TargetField[] {
  return [
    link(name, 'Followed record', parent, required),
    field('user_id', 'Follower', 'user', required),
    field('add_time', 'Added', 'dateTime', readOnly),
  ];
}

/**
 * The built-in fields of every entity by their Pipedrive names, with what may be set and when
 * (facts.md 2.1 to 2.9, OpenAPI v2 and v1 of 2026-08-18). Options of label, industry and priority fields
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
  product: [
    field('name', 'Name', 'text', { ...required, ...short }),
    field('code', 'Product code', 'text', short),
    field('description', 'Description', 'longText'),
    field('unit', 'Unit', 'text', short),
    field('tax', 'Tax', 'number'),
    field('category', 'Category', 'option'),
    field('owner_id', 'Owner', 'user'),
    field('prices', 'Price', 'prices'),
    field('is_linkable', 'Can be added to deals', 'boolean'),
    field('billing_frequency', 'Billing frequency', 'option', { labels: billingFrequencies }),
    field('billing_frequency_cycles', 'Billing cycles', 'integer'),
    field('add_time', 'Product created', 'dateTime', readOnly),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('visible_to', 'Visible to', 'integer'),
  ],
  lead: [
    field('title', 'Title', 'text', { ...required, ...short }),
    field('value', 'Value', 'money'),
    link('person_id', 'Contact person', 'person'),
    link('org_id', 'Organization', 'organization'),
    field('owner_id', 'Owner', 'user'),
    field('label_ids', 'Labels', 'options'),
    field('expected_close_date', 'Expected close date', 'date'),
    field('was_seen', 'Seen', 'boolean'),
    field('is_archived', 'Archived', 'boolean', readOnly),
    field('source_name', 'Source', 'text', readOnly),
    field('add_time', 'Lead created', 'dateTime', readOnly),
    field('update_time', 'Update time', 'dateTime', readOnly),
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
  dealProduct: [
    link('deal_id', 'Deal', 'deal', required),
    link('product_id', 'Product', 'product', required),
    field('item_price', 'Price', 'number', required),
    field('quantity', 'Quantity', 'number', required),
    field('discount', 'Discount', 'number'),
    field('discount_type', 'Discount type', 'option', { labels: ['percentage', 'amount'] }),
    field('tax', 'Tax', 'number'),
    field('tax_method', 'Tax method', 'option', { labels: ['exclusive', 'inclusive', 'none'] }),
    field('comments', 'Comments', 'longText'),
    field('is_enabled', 'Counts in the value', 'boolean'),
    field('billing_frequency', 'Billing frequency', 'option', { labels: billingFrequencies }),
    field('billing_frequency_cycles', 'Billing cycles', 'integer'),
    field('billing_start_date', 'Billing start', 'date'),
    field('sum', 'Sum', 'number', readOnly),
    field('add_time', 'Added', 'dateTime', readOnly),
    field('update_time', 'Update time', 'dateTime', readOnly),
  ],
  participant: [
    link('deal_id', 'Deal', 'deal', required),
    link('person_id', 'Person', 'person', required),
    field('add_time', 'Added', 'dateTime', readOnly),
  ],
  activity: [
    field('subject', 'Subject', 'text', short),
    field('type', 'Type', 'option'),
    link('deal_id', 'Deal', 'deal'),
    link('lead_id', 'Lead', 'lead'),
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
  // The log of an activity of type call: what it is about is said by the activity. Whose it is is left to the token: the
  // account lists to nobody the logs of others, so that a lost answer could not be looked up. Nothing of it can be changed.
  callLog: [
    link('activity_id', 'Activity', 'activity', { ...required, ...onCreate }),
    field('outcome', 'Outcome', 'option', { ...required, ...onCreate, labels: callOutcomes }),
    field('to_phone_number', 'To phone number', 'text', { ...required, ...onCreate, ...short }),
    field('from_phone_number', 'From phone number', 'text', { ...onCreate, ...short }),
    field('start_time', 'Start of the call', 'dateTime', { ...required, ...onCreate }),
    field('end_time', 'End of the call', 'dateTime', { ...required, ...onCreate }),
    field('duration', 'Duration in seconds', 'text', onCreate),
    field('subject', 'Subject', 'text', { ...onCreate, ...short }),
    field('note', 'Note', 'html', { ...onCreate, maxLength: noteLimit }),
    field('user_id', 'Owner', 'user', readOnly),
  ],
  note: [
    field('content', 'Content', 'html', { ...required, maxLength: noteLimit }),
    link('deal_id', 'Deal', 'deal'),
    link('lead_id', 'Lead', 'lead'),
    link('person_id', 'Person', 'person'),
    link('org_id', 'Organization', 'organization'),
    field('user_id', 'Author', 'user'),
    field('add_time', 'Add time', 'dateTime'),
    field('update_time', 'Update time', 'dateTime', readOnly),
    field('pinned_to_deal_flag', 'Pinned to deal', 'boolean'),
    field('pinned_to_person_flag', 'Pinned to person', 'boolean'),
    field('pinned_to_organization_flag', 'Pinned to organization', 'boolean'),
  ],
  file: [
    field('content', 'File', 'content', { ...required, ...onCreate }),
    link('deal_id', 'Deal', 'deal', onCreate),
    link('lead_id', 'Lead', 'lead', onCreate),
    link('person_id', 'Person', 'person', onCreate),
    link('org_id', 'Organization', 'organization', onCreate),
    link('product_id', 'Product', 'product', onCreate),
    link('activity_id', 'Activity', 'activity', onCreate),
    field('description', 'Description', 'text', readOnly),
    field('add_time', 'Added', 'dateTime', readOnly),
    field('update_time', 'Update time', 'dateTime', readOnly),
  ],
  organizationFollower: followerFields('org_id', 'organization'),
  personFollower: followerFields('person_id', 'person'),
  productFollower: followerFields('product_id', 'product'),
  dealFollower: followerFields('deal_id', 'deal'),
  archivedDeal: [
    link('deal_id', 'Deal', 'deal', required),
    field('archive_time', 'Archive time', 'dateTime'),
  ],
};
