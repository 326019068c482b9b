import type { Mapping } from '../model/mapping.ts';
import type { Choice, Question } from '../model/question.ts';
import type { LookupKey } from '../model/source.ts';
import type { StoreReader } from '../model/store.ts';
import type { TargetEntity } from '../model/target.ts';
import type { PhaseContext } from './context.ts';
import type { DuplicateCount, QualitySummary } from './quality-summary.ts';
import { writeValue } from './values.ts';

/** What duplicates are recognised by: e-mail for persons, domain, then name for organizations (decisions.md, Identity). */
export const duplicateKeys: Readonly<Partial<Record<TargetEntity, readonly LookupKey['kind'][]>>> = {
  person: ['email'],
  organization: ['domain', 'name'],
};

const pageSize = 1000;
/** Records of another entity that are looked at for one value. */
const sharedLimit = 20;

/** Counts what is wrong with the source and asks what to do about duplicates. Reads staged records and drafts only. */
export async function audit(context: PhaseContext, mapping: Mapping): Promise<QualitySummary> {
  const duplicates: DuplicateCount[] = [];
  for (const candidate of duplicateCandidates(mapping)) {
    for (const by of duplicateKeys[candidate.target] ?? []) {
      duplicates.push(await countDuplicates(context, candidate, by));
    }
  }
  const found = duplicates.filter((count) => count.groups > 0);
  const summary: QualitySummary = { duplicates: found, troubles: await countTroubles(context.store) };
  const questions = context.policies.duplicates === 'review' ? askAbout(found) : [];
  await context.store.write(context.lease, async (writer) => {
    await writeValue(writer, 'quality', summary);
    await writer.putQuestions('audit', questions);
  });
  return summary;
}

/** A source entity whose records may be the same as others. */
export interface DuplicateCandidate {
  readonly entity: string;
  readonly target: TargetEntity;
  /** Source entities before it that become the same: a lead may be a contact. */
  readonly earlier: readonly string[];
}

/** Source entities that become an entity with duplicate keys, in the order of the mapping. */
export function duplicateCandidates(mapping: Mapping): readonly DuplicateCandidate[] {
  const found: DuplicateCandidate[] = [];
  for (const { from: entity, to: target, part = '' } of mapping.entities) {
    const same = found.filter((one) => one.target === target);
    if (part !== '' || duplicateKeys[target] === undefined || same.some((one) => one.entity === entity))
      continue;
    found.push({ entity, target, earlier: same.map((one) => one.entity) });
  }
  return found;
}

/** A value that several records share, with their keys. */
export type SharedValue = Awaited<ReturnType<StoreReader['sharedLookups']>>[number];

/**
 * Pages of groups of records that share a property: within the entity, then across, each record of it with those of
 * the entities before.
 */
export async function* sharedValues(
  store: StoreReader,
  { entity, earlier }: DuplicateCandidate,
  by: LookupKey['kind'],
): AsyncIterable<readonly SharedValue[]> {
  let after = '';
  for (;;) {
    const page = await store.sharedLookups(entity, by, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) break;
    yield page;
    after = last.value;
  }
  for (const other of earlier) yield* sharedAcross(store, other, entity, by);
}

async function* sharedAcross(
  store: StoreReader,
  earlier: string,
  entity: string,
  by: LookupKey['kind'],
): AsyncIterable<readonly SharedValue[]> {
  for (let after = 0; ; ) {
    const page = await store.stagedPage(entity, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    const own = page.flatMap(({ key, lookup }) =>
      lookup.filter(({ kind }) => kind === by).map(({ value }) => ({ value, key })),
    );
    const values = [...new Set(own.map(({ value }) => value))];
    const found = await store.findByLookup(earlier, by, values, sharedLimit);
    yield own.flatMap(({ value, key }) => {
      const others = found.get(value) ?? [];
      return others.length === 0 ? [] : [{ value, keys: [...others, key] }];
    });
    after = last.seq;
  }
}

async function countDuplicates(
  context: PhaseContext,
  candidate: DuplicateCandidate,
  by: LookupKey['kind'],
): Promise<DuplicateCount> {
  let groups = 0;
  let records = 0;
  for await (const page of sharedValues(context.store, candidate, by)) {
    groups += page.length;
    for (const group of page) records += group.keys.length;
  }
  const { entity, target } = candidate;
  return { entity, target, by, groups, records };
}

async function countTroubles(store: StoreReader): Promise<{ what: string; count: number }[]> {
  const counts = new Map<string, number>();
  let after = 0;
  for (;;) {
    const page = await store.rejects(null, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const reject of page) {
      if (reject.phase === 'plan' || reject.phase === 'run' || reject.code === 'merged') continue;
      const what = [reject.phase, reject.entity, reject.code, reject.field ?? ''].join('|');
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    after = last.seq;
  }
  return [...counts].map(([what, count]) => ({ what, count })).sort((a, b) => (a.what < b.what ? -1 : 1));
}

const choices: readonly Choice[] = [
  {
    id: 'merge',
    label: 'Merge them',
    consequence:
      'One record is made of each group: the first one, with its empty fields filled from the others. What differs stays in the source and is listed.',
    default: true,
  },
  {
    id: 'keep',
    label: 'Keep them apart',
    consequence: 'Each source record becomes a record of its own.',
    default: false,
  },
];

/** One question an entity and property: which groups they are stands in the quality report. */
function askAbout(duplicates: readonly DuplicateCount[]): Question[] {
  return duplicates.map((count) => ({
    id: `duplicates-${count.entity}-${count.by}`,
    kind: 'duplicates',
    subject: `${count.entity}|${count.by}`,
    question: `${groupsOf(count)} of ${count.entity} (${count.records} records) share one ${count.by}: are they the same ${count.target}?`,
    records: [],
    recordCount: count.records,
    choices: choices.map((choice) => ({
      ...choice,
      default: (choice.id === 'merge') === (count.by !== 'name'),
    })),
    blocks: 'data',
  }));
}

function groupsOf({ groups }: DuplicateCount): string {
  return groups === 1 ? 'one group' : `${groups} groups`;
}

/** Whether records sharing this property are merged, after policy and decision; null while nobody has decided. */
export function mergesBy(
  policy: 'review' | 'merge' | 'keep',
  decisions: ReadonlyMap<string, string>,
  entity: string,
  by: LookupKey['kind'],
): boolean | null {
  if (policy === 'merge') return true;
  if (policy === 'keep') return false;
  const choice = decisions.get(`duplicates-${entity}-${by}`);
  return choice === undefined ? null : choice === 'merge';
}
