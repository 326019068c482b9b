import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx';
import { writeAtomically } from './atomic-file.ts';
import { sheetCellChars } from './workbook.ts';

/** What a cell of a written workbook may hold. A text is always written as text, never as a formula. */
export type SheetValue = string | number | boolean | Date | null;

/** One sheet to write. */
export interface WrittenSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly SheetValue[])[];
  /** In characters, by column; default: by the header and the first rows. */
  readonly widths?: readonly number[];
}

/** One large sheet, its rows given as they come. */
export interface StreamedSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly SheetValue[]> | Iterable<readonly SheetValue[]>;
  readonly widths?: readonly number[];
}

const headerStyle: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F4E79' } },
  alignment: { vertical: 'top', wrapText: true },
};

/** Widest column, in characters; longer texts are read by making it wider. */
const widestChars = 60;
/** Rows by which a column's width is chosen. */
const measuredRows = 100;
const sheetNameChars = 31;
const cutMark = ' [cut]';

/** A large library, loaded when there is something to write. */
function library(): Promise<typeof import('hucre/xlsx')> {
  return import('hucre/xlsx');
}

/** Writes a workbook, whole or not at all: header in bold and frozen, a filter on every column. Holds it in memory. */
export async function writeWorkbook(path: string, sheets: readonly WrittenSheet[]): Promise<void> {
  const names = sheetNames(sheets.map(({ name }) => name));
  const { writeXlsx } = await library();
  const bytes = await writeXlsx({
    sheets: sheets.map((sheet, index) => writeSheet(sheet, names[index] ?? '')),
  });
  await writeAtomically(path, [bytes]);
}

/** Writes one sheet of any length with flat memory; further sheets are begun when Excel's row limit is reached. */
export async function writeLargeSheet(path: string, sheet: StreamedSheet): Promise<void> {
  const columns = sheet.header.map((name, index) => ({
    header: fitted(name),
    width: sheet.widths?.[index] ?? widthOf([name]),
  }));
  const name = sheetNames([sheet.name])[0] ?? '';
  const { writeXlsxStream } = await library();
  await writeAtomically(
    path,
    writeXlsxStream(fittedRows(sheet.rows), { name, columns, freezePane: { rows: 1 } }),
  );
}

function writeSheet({ header, rows, widths }: WrittenSheet, name: string): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  for (const [column, title] of header.entries()) {
    cells.set(`0,${column}`, { value: fitted(title), type: 'string', style: headerStyle });
  }
  const columns = header.map((title, column) => ({
    width:
      widths?.[column] ?? widthOf([title, ...rows.slice(0, measuredRows).map((row) => row[column] ?? '')]),
  }));
  const written: WriteSheet = {
    name,
    columns,
    rows: [header.map(fitted), ...rows.map((row) => row.map(fitted))],
    cells,
    freezePane: { rows: 1 },
  };
  if (header.length > 0)
    written.autoFilter = { range: `A1:${columnLetters(header.length - 1)}${rows.length + 1}` };
  return written;
}

async function* fittedRows(rows: StreamedSheet['rows']): AsyncIterable<SheetValue[]> {
  for await (const row of rows) yield row.map(fitted);
}

/** A cell holds at most 32,767 characters: a longer text would make Excel call the file damaged. */
function fitted<T extends SheetValue>(value: T): T | string {
  if (typeof value !== 'string') return value;
  const whole = value.length <= sheetCellChars;
  const text = whole ? value : value.slice(0, sheetCellChars - cutMark.length) + cutMark;
  // Excel would read `_x0041_` as an escaped "A", and hucre does not escape the escape.
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

function widthOf(values: readonly SheetValue[]): number {
  const longest = Math.max(...values.map((value) => String(value ?? '').split('\n', 1)[0]?.length ?? 0));
  return Math.min(widestChars, Math.max(8, longest + 2));
}

function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}

/** Names Excel takes: no `[ ] : * ? / \`, at most 31 characters, none twice (letters of either case). */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const clean =
      name
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim() || 'Sheet';
    let chosen = clean.slice(0, sheetNameChars);
    for (let copy = 2; taken.has(chosen.toLowerCase()); copy++) {
      const suffix = ` (${copy})`;
      chosen = clean.slice(0, sheetNameChars - suffix.length) + suffix;
    }
    taken.add(chosen.toLowerCase());
    return chosen;
  });
}
