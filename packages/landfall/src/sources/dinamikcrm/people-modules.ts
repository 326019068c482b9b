import type { ChildTable, KnownField, KnownModule } from '../shared/module-rest/rest-catalog.ts';

/** Types of numbers and addresses, as the source writes them. */
const phoneTypes = { Cep: 'Mobile Phone', İş: 'Work Phone', Ev: 'Home Phone', Faks: 'Fax' };
const emailTypes = { İş: 'Work Email', Ev: 'Home Email' };

const reachedAt: readonly KnownField[] = [
  {
    key: 'emails',
    standard: 'Email',
    type: 'email',
    reading: { as: 'typed', into: emailTypes, rest: 'Other Email' },
  },
  {
    key: 'phones',
    standard: 'Phone',
    type: 'phone',
    reading: { as: 'typed', into: phoneTypes, rest: 'Other Phone' },
  },
  { key: 'address', standard: 'Street', type: 'address' },
  { key: 'neighborhood', standard: 'Neighborhood', type: 'text' },
  { key: 'district', standard: 'District', type: 'text' },
  { key: 'cityId', standard: 'City', type: 'choice' },
  { key: 'countryId', standard: 'Country', type: 'choice' },
  { key: 'postalCode', standard: 'Postal Code', type: 'text' },
];

const tags: KnownField = { key: 'tags', standard: 'Tags', type: 'tags' };

const person: readonly KnownField[] = [
  { key: 'name', standard: 'First Name', type: 'name' },
  { key: 'surname', standard: 'Last Name', type: 'name' },
  ...reachedAt,
  { key: 'position', standard: 'Job Title', type: 'text' },
  { key: 'department', standard: 'Department', type: 'text' },
  { key: 'sourceId', standard: 'Source', type: 'choice' },
  { key: 'description', standard: 'Description', type: 'longText' },
  tags,
];

/** Child tables of a module in the table dialect: details, e-mails, phones, addresses. */
function parts(table: string, numberField: string, more: readonly string[] = []): readonly ChildTable[] {
  const by = numberField;
  return [
    ...['Detail', 'Address', ...more].map(
      (end): ChildTable => ({ table: `${table}${end}`, by, gives: 'columns' }),
    ),
    {
      table: `${table}Email`,
      by,
      gives: 'typed',
      into: 'emails',
      value: 'email',
      type: 'typeName',
      first: 'isDefault',
    },
    {
      table: `${table}Phone`,
      by,
      gives: 'typed',
      into: 'phones',
      value: 'phone',
      type: 'typeName',
      first: 'isDefault',
    },
  ];
}

/** Companies, contacts, leads with their history, and customers. */
export const people: readonly KnownModule[] = [
  {
    key: 'company',
    names: ['Firmalar', 'Companies', 'Company'],
    label: 'Companies',
    numberField: 'companyNumber',
    table: 'Company',
    children: parts('Company', 'companyNumber'),
    nameOf: ['name'],
    keys: [
      { kind: 'name', from: ['name'] },
      { kind: 'domain', from: ['url'] },
    ],
    fields: [
      { key: 'companyNumber', standard: 'Company Number', type: 'text' },
      { key: 'name', standard: 'Company Name', type: 'name' },
      { key: 'title', standard: 'Trade Name', type: 'text' },
      { key: 'sectorId', standard: 'Industry', type: 'choice' },
      { key: 'segmentId', standard: 'Segment', type: 'choice' },
      { key: 'url', standard: 'Website', type: 'url' },
      ...reachedAt,
      { key: 'taxOffice', standard: 'Tax Office', type: 'text' },
      {
        key: 'taxNumber',
        standard: 'Tax Number',
        type: 'text',
        reading: { as: 'guarded', personal: 'Personal Tax Number' },
      },
      { key: 'headcount', standard: 'Headcount', type: 'number' },
      { key: 'establishment', standard: 'Established', type: 'date' },
      { key: 'parentCompanyId', standard: 'Parent Company ID', type: 'reference', references: 'company' },
      { key: 'description', standard: 'Description', type: 'longText' },
      tags,
    ],
  },
  {
    key: 'contact',
    names: ['Kişiler', 'Contacts', 'Contact'],
    label: 'Contacts',
    numberField: 'contactNumber',
    table: 'Contact',
    children: parts('Contact', 'contactNumber', ['Permit']),
    nameOf: ['name', 'surname'],
    keys: [
      { kind: 'email', from: ['emails'] },
      { kind: 'name', from: ['name', 'surname'], join: true },
    ],
    fields: [
      { key: 'contactNumber', standard: 'Contact Number', type: 'text' },
      { key: 'companyId', standard: 'Company ID', type: 'reference', references: 'company' },
      ...person,
      { key: 'segmentId', standard: 'Segment', type: 'choice' },
      { key: 'birthDate', standard: 'Birth Date', type: 'date', sensitive: true },
      { key: 'gender', standard: 'Gender', type: 'choice', sensitive: true },
      { key: 'identityNumber', standard: 'National ID', type: 'text', sensitive: true },
      { key: 'favoriteTeam', standard: 'Favorite Team', type: 'text', sensitive: true },
      { key: 'phonePermit', standard: 'Phone Permit', type: 'boolean' },
      { key: 'smsPermit', standard: 'SMS Permit', type: 'boolean' },
      { key: 'emailPermit', standard: 'Email Permit', type: 'boolean' },
    ],
  },
  {
    key: 'lead',
    names: ['Potansiyeller', 'Leads', 'Lead'],
    label: 'Leads',
    numberField: 'leadNumber',
    table: 'Lead',
    children: parts('Lead', 'leadNumber'),
    nameOf: ['name', 'surname'],
    keys: [{ kind: 'email', from: ['emails'] }],
    fields: [
      { key: 'leadNumber', standard: 'Lead Number', type: 'text' },
      ...person,
      { key: 'companyName', standard: 'Company Name', type: 'name' },
      { key: 'statusId', standard: 'Lead Status', type: 'choice' },
      { key: 'budget', standard: 'Budget', type: 'money' },
      {
        key: 'convertedContactId',
        standard: 'Converted Contact ID',
        type: 'reference',
        references: 'contact',
      },
      { key: 'convertedAt', standard: 'Converted At', type: 'dateTime' },
    ],
  },
  {
    key: 'leadHistory',
    names: ['Potansiyel Geçmişi', 'Lead history'],
    label: 'Lead history',
    numberField: 'leadHistoryNumber',
    table: 'LeadHistory',
    keys: [],
    fields: [
      { key: 'leadHistoryNumber', standard: 'History Number', type: 'text' },
      { key: 'leadId', standard: 'Lead ID', type: 'reference', references: 'lead' },
      { key: 'fromStatus', standard: 'From Status', type: 'text' },
      { key: 'toStatus', standard: 'To Status', type: 'text' },
      { key: 'changedAt', standard: 'Changed At', type: 'dateTime' },
      { key: 'description', standard: 'Description', type: 'text' },
    ],
  },
  {
    key: 'customer',
    names: ['Bireysel Müşteriler', 'Müşteriler', 'Customers', 'Customer'],
    label: 'Customers',
    numberField: 'customerNumber',
    table: 'Customer',
    children: parts('Customer', 'customerNumber'),
    nameOf: ['name', 'surname'],
    keys: [
      { kind: 'email', from: ['emails'] },
      { kind: 'name', from: ['name', 'surname'], join: true },
    ],
    fields: [{ key: 'customerNumber', standard: 'Customer Number', type: 'text' }, ...person],
  },
];
