import { type CompiledMapping, evaluate, mappingsFor } from '../mapping/evaluate.ts';
import { type MergedInto, parentIdOf } from '../mapping/gather.ts';
import type { SourceKey } from '../model/key.ts';
import type { Reject, RejectCode } from '../model/source.ts';
import { refName, type StagedRecord, type StoreReader } from '../model/store.ts';
import { gather, isWanted } from './gather.ts';

/** What became of a record whose values are brought up to another: `merged` when they are there, else why not. */
export interface MergedRecord {
  readonly kind: 'excluded' | 'rejected';
  readonly reject: Reject;
}

/**
 * Tells what became of records that have no mapping of their own, when all others have been mapped: brought up to a
 * record that was drafted, or left behind with the reason. Reads drafts, so it comes last.
 */
export async function mergedRecords(
  store: StoreReader,
  compiled: CompiledMapping,
  into: readonly MergedInto[],
  batch: readonly StagedRecord[],
): Promise<readonly MergedRecord[]> {
  const routes = Map.groupBy(into, ({ parent, gather: { by } }) => JSON.stringify([parent, by]));
  const ways: Way[][] = batch.map(() => []);
  for (const route of routes.values()) {
    const found = await waysUp(store, compiled, route, batch);
    for (const [at, some] of found.entries()) ways[at]?.push(...some);
  }
  return batch.map((record, at) => verdict(record, ways[at] ?? []));
}

/** The best fate comes first: values that reached one record are not lost. */
const fates = [
  'merged',
  'too-large',
  'parent-failed',
  'unwanted',
  'link-missing',
  'unnamed',
  'elsewhere',
] as const;
type Fate = (typeof fates)[number];

/** Where a record's values went by one gather. */
interface Way {
  readonly into: MergedInto;
  readonly id: string | null;
  readonly parent: StagedRecord | null;
  readonly fate: Fate;
}

/** The ways by gathers of one entity that read the same field. */
async function waysUp(
  store: StoreReader,
  compiled: CompiledMapping,
  route: readonly MergedInto[],
  batch: readonly StagedRecord[],
): Promise<readonly (readonly Way[])[]> {
  const { parent: entity, gather: first } = route[0] as MergedInto;
  const ids = batch.map((record) => parentId(first.by, record));
  const parents = await parentsOf(store, entity, ids);
  const taken = await takenBy(store, compiled, route, new Set(parents.values()));
  const within = await firstOnes(store, route, parents);
  return batch.map((record, at) => {
    const id = ids[at] ?? null;
    const parent = id === null ? null : (parents.get(id) ?? null);
    return route.map((into): Way => {
      const way = { into, id, parent };
      if (!isWanted(into.gather, record)) return { ...way, fate: parent === null ? 'elsewhere' : 'unwanted' };
      if (parent === null) return { ...way, fate: id === null ? 'unnamed' : 'link-missing' };
      if (!taken(parent, into)) return { ...way, fate: 'parent-failed' };
      return { ...way, fate: within(record, into) ? 'merged' : 'too-large' };
    });
  });
}

function parentId(by: string, { lookup }: StagedRecord): string | null {
  for (const { kind, value } of lookup) {
    const id = kind === 'parent' ? parentIdOf(by, value) : null;
    if (id !== null) return id;
  }
  return null;
}

/** The records of these ids, by the id as it is asked for. */
async function parentsOf(
  store: StoreReader,
  entity: string,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, StagedRecord>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const keys = await store.findByLookup(entity, 'id', wanted, 1);
  const records = await store.stagedByKey([...new Set([...keys.values()].flat())]);
  const found = new Map<string, StagedRecord>();
  for (const [id, [key]] of keys) {
    const record = key === undefined ? undefined : records.get(key);
    if (record !== undefined) found.set(id, record);
  }
  return found;
}

/** Tells whether a record was drafted by a mapping which gathers. */
async function takenBy(
  store: StoreReader,
  compiled: CompiledMapping,
  route: readonly MergedInto[],
  parents: ReadonlySet<StagedRecord>,
): Promise<(parent: StagedRecord, into: MergedInto) => boolean> {
  const refs = [...parents].flatMap(({ key }) =>
    route.flatMap(({ drafts }) => drafts.map((draft) => ({ ...draft, key }))),
  );
  const made = new Set((await store.drafts(refs)).map(refName));
  const isSure = ({ key }: StagedRecord, { always, drafts }: MergedInto) =>
    always && drafts.some((draft) => made.has(refName({ ...draft, key })));
  const doubtful = [...parents].filter((parent) => !route.every((into) => isSure(parent, into)));
  const used = await gathersUsed(store, compiled, doubtful);
  return (parent, into) => isSure(parent, into) || (used.get(parent.key)?.has(into.gather.as) ?? false);
}

