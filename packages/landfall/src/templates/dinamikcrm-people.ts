import type { TemplateEntity, TemplateRow } from './template.ts';

/** Owner and creation time, and the tags. */
const keptOrganization: readonly TemplateRow[] = [
  {
    to: 'organization.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'D-21, D-29(a), D-29(b): the owner by e-mail; nobody is guessed (D-29(c))',
  },
  {
    to: 'organization.add_time',
    from: 'Created At',
    via: [{ dateTime: { whenTwice: 'earlier' } }],
    why: 'the original creation time, to the minute; of an hour the clock had twice the earlier one',
  },
  {
    to: 'organization.label_ids',
    from: 'Tags',
    via: ['tags'],
    why: 'D-31(a): tags become labels, each once; groups of tags are asked about (D-31(b))',
  },
];

const keptPerson: readonly TemplateRow[] = [
  {
    to: 'person.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'D-20, D-29(a), D-29(b): the owner by e-mail; nobody is guessed (D-29(c))',
  },
  {
    to: 'person.add_time',
    from: 'Created At',
    via: [{ dateTime: { whenTwice: 'earlier' } }],
    why: 'the original creation time, to the minute; of an hour the clock had twice the earlier one',
  },
  {
    to: 'person.label_ids',
    from: 'Tags',
    via: ['tags'],
    why: 'D-31(a): tags become labels, each once; groups of tags are asked about (D-31(b))',
  },
];

const organization: TemplateEntity = {
  from: 'company',
  to: 'organization',
  why: 'D-21: companies become organizations, made before people (D-20(d), D-21(b))',
  rows: [
    {
      to: 'organization.name',
      from: ['Company Name', 'Trade Name'],
      via: ['firstFilled', 'collapse'],
      whenEmpty: 'reject',
      why: 'D-21(a): the name',
    },
    {
      to: 'organization.address.street',
      from: ['Neighborhood', 'Street'],
      via: [{ join: { with: ' ' } }, 'collapse'],
      why: 'D-21(a): the address, part by part: mahalle and street',
    },
    {
      to: 'organization.address.city',
      from: ['District', 'City'],
      via: [{ join: { with: ' / ' } }],
      why: 'D-21(a): the address: ilçe and il',
    },
    {
      to: 'organization.address.postalCode',
      from: 'Postal Code',
      via: ['trim'],
      why: 'D-21(a): the address; leading zeros stay',
    },
    {
      to: 'organization.address.country',
      from: 'Country',
      via: ['collapse'],
      why: 'D-21(a): the address',
    },
    { to: 'organization.website', from: 'Website', via: ['url'], why: 'D-21(a): a field of its own' },
    {
      to: 'organization.custom.Domain',
      from: 'Website',
      via: ['domain'],
      why: 'D-21(a): the domain is an organization custom field',
    },
    {
      to: 'organization.custom.Industry',
      from: 'Industry',
      via: ['choice'],
      why: 'D-21(a): the source has its own words, so a dropdown of its own',
    },
    { to: 'organization.custom.Segment', from: 'Segment', via: ['choice'], why: 'D-21: the segment' },
    {
      to: 'organization.custom.Trade Name',
      from: 'Trade Name',
      via: ['collapse'],
      why: 'D-21: the registered name',
    },
    {
      to: 'organization.custom.Tax Office',
      from: 'Tax Office',
      via: ['collapse'],
      why: 'D-21: wanted on invoices',
    },
    {
      to: 'organization.custom.Tax Number',
      from: 'Tax Number',
      via: ['trim'],
      why: 'D-21: text, so that leading zeros stay',
    },
    {
      to: 'organization.custom.Phone',
      from: 'Phone',
      via: ['first', 'phone'],
      why: 'D-21: organizations have no phone field in Pipedrive',
    },
    {
      to: 'organization.custom.All phones',
      from: 'Phone',
      via: ['distinct', { join: { with: '; ' } }],
      why: 'D-21: the others beside the first, as they are written',
    },
    {
      to: 'organization.custom.Email',
      from: 'Email',
      via: [{ join: { with: '; ' } }],
      why: 'D-21: organizations have no e-mail field in Pipedrive',
    },
    {
      to: 'organization.employee_count',
      from: 'Headcount',
      via: ['number', { round: { places: 0 } }],
      why: 'D-21: a field of its own',
    },
    { to: 'organization.custom.Established', from: 'Established', via: ['date'], why: 'D-21: when founded' },
    {
      to: 'organization.custom.Description',
      from: 'Description',
      via: ['lines'],
      why: 'D-21: what is written about it',
    },
    {
      to: 'organization.custom.Source Number',
      from: 'Company Number',
      via: ['trim'],
      why: 'the number the company goes by in the source',
    },
    ...keptOrganization,
  ],
};

