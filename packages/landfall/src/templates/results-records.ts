import { quickbooksRows } from './results-truth.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

/** The owner of any record; the row says where it goes. */
export const ownedBy = {
  from: 'Owner',
  via: ['owner'],
  why: 'R-26: initials are looked up in the table of sales reps, then matched to users by e-mail; else asked about',
} as const;

const companyKeys = {
  source: 'companies',
  by: { 'Company ID': ['id'], 'Company Name': ['id', 'name', 'domain'] },
} as const;
const personKeys = {
  source: 'contacts',
  by: { 'Associate ID': ['id'], Associate: ['email', 'name'] },
  within: 'org_id',
} as const;

/** The company of a record, by id, else by name; one that is not found is asked about. */
export const companyOrAsk = [{ reference: { ...companyKeys, whenMissing: 'review' } }] as const;

/** The company of a record where it can be found. */
export const companyIfThere = [{ reference: { ...companyKeys, whenMissing: 'leave' } }] as const;

/** The person of a record, by id, else by a name that is unique in its company; one that is not found is asked about. */
export const personOrAsk = [{ reference: { ...personKeys, whenMissing: 'review' } }] as const;

/** The person of a record where it can be found. */
export const personIfThere = [{ reference: { ...personKeys, whenMissing: 'leave' } }] as const;

/** The contact itself, where it became what the field leads to: a company, or a person. */
export const contactItself = [
  { reference: { source: 'companies', by: { 'Company ID': ['id'] }, whenMissing: 'leave' } },
] as const;

const companyRows: readonly TemplateRow[] = [
  ...quickbooksRows,
  {
    to: 'organization.name',
    from: ['Company Name', 'QuickBooks Customer'],
    via: ['firstFilled', 'collapse'],
    whenEmpty: 'reject',
    answer: { ask: 'truth-name', is: 'export' },
    why: 'R-20: the company of a contact is the organization',
  },
  {
    to: 'organization.website',
    from: ['Web Site', 'Domain'],
    via: ['firstFilled', 'url'],
    why: 'R-20(a): Pipedrive has a field of its own for the website',
  },
  {
    to: 'organization.custom.Domain',
    from: ['Domain', 'Web Site'],
    via: ['firstFilled', 'domain'],
    why: 'R-20(a), R-20(b): the domain by which double companies are found, to be seen beside the record',
  },
  {
    to: 'organization.address.street',
    from: ['Address', 'QuickBooks Address'],
    via: ['firstFilled', 'collapse'],
    answer: { ask: 'truth-street', is: 'export' },
    why: 'R-20: the address, part by part',
  },
  {
    to: 'organization.address.city',
    from: ['City', 'QuickBooks City'],
    via: ['firstFilled', 'collapse'],
    answer: { ask: 'truth-city', is: 'export' },
    why: 'R-20: the address, part by part',
  },
  {
    to: 'organization.address.state',
    from: 'State',
    via: ['collapse'],
    why: 'R-20: the address, part by part',
  },
  {
    to: 'organization.address.postalCode',
    from: ['Zip', 'QuickBooks Zip'],
    via: ['firstFilled', 'trim'],
    answer: { ask: 'truth-zip', is: 'export' },
    why: 'R-20: the address, part by part; leading zeros stay',
  },
  {
    to: 'organization.address.country',
    from: 'Country',
    via: ['collapse'],
    why: 'R-20: the address, part by part',
  },
  {
    to: 'organization.custom.Ship to',
    from: 'Ship To',
    via: ['address'],
    why: 'R-25(a): a second address; organizations have one of their own',
  },
  {
    to: 'organization.custom.Phone',
    from: ['Phone 1', 'QuickBooks Phone'],
    via: ['firstFilled', 'phone'],
    answer: { ask: 'truth-phone', is: 'export' },
    why: 'R-25(a): organizations have no phone field in Pipedrive',
  },
  {
    to: 'organization.custom.Phone 2',
    from: ['Phone 2', 'Phone 3'],
    via: ['firstFilled', 'phone'],
    why: 'R-25(a): a second number',
  },
  {
    to: 'organization.custom.Fax',
    from: 'Phone 4',
    via: ['phone'],
    why: 'R-25(a): the fourth number is the fax',
  },
  {
    to: 'organization.custom.E-mail',
    from: ['E-mail', 'QuickBooks E-mail'],
    via: ['firstFilled', 'trim'],
    answer: { ask: 'truth-email', is: 'export' },
    why: 'R-25(a): organizations have no e-mail field in Pipedrive',
  },
  {
    to: 'organization.custom.Main contact',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'R-25(a): the name on the company’s card; people are the associates',
  },
  {
    to: 'organization.custom.Contact type',
    from: 'Company Type',
    via: ['choice'],
    why: 'R-25(a): a dropdown',
  },
  { to: 'organization.custom.Category', from: 'Category', via: ['choice'], why: 'R-25(a): a dropdown' },
  {
    to: 'organization.label_ids',
    from: 'Group',
    via: ['tags'],
    why: 'R-25(a): groups become labels, each once',
  },
  {
    to: 'organization.custom.Payment terms',
    from: ['Terms', 'QuickBooks Terms'],
    via: ['firstFilled', 'choice'],
    answer: { ask: 'truth-terms', is: 'export' },
    why: 'R-06: the word of the export counts, where it has one',
  },
  {
    to: 'organization.custom.QuickBooks List ID',
    from: 'QuickBooks List ID',
    via: ['trim'],
    why: 'R-06: keeps the link to the accounting record',
  },
  {
    to: 'organization.custom.QuickBooks balance',
    from: 'QuickBooks Balance',
    via: ['money'],
    why: 'R-06: of QuickBooks, on the day of its export',
  },
  {
    to: 'organization.custom.Active',
    from: 'Active',
    via: ['yesNo'],
    why: 'R-25(a): a checkbox; Pipedrive has none, so a dropdown of Yes and No',
  },
  { to: 'organization.owner_id', ...ownedBy },
  {
    to: 'organization.add_time',
    from: 'Created',
    via: ['dateTime'],
    why: 'the original creation time, which Pipedrive accepts for organizations',
  },
];

