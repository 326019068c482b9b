import type { TemplateEntity, TemplateRow } from './template.ts';

const decimalPoint = { money: { decimal: '.' } } as const;

const lineDeal = [
  { reference: { source: 'opportunity', by: { Opportunity: ['id'] }, whenMissing: 'reject' } },
] as const;

const sharedRows: readonly TemplateRow[] = [
  { to: 'dealProduct.deal_id', via: lineDeal, why: 'O-27(a): the opportunity of the line' },
  {
    to: 'dealProduct.quantity',
    from: 'Quantity',
    via: [{ number: { decimal: '.' } }],
    whenEmpty: { use: '1' },
    why: 'O-27(a): the quantity, fractions too',
  },
  {
    to: 'dealProduct.item_price',
    from: 'Price Per Unit',
    via: [{ number: { decimal: '.' } }],
    whenEmpty: { use: '0' },
    why: 'O-27(a): the price of one; the currency is that of the deal',
  },
];

const zeros = ['', '0', '0.0', '0.00', '0.0000'];

const discount = {
  to: 'dealProduct.discount',
  via: ['firstFilled', { number: { decimal: '.' } }],
  onlyIf: { source: 'Manual Discount', notIn: zeros },
  why: 'O-27(a): the discount of the line, as an amount',
} as const;

const discountType: TemplateRow = {
  to: 'dealProduct.discount_type',
  value: 'amount',
  onlyIf: { target: 'discount', filled: true },
  why: 'O-27(a): discounts are amounts',
};

const lineRows: readonly TemplateRow[] = [
  ...sharedRows,
  { ...discount, from: ['Manual Discount', 'Volume Discount'] },
  discountType,
  {
    to: 'dealProduct.comments',
    from: ['Description', 'Parent Bundle Line Name', 'Unit Name', 'Tax', 'Volume Discount'],
    via: [{ labelled: { labels: ['', 'Part of', 'Unit', 'Tax', 'Volume discount'] } }],
    why: 'O-27(a), O-27(b): what has no field: the bundle a line belongs to, its unit, its tax as an amount',
  },
];

const productOfLine: TemplateRow = {
  to: 'dealProduct.product_id',
  via: [{ reference: { source: 'product', by: { Product: ['id'] }, whenMissing: 'reject' } }],
  why: 'O-27(a): the product of the line',
};

const bundle = { source: 'Line Type Code', in: ['2'] } as const;

const bundleRows: readonly TemplateRow[] = [
  {
    to: 'note.deal_id',
    via: lineDeal,
    why: 'O-27(b): on the deal',
  },
  {
    to: 'note.block.Bundle',
    from: ['Product Name', 'Name'],
    via: ['firstFilled', 'collapse'],
    why: 'O-27(b): the bundle by name',
  },
  {
    to: 'note.block.Quantity',
    from: 'Quantity',
    via: [{ number: { decimal: '.' } }],
    why: 'O-27(b): how many',
  },
  {
    to: 'note.block.Price of one',
    from: ['Price Per Unit', 'Currency'],
    via: [{ join: { with: ' ' } }],
    why: 'O-27(b): its price goes on the note, its components carry their own',
  },
  {
    to: 'note.block.Amount',
    from: ['Extended Amount', 'Currency'],
    via: [{ join: { with: ' ' } }],
    why: 'O-27(b): what the bundle came to',
  },
  {
    to: 'note.block.Tax',
    from: ['Tax', 'Currency'],
    via: [{ join: { with: ' ' } }],
    onlyIf: { source: 'Tax', notIn: zeros },
    why: 'O-27(b): its tax, which no line carries',
  },
];

