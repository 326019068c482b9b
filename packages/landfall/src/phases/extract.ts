import { hashOf } from '../base/hash.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Page, Reject, SourceCatalog, SourceRecord } from '../model/source.ts';
import type { StoreWriter } from '../model/store.ts';
import { type PhaseContext, stopIfAsked } from './context.ts';
import { readValue, writeValue } from './values.ts';

const phase = 'extract';
/** Every page is staged; the index of what records are found by may still be behind. */
const allStaged = 'staged';
const endOfEntity = 'end';
/** Records staged in one transaction. */
const batchRecords = 500;

/**
 * Reads every entity of the catalog page by page and stages the records untouched.
 * Records, rejects, ledger and cursor of a page are one transaction: a killed run goes on after the last page.
 * A finished one is read again: rows may have changed where counts and samples have not. `extractedFrom` stands for
 * the content, so equal rows leave everything after them as it is.
 */
export async function extract(context: PhaseContext, catalog: SourceCatalog): Promise<void> {
  const wanted = hashOf(catalog);
  const isBegun = (await context.store.getValue('stagingFrom')) === wanted;
  const isFinished = (await readValue(context.store, 'extractedFrom')) !== null;
  if (!isBegun || isFinished) await startAnew(context, catalog, wanted);
  for (const entity of catalog.entities) await extractEntity(context, entity.name, entity.count.value);
  const contents = await Promise.all(
    catalog.entities.map(({ name }) => context.store.getValue(contentName(name))),
  );
  const extractedFrom = hashOf([wanted, contents]);
  await context.store.write(context.lease, (writer) => writeValue(writer, 'extractedFrom', extractedFrom));
}

async function startAnew(context: PhaseContext, catalog: SourceCatalog, wanted: string): Promise<void> {
  const names = catalog.entities.map(({ name }) => name);
  const before = JSON.parse((await context.store.getValue('stagedEntities')) ?? '[]') as readonly string[];
  await context.store.write(context.lease, async (writer) => {
    for (const name of new Set([...before, ...names])) {
      await writer.clearStaged(name);
      await writer.setValue(cursorName(name), null);
      await writer.setValue(contentName(name), null);
    }
    await writer.setValue('stagedEntities', JSON.stringify(names));
    await writeValue(writer, 'extractedFrom', null);
    await writer.clearRejects(phase);
    await writer.resetLedger('source', ['extracted', 'excluded', 'rejected', 'mapped']);
    await writeValue(writer, 'unreadable', {});
    await writeValue(writer, 'transformedFrom', null);
    await writer.setValue('stagingFrom', wanted);
  });
}

/** Where the running hash of an entity's rows lies. */
function contentName(entity: string): string {
  return `content:${entity}`;
}

function cursorName(entity: string): string {
  return `cursor:${entity}`;
}

async function extractEntity(context: PhaseContext, entity: string, total: number): Promise<void> {
  const cursor = await context.store.getValue(cursorName(entity));
  if (cursor === endOfEntity) return;
  if (cursor !== allStaged) await stageEntity(context, entity, cursor, total);
  while (await indexMore(context, entity)) stopIfAsked(context);
  await context.store.write(context.lease, (writer) => writer.setValue(cursorName(entity), endOfEntity));
}

function indexMore(context: PhaseContext, entity: string): Promise<boolean> {
  return context.store.write(context.lease, (writer) => writer.indexStaged(entity), 'process');
}

async function stageEntity(
  context: PhaseContext,
  entity: string,
  cursor: string | null,
  total: number,
): Promise<void> {
  let done = await context.store.stagedCount(entity);
  for await (const page of inBatches(context.source.read(entity, cursor, context.signal))) {
    await keepPage(context, entity, page);
    context.ports.crashPoint('extract:after-page');
    done += page.records.length;
    context.report({ phase: 'discover', subject: entity, done, total });
    stopIfAsked(context);
  }
}

/** Pages joined to batches: fewer transactions. A page's cursor goes on after the whole batch. */
async function* inBatches(pages: AsyncIterable<Page>): AsyncIterable<Page> {
  let batch: Page | null = null;
  for await (const page of pages) {
    batch = batch === null ? page : joined(batch, page);
    if (batch.records.length < batchRecords) continue;
    yield batch;
    batch = null;
  }
  if (batch !== null) yield batch;
}

function joined(first: Page, next: Page): Page {
  const records = [...first.records, ...next.records];
  return { records, rejects: [...first.rejects, ...next.rejects], next: next.next };
}

async function keepPage(context: PhaseContext, entity: string, page: Page): Promise<void> {
  const work = async (writer: StoreWriter) => {
    const { fresh, contentHash } = await writer.stage(page.records);
    const rejects = [...page.rejects, ...repeated(page.records, fresh)];
    if (rejects.length > 0) await writer.addRejects(phase, rejects);
    await countUnreadable(writer, entity, rejects.length);
    await writer.post(booked(entity, page.records.length + page.rejects.length, rejects.length));
    await writer.setValue(cursorName(entity), page.next ?? allStaged);
    await writer.setValue(
      contentName(entity),
      contentAfter(await writer.getValue(contentName(entity)), contentHash, page.rejects),
    );
  };
  await context.store.write(context.lease, work, 'process');
}

/** The hash of all rows up to this page: pages come in one order, and fields in that of the source. */
function contentAfter(before: string | null, rows: string, rejects: readonly Reject[]): string {
  return hashOf([before, rows, rejects.map(({ position, reason }) => [position, reason])]);
}

/** The second record with an id that was staged before: the first one stays, this one is in the books. */
function repeated(records: readonly SourceRecord[], fresh: ReadonlySet<string>): Reject[] {
  const seen = new Set<string>();
  const found: Reject[] = [];
  for (const record of records) {
    if (fresh.has(record.key) && !seen.has(record.key)) seen.add(record.key);
    else found.push(duplicateId(record));
  }
  return found;
}

function duplicateId(record: SourceRecord): Reject {
  return {
    entity: record.entity,
    key: record.key,
    position: record.position,
    code: 'duplicate-id',
    field: null,
    reason: `the id of ${record.key} was read before; the first record with it is moved, this one is not. Give it an id of its own.`,
  };
}

async function countUnreadable(writer: StoreWriter, entity: string, rejected: number): Promise<void> {
  if (rejected === 0) return;
  const counts = (await readValue(writer, 'unreadable')) ?? {};
  await writeValue(writer, 'unreadable', { ...counts, [entity]: (counts[entity] ?? 0) + rejected });
}

function booked(entity: string, extracted: number, rejected: number): LedgerEntry[] {
  return [
    { side: 'source', entity, counter: 'extracted', amount: extracted },
    { side: 'source', entity, counter: 'rejected', amount: rejected },
  ];
}
