import { counted } from '../../../base/counted.ts';
import type { TableIssue } from '../../../files/table.ts';
import { MigrationError } from '../../../model/error.ts';
import type { Cursor, Page, Reject, SourceRecord } from '../../../model/source.ts';
import type { KnownEntity, KnownTable } from './known-table.ts';
import { countsOccurrences, positionOf, RecordBuilder } from './record-builder.ts';

/** Records in one page. */
const pageRecords = 500;

interface Place {
  /** Index of the table among the entity's. */
  readonly table: number;
  /** The next row, from 1. */
  readonly row: number;
}

/**
 * The records of one entity, page by page, at most 500 in memory. Started again from any page's `next` it gives
 * the same pages, as long as the files are the same. Rows that cannot be read are rejects.
 */
export async function* readPages(
  known: KnownEntity,
  from: Cursor | null,
  signal: AbortSignal,
): AsyncIterable<Page> {
  const start = placeOf(known, from);
  const builder = new RecordBuilder();
  const again = known.tables.some(countsOccurrences);
  for (let at = again ? 0 : start.table; at < known.tables.length; at += 1) {
    const table = known.tables[at] as KnownTable;
    const firstRow = at < start.table ? Number.POSITIVE_INFINITY : at === start.table ? start.row : 1;
    const last = at === known.tables.length - 1;
    for await (const page of tablePages(table, builder, firstRow, again, signal)) {
      signal.throwIfAborted();
      if (at < start.table) continue;
      yield { ...page, next: nextOf(at, page.nextRow, last) };
    }
  }
}

interface TablePage {
  readonly records: readonly SourceRecord[];
  readonly rejects: readonly Reject[];
  /** null: the table is at its end. */
  readonly nextRow: number | null;
}

async function* tablePages(
  table: KnownTable,
  builder: RecordBuilder,
  firstRow: number,
  again: boolean,
  signal: AbortSignal,
): AsyncIterable<TablePage> {
  const make = builder.forTable(table);
  let refused: TableIssue[] = [];
  let records: SourceRecord[] = [];
  const onIssue = (issue: TableIssue) => {
    if (issue.effect === 'row-rejected' && (issue.row ?? 0) >= firstRow) refused.push(issue);
  };
  const fromRow = again ? 1 : firstRow;
  let lastRow = 0;
  for await (const rows of table.table.rows({ fromRow, batchRows: pageRecords, onIssue, signal })) {
    for (const row of rows) {
      const record = make(row);
      if (row.row < firstRow) continue;
      // Only when another row follows is a full page not the last one.
      if (records.length === pageRecords) {
        const [now, later] = splitAfter(refused, lastRow);
        yield { records, rejects: now.map((issue) => rejectOf(table, issue)), nextRow: lastRow + 1 };
        records = [];
        refused = later;
      }
      records.push(record);
      lastRow = row.row;
    }
  }
  yield { records, rejects: refused.map((issue) => rejectOf(table, issue)), nextRow: null };
}

/** The file is read ahead of the page: rows after it belong to the next, or a restart would tell them twice. */
function splitAfter(issues: readonly TableIssue[], row: number): [TableIssue[], TableIssue[]] {
  const upTo = issues.filter((issue) => (issue.row ?? 0) <= row);
  return [upTo, issues.filter((issue) => (issue.row ?? 0) > row)];
}

function nextOf(table: number, nextRow: number | null, last: boolean): Cursor | null {
  if (nextRow !== null) return cursorOf({ table, row: nextRow });
  return last ? null : cursorOf({ table: table + 1, row: 1 });
}

function cursorOf({ table, row }: Place): Cursor {
  return `${table}:${row}`;
}

function placeOf(known: KnownEntity, cursor: Cursor | null): Place {
  if (cursor === null) return { table: 0, row: 1 };
  const found = /^(\d{1,9}):(\d{1,15})$/.exec(cursor);
  const place = { table: Number(found?.[1]), row: Number(found?.[2]) };
  if (found !== null && place.table < known.tables.length && place.row >= 1) return place;
  throw new MigrationError(
    'configuration-wrong',
    `The place "${cursor}" in ${known.entity.name} does not exist any more: the export holds ${counted(known.tables.length, 'table')} of it now.`,
    { hint: 'Put back the files the migration began with, or start in a new workspace.' },
  );
}

function rejectOf(table: KnownTable, issue: TableIssue): Reject {
  return {
    entity: table.recognised.entity.name,
    key: null,
    position: positionOf(table, issue.line),
    code: 'unreadable-row',
    field: null,
    reason: `${issue.message} ${issue.hint}`,
  };
}
