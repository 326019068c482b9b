import { companyIfThere, companyOrAsk, contactItself, ownedBy, personOrAsk } from './results-records.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const noWords = ['0', 'No', 'N', 'False', 'F'];
const lostWords = ['Lost', 'Closed Lost', 'Cancelled', 'Canceled', 'Dead', 'Declined'];

const outcome: readonly TemplateRow[] = [
  {
    to: 'deal.status',
    value: 'won',
    onlyIf: [
      { source: 'Is Opportunity', in: noWords },
      { source: 'Status', notIn: lostWords },
    ],
    why: 'R-22(a): what is no opportunity any more is a project: it was won [A]',
  },
  {
    to: 'deal.status',
    from: ['Status', 'Stage', 'Pipeline'],
    via: [
      {
        dealStatus: {
          open: ['On Hold', 'Proposed', 'Quoted', 'Waiting'],
          won: ['Completed', 'Complete', 'Approved', 'Contract', 'Invoiced'],
          lost: ['Dead', 'Declined', 'No Bid'],
        },
      },
    ],
    onlyIf: { source: 'Status', filled: true },
    why: 'R-22(a): open, won or lost; an outcome that only the stage tells counts too',
  },
  {
    to: 'deal.status',
    from: 'Stage',
    via: [{ lookup: { table: 'resultsOutcome', otherwise: { use: 'open' } } }],
    onlyIf: { source: 'Status', filled: false },
    why: 'R-22(a): without a status the stage says it',
  },
];

const closeDates: readonly TemplateRow[] = [
  {
    to: 'deal.expected_close_date',
    from: 'Expected Close',
    via: ['date'],
    onlyIf: { target: 'deal.status', in: ['open'] },
    why: 'R-22(a): the close date of an open deal is expected',
  },
  {
    to: 'deal.won_time',
    from: 'Contract Approved',
    via: ['dateTime'],
    onlyIf: [
      { target: 'deal.status', in: ['won'] },
      { source: 'Contract Approved', filled: true },
    ],
    why: 'R-22(a): the day a won deal was closed',
  },
  {
    to: 'deal.won_time',
    from: 'Expected Close',
    via: ['dateTime'],
    onlyIf: [
      { target: 'deal.status', in: ['won'] },
      { source: 'Contract Approved', filled: false },
    ],
    why: 'R-22(a): without a day of its own the expected one',
  },
  {
    to: 'deal.lost_time',
    from: 'Contract Approved',
    via: ['dateTime'],
    onlyIf: [
      { target: 'deal.status', in: ['lost'] },
      { source: 'Contract Approved', filled: true },
    ],
    why: 'R-22(a): the day a lost deal was closed',
  },
  {
    to: 'deal.lost_time',
    from: 'Expected Close',
    via: ['dateTime'],
    onlyIf: [
      { target: 'deal.status', in: ['lost'] },
      { source: 'Contract Approved', filled: false },
    ],
    why: 'R-22(a): without a day of its own the expected one',
  },
];

const links: readonly TemplateRow[] = [
  {
    to: 'deal.org_id',
    from: ['Company ID', 'Company Name'],
    via: companyOrAsk,
    whenEmpty: 'review',
    why: 'R-22(c), R-22(d), R-28: the company of the deal; deals without one are asked about: placeholder, designated parent, or each by itself',
  },
  {
    to: 'deal.person_id',
    from: ['Associate ID', 'Associate'],
    via: personOrAsk,
    onlyIf: { source: 'Associate ID', filled: true },
    why: 'R-22(c): the associate; a name counts only when it is unique within the company',
  },
  {
    to: 'deal.person_id',
    from: 'Associate',
    via: personOrAsk,
    onlyIf: { source: 'Associate ID', filled: false },
    why: 'R-22(c): the associate by name only',
  },
  {
    to: 'deal.person_id',
    from: 'Company ID',
    via: contactItself,
    why: 'R-22(c): a contact that is a person',
  },
];

