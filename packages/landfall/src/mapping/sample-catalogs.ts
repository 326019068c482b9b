import { ofEveryEntity } from '../model/entity-table.ts';
import type { EntityMapping, Mapping, MappingRow } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import type { TargetCatalog, TargetField, TargetType } from '../model/target.ts';

/** For tests: a text field of the source. */
export function sourceField(name: string, more: Partial<SourceField> = {}): SourceField {
  return {
    name,
    standard: null,
    type: 'text',
    evidence: '',
    filled: 1,
    distinct: 1,
    samples: [],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
    ...more,
  };
}

/** For tests: an entity of the source with one record. */
export function sourceEntity(name: string, fields: readonly SourceField[]): SourceEntity {
  return { name, label: name, custom: false, count: { value: 1, exact: true }, origin: [], fields };
}

/** For tests: a source of four entities. */
export const source: SourceCatalog = {
  system: 'test',
  issues: [],
  entities: [
    sourceEntity('company', [sourceField('Company ID', { type: 'id' }), sourceField('Name')]),
    sourceEntity('contact', [
      sourceField('Contact ID', { type: 'id' }),
      sourceField('Name'),
      sourceField('E-posta', { standard: 'Email' }),
      sourceField('Company ID', { type: 'reference' }),
      sourceField('Fax'),
      sourceField('Pager', { filled: 0 }),
    ]),
    sourceEntity('deal', [
      sourceField('Title'),
      sourceField('Amount', { type: 'money' }),
      sourceField('Stage', {
        values: [
          { value: 'Yeni', count: 3 },
          { value: 'Kayıp', count: 2 },
        ],
      }),
      sourceField('Company ID', { type: 'reference' }),
    ]),
    sourceEntity('ticket', [sourceField('Subject')]),
  ],
};

function targetField(name: string, type: TargetType, more: Partial<TargetField> = {}): TargetField {
  return {
    name,
    label: name,
    type,
    custom: name.startsWith('custom.'),
    required: false,
    settable: 'always',
    maxLength: null,
    references: null,
    key: name,
    options: [],
    ...more,
  };
}

/** For tests: an account with a few fields of each entity. */
export const target: TargetCatalog = {
  account: 'acme',
  pipelines: [],
  activityTypes: [],
  users: [],
  currencies: ['TRY'],
  selfUserId: '1',
  entities: {
    ...ofEveryEntity(() => []),
    organization: [
      targetField('name', 'text', { required: true }),
      targetField('owner_id', 'user'),
      targetField('address', 'address'),
      targetField('add_time', 'dateTime'),
      targetField('update_time', 'dateTime', { settable: 'never' }),
      targetField('annual_revenue', 'integer'),
    ],
    organizationRelationship: [targetField('rel_owner_org_id', 'reference', { references: 'organization' })],
    person: [
      targetField('name', 'text', { required: true }),
      targetField('emails', 'emails'),
      targetField('phones', 'phones'),
      targetField('org_id', 'reference', { references: 'organization' }),
      targetField('label_ids', 'options'),
      targetField('custom.Birthday', 'date'),
    ],
    deal: [
      targetField('title', 'text', { required: true }),
      targetField('value', 'money'),
      targetField('stage_id', 'stage'),
      targetField('status', 'option', {
        options: ['open', 'won', 'lost'].map((label) => ({ id: label, label })),
      }),
      targetField('org_id', 'reference', { references: 'organization' }),
      targetField('person_id', 'reference', { references: 'person' }),
      targetField('expected_close_date', 'date'),
    ],
    activity: [targetField('subject', 'text'), targetField('note', 'html'), targetField('done', 'boolean')],
    note: [targetField('content', 'html')],
  },
};

/** For tests: companies become organizations. */
export const company: EntityMapping = {
  from: 'company',
  to: 'organization',
  rows: [{ to: 'organization.name', from: 'Name' }],
};
/** For tests: the row every person needs. */
export const personName: MappingRow = { to: 'person.name', from: 'Name' };
/** For tests: the row every deal needs. */
export const dealTitle: MappingRow = { to: 'deal.title', from: 'Title' };

/** For tests: a mapping of the entities given. */
export function mapping(entities: readonly EntityMapping[], more: Partial<Mapping> = {}): Mapping {
  return { version: 1, source: 'test', entities, fields: [], pipelines: [], values: {}, leave: [], ...more };
}

/** For tests: a mapping of companies and contacts, with further rows for the persons. */
export function person(...rows: readonly MappingRow[]): Mapping {
  return mapping([company, { from: 'contact', to: 'person', rows: [personName, ...rows] }]);
}

/** For tests: a mapping of companies and deals, with further rows for the deals. */
export function deal(...rows: readonly MappingRow[]): Mapping {
  return mapping([company, { from: 'deal', to: 'deal', rows: [dealTitle, ...rows] }]);
}

/** For tests: a reference to a company by its id. */
export const byCompany = (settings: Record<string, unknown> = {}) => ({
  reference: { source: 'company', by: { 'Company ID': ['id'] }, ...settings },
});
/** For tests: one pipeline with one stage. */
export const sales = { name: 'Sales', from: [''], stages: [{ name: 'New', from: ['Yeni', 'Kayıp'] }] };
