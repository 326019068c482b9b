import type { TemplateEntity, TemplateRow } from './template.ts';

/** Both fields of the trade stand on whatever the client becomes: nothing is lost when it has no person. */
const organizationTrade: readonly TemplateRow[] = [
  {
    to: 'organization.custom.Supplier tier',
    from: 'Supplier Tier',
    via: ['choice'],
    why: 'P-21(b): the preferred supplier tier needs a custom field, made beforehand',
  },
  {
    to: 'organization.custom.Artwork format',
    from: 'Artwork Format',
    via: ['choice'],
    why: 'P-21(b): the artwork format needs a custom field, made beforehand',
  },
];

const personTrade: readonly TemplateRow[] = [
  {
    to: 'person.custom.Supplier tier',
    from: 'Supplier Tier',
    via: ['choice'],
    why: 'P-21(b): the preferred supplier tier needs a custom field, made beforehand',
  },
  {
    to: 'person.custom.Artwork format',
    from: 'Artwork Format',
    via: ['choice'],
    why: 'P-21(b): the artwork format needs a custom field, made beforehand',
  },
];

const organization: TemplateEntity = {
  from: 'clients',
  to: 'organization',
  part: 'company',
  when: { source: 'Company Role', in: ['first'] },
  why: 'P-06, P-21: a client that is a company becomes an organization, one for all its contacts, and its contact a person',
  rows: [
    {
      to: 'organization.name',
      from: ['Client Name', 'Company'],
      via: ['firstFilled', 'collapse'],
      whenEmpty: 'reject',
      why: 'P-21(a): the name of the client',
    },
    {
      to: 'organization.address.street',
      from: ['Billing Address Line 1', 'Billing Address Line 2'],
      via: [{ join: { with: ', ' } }],
      why: 'the billing address, part by part',
    },
    {
      to: 'organization.address.city',
      from: 'Billing City',
      via: ['collapse'],
      why: 'the billing address, part by part',
    },
    {
      to: 'organization.address.state',
      from: 'Billing State',
      via: ['collapse'],
      why: 'the billing address, part by part',
    },
    {
      to: 'organization.address.postalCode',
      from: 'Billing Postal Code',
      via: ['trim'],
      why: 'the billing address, part by part; leading zeros stay',
    },
    {
      to: 'organization.address.country',
      from: 'Billing Country',
      via: ['collapse'],
      why: 'the billing address, part by part',
    },
    {
      to: 'organization.custom.Shipping address',
      from: [
        'Shipping Address Line 1',
        'Shipping Address Line 2',
        'Shipping City',
        'Shipping State',
        'Shipping Postal Code',
        'Shipping Country',
      ],
      via: [{ join: { with: ', ' } }],
      why: 'Pipedrive has one address; where goods go to is kept as text',
    },
    {
      to: 'organization.custom.All shipping addresses',
      from: 'Shipping Addresses',
      via: ['lines'],
      why: 'a client has several of them',
    },
    { to: 'organization.website', from: 'Website', via: ['url'], why: 'Pipedrive has a field of its own' },
    {
      to: 'organization.custom.Phone',
      from: 'Phone',
      via: ['phone'],
      onlyIf: [
        { source: 'Contact Last Name', filled: false },
        { source: 'Contact First Name', filled: false },
      ],
      why: 'P-21(a): organizations have no phone; without a contact it would be lost',
    },
    {
      to: 'organization.custom.Email',
      from: 'Email',
      via: ['email'],
      onlyIf: [
        { source: 'Contact Last Name', filled: false },
        { source: 'Contact First Name', filled: false },
      ],
      why: 'P-21(a): organizations have no e-mail; without a contact it would be lost',
    },
    ...organizationTrade,
    { to: 'organization.label_ids', from: 'Tags', via: ['tags'], why: 'tags become labels, each once' },
    {
      to: 'organization.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'P-28(a), P-28(b): the owner by e-mail, else asked about (P-28(c))',
    },
    {
      to: 'organization.add_time',
      from: 'Created',
      via: ['dateTime'],
      why: 'the original creation time, which Pipedrive accepts for organizations',
    },
  ],
};