const dealRows: readonly TemplateRow[] = [
  { to: 'deal.title', from: 'Deal Name', via: ['collapse'], why: 'R-22(a): the name is the title' },
  {
    to: 'deal.title',
    from: ['Deal Type', 'Deal ID'],
    via: [{ join: { with: ' ' } }],
    onlyIf: { source: 'Deal Name', filled: false },
    whenEmpty: { use: 'Deal' },
    why: 'R-22(a): Pipedrive needs a title; without a name the type and the id stand in',
  },
  {
    to: 'deal.value',
    from: ['Amount', 'Currency'],
    via: ['money'],
    onlyIf: { source: 'Lines.Quantity', filled: false },
    why: 'R-22(a): the value in its own currency',
  },
  {
    to: 'deal.currency',
    from: 'Currency',
    via: ['currency'],
    onlyIf: { source: 'Lines.Quantity', filled: true },
    why: 'R-22(a): of a deal with products Pipedrive makes the value of its lines, in this currency',
  },
  {
    to: 'deal.custom.Amount in the source',
    from: ['Amount', 'Currency'],
    via: ['money'],
    onlyIf: { source: 'Lines.Quantity', filled: true },
    why: 'R-22(a): the amount of the source stays beside what the lines add up to',
  },
  {
    to: 'deal.stage_id',
    from: ['Pipeline', 'Stage'],
    via: ['stage'],
    why: 'R-22(a), R-23: stages of the table of stages, else of the deals; made beforehand',
  },
  ...outcome,
  ...closeDates,
  {
    to: 'deal.lost_reason',
    from: 'Lost Reason',
    via: ['collapse'],
    onlyIf: { target: 'deal.status', in: ['lost'] },
    why: 'R-22(a): Pipedrive takes a reason with lost deals only',
  },
  {
    to: 'deal.probability',
    from: 'Probability',
    via: ['percent', 'round'],
    onlyIf: { target: 'deal.status', in: ['open'] },
    why: 'R-22(b): the deal’s own percentage; that of the stage is configured with it',
  },
  ...links,
  { to: 'deal.owner_id', ...ownedBy },
  {
    to: 'deal.custom.Kind',
    from: 'Is Opportunity',
    via: [{ lookup: { table: 'resultsKind' } }],
    why: 'R-22: opportunities and projects are one table; the flag becomes a dropdown',
  },
  { to: 'deal.custom.Type of work', from: 'Deal Type', via: ['choice'], why: 'R-25(a): a dropdown' },
  {
    to: 'deal.custom.Status in the source',
    from: 'Status',
    via: ['choice'],
    why: 'R-22(a): projects go on after they were won; their own status is kept',
  },
  { to: 'deal.custom.Project started', from: 'Project Started', via: ['date'], why: 'R-25(a): a date' },
  {
    to: 'deal.custom.Original created',
    from: 'Opportunity Created',
    via: ['date'],
    onlyIf: { source: 'Opportunity Created', filled: true },
    why: 'R-24(c): Pipedrive does not let the creation date of a deal be set: a field keeps it',
  },
  {
    to: 'deal.custom.Original created',
    from: 'Created',
    via: ['date'],
    onlyIf: { source: 'Opportunity Created', filled: false },
    why: 'Pipedrive does not let the creation date of a deal be set: a field keeps it',
  },
  {
    to: 'deal.custom.QuickBooks List ID',
    from: 'QuickBooks List ID',
    via: ['trim'],
    why: 'R-06: keeps the link to the accounting record (a job)',
  },
];

/** Invoices have no place of their own: numbers and sums stand on the deal, all of it in a note (decisions). */
const invoiceFields: readonly TemplateRow[] = [
  {
    to: 'deal.custom.Invoices',
    from: 'Invoices.Invoice No',
    via: ['distinct', { join: { with: ', ' } }],
    why: 'R-06: invoices of QuickBooks: their numbers',
  },
  {
    to: 'deal.custom.Invoiced',
    from: ['Invoices.Total', 'Invoices.Currency'],
    via: ['sum', 'money'],
    why: 'R-06: the sum of the invoices',
  },
  {
    to: 'deal.custom.Invoice balance',
    from: ['Invoices.Balance', 'Invoices.Currency'],
    via: ['sum', 'money'],
    why: 'R-06: what is still to be paid',
  },
  {
    to: 'deal.custom.Invoice status',
    from: 'Invoices.Status',
    via: ['distinct', { join: { with: ', ' } }],
    why: 'R-06: paid, open',
  },
];

const deal: TemplateEntity = {
  from: 'deals',
  to: 'deal',
  gather: [
    { from: 'invoices', by: 'Deal ID', as: 'Invoices' },
    { from: 'lines', by: 'Deal ID', as: 'Lines' },
  ],
  why: 'R-22: opportunities and projects become deals',
  rows: [...dealRows, ...invoiceFields],
};

