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

/** Counts what is wrong with the source and asks what to do about duplicates. Reads staged records and drafts only. */
export async function audit(context: PhaseContext, mapping: Mapping): Promise<QualitySummary> {
  const duplicates: DuplicateCount[] = [];
  for (const [entity, target] of duplicateCandidates(mapping)) {
    for (const by of duplicateKeys[target] ?? []) {
      duplicates.push(await countDuplicates(context, entity, target, by));
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

/** Source entities that become an entity with duplicate keys. */
export function duplicateCandidates(mapping: Mapping): readonly (readonly [string, TargetEntity])[] {
  const pairs = mapping.entities
    .filter((entity) => (entity.part ?? '') === '' && duplicateKeys[entity.to] !== undefined)
    .map((entity) => [entity.from, entity.to] as const);
  return [...new Map(pairs.map((pair) => [pair.join('|'), pair])).values()];
}

async function countDuplicates(
  context: PhaseContext,
  entity: string,
  target: TargetEntity,
  by: LookupKey['kind'],
): Promise<DuplicateCount> {
  let groups = 0;
  let records = 0;
  let after = '';
  for (;;) {
    const page = await context.store.sharedLookups(entity, by, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return { entity, target, by, groups, records };
    groups += page.length;
    for (const group of page) records += group.keys.length;
    after = last.value;
  }
}

async function countTroubles(store: StoreReader): Promise<{ what: string; count: number }[]> {
  const counts = new Map<string, number>();
  let after = 0;
  for (;;) {
    const page = await store.rejects(null, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const reject of page) {
      if (reject.phase === 'plan' || reject.phase === 'run') continue;
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
