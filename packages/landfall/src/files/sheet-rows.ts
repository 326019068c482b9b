import type { ByteSource } from './byte-source.ts';
import { dateText, elapsedText, type NumberKind, numberText } from './number-format.ts';
import { plainText, sheetCellChars, type Workbook } from './workbook.ts';
import { attribute, readXml } from './xml-reader.ts';

/** What is odd about one cell, for the row's issues. */
export type CellOddity =
  | 'formula-cell'
  | 'formula-without-value'
  | 'error-cell'
  | 'number-precision'
  | 'string-index-wrong'
  | 'cell-too-large';

/** One row of a sheet that has a value. `line` is its row number; 0 when the file gives an impossible row or column, or a row that is not after the last. */
export interface SheetRow {
  readonly line: number;
  /** Up to the last cell with a value; empty cells are `''`. */
  readonly cells: readonly string[];
  readonly oddities: readonly { readonly column: number; readonly what: CellOddity }[];
}

/** Rows a sheet can have. */
const rowLimit = 1_048_576;
/** Columns a sheet can have. */
const columnLimit = 16_384;

interface CellState {
  column: number;
  type: string;
  style: number;
  formula: boolean;
  /** The stored value or inline text; `null`: there is none. */
  stored: string | null;
  length: number;
}

/** Reads a worksheet as a stream: rows in the order of the file, those without any value left out. */
export async function* sheetRows(workbook: Workbook, part: ByteSource): AsyncIterable<SheetRow> {
  const collector = new SheetCollector(await workbook.texts(), await workbook.styles(), workbook.from1904);
  for await (const _ of readXml(part, workbook.file, collector)) yield* collector.done();
}

/** Builds rows from the elements of a worksheet. */
class SheetCollector {
  private readonly texts: readonly (string | null)[];
  private readonly styles: readonly NumberKind[];
  private readonly from1904: boolean;
  private rows: SheetRow[] = [];
  private line = 0;
  private last = 0;
  private nextColumn = 0;
  private cells: string[] = [];
  private oddities: { column: number; what: CellOddity }[] = [];
  private cell: CellState | undefined;
  private reading = false;
  private phonetic = false;
  private inData = false;

  constructor(texts: readonly (string | null)[], styles: readonly NumberKind[], from1904: boolean) {
    this.texts = texts;
    this.styles = styles;
    this.from1904 = from1904;
  }

  /** The rows complete so far, each given once. */
  done(): SheetRow[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    if (name === 'sheetData') this.inData = true;
    // biome-ignore lint/suspicious/noUnnecessaryConditions: `open` and `close` set it
    if (!this.inData) return;
    if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.openCell(attributes);
    else if (this.cell === undefined) return;
    else if (name === 'f') this.cell.formula = true;
    else if (name === 'rPh') this.phonetic = true;
    else if (name === (this.cell.type === 'inlineStr' ? 't' : 'v') && !this.phonetic) {
      this.reading = true;
      this.cell.stored ??= '';
    }
  }

  text(text: string): void {
    // biome-ignore lint/suspicious/noUnnecessaryConditions: `open` and `close` set it
    if (!this.reading || this.cell === undefined) return;
    this.cell.length += text.length;
    if (this.cell.length <= sheetCellChars) this.cell.stored += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.reading = false;
    else if (name === 'rPh') this.phonetic = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (name === 'sheetData') this.inData = false;
  }

  private openRow(attributes: string): void {
    const number = attribute(attributes, 'r');
    const line = number === undefined ? this.last + 1 : Number(number);
    this.line = Number.isInteger(line) && line > this.last && line <= rowLimit ? line : 0;
    if (this.line > 0) this.last = this.line;
    this.nextColumn = 0;
    this.cells = [];
    this.oddities = [];
  }

  private openCell(attributes: string): void {
    const place = attribute(attributes, 'r');
    const column = place === undefined ? this.nextColumn : columnOf(place);
    this.nextColumn = column + 1;
    const style = Number(attribute(attributes, 's') ?? '-1');
    this.cell = {
      column,
      type: attribute(attributes, 't') ?? 'n',
      style,
      formula: false,
      stored: null,
      length: 0,
    };
  }

  private closeCell(): void {
    const { cell } = this;
    this.cell = undefined;
    this.reading = false;
    if (cell === undefined) return;
    if (cell.column < 0 || cell.column >= columnLimit) {
      this.line = 0;
      return;
    }
    const text = this.textOf(cell);
    if (text === '') return;
    while (this.cells.length < cell.column) this.cells.push('');
    this.cells[cell.column] = text;
  }

  private closeRow(): void {
    if (this.cells.length === 0 && this.oddities.length === 0) return;
    this.rows.push({ line: this.line, cells: this.cells, oddities: this.oddities });
  }

  private odd(cell: CellState, what: CellOddity): string {
    this.oddities.push({ column: cell.column, what });
    return '';
  }

  private textOf(cell: CellState): string {
    const { stored } = cell;
    if (cell.length > sheetCellChars) return this.odd(cell, 'cell-too-large');
    if (cell.formula)
      this.odd(
        cell,
        stored === null || (stored === '' && cell.type !== 'str') ? 'formula-without-value' : 'formula-cell',
      );
    if (stored === null) return '';
    if (cell.type === 's') return this.shared(cell, stored);
    if (cell.type === 'b') return stored === '1' || stored === 'true' ? 'TRUE' : 'FALSE';
    if (cell.type === 'e') this.odd(cell, 'error-cell');
    return cell.type === 'n' ? this.number(cell, stored) : plainText(stored);
  }

  private shared(cell: CellState, stored: string): string {
    const text = /^\d+$/.test(stored.trim()) ? this.texts[Number(stored)] : undefined;
    if (text === undefined) return this.odd(cell, 'string-index-wrong');
    return text === null ? this.odd(cell, 'cell-too-large') : text;
  }

  private number(cell: CellState, stored: string): string {
    const kind = this.styles[cell.style] ?? 'number';
    const value = Number(stored);
    if (kind === 'elapsed' && Number.isFinite(value)) return elapsedText(value);
    const date = kind === 'date' && stored !== '' ? dateText(value, this.from1904) : undefined;
    if (date !== undefined) return date;
    const number = numberText(stored);
    if (number === undefined) return stored;
    if (number.lossy) this.odd(cell, 'number-precision');
    return number.text;
  }
}

/** `C5` is 2; -1 when it is no place. */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length && at < 4; at++) {
    const code = place.charCodeAt(at) & ~0x20;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}