/** A bundle whose components are lines of their own: they are the lines, and a note keeps what the bundle cost. */
const bundleLine: TemplateEntity = {
  from: 'opportunityproduct',
  to: 'note',
  when: [bundle, { source: 'Component.count', notIn: ['', '0'] }],
  gather: [{ from: 'opportunityproduct', by: 'Parent Bundle', as: 'Component' }],
  why: 'O-27(b): a bundle is expanded into the lines of its components; its own price is told in a note',
  rows: [
    ...bundleRows,
    {
      to: 'note.block.Expanded into',
      from: ['Component.Product Name', 'Component.Name', 'Component.Quantity'],
      via: [{ rows: { with: ' × ', end: '; ' } }],
      why: 'O-27(b): the lines it was expanded into',
    },
  ],
};

/** A bundle without such lines: they are made of the list of what it holds, and the note says so. */
const bareBundleLine: TemplateEntity = {
  from: 'opportunityproduct',
  to: 'note',
  when: [bundle, { source: 'Made.count', notIn: ['', '0'] }],
  gather: [{ from: 'bundlecomponent', by: 'Bundle Line', as: 'Made' }],
  why: 'O-27(b): a bundle without lines of its components is expanded by the list of what it holds',
  rows: [
    ...bundleRows,
    {
      to: 'note.block.Expanded into',
      from: ['Made.Product Name', 'Made.Quantity'],
      via: [{ rows: { with: ' × ', end: '; ' } }],
      why: 'O-27(b): the lines it was expanded into',
    },
    {
      to: 'note.block.Prices',
      value: 'List prices scaled to the price of the bundle; the remainder is on the last line.',
      why: 'O-27(b): the source has no prices of these lines, so it is said where they come from',
    },
  ],
};

/** A line made of what a bundle holds. */
const madeLine: TemplateEntity = {
  from: 'bundlecomponent',
  to: 'dealProduct',
  why: 'O-27(b): the components of a bundle that has no lines of them',
  rows: [
    ...sharedRows,
    { ...discount, from: ['Manual Discount'] },
    discountType,
    {
      to: 'dealProduct.comments',
      from: ['Bundle Line Name', 'Unit Name'],
      via: [{ labelled: { labels: ['Part of', 'Unit'] } }],
      why: 'O-27(b): the bundle a line belongs to, and its unit',
    },
    productOfLine,
  ],
};

/** Written in by hand: Pipedrive has no line without a product, so one is made of the line. */
const writeIn: TemplateEntity = {
  from: 'opportunityproduct',
  to: 'product',
  part: 'product',
  when: { source: 'Product', filled: false },
  why: 'O-27(a): a line written in by hand needs a product of its own in Pipedrive',
  rows: [
    {
      to: 'product.name',
      from: ['Write-In Product', 'Product Name', 'Name'],
      via: ['firstFilled', 'collapse', { truncate: { max: 255 } }],
      whenEmpty: { use: 'Written-in product' },
      why: 'O-27(a): what was written in',
    },
    {
      to: 'product.description',
      value: 'Written into a line of an opportunity by hand.',
      why: 'O-27(a): so that it can be told from the catalogue',
    },
    {
      to: 'product.prices',
      from: ['Price Per Unit', 'Currency'],
      via: [decimalPoint],
      why: 'O-27(a): the price of the line',
    },
  ],
};

const line: TemplateEntity = {
  from: 'opportunityproduct',
  to: 'dealProduct',
  when: { source: 'Product', filled: true },
  why: 'O-27(a): lines of opportunities become products of deals',
  rows: [...lineRows, productOfLine],
};

const writeInLine: TemplateEntity = {
  from: 'opportunityproduct',
  to: 'dealProduct',
  why: 'O-27(a): a line written in by hand',
  rows: [
    ...lineRows,
    {
      to: 'dealProduct.product_id',
      via: [
        {
          reference: {
            source: 'opportunityproduct',
            by: { 'Opportunity Product ID': ['id'] },
            whenMissing: 'reject',
          },
        },
      ],
      why: 'O-27(a): the product made of the line itself',
    },
  ],
};

/** The lines of opportunities; a bundle is not a line beside its components. */
export const lines: readonly TemplateEntity[] = [
  bundleLine,
  bareBundleLine,
  line,
  writeInLine,
  writeIn,
  madeLine,
];
