import { hashOf } from '../base/hash.ts';
import { type CompiledMapping, type Evaluation, evaluate, leftOut } from '../mapping/evaluate.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Mapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity } from '../model/source.ts';
import type { StagedRecord, StoreReader, StoreWriter } from '../model/store.ts';
import type { TargetDraft } from '../model/target.ts';
import type { PhaseContext } from './context.ts';
import { stopIfAsked } from './context.ts';
import { gather } from './gather.ts';
import { splitLastFields } from './last-fields.ts';
import { mergedRecords } from './merged.ts';
import { type OptionFields, Tallies } from './tallies.ts';
import { readValue, writeValue } from './values.ts';

const phase = 'transform';
/** Few enough that a batch is let go before it is taken for long-lived: that keeps memory low. */
const batchSize = 250;

/** What `transform` works with. */
export interface TransformInput {
  readonly mapping: Mapping;
  readonly compiled: CompiledMapping;
  readonly catalog: SourceCatalog;
  /** Fields whose values are options of the destination, as `<entity>|<field>`. */
  readonly optionFields: OptionFields;
}

/**
 * Maps every staged record to drafts. Source records stay as they came, so it can be run again with another mapping;
 * with an unchanged one it does nothing. Drafts, rejects, tallies and ledger of a batch are one transaction.
 */
export async function transform(context: PhaseContext, input: TransformInput): Promise<void> {
  const wanted = hashOf([await readValue(context.store, 'extractedFrom'), input.mapping, context.policies]);
  if ((await readValue(context.store, 'transformedFrom')) === wanted) return;
  await startAnew(context);
  const isMerged = ({ name }: SourceEntity) => input.compiled.merged.has(name);
  const { entities } = input.catalog;
  // what is brought up to others is in the books when those are
  for (const entity of [...entities.filter((one) => !isMerged(one)), ...entities.filter(isMerged)]) {
    await transformEntity(context, input, entity.name, entity.count.value);
  }
  await context.store.write(context.lease, async (writer) => {
    await writeValue(writer, 'transformedFrom', wanted);
    await writeValue(writer, 'plannedFrom', null);
  });
}

async function startAnew(context: PhaseContext): Promise<void> {
  await context.store.write(context.lease, async (writer) => {
    await writer.clearDrafts();
    await writer.clearRejects(phase);
    for (const kind of Tallies.kinds) await writer.clearTallies(kind);
    await writer.resetLedger('source', ['excluded', 'rejected', 'mapped']);
    await writer.resetLedger('target', ['drafted']);
    await writeValue(writer, 'transformedFrom', null);
    // The organization made for records without one goes with the drafts: the next plan drafts it again.
    await writer.setValue('placeholder', null);
    const unreadable = (await readValue(writer, 'unreadable')) ?? {};
    await writer.post(
      Object.entries(unreadable).map(([entity, amount]) => entry('source', entity, 'rejected', amount)),
    );
  });
}

async function transformEntity(
  context: PhaseContext,
  input: TransformInput,
  entity: string,
  total: number,
): Promise<void> {
  let after = 0;
  let done = 0;
  for (;;) {
    const batch = await context.store.stagedPage(entity, after, batchSize);
    const last = batch.at(-1);
    if (last === undefined) return;
    const evaluated = await evaluateBatch(context.store, input.compiled, entity, batch);
    const work = (writer: StoreWriter) => keepBatch(writer, input, entity, evaluated);
    await context.store.write(context.lease, work, 'process');
    context.ports.crashPoint('transform:after-batch');
    after = last.seq;
    done += batch.length;
    context.report({ phase: 'audit', subject: entity, done, total });
    stopIfAsked(context);
  }
}

async function evaluateBatch(
  store: StoreReader,
  compiled: CompiledMapping,
  entity: string,
  batch: readonly StagedRecord[],
): Promise<readonly Evaluated[]> {
  const into = compiled.merged.get(entity);
  if (into !== undefined) {
    const merged = await mergedRecords(store, compiled, into, batch);
    return batch.flatMap((record, at) => {
      const evaluation = leftOut(compiled, record) ?? merged[at];
      return evaluation === undefined ? [] : [{ record, evaluation }];
    });
  }
  const gathers = compiled.gathers.get(entity);
  if (gathers === undefined)
    return batch.map((record) => ({ record, evaluation: evaluate(compiled, record) }));
  const all: Evaluated[] = [];
  for await (const group of gather(store, gathers, batch)) {
    for (const { record, listed } of group) {
      const evaluation = evaluate(compiled, record);
      const isDrafted = evaluation.kind === 'drafts' && listed.length > 0;
      const whole = isDrafted ? { ...evaluation, listed: [...evaluation.listed, ...listed] } : evaluation;
      all.push({ record, evaluation: whole });
    }
  }
  return all;
}

interface Evaluated {
  readonly record: StagedRecord;
  readonly evaluation: Evaluation;
}

type PlacedDraft = TargetDraft & { readonly position: string };

async function keepBatch(
  writer: StoreWriter,
  input: TransformInput,
  entity: string,
  batch: readonly Evaluated[],
): Promise<void> {
  const drafts = placedDrafts(batch);
  const rejects = batch.flatMap(({ evaluation }) =>
    evaluation.kind === 'drafts' ? evaluation.listed : [evaluation.reject],
  );
  const tallies = new Tallies(input.optionFields);
  for (const draft of drafts) tallies.count(draft);
  await writer.putDrafts(drafts);
  if (rejects.length > 0) await writer.addRejects(phase, rejects);
  await writer.addTallies(tallies.list());
  await writer.post(booked(entity, batch, drafts));
}

/** The drafts of a batch, each with the place of its record. */
function placedDrafts(batch: readonly Evaluated[]): readonly PlacedDraft[] {
  const placed: PlacedDraft[] = [];
  for (const { record, evaluation } of batch) {
    if (evaluation.kind !== 'drafts') continue;
    for (const whole of evaluation.drafts)
      for (const { entity, key, part, fields, links, title } of splitLastFields(whole))
        placed.push({ entity, key, part, fields, links, title, position: record.position });
  }
  return placed;
}

function booked(
  entity: string,
  batch: readonly Evaluated[],
  drafts: readonly { readonly entity: string }[],
): LedgerEntry[] {
  const count = (kind: Evaluation['kind']) => batch.filter((item) => item.evaluation.kind === kind).length;
  const drafted = new Map<string, number>();
  for (const draft of drafts) drafted.set(draft.entity, (drafted.get(draft.entity) ?? 0) + 1);
  return [
    entry('source', entity, 'mapped', count('drafts')),
    entry('source', entity, 'rejected', count('rejected')),
    entry('source', entity, 'excluded', count('excluded')),
    ...[...drafted].map(([target, amount]) => entry('target', target, 'drafted', amount)),
  ];
}

function entry(
  side: LedgerEntry['side'],
  entity: string,
  counter: LedgerEntry['counter'],
  amount: number,
): LedgerEntry {
  return { side, entity, counter, amount };
}
