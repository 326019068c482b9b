import { personNames, reachedRows } from './opex365-contacts.ts';
import { fieldsOfAdvancedLead, fieldsOfLead } from './opex365-lead-rows.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const qualified = { source: 'Status Code', in: ['1'] } as const;
const notQualified = { source: 'Status Code', notIn: ['1'] } as const;
const unknownContact = { source: 'Parent Contact', filled: false } as const;

const companyOfLead = [
  {
    reference: {
      source: 'account',
      by: { 'Parent Account': ['id'], Customer: ['id'], 'Company Name': ['name'] },
      whenMissing: 'leave',
    },
  },
] as const;

const ownPerson = [
  { reference: { source: 'lead', by: { 'Lead ID': ['id'] }, whenMissing: 'leave' } },
] as const;

const leadPersonRows: readonly TemplateRow[] = [
  ...personNames,
  {
    to: 'person.org_id',
    via: companyOfLead,
    why: 'the account where it is known; leads of unknown companies are usual, so nobody is asked',
  },
  ...reachedRows,
];

const leadPerson = {
  from: 'lead',
  to: 'person',
  part: 'person',
  why: 'O-23: a lead of Pipedrive needs a person or an organization: who is no contact yet becomes one',
  rows: leadPersonRows,
} as const;

/** It became no opportunity: neither by the opportunity's own word, nor by the lead's. */
const becameNone = { source: 'Became.count', in: ['', '0'] } as const;
const qualifiedIntoNone = { source: 'Qualifying Opportunity', filled: false } as const;

const lead: TemplateEntity = {
  from: 'lead',
  to: 'lead',
  when: [notQualified, becameNone, qualifiedIntoNone],
  why: 'O-23(a): leads become leads',
  rows: [
    ...fieldsOfLead,
    {
      to: 'lead.label_ids',
      from: 'Status Reason',
      via: ['tags'],
      why: 'O-23(a): a lead of Pipedrive has no status: the status becomes a label, made beforehand',
    },
  ],
};

const advanced: TemplateEntity = {
  from: 'lead',
  to: 'deal',
  when: [qualified, becameNone, qualifiedIntoNone],
  why: 'O-23(b): a lead that was qualified, and whose opportunity is gone or never was, is a deal of its own',
  rows: [
    ...fieldsOfAdvancedLead,
    { to: 'deal.status', value: 'open', why: 'O-23(b): nothing says how it ended' },
  ],
};

const becameOne = { source: 'Became.count', notIn: ['', '0'] } as const;
const qualifiedInto = { source: 'Qualifying Opportunity', filled: true } as const;

const history = {
  from: 'lead',
  to: 'note',
  gather: [{ from: 'opportunity', by: 'Originating Lead', as: 'Became' }],
  why: 'O-23(b): a lead that became an opportunity is no second deal: its history is a note on that deal',
  rows: [
    {
      to: 'note.deal_id',
      via: [
        {
          reference: {
            source: 'opportunity',
            by: { 'Became.Opportunity ID': ['id'], 'Qualifying Opportunity': ['id'] },
            whenMissing: 'reject',
          },
        },
      ],
      why: 'O-23(b): the deal it became',
    },
    { to: 'note.block.Lead', from: 'Topic', via: ['collapse'], why: 'O-23(b): the topic' },
    { to: 'note.block.Name', from: 'Full Name', via: ['collapse'], why: 'O-23(b): who it was' },
    { to: 'note.block.Company', from: 'Company Name', via: ['collapse'], why: 'O-23(b): the company' },
    {
      to: 'note.block.Reached by',
      from: ['Email', 'Email 2', 'Business Phone', 'Mobile Phone'],
      via: [{ join: { with: ', ' } }],
      why: 'O-23(b): addresses and numbers as they were',
    },
    { to: 'note.block.Source', from: 'Lead Source', via: ['choice'], why: 'O-23(b): where it came from' },
    { to: 'note.block.Rating', from: 'Rating', via: ['choice'], why: 'O-23(b): hot, warm or cold' },
    {
      to: 'note.block.Estimate',
      from: ['Estimated Value', 'Currency'],
      via: [{ join: { with: ' ' } }],
      onlyIf: { source: 'Estimated Value', filled: true },
      why: 'O-23(b): what it was thought to be worth',
    },
    {
      to: 'note.block.Status',
      from: ['Status', 'Status Reason'],
      via: [{ join: { with: ': ' } }],
      why: 'O-23(b): its status in the words of the source',
    },
    { to: 'note.block.Owner', from: 'Owner', via: ['collapse'], why: 'O-23(b): whose lead it was' },
    { to: 'note.content', from: 'Description', via: ['html'], why: 'O-23(b): what was written about it' },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'O-29: whose lead it was' },
    { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'O-23(b): when the lead was made' },
  ],
} as const satisfies TemplateEntity;

const descriptionRows: readonly TemplateRow[] = [
  { to: 'note.content', from: 'Description', via: ['html'], why: 'O-23(a): the description, lines kept' },
  { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'as old as the lead' },
];

const description = {
  from: 'lead',
  to: 'note',
  part: 'description',
  why: 'O-23(a): leads have no description in Pipedrive: a note keeps it',
} as const;

const described = { source: 'Description', filled: true } as const;

/** Leads with their persons; those that became an opportunity are told on its deal. */
export const leads: readonly TemplateEntity[] = [
  lead,
  advanced,
  { ...history, when: becameOne },
  { ...history, when: qualifiedInto },
  { ...leadPerson, when: [unknownContact, { source: 'Full Name', filled: true }] },
  { ...leadPerson, when: [unknownContact, { source: 'Email', filled: true }] },
  {
    ...description,
    when: [described, notQualified, becameNone, qualifiedIntoNone],
    rows: [...descriptionRows, { to: 'note.lead_id', via: ownPerson, why: 'O-23(a): on the lead itself' }],
  },
  {
    ...description,
    when: [described, qualified, becameNone, qualifiedIntoNone],
    rows: [...descriptionRows, { to: 'note.deal_id', via: ownPerson, why: 'O-23(b): on the deal it is' }],
  },
];