const personRows: readonly TemplateRow[] = [
  {
    to: 'person.name',
    from: ['Contact First Name', 'Contact Last Name'],
    via: ['personName'],
    why: 'P-21(a): the name of the contact',
  },
  {
    to: 'person.name',
    from: 'Client Name',
    via: ['personName'],
    onlyIf: { source: 'Client Kind', in: ['person'] },
    why: 'P-21(a): a client who is a person himself',
  },
  {
    to: 'person.name',
    from: 'Email',
    via: ['collapse'],
    onlyIf: { source: 'Client Name', filled: false },
    why: 'Pipedrive needs a name; of a client without one the address stands in',
  },
  { to: 'person.emails.work', from: 'Email', via: ['emails'], why: 'P-21(a): all addresses of the cell' },
  { to: 'person.phones.work', from: 'Phone', via: ['phones'], why: 'P-21(a): in international form' },
  {
    to: 'person.org_id',
    from: 'Company Record',
    via: [{ reference: { source: 'clients', by: { 'Company Record': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Client Kind', in: ['company'] },
    why: 'P-06, P-21(a): the organization made of the first client of that name',
  },
  {
    to: 'person.org_id',
    from: 'Company',
    via: [{ reference: { source: 'clients', by: { Company: ['name'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Client Kind', in: ['person'] },
    why: 'P-06, P-21(a): the company of that name',
  },
  ...personTrade,
  { to: 'person.label_ids', from: 'Tags', via: ['tags'], why: 'tags become labels, each once' },
  {
    to: 'person.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'P-28(a), P-28(b): the owner by e-mail, else asked about (P-28(c))',
  },
  {
    to: 'person.add_time',
    from: 'Created',
    via: ['dateTime'],
    why: 'the original creation time, which Pipedrive accepts for persons',
  },
];

const commissionRows: readonly TemplateRow[] = [
  {
    to: 'person.custom.Commission owed',
    from: ['Commission.Amount', 'Commission.Currency'],
    via: ['sum', 'money'],
    why: 'P-24(b), P-24(c): placed on the person: what its orders earn the reps',
  },
  {
    to: 'person.custom.Commission rates',
    from: 'Commission.Rate %',
    via: ['distinct', { join: { with: '; ' } }],
    why: 'P-24(b): the rates as the source writes them; several for one person are listed',
  },
  {
    to: 'person.custom.Commission terms',
    from: [
      'Commission.Project ID',
      'Commission.Rep Email',
      'Commission.Basis',
      'Commission.Rate %',
      'Commission.Split %',
      'Commission.Amount',
      'Commission.Status',
      'Commission.Tier',
    ],
    via: [
      {
        rows: {
          with: ' | ',
          labels: ['Project', 'Rep', 'Basis', 'Rate', 'Split', 'Amount', 'Status', 'Tiers'],
        },
      },
    ],
    why: 'P-24(a), P-24(d): splits and tiers, a line for each record, for a formula field or an external tool',
  },
];

const person = {
  from: 'clients',
  to: 'person',
  why: 'P-21: a client, or the contact of a client that is a company, becomes a person',
} as const;

const onPerson = {
  policy: { name: 'commissionPlacement', is: 'person' },
  gather: [{ from: 'commissions', by: 'Client ID', as: 'Commission' }],
} as const;

const withCommissions = { ...person, ...onPerson, rows: [...personRows, ...commissionRows] } as const;
const plain = {
  ...person,
  policy: { name: 'commissionPlacement', is: 'deal' },
  rows: personRows,
} as const;

const isPerson = { source: 'Client Kind', in: ['person'] } as const;
const hasLastName = { source: 'Contact Last Name', filled: true } as const;
const hasFirstName = { source: 'Contact First Name', filled: true } as const;

/**
 * Clients: persons first, as fields of the account's own go to what stands first (P-21(b)). A company without a contact
 * makes no person.
 */
export const clientEntities: readonly TemplateEntity[] = [
  { ...withCommissions, when: isPerson },
  { ...plain, when: isPerson },
  { ...withCommissions, when: hasLastName },
  { ...plain, when: hasLastName },
  { ...withCommissions, when: hasFirstName },
  { ...plain, when: hasFirstName },
  organization,
];
