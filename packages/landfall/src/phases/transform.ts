import { hashOf } from '../base/hash.ts';
import { type CompiledMapping, type Evaluation, evaluate } from '../mapping/evaluate.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Mapping } from '../model/mapping.ts';
import type { SourceCatalog } from '../model/source.ts';
import type { StagedRecord, StoreWriter } from '../model/store.ts';
import type { PhaseContext } from './context.ts';
import { stopIfAsked } from './context.ts';
import { splitLastFields } from './last-fields.ts';
import { Tallies } from './tallies.ts';
import { readValue, writeValue } from './values.ts';

const phase = 'transform';
const batchSize = 1000;

/** What `transform` works with. */
export interface TransformInput {
  readonly mapping: Mapping;
  readonly compiled: CompiledMapping;
  readonly catalog: SourceCatalog;
  /** Fields whose values are options of the destination, as `<entity>|<field>`. */
  readonly optionFields: ReadonlySet<string>;
}

/**
 * Maps every staged record to drafts. Source records stay as they came, so it can be run again with another mapping;
 * with an unchanged one it does nothing. Drafts, rejects, tallies and ledger of a batch are one transaction.
 */
export async function transform(context: PhaseContext, input: TransformInput): Promise<void> {
  const wanted = hashOf([await readValue(context.store, 'extractedFrom'), input.mapping, context.policies]);
  if ((await readValue(context.store, 'transformedFrom')) === wanted) return;
  await startAnew(context);
  for (const entity of input.catalog.entities) {
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
    const evaluated = batch.map((record) => ({ record, evaluation: evaluate(input.compiled, record) }));
    const work = (writer: StoreWriter) => keepBatch(writer, input, entity, evaluated);
    await context.store.write(context.lease, work, 'process');
    context.ports.crashPoint('transform:after-batch');
    after = last.seq;
    done += batch.length;
    context.report({ phase: 'audit', subject: entity, done, total });
    stopIfAsked(context);
  }
}

interface Evaluated {
  readonly record: StagedRecord;
  readonly evaluation: Evaluation;
}

async function keepBatch(
  writer: StoreWriter,
  input: TransformInput,
  entity: string,
  batch: readonly Evaluated[],
): Promise<void> {
  const drafts = batch.flatMap(({ record, evaluation }) =>
    evaluation.kind === 'drafts'
      ? evaluation.drafts.flatMap(splitLastFields).map((draft) => ({ ...draft, position: record.position }))
      : [],
  );
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