const phones: readonly TemplateRow[] = [
  { to: 'person.phones.work', from: 'Phone 1', via: ['phones'], why: 'R-21(a): in international form' },
  { to: 'person.phones.home', from: 'Phone 2', via: ['phones'], why: 'R-21(a): the second number' },
  { to: 'person.phones.mobile', from: 'Phone 3', via: ['phones'], why: 'R-21(a): the mobile number' },
  { to: 'person.phones.other', from: 'Phone 4', via: ['phones'], why: 'R-21(a): the fax number' },
];

const personBasics: readonly TemplateRow[] = [
  {
    to: 'person.name',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'R-21(a): the name as one first-class field',
  },
  { to: 'person.emails.work', from: 'E-mail', via: ['emails'], why: 'R-21(a): all addresses of the cell' },
  ...phones,
  {
    to: 'person.custom.Address',
    from: ['Address', 'City', 'State', 'Zip', 'Country'],
    via: ['address'],
    why: 'R-21(a): persons have an address of their own only after Contact Sync was set up, so a custom field',
  },
  { to: 'person.owner_id', ...ownedBy },
  {
    to: 'person.add_time',
    from: 'Created',
    via: ['dateTime'],
    why: 'the original creation time, which Pipedrive accepts for persons',
  },
];

/** Memos are long and have line breaks, and no day of their own. */
const memo = [
  { to: 'note.content', from: 'Notes', via: ['html'], why: 'R-25(a): the memo with its line breaks' },
  { to: 'note.user_id', ...ownedBy },
] as const;

const hasMemo = { source: 'Notes', filled: true } as const;

