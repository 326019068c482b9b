import { join } from 'node:path';
import { writeCsv } from '../files/csv-writing.ts';
import { idOfKey, type SourceKey } from '../model/key.ts';
import type { SourceEntity, SourceValue } from '../model/source.ts';
import type { StoreReader } from '../model/store.ts';
import type { DocumentContext } from './context.ts';
import { rejectPages, type StoredReject } from './store-pages.ts';
import { type TableDocument, writeTable } from './table-document.ts';

/** `rejects.csv`: every record put aside and every value left out, one a line with the reason (I1). */
const rejectsTable: TableDocument = {
  file: 'rejects.csv',
  known: (context) => context.catalog !== null,
  header: ['Phase', 'Entity', 'Source id', 'Where', 'Code', 'Field', 'Reason'],
  async *rows({ reader }) {
    for await (const page of rejectPages(reader)) {
      for (const { phase, entity, key, position, code, field, reason } of page) {
        yield [phase, entity, key === null ? '' : idOfKey(key), position, code, field ?? '', reason];
      }
    }
  },
};

/**
 * Writes `rejects.csv`, and for each entity with rejects `rejects/<entity>.csv`: the records as they came, column by
 * column, to be mended and fed back.
 */
export async function writeRejects(context: DocumentContext, directory: string): Promise<string[]> {
  const written = await writeTable(rejectsTable, context, directory);
  if (written.length === 0 || context.catalog === null) return written;
  const entities = await entitiesWithRejects(context.reader);
  for (const entity of context.catalog.entities.filter(({ name }) => entities.has(name))) {
    const path = join(directory, 'rejects', `${fileName(entity.name)}.csv`);
    await writeCsv(
      path,
      entity.fields.map(({ name }) => name),
      mendableRows(context.reader, entity),
    );
    written.push(path);
  }
  return written;
}

async function entitiesWithRejects(reader: StoreReader): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const page of rejectPages(reader)) {
    for (const reject of page) if (reject.key !== null && isMendable(reject)) found.add(reject.entity);
  }
  return found;
}

/** What is part of another record moves with it. */
function isMendable({ phase, code }: StoredReject): boolean {
  return phase !== 'transform' || code !== 'merged';
}

/** An entity of a source may be called anything; a file may not. */
function fileName(entity: string): string {
  const safe = entity.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 80);
  return safe === '' ? 'records' : safe;
}

/** The staged records of the rejects, each once when its lines follow one another. */
async function* mendableRows(reader: StoreReader, entity: SourceEntity): AsyncIterable<readonly string[]> {
  let last: SourceKey | null = null;
  for await (const page of rejectPages(reader)) {
    const own = page.filter((reject) => reject.entity === entity.name && isMendable(reject));
    const keys = new Set(own.flatMap(({ key }) => key ?? []));
    if (last !== null) keys.delete(last);
    const records = await reader.stagedByKey([...keys]);
    for (const key of keys) {
      last = key;
      const record = records.get(key);
      if (record !== undefined) yield entity.fields.map(({ name }) => valueText(record.fields[name]));
    }
  }
}

function valueText(value: SourceValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
