import type { Dialect } from './field-reader.ts';
import { RecordScanner, type ScannedRecord } from './record-scanner.ts';
import type { Detected, TableLimits } from './table.ts';

/** What the beginning of a file says about how it is written. */
export interface DialectFinding {
  readonly dialect: Dialect;
  readonly delimiter: Detected<string>;
  /** Lines to pass over before anything else: 1 when the file begins with `sep=`. */
  readonly directiveLines: number;
  readonly mixedLineEnds: boolean;
}

/** What a person said about the dialect. */
export interface DialectOverrides {
  readonly delimiter?: string;
  readonly quote?: string;
}

interface Scored {
  readonly dialect: Dialect;
  readonly width: number;
  /** Share of records that have the usual width. */
  readonly share: number;
  readonly score: number;
}

/** In order of preference when two read equally well. */
const delimiters = [',', ';', '\t', '|', '^', '\x1f', ' '];
const names: Readonly<Record<string, string>> = { '\t': 'tab', ' ': 'space', '\x1f': 'unit separator' };
/** A delimiter as people name it. */
export function delimiterName(delimiter: string): string {
  return names[delimiter] ?? delimiter;
}

/** Records of the sample that are enough to judge by. */
const judgedRecords = 300;

/** Reads the dialect from the beginning of a file (`whole`: it is the entire file). */
export function detectDialect(
  sample: string,
  whole: boolean,
  limits: TableLimits,
  overrides: DialectOverrides = {},
): DialectFinding {
  const directive = /^sep=(.)[ \t]*(?:\r\n|\r|\n)/i.exec(sample);
  const body = directive === null ? sample : sample.slice(directive[0].length);
  const mixedLineEnds = lineEndKinds(body) > 1;
  const directiveLines = directive === null ? 0 : 1;
  const told = overrides.delimiter ?? directive?.[1];
  const candidates = (told === undefined ? delimiters : [told]).flatMap((one) =>
    dialectsWith(one, body, overrides),
  );
  const scored = candidates.map((dialect) => score(dialect, body, whole, limits));
  const best = scored.reduce((top, one) => (one.score > top.score + 1e-9 ? one : top));
  const delimiter =
    told === undefined ? judged(best, scored) : toldBy(told, overrides.delimiter !== undefined);
  return { dialect: best.dialect, delimiter, directiveLines, mixedLineEnds };
}

function toldBy(value: string, byPerson: boolean): Detected<string> {
  return { value, confidence: 1, evidence: byPerson ? 'as told' : 'the first line says sep=' };
}

function judged(best: Scored, all: readonly Scored[]): Detected<string> {
  const value = best.dialect.delimiter;
  if (best.width <= 1) return { value, confidence: 0.5, evidence: 'no delimiter found: one column' };
  const others = all.filter((one) => one.dialect.delimiter !== value).map((one) => one.score);
  const runnerUp = Math.max(0, ...others);
  const confidence = Math.round(Math.min(0.99, best.share * (1 - (runnerUp / best.score) ** 4)) * 100) / 100;
  const share = Math.round(best.share * 100);
  return {
    value,
    confidence,
    evidence: `"${delimiterName(value)}" gives ${best.width} cells in ${share} % of the lines`,
  };
}

function dialectsWith(delimiter: string, body: string, overrides: DialectOverrides): Dialect[] {
  if (delimiter === ' ' && overrides.delimiter === undefined && !/^"[^"\r\n]*" "/m.test(body)) return [];
  const quotes = overrides.quote === undefined ? likelyQuotes(body, delimiter) : [overrides.quote];
  return quotes.map((quote) => ({ delimiter, quote, escape: escapeOf(body, quote) }));
}

function likelyQuotes(body: string, delimiter: string): string[] {
  const between = (quote: string) =>
    count(body, `${delimiter}${quote}`) + count(body, `${quote}${delimiter}`);
  const single = between("'");
  return single >= 2 && single > between('"') ? ['"', "'"] : ['"'];
}

function count(text: string, part: string): number {
  let times = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) times++;
  return times;
}

/** A backslash escapes quotes when it stands before quotes inside cells and no quote is doubled. */
function escapeOf(body: string, quote: string): string {
  if (quote !== '"') return quote;
  const backslashed = /\\"[\p{L}\p{N} ]/u.test(body);
  return backslashed && !/[\p{L}\p{N} ]""[\p{L}\p{N} ]/u.test(body) ? '\\' : quote;
}

function score(dialect: Dialect, body: string, whole: boolean, limits: TableLimits): Scored {
  const widths = new Map<number, number>();
  let records = 0;
  for (const { cells, trouble } of sampleRecords(dialect, body, whole, limits, judgedRecords)) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    records++;
    if (trouble === 'none') widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    // A quote in the wrong place speaks against the dialect, but less than a wrong width.
    else if (trouble === 'stray-quote') widths.set(cells.length, (widths.get(cells.length) ?? 0) + 0.75);
  }
  let best: Scored = { dialect, width: 1, share: 0, score: 0 };
  for (const [width, times] of widths) {
    const share = Math.min(1, times / Math.max(1, records));
    const value = share * (1 - 1 / width);
    if (value > best.score) best = { dialect, width, share, score: value };
  }
  return best;
}

/** Up to `limit` records of a beginning of a file; an unfinished last one is left out unless it is the `whole` file. */
export function sampleRecords(
  dialect: Dialect,
  body: string,
  whole: boolean,
  limits: TableLimits,
  limit: number,
): ScannedRecord[] {
  const scanner = new RecordScanner(dialect, limits);
  scanner.push(body);
  if (whole) scanner.end();
  const records: ScannedRecord[] = [];
  for (let width: number | undefined; records.length < limit; ) {
    const record = scanner.next(width);
    if (record === undefined) return records;
    records.push(record);
    width = usualWidth(records);
  }
  return records;
}

/** The most frequent width so far (of the last records), so that a runaway quote in the sample is noticed. */
function usualWidth(records: readonly ScannedRecord[]): number | undefined {
  const last = records.slice(-5).map(({ cells }) => cells.length);
  const width = last.find((one) => last.filter((other) => other === one).length >= 3);
  return width === 1 ? undefined : width;
}

/** Line breaks inside quoted cells do not count: they are often LF in a CRLF file. */
function lineEndKinds(body: string): number {
  const text = body.replace(/"[^"]*"/g, '');
  const crlf = count(text, '\r\n');
  const cr = count(text, '\r') - crlf - (text.endsWith('\r') ? 1 : 0);
  const lf = count(text, '\n') - crlf;
  return [crlf, cr, lf].filter((times) => times > 0).length;
}