/** Contacts that name a company become organizations, the others persons; associates become persons. */
export const resultsRecords: readonly TemplateEntity[] = [
  {
    from: 'companies',
    to: 'organization',
    when: { source: 'Company Name', filled: true },
    why: 'R-20: what Results calls a contact is a company: an organization',
    rows: companyRows,
  },
  {
    from: 'companies',
    to: 'person',
    when: { source: 'Company Name', filled: false },
    why: 'R-21: a contact without a company name is a person',
    rows: [
      ...personBasics,
      {
        to: 'person.name',
        from: ['E-mail', 'Company ID'],
        via: ['firstFilled', 'collapse'],
        whenEmpty: { use: 'Contact without a name' },
        why: 'R-21(a): Pipedrive needs a name; of a contact without any the address or the number stands in',
      },
      {
        to: 'person.org_id',
        from: 'Company ID',
        via: contactItself,
        why: 'R-21(b): there is no company, and nobody is asked for one',
      },
    ],
  },
  {
    from: 'companies',
    to: 'note',
    part: 'memo',
    when: hasMemo,
    why: 'R-25(a): the memo of a company becomes a note on it',
    rows: [
      ...memo,
      { to: 'note.org_id', from: 'Company ID', via: contactItself, why: 'the company itself' },
      { to: 'note.person_id', from: 'Company ID', via: contactItself, why: 'a contact that is a person' },
    ],
  },
  {
    from: 'contacts',
    to: 'person',
    why: 'R-21: associates become persons',
    rows: [
      {
        to: 'person.name',
        from: 'Full Name',
        via: ['personName'],
        onlyIf: [
          { source: 'Full Name', filled: true },
          { source: 'Last Name', filled: false },
        ],
        why: 'R-21(a): exports with one name column',
      },
      ...personBasics,
      {
        to: 'person.org_id',
        from: ['Company ID', 'Company Name'],
        via: companyOrAsk,
        whenEmpty: 'review',
        why: 'R-21(b): the parent organization by the company’s id, else its name; one that is not found is asked about',
      },
      { to: 'person.custom.Salutation', from: 'Salutation', via: ['choice'], why: 'R-25(a): a dropdown' },
      {
        to: 'person.custom.Job title',
        from: 'Title',
        via: ['collapse'],
        why: 'R-21(a): Pipedrive has a job title only after Contact Sync was set up, so a custom field',
      },
      {
        to: 'person.custom.Associate type',
        from: 'Associate Type',
        via: ['choice'],
        why: 'R-25(a): a dropdown',
      },
      { to: 'person.custom.Category', from: 'Category', via: ['choice'], why: 'R-25(a): a dropdown' },
      {
        to: 'person.label_ids',
        from: 'Group',
        via: ['tags'],
        why: 'R-25(a): groups become labels, each once',
      },
    ],
  },
  {
    from: 'contacts',
    to: 'note',
    part: 'memo',
    when: hasMemo,
    why: 'R-25(a): the memo of an associate becomes a note on the person',
    rows: [
      ...memo,
      {
        to: 'note.person_id',
        from: 'Associate ID',
        via: [{ reference: { source: 'contacts', by: { 'Associate ID': ['id'] }, whenMissing: 'leave' } }],
        why: 'the person itself',
      },
    ],
  },
  {
    from: 'products',
    to: 'product',
    gather: [{ from: 'prices', by: 'Product Key', as: 'Prices' }],
    why: 'R-29: products, before the lines that name them (R-29(c))',
    rows: [
      {
        to: 'product.name',
        from: 'Product Name',
        via: ['collapse'],
        whenEmpty: 'reject',
        why: 'R-29(a): the name',
      },
      { to: 'product.code', from: 'Code', via: ['trim'], why: 'R-29(a): the SKU' },
      {
        to: 'product.prices',
        from: ['Price', 'Currency', 'Prices.Price', 'Prices.Currency'],
        via: ['prices'],
        onlyIf: { source: 'Prices.Price', filled: true },
        why: 'R-29(b): a price in each currency; Pipedrive has prices, no price books: of several levels the first',
      },
      {
        to: 'product.prices',
        from: ['Price', 'Currency'],
        via: ['money'],
        onlyIf: { source: 'Prices.Price', filled: false },
        why: 'R-29(a), R-29(b): the standard price in its own currency',
      },
      {
        to: 'product.custom.Price levels',
        from: ['Prices.Price Level', 'Prices.Price', 'Prices.Currency'],
        via: ['rows'],
        onlyIf: { source: 'Prices.Price Level', filled: true },
        why: 'R-29(b): levels that are no price of their own stay as text',
      },
      { to: 'product.description', from: 'Description', via: ['lines'], why: 'R-29(a): the description' },
      { to: 'product.unit', from: 'Unit', via: ['trim'], why: 'R-29(a): the unit of measure' },
      { to: 'product.custom.Product line', from: 'Line', via: ['choice'], why: 'R-25(a): a dropdown' },
      {
        to: 'product.custom.Cost',
        from: ['Cost', 'Currency'],
        via: ['money'],
        why: 'R-25(a): an amount of money',
      },
      { to: 'product.custom.Taxable', from: 'Taxable', via: ['yesNo'], why: 'R-25(a): a checkbox' },
      {
        to: 'product.custom.On hand at migration',
        from: 'Quantity On Hand',
        via: ['number'],
        why: 'Pipedrive keeps no stock: the number of the last day',
      },
      {
        to: 'product.custom.QuickBooks List ID',
        from: 'QuickBooks List ID',
        via: ['trim'],
        why: 'R-06: keeps the link to the accounting record',
      },
      {
        to: 'product.custom.Original created',
        from: 'Created',
        via: ['date'],
        why: 'Pipedrive does not let the creation date of a product be set: a field keeps it',
      },
      { to: 'product.custom.Active', from: 'Active', via: ['yesNo'], why: 'R-25(a): a checkbox' },
    ],
  },
];
