import { writeAtomically } from './atomic-file.ts';
import { guardedCell } from './formula-safety.ts';

/** How a CSV is written. The defaults open rightly in Excel: byte order mark, CRLF, commas, guarded cells. */
export interface CsvStyle {
  readonly delimiter?: string;
  readonly lineEnd?: '\r\n' | '\n';
  readonly mark?: boolean;
  /** Guards cells that a spreadsheet would run as formulas. Off only for files no spreadsheet opens. */
  readonly guards?: boolean;
}

/** Rows to write, in memory or as they come. */
export type CellRows = Iterable<readonly string[]> | AsyncIterable<readonly string[]>;

/** Characters gathered before they are handed on. */
const pieceChars = 65_536;

/** One line with its line end; every cell is quoted. */
function csvLine(cells: readonly string[], style: CsvStyle = {}): string {
  const { delimiter = ',', lineEnd = '\r\n', guards = true } = style;
  const quoted = cells.map((cell) => `"${(guards ? guardedCell(cell) : cell).replaceAll('"', '""')}"`);
  return quoted.join(delimiter) + lineEnd;
}

/** The pieces of a CSV: header, then rows as they come. Memory stays flat. */
export async function* csvText(
  header: readonly string[],
  rows: CellRows,
  style: CsvStyle = {},
): AsyncIterable<string> {
  let piece = (style.mark === false ? '' : '\uFEFF') + csvLine(header, style);
  for await (const cells of rows) {
    piece += csvLine(cells, style);
    if (piece.length < pieceChars) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Writes a CSV file, whole or not at all. */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: CellRows,
  style: CsvStyle = {},
): Promise<void> {
  await writeAtomically(path, csvText(header, rows, style));
}
