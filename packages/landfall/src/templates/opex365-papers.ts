import type { TemplateEntity, TemplateRow } from './template.ts';

const quoteRows: readonly TemplateRow[] = [
  {
    to: 'note.deal_id',
    via: [{ reference: { source: 'opportunity', by: { Opportunity: ['id'] }, whenMissing: 'leave' } }],
    why: 'O-05: on the deal of its opportunity',
  },
  {
    to: 'note.org_id',
    via: [{ reference: { source: 'account', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Customer Type', in: ['account'] },
    why: 'O-05: on the account it was made for',
  },
  {
    to: 'note.person_id',
    via: [{ reference: { source: 'contact', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Customer Type', in: ['contact'] },
    why: 'O-05: on the contact it was made for',
  },
  { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'O-29: whose it is' },
  { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'when it was made' },
  { to: 'note.block.Quote', from: 'Name', via: ['collapse'], why: 'O-05: its name' },
  { to: 'note.block.Number', from: 'Quote Number', via: ['trim'], why: 'O-05: its number' },
  {
    to: 'note.block.Status',
    from: ['Status', 'Status Reason'],
    via: [{ join: { with: ': ' } }],
    why: 'O-05: its status',
  },
  {
    to: 'note.block.Total',
    from: ['Total Amount', 'Currency'],
    via: [{ join: { with: ' ' } }],
    why: 'O-05: what it came to, in its currency',
  },
  { to: 'note.block.Tax', from: 'Total Tax', via: ['trim'], why: 'O-05: the tax in it' },
  { to: 'note.block.Discount', from: 'Total Discount', via: ['trim'], why: 'O-05: the discount in it' },
  { to: 'note.block.Price list', from: 'Price List Name', via: ['collapse'], why: 'O-05: its price list' },
  {
    to: 'note.block.Exchange rate',
    from: 'Exchange Rate',
    via: ['trim'],
    onlyIf: { source: 'Exchange Rate', notIn: ['', '1', '1.0', '1.0000000000', '1.000000000000'] },
    why: 'O-20(d): the rate that was stored with it',
  },
  { to: 'note.content', from: 'Description', via: ['html'], why: 'O-05: what was written about it' },
];

const orderRows: readonly TemplateRow[] = [
  {
    to: 'note.deal_id',
    via: [{ reference: { source: 'opportunity', by: { Opportunity: ['id'] }, whenMissing: 'leave' } }],
    why: 'O-05: on the deal of its opportunity',
  },
  {
    to: 'note.org_id',
    via: [{ reference: { source: 'account', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Customer Type', in: ['account'] },
    why: 'O-05: on the account it was made for',
  },
  {
    to: 'note.person_id',
    via: [{ reference: { source: 'contact', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Customer Type', in: ['contact'] },
    why: 'O-05: on the contact it was made for',
  },
  { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'O-29: whose it is' },
  { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'when it was made' },
  { to: 'note.block.Order', from: 'Name', via: ['collapse'], why: 'O-05: its name' },
  { to: 'note.block.Number', from: 'Order Number', via: ['trim'], why: 'O-05: its number' },
  {
    to: 'note.block.Status',
    from: ['Status', 'Status Reason'],
    via: [{ join: { with: ': ' } }],
    why: 'O-05: its status',
  },
  {
    to: 'note.block.Total',
    from: ['Total Amount', 'Currency'],
    via: [{ join: { with: ' ' } }],
    why: 'O-05: what it came to, in its currency',
  },
  { to: 'note.block.Tax', from: 'Total Tax', via: ['trim'], why: 'O-05: the tax in it' },
  { to: 'note.block.Discount', from: 'Total Discount', via: ['trim'], why: 'O-05: the discount in it' },
  { to: 'note.block.Price list', from: 'Price List Name', via: ['collapse'], why: 'O-05: its price list' },
  {
    to: 'note.block.Exchange rate',
    from: 'Exchange Rate',
    via: ['trim'],
    onlyIf: { source: 'Exchange Rate', notIn: ['', '1', '1.0', '1.0000000000', '1.000000000000'] },
    why: 'O-20(d): the rate that was stored with it',
  },
  { to: 'note.content', from: 'Description', via: ['html'], why: 'O-05: what was written about it' },
];

const invoiceRows: readonly TemplateRow[] = [
  {
    to: 'note.deal_id',
    via: [{ reference: { source: 'opportunity', by: { Opportunity: ['id'] }, whenMissing: 'leave' } }],
    why: 'O-05: on the deal of its opportunity',
  },
  {
    to: 'note.org_id',
    via: [{ reference: { source: 'account', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Customer Type', in: ['account'] },
    why: 'O-05: on the account it was made for',
  },
  {
    to: 'note.person_id',
    via: [{ reference: { source: 'contact', by: { Customer: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Customer Type', in: ['contact'] },
    why: 'O-05: on the contact it was made for',
  },
  { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'O-29: whose it is' },
  { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'when it was made' },
  { to: 'note.block.Invoice', from: 'Name', via: ['collapse'], why: 'O-05: its name' },
  { to: 'note.block.Number', from: 'Invoice Number', via: ['trim'], why: 'O-05: its number' },
  {
    to: 'note.block.Status',
    from: ['Status', 'Status Reason'],
    via: [{ join: { with: ': ' } }],
    why: 'O-05: its status',
  },
  {
    to: 'note.block.Total',
    from: ['Total Amount', 'Currency'],
    via: [{ join: { with: ' ' } }],
    why: 'O-05: what it came to, in its currency',
  },
  { to: 'note.block.Tax', from: 'Total Tax', via: ['trim'], why: 'O-05: the tax in it' },
  { to: 'note.block.Discount', from: 'Total Discount', via: ['trim'], why: 'O-05: the discount in it' },
  { to: 'note.block.Price list', from: 'Price List Name', via: ['collapse'], why: 'O-05: its price list' },
  {
    to: 'note.block.Exchange rate',
    from: 'Exchange Rate',
    via: ['trim'],
    onlyIf: { source: 'Exchange Rate', notIn: ['', '1', '1.0', '1.0000000000', '1.000000000000'] },
    why: 'O-20(d): the rate that was stored with it',
  },
  { to: 'note.content', from: 'Description', via: ['html'], why: 'O-05: what was written about it' },
];

/** Quotes, orders and invoices, as structured notes. */
export const papers: readonly TemplateEntity[] = [
  {
    from: 'quote',
    to: 'note',
    why: 'O-05: Pipedrive has no quotes: a note on the deal',
    rows: quoteRows,
  },
  {
    from: 'salesorder',
    to: 'note',
    why: 'O-05: Pipedrive has no orders: a note on the deal',
    rows: orderRows,
  },
  {
    from: 'invoice',
    to: 'note',
    why: 'O-05: Pipedrive has no invoices: a note on the deal',
    rows: invoiceRows,
  },
];
