import type { KnownField, KnownModule } from '../shared/module-rest/rest-catalog.ts';

/** The record something belongs to, of whatever module. */
const related: KnownField = {
  key: 'dataNumber',
  standard: 'Related Number',
  type: 'reference',
  reading: { as: 'parent', module: 'moduleId', type: 'Related Type' },
};
const relatedModule: KnownField = { key: 'moduleId', standard: 'Related Module ID', type: 'text' };
const currency: KnownField = { key: 'currency', standard: 'Currency', type: 'currency' };
const pipeline: KnownField = {
  key: 'pipelineId',
  standard: 'Pipeline',
  type: 'choice',
  reading: { as: 'pipeline' },
};
const stage: KnownField = { key: 'categoryId', standard: 'Stage', type: 'choice', reading: { as: 'stage' } };
const company: KnownField = {
  key: 'companyId',
  standard: 'Company ID',
  type: 'reference',
  references: 'company',
};

const line: readonly KnownField[] = [
  { key: 'productId', standard: 'Product ID', type: 'reference', references: 'product' },
  { key: 'quantity', standard: 'Quantity', type: 'number' },
  { key: 'price', standard: 'Unit Price', type: 'money' },
  { key: 'discount', standard: 'Discount', type: 'percent' },
  { key: 'tax', standard: 'Tax Percent', type: 'percent' },
];

/** Products, offers, sales and invoices. */
export const sales: readonly KnownModule[] = [
  {
    key: 'product',
    names: ['Ürünler', 'Products', 'Product'],
    label: 'Products',
    numberField: 'productNumber',
    table: 'Product',
    children: [{ table: 'ProductDetail', by: 'productNumber', gives: 'columns' }],
    nameOf: ['name'],
    keys: [{ kind: 'name', from: ['name'] }],
    fields: [
      { key: 'productNumber', standard: 'Product Number', type: 'text' },
      { key: 'name', standard: 'Product Name', type: 'name' },
      { key: 'stockCode', standard: 'Stock Code', type: 'text' },
      { key: 'price', standard: 'Price', type: 'money' },
      currency,
      { key: 'tax', standard: 'Tax Percent', type: 'percent' },
      { key: 'unit', standard: 'Unit', type: 'text' },
      { key: 'stock', standard: 'Stock', type: 'number' },
      { key: 'description', standard: 'Description', type: 'html' },
    ],
  },
  {
    key: 'proposal',
    names: ['Teklifler', 'Proposals', 'Proposal'],
    label: 'Proposals',
    numberField: 'proposalNumber',
    table: 'Proposal',
    nameOf: ['name'],
    keys: [],
    fields: [
      { key: 'proposalNumber', standard: 'Proposal Number', type: 'text' },
      { key: 'name', standard: 'Deal Name', type: 'name' },
      relatedModule,
      related,
      company,
      pipeline,
      stage,
      { key: 'price', standard: 'Amount', type: 'money' },
      currency,
      { key: 'tax', standard: 'Tax', type: 'money' },
      { key: 'totalPrice', standard: 'Total Price', type: 'money' },
      { key: 'effectiveDate', standard: 'Valid Until', type: 'date' },
      { key: 'expectedCloseDate', standard: 'Expected Close Date', type: 'date' },
      { key: 'closedAt', standard: 'Closed At', type: 'dateTime' },
      { key: 'lostReason', standard: 'Lost Reason', type: 'text' },
      { key: 'description', standard: 'Description', type: 'html' },
      { key: 'tags', standard: 'Tags', type: 'tags' },
    ],
  },
  {
    key: 'proposalProduct',
    names: ['Teklif Kalemleri', 'Proposal lines'],
    label: 'Proposal lines',
    numberField: 'proposalProductNumber',
    table: 'ProposalProduct',
    keys: [],
    fields: [
      { key: 'proposalProductNumber', standard: 'Line Number', type: 'text' },
      { key: 'proposalId', standard: 'Proposal ID', type: 'reference', references: 'proposal' },
      ...line,
    ],
  },
  {
    key: 'sales',
    names: ['Satışlar', 'Sales'],
    label: 'Sales',
    numberField: 'salesNumber',
    table: 'Sales',
    nameOf: ['name'],
    keys: [],
    notes: [
      {
        code: 'deals-two-ways',
        severity: 'medium',
        message:
          'The source has no deals: proposals and sales are both proposed as deals, each in pipelines of their own.',
        hint: 'When each sale was a proposal before, deals would count twice: the question pair:deals-are asks which become deals; the others become notes. Its usual answer is the policy dealsAre.',
      },
    ],
    fields: [
      { key: 'salesNumber', standard: 'Sale Number', type: 'text' },
      { key: 'name', standard: 'Deal Name', type: 'name' },
      { key: 'contactId', standard: 'Contact ID', type: 'reference', references: 'contact' },
      company,
      { key: 'proposalId', standard: 'Proposal ID', type: 'reference', references: 'proposal' },
      pipeline,
      stage,
      { key: 'price', standard: 'Amount', type: 'money' },
      currency,
      { key: 'salesDate', standard: 'Sale Date', type: 'date' },
      { key: 'isPay', standard: 'Paid', type: 'boolean' },
      { key: 'isShipment', standard: 'Shipped', type: 'boolean' },
      { key: 'paymentTypeId', standard: 'Payment Type', type: 'choice' },
    ],
  },
  {
    key: 'salesProduct',
    names: ['Satış Kalemleri', 'Sale lines'],
    label: 'Sale lines',
    numberField: 'salesProductNumber',
    table: 'SalesProduct',
    keys: [],
    fields: [
      { key: 'salesProductNumber', standard: 'Line Number', type: 'text' },
      { key: 'salesId', standard: 'Sale ID', type: 'reference', references: 'sales' },
      ...line,
    ],
  },
  {
    key: 'invoice',
    names: ['Faturalar', 'Invoices', 'Invoice'],
    label: 'Invoices',
    numberField: 'invoiceNumber',
    table: 'Invoice',
    children: [{ table: 'InvoiceLine', by: 'invoiceNumber', gives: 'rows', into: 'lines' }],
    keys: [],
    notes: [
      {
        code: 'invoices-add-on',
        severity: 'medium',
        message:
          'Invoices need the add-on for invoices (Premium plan or above), and its API cannot make them: they become fields of their deal and a note with lines, totals and payment status.',
        hint: 'Activate the add-on when invoices are to be written in the destination from now on; the old ones stay as fields and notes.',
      },
    ],
    fields: [
      { key: 'invoiceNumber', standard: 'Invoice Record Number', type: 'text' },
      { key: 'serialNumber', standard: 'Invoice Number', type: 'text' },
      { key: 'proposalId', standard: 'Proposal ID', type: 'reference', references: 'proposal' },
      company,
      { key: 'invoiceDate', standard: 'Invoice Date', type: 'date' },
      { key: 'dueDate', standard: 'Due Date', type: 'date' },
      { key: 'subTotal', standard: 'Subtotal', type: 'money' },
      { key: 'tax', standard: 'Tax', type: 'money' },
      { key: 'total', standard: 'Total', type: 'money' },
      currency,
      { key: 'paymentStatusId', standard: 'Payment Status', type: 'choice' },
      {
        key: 'lines',
        standard: 'Lines',
        type: 'longText',
        reading: { as: 'lines', cells: ['productId', 'quantity', 'price', 'discount', 'tax'] },
      },
    ],
  },
];
