import type { TemplateEntity } from './template.ts';

/** A rate of one says nothing: the amount is in the base currency already. */
const otherCurrency = {
  source: 'Exchange Rate',
  notIn: ['', '1', '1.0', '1.0000000000', '1.000000000000'],
} as const;

const account = [
  { reference: { source: 'account', by: { 'Account ID': ['id'] }, whenMissing: 'leave' } },
] as const;

const organization: TemplateEntity = {
  from: 'account',
  to: 'organization',
  gather: [
    { from: 'customeraddress', by: 'Parent', as: 'Address' },
    { from: 'listmember', by: 'Member', as: 'List' },
    { from: 'accountleads', by: 'accountid', as: 'Lead' },
    { from: 'connection', by: 'Connected From', as: 'Connection' },
    { from: 'account', by: 'Master', as: 'Merged' },
  ],
  why: 'O-20: accounts become organizations',
  rows: [
    {
      to: 'organization.name',
      from: 'Account Name',
      via: ['collapse'],
      whenEmpty: 'reject',
      why: 'O-20(a): the name of the account',
    },
    {
      to: 'organization.address.street',
      from: ['Street', 'Street 2'],
      via: [{ join: { with: ', ' } }, 'collapse'],
      why: 'O-20(a): the first address, part by part',
    },
    { to: 'organization.address.city', from: 'City', via: ['collapse'], why: 'O-20(a): the first address' },
    { to: 'organization.address.state', from: 'State', via: ['collapse'], why: 'O-20(a): the first address' },
    {
      to: 'organization.address.postalCode',
      from: 'Postal Code',
      via: ['trim'],
      why: 'O-20(a): the first address; leading zeros stay',
    },
    {
      to: 'organization.address.country',
      from: 'Country',
      via: ['collapse'],
      why: 'O-20(a): the first address',
    },
    {
      to: 'organization.website',
      from: 'Website',
      via: ['url'],
      why: 'O-20(e): checked before anything is written; what is no web address is listed',
    },
    {
      to: 'organization.custom.Industry',
      from: 'Industry',
      via: [{ choice: { codes: 'refuse' } }],
      why: 'O-20(e): the words of the source, a dropdown of their own; a code whose label is gone is listed',
    },
    {
      to: 'organization.employee_count',
      from: 'Number of Employees',
      via: [{ number: { decimal: '.', integer: true, min: 0 } }],
      why: 'O-20(e): a whole number that is not below zero; anything else is listed',
    },
    {
      to: 'organization.annual_revenue',
      from: 'Annual Revenue (Base)',
      via: [{ number: { decimal: '.' } }, { round: { places: 0 } }],
      why: 'O-20(d): accounts of all currencies in one field, in the base currency; Pipedrive takes whole units',
    },
    {
      to: 'organization.custom.Annual Revenue (original)',
      from: ['Annual Revenue', 'Currency'],
      via: [{ money: { decimal: '.' } }],
      why: 'O-20(d): the amount as it was entered, in its own currency, to the cent',
    },
    {
      to: 'organization.custom.Currency',
      from: 'Currency',
      via: ['currency'],
      why: 'O-20(d): the currency the account is kept in',
    },
    {
      to: 'organization.custom.Exchange Rate',
      from: 'Exchange Rate',
      via: [{ number: { decimal: '.' } }],
      onlyIf: otherCurrency,
      why: 'O-20(d): the rate that was stored with the amounts, never one of today',
    },
    {
      to: 'organization.custom.Phone',
      from: 'Main Phone',
      via: ['phone'],
      why: 'O-20(a): organizations have no phone field in Pipedrive',
    },
    {
      to: 'organization.custom.Other phones',
      from: ['Other Phone', 'Fax'],
      via: [{ join: { with: ', ' } }],
      why: 'O-20(a): further numbers, as they were written',
    },
    {
      to: 'organization.custom.Email',
      from: ['Email', 'Email 2', 'Email 3'],
      via: ['emails', { join: { with: ', ' } }],
      why: 'O-20(a): organizations have no e-mail field in Pipedrive',
    },
    {
      to: 'organization.custom.Account Number',
      from: 'Account Number',
      via: ['trim'],
      why: 'O-20(a): the number of the account',
    },
    {
      to: 'organization.custom.Relationship Type',
      from: 'Relationship Type',
      via: ['choice'],
      why: 'O-20(a): customer, supplier, partner, ...',
    },
    {
      to: 'organization.custom.Account Status',
      from: 'Status',
      via: ['choice'],
      why: 'O-20(a): inactive accounts are moved and stay recognisable',
    },
    {
      to: 'organization.custom.Other addresses',
      from: [
        'Address.Address Name',
        'Address.Street',
        'Address.Postal Code',
        'Address.City',
        'Address.Country',
      ],
      via: ['rows'],
      why: 'O-20(a): addresses beyond the first, a line for each',
    },
    {
      to: 'organization.custom.Lead IDs',
      from: 'Lead.leadid',
      via: ['distinct', { join: { with: '|' } }],
      why: 'O-26(b): leads linked many to many, as ids between pipes',
    },
    {
      to: 'organization.custom.Leads',
      from: 'Lead.leadid Name',
      via: ['distinct', { join: { with: ' | ' } }],
      why: 'O-26(b): the same by name, for people',
    },
    {
      to: 'organization.custom.Connections',
      from: ['Connection.Connected To Name', 'Connection.Description'],
      via: [{ rows: { with: ': ' } }],
      why: 'O-26(b): typed links to other records, a line for each',
    },
    {
      to: 'organization.custom.Primary contact',
      from: 'Primary Contact Name',
      via: ['collapse'],
      why: 'O-20(a): organizations have no main person in Pipedrive: by name',
    },
    {
      to: 'organization.custom.Merged records',
      from: ['Merged.Account Name', 'Merged.Account ID'],
      via: [{ rows: { with: ': ' } }],
      why: 'O-20(a): what was merged into it in the source; links to those lead here',
    },
    {
      to: 'organization.label_ids',
      from: 'List.List Name',
      via: ['tags'],
      why: 'O-26(b): the marketing lists it is a member of, as labels',
    },
    {
      to: 'organization.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'O-20(f), O-29: owners are matched to users by e-mail, else asked about',
    },
    {
      to: 'organization.add_time',
      from: 'Created On',
      via: ['dateTime'],
      why: 'the original creation time, which Pipedrive accepts for organizations',
    },
  ],
};

