import type { ByteSource } from './byte-source.ts';
import { findHeader, type HeaderFinding } from './header.ts';
import type { IssueCode } from './issue-code.ts';
import type { ScannedRecord } from './record-scanner.ts';
import { RowCheck } from './row-check.ts';
import { type CellOddity, type SheetRow, sheetRows } from './sheet-rows.ts';
import {
  defaultLimits,
  issue,
  RefusedFile,
  type RowOptions,
  refuse,
  type TableFile,
  type TableIssue,
  type TableOverrides,
  type TableRow,
} from './table.ts';
import { openWorkbook, type Workbook, type WorkbookSheet } from './workbook.ts';

/** Rows of a sheet in which the header is looked for. */
const headerRows = 300;
/** Rows a batch, when nobody says otherwise. */
const usualBatchRows = 1_000;

/** The sheets of a workbook that are tables, in the workbook's order, and those that could not be read. */
export interface OpenedWorkbook {
  readonly tables: readonly TableFile[];
  readonly refused: readonly TableIssue[];
  /** Sheets without any value, beside others that have some. */
  readonly ignored: readonly string[];
}

interface Sheet {
  readonly workbook: Workbook;
  readonly part: ByteSource;
  /** The name in issues: `book.xlsx, sheet "Deals"`. */
  readonly file: string;
  /** Columns left of the table. */
  readonly offset: number;
  readonly header: HeaderFinding;
}

/** Opens every worksheet of an .xlsx file. Macros, charts and links are not looked at. Throws `RefusedFile`. */
export async function openXlsx(source: ByteSource, overrides: TableOverrides = {}): Promise<OpenedWorkbook> {
  const workbook = await openWorkbook(source, overrides.limits?.unpackedBytes);
  const tables: TableFile[] = [];
  const refused: TableIssue[] = [];
  for (const sheet of workbook.sheets) {
    try {
      tables.push(await openSheet(workbook, sheet, source, overrides));
    } catch (trouble) {
      if (!(trouble instanceof RefusedFile)) throw trouble;
      refused.push(trouble.issue);
    }
  }
  if (workbook.sheets.length === 0) refuse('workbook-damaged', source.name, `${source.name} names no sheet.`);
  const empty = refused.filter(({ code }) => code === 'sheet-empty');
  if (tables.length === 0) return { tables, refused, ignored: [] };
  return {
    tables,
    refused: refused.filter((one) => !empty.includes(one)),
    ignored: empty.map(({ file }) => file),
  };
}

async function openSheet(
  workbook: Workbook,
  { name, part }: WorkbookSheet,
  source: ByteSource,
  overrides: TableOverrides,
): Promise<TableFile> {
  const file = `${source.name}, sheet "${name}"`;
  if (part === undefined) refuse('sheet-missing', file, `${file} is named in the workbook and is not there.`);
  const sample = await firstRows(workbook, part, file);
  if (sample.length === 0) refuse('sheet-empty', file, `${file} holds no value.`);
  const offset = Math.min(...sample.map(({ cells }) => firstFilled(cells)));
  const records = sample.map(({ line, cells }) => ({ line, cells: cells.slice(offset) }));
  const { columns } = { ...defaultLimits, ...overrides.limits };
  // Sheets have no cells at the end of short rows: every row may be filled.
  const header = {
    ...findHeader(file, records, { columns, told: overrides.headerLine, ragged: true }),
    fillsShort: true,
  };
  const sheet = { workbook, part, file, offset, header };
  return {
    name: source.name,
    sheet: name,
    kind: 'xlsx',
    header: header.names,
    headerLine: header.line,
    issues: header.issues.filter(({ code }) => code !== 'short-rows-filled'),
    sizeBytes: part.sizeBytes,
    rows: (options = {}) => rowsOf(sheet, options),
  };
}

async function firstRows(workbook: Workbook, part: ByteSource, file: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheetRows(workbook, part)) {
    if (row.line === 0)
      refuse('workbook-damaged', file, `${file} has rows with wrong numbers or out of order.`);
    if (row.cells.length > 0) rows.push(row);
    if (rows.length >= headerRows) break;
  }
  return rows;
}

function firstFilled(cells: readonly string[]): number {
  const first = cells.findIndex((cell) => cell.trim() !== '');
  return first === -1 ? Number.MAX_SAFE_INTEGER : first;
}

async function* rowsOf(sheet: Sheet, options: RowOptions): AsyncIterable<readonly TableRow[]> {
  const { header, offset, file } = sheet;
  const check = new RowCheck(file, header, options);
  const formulas = new Map<number, number>();
  const batchRows = options.batchRows ?? usualBatchRows;
  let batch: TableRow[] = [];
  let seen = 0;
  for await (const row of sheetRows(sheet.workbook, sheet.part)) {
    if (row.cells.length > 0 && seen++ < header.firstRow) continue;
    options.signal?.throwIfAborted();
    const isTold = check.isTelling;
    const taken = check.take(recordOf(row, offset, header.names.length), false);
    if (isTold) noteOddities(sheet, row, taken?.row, options, formulas);
    if (taken === undefined) continue;
    batch.push(taken);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  noteFormulas(sheet, formulas, options);
  check.finish();
}

/** Values left of the table count as cells too many, so that they are never dropped in silence. */
function recordOf({ line, cells, oddities }: SheetRow, offset: number, width: number): ScannedRecord {
  const left = cells.slice(0, offset).filter((cell) => cell !== '');
  const own = cells.slice(offset);
  const all =
    left.length === 0 ? own : [...own, ...Array<string>(Math.max(0, width - own.length)).fill(''), ...left];
  const tooLarge = oddities.some(({ what }) => what === 'cell-too-large');
  const trouble = line === 0 ? 'row-number-wrong' : tooLarge ? 'cell-too-large' : 'none';
  return { line, cells: all, trouble, cut: false, text: () => all.join('\t') };
}

const oddityWords: Readonly<Record<Exclude<CellOddity, 'formula-cell' | 'cell-too-large'>, string>> = {
  'formula-without-value': 'is a formula without a stored result; it was read as empty',
  'error-cell': 'shows a spreadsheet error',
  'number-precision': 'is a number with more than 15 digits',
  'string-index-wrong': 'points at a text that is not there; it was read as empty',
};

function noteOddities(
  sheet: Sheet,
  row: SheetRow,
  taken: number | undefined,
  options: RowOptions,
  formulas: Map<number, number>,
): void {
  for (const { column, what } of row.oddities) {
    if (what === 'formula-cell') formulas.set(column, (formulas.get(column) ?? 0) + 1);
    else if (what !== 'cell-too-large') {
      const code: IssueCode = what;
      const message = `${columnName(sheet, column)} in row ${row.line} of ${sheet.file} ${oddityWords[what]}.`;
      options.onIssue?.(
        issue(code, sheet.file, row.line, message, taken === undefined ? {} : { row: taken }),
      );
    }
  }
}

function noteFormulas(sheet: Sheet, formulas: ReadonlyMap<number, number>, options: RowOptions): void {
  for (const [column, times] of formulas) {
    const message = `${columnName(sheet, column)} of ${sheet.file} has ${times} formulas; their stored results were read.`;
    options.onIssue?.(issue('formula-cell', sheet.file, sheet.header.line, message));
  }
}

function columnName({ header, offset }: Sheet, column: number): string {
  return `Column "${header.names[column - offset] ?? column + 1}"`;
}
