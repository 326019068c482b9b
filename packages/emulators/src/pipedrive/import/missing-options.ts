import type { Account } from '../account.ts';
import { appendOptions } from '../fields.ts';
import { labelField } from '../labels.ts';
import { createLeadLabel } from '../lead-labels.ts';
import type { FieldEntity, FieldRecord } from '../records.ts';
import { listed } from './cell-values.ts';
import { CUSTOM_OWNER } from './columns.ts';
import type { ImportTable } from './csv.ts';
import type { MappedColumn } from './mapping.ts';

/**
 * Creates the options and labels that the file names and the account does not have, before any row is read, as the
 * wizard does. Answers the columns with their fields as they are then. Throws when a field would have too many.
 */
export function withMissingOptions(
  account: Account,
  columns: readonly MappedColumn[],
  table: ImportTable,
): readonly MappedColumn[] {
  return columns.map((column) => {
    const names = wantedIn(column, table);
    if (names.size === 0) return column;
    if (column.entity === 'lead' && 'key' in column.target) {
      addLeadLabels(account, names);
      return column;
    }
    const field = fieldOf(account, column);
    if (!field) return column;
    const known = new Set(field.options?.map(({ label }) => label.toLowerCase()));
    const fresh = [...names].filter(([folded]) => !known.has(folded)).map(([, label]) => ({ label }));
    if (fresh.length > 0) appendOptions(account, field, fresh);
    const now = account.state.fields.get(field.id) ?? field;
    return 'field' in column.target ? { ...column, target: { ...column.target, field: now } } : column;
  });
}

/** What the cells of a column with options or labels name, by the folded text; the first way it is written counts. */
function wantedIn({ index, target }: MappedColumn, table: ImportTable): ReadonlyMap<string, string> {
  const type = 'field' in target ? target.field.type : target.kind;
  const several = type === 'set' || type === 'labels';
  const names = new Map<string, string>();
  if (!several && type !== 'enum') return names;
  for (const { cells } of table.rows) {
    const text = cells[index] ?? '';
    for (const name of several ? listed(text) : [text])
      if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return names;
}

function fieldOf(account: Account, { entity, target }: MappedColumn): FieldRecord | undefined {
  if ('field' in target) return account.state.fields.get(target.field.id);
  return labelField(account, (CUSTOM_OWNER[entity] ?? 'deal') satisfies FieldEntity);
}

/** INF: the colour of labels that an import makes. */
function addLeadLabels(account: Account, names: ReadonlyMap<string, string>): void {
  const known = new Set([...account.state.leadLabels.all()].map(({ name }) => name.toLowerCase()));
  for (const [folded, name] of names)
    if (!known.has(folded)) createLeadLabel(account, { name, color: 'gray' });
}
