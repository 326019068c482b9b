import type { TemplateEntity, TemplateRow } from './template.ts';

/** Leads carry the data of their person: that one is made first, and the lead leads to it. */
const leadPersonRows: readonly TemplateRow[] = [
  {
    to: 'person.name',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'P-20(a): the name of the lead',
  },
  {
    to: 'person.name',
    from: 'Email',
    via: ['collapse'],
    onlyIf: [
      { source: 'First Name', filled: false },
      { source: 'Last Name', filled: false },
    ],
    why: 'Pipedrive needs a name; of a lead without one the address stands in',
  },
  { to: 'person.emails.work', from: 'Email', via: ['emails'], why: 'P-20(a): the addresses of the lead' },
  { to: 'person.phones.work', from: 'Phone', via: ['phones'], why: 'P-20(a): in international form' },
  {
    to: 'person.org_id',
    from: 'Company',
    via: [{ reference: { source: 'clients', by: { Company: ['name'] }, whenMissing: 'leave' } }],
    why: 'the client where it is known; leads of unknown companies are usual, so nobody is asked',
  },
  {
    to: 'person.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'P-28(a), P-28(b): the owner by e-mail, else asked about (P-28(c))',
  },
  {
    to: 'person.add_time',
    from: 'Created',
    via: ['dateTime'],
    why: 'the original creation time, which Pipedrive accepts for persons',
  },
];

const leadPerson = {
  from: 'leads',
  to: 'person',
  part: 'contact',
  why: 'a lead of Pipedrive needs a person or an organization: who has a name or an address becomes a person',
  rows: leadPersonRows,
} as const;

/** A lead of a company only: Pipedrive wants an organization then. */
const leadCompany: TemplateEntity = {
  from: 'leads',
  to: 'organization',
  part: 'contact',
  why: 'a lead with a company and nothing else: Pipedrive wants a person or an organization',
  rows: [
    {
      to: 'organization.name',
      from: 'Company',
      via: ['collapse'],
      whenEmpty: 'reject',
      why: 'P-20(a): the company of the lead',
    },
    {
      to: 'organization.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'P-28(a), P-28(b): the owner by e-mail, else asked about (P-28(c))',
    },
  ],
};

const leadRows: readonly TemplateRow[] = [
  {
    to: 'lead.title',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'P-20(a): Pipedrive needs a title: the name of the lead',
  },
  {
    to: 'lead.title',
    from: ['Company', 'Email', 'Lead ID'],
    via: ['firstFilled', 'collapse'],
    onlyIf: [
      { source: 'First Name', filled: false },
      { source: 'Last Name', filled: false },
    ],
    whenEmpty: { use: 'Lead' },
    why: 'Pipedrive needs a title: without a name the company, the address, the id',
  },
  {
    to: 'lead.person_id',
    from: ['Lead ID', 'Email'],
    via: [
      { reference: { source: 'leads', by: { 'Lead ID': ['id'], Email: ['email'] }, whenMissing: 'leave' } },
    ],
    why: 'P-20(a): the person made of the lead itself, or the client it was merged with',
  },
  {
    to: 'lead.org_id',
    from: 'Lead ID',
    via: [{ reference: { source: 'leads', by: { 'Lead ID': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: [
      { source: 'First Name', filled: false },
      { source: 'Last Name', filled: false },
      { source: 'Email', filled: false },
    ],
    why: 'P-20(a): the organization made of a lead that is a company only',
  },
  {
    to: 'lead.org_id',
    from: 'Company',
    via: [{ reference: { source: 'clients', by: { Company: ['name'] }, whenMissing: 'leave' } }],
    why: 'P-20(a): the client of that name, where it is known',
  },
  {
    to: 'lead.custom.Lead company',
    from: 'Company',
    via: ['collapse'],
    why: 'P-20(a): the company as the lead names it; most are no client yet',
  },
  {
    to: 'lead.label_ids',
    from: 'Stage',
    via: ['tags'],
    why: 'P-20(c), C-06: a lead of Pipedrive has no status; the stage becomes a lead label, made beforehand',
  },
  {
    to: 'lead.custom.Lead pipeline',
    from: 'Pipeline',
    via: ['choice'],
    why: 'P-20(a): two pipelines may name a stage alike; leads have the custom fields of deals',
  },
  {
    to: 'lead.custom.Lead score',
    from: 'Lead Score',
    via: ['number'],
    why: 'P-20(b): the score in a custom field, made beforehand',
  },
  {
    to: 'lead.custom.Lead source',
    from: 'Source',
    via: ['choice'],
    why: 'P-29(b): where leads come from can be counted in Pipedrive too',
  },
  {
    to: 'lead.custom.Original created',
    from: 'Created',
    via: ['date'],
    why: 'Pipedrive does not let the creation date of a lead be set: a field keeps it',
  },
  {
    to: 'lead.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'P-28(a), P-28(b): the owner by e-mail, else asked about (P-28(c))',
  },
];

/** Leads, and who they are about. The lead stands first: fields of the account's own go there (P-20(b)). */
export const leadEntities: readonly TemplateEntity[] = [
  { from: 'leads', to: 'lead', why: 'P-20: leads become leads', rows: leadRows },
  { ...leadPerson, when: { source: 'Last Name', filled: true } },
  { ...leadPerson, when: { source: 'First Name', filled: true } },
  { ...leadPerson, when: { source: 'Email', filled: true } },
  leadCompany,
];
