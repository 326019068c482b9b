import type { EntityMapping, Mapping, MappingRow } from '../../packages/landfall/src/model/mapping.ts';

/** The custom fields of the simulated migrations: entity, name, type. */
const customFields = [
  { entity: 'organization', name: 'Segment', type: 'enum' },
  { entity: 'organization', name: 'Tax number', type: 'varchar' },
  { entity: 'person', name: 'Birthday', type: 'date' },
  { entity: 'deal', name: 'Region', type: 'enum' },
  { entity: 'deal', name: 'Margin', type: 'double' },
  { entity: 'deal', name: 'Commission', type: 'monetary' },
] as const;

/** What becomes of a person or deal without a company is decided by the policies; others go without it. */
const company = (to: string): MappingRow => ({
  to,
  from: ['Company ID', 'Company'],
  via: [
    {
      reference: {
        source: 'companies',
        by: { 'Company ID': ['id'], Company: ['name'] },
        whenMissing: /^(person|deal)\./.test(to) ? 'review' : 'leave',
      },
    },
  ],
});

const contact = (to: string): MappingRow => ({
  to,
  from: ['Contact ID', 'Contact Email'],
  via: [
    {
      reference: {
        source: 'contacts',
        by: { 'Contact ID': ['id'], 'Contact Email': ['email'] },
        whenMissing: 'leave',
      },
    },
  ],
});

const dealLink = (to: string): MappingRow => ({
  to,
  from: ['Deal ID'],
  via: [{ reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'leave' } }],
});

const byId = (to: string, from: string, source: string): MappingRow => ({
  to,
  from: [from],
  via: [{ reference: { source, by: { [from]: ['id'] }, whenMissing: 'leave' } }],
});

const parentLink = (to: string, from: string): MappingRow => byId(to, from, 'companies');

const entities: readonly EntityMapping[] = [
  {
    from: 'companies',
    to: 'organization',
    rows: [
      { to: 'organization.name', from: 'Name', via: ['collapse'] },
      { to: 'organization.website', from: 'Website', via: ['url'] },
      {
        to: 'organization.address',
        from: ['Street', 'City'],
        via: [{ address: { parts: ['street', 'city'] } }],
      },
      {
        to: 'organization.employee_count',
        from: 'Employees',
        via: [{ number: { decimal: ',', integer: true } }],
      },
      { to: 'organization.owner_id', from: 'Owner', via: ['owner'] },
      { to: 'organization.label_ids', from: 'Tags', via: ['tags'] },
      { to: 'organization.custom.Segment', from: 'Segment', via: ['choice'] },
      { to: 'organization.custom.Tax number', from: 'Tax', via: ['collapse'] },
    ],
  },
  {
    from: 'companies',
    to: 'organizationRelationship',
    part: 'parent',
    when: { source: 'Parent ID', filled: true },
    rows: [
      { to: 'organizationRelationship.type', value: 'parent' },
      parentLink('organizationRelationship.rel_owner_org_id', 'Parent ID'),
      parentLink('organizationRelationship.rel_linked_org_id', 'ID'),
    ],
  },
  {
    from: 'contacts',
    to: 'person',
    rows: [
      { to: 'person.name', from: ['First Name', 'Last Name'], via: ['personName'] },
      { to: 'person.emails.work', from: 'Email', via: ['email'] },
      { to: 'person.phones.work', from: 'Phone', via: ['phone'] },
      company('person.org_id'),
      { to: 'person.owner_id', from: 'Owner', via: ['owner'] },
      { to: 'person.label_ids', from: 'Tags', via: ['tags'] },
      { to: 'person.custom.Birthday', from: 'Birthday', via: [{ date: { format: 'dd.MM.yyyy' } }] },
    ],
  },
  {
    from: 'contacts',
    to: 'note',
    part: 'remark',
    when: { source: 'Remark', filled: true },
    rows: [
      { to: 'note.content', from: 'Remark', via: ['html'] },
      {
        to: 'note.person_id',
        from: ['ID'],
        via: [{ reference: { source: 'contacts', by: { ID: ['id'] }, whenMissing: 'leave' } }],
      },
    ],
  },
  {
    from: 'deals',
    to: 'deal',
    rows: [
      { to: 'deal.title', from: 'Title', via: ['collapse'] },
      { to: 'deal.value', from: ['Amount', 'Currency'], via: [{ money: { decimal: ',' } }] },
      { to: 'deal.stage_id', from: ['Pipeline', 'Stage'], via: ['stage'] },
      { to: 'deal.status', from: ['Status', 'Stage', 'Pipeline'], via: ['dealStatus'] },
      {
        to: 'deal.expected_close_date',
        from: 'Close',
        via: [{ date: { format: 'dd.MM.yyyy' } }],
        onlyIf: { target: 'deal.status', in: ['open'] },
      },
      {
        to: 'deal.lost_reason',
        from: 'Reason',
        via: ['collapse'],
        onlyIf: { target: 'deal.status', in: ['lost'] },
      },
      company('deal.org_id'),
      contact('deal.person_id'),
      { to: 'deal.owner_id', from: 'Owner', via: ['owner'] },
      { to: 'deal.custom.Region', from: 'Region', via: ['choice'] },
      { to: 'deal.custom.Margin', from: 'Margin', via: [{ number: { decimal: ',' } }] },
      { to: 'deal.custom.Commission', from: ['Commission', 'Currency'], via: [{ money: { decimal: ',' } }] },
    ],
  },
  {
    from: 'tasks',
    to: 'activity',
    rows: [
      { to: 'activity.subject', from: 'Subject', via: ['collapse'] },
      { to: 'activity.type', from: 'Type', via: ['choice'] },
      { to: 'activity.due_date', from: 'Due', via: [{ date: { format: 'dd.MM.yyyy' } }] },
      { to: 'activity.done', from: 'Done', via: ['boolean'] },
      { to: 'activity.note', from: 'Body', via: ['html'] },
      dealLink('activity.deal_id'),
      contact('activity.person_id'),
      company('activity.org_id'),
      { to: 'activity.owner_id', from: 'Owner', via: ['owner'] },
    ],
  },
  {
    from: 'remarks',
    to: 'note',
    rows: [
      { to: 'note.content', from: 'Body', via: ['html'] },
      { to: 'note.add_time', from: 'Created', via: [{ dateTime: { format: 'iso' } }] },
      dealLink('note.deal_id'),
      contact('note.person_id'),
      company('note.org_id'),
      { to: 'note.user_id', from: 'Author', via: ['owner'] },
    ],
  },
];

