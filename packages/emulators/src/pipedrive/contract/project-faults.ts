import type { OpenapiFault } from './openapi-fault.ts';

// What is wrong in the published files about projects, their tasks and plans, and searches of leads. The words of the
// evidence are explained in openapi-faults.ts.

const PROJECTS = [
  'v2 * /projects',
  'v2 GET /projects/archived',
  'v2 * /projects/{id}',
  'v2 POST /projects/{id}/archive',
];
const V1_PROJECTS = ['v1 * /projects', 'v1 * /projects/{id}', 'v1 POST /projects/{id}/archive'];
const V1_TASKS = ['v1 * /tasks', 'v1 * /tasks/{id}', 'v1 GET /projects/{id}/tasks'];
const TEMPLATES = [
  'v1 GET /projectTemplates',
  'v1 GET /projectTemplates/{id}',
  'v2 GET /projectTemplates',
  'v2 GET /projectTemplates/{id}',
];

/** Places where the published files are wrong about answers of these operations. */
export const PROJECT_FAULTS: readonly OpenapiFault[] = [
  {
    operations: [...PROJECTS, ...V1_PROJECTS],
    at: '/data',
    properties: ['description', 'start_date', 'end_date'],
    truth: 'nullable',
    evidence: 'INF: a project needs a title alone, and has no dates then',
  },
  {
    operations: V1_PROJECTS,
    at: '/data',
    properties: ['archive_time'],
    truth: 'nullable',
    evidence: 'GET /projects of v2: null if the project is not archived',
  },
  {
    operations: V1_PROJECTS,
    at: '/data',
    properties: ['person_id', 'org_id'],
    truth: 'nullable',
    evidence: 'INF: a project needs a title alone',
  },
  {
    operations: V1_PROJECTS,
    at: '/data',
    properties: ['{custom}'],
    truth: { instead: {} },
    evidence: 'POST /projects of v1: custom fields appear as long hashes in the answer',
  },
  {
    operations: V1_TASKS,
    at: '/data',
    properties: ['description', 'due_date', 'parent_task_id', 'assignee_id', 'marked_as_done_time'],
    truth: 'nullable',
    evidence: 'GET /tasks of v2: each is nullable there',
  },
  {
    operations: ['v1 GET /projects/{id}/tasks', 'v1 GET /projects/{id}/activities'],
    at: '/additional_data',
    properties: ['next_cursor'],
    truth: 'nullable',
    evidence: 'facts 1.3: null at the end',
  },
  {
    operations: ['v1 GET /projects/{id}/activities'],
    at: '/data',
    properties: ['deal_id', 'org_id', 'person_id'],
    truth: 'nullable',
    evidence: 'recorded create-activity',
  },
  {
    operations: ['v1 GET /projects/{id}/activities'],
    at: '/data',
    properties: ['due_date'],
    truth: 'nullable',
    evidence: 'INF: an activity needs no date',
  },
  {
    operations: ['v1 GET /projects/{id}/plan', 'v1 PUT /projects/{id}/plan/**'],
    at: '/data',
    properties: ['phase_id', 'group_id'],
    truth: 'nullable',
    evidence: 'INF: an item that nobody has put anywhere',
  },
  {
    operations: TEMPLATES,
    at: '/data',
    properties: ['description'],
    truth: 'nullable',
    evidence: 'INF: a template needs a title alone',
  },
  {
    operations: ['v1 GET /leads/search', 'v2 GET /leads/search'],
    at: '/data/items/item',
    properties: ['was_seen'],
    truth: { instead: { type: 'boolean' } },
    evidence: 'the parameter include_fields of GET /leads/search',
  },
];
