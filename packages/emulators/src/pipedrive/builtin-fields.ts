import type { FieldEntity } from './records.ts';

/** A field that every account has: code, name, type; `*` marks one that answers leave out unless asked. */
export type BuiltinRow = readonly [code: string, name: string, type: string, optional?: '*'];

/** The built-in fields by entity. A choice of the published ones; the label field is added with its options. */
export const BUILTIN_FIELDS: Readonly<Record<FieldEntity, readonly BuiltinRow[]>> = {
  deal: [
    ['id', 'ID', 'int'],
    ['title', 'Title', 'varchar'],
    ['creator_user_id', 'Creator', 'user'],
    ['owner_id', 'Owner', 'user'],
    ['value', 'Value', 'monetary'],
    ['person_id', 'Contact person', 'people'],
    ['org_id', 'Organization', 'org'],
    ['stage_id', 'Stage', 'stage'],
    ['pipeline_id', 'Pipeline', 'int'],
    ['add_time', 'Deal created', 'date'],
    ['update_time', 'Update time', 'date'],
    ['stage_change_time', 'Last stage change', 'date'],
    ['status', 'Status', 'status'],
    ['probability', 'Probability', 'int'],
    ['lost_reason', 'Lost reason', 'varchar_options'],
    ['close_time', 'Deal closed on', 'date'],
    ['won_time', 'Won time', 'date'],
    ['lost_time', 'Lost time', 'date'],
    ['expected_close_date', 'Expected close date', 'date'],
    ['visible_to', 'Visible to', 'visible_to'],
    ['origin', 'Source origin', 'varchar'],
  ],
  person: [
    ['id', 'ID', 'int'],
    ['name', 'Name', 'varchar'],
    ['first_name', 'First name', 'varchar'],
    ['last_name', 'Last name', 'varchar'],
    ['emails', 'Email', 'varchar'],
    ['phones', 'Phone', 'phone'],
    ['org_id', 'Organization', 'org'],
    ['owner_id', 'Owner', 'user'],
    ['add_time', 'Person created', 'date'],
    ['update_time', 'Update time', 'date'],
    ['visible_to', 'Visible to', 'visible_to'],
    ['picture_id', 'Profile picture', 'picture'],
  ],
  organization: [
    ['id', 'ID', 'int'],
    ['name', 'Name', 'varchar'],
    ['owner_id', 'Owner', 'user'],
    ['address', 'Address', 'address'],
    ['add_time', 'Organization created', 'date'],
    ['update_time', 'Update time', 'date'],
    ['visible_to', 'Visible to', 'visible_to'],
    ['website', 'Website', 'varchar', '*'],
    ['linkedin', 'LinkedIn profile', 'varchar', '*'],
    ['annual_revenue', 'Annual revenue', 'double', '*'],
    ['employee_count', 'Number of employees', 'double', '*'],
  ],
  product: [
    ['id', 'ID', 'int'],
    ['name', 'Name', 'varchar'],
    ['code', 'Product code', 'varchar'],
    ['description', 'Description', 'text'],
    ['unit', 'Unit', 'varchar'],
    ['tax', 'Tax', 'double'],
    ['owner_id', 'Owner', 'user'],
    ['visible_to', 'Visible to', 'visible_to'],
  ],
  activity: [
    ['id', 'ID', 'int'],
    ['subject', 'Subject', 'varchar'],
    ['type', 'Type', 'enum'],
    ['owner_id', 'Assigned to user', 'user'],
    ['deal_id', 'Deal', 'deal'],
    ['lead_id', 'Lead', 'lead'],
    ['person_id', 'Contact person', 'people'],
    ['org_id', 'Organization', 'org'],
    ['due_date', 'Due date', 'date'],
    ['due_time', 'Due time', 'time'],
    ['duration', 'Duration', 'time'],
    ['busy', 'Free/busy', 'boolean'],
    ['done', 'Done', 'boolean'],
    ['marked_as_done_time', 'Marked as done time', 'date'],
    ['location', 'Location', 'address'],
    ['public_description', 'Public description', 'text'],
    ['note', 'Note', 'text'],
    ['add_time', 'Add time', 'date'],
    ['update_time', 'Update time', 'date'],
    ['attendees', 'Attendees', 'json', '*'],
  ],
  project: [
    ['id', 'ID', 'int'],
    ['title', 'Title', 'varchar'],
    ['description', 'Description', 'text'],
    ['status', 'Status', 'status'],
    ['board_id', 'Board', 'projects_board'],
    ['phase_id', 'Phase', 'projects_phase'],
    ['owner_id', 'Owner', 'user'],
    ['start_date', 'Start date', 'date'],
    ['end_date', 'End date', 'date'],
    ['deal_ids', 'Deals', 'deals'],
    ['person_ids', 'Contact person', 'people'],
    ['org_ids', 'Organization', 'org'],
    ['health_status', 'Health status', 'int'],
    ['add_time', 'Project created', 'date'],
    ['update_time', 'Update time', 'date'],
    ['status_change_time', 'Last status change', 'date'],
    ['archive_time', 'Archive time', 'date'],
  ],
};