const description: TemplateEntity = {
  from: 'deals',
  to: 'note',
  part: 'memo',
  when: { source: 'Description', filled: true },
  why: 'R-22: the description of a deal becomes a note on it',
  rows: [
    { to: 'note.content', from: 'Description', via: ['html'], why: 'the memo with its line breaks' },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'R-26: the owner of the deal' },
    {
      to: 'note.deal_id',
      from: 'Deal ID',
      via: [{ reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'the deal itself',
    },
  ],
};

const line: TemplateEntity = {
  from: 'lines',
  to: 'dealProduct',
  why: 'R-29(c): lines, after the products they name',
  rows: [
    {
      to: 'dealProduct.deal_id',
      from: 'Deal ID',
      via: [{ reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'reject' } }],
      whenEmpty: 'reject',
      why: 'R-29(c): the deal of the line',
    },
    {
      to: 'dealProduct.product_id',
      from: ['Product Code', 'Product Name'],
      via: [
        {
          reference: {
            source: 'products',
            by: { 'Product Code': ['id'], 'Product Name': ['name'] },
            whenMissing: 'reject',
          },
        },
      ],
      whenEmpty: 'reject',
      why: 'R-29(c): the product, made before; a line of a product that is not there is listed',
    },
    {
      to: 'dealProduct.quantity',
      from: 'Quantity',
      via: ['number'],
      whenEmpty: { use: '1' },
      why: 'R-29(c): how many',
    },
    {
      to: 'dealProduct.item_price',
      from: 'Unit Price',
      via: ['number'],
      whenEmpty: { use: '0' },
      why: 'R-29(c): the price of one, in the currency of the deal',
    },
    {
      to: 'dealProduct.discount',
      from: 'Discount %',
      via: ['percent'],
      why: 'R-29(c): the discount of the line',
    },
    {
      to: 'dealProduct.discount_type',
      value: 'percentage',
      onlyIf: { source: 'Discount %', filled: true },
      why: 'R-29(c): discounts are percentages',
    },
    {
      to: 'dealProduct.tax',
      from: 'Tax %',
      via: ['percent'],
      why: 'R-29(c): the tax',
    },
    { to: 'dealProduct.comments', from: 'Description', via: ['lines'], why: 'R-29(c): the text of the line' },
  ],
};

const invoice: TemplateEntity = {
  from: 'invoices',
  to: 'note',
  gather: [{ from: 'invoice-lines', by: 'Invoice ID', as: 'Lines' }],
  why: 'R-06: Pipedrive has no invoices: each is a note on its deal, with its lines; numbers and sums stand on the deal too',
  rows: [
    { to: 'note.block.Invoice', from: 'Invoice No', via: ['trim'], why: 'the number' },
    { to: 'note.block.Date', from: 'Invoice Date', via: ['date'], why: 'the day' },
    { to: 'note.block.Due', from: 'Due Date', via: ['date'], why: 'when it is due' },
    { to: 'note.block.Total', from: ['Total', 'Currency'], via: [{ join: { with: ' ' } }], why: 'the sum' },
    {
      to: 'note.block.Balance',
      from: ['Balance', 'Currency'],
      via: [{ join: { with: ' ' } }],
      why: 'what is open',
    },
    { to: 'note.block.Status', from: 'Status', via: ['collapse'], why: 'paid or open' },
    { to: 'note.block.Terms', from: 'Terms', via: ['collapse'], why: 'the terms of payment' },
    {
      to: 'note.block.Lines',
      from: ['Lines.Quantity', 'Lines.Item', 'Lines.Line Text', 'Lines.Line Amount'],
      via: ['rows'],
      why: 'each line: quantity, item, text, amount',
    },
    {
      to: 'note.block.Entered',
      from: 'Created',
      via: ['dateTime'],
      why: 'when it was written into the suite',
    },
    { to: 'note.content', from: 'Memo', via: ['html'], why: 'the memo of the invoice' },
    { to: 'note.add_time', from: 'Invoice Date', via: ['dateTime'], why: 'R-24(c): the day of the invoice' },
    { to: 'note.user_id', ...ownedBy },
    {
      to: 'note.deal_id',
      from: 'Deal ID',
      via: [{ reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'the project the invoice is for',
    },
    {
      to: 'note.org_id',
      from: ['Company ID', 'Company Name'],
      via: companyIfThere,
      why: 'the customer',
    },
  ],
};

/** Opportunities and projects with their lines and invoices. */
export const resultsDeals: readonly TemplateEntity[] = [deal, description, line, invoice];