const files: EntityMapping = {
  from: 'files',
  to: 'file',
  rows: [
    { to: 'file.content', from: ['Ref', 'Name', 'Size', 'SHA'], via: ['file'] },
    dealLink('file.deal_id'),
    byId('file.person_id', 'Contact ID', 'contacts'),
    byId('file.org_id', 'Company ID', 'companies'),
  ],
};

const shop: readonly EntityMapping[] = [
  {
    from: 'products',
    to: 'product',
    rows: [{ to: 'product.name', from: 'Name', via: ['collapse'] }],
  },
  {
    from: 'lines',
    to: 'dealProduct',
    rows: [
      dealLink('dealProduct.deal_id'),
      byId('dealProduct.product_id', 'Product ID', 'products'),
      { to: 'dealProduct.quantity', from: 'Quantity', via: [{ number: { decimal: ',' } }] },
      { to: 'dealProduct.item_price', from: 'Price', via: [{ number: { decimal: ',' } }] },
      { to: 'dealProduct.billing_start_date', from: 'Start', via: [{ date: { format: 'dd.MM.yyyy' } }] },
    ],
  },
];

/** The map of a simulated migration whose source has files, products with the lines of deals, or neither. */
export function mappingWith(has: { readonly files: boolean; readonly shop: boolean }): Mapping {
  const more = [...(has.files ? [files] : []), ...(has.shop ? shop : [])];
  return more.length === 0 ? simulatedMapping : { ...simulatedMapping, entities: [...entities, ...more] };
}

/** The map of every simulated migration: all target entities, links of all kinds, every kind of field. */
const simulatedMapping: Mapping = {
  version: 1,
  source: 'crm',
  entities,
  fields: customFields,
  pipelines: [
    {
      name: 'Satış',
      from: ['', 'Satış'],
      stages: [
        { name: 'Yeni', from: ['Yeni', 'New'], probability: 10 },
        { name: 'Teklif', from: ['Teklif', 'Offer'], probability: 40 },
        { name: 'Pazarlık', from: ['Pazarlık'], probability: 80 },
      ],
    },
    {
      name: 'Renewals',
      from: ['Renewals'],
      stages: [
        { name: 'Due', from: ['Due'] },
        { name: 'Offered', from: ['Offered'] },
      ],
    },
  ],
  values: {},
  leave: [],
};
