import { proposalNote, saleNote } from './dinamikcrm-sales-notes.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const won = { target: 'deal.status', in: ['won'] } as const;
const lost = { target: 'deal.status', in: ['lost'] } as const;
const proposalsAreDeals = { name: 'dealsAre', is: ['both', 'proposals'] } as const;
const salesAreDeals = { name: 'dealsAre', is: ['both', 'sales'] } as const;
const local = { dateTime: { whenTwice: 'earlier' } } as const;

/** What both kinds of deals have. */
const dealRows: readonly TemplateRow[] = [
  {
    to: 'deal.title',
    from: 'Deal Name',
    via: ['collapse'],
    whenEmpty: { use: 'Deal' },
    why: 'D-23: its title',
  },
  {
    to: 'deal.value',
    from: ['Amount', 'Currency'],
    via: ['money'],
    onlyIf: { source: 'Line.Quantity', filled: false },
    why: 'D-23(a): the value with its own currency; where there are products, Pipedrive adds them up',
  },
  {
    to: 'deal.currency',
    from: 'Currency',
    via: ['currency'],
    onlyIf: { source: 'Line.Quantity', filled: true },
    why: 'D-23(a): the currency that the products are added up in',
  },
  {
    to: 'deal.custom.Amount',
    from: ['Amount', 'Currency'],
    via: ['money'],
    why: 'D-23(a): the value as the source has it, whatever its products come to',
  },
  {
    to: 'deal.stage_id',
    from: ['Pipeline', 'Stage'],
    via: ['stage'],
    why: 'D-23(a), D-23(b), D-28(a), D-28(b): the stage in its own pipeline, both made beforehand',
  },
  {
    to: 'deal.status',
    from: ['Stage Outcome', 'Stage', 'Pipeline'],
    via: ['dealStatus'],
    why: 'D-23(a): open, won or lost, as the stage says',
  },
  {
    to: 'deal.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'D-23(a), D-29(b): the owner by e-mail; nobody is guessed (D-29(c))',
  },
  {
    to: 'deal.custom.Original created',
    from: 'Created At',
    via: ['date'],
    why: 'the creation date of a deal cannot be set: a field keeps it',
  },
];

const companyOfDeal: readonly TemplateRow[] = [
  {
    to: 'deal.org_id',
    from: 'Company ID',
    via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'review' } }],
    onlyIf: { source: 'Company ID', filled: true },
    why: 'D-23(c): the company; one that is not there is asked about',
  },
];

