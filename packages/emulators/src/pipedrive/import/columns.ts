import type { ImportedEntity } from './import-record.ts';

/** How the text of a cell becomes a value. */
export type CellKind =
  | 'systemId'
  | 'text'
  | 'longText'
  | 'number'
  | 'whole'
  | 'day'
  | 'moment'
  | 'clock'
  | 'span'
  | 'flag'
  | 'busy'
  | 'owner'
  | 'labels'
  | 'option'
  | 'visibility'
  | 'currency'
  | 'pipeline'
  | 'stage'
  | 'status'
  | 'type'
  | 'address'
  | 'emails'
  | 'phones';

/** A built-in column of the wizard: its names after `Entity - `, the key it sets, and how its cells read. */
interface BuiltinColumn {
  readonly names: readonly string[];
  readonly key: string;
  readonly kind: CellKind;
}

const SYSTEM_ID: BuiltinColumn = {
  names: ['Pipedrive System ID', 'System ID', 'ID'],
  key: 'id',
  kind: 'systemId',
};
const OWNER: BuiltinColumn = { names: ['Owner'], key: 'owner_id', kind: 'owner' };
const LABEL: BuiltinColumn = { names: ['Label', 'Labels'], key: 'label_ids', kind: 'labels' };
const VISIBLE_TO: BuiltinColumn = { names: ['Visible to'], key: 'visible_to', kind: 'visibility' };

/**
 * The columns of the import wizard. Which there are is published by the vendor's import articles; several names of one
 * column are inferred from its exports.
 */
export const BUILTIN_COLUMNS: Readonly<Record<ImportedEntity, readonly BuiltinColumn[]>> = {
  organization: [
    SYSTEM_ID,
    { names: ['Name'], key: 'name', kind: 'text' },
    OWNER,
    LABEL,
    VISIBLE_TO,
    { names: ['Address'], key: 'address', kind: 'address' },
    { names: ['Website'], key: 'website', kind: 'text' },
    { names: ['LinkedIn profile', 'LinkedIn'], key: 'linkedin', kind: 'text' },
    { names: ['Industry'], key: 'industry', kind: 'option' },
    { names: ['Annual revenue'], key: 'annual_revenue', kind: 'whole' },
    { names: ['Number of employees', 'Employee count'], key: 'employee_count', kind: 'whole' },
    { names: ['Creation date', 'Organization created'], key: 'add_time', kind: 'moment' },
  ],
  person: [
    SYSTEM_ID,
    { names: ['Name'], key: 'name', kind: 'text' },
    { names: ['First name'], key: 'first_name', kind: 'text' },
    { names: ['Last name'], key: 'last_name', kind: 'text' },
    OWNER,
    LABEL,
    VISIBLE_TO,
    { names: ['Email'], key: 'emails', kind: 'emails' },
    { names: ['Phone'], key: 'phones', kind: 'phones' },
    { names: ['Creation date', 'Person created'], key: 'add_time', kind: 'moment' },
  ],
  deal: [
    SYSTEM_ID,
    { names: ['Title'], key: 'title', kind: 'text' },
    OWNER,
    LABEL,
    VISIBLE_TO,
    { names: ['Value'], key: 'value', kind: 'number' },
    { names: ['Currency', 'Currency of Value'], key: 'currency', kind: 'currency' },
    { names: ['Pipeline'], key: 'pipeline_id', kind: 'pipeline' },
    { names: ['Stage'], key: 'stage_id', kind: 'stage' },
    { names: ['Status'], key: 'status', kind: 'status' },
    { names: ['Probability'], key: 'probability', kind: 'number' },
    { names: ['Lost reason'], key: 'lost_reason', kind: 'text' },
    { names: ['Expected close date'], key: 'expected_close_date', kind: 'day' },
    { names: ['Won time'], key: 'won_time', kind: 'moment' },
    { names: ['Lost time'], key: 'lost_time', kind: 'moment' },
    { names: ['Closed on', 'Deal closed on'], key: 'close_time', kind: 'moment' },
    { names: ['Creation date', 'Deal created'], key: 'add_time', kind: 'moment' },
  ],
  lead: [
    { ...SYSTEM_ID, kind: 'text' },
    { names: ['Title'], key: 'title', kind: 'text' },
    OWNER,
    LABEL,
    VISIBLE_TO,
    { names: ['Value'], key: 'value', kind: 'number' },
    { names: ['Currency', 'Currency of Value'], key: 'currency', kind: 'currency' },
    { names: ['Expected close date'], key: 'expected_close_date', kind: 'day' },
  ],
  activity: [
    SYSTEM_ID,
    { names: ['Subject'], key: 'subject', kind: 'text' },
    { names: ['Type'], key: 'type', kind: 'type' },
    { names: ['Assigned to user', 'Owner'], key: 'owner_id', kind: 'owner' },
    { names: ['Due date'], key: 'due_date', kind: 'day' },
    { names: ['Due time'], key: 'due_time', kind: 'clock' },
    { names: ['Duration'], key: 'duration', kind: 'span' },
    { names: ['Free/busy', 'Busy'], key: 'busy', kind: 'busy' },
    { names: ['Done'], key: 'done', kind: 'flag' },
    { names: ['Marked as done time'], key: 'marked_as_done_time', kind: 'moment' },
    { names: ['Location'], key: 'location', kind: 'address' },
    { names: ['Public description'], key: 'public_description', kind: 'longText' },
    { names: ['Priority'], key: 'priority', kind: 'option' },
    { names: ['Note'], key: 'note', kind: 'longText' },
    { names: ['Creation date', 'Add time'], key: 'add_time', kind: 'moment' },
  ],
  note: [{ names: ['Content'], key: 'content', kind: 'longText' }],
};

/** The kinds of records in the order in which a row makes them: what others hang on first. */
export const ENTITY_ORDER: readonly ImportedEntity[] = [
  'organization',
  'person',
  'deal',
  'lead',
  'activity',
  'note',
];

/** Whose custom fields a kind of record has; leads have those of deals, activities and notes none. */
export const CUSTOM_OWNER = {
  organization: 'organization',
  person: 'person',
  deal: 'deal',
  lead: 'deal',
  activity: null,
  note: null,
} as const satisfies Readonly<Record<ImportedEntity, 'organization' | 'person' | 'deal' | null>>;
