import type { TemplateEntity } from './template.ts';

const product: TemplateEntity = {
  from: 'product',
  to: 'product',
  gather: [
    { from: 'productpricelevel', by: 'Product', as: 'Price' },
    { from: 'productassociation', by: 'Bundle', as: 'Component' },
  ],
  why: 'O-25: products become products; O-25(b): bundles and price lists are flattened into entries of their own',
  rows: [
    {
      to: 'product.name',
      from: ['Name', 'Product Number'],
      via: ['firstFilled', 'collapse', { truncate: { max: 255 } }],
      whenEmpty: 'reject',
      why: 'O-25(a): the name',
    },
    { to: 'product.code', from: 'Product Number', via: ['trim'], why: 'O-25(a): the code' },
    { to: 'product.description', from: 'Description', via: ['lines'], why: 'O-25(a): the description' },
    {
      to: 'product.unit',
      from: 'Default Unit Name',
      via: ['collapse'],
      why: 'O-25(a): the unit it is sold in',
    },
    {
      to: 'product.category',
      from: 'Parent Product Name',
      via: ['choice'],
      why: 'O-25(b): the family a product belongs to',
    },
    {
      to: 'product.prices',
      from: ['List Price', 'Currency', 'Price.Amount', 'Price.Currency'],
      via: [{ prices: { decimal: '.' } }],
      onlyIf: { source: 'List Price', filled: true },
      why: 'O-25(a), O-25(b): the list price, and the first price of the price lists in each further currency',
    },
    {
      to: 'product.prices',
      from: ['Price.Amount', 'Price.Currency'],
      via: [{ prices: { decimal: '.' } }],
      why: 'O-25(b): without a list price, the first price of the price lists in each currency',
    },
    {
      to: 'product.prices',
      from: ['List Price', 'Currency'],
      via: [{ money: { decimal: '.' } }],
      onlyIf: { source: 'List Price', filled: true },
      why: 'O-25(a): the list price in its currency',
    },
    {
      to: 'product.custom.Pricing notes',
      from: [
        'Price.Price List Name',
        'Price.Amount',
        'Price.Currency',
        'Price.Unit Name',
        'Price.Pricing Method',
        'Price.Percentage',
      ],
      via: [{ rows: { labels: ['', 'price', '', 'unit', 'method', 'percent'] } }],
      why: 'O-25(b): every price of every list, a line for each',
    },
    {
      to: 'product.custom.Bundle contents',
      from: ['Component.Quantity', 'Component.Member Name', 'Component.Required'],
      via: [{ rows: { with: ' × ' } }],
      why: 'O-25(b): what a bundle holds, a line for each; its members are products themselves',
    },
    {
      to: 'product.custom.Product kind',
      from: 'Product Structure',
      via: ['choice'],
      why: 'O-25(b): product or bundle',
    },
    {
      to: 'product.custom.Product Status',
      from: 'Status',
      via: ['choice'],
      why: 'O-25(a): retired products and drafts are moved and stay recognisable',
    },
    {
      to: 'product.custom.Current Cost',
      from: ['Current Cost', 'Currency'],
      via: [{ money: { decimal: '.' } }],
      why: 'O-25(a): the current cost',
    },
    {
      to: 'product.custom.Standard Cost',
      from: ['Standard Cost', 'Currency'],
      via: [{ money: { decimal: '.' } }],
      why: 'O-25(a): the standard cost',
    },
    {
      to: 'product.custom.Valid from',
      from: 'Valid From',
      via: ['date'],
      why: 'O-25(a): since when it is sold',
    },
    { to: 'product.custom.Valid to', from: 'Valid To', via: ['date'], why: 'O-25(a): until when it is sold' },
  ],
};

/** Products, before what names them. */
export const products: readonly TemplateEntity[] = [product];
