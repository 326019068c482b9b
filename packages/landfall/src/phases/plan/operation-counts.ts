import { entityTraits } from '../../model/entity-table.ts';
import { refName, type StoreReader } from '../../model/store.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import type { EntityCount } from './forecast-input.ts';

const pageSize = 1000;

/** Counts the planned operations for the bill. An update that costs nothing only keeps an identity: it is none. */
export async function countOperations(
  reader: StoreReader,
): Promise<Readonly<Partial<Record<TargetEntity, EntityCount>>>> {
  const totals = (await reader.operationTotals()).filter(
    ({ action, costTokens }) => action === 'create' || (action === 'update' && costTokens > 0),
  );
  const counts: Partial<Record<TargetEntity, EntityCount>> = {};
  for (const entity of targetEntities) {
    const own = totals.filter((total) => total.entity === entity);
    const of = (wanted: string) =>
      own.filter(({ action }) => action === wanted).reduce((whole, { count }) => whole + count, 0);
    if (own.length === 0) continue;
    const existing = Number((await reader.getValue(existingCountName(entity))) ?? 0);
    counts[entity] = {
      create: of('create'),
      update: of('update'),
      existing,
      ...(await countBelow(reader, entity)),
    };
  }
  return counts;
}

/** The stored value that holds how many records of an entity the destination had when the plan looked. */
export function existingCountName(entity: TargetEntity): string {
  return `existing:${entity}`;
}

/** By how many others the records of an entity will be listed, and what making them takes; {} when it has a list of its own. */
async function countBelow(
  reader: StoreReader,
  entity: TargetEntity,
): Promise<Pick<EntityCount, 'parents' | 'writes'>> {
  const { listedBy } = entityTraits[entity];
  if (listedBy === null) return {};
  const parents = new Set<string>();
  const writes = { requests: 0, tokens: 0 };
  for (let after = 0; ; ) {
    const page = await reader.operationPage({ entity }, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return { parents: parents.size, writes };
    for (const { links, action, costTokens } of page) {
      if (action === 'skip') continue;
      const parent = links.find((link) => link.field === listedBy)?.to;
      if (parent !== undefined) parents.add('key' in parent ? refName(parent) : parent.targetId);
      // of several that go together the first one pays
      writes.requests += costTokens > 0 ? 1 : 0;
      writes.tokens += costTokens;
    }
    after = last.seq;
  }
}
