import { ofEveryEntity } from '../model/entity-table.ts';
import type { Mapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceField } from '../model/source.ts';
import type { TargetCatalog } from '../model/target.ts';

/** What spreadsheets, Markdown and HTML must show and never run. */
export const hostile =
  '=HYPERLINK("http://evil.example","x") <img src=x onerror=alert(1)> | [a](javascript:b)';

function field(name: string, more: Partial<SourceField> = {}): SourceField {
  return {
    name,
    standard: name,
    type: 'text',
    evidence: 'text',
    filled: 2,
    distinct: 2,
    samples: [`${name} 1`, `${name} 2`],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
    ...more,
  };
}

/** What the sample source holds. */
export const catalog: SourceCatalog = {
  system: 'sample-crm',
  files: [
    {
      file: 'companies.csv',
      entity: 'companies',
      encoding: 'windows-1254',
      delimiter: '\t',
      headerLine: 1,
      evidence: `not UTF-8 ${hostile}`,
    },
  ],
  entities: [
    {
      name: 'companies',
      label: 'Companies',
      custom: false,
      count: { value: 2, exact: true },
      origin: ['companies.csv'],
      fields: [
        field('Company Name'),
        field('Region', { standard: null, type: 'choice' }),
        field('Fax', { filled: 0, samples: [] }),
      ],
    },
    {
      name: 'contacts',
      label: 'Contacts',
      custom: false,
      count: { value: 1, exact: true },
      origin: ['contacts.csv'],
      fields: [
        field('Full Name'),
        field('National ID', { standard: null, sensitive: true, samples: ['12345678901'] }),
      ],
    },
    {
      name: 'deals',
      label: 'Deals',
      custom: false,
      count: { value: 1, exact: true },
      origin: ['deals.csv'],
      fields: [
        field('Deal Name'),
        field('Close Date', {
          type: 'date',
          formats: ['dd/MM/yyyy', 'MM/dd/yyyy'],
          evidence: 'no part is over 12',
        }),
        field('Currency', {
          type: 'currency',
          values: [
            { value: 'TRY', count: 900 },
            { value: 'EUR', count: 12 },
          ],
        }),
      ],
    },
  ],
  issues: [
    {
      code: 'dangling-id',
      severity: 'high',
      at: 'deals.csv',
      message: '3 deals name a company that is not there',
      hint: 'export companies again',
    },
  ],
};

/** How it is mapped. */
export const mapping: Mapping = {
  version: 1,
  source: 'sample-crm',
  entities: [
    {
      from: 'companies',
      to: 'organization',
      rows: [
        {
          to: 'organization.name',
          from: 'Company Name',
          via: ['collapse'],
          whenEmpty: 'reject',
          why: 'the name',
        },
        { to: 'organization.custom.Region', from: 'Region', via: ['choice'] },
        { to: 'organization.add_time', from: 'Created At', via: [{ dateTime: { format: 'dd.MM.yyyy' } }] },
      ],
    },
    { from: 'contacts', to: 'person', rows: [{ to: 'person.name', from: 'Full Name' }] },
    {
      from: 'deals',
      to: 'deal',
      when: { source: 'Status', notIn: ['Draft'] },
      rows: [
        { to: 'deal.title', from: 'Deal Name' },
        { to: 'deal.custom.Original created', from: 'Created At' },
      ],
    },
  ],
  fields: [
    { entity: 'organization', name: 'Region', type: 'enum', why: 'a dropdown' },
    {
      entity: 'deal',
      name: 'Margin',
      type: 'varchar',
      why: 'a formula field needs a higher plan: upgrade and build it by hand',
    },
  ],
  pipelines: [
    {
      name: 'Sales',
      from: ['Sales', ''],
      stages: [
        { name: 'New', probability: 10, from: ['New', 'new'] },
        { name: 'Proposal Sent', probability: 50, from: ['Proposal Sent', 'proposal sent'] },
      ],
      closed: [{ from: 'Closed Won', status: 'won' }],
    },
  ],
  values: { yes: { evet: 'Yes' } },
  leave: [
    { entity: 'companies', field: 'Fax', why: 'empty in all 2 records' },
    { entity: 'leads', field: '*', why: hostile },
  ],
};

const noFields = ofEveryEntity(() => []);
const addTime = {
  name: 'add_time',
  label: 'Created',
  type: 'dateTime',
  custom: false,
  required: false,
  settable: 'create',
  maxLength: null,
  references: null,
  key: 'add_time',
  options: [],
} as const;

/** What the sample destination holds. */
export const target: TargetCatalog = {
  account: 'Acme',
  entities: { ...noFields, organization: [addTime], deal: [{ ...addTime, settable: 'never' }] },
  pipelines: [{ id: '1', name: 'Sales', stages: [{ id: '1', name: 'New', probability: 10 }] }],
  activityTypes: [],
  users: [],
  currencies: ['TRY'],
  selfUserId: '1',
};
