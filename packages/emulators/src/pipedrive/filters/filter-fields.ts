import type { Account } from '../account.ts';
import type { BuiltinRow } from '../builtin-fields.ts';
import type { FieldRecord } from '../records.ts';
import type { FilterObject } from './record-values.ts';

/** What a filter needs to know of a field. */
export interface FilterField {
  readonly code: string;
  readonly type: string;
}

/** Built-in lead fields; leads share the custom fields of deals. INF: which ones there are. */
export const LEAD_FIELDS: readonly BuiltinRow[] = [
  ['title', 'Title', 'varchar'],
  ['owner_id', 'Owner', 'user'],
  ['creator_id', 'Creator', 'user'],
  ['value', 'Value', 'monetary'],
  ['person_id', 'Contact person', 'people'],
  ['organization_id', 'Organization', 'org'],
  ['expected_close_date', 'Expected close date', 'date'],
  ['label_ids', 'Labels', 'set'],
  ['source_name', 'Source', 'varchar'],
  ['visible_to', 'Visible to', 'visible_to'],
  ['add_time', 'Lead created', 'date'],
  ['update_time', 'Update time', 'date'],
  ['is_archived', 'Archived', 'boolean'],
  ['was_seen', 'Seen', 'boolean'],
];

/** The id of the first built-in lead field: they are no records, so their ids lie beyond those that are. */
export const FIRST_LEAD_FIELD_ID = 9_001;

/** The live field that a line of a filter names by its id, or (switch) by its code. */
export function filterField(account: Account, object: FilterObject, name: string): FilterField | null {
  if (object === 'lead') return leadField(account, name) ?? fieldOf(account, 'deal', name);
  return fieldOf(account, object, name);
}

function fieldOf(account: Account, entity: FieldRecord['entity'], name: string): FilterField | null {
  const { state, switches } = account;
  const named = switches.filterFieldByCode ? state.fieldsByCode.get(entity)?.get(name) : undefined;
  const field = named ?? (/^\d+$/.test(name) ? state.fields.get(Number(name)) : undefined);
  return field && field.entity === entity && field.deletedSec === null ? field : null;
}

function leadField({ switches }: Account, name: string): FilterField | null {
  const row =
    LEAD_FIELDS[Number(name) - FIRST_LEAD_FIELD_ID] ??
    (switches.filterFieldByCode ? LEAD_FIELDS.find(([code]) => code === name) : undefined);
  return row ? { code: row[0], type: row[2] } : null;
}