/** Five more fields of persons on accounts with Contact Sync. */
export const CONTACT_SYNC_FIELDS: readonly BuiltinRow[] = [
  ['job_title', 'Job title', 'varchar'],
  ['birthday', 'Birthday', 'date'],
  ['im', 'Instant messenger', 'varchar'],
  ['notes', 'Notes', 'text'],
  ['postal_address', 'Postal address', 'address'],
];

/** The labels of a new account: name and colour. */
export const DEFAULT_LABELS: readonly (readonly [label: string, color: string])[] = [
  ['Customer', 'green'],
  ['Hot lead', 'red'],
  ['Warm lead', 'yellow'],
  ['Cold lead', 'blue'],
];

/** Priorities of activities. */
export const ACTIVITY_PRIORITIES = ['High', 'Medium', 'Low'] as const;

/** Industries of organizations; inferred names, so take them from the field and not from here. */
export const INDUSTRIES = [
  'Agriculture',
  'Construction',
  'Education',
  'Finance',
  'Health care',
  'Hospitality',
  'IT services',
  'Manufacturing',
  'Real estate',
  'Retail',
  'Transport',
  'Other',
] as const;

/** Field types that a request may create. */
export const CREATABLE_TYPES = [
  'varchar',
  'text',
  'double',
  'phone',
  'date',
  'daterange',
  'time',
  'timerange',
  'set',
  'enum',
  'varchar_auto',
  'address',
  'monetary',
  'org',
  'people',
  'user',
] as const;

const ADDRESS_SUBFIELDS = (
  [
    ['value', 'Address value'],
    ['street_number', 'House number'],
    ['route', 'Street/road name'],
    ['subpremise', 'Apartment/suite'],
    ['sublocality', 'District'],
    ['locality', 'City/town'],
    ['admin_area_level_1', 'State/province'],
    ['admin_area_level_2', 'County'],
    ['country', 'Country'],
    ['postal_code', 'Postal code'],
    ['formatted_address', 'Formatted address'],
  ] as const
).map(([code, name]) => ({ code, name, type: 'varchar' }));

/** The parts of fields that have several. */
export const SUBFIELDS: Readonly<
  Record<string, readonly { readonly code: string; readonly name: string; readonly type: string }[]>
> = {
  address: ADDRESS_SUBFIELDS,
  monetary: [
    { code: 'value', name: 'Amount', type: 'double' },
    { code: 'currency', name: 'Currency', type: 'varchar' },
  ],
  daterange: [
    { code: 'value', name: 'Start date', type: 'date' },
    { code: 'until', name: 'End date', type: 'date' },
  ],
  time: [
    { code: 'value', name: 'Time', type: 'time' },
    { code: 'timezone_id', name: 'Timezone', type: 'int' },
  ],
  timerange: [
    { code: 'value', name: 'Start time', type: 'time' },
    { code: 'until', name: 'End time', type: 'time' },
    { code: 'timezone_id', name: 'Timezone', type: 'int' },
  ],
};
