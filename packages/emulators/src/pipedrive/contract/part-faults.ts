import type { OpenapiFault } from './openapi-fault.ts';

// What is wrong in the published files about history, participants, merges, statistics and rights. The words of the
// evidence are explained in openapi-faults.ts.

const V1_DEALS = [
  'v1 GET /deals/archived',
  'v1 GET /pipelines/{id}/deals',
  'v1 GET /stages/{id}/deals',
  'v1 POST /deals/{id}/duplicate',
  'v1 PUT /deals/{id}/merge',
];
const FLOWS = ['v1 GET /deals/{id}/flow', 'v1 GET /persons/{id}/flow', 'v1 GET /organizations/{id}/flow'];
const PARTICIPANTS = ['v1 GET /deals/{id}/participants', 'v1 POST /deals/{id}/participants'];
const CHANGE_LOGS = [
  'v1 GET /deals/{id}/changelog',
  'v1 GET /persons/{id}/changelog',
  'v1 GET /organizations/{id}/changelog',
];
const SUMMARIES = ['v1 GET /deals/summary', 'v1 GET /deals/summary/archived'];
const TIMELINES = ['v1 GET /deals/timeline', 'v1 GET /deals/timeline/archived'];

const V1_TIME = '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$';
const TEXT = { type: ['string', 'null'] };
const COUNT = { type: 'integer' };
const AMOUNTS = { type: 'object', additionalProperties: { type: 'number' } };
const PAGINATION = {
  type: 'object',
  required: ['start', 'limit', 'more_items_in_collection'],
  properties: {
    start: COUNT,
    limit: COUNT,
    more_items_in_collection: { type: 'boolean' },
    next_start: COUNT,
  },
  additionalProperties: false,
};
const DEAL_BLANKS = [
  'expected_close_date',
  'first_won_time',
  'label',
  'last_incoming_mail_time',
  'last_outgoing_mail_time',
  'lost_time',
  'won_time',
  'stage_change_time',
  'next_activity_date',
  'next_activity_duration',
  'next_activity_note',
  'next_activity_subject',
  'next_activity_time',
  'next_activity_type',
  'org_id',
  'org_name',
  'person_id',
  'person_name',
];

