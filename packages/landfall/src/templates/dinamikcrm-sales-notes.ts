import type { TemplateEntity, TemplateRow } from './template.ts';

// Where only sales, or only proposals, are to be deals (policy dealsAre), the others are kept as notes of their company.

const rows: readonly TemplateRow[] = [
  {
    to: 'note.org_id',
    from: 'Company ID',
    via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'leave' } }],
    why: 'D-23: on the company it was made for',
  },
  { to: 'note.block.Name', from: 'Deal Name', via: ['collapse'], why: 'D-23: what it is called' },
  { to: 'note.block.Pipeline', from: 'Pipeline', via: ['collapse'], why: 'D-23: where it stood' },
  { to: 'note.block.Stage', from: 'Stage', via: ['collapse'], why: 'D-23: where it stood' },
  {
    to: 'note.block.Amount',
    from: ['Amount', 'Currency'],
    via: [{ join: { with: ' ' } }],
    why: 'D-23(a): its value',
  },
  {
    to: 'note.block.Lines',
    from: ['Line.Product ID', 'Line.Quantity', 'Line.Unit Price'],
    via: [{ rows: { with: ' | ', labels: ['Product', 'Quantity', 'Price'] } }],
    why: 'D-23: its products, line by line',
  },
  { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'D-29(b): whose it is' },
  {
    to: 'note.add_time',
    from: 'Created At',
    via: [{ dateTime: { whenTwice: 'earlier' } }],
    why: 'when it was made',
  },
];

/** A proposal as a note. */
export const proposalNote: TemplateEntity = {
  from: 'proposal',
  to: 'note',
  policy: { name: 'dealsAre', is: 'sales' },
  gather: [{ from: 'proposalProduct', by: 'Proposal ID', as: 'Line' }],
  why: 'D-23: sales are the deals here; a proposal is a note of whom it was made to',
  rows: [
    { to: 'note.content', from: 'Description', via: ['html'], why: 'D-23: the text of the offer' },
    { to: 'note.block.Proposal', from: 'Proposal Number', via: ['trim'], why: 'D-23: its number' },
    {
      to: 'note.org_id',
      from: 'Related Number',
      via: [{ reference: { source: 'company', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['company'] },
      why: 'D-23: on the company it was made to',
    },
    {
      to: 'note.person_id',
      from: 'Related Number',
      via: [{ reference: { source: 'contact', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['contact'] },
      why: 'D-23: on the contact it was made to',
    },
    {
      to: 'note.person_id',
      from: 'Related Number',
      via: [{ reference: { source: 'customer', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['customer'] },
      why: 'D-23: on the customer it was made to',
    },
    {
      to: 'note.person_id',
      from: 'Related Number',
      via: [{ reference: { source: 'lead', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Related Type', in: ['lead'] },
      why: 'D-23: on the person made of the lead it was made to',
    },
    ...rows,
  ],
};

/** A sale as a note. */
export const saleNote: TemplateEntity = {
  from: 'sales',
  to: 'note',
  policy: { name: 'dealsAre', is: 'proposals' },
  gather: [{ from: 'salesProduct', by: 'Sale ID', as: 'Line' }],
  why: 'D-23: proposals are the deals here; a sale is a note of its proposal, company and contact',
  rows: [
    { to: 'note.block.Sale', from: 'Sale Number', via: ['trim'], why: 'D-23: its number' },
    { to: 'note.block.Date', from: 'Sale Date', via: ['date'], why: 'D-23: when it was sold' },
    { to: 'note.block.Paid', from: 'Paid', via: ['yesNo'], why: 'D-23: whether it was paid' },
    {
      to: 'note.deal_id',
      from: 'Proposal ID',
      via: [{ reference: { source: 'proposal', by: { 'Proposal ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-23: on the deal of the proposal it came from',
    },
    {
      to: 'note.person_id',
      from: 'Contact ID',
      via: [{ reference: { source: 'contact', by: { 'Contact ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-23: on its contact',
    },
    ...rows,
  ],
};
