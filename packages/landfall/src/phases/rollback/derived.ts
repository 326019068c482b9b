import { entityTraits } from '../../model/entity-table.ts';
import type { TargetId } from '../../model/key.ts';
import type { StoreReader } from '../../model/store.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';

/** Fields the destination may have changed itself, by record: our records below it were made, and perhaps removed. */
export type DerivedFields = ReadonlyMap<TargetId, readonly string[]>;

const pageSize = 500;

/** Which records of an entity have values that follow from records of ours below them: a deal's value from its lines. */
export async function derivedFields(reader: StoreReader, entity: TargetEntity): Promise<DerivedFields> {
  const derived = new Map<TargetId, string[]>();
  for (const [field, by] of Object.entries(entityTraits[entity].changedBy)) {
    for await (const id of parentsOf(reader, entity, by)) {
      const known = derived.get(id);
      if (known === undefined) derived.set(id, [field]);
      else if (!known.includes(field)) known.push(field);
    }
  }
  return derived;
}

async function* parentsOf(
  reader: StoreReader,
  entity: TargetEntity,
  by: TargetEntity,
): AsyncIterable<TargetId> {
  for (let after = 0; ; ) {
    const page = await reader.operationPage({ entity: by, states: ['done', 'removed'] }, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    const ends = page.flatMap(({ links }) => links.filter((link) => link.entity === entity));
    const refs = ends.flatMap(({ to }) => ('key' in to ? [to] : []));
    yield* (await reader.targetIds(refs)).values();
    for (const { to } of ends) if ('targetId' in to) yield to.targetId;
    after = last.seq;
  }
}

/** A field of an entity that the destination works out from records below. */
export interface ValueFrom {
  readonly of: TargetEntity;
  readonly field: string;
}

/**
 * What is worked out from records of an entity: a deal's value from its lines. Not the marks that are set last: they
 * are taken away first, since nothing below a marked record may change (facts.md 2.4).
 */
export function valuesFrom(entity: TargetEntity): readonly ValueFrom[] {
  return targetEntities
    .filter((of) => entityTraits[of].last?.as !== entity)
    .flatMap((of) =>
      Object.entries(entityTraits[of].changedBy).flatMap(([field, by]) =>
        by === entity ? [{ of, field }] : [],
      ),
    );
}
