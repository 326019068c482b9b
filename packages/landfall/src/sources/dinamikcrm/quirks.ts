import type { PatternRule } from '../shared/export-files/export-catalog.ts';
import type { RestDialect } from '../shared/module-rest/dialect.ts';
import type { ModuleService, TableService } from '../shared/module-rest/rest-catalog.ts';

/** Two keys in headers: seen in the legacy dialect, assumed for the other [A]. */
const headers = { ApiKey: '{apiKey}', ApiSecret: '{apiSecret}' };

/** The module API: an assumption [A], drawn from what systems of its kind do (sources.md 2.4). */
const moduleDialect: RestDialect = {
  name: 'module API',
  headers,
  answers: { items: ['items', 'list', 'data', ''], total: ['total', 'count'], next: ['next'] },
  signs: [
    { text: 'apikey or apisecret is wrong', means: 'unauthorized' },
    { text: 'missing requeired keys', means: 'unauthorized' },
    { member: 'hasExceptionError', is: true, means: 'unavailable', words: 'exceptionMessage' },
  ],
  paging: { kind: 'page', page: 'page', size: 'pageSize', first: 1, pageRecords: 200 },
};

/** The legacy tables: seen in a public repository that is very probably the vendor's (sources.md 2.3). */
const tableDialect: RestDialect = {
  name: 'table API',
  headers,
  answers: { items: ['list'], total: [], next: [] },
  signs: moduleDialect.signs,
  paging: { kind: 'none' },
};

/** Files that lie open on a web server: nothing is asked with a key. */
export const openDialect: RestDialect = { ...tableDialect, name: 'files', headers: {} };

const users = {
  members: { id: 'id', name: 'name', surname: 'surname', email: 'email' },
  active: ['active', 'isApproved'],
};

/** How the module API tells what there is [A]. */
export const moduleService: ModuleService = {
  kind: 'modules',
  dialect: moduleDialect,
  modules: {
    path: '/api/modules',
    members: {
      id: 'id',
      key: 'key',
      label: 'name',
      otherLabel: 'nameEn',
      active: 'active',
      custom: 'isCustom',
      count: 'recordCount',
      number: 'numberField',
    },
  },
  fields: {
    path: '/api/modules/{key}/fields',
    members: {
      key: 'key',
      label: 'label',
      otherLabel: 'labelEn',
      type: 'type',
      options: 'options',
      optionId: 'id',
      optionLabel: 'label',
      lookup: 'lookupModule',
      cardinality: 'cardinality',
      custom: 'isCustom',
    },
    types: {
      text: 'text',
      number: 'number',
      decimal: 'number',
      currency: 'money',
      date: 'date',
      datetime: 'dateTime',
      bool: 'boolean',
      dropdown: 'choice',
      multiselect: 'choices',
      lookup: 'reference',
      file: 'text',
      html: 'html',
      email: 'email',
      phone: 'phone',
      url: 'url',
      user: 'owner',
    },
    many: 'many',
  },
  relations: {
    path: '/api/modules/{key}/relations',
    members: { field: 'field', module: 'toModule', moduleField: 'moduleField', cardinality: 'cardinality' },
    oneToOne: 'one-to-one',
    manyToMany: 'many-to-many',
  },
  users: { path: '/api/users', ...users },
  pipelines: {
    path: '/api/pipelines',
    members: {
      id: 'id',
      name: 'name',
      stages: 'stages',
      stageId: 'id',
      stageName: 'name',
      order: 'sortOrder',
      probability: 'poc',
      outcome: 'outcome',
    },
  },
  automations: {
    path: '/api/automations',
    members: {
      name: 'name',
      kind: 'kind',
      module: 'module',
      trigger: 'trigger',
      action: 'action',
      active: 'active',
    },
  },
  tags: { path: '/api/tags', members: { name: 'name', group: 'groupName' } },
  records: '/api/modules/{key}/records',
  since: 'modifiedSince',
  files: '/api/files/{id}',
};

/** How the legacy tables tell it; the numbers of custom field types are an assumption [A]. */
export const tableService: TableService = {
  kind: 'tables',
  dialect: tableDialect,
  list: '/api/{table}/GetList',
  modules: {
    path: '/api/Module/GetList',
    members: { id: 'id', label: 'name', otherLabel: 'nameEn', active: 'active' },
  },
  options: { path: '/api/Dynamic/GetList', members: { id: 'id', label: 'name', of: 'typeId' } },
  customFields: {
    path: '/api/CustomField/GetList',
    members: {
      number: 'fieldNumber',
      module: 'moduleId',
      type: 'typeId',
      label: 'label',
      otherLabel: 'labelEn',
    },
    types: {
      1: 'text',
      2: 'number',
      3: 'number',
      4: 'money',
      5: 'date',
      6: 'dateTime',
      7: 'boolean',
      8: 'choice',
      9: 'choices',
      10: 'html',
    },
    valueTable: 'CustomFieldData',
    field: 'fieldNumber',
    value: 'fieldValue',
  },
  users: { path: '/api/User/GetList', ...users },
  pipelines: { path: '/api/Type/GetList', members: { id: 'id', name: 'name' } },
  stages: ['ProposalCategory', 'SalesCategory'].map((table) => ({
    path: `/api/${table}/GetList`,
    members: { id: 'id', pipeline: 'typeId', name: 'name', order: 'sortOrder', probability: 'poc' },
    won: ['kazanıldı', 'tamamlandı', 'won', 'completed'],
    lost: ['kaybedildi', 'iptal', 'lost', 'cancelled'],
  })),
  tags: {
    path: 'Tag',
    members: { name: 'name', group: 'groupName', module: 'moduleId', record: 'dataNumber' },
  },
};

/** What Pipedrive has for a rule of a kind (D-06, D-28(c)). */
export const equivalents: Readonly<Record<string, string>> = {
  workflow: 'Automation: the same trigger, with the actions "create activity" and "update owner".',
  'stage-rule':
    'Automation: trigger "deal stage changed"; what must be filled before a stage: required fields of the stage.',
  validation: 'Required or important fields in the settings of data fields.',
  notification: 'Automation: action "send e-mail", or a reminder of the activity.',
  'conditional-field': 'Nothing: fields are always shown; group them in custom field groups.',
};

const assignment = (name: string, entity: string, from: string): PatternRule => ({
  kind: 'implies',
  name,
  entity,
  from,
  to: 'Owner',
  equivalent: `Automation: trigger "created", condition on ${from}, action "update owner".`,
});

const followUp = (name: string, entity: string, date: string): PatternRule => ({
  kind: 'follows',
  name,
  entity,
  title: 'Subject',
  date,
  parent: 'Related Number',
  parentEntity: 'proposal',
  parentId: 'Proposal Number',
  parentDate: 'Created At',
  equivalent: 'Automation: trigger "deal created", action "create activity" due so many days later.',
});

/** Rules whose traces are looked for where the rules themselves are not told (D-06). */
export const patterns: readonly PatternRule[] = [
  assignment('Leads go to an owner by their source', 'lead', 'Source'),
  assignment('Companies go to an owner by their city', 'company', 'City'),
  followUp('Tasks that follow a proposal', 'task', 'Deadline'),
  followUp('Activities that follow a proposal', 'activity', 'Start'),
];