/**
 * The gathers of the mappings that took each record. Its drafts do not tell them all: other mappings may make the same
 * kind of draft, and a further part that has nothing to say makes none.
 */
async function gathersUsed(
  store: StoreReader,
  compiled: CompiledMapping,
  parents: readonly StagedRecord[],
): Promise<ReadonlyMap<SourceKey, ReadonlySet<string>>> {
  const used = new Map<SourceKey, ReadonlySet<string>>();
  const [any] = parents;
  if (any === undefined) return used;
  for await (const group of gather(store, compiled.gathers.get(any.entity) ?? [], parents)) {
    for (const { record } of group) {
      const evaluation = evaluate(compiled, record);
      if (evaluation.kind !== 'drafts') continue;
      const makers = mappingsFor(compiled, record).filter(
        ({ part }) => evaluation.failedParts?.includes(part) !== true,
      );
      used.set(record.key, new Set(makers.flatMap(({ gathers }) => gathers)));
    }
  }
  return used;
}

/** Tells whether a record is among those of its parent that a gather takes. */
async function firstOnes(
  store: StoreReader,
  route: readonly MergedInto[],
  parents: ReadonlyMap<string, StagedRecord>,
): Promise<(record: StagedRecord, into: MergedInto) => boolean> {
  const { from, by } = (route[0] as MergedInto).gather;
  const values = [...parents.keys()].map((id) => `${by}=${id}`);
  const first = new Map<number, ReadonlySet<SourceKey>>();
  for (const limit of new Set(route.map(({ gather: { limit } }) => limit))) {
    const found = await store.findByLookup(from, 'parent', values, limit);
    first.set(limit, new Set([...found.values()].flat()));
  }
  return ({ key }, { gather: { limit } }) => first.get(limit)?.has(key) ?? false;
}

function verdict({ entity, key, position }: StagedRecord, ways: readonly Way[]): MergedRecord {
  const best = ways.toSorted((left, right) => fates.indexOf(left.fate) - fates.indexOf(right.fate))[0] as Way;
  const { code, reason } = verdicts[best.fate](best, ways);
  const kind = code === 'merged' || code === 'no-rule' ? 'excluded' : 'rejected';
  return { kind, reject: { entity, key, position, code, field: best.into.gather.by, reason } };
}

type Verdict = (best: Way, ways: readonly Way[]) => { readonly code: RejectCode; readonly reason: string };

const verdicts: Readonly<Record<Fate, Verdict>> = {
  merged: (best) => ({ code: 'merged', reason: `its values are brought up to ${nameOf(best)}` }),
  'too-large': (best) => ({
    code: 'too-large',
    reason: `${nameOf(best)} has more than ${best.into.gather.limit} records of "${best.into.gather.from}", and this one is beyond them: raise \`limit\` of the gather`,
  }),
  'parent-failed': (best) => ({
    code: 'parent-failed',
    reason: `${nameOf(best)}, which takes its values, was put aside or left out: mend that record`,
  }),
  unwanted: (best) => ({
    code: 'no-rule',
    reason: `no gather of ${nameOf(best)} has a condition that it fulfils: widen a \`when\`, or leave it so`,
  }),
  'link-missing': ({ into, id }, ways) => ({
    code: 'link-missing',
    reason: `${into.gather.by} names ${entitiesOf(ways)} ${id}, which is not in the source: mend it there, or export that record too`,
  }),
  unnamed: (_best, ways) => ({
    code: 'link-missing',
    reason: `it names no record it belongs to: fill ${fieldsOf(ways)} in the source`,
  }),
  elsewhere: () => ({
    code: 'no-rule',
    reason: 'no gather has a condition that it fulfils: widen a `when`, or leave it so',
  }),
};

function nameOf({ into, id, parent }: Way): string {
  return `${into.parent} ${id ?? ''} (${parent?.position ?? ''})`;
}

function entitiesOf(ways: readonly Way[]): string {
  const missing = ways.filter(({ fate }) => fate === 'link-missing');
  return [...new Set(missing.map(({ into }) => into.parent))].join(' or ');
}

function fieldsOf(ways: readonly Way[]): string {
  const names = ways.map(
    ({
      into: {
        parent,
        gather: { by },
      },
    }) => `"${by}" (${parent})`,
  );
  return [...new Set(names)].join(' or ');
}
