import type { TemplateEntity, TemplateRow } from './template.ts';

const decimalPoint = { money: { decimal: '.' } } as const;
const otherCurrency = {
  source: 'Exchange Rate',
  notIn: ['', '1', '1.0', '1.0000000000', '1.000000000000'],
} as const;
const won = { source: 'Status Code', in: ['1'] } as const;
/** Pipedrive takes the sum of the products for the value of a deal that has some. */
const withoutLines = { source: 'Line.count', in: ['', '0'] } as const;
const lost = { source: 'Status Code', in: ['2'] } as const;

const itself = [
  { reference: { source: 'opportunity', by: { 'Opportunity ID': ['id'] }, whenMissing: 'leave' } },
] as const;

const deal: TemplateEntity = {
  from: 'opportunity',
  to: 'deal',
  gather: [
    { from: 'opportunitycompetitors', by: 'opportunityid', as: 'Competitor' },
    { from: 'opportunityproduct', by: 'Opportunity', as: 'Line' },
  ],
  why: 'O-22: opportunities become deals',
  rows: [
    {
      to: 'deal.title',
      from: 'Topic',
      via: ['collapse'],
      whenEmpty: { use: 'Opportunity without a topic' },
      why: 'O-22(c): the topic',
    },
    {
      to: 'deal.value',
      from: ['Actual Revenue', 'Currency'],
      via: [decimalPoint],
      onlyIf: [won, { source: 'Actual Revenue', filled: true }, withoutLines],
      why: 'O-22(c): what was won, in its own currency',
    },
    {
      to: 'deal.value',
      from: ['Estimated Revenue', 'Currency'],
      via: [decimalPoint],
      onlyIf: withoutLines,
      why: 'O-22(c): the estimate, in its own currency',
    },
    {
      to: 'deal.currency',
      from: 'Currency',
      via: ['currency'],
      onlyIf: { source: 'Line.count', notIn: ['', '0'] },
      why: 'O-22(c): the value of a deal with products is the sum of these in Pipedrive, in this currency',
    },
    {
      to: 'deal.custom.Actual Revenue',
      from: ['Actual Revenue', 'Currency'],
      via: [decimalPoint],
      why: 'O-22(c): what was won, whatever its products come to',
    },
    {
      to: 'deal.stage_id',
      from: ['Process', 'Process Stage'],
      via: ['stage'],
      why: 'O-22(a), O-22(b): each sales process is a pipeline, its stages are translated one by one',
    },
    {
      to: 'deal.status',
      from: ['Status', 'Process Stage', 'Process'],
      via: ['dealStatus'],
      onlyIf: { source: 'Status Code', filled: false },
      why: 'O-22(c): by the words of the source, where it tells no code',
    },
    {
      to: 'deal.status',
      from: 'Status Code',
      via: ['dealStatus'],
      why: 'O-22(c): 0 open, 1 won, 2 lost, in any language',
    },
    {
      to: 'deal.probability',
      from: 'Probability',
      via: [{ number: { decimal: '.' } }],
      why: 'O-22(c): the probability of this deal, in percent',
    },
    {
      to: 'deal.expected_close_date',
      from: 'Estimated Close Date',
      via: ['date'],
      why: 'O-22(c): the estimated close date',
    },
    {
      to: 'deal.won_time',
      from: 'Actual Close Date',
      via: ['dateTime'],
      onlyIf: won,
      why: 'O-22(c): when it was won',
    },
    {
      to: 'deal.lost_time',
      from: 'Actual Close Date',
      via: ['dateTime'],
      onlyIf: lost,
      why: 'O-22(c): when it was lost',
    },
    {
      to: 'deal.lost_reason',
      from: ['Status Reason'],
      via: ['collapse'],
      onlyIf: lost,
      why: 'O-22(c): canceled, out-sold, ...; what people wrote about it is on the deal too',
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
      why: 'O-22: the contact of the opportunity',
    },
    {
      to: 'deal.person_id',
      via: [{ reference: { source: 'contact', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Customer Type', in: ['contact'] },
      why: 'O-22: a customer that is a contact',
    },
    {
      to: 'deal.org_id',
      via: [
        {
          reference: {
            source: 'account',
            by: { 'Parent Account': ['id'], Customer: ['id'] },
            whenMissing: 'review',
          },
        },
      ],
      onlyIf: { source: 'Parent Account', filled: true },
      why: 'O-22: the account of the opportunity',
    },
    {
      to: 'deal.org_id',
      via: [{ reference: { source: 'account', by: { Customer: ['id'] }, whenMissing: 'review' } }],
      onlyIf: { source: 'Customer Type', in: ['account'] },
      why: 'O-22: a customer that is an account',
    },
    {
      to: 'deal.custom.Estimated Revenue',
      from: ['Estimated Revenue', 'Currency'],
      via: [decimalPoint],
      why: 'O-22(c): the estimate, whatever the products of the deal come to',
    },
    {
      to: 'deal.custom.Base Amount',
      from: ['Estimated Revenue (Base)', 'Base Currency'],
      via: [decimalPoint],
      onlyIf: otherCurrency,
      why: 'O-20(d): the amount in the base currency, as it was stored',
    },
    {
      to: 'deal.custom.Exchange Rate',
      from: 'Exchange Rate',
      via: [{ number: { decimal: '.' } }],
      onlyIf: otherCurrency,
      why: 'O-20(d): the rate that was stored with the amount, never one of today',
    },
    { to: 'deal.custom.Rating', from: 'Rating', via: ['choice'], why: 'O-22: hot, warm or cold' },
    {
      to: 'deal.custom.Other processes',
      from: 'Other Processes',
      via: ['collapse'],
      why: 'O-22(a): a deal stands in one pipeline; further processes it runs in are told',
    },
    {
      to: 'deal.custom.Competitor IDs',
      from: 'Competitor.competitorid',
      via: ['distinct', { join: { with: '|' } }],
      why: 'O-26(b): competitors linked many to many, as ids between pipes',
    },
    {
      to: 'deal.custom.Competitors',
      from: 'Competitor.competitorid Name',
      via: ['distinct', { join: { with: ' | ' } }],
      why: 'O-26(b): the same by name, for people',
    },
    {
      to: 'deal.custom.Original created',
      from: 'Created On',
      via: ['date'],
      why: 'the creation date of deals cannot be set: a field keeps it',
    },
    {
      to: 'deal.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'O-29: owners are matched to users by e-mail, else asked about',
    },
  ],
};

/** What people wrote about an opportunity, and how it was closed: a note, for deals have no text of their own. */
const noteLines: readonly TemplateRow[] = [
  { to: 'note.deal_id', via: itself, why: 'O-22: on the deal itself' },
  { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'as old as the opportunity' },
  { to: 'note.content', from: 'Description', via: ['html'], why: 'O-22: the description, lines kept' },
  {
    to: 'note.block.Current situation',
    from: 'Current Situation',
    via: ['lines'],
    why: 'O-22: what was written about the customer',
  },
  {
    to: 'note.block.Customer need',
    from: 'Customer Need',
    via: ['lines'],
    why: 'O-22: what the customer needs',
  },
  {
    to: 'note.block.Proposed solution',
    from: 'Proposed Solution',
    via: ['lines'],
    why: 'O-22: what was proposed',
  },
  {
    to: 'note.block.Closed',
    from: ['Close.Subject', 'Close.Description', 'Close.Actual End'],
    via: [{ rows: { with: ' - ', end: '; ' } }],
    why: 'O-22(c): how it was won or lost, in the words of whoever closed it',
  },
];

const closes = [{ from: 'opportunityclose', by: 'Opportunity', as: 'Close' }] as const;

const dealNote: TemplateEntity = {
  from: 'opportunity',
  to: 'note',
  part: 'description',
  when: { source: 'Description', filled: true },
  gather: closes,
  why: 'O-22: deals have no description in Pipedrive: a note keeps it',
  rows: noteLines,
};

const closeNote: TemplateEntity = {
  from: 'opportunity',
  to: 'note',
  part: 'description',
  when: { source: 'Close.count', notIn: ['', '0'] },
  gather: closes,
  why: 'O-22(c): how it was closed, where there is no description',
  rows: noteLines,
};

/** Opportunities with what was written about them. */
export const sales: readonly TemplateEntity[] = [deal, dealNote, closeNote];