/** Places where the published files are wrong about answers of these operations. */
export const PART_FAULTS: readonly OpenapiFault[] = [
  {
    operations: V1_DEALS,
    at: '/data',
    properties: DEAL_BLANKS,
    truth: 'nullable',
    evidence: 'recorded create-deal, list-deals',
  },
  {
    operations: V1_DEALS,
    at: '/data',
    properties: ['archive_time'],
    truth: { instead: TEXT },
    evidence: 'recorded create-deal',
  },
  {
    operations: [...V1_DEALS, 'v1 PUT /persons/{id}/merge'],
    at: '/data',
    properties: ['{custom}'],
    truth: { instead: {} },
    evidence: 'facts 2.11: custom fields of v1 lie at the root of a record',
  },
  {
    operations: ['v1 GET /deals/archived'],
    at: '/data/*_id',
    properties: ['has_pic'],
    truth: { instead: { enum: [0, 1, false, true] } },
    evidence: 'recorded create-deal: 0',
  },
  {
    operations: [
      ...FLOWS,
      'v1 GET /deals/archived',
      'v1 GET /deals/{id}/participants',
      'v1 GET /pipelines/{id}/deals',
      'v1 GET /stages/{id}/deals',
    ],
    at: '/additional_data',
    properties: ['pagination'],
    truth: { instead: PAGINATION },
    evidence: 'example: additional_data holds pagination, which holds what is described; facts 1.3',
  },
  {
    operations: ['v1 GET /deals/{id}/followers', 'v1 GET /persons/{id}/followers'],
    at: '/additional_data',
    properties: ['pagination'],
    truth: { instead: PAGINATION },
    evidence: 'example: additional_data holds pagination, which holds what is described; facts 1.3',
  },
  {
    operations: ['v1 GET /persons/{id}/followers'],
    at: '/data',
    properties: ['person_id'],
    truth: { instead: COUNT },
    evidence: 'POST /persons/{id}/followers: person_id, where the list shows the deal_id of another list',
  },
  {
    operations: ['v1 GET /organizations/{id}/followers', 'v1 POST /organizations/{id}/followers'],
    at: '/data',
    properties: ['add_time'],
    truth: { instead: { type: 'string', pattern: V1_TIME } },
    evidence: 'example',
  },
  {
    operations: PARTICIPANTS,
    at: '/data/person',
    properties: ['{custom}'],
    truth: { instead: {} },
    evidence: 'facts 2.11: custom fields of v1 lie at the root of a record',
  },
  {
    operations: [...FLOWS, ...PARTICIPANTS, 'v1 GET /deals/archived'],
    at: '/related_objects/*',
    properties: ['{id}'],
    truth: { instead: { type: 'object', required: ['id'] } },
    evidence: 'example: USER_ID and the like stand for ids',
  },
  {
    operations: [...CHANGE_LOGS],
    at: '/additional_data',
    properties: ['next_cursor'],
    truth: 'nullable',
    evidence:
      'GET /deals/{id}/changelog: "will be null if you have reached the end", in the description of next_cursor',
  },
  {
    operations: ['v1 GET /deals/{id}/participantsChangelog'],
    at: '/additional_data',
    properties: ['next_cursor'],
    truth: { instead: TEXT },
    evidence: 'example: a cursor instead of start and limit; null at the end as in the other change logs',
  },
  {
    operations: PARTICIPANTS,
    at: '/data',
    properties: ['added_by_user_id'],
    truth: { instead: { type: 'object', required: ['id', 'name', 'email', 'active_flag', 'value'] } },
    evidence: 'example',
  },
  {
    operations: [...PARTICIPANTS, 'v1 GET /recents'],
    at: '/data/**',
    properties: ['participant_open_deals_count', 'participant_closed_deals_count'],
    truth: { instead: COUNT },
    evidence: 'recorded create-person',
  },
  {
    operations: PARTICIPANTS,
    at: '/data/person',
    properties: ['org_id', 'picture_id', 'first_name', 'last_incoming_mail_time', 'last_outgoing_mail_time'],
    truth: 'nullable',
    evidence: 'example: null for a person without an organization and a picture',
  },
  {
    operations: ['v1 PUT /persons/{id}/merge'],
    at: '/data',
    properties: ['org_id', 'picture_id', 'first_name', 'last_incoming_mail_time', 'last_outgoing_mail_time'],
    truth: 'nullable',
    evidence: 'recorded create-person',
  },
  {
    operations: ['v1 GET /deals/{id}/permittedUsers'],
    at: '',
    properties: ['data'],
    truth: { instead: { type: 'array', items: COUNT } },
    evidence: 'example',
  },
  {
    operations: SUMMARIES,
    at: '/data',
    properties: ['values_total'],
    truth: {
      instead: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['value', 'count', 'value_converted', 'value_formatted', 'value_converted_formatted'],
        },
      },
    },
    evidence: 'example',
  },
  {
    operations: SUMMARIES,
    at: '/data',
    properties: ['weighted_values_total'],
    truth: {
      instead: {
        type: 'object',
        additionalProperties: { type: 'object', required: ['value', 'count', 'value_formatted'] },
      },
    },
    evidence: 'example',
  },
  {
    operations: TIMELINES,
    at: '',
    properties: ['data'],
    truth: {
      instead: {
        type: 'array',
        items: {
          type: 'object',
          required: ['period_start', 'period_end', 'deals', 'totals'],
          properties: {
            period_start: { type: 'string', pattern: V1_TIME },
            period_end: { type: 'string', pattern: V1_TIME },
            deals: { type: 'array' },
            totals: {
              type: 'object',
              required: ['count', 'values', 'weighted_values', 'open_count', 'won_count'],
              properties: { values: AMOUNTS, won_values: AMOUNTS },
            },
          },
          additionalProperties: false,
        },
      },
    },
    evidence:
      'GET /deals/timeline: "returned grouped into 3 groups": one object has room for one period only',
  },
  {
    operations: ['v1 GET /pipelines/{id}/movement_statistics'],
    at: '/data/*',
    properties: ['values'],
    truth: { instead: AMOUNTS },
    evidence: 'example',
  },
  {
    operations: ['v1 GET /pipelines/{id}/movement_statistics'],
    at: '/data/*',
    properties: ['formatted_values'],
    truth: { instead: { type: 'object', additionalProperties: { type: 'string' } } },
    evidence: 'example',
  },
  {
    operations: ['v1 POST /roles/{id}/settings'],
    at: '/data',
    properties: [
      'lead_default_visibility',
      'org_default_visibility',
      'person_default_visibility',
      'product_default_visibility',
    ],
    truth: { instead: { enum: [1, 3, 5, 7] } },
    evidence: 'GET /roles/{id}/settings: the same settings; the body names them all',
  },
  {
    operations: ['v1 GET /permissionSets/{id}'],
    at: '',
    properties: ['success'],
    truth: { instead: { type: 'boolean' } },
    evidence: 'example: an envelope, though with a list in it',
  },
  {
    operations: ['v1 GET /recents'],
    at: '/data/data',
    properties: [
      ...DEAL_BLANKS,
      'address',
      'address_admin_area_level_1',
      'address_admin_area_level_2',
      'address_country',
      'address_formatted_address',
      'address_locality',
      'address_postal_code',
      'address_route',
      'address_street_number',
      'address_sublocality',
      'address_subpremise',
      'deal',
      'deal_id',
      'deal_title',
      'due_date',
      'first_name',
      'last_update_user_id',
      'lead_id',
      'organization',
      'picture_id',
      'person',
      'project',
      'project_id',
      'reference_id',
      'rotten_days',
      'task',
      'task_id',
    ],
    truth: 'nullable',
    evidence: 'recorded list-deals, create-person, create-organization, create-note',
  },
  {
    operations: ['v1 GET /recents'],
    at: '/data/data',
    properties: [
      '{custom}',
      'archive_time',
      'pinned_to_lead_flag',
      'pinned_to_task_flag',
      'pinned_to_project_flag',
    ],
    truth: { instead: {} },
    evidence: 'recorded create-deal, create-note; facts 2.11',
  },
  {
    operations: ['v1 GET /recents'],
    at: '/data/data',
    properties: ['add_time', 'update_time'],
    truth: { instead: { type: 'string', pattern: V1_TIME } },
    evidence: 'facts 6.2: v1 times carry no zone; example of GET /recents',
  },
  {
    operations: ['v1 GET /recents'],
    at: '/data/data/user',
    properties: ['icon_url'],
    truth: 'nullable',
    evidence: 'recorded create-note',
  },
];
