import type { TargetId } from '../model/key.ts';
import { refName, type StoreReader, type StoreWriter } from '../model/store.ts';
import type { DraftRef } from '../model/target.ts';
import { chunksOf, keysPerQuery, type Scope } from './connection.ts';
import { assertIndexable } from './key-length.ts';
import { distinctRefs, rowsOfRefs, wantedRefs } from './refs.ts';

/** The identity map: which draft became which record. */
export function identityReader(
  scope: Scope,
): Pick<StoreReader, 'targetIds' | 'hasIdentities' | 'refsOfTargets'> {
  return {
    targetIds: async (refs) => {
      const columns = 'identity.entity, identity.key, identity.part, target_id as id';
      const rows = await rowsOfRefs<DraftRef & { id: TargetId }>(scope, 'identity', columns, refs);
      return new Map(rows.map((row) => [refName(row), row.id]));
    },
    hasIdentities: async () => {
      const { connection, migration } = scope;
      const [first] = await connection.rows('select 1 from identity where migration = ? limit 1', [
        migration,
      ]);
      return first !== undefined;
    },
    refsOfTargets: async (entity, ids) => {
      const found = new Map<TargetId, DraftRef>();
      for (const chunk of chunksOf(ids, keysPerQuery)) {
        for (const { id, ...ref } of await refsOfIds(scope, entity, chunk)) {
          // several drafts may share a record (merged ones): the first in order of key stands for them
          if (!found.has(id)) found.set(id, ref);
        }
      }
      return found;
    },
  };
}

/** Keeping the identity map; binding a draft anew replaces its record. */
export function identityWriter(scope: Scope): Pick<StoreWriter, 'bind' | 'unbind'> {
  const { connection, migration } = scope;
  return {
    bind: async (pairs) => {
      const distinct = distinctRefs(pairs.map(({ ref, id }) => ({ ...ref, id })));
      await connection.insert(
        'identity',
        migration,
        distinct.map(({ entity, key, part, id }) => {
          assertIndexable(key);
          return [entity, key, part, id];
        }),
        'on conflict (migration, entity, key, part) do update set target_id = excluded.target_id',
      );
    },
    unbind: async (refs) => {
      for (const chunk of chunksOf(refs, keysPerQuery)) {
        const wanted = wantedRefs(scope, chunk);
        await connection.run(
          `delete from identity where migration = ? and (entity, key, part) in
             (select wanted_entity, wanted_key, wanted_part from ${wanted.text})`,
          [migration, ...wanted.values],
        );
      }
    },
  };
}

function refsOfIds(
  scope: Scope,
  entity: DraftRef['entity'],
  ids: readonly TargetId[],
): Promise<(DraftRef & { id: TargetId })[]> {
  const wanted = scope.connection.wanted(
    [['wanted_id', 'text']],
    ids.map((id) => [id]),
  );
  return scope.connection.rows(
    `select entity, key, part, target_id as id from ${wanted.text} cross join identity
     where migration = ? and entity = ? and target_id = wanted_id order by key, part`,
    [...wanted.values, scope.migration, entity],
  );
}