const parent: TemplateEntity = {
  from: 'account',
  to: 'organizationRelationship',
  part: 'parent',
  when: { source: 'Parent Account', filled: true },
  why: 'O-20(b): a parent account becomes a relationship of type parent; O-20(c): circles are cut and listed',
  rows: [
    {
      to: 'organizationRelationship.type',
      value: 'parent',
      why: 'O-20(b): one level of linking, edge by edge',
    },
    {
      to: 'organizationRelationship.rel_owner_org_id',
      via: [{ reference: { source: 'account', by: { 'Parent Account': ['id'] }, whenMissing: 'leave' } }],
      why: 'O-20(b): the parent owns the relationship',
    },
    { to: 'organizationRelationship.rel_linked_org_id', via: account, why: 'O-20(b): the account itself' },
  ],
};

const description: TemplateEntity = {
  from: 'account',
  to: 'note',
  part: 'description',
  when: { source: 'Description', filled: true },
  why: 'O-20(a): organizations have no description in Pipedrive: a note keeps it',
  rows: [
    { to: 'note.content', from: 'Description', via: ['html'], why: 'O-20(a): the description, lines kept' },
    { to: 'note.org_id', via: account, why: 'O-20(a): on the account itself' },
    { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'as old as the account' },
  ],
};

/** Accounts, their hierarchy, and what was written about them. */
export const accounts: readonly TemplateEntity[] = [organization, parent, description];
