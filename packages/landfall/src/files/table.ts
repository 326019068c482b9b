import { type IssueCode, type IssueEffect, issueTable } from './issue-code.ts';

/** A guess about a file, with how sure it is (0 to 1) and what it rests on, for a person to check. */
export interface Detected<T> {
  readonly value: T;
  readonly confidence: number;
  readonly evidence: string;
}

/** One trouble found while reading. `line` is the physical line (1 = first), 0 when it is about the whole file. */
export interface TableIssue {
  readonly code: IssueCode;
  readonly effect: IssueEffect;
  readonly file: string;
  readonly line: number;
  /** What happened, where. Holds no value of a record. */
  readonly message: string;
  readonly hint: string;
  /** The data row it is about; absent when it is about the file. */
  readonly row?: number;
  /** The start of a rejected record as it stands in the file, for the list of rejects. Customer data. */
  readonly text?: string;
}

/** One data row. `row` counts records from 1 after the header (rejected ones too, empty lines not). */
export interface TableRow {
  readonly row: number;
  /** The physical line where the row begins; in a workbook its row number. */
  readonly line: number;
  /** As many cells as the header has names. */
  readonly cells: readonly string[];
}

/** How to read rows. Every member may be left out. */
export interface RowOptions {
  /** First data row to give, from 1: a cursor to go on from. Issues of earlier rows are not told again. */
  readonly fromRow?: number;
  /** Rows a batch; default 1,000. */
  readonly batchRows?: number;
  readonly onIssue?: (issue: TableIssue) => void;
  readonly signal?: AbortSignal;
}

/** One table: a CSV file or one sheet of a workbook, opened and understood, its rows not yet read. */
export interface TableFile {
  /** The file's name inside the folder or archive, with `/` between folders. */
  readonly name: string;
  readonly sheet?: string;
  readonly kind: 'csv' | 'xlsx';
  readonly header: readonly string[];
  /** The physical line of the header; 0 when the file has none and names were made up. */
  readonly headerLine: number;
  readonly encoding?: Detected<string>;
  readonly delimiter?: Detected<string>;
  /** What was found while opening. Trouble in rows goes to `onIssue`. */
  readonly issues: readonly TableIssue[];
  readonly sizeBytes: number;
  /** Batches of good rows, in file order, reading no further ahead than one batch. */
  rows(options?: RowOptions): AsyncIterable<readonly TableRow[]>;
}

/** What a path held: tables sorted by name, what could not be read and why, and what is no table at all. */
export interface OpenedTables {
  readonly tables: readonly TableFile[];
  readonly refused: readonly TableIssue[];
  readonly ignored: readonly string[];
}

/** What a person may say instead of leaving it to detection. */
export interface TableOverrides {
  /** A WHATWG label: `utf-8`, `utf-16le`, `windows-1254`, ... */
  readonly encoding?: string;
  readonly delimiter?: string;
  /** One character, or `''` for "no quoting". */
  readonly quote?: string;
  /** The physical line of the header (1 = first); 0: there is none. */
  readonly headerLine?: number;
  readonly limits?: Partial<TableLimits>;
}

/** Limits of one table. */
export interface TableLimits {
  readonly cellChars: number;
  readonly columns: number;
  /** Longest record held in memory at once. */
  readonly recordChars: number;
  /** Size of one file, as it is announced. */
  readonly fileBytes: number;
  /** Bytes that all entries of one archive or workbook may unpack to. */
  readonly unpackedBytes: number;
}

/** The limits when nobody says otherwise. */
export const defaultLimits: TableLimits = {
  cellChars: 1_048_576,
  columns: 2_000,
  recordChars: 8_388_608,
  fileBytes: 8_589_934_592,
  unpackedBytes: 200_000_000,
};

/** Longest excerpt of a rejected record that an issue carries, in characters. */
export const excerptChars = 2_000;

/** An issue of `code`, with the hint and effect of the code's row. */
export function issue(
  code: IssueCode,
  file: string,
  line: number,
  message: string,
  more: { readonly row?: number; readonly text?: string; readonly effect?: IssueEffect } = {},
): TableIssue {
  const { effect, hint } = issueTable[code];
  return { code, effect, file, line, message, hint, ...more };
}

/** Thrown inside this room when a file cannot be read at all; `openTables` turns it into a refused issue. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly issue: TableIssue;

  constructor(refused: TableIssue) {
    super(refused.message);
    this.issue = refused;
  }
}

/** Stops reading this file with `code`. */
export function refuse(code: IssueCode, file: string, message: string, line = 0): never {
  throw new RefusedFile(issue(code, file, line, message));
}
