import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../account.ts';
import type { WorldRow } from '../world/chance.ts';
import { OBJECTS, type ObjectField } from '../world/custom-objects.ts';
import { COLUMNS, type Columns, customColumns, historyRows, stageRows } from './columns.ts';
import { csvText, type ExportTable, usDate, usMoney, words, yesNo } from './table.ts';

/**
 * The account as its export screens would give it, American in every way (`MM/DD/YYYY`, `$1,234.56`): file name -> text.
 * Pipelines come stage by stage, stage histories entry by entry, custom objects by their labels.
 */
export function exportTexts(account: Account): Readonly<Record<string, string>> {
  const tables: Record<string, ExportTable> = {};
  for (const [resource, columns] of Object.entries(COLUMNS))
    tables[`${resource}.csv`] = tableOf(account, account.list(resource) ?? [], columns);
  tables['pipelines.csv'] = stageRows(account.list('pipelines') ?? []);
  tables['stage-history.csv'] = historyRows(account, account.list('projects') ?? []);
  for (const { key, fields } of OBJECTS) {
    const rows = account.list(`custom-objects/${key}`) ?? [];
    if (rows.length > 0) tables[`${key.replaceAll('_', '-')}.csv`] = objectTable(key, fields, rows);
  }
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, csvText(table)]));
}

/** Writes the texts into a folder, which is made when it is not there; answers the names of the files. */
export function writeTexts(directory: string, texts: Readonly<Record<string, string>>): readonly string[] {
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(directory, name), text);
  return Object.keys(texts);
}

function tableOf(account: Account, rows: readonly WorldRow[], columns: Columns): ExportTable {
  const custom = customColumns(rows);
  return {
    header: [...columns.map(([header]) => header), ...custom.map(([header]) => header)],
    rows: rows.map((row) => [...columns, ...custom].map(([, cell]) => cell(row, account))),
  };
}

function objectTable(key: string, fields: readonly ObjectField[], rows: readonly WorldRow[]): ExportTable {
  const title = OBJECTS.find((one) => one.key === key)?.label ?? key;
  return {
    header: [
      `${title} ID`,
      ...fields.map(({ label, type }) => (type === 'lookup' ? `${label} ID` : label)),
      'Created',
    ],
    rows: rows.map((row) => [
      words(row.id),
      ...fields.map((field) => objectCell(field, row[field.key])),
      usDate(row.created_at),
    ]),
  };
}

function objectCell({ type }: ObjectField, value: unknown): string {
  if (type === 'date') return usDate(value);
  if (type === 'money') return usMoney(value);
  return type === 'boolean' ? yesNo(value) : words(value);
}
