import type { OpenapiFault } from './openapi-fault.ts';

const FILES = ['v1 * /files', 'v1 * /files/**', 'v1 GET /*/{id}/files'];
const FIELDS = ['activity', 'lead', 'deal', 'person', 'organization'].flatMap((entity) => [
  `v1 * /${entity}Fields`,
  `v1 * /${entity}Fields/{id}`,
]);
const PRODUCT_FIELDS = ['v1 * /productFields', 'v1 * /productFields/{id}'];
const COUNT = { type: 'integer' };
const ID = { type: ['integer', 'null'] };
/** A time as v1 writes it. */
const V1_TIME = '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$';

/** Faults of what hangs on records, and of the field lists of v1. */
export const ATTACHED_FAULTS: readonly OpenapiFault[] = [
  {
    operations: FILES,
    at: '/data',
    properties: ['deal_id', 'person_id', 'org_id', 'product_id', 'activity_id', 'lead_id', 'project_id'],
    truth: 'nullable',
    evidence: 'INF: a file hangs on one record, and need not; notes say null then (recorded create-note)',
  },
  {
    operations: FILES,
    at: '/data',
    properties: ['file_type', 'log_id'],
    truth: { instead: { type: ['string', 'integer', 'null'] } },
    evidence: 'example',
  },
  {
    operations: ['v1 GET /*/{id}/files'],
    at: '/data',
    properties: ['project_id'],
    truth: { instead: ID },
    evidence: 'example',
  },
  {
    operations: ['v1 GET /*/{id}/files'],
    at: '/data',
    properties: ['project_name'],
    truth: { instead: { type: 'string' } },
    evidence: 'example',
  },
  {
    operations: ['v1 GET /*/{id}/files', 'v1 GET /*/{id}/mailMessages', 'v1 GET /*Fields'],
    at: '/additional_data',
    properties: ['pagination'],
    truth: {
      instead: { type: 'object', required: ['start', 'limit', 'more_items_in_collection'] },
    },
    evidence: 'example: additional_data holds pagination, which holds what is described',
  },
  {
    operations: FIELDS,
    at: '/data',
    properties: ['add_time', 'update_time'],
    truth: { instead: { type: 'string', pattern: V1_TIME } },
    evidence: 'example: no date-time of RFC 3339',
  },
  {
    operations: ['v1 POST /persons/{id}/picture'],
    at: '/data',
    properties: [
      'id',
      'item_type',
      'item_id',
      'active_flag',
      'add_time',
      'update_time',
      'added_by_user_id',
      'pictures',
    ],
    truth: { instead: {} },
    evidence: 'example: the picture is the data, not one of its properties',
  },
  {
    operations: ['v1 GET /callLogs'],
    at: '/additional_data/pagination',
    properties: ['next_start'],
    truth: { instead: COUNT },
    evidence: 'example',
  },
  {
    operations: ['v1 POST /channels'],
    at: '/data',
    properties: ['created_at'],
    truth: { instead: { type: 'string', pattern: V1_TIME } },
    evidence: 'example: no date-time of RFC 3339',
  },
  {
    operations: ['v1 * /mailbox/**', 'v1 GET /*/{id}/mailMessages'],
    at: '/data/**',
    properties: ['linked_person_id'],
    truth: 'nullable',
    evidence: 'INF: an address of nobody; linked_organization_id beside it is nullable',
  },
  {
    operations: ['v1 * /mailbox/mailThreads', 'v1 * /mailbox/mailThreads/{id}'],
    at: '/data',
    properties: ['last_message_received_timestamp'],
    truth: 'nullable',
    evidence: 'INF: a thread without a mail that was received; last_message_sent_timestamp is nullable',
  },
  {
    operations: ['v1 GET /mailbox/mailThreads/{id}/mailMessages'],
    at: '/data',
    properties: ['draft_flag'],
    truth: { instead: { enum: [0, 1] } },
    evidence: 'example',
  },
  {
    operations: ['v1 DELETE /mailbox/mailThreads/{id}'],
    at: '',
    properties: ['statusCode', 'statusText', 'service'],
    truth: { instead: {} },
    evidence: 'example',
  },
  {
    operations: PRODUCT_FIELDS,
    at: '/data',
    properties: ['index_visible_flag', 'details_visible_flag'],
    truth: { instead: { type: 'boolean' } },
    evidence: 'example',
  },
  {
    operations: PRODUCT_FIELDS,
    at: '/data',
    properties: ['options', 'created_by_user_id', 'last_updated_by_user_id'],
    truth: 'nullable',
    evidence: 'GET /dealFields: null where there are none, and for built-in fields',
  },
];
