import { type ByteSource, headOf } from './byte-source.ts';
import { type DialectFinding, detectDialect, sampleRecords } from './dialect.ts';
import { detectEncoding, type EncodingFinding, knownEncoding } from './encoding.ts';
import { findHeader, type HeaderFinding } from './header.ts';
import { mojibakeIn } from './mojibake.ts';
import { RecordScanner } from './record-scanner.ts';
import { RowCheck } from './row-check.ts';
import {
  defaultLimits,
  issue,
  type RowOptions,
  refuse,
  type TableFile,
  type TableIssue,
  type TableLimits,
  type TableOverrides,
  type TableRow,
} from './table.ts';

/** Bytes from which the dialect and header are read. */
const sampleBytes = 262_144;
/** Records of the sample in which the header is looked for. */
const headerRecords = 300;
/** Rows a batch, when nobody says otherwise. */
const usualBatchRows = 1_000;
/** Share of control characters from which text is no text. */
const controlShare = 0.02;

interface Opened {
  readonly source: ByteSource;
  readonly encoding: string;
  readonly dialect: DialectFinding;
  readonly header: HeaderFinding;
  readonly limits: TableLimits;
}

/** Opens a delimited text file: reads it once to decide its encoding, and its beginning to find dialect and header. */
export async function openCsv(source: ByteSource, overrides: TableOverrides = {}): Promise<TableFile> {
  const limits = { ...defaultLimits, ...overrides.limits };
  const head = await headOf(source, sampleBytes);
  if (head.length === 0) refuse('file-empty', source.name, `${source.name} is empty.`);
  const found =
    overrides.encoding === undefined
      ? await detectEncoding(source, head)
      : toldEncoding(overrides.encoding, source.name);
  const encoding = found.encoding.value;
  const whole = source.sizeBytes <= head.length;
  const sample = withoutMarks(new TextDecoder(encoding).decode(head, { stream: !whole }));
  refuseBinary(sample, source.name);
  const dialect = detectDialect(sample, whole, limits, overrides);
  const header = headerOf(source.name, sample, whole, dialect, limits, overrides.headerLine);
  const opened = { source, encoding, dialect, header, limits };
  return {
    name: source.name,
    kind: 'csv',
    header: header.names,
    headerLine: header.line,
    encoding: found.encoding,
    delimiter: dialect.delimiter,
    issues: [...openingIssues(source.name, found, dialect, sample), ...header.issues],
    sizeBytes: source.sizeBytes,
    rows: (options = {}) => rowsOf(opened, options),
  };
}

function toldEncoding(label: string, name: string): EncodingFinding {
  const value = knownEncoding(label, name);
  return { encoding: { value, confidence: 1, evidence: 'as told' }, uncertain: false, damaged: 0 };
}

/** Some exports carry the byte order mark twice; the decoder takes away only the first. */
function withoutMarks(text: string): string {
  return text.replace(/^\uFEFF+/, '');
}

function refuseBinary(sample: string, name: string): void {
  const controls = controlsIn(sample);
  if (controls > sample.length * controlShare)
    refuse('file-is-binary', name, `${name} holds binary content.`);
  if (sample.trim() === '') refuse('file-empty', name, `${name} holds nothing but white space.`);
}

/** Control characters that no text has; the separators 0x1C to 0x1F are delimiters of old systems. */
function controlsIn(text: string): number {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 28) || code === 127) controls++;
  }
  return controls;
}

function headerOf(
  name: string,
  sample: string,
  whole: boolean,
  { dialect, directiveLines }: DialectFinding,
  limits: TableLimits,
  told: number | undefined,
): HeaderFinding {
  const wanted = Math.max(headerRecords, (told ?? 0) + 10);
  const records = sampleRecords(dialect, sample, whole, limits, wanted).slice(directiveLines);
  if (records.length === 0 && !whole)
    refuse(
      'header-not-found',
      name,
      `The first line of ${name} does not end within ${sampleBytes} bytes.`,
      1,
    );
  return findHeader(name, records, { columns: limits.columns, told });
}

function openingIssues(
  name: string,
  found: EncodingFinding,
  dialect: DialectFinding,
  sample: string,
): TableIssue[] {
  const { value, evidence } = found.encoding;
  const issues: TableIssue[] = [];
  if (found.uncertain)
    issues.push(issue('encoding-uncertain', name, 0, `${name} is read as ${value}: ${evidence}.`));
  if (found.damaged > 0)
    issues.push(
      issue('invalid-bytes', name, 0, `${name} is UTF-8 with damage: ${evidence}.`, { effect: 'warning' }),
    );
  const mojibake = mojibakeIn(sample);
  if (mojibake !== undefined)
    issues.push(issue('mojibake-suspected', name, mojibake.line, `${name} has ${mojibake.what}.`));
  if (dialect.delimiter.confidence < 0.5)
    issues.push(
      issue(
        'delimiter-uncertain',
        name,
        0,
        `The delimiter of ${name} is uncertain: ${dialect.delimiter.evidence}.`,
      ),
    );
  if (dialect.mixedLineEnds)
    issues.push(issue('mixed-line-ends', name, 0, `${name} has line ends of more than one kind.`));
  return issues;
}

async function* rowsOf(opened: Opened, options: RowOptions): AsyncIterable<readonly TableRow[]> {
  const { source, header, limits, dialect } = opened;
  const scanner = new RecordScanner(dialect.dialect, limits);
  const check = new RowCheck(source.name, header, options);
  const passOver = { records: dialect.directiveLines + header.firstRow };
  const batchRows = options.batchRows ?? usualBatchRows;
  let batch: TableRow[] = [];
  for await (const text of textOf(opened)) {
    options.signal?.throwIfAborted();
    if (text === undefined) scanner.end();
    else scanner.push(text);
    for (
      let record = scanner.next(header.names.length);
      record !== undefined;
      record = scanner.next(header.names.length)
    ) {
      if (passOver.records-- > 0) continue;
      const row = check.take(record, scanner.suspect);
      if (row === undefined) continue;
      batch.push(row);
      if (batch.length >= batchRows) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
  check.finish();
}

/** The file as text, piece by piece, then `undefined`. */
async function* textOf({ source, encoding }: Opened): AsyncIterable<string | undefined> {
  const decoder = new TextDecoder(encoding);
  let begun = false;
  for await (const chunk of source.chunks()) {
    const text = decoder.decode(chunk, { stream: true });
    const piece = begun ? text : withoutMarks(text);
    begun ||= text !== '';
    yield piece;
  }
  yield decoder.decode();
  yield undefined;
}
