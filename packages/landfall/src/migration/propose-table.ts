import { openTables } from '../files/open-tables.ts';
import type { TableFile, TableIssue } from '../files/table.ts';
import { MigrationError } from '../model/error.ts';
import type { SourceEntity } from '../model/source.ts';
import { matchEntityOf } from '../propose/header-match.ts';
import { proposeFields } from '../propose/matcher.ts';
import type { ProposedField } from '../propose/proposal-template.ts';
import { ColumnProfile } from '../sources/shared/export-files/column-profile.ts';
import { fieldReport } from '../sources/shared/export-files/field-report.ts';

/** The answer of `propose --json` (cli.md): what the table is, and where each of its columns would go. */
export interface TableProposal {
  readonly table: {
    readonly rows: number;
    readonly headerRow: number;
    readonly delimiter: string | null;
    readonly encoding: string | null;
    readonly rejected: readonly { readonly line: number; readonly reason: string }[];
    readonly warnings: readonly { readonly code: string; readonly message: string }[];
  };
  readonly fields: readonly Omit<ProposedField, 'entity'>[];
}

/** Proposes where the columns of one file go, without a workspace. Throws `usage` and what reading the file throws. */
export async function proposeTable(
  path: string,
  entityName: string,
  signal: AbortSignal,
): Promise<TableProposal> {
  const entity = matchEntityOf(entityName);
  if (entity === null)
    throw new MigrationError('usage', `There is no entity “${entityName}” to propose for.`);
  const table = await onlyTable(path);
  const issues: TableIssue[] = [...table.issues];
  const profiled = await profile(table, issues, signal);
  const fields = proposeFields({ entity, table: profiled, target: null });
  return {
    table: {
      rows: profiled.count.value,
      headerRow: table.headerLine,
      delimiter: table.delimiter?.value ?? null,
      encoding: table.encoding?.value ?? null,
      rejected: issues.filter(isRejected).map(({ line, message }) => ({ line: line ?? 0, reason: message })),
      warnings: issues.filter((issue) => !isRejected(issue)).map(({ code, message }) => ({ code, message })),
    },
    fields: fields.map(({ entity: _entity, ...field }) => field),
  };
}

function isRejected(issue: TableIssue): boolean {
  return issue.effect === 'row-rejected';
}

async function onlyTable(path: string): Promise<TableFile> {
  const { tables, refused } = await openTables(path);
  const [first, second] = tables;
  if (second !== undefined) {
    const names = tables.map((table) => table.name).join(', ');
    throw new MigrationError('usage', `${path} holds several tables (${names}): propose takes one.`);
  }
  if (first !== undefined) return first;
  const why = refused[0];
  throw new MigrationError('file-unreadable', why?.message ?? `${path} holds no table.`, {
    at: path,
    hint: why?.hint ?? 'Export it again as CSV or XLSX.',
  });
}

async function profile(table: TableFile, issues: TableIssue[], signal: AbortSignal): Promise<SourceEntity> {
  const columns = table.header.map(() => new ColumnProfile());
  let rows = 0;
  for await (const batch of table.rows({ onIssue: (issue) => issues.push(issue), signal })) {
    rows += batch.length;
    for (const { cells } of batch) for (const [at, column] of columns.entries()) column.add(cells[at] ?? '');
  }
  for (const column of columns) column.close();
  const fields = table.header.map((name, at) => fieldReport(name, null, columns[at] ?? new ColumnProfile()));
  const count = { value: rows, exact: true };
  return { name: table.name, label: table.name, custom: false, count, origin: [table.name], fields };
}
