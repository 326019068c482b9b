import type { SourceRecord } from '../model/source.ts';
import type { CompiledRow } from './compile.ts';
import { isBlank, sourceText, sourceTexts } from './source-text.ts';
import type { Line, Value } from './transform.ts';

/** What a row hands to its chain: all fields in their places, or the filled ones, one of them as plain text. */
export function readFields(row: CompiledRow, record: SourceRecord): Value {
  const { headers } = row;
  const [first] = headers;
  if (first === undefined) return null;
  if (row.gathered) return readGathered(headers, record);
  if (headers.length === 1) {
    const value = record.fields[first];
    if (typeof value === 'string') return isBlank(value) ? null : value;
    return plainOrList(sourceTexts(value));
  }
  if (row.positional) {
    const texts = headers.map((header) => sourceText(record.fields[header]));
    return texts.every(isBlank) ? null : texts;
  }
  return plainOrList(headers.flatMap((header) => sourceTexts(record.fields[header])));
}

/** The texts of gathered records in their places, or a line for each of them: what the record has itself stands in all. */
function readGathered(headers: readonly string[], record: SourceRecord): Value {
  const lines = gatheredLines(headers, record);
  if (lines.length === 0) return null;
  return headers.length === 1 ? lines.map(([text = '']) => text) : lines;
}

/** A line for each gathered record; none when they hold nothing. */
function gatheredLines(headers: readonly string[], record: SourceRecord): readonly Line[] {
  const columns = headers.map((header) => record.fields[header]);
  const lists = columns.filter((column) => Array.isArray(column));
  if (lists.every((list) => sourceTexts(list).length === 0)) return [];
  const count = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: count }, (_line, at) =>
    columns.map((column) => sourceText(Array.isArray(column) ? column[at] : column)),
  );
}

function plainOrList(texts: readonly string[]): Value {
  if (texts.length === 0) return null;
  return texts.length === 1 ? (texts[0] ?? null) : texts;
}

/** What a link is looked for by; of gathered records the first one that says anything. */
export function linkTexts({ headers, gathered }: CompiledRow, record: SourceRecord): readonly string[] {
  if (!gathered) return headers.map((header) => sourceText(record.fields[header]));
  const isOwn = headers.map((header) => !Array.isArray(record.fields[header]));
  const lines = gatheredLines(headers, record);
  const first = lines.find((line) => line.some((text, at) => isOwn[at] !== true && !isBlank(text)));
  return first ?? headers.map((header, at) => (isOwn[at] === true ? sourceText(record.fields[header]) : ''));
}
