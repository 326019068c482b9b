import { type Account, firstAdmin, nowSec } from '../account.ts';
import { createField, parseFieldCreation } from '../fields.ts';
import type { UserRecord } from '../records.ts';
import { csvLine, type ImportTable } from './csv.ts';
import { Duplicates } from './duplicates.ts';
import type { ImportCounts, ImportedEntity, ImportRecord } from './import-record.ts';
import { type ImportRequest, MAX_ROWS } from './import-request.ts';
import { mapHeaders } from './mapping.ts';
import { withMissingOptions } from './missing-options.ts';
import { commitRow, type ItemResult } from './row-commit.ts';
import { readRow } from './row-drafts.ts';
import { Skip } from './skip.ts';

/** A row that was left out; `line` is that of the file, the header's being 1. */
interface SkippedRow {
  readonly line: number;
  readonly reason: string;
}

/** What an import did. */
export interface ImportReport {
  readonly id: number;
  readonly name: string;
  readonly rows: number;
  readonly created: ImportCounts;
  readonly updated: ImportCounts;
  readonly merged: ImportCounts;
  readonly skipped: readonly SkippedRow[];
  /** Headers that were not understood; their columns were left out. */
  readonly unmapped: readonly string[];
  /** The skipped rows with their reasons, as CSV; null when there are none. */
  readonly skipFile: string | null;
}

/**
 * Imports a file as the wizard does: no tokens, one record of each kind a row at most, linked to each other. A row with
 * a mistake is left out as a whole and goes to the skip file. Throws, and does nothing, when the file itself is wrong.
 */
export function runImport(account: Account, request: ImportRequest): ImportReport {
  const { table } = request;
  if (table.rows.length > MAX_ROWS)
    throw new Error(`${request.name} has ${table.rows.length} rows, at most ${MAX_ROWS}`);
  const user = importer(account, request.userId);
  account.state.history.actAs(user.id, nowSec(account));
  for (const { entity, ...field } of request.fields) createField(account, entity, parseFieldCreation(field));
  const { columns, unmapped } = mapHeaders(account, table.header, request.mapping);
  const known = request.missingOptions === 'create' ? withMissingOptions(account, columns, table) : columns;
  const duplicates = request.duplicates === 'merge' ? new Duplicates(account) : null;
  const results: ItemResult[] = [];
  const skipped: SkippedRow[] = [];
  for (const { line, cells } of table.rows)
    try {
      const drafts = readRow({ account, dateOrder: request.dateOrder }, known, cells);
      results.push(...commitRow({ account, user, duplicates }, drafts));
    } catch (error) {
      if (!(error instanceof Skip)) throw error;
      skipped.push({ line, reason: error.message });
    }
  const record = keepImport(account, request.name, user, table, results, skipped);
  account.state.flush();
  return { ...reportOf(record), created: counted(results, 'created'), skipped, unmapped };
}

function importer(account: Account, userId: number | undefined): UserRecord {
  const user = userId === undefined ? firstAdmin(account) : account.state.users.get(userId);
  // Published: "users with global/admin access to the import".
  if (!user?.admin) throw new Error(`user ${userId} may not import; only administrators may`);
  return user;
}

function keepImport(
  account: Account,
  name: string,
  user: UserRecord,
  table: ImportTable,
  results: readonly ItemResult[],
  skipped: readonly SkippedRow[],
): ImportRecord {
  const { imports } = account.state;
  const createdIds: Partial<Record<ImportedEntity, number[]>> = {};
  for (const { entity, how, id } of results) {
    if (how !== 'created') continue;
    const ids = createdIds[entity] ?? [];
    ids.push(id);
    createdIds[entity] = ids;
  }
  return account.state.keep(imports, {
    id: imports.nextId,
    name,
    userId: user.id,
    atMs: account.clock.nowMs(),
    rows: table.rows.length,
    createdIds,
    updated: counted(results, 'updated'),
    merged: counted(results, 'merged'),
    skipFile: skipFileOf(table, skipped),
    skippedRows: skipped.length,
    undoneMs: null,
  });
}

function counted(results: readonly ItemResult[], how: ItemResult['how']): ImportCounts {
  const counts: Partial<Record<ImportedEntity, number>> = {};
  for (const each of results) if (each.how === how) counts[each.entity] = (counts[each.entity] ?? 0) + 1;
  return counts;
}

/** Published: the skipped rows with one more column, "Skip reason". INF: it comes first. */
function skipFileOf(table: ImportTable, skipped: readonly SkippedRow[]): string | null {
  if (skipped.length === 0) return null;
  const reasons = new Map(skipped.map(({ line, reason }) => [line, reason]));
  const lines = table.rows
    .filter(({ line }) => reasons.has(line))
    .map(({ line, cells }) => csvLine([reasons.get(line) ?? '', ...cells]));
  return `${[csvLine(['Skip reason', ...table.header]), ...lines].join('\n')}\n`;
}

function reportOf({ id, name, rows, updated, merged, skipFile }: ImportRecord) {
  return { id, name, rows, updated, merged, skipFile };
}