const parentCompany: TemplateEntity = {
  from: 'company',
  to: 'organizationRelationship',
  part: 'parent',
  when: { source: 'Parent Company ID', filled: true },
  why: 'D-21: a parent company becomes a relationship; circles are cut and listed',
  rows: [
    { to: 'organizationRelationship.type', value: 'parent', why: 'D-21: company hierarchy' },
    {
      to: 'organizationRelationship.rel_owner_org_id',
      from: 'Parent Company ID',
      via: [
        {
          reference: { source: 'company', by: { 'Parent Company ID': ['id'] }, whenMissing: 'leave' },
        },
      ],
      why: 'D-21: the parent',
    },
    {
      to: 'organizationRelationship.rel_linked_org_id',
      from: 'Company Number',
      via: [{ reference: { source: 'company', by: { 'Company Number': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-21: the company itself',
    },
  ],
};

/** What contacts, customers and leads have in common. */
const personRows: readonly TemplateRow[] = [
  {
    to: 'person.name',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'D-20(a), D-22(a): the name',
  },
  {
    to: 'person.name',
    from: 'Email',
    via: ['first', 'collapse'],
    onlyIf: [
      { source: 'First Name', filled: false },
      { source: 'Last Name', filled: false },
    ],
    whenEmpty: 'reject',
    why: 'D-20(a), D-22(a): Pipedrive needs a name; of somebody without one the address stands in',
  },
  {
    to: 'person.emails.work',
    from: ['Work Email', 'Other Email'],
    via: ['emails'],
    why: 'D-20(a), D-22(a): all addresses; placeholders are no key (D-20(b))',
  },
  {
    to: 'person.emails.home',
    from: 'Home Email',
    via: ['emails'],
    why: 'D-20(a), D-22(a): the private address',
  },
  {
    to: 'person.phones.mobile',
    from: 'Mobile Phone',
    via: ['phones'],
    why: 'D-20(a), D-22(a): in international form',
  },
  {
    to: 'person.phones.work',
    from: ['Work Phone', 'Other Phone'],
    via: ['phones'],
    why: 'D-20(a), D-22(a): in international form',
  },
  {
    to: 'person.phones.home',
    from: 'Home Phone',
    via: ['phones'],
    why: 'D-20(a), D-22(a): in international form',
  },
  {
    to: 'person.custom.Address',
    from: ['Neighborhood', 'Street', 'District', 'City', 'Postal Code', 'Country'],
    via: [{ join: { with: ', ' } }, 'address'],
    why: 'D-20(a), D-22(a): persons have no address that can be written: a custom field',
  },
  {
    to: 'person.custom.Job Title',
    from: 'Job Title',
    via: ['collapse'],
    why: 'D-20(a), D-22(a): the position',
  },
  {
    to: 'person.custom.Department',
    from: 'Department',
    via: ['collapse'],
    why: 'D-20(a), D-22(a): the department',
  },
  {
    to: 'person.custom.Source',
    from: 'Source',
    via: ['choice'],
    why: 'D-20(a), D-22(a): where the person came from',
  },
  {
    to: 'person.custom.Description',
    from: 'Description',
    via: ['lines'],
    why: 'D-20(a), D-22(a): what is written',
  },
];

const contact: TemplateEntity = {
  from: 'contact',
  to: 'person',
  why: 'D-20: contacts become persons; who has the same e-mail is one person (D-20(b))',
  rows: [
    ...personRows,
    {
      to: 'person.org_id',
      from: 'Company ID',
      via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'review' } }],
      why: 'D-20(c), D-20(d): the organization made of the company before',
    },
    { to: 'person.custom.Segment', from: 'Segment', via: ['choice'], why: 'D-20(a): the segment' },
    {
      to: 'person.custom.Phone Permit',
      from: 'Phone Permit',
      via: ['yesNo'],
      why: 'D-20(a): a consent must not be lost',
    },
    { to: 'person.custom.SMS Permit', from: 'SMS Permit', via: ['yesNo'], why: 'D-20(a): a consent' },
    { to: 'person.custom.Email Permit', from: 'Email Permit', via: ['yesNo'], why: 'D-20(a): a consent' },
    {
      to: 'person.custom.Source Number',
      from: 'Contact Number',
      via: ['trim'],
      why: 'the number the contact goes by in the source',
    },
    ...keptPerson,
  ],
};

const customer: TemplateEntity = {
  from: 'customer',
  to: 'person',
  why: 'D-20: customers of their own become persons too',
  rows: [
    ...personRows,
    {
      to: 'person.custom.Source Number',
      from: 'Customer Number',
      via: ['trim'],
      why: 'the number the customer goes by in the source',
    },
    ...keptPerson,
  ],
};

const lead: TemplateEntity = {
  from: 'lead',
  to: 'lead',
  gather: [{ from: 'leadHistory', by: 'Lead ID', as: 'History' }],
  why: 'D-22: leads become leads',
  rows: [
    {
      to: 'lead.title',
      from: ['First Name', 'Last Name'],
      via: ['personName'],
      why: 'D-22(a): Pipedrive needs a title: the name of the lead',
    },
    {
      to: 'lead.title',
      from: ['Company Name', 'Email', 'Lead Number'],
      via: ['firstFilled', 'collapse'],
      onlyIf: [
        { source: 'First Name', filled: false },
        { source: 'Last Name', filled: false },
      ],
      whenEmpty: { use: 'Lead' },
      why: 'D-22(a): without a name the company, the address, the number',
    },
    {
      to: 'lead.person_id',
      from: 'Lead Number',
      via: [{ reference: { source: 'lead', by: { 'Lead Number': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-22(a): the person made of the lead itself, or the contact it was merged with',
    },
    {
      to: 'lead.org_id',
      from: 'Company Name',
      via: [{ reference: { source: 'company', by: { 'Company Name': ['name'] }, whenMissing: 'leave' } }],
      why: 'D-22(a): the company of that name, where it is known',
    },
    {
      to: 'lead.value',
      from: 'Budget',
      via: ['money'],
      why: 'D-22(a): the budget in the currency of the account',
    },
    {
      to: 'lead.label_ids',
      from: ['Lead Status', 'Tags'],
      via: ['tags'],
      why: 'D-22(b), C-06: a lead of Pipedrive has no status: a lead label, made beforehand; tags beside it (D-31(a))',
    },
    {
      to: 'lead.custom.Lead Source',
      from: 'Source',
      via: ['choice'],
      why: 'D-22(b): the source of the lead; leads have the custom fields of deals',
    },
    {
      to: 'lead.custom.Conversion history',
      from: ['History.Changed At', 'History.From Status', 'History.To Status', 'History.Description'],
      via: [{ rows: { with: ' · ' } }],
      why: 'D-22(c), AUD-02: every step of the lead, a line each, kept for audit',
    },
    {
      to: 'lead.custom.Converted at',
      from: 'Converted At',
      via: ['date'],
      why: 'D-22(c): the day it became a contact',
    },
    {
      to: 'lead.custom.Converted to contact',
      from: 'Converted Contact ID',
      via: ['trim'],
      why: 'D-22(c): the id of that contact in the source',
    },
    {
      to: 'lead.custom.Original created',
      from: 'Created At',
      via: ['date'],
      why: 'the creation date of a lead cannot be set: a field keeps it',
    },
    {
      to: 'lead.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'D-29(b): the owner by e-mail, else asked about (D-29(c))',
    },
  ],
};

const leadPerson = {
  from: 'lead',
  to: 'person',
  part: 'contact',
  why: 'D-22(a): a lead of Pipedrive needs a person or an organization: who has a name or an address becomes a person',
  rows: [
    ...personRows,
    {
      to: 'person.org_id',
      from: 'Company Name',
      via: [{ reference: { source: 'company', by: { 'Company Name': ['name'] }, whenMissing: 'leave' } }],
      why: 'the company where it is known; leads of unknown companies are usual, so nobody is asked',
    },
    { to: 'person.owner_id', from: 'Owner', via: ['owner'], why: 'D-29(b): the owner by e-mail' },
    {
      to: 'person.add_time',
      from: 'Created At',
      via: [{ dateTime: { whenTwice: 'earlier' } }],
      why: 'the original creation time',
    },
  ],
} as const satisfies TemplateEntity;

/** Companies, contacts, customers and leads. */
export const people: readonly TemplateEntity[] = [
  organization,
  parentCompany,
  contact,
  customer,
  lead,
  { ...leadPerson, when: { source: 'Last Name', filled: true } },
  { ...leadPerson, when: { source: 'First Name', filled: true } },
  { ...leadPerson, when: { source: 'Email', filled: true } },
];
