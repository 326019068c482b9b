import { type HeaderFinding, isBlank } from './header.ts';
import type { IssueCode, IssueEffect } from './issue-code.ts';
import type { ScannedRecord } from './record-scanner.ts';
import { excerptChars, issue, type RowOptions, type TableIssue, type TableRow } from './table.ts';

/** Data rows at which exports are known to be cut. */
const roundCounts = new Set([1_000, 5_000, 10_000, 50_000, 65_535, 65_536, 1_048_575]);

/** Turns records into rows of one table: counts them, checks their width, and tells what is wrong with each. */
export class RowCheck {
  private readonly file: string;
  private readonly header: HeaderFinding;
  private readonly width: number;
  private readonly fromRow: number;
  private readonly tell: (issue: TableIssue) => void;
  private readonly hasNames: boolean;
  private row = 0;
  private emptyLines = 0;
  private firstEmptyLine = 0;

  constructor(file: string, header: HeaderFinding, options: RowOptions) {
    this.file = file;
    this.header = header;
    this.width = header.names.length;
    this.fromRow = options.fromRow ?? 1;
    this.hasNames = header.cells.length > 1 && header.cells.some((cell) => /\p{L}/u.test(cell));
    this.tell = options.onIssue ?? (() => undefined);
  }

  /** The row a record makes, or nothing when it is empty, the header again, rejected, or before `fromRow`. */
  take(record: ScannedRecord, suspect: boolean): TableRow | undefined {
    const { cells, trouble } = record;
    if (trouble !== 'cell-too-large' && isEmpty(cells)) return this.empty(record.line);
    if (this.isHeader(cells)) {
      this.note('repeated-header', record, `Line ${record.line} of ${this.file} repeats the header.`);
      return undefined;
    }
    this.row++;
    if (this.row < this.fromRow) return undefined;
    if (trouble === 'none' && cells.length === this.width && !suspect) {
      return { row: this.row, line: record.line, cells };
    }
    return this.repaired(record);
  }

  /** The next record is told about: it does not come before `fromRow`. */
  get isTelling(): boolean {
    return this.row + 1 >= this.fromRow;
  }

  /** To be called once, after the last record. */
  finish(): void {
    const { file, row } = this;
    if (this.emptyLines > 0) {
      this.tell(
        issue(
          'empty-lines',
          file,
          this.firstEmptyLine,
          `${this.emptyLines} lines of ${file} hold no value (the first is line ${this.firstEmptyLine}).`,
        ),
      );
    }
    if (row === 0) this.tell(issue('no-rows', file, this.header.line, `${file} has a header and no rows.`));
    if (roundCounts.has(row)) {
      this.tell(
        issue(
          'row-count-capped',
          file,
          0,
          `${file} has exactly ${row.toLocaleString('en')} rows, a number at which exports are cut.`,
        ),
      );
    }
  }

  private empty(line: number): undefined {
    if (this.emptyLines++ === 0) this.firstEmptyLine = line;
  }

  private isHeader(cells: readonly string[]): boolean {
    const own = this.header.cells;
    if (!this.hasNames || cells[0] !== own[0] || cells.length !== own.length) return false;
    return own.every((name, index) => name === cells[index]);
  }

  private repaired(record: ScannedRecord): TableRow | undefined {
    if (record.trouble === 'cell-too-large') {
      this.note(
        'cell-too-large',
        record,
        `A cell in line ${record.line} of ${this.file} is longer than the limit.`,
      );
      return undefined;
    }
    if (record.trouble === 'row-number-wrong') {
      this.note('row-number-wrong', record, `A row of ${this.file} has an impossible number.`);
      return undefined;
    }
    const cells = this.fitted(record);
    if (cells === undefined) return undefined;
    if (record.trouble === 'unclosed-quote')
      this.note('unclosed-quote', record, this.unclosedMessage(record));
    if (record.trouble === 'stray-quote') {
      this.note(
        'stray-quote',
        record,
        `A quote stands in the middle of a cell in line ${record.line} of ${this.file}; it was read as a character.`,
      );
    }
    return { row: this.row, line: record.line, cells: this.cleaned(record, cells) };
  }

  /** The cells made as many as the header has, or nothing when that would be a guess. */
  private fitted(record: ScannedRecord): readonly string[] | undefined {
    const { cells } = record;
    const { width } = this;
    if (cells.length === width) return cells;
    if (cells.length > width && this.header.dropsExtra && isEmpty(cells.slice(width)))
      return cells.slice(0, width);
    const damaged = record.trouble === 'unclosed-quote';
    if (cells.length < width && this.header.fillsShort && !damaged && !record.cut)
      return [...cells, ...Array<string>(width - cells.length).fill('')];
    const counts = `line ${record.line} of ${this.file} has ${cells.length} cells and the header ${width}`;
    if (damaged)
      this.note(
        'unclosed-quote',
        record,
        `${this.unclosedMessage(record)} Read alone, ${counts}.`,
        'row-rejected',
      );
    else if (cells.length > width) this.note('too-many-cells', record, `Too many cells: ${counts}.`);
    else if (record.cut)
      this.note('truncated-last-line', record, `The file ends inside a record: ${counts}.`);
    else this.note('too-few-cells', record, `Too few cells: ${counts}.`);
    return undefined;
  }

  private unclosedMessage({ line }: ScannedRecord): string {
    return `A quote is opened in line ${line} of ${this.file} and never closed; the line was read alone.`;
  }

  private cleaned(record: ScannedRecord, cells: readonly string[]): readonly string[] {
    if (cells.some((cell) => cell.includes('\uFFFD'))) {
      this.note(
        'invalid-bytes',
        record,
        `Line ${record.line} of ${this.file} holds bytes that are no text in its encoding.`,
      );
    }
    if (!cells.some((cell) => cell.includes('\0'))) return cells;
    this.note(
      'nul-bytes',
      record,
      `Line ${record.line} of ${this.file} holds NUL characters; they were removed.`,
    );
    return cells.map((cell) => cell.replaceAll('\0', ''));
  }

  private note(code: IssueCode, record: ScannedRecord, message: string, effect?: IssueEffect): void {
    if (code === 'repeated-header') {
      if (this.row + 1 >= this.fromRow) this.tell(issue(code, this.file, record.line, message));
      return;
    }
    const text = record.text().slice(0, excerptChars);
    this.tell(
      issue(
        code,
        this.file,
        record.line,
        message,
        effect === undefined ? { row: this.row, text } : { row: this.row, text, effect },
      ),
    );
  }
}

function isEmpty(cells: readonly string[]): boolean {
  const first = cells[0];
  if (first !== undefined && first !== '' && first.charCodeAt(0) > 32) return false;
  return isBlank(cells);
}