const proposal: TemplateEntity = {
  from: 'proposal',
  to: 'deal',
  gather: [
    { from: 'proposalProduct', by: 'Proposal ID', as: 'Line' },
    { from: 'invoice', by: 'Proposal ID', as: 'Invoice' },
  ],
  policy: proposalsAreDeals,
  why: 'D-23: the source has no deals; a proposal is what it calls one',
  rows: [
    ...dealRows,
    ...companyOfDeal,
    {
      to: 'deal.org_id',
      from: 'Related Number',
      via: [{ reference: { source: 'company', by: { 'Related Number': ['id'] }, whenMissing: 'review' } }],
      onlyIf: { source: 'Related Type', in: ['company'] },
      why: 'D-23(c): a proposal that was made to a company',
    },
    {
      to: 'deal.org_id',
      from: 'Company ID',
      via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'review' } }],
      onlyIf: { source: 'Related Number', filled: false },
      whenEmpty: 'review',
      why: 'D-23(c): without contact and company it is flagged for assignment by hand, before the import',
    },
    {
      to: 'deal.person_id',
      from: 'Related Number',
      via: [{ reference: { source: 'contact', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['contact'] },
      why: 'D-23(c): the contact the proposal was made to',
    },
    {
      to: 'deal.person_id',
      from: 'Related Number',
      via: [{ reference: { source: 'customer', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['customer'] },
      why: 'D-23(c): the customer the proposal was made to',
    },
    {
      to: 'deal.person_id',
      from: 'Related Number',
      via: [{ reference: { source: 'lead', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['lead'] },
      why: 'D-23(c): the person made of the lead the proposal was made to',
    },
    {
      to: 'deal.expected_close_date',
      from: ['Expected Close Date'],
      via: ['date'],
      why: 'D-23(a): the expected close date',
    },
    { to: 'deal.won_time', from: 'Closed At', via: [local], onlyIf: won, why: 'D-23(a): when it was won' },
    { to: 'deal.lost_time', from: 'Closed At', via: [local], onlyIf: lost, why: 'D-23(a): when it was lost' },
    {
      to: 'deal.lost_reason',
      from: 'Lost Reason',
      via: ['collapse'],
      onlyIf: lost,
      why: 'D-23(a): Pipedrive takes a reason with lost deals only',
    },
    { to: 'deal.label_ids', from: 'Tags', via: ['tags'], why: 'D-31(a): tags become labels, each once' },
    {
      to: 'deal.custom.Valid until',
      from: 'Valid Until',
      via: ['date'],
      why: 'D-23: how long the offer holds',
    },
    { to: 'deal.custom.Tax', from: ['Tax', 'Currency'], via: ['money'], why: 'D-23: the tax of the offer' },
    {
      to: 'deal.custom.Total with tax',
      from: ['Total Price', 'Currency'],
      via: ['money'],
      why: 'D-23: what the offer comes to',
    },
    {
      to: 'deal.custom.Source Number',
      from: 'Proposal Number',
      via: ['trim'],
      why: 'the number the proposal goes by in the source',
    },
    {
      to: 'deal.custom.Invoice numbers',
      from: 'Invoice.Invoice Number',
      via: ['distinct', { join: { with: '; ' } }],
      why: 'D-26(b): without the add-on, invoices become fields of their deal',
    },
    {
      to: 'deal.custom.Invoice totals',
      from: ['Invoice.Total', 'Invoice.Currency'],
      via: [{ rows: { with: ' ', end: '; ' } }],
      why: 'D-26(b), D-26(c): the totals, each in its currency',
    },
    {
      to: 'deal.custom.Invoice payment status',
      from: 'Invoice.Payment Status',
      via: ['distinct', { join: { with: '; ' } }],
      why: 'D-26(b), D-26(c): whether they were paid',
    },
  ],
};

const proposalText: TemplateEntity = {
  from: 'proposal',
  to: 'note',
  part: 'text',
  when: { source: 'Description', filled: true },
  policy: proposalsAreDeals,
  why: 'D-23: the text of an offer stands in a note of its deal',
  rows: [
    { to: 'note.content', from: 'Description', via: ['html'], why: 'D-23: the text, as safe HTML' },
    {
      to: 'note.deal_id',
      from: 'Proposal Number',
      via: [{ reference: { source: 'proposal', by: { 'Proposal Number': ['id'] }, whenMissing: 'reject' } }],
      why: 'D-23: on the deal of the same proposal',
    },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'D-29(b): whose it is' },
    { to: 'note.add_time', from: 'Created At', via: [local], why: 'when it was written' },
  ],
};

const sale: TemplateEntity = {
  from: 'sales',
  to: 'deal',
  gather: [{ from: 'salesProduct', by: 'Sale ID', as: 'Line' }],
  policy: salesAreDeals,
  why: 'D-23: a sale is a deal too, in pipelines of its own; somebody decides whether both are wanted',
  rows: [
    ...dealRows,
    ...companyOfDeal,
    {
      to: 'deal.org_id',
      from: 'Company ID',
      via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'review' } }],
      onlyIf: { source: 'Contact ID', filled: false },
      whenEmpty: 'review',
      why: 'D-23(c): without contact and company it is flagged for assignment by hand',
    },
    {
      to: 'deal.person_id',
      from: 'Contact ID',
      via: [{ reference: { source: 'contact', by: { 'Contact ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-23(c): its contact',
    },
    { to: 'deal.won_time', from: 'Sale Date', via: [local], onlyIf: won, why: 'D-23(a): when it was sold' },
    {
      to: 'deal.expected_close_date',
      from: 'Sale Date',
      via: ['date'],
      onlyIf: { target: 'deal.status', in: ['open'] },
      why: 'D-23(a): the date of a sale that is not completed is expected',
    },
    {
      to: 'deal.lost_time',
      from: 'Sale Date',
      via: [local],
      onlyIf: lost,
      why: 'D-23(a): the date of a sale that was cancelled',
    },
    { to: 'deal.custom.Paid', from: 'Paid', via: ['yesNo'], why: 'D-23: whether it was paid' },
    { to: 'deal.custom.Shipped', from: 'Shipped', via: ['yesNo'], why: 'D-23: whether it was shipped' },
    { to: 'deal.custom.Payment Type', from: 'Payment Type', via: ['choice'], why: 'D-23: how it is paid' },
    {
      to: 'deal.custom.Source Number',
      from: 'Sale Number',
      via: ['trim'],
      why: 'the number the sale goes by in the source',
    },
    {
      to: 'deal.custom.Proposal of the sale',
      from: 'Proposal ID',
      via: ['trim'],
      why: 'D-23: the proposal it came from, by its id in the source',
    },
  ],
};

const product: TemplateEntity = {
  from: 'product',
  to: 'product',
  why: 'products are made before the lines that name them',
  rows: [
    { to: 'product.name', from: 'Product Name', via: ['collapse'], whenEmpty: 'reject', why: 'its name' },
    {
      to: 'product.code',
      from: ['Stock Code', 'Product Number'],
      via: ['firstFilled', 'trim'],
      why: 'its code',
    },
    { to: 'product.unit', from: 'Unit', via: ['collapse'], why: 'what it is sold by' },
    { to: 'product.tax', from: 'Tax Percent', via: ['number'], why: 'its VAT' },
    { to: 'product.prices', from: ['Price', 'Currency'], via: ['money'], why: 'its price in its currency' },
    {
      to: 'product.description',
      from: 'Description',
      via: [{ html: { mode: 'text' } }],
      why: 'descriptions of products are plain text',
    },
    { to: 'product.custom.Stock', from: 'Stock', via: ['number'], why: 'how many there were on the day' },
    { to: 'product.owner_id', from: 'Owner', via: ['owner'], why: 'D-29(b): the owner by e-mail' },
  ],
};

const lineRows: readonly TemplateRow[] = [
  {
    to: 'dealProduct.product_id',
    from: 'Product ID',
    via: [{ reference: { source: 'product', by: { 'Product ID': ['id'] }, whenMissing: 'reject' } }],
    why: 'the product of the line',
  },
  {
    to: 'dealProduct.quantity',
    from: 'Quantity',
    via: ['number'],
    whenEmpty: { use: '1' },
    why: 'fractions too',
  },
  {
    to: 'dealProduct.item_price',
    from: 'Unit Price',
    via: ['number'],
    whenEmpty: { use: '0' },
    why: 'the price of one, in the currency of the deal',
  },
  { to: 'dealProduct.discount', from: 'Discount', via: ['number'], why: 'the discount in percent' },
  {
    to: 'dealProduct.discount_type',
    value: 'percentage',
    onlyIf: { target: 'dealProduct.discount', filled: true },
    why: 'discounts of this source are percent',
  },
  {
    to: 'dealProduct.comments',
    from: 'Tax Percent',
    via: [{ labelled: { labels: ['KDV %'] } }],
    why: 'prices are without VAT; as a tax of the line it would count in the value of the deal',
  },
];

const proposalLine: TemplateEntity = {
  from: 'proposalProduct',
  to: 'dealProduct',
  policy: proposalsAreDeals,
  why: 'D-23: lines become products of their deal',
  rows: [
    {
      to: 'dealProduct.deal_id',
      from: 'Proposal ID',
      via: [{ reference: { source: 'proposal', by: { 'Proposal ID': ['id'] }, whenMissing: 'reject' } }],
      why: 'the deal of the line',
    },
    ...lineRows,
  ],
};

const saleLine: TemplateEntity = {
  from: 'salesProduct',
  to: 'dealProduct',
  policy: salesAreDeals,
  why: 'D-23: lines become products of their deal',
  rows: [
    {
      to: 'dealProduct.deal_id',
      from: 'Sale ID',
      via: [{ reference: { source: 'sales', by: { 'Sale ID': ['id'] }, whenMissing: 'reject' } }],
      why: 'the deal of the line',
    },
    ...lineRows,
  ],
};

const invoice: TemplateEntity = {
  from: 'invoice',
  to: 'note',
  why: 'D-26(b), D-26(c): an invoice becomes a structured note beside the fields of its deal',
  rows: [
    {
      to: 'note.deal_id',
      from: 'Proposal ID',
      policy: proposalsAreDeals,
      via: [{ reference: { source: 'proposal', by: { 'Proposal ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-26(b): on the deal of its proposal',
    },
    {
      to: 'note.org_id',
      from: 'Company ID',
      via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-26(b): on the company it was made out to',
    },
    { to: 'note.block.Invoice', from: 'Invoice Number', via: ['trim'], why: 'D-26(c): its number' },
    { to: 'note.block.Date', from: 'Invoice Date', via: ['date'], why: 'D-26(c): its date' },
    { to: 'note.block.Due', from: 'Due Date', via: ['date'], why: 'D-26(c): when it is due' },
    {
      to: 'note.block.Subtotal',
      from: ['Subtotal', 'Currency'],
      via: [{ join: { with: ' ' } }],
      why: 'D-26(c): totals',
    },
    {
      to: 'note.block.Tax',
      from: ['Tax', 'Currency'],
      via: [{ join: { with: ' ' } }],
      why: 'D-26(c): totals',
    },
    {
      to: 'note.block.Total',
      from: ['Total', 'Currency'],
      via: [{ join: { with: ' ' } }],
      why: 'D-26(c): totals',
    },
    {
      to: 'note.block.Payment status',
      from: 'Payment Status',
      via: ['collapse'],
      why: 'D-26(c): the payment status',
    },
    {
      to: 'note.block.Lines',
      from: 'Lines',
      via: [{ join: { with: ' | ' } }],
      why: 'D-26(c): product, quantity, price, discount and VAT of each line',
    },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'D-29(b): whose it is' },
    { to: 'note.add_time', from: 'Created At', via: [local], why: 'when it was made' },
  ],
};

/** Products, deals, their lines and invoices. */
export const sales: readonly TemplateEntity[] = [
  product,
  proposal,
  proposalText,
  proposalNote,
  sale,
  saleNote,
  proposalLine,
  saleLine,
  invoice,
];
