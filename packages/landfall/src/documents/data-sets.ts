import { textKey } from '../mapping/fold.ts';
import type { DataSet } from '../model/data-set.ts';
import type { SourceEntity } from '../model/source.ts';
import type { StagedRecord } from '../model/store.ts';
import type { DocumentContext } from './context.ts';
import type { TableDocument } from './table-document.ts';
import { writeTable } from './table-document.ts';

const pageRecords = 1_000;
/** Different lines of a counted set; what is beyond stands in one line of its own. */
const mostLines = 100_000;

type Count = NonNullable<DataSet['counted']>;
type Reader = (record: StagedRecord) => string;

/** Writes a data set of the pair as CSV (P-29); [] when the pair has none of that name, or nothing was read yet. */
export async function writeDataSet(
  name: DataSet['name'],
  context: DocumentContext,
  directory: string,
): Promise<string[]> {
  const set = context.dataSets?.find((one) => one.name === name);
  const entity = context.catalog?.entities.find((one) => one.name === set?.from);
  if (set === undefined || entity === undefined) return [];
  return writeTable(documentOf(set, entity), context, directory);
}

function documentOf(set: DataSet, entity: SourceEntity): TableDocument {
  const fields = set.columns.map(({ field }) => readerOf(entity, field));
  const { counted } = set;
  const headers = set.columns.map(({ header }) => header);
  return {
    file: `${set.name}.csv`,
    known: () => entity.count.value > 0,
    header: counted === undefined ? headers : [...headers, ...countHeaders(counted)],
    rows: (context) =>
      counted === undefined ? linesOf(context, set, fields) : countsOf(context, set, entity, fields, counted),
  };
}

function readerOf(entity: SourceEntity, name: string): Reader {
  const field =
    entity.fields.find(({ standard }) => standard === name) ?? entity.fields.find((one) => one.name === name);
  return (record) => {
    const value = field === undefined ? '' : record.fields[field.name];
    return typeof value === 'string'
      ? value
      : value === null || value === undefined
        ? ''
        : JSON.stringify(value);
  };
}

function countHeaders({ header, among }: Count): readonly string[] {
  return among === undefined ? [header] : [header, among.header, among.share];
}

async function* recordsOf({ reader }: DocumentContext, entity: string): AsyncIterable<StagedRecord> {
  for (let after = 0; ; ) {
    const page = await reader.stagedPage(entity, after, pageRecords);
    const last = page.at(-1);
    if (last === undefined) return;
    yield* page;
    after = last.seq;
  }
}

async function* linesOf(
  context: DocumentContext,
  set: DataSet,
  fields: readonly Reader[],
): AsyncIterable<readonly string[]> {
  for await (const record of recordsOf(context, set.from)) yield fields.map((read) => read(record));
}

interface Tally {
  readonly cells: readonly string[];
  all: number;
  among: number;
}

async function* countsOf(
  context: DocumentContext,
  set: DataSet,
  entity: SourceEntity,
  fields: readonly Reader[],
  { among }: Count,
): AsyncIterable<readonly string[]> {
  const wanted = new Set(among?.in.map(textKey) ?? []);
  const wordOf = among === undefined ? null : readerOf(entity, among.field);
  const tallies = new Map<string, Tally>();
  for await (const record of recordsOf(context, set.from)) {
    const tally = tallyFor(
      tallies,
      fields.map((read) => read(record)),
    );
    tally.all += 1;
    if (wordOf !== null && wanted.has(textKey(wordOf(record)))) tally.among += 1;
  }
  const ordered = [...tallies.values()].sort((a, b) => b.all - a.all);
  for (const { cells, all, among: some } of ordered)
    yield [...cells, String(all), ...(among === undefined ? [] : [String(some), shareOf(some, all)])];
}

function tallyFor(tallies: Map<string, Tally>, cells: readonly string[]): Tally {
  const name = JSON.stringify(cells);
  const isFull = tallies.size >= mostLines && !tallies.has(name);
  const key = isFull ? 'others' : name;
  const known = tallies.get(key) ?? { cells: isFull ? cells.map(() => 'others') : cells, all: 0, among: 0 };
  tallies.set(key, known);
  return known;
}

function shareOf(some: number, all: number): string {
  return `${((100 * some) / all).toFixed(1)} %`;
}
