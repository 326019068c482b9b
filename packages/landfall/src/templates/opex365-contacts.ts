import type { TemplateEntity, TemplateRow } from './template.ts';

const contactItself = [
  { reference: { source: 'contact', by: { 'Contact ID': ['id'] }, whenMissing: 'leave' } },
] as const;

/** How people and leads are reached. */
const reached: readonly TemplateRow[] = [
  { to: 'person.emails.work', from: 'Email', via: ['emails'], why: 'O-21(a): the addresses' },
  { to: 'person.emails.other', from: 'Email 2', via: ['emails'], why: 'O-21(a): a further address' },
  {
    to: 'person.phones.work',
    from: 'Business Phone',
    via: ['phones'],
    why: 'O-21(a): in international form',
  },
  { to: 'person.phones.mobile', from: 'Mobile Phone', via: ['phones'], why: 'O-21(a): the mobile number' },
  {
    to: 'person.custom.Job title',
    from: 'Job Title',
    via: ['collapse'],
    why: 'O-21(a): Pipedrive has a job title only after Contact Sync was set up, so a custom field',
  },
  {
    to: 'person.custom.Address',
    from: ['Street', 'City', 'State', 'Postal Code', 'Country'],
    via: ['address'],
    why: 'O-21(a): Pipedrive has an address of persons only after Contact Sync, so a custom field of that type',
  },
  {
    to: 'person.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'O-21(c), O-29: owners are matched to users by e-mail, else asked about',
  },
  {
    to: 'person.add_time',
    from: 'Created On',
    via: ['dateTime'],
    why: 'the original creation time, which Pipedrive accepts for persons',
  },
];

/** The name, and what stands in where there is none: Pipedrive makes no person without. */
export const personNames: readonly TemplateRow[] = [
  {
    to: 'person.name',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'O-21(a): the name as one field',
  },
  { to: 'person.name', from: 'Full Name', via: ['personName'], why: 'O-21(a): where the parts are empty' },
  { to: 'person.name', from: 'Email', via: ['collapse'], why: 'O-21(a): of somebody without a name' },
];

const person: TemplateEntity = {
  from: 'contact',
  to: 'person',
  gather: [
    { from: 'customeraddress', by: 'Parent', as: 'Address' },
    { from: 'listmember', by: 'Member', as: 'List' },
    { from: 'contactleads', by: 'contactid', as: 'Lead' },
    { from: 'contact', by: 'Master', as: 'Merged' },
  ],
  why: 'O-21: contacts become persons',
  rows: [
    {
      to: 'person.name',
      from: ['First Name', 'Middle Name', 'Last Name'],
      via: ['personName'],
      onlyIf: { source: 'Middle Name', filled: true },
      why: 'O-21(a): the name as one field',
    },
    ...personNames,
    {
      to: 'person.org_id',
      via: [{ reference: { source: 'account', by: { Company: ['id'] }, whenMissing: 'review' } }],
      whenEmpty: 'review',
      onlyIf: { source: 'Company Type', notIn: ['contact'] },
      why: 'O-21(b): the account; without one the policy decides, which is the placeholder for this source',
    },
    ...reached,
    { to: 'person.emails.other', from: 'Email 3', via: ['emails'], why: 'O-21(a): a further address' },
    { to: 'person.phones.home', from: 'Home Phone', via: ['phones'], why: 'O-21(a): the number at home' },
    { to: 'person.phones.other', from: 'Fax', via: ['phones'], why: 'O-21(a): the fax number' },
    {
      to: 'person.custom.Parent contact',
      from: 'Company Name',
      via: ['collapse'],
      onlyIf: { source: 'Company Type', in: ['contact'] },
      why: 'O-21(b): a contact below a contact has no account of its own',
    },
    {
      to: 'person.custom.Department',
      from: 'Department',
      via: ['collapse'],
      why: 'O-21(a): where somebody works',
    },
    {
      to: 'person.custom.Birthday',
      from: 'Birthday',
      via: ['date'],
      why: 'O-21(a): needs Contact Sync otherwise',
    },
    {
      to: 'person.custom.Contact Status',
      from: 'Status',
      via: ['choice'],
      why: 'O-21(a): inactive contacts are moved and stay recognisable',
    },
    {
      to: 'person.custom.Do not e-mail',
      from: 'Do Not Email',
      via: ['yesNo'],
      why: 'O-21(a): a refusal that must not be forgotten',
    },
    {
      to: 'person.custom.Other addresses',
      from: [
        'Address.Address Name',
        'Address.Street',
        'Address.Postal Code',
        'Address.City',
        'Address.Country',
      ],
      via: ['rows'],
      why: 'O-21(a): addresses beyond the first, a line for each',
    },
    {
      to: 'person.custom.Lead IDs',
      from: 'Lead.leadid',
      via: ['distinct', { join: { with: '|' } }],
      why: 'O-26(b): leads linked many to many, as ids between pipes',
    },
    {
      to: 'person.custom.Leads',
      from: 'Lead.leadid Name',
      via: ['distinct', { join: { with: ' | ' } }],
      why: 'O-26(b): the same by name, for people',
    },
    {
      to: 'person.custom.Merged records',
      from: ['Merged.Full Name', 'Merged.Contact ID'],
      via: [{ rows: { with: ': ' } }],
      why: 'O-21(a): what was merged into it in the source; links to those lead here',
    },
    {
      to: 'person.label_ids',
      from: 'List.List Name',
      via: ['tags'],
      why: 'O-26(b): the marketing lists somebody is a member of, as labels',
    },
  ],
};

const personDescription: TemplateEntity = {
  from: 'contact',
  to: 'note',
  part: 'description',
  when: { source: 'Description', filled: true },
  why: 'O-21(a): persons have no description in Pipedrive: a note keeps it',
  rows: [
    { to: 'note.content', from: 'Description', via: ['html'], why: 'O-21(a): the description, lines kept' },
    { to: 'note.person_id', via: contactItself, why: 'O-21(a): on the contact itself' },
    { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'as old as the contact' },
  ],
};

/** Rows of the person behind a lead. */
export const reachedRows = reached;

/** Contacts with what was written about them. */
export const contacts: readonly TemplateEntity[] = [person, personDescription];
