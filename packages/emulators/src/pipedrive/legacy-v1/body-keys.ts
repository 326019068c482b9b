import type { BodyKeys } from './bodies.ts';

/** What v1 bodies may say, with the place in v2 (the published v1 file of January 2026). */
export const DEAL_KEYS: BodyKeys = {
  title: ['title', 'same'],
  value: ['value', 'number'],
  label: ['label_ids', 'numbers'],
  label_ids: ['label_ids', 'numbers'],
  currency: ['currency', 'same'],
  user_id: ['owner_id', 'number'],
  person_id: ['person_id', 'number'],
  org_id: ['org_id', 'number'],
  pipeline_id: ['pipeline_id', 'number'],
  stage_id: ['stage_id', 'number'],
  is_archived: ['is_archived', 'flag'],
  archive_time: ['archive_time', 'same'],
  status: ['status', 'same'],
  origin_id: [null, 'same'],
  channel: [null, 'same'],
  channel_id: [null, 'same'],
  add_time: [null, 'same'],
  won_time: ['won_time', 'same'],
  lost_time: ['lost_time', 'same'],
  close_time: ['close_time', 'same'],
  expected_close_date: ['expected_close_date', 'same'],
  probability: ['probability', 'number'],
  lost_reason: ['lost_reason', 'same'],
  visible_to: ['visible_to', 'number'],
};

/** Of persons. */
export const PERSON_KEYS: BodyKeys = {
  name: ['name', 'same'],
  first_name: ['first_name', 'same'],
  last_name: ['last_name', 'same'],
  owner_id: ['owner_id', 'number'],
  org_id: ['org_id', 'number'],
  email: ['emails', 'reaches'],
  phone: ['phones', 'reaches'],
  label_ids: ['label_ids', 'numbers'],
  label: ['label_ids', 'numbers'],
  visible_to: ['visible_to', 'number'],
  marketing_status: ['marketing_status', 'same'],
  add_time: ['add_time', 'same'],
};

/** Of organizations. */
export const ORGANIZATION_KEYS: BodyKeys = {
  name: ['name', 'same'],
  owner_id: ['owner_id', 'number'],
  label_ids: ['label_ids', 'numbers'],
  label: ['label_ids', 'numbers'],
  visible_to: ['visible_to', 'number'],
  address: ['address', 'address'],
  add_time: ['add_time', 'same'],
};

/** Of activities; `person_id` could be written then. */
export const ACTIVITY_KEYS: BodyKeys = {
  subject: ['subject', 'same'],
  type: ['type', 'same'],
  due_date: ['due_date', 'same'],
  due_time: ['due_time', 'same'],
  duration: ['duration', 'same'],
  user_id: ['owner_id', 'number'],
  deal_id: ['deal_id', 'number'],
  lead_id: ['lead_id', 'same'],
  project_id: ['project_id', 'number'],
  org_id: ['org_id', 'number'],
  participants: ['participants', 'participants'],
  person_id: ['person_id', 'number'],
  busy_flag: ['busy', 'flag'],
  done: ['done', 'flag'],
  location: ['location', 'address'],
  public_description: ['public_description', 'same'],
  note: ['note', 'same'],
  attendees: ['attendees', 'attendees'],
};

/** Of products. */
export const PRODUCT_KEYS: BodyKeys = {
  name: ['name', 'same'],
  code: ['code', 'same'],
  description: ['description', 'same'],
  unit: ['unit', 'same'],
  tax: ['tax', 'number'],
  active_flag: [null, 'same'],
  selectable: ['is_linkable', 'flag'],
  visible_to: ['visible_to', 'number'],
  owner_id: ['owner_id', 'number'],
  prices: ['prices', 'prices'],
  billing_frequency: ['billing_frequency', 'same'],
  billing_frequency_cycles: ['billing_frequency_cycles', 'number'],
};

/** Of pipelines; their order could be written, here it stays as it is. */
export const PIPELINE_KEYS: BodyKeys = {
  name: ['name', 'same'],
  deal_probability: ['is_deal_probability_enabled', 'flag'],
  order_nr: [null, 'same'],
  active: [null, 'same'],
};

/** Of stages. */
export const STAGE_KEYS: BodyKeys = {
  name: ['name', 'same'],
  pipeline_id: ['pipeline_id', 'number'],
  deal_probability: ['deal_probability', 'number'],
  rotten_flag: ['is_deal_rot_enabled', 'flag'],
  rotten_days: ['days_to_rotten', 'number'],
  order_nr: [null, 'same'],
};
