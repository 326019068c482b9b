import type { TemplateRow } from './template.ts';

/** What a lead says as a lead (O-23(a)). */
export const fieldsOfLead: readonly TemplateRow[] = [
  {
    to: 'lead.title',
    from: ['Topic', 'Full Name', 'Company Name', 'Email'],
    via: ['firstFilled', 'collapse'],
    whenEmpty: { use: 'Lead' },
    why: 'O-23(a): the topic, else who or which company it is',
  },
  {
    to: 'lead.value',
    from: ['Estimated Value', 'Currency'],
    via: [{ money: { decimal: '.' } }],
    why: 'O-23(a): the estimate in its own currency',
  },
  {
    to: 'lead.person_id',
    via: [
      {
        reference: {
          source: 'contact',
          by: { 'Parent Contact': ['id'], Customer: ['id'] },
          whenMissing: 'leave',
        },
      },
    ],
    onlyIf: { source: 'Parent Contact', filled: true },
    why: 'O-23(a): the contact it was qualified into',
  },
  {
    to: 'lead.person_id',
    via: [{ reference: { source: 'lead', by: { 'Lead ID': ['id'] }, whenMissing: 'leave' } }],
    why: 'O-23(a): the person made of the lead itself',
  },
  {
    to: 'lead.org_id',
    via: [
      {
        reference: {
          source: 'account',
          by: { 'Parent Account': ['id'], Customer: ['id'], 'Company Name': ['name'] },
          whenMissing: 'leave',
        },
      },
    ],
    why: 'O-23(a): the account where it is known',
  },
  {
    to: 'lead.expected_close_date',
    from: 'Estimated Close Date',
    via: ['date'],
    why: 'O-23(a): when it was expected to close',
  },
  {
    to: 'lead.custom.Source of lead',
    from: 'Lead Source',
    via: ['choice'],
    why: 'O-23(a): leads have the custom fields of deals',
  },
  { to: 'lead.custom.Rating', from: 'Rating', via: ['choice'], why: 'O-23(a): hot, warm or cold' },
  {
    to: 'lead.custom.Company of lead',
    from: 'Company Name',
    via: ['collapse'],
    why: 'O-23(a): the company as it was written',
  },
  {
    to: 'lead.custom.Lead status',
    from: ['Status', 'Status Reason'],
    via: [{ join: { with: ': ' } }],
    why: 'O-23(a): the status in the words of the source',
  },
  {
    to: 'lead.custom.Exchange Rate',
    from: 'Exchange Rate',
    via: [{ number: { decimal: '.' } }],
    onlyIf: { source: 'Exchange Rate', notIn: ['', '1', '1.0', '1.0000000000'] },
    why: 'O-20(d): the rate that was stored with the amount',
  },
  {
    to: 'lead.custom.Original created',
    from: 'Created On',
    via: ['date'],
    why: 'the creation date of leads and deals cannot be set: a field keeps it',
  },
  {
    to: 'lead.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'O-29: owners are matched to users by e-mail, else asked about',
  },
];

/** What a lead says as a deal of its own (O-23(b)): leads have the fields of deals. */
export const fieldsOfAdvancedLead: readonly TemplateRow[] = [
  {
    to: 'deal.title',
    from: ['Topic', 'Full Name', 'Company Name', 'Email'],
    via: ['firstFilled', 'collapse'],
    whenEmpty: { use: 'Lead' },
    why: 'O-23(a): the topic, else who or which company it is',
  },
  {
    to: 'deal.value',
    from: ['Estimated Value', 'Currency'],
    via: [{ money: { decimal: '.' } }],
    why: 'O-23(a): the estimate in its own currency',
  },
  {
    to: 'deal.person_id',
    via: [
      {
        reference: {
          source: 'contact',
          by: { 'Parent Contact': ['id'], Customer: ['id'] },
          whenMissing: 'leave',
        },
      },
    ],
    onlyIf: { source: 'Parent Contact', filled: true },
    why: 'O-23(a): the contact it was qualified into',
  },
  {
    to: 'deal.person_id',
    via: [{ reference: { source: 'lead', by: { 'Lead ID': ['id'] }, whenMissing: 'leave' } }],
    why: 'O-23(a): the person made of the lead itself',
  },
  {
    to: 'deal.org_id',
    via: [
      {
        reference: {
          source: 'account',
          by: { 'Parent Account': ['id'], Customer: ['id'], 'Company Name': ['name'] },
          whenMissing: 'leave',
        },
      },
    ],
    why: 'O-23(a): the account where it is known',
  },
  {
    to: 'deal.expected_close_date',
    from: 'Estimated Close Date',
    via: ['date'],
    why: 'O-23(a): when it was expected to close',
  },
  {
    to: 'deal.custom.Source of lead',
    from: 'Lead Source',
    via: ['choice'],
    why: 'O-23(a): leads have the custom fields of deals',
  },
  { to: 'deal.custom.Rating', from: 'Rating', via: ['choice'], why: 'O-23(a): hot, warm or cold' },
  {
    to: 'deal.custom.Company of lead',
    from: 'Company Name',
    via: ['collapse'],
    why: 'O-23(a): the company as it was written',
  },
  {
    to: 'deal.custom.Lead status',
    from: ['Status', 'Status Reason'],
    via: [{ join: { with: ': ' } }],
    why: 'O-23(a): the status in the words of the source',
  },
  {
    to: 'deal.custom.Exchange Rate',
    from: 'Exchange Rate',
    via: [{ number: { decimal: '.' } }],
    onlyIf: { source: 'Exchange Rate', notIn: ['', '1', '1.0', '1.0000000000'] },
    why: 'O-20(d): the rate that was stored with the amount',
  },
  {
    to: 'deal.custom.Original created',
    from: 'Created On',
    via: ['date'],
    why: 'the creation date of leads and deals cannot be set: a field keeps it',
  },
  {
    to: 'deal.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'O-29: owners are matched to users by e-mail, else asked about',
  },
];
