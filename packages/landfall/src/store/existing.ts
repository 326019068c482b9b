import type { TargetId } from '../model/key.ts';
import type { LookupKey } from '../model/source.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import type { TargetEntity } from '../model/target.ts';
import { chunksOf, type Fragment, keysPerQuery, type Scope } from './connection.ts';
import { indexedText } from './text-code.ts';

/** What the destination held before: keys to match by, and records as they were. */
export function existingReader(scope: Scope): Pick<StoreReader, 'existing' | 'beforeImage' | 'beforeImages'> {
  return {
    existing: async (entity, kind, values) => {
      const asked = new Map(values.map((value) => [indexedText(value), value]));
      const found = new Map<string, TargetId[]>();
      for (const chunk of chunksOf([...asked.keys()], keysPerQuery)) {
        for (const { value, id } of await idsOfValues(scope, entity, kind, chunk)) {
          const original = asked.get(value) ?? value;
          const ids = found.get(original);
          if (ids === undefined) found.set(original, [id]);
          else ids.push(id);
        }
      }
      return found;
    },
    beforeImage: async (entity, id) => {
      const [row] = await scope.connection.rows<{ image: string }>(
        'select image from before_image where migration = ? and entity = ? and target_id = ?',
        [scope.migration, entity, id],
      );
      return row?.image ?? null;
    },
    beforeImages: async (entity, ids) => {
      const found = new Map<TargetId, string>();
      for (const chunk of chunksOf(ids, keysPerQuery)) {
        for (const { id, image } of await imagesOf(scope, entity, chunk)) found.set(id, image);
      }
      return found;
    },
  };
}

/**
 * Keeping them. A before-image is never replaced by a put: after a crash the second look would already show our own
 * change. Rollback drops it together with the change.
 */
export function existingWriter(
  scope: Scope,
): Pick<StoreWriter, 'addExisting' | 'clearExisting' | 'putBeforeImages' | 'dropBeforeImages'> {
  const { connection, migration } = scope;
  return {
    addExisting: (keys) =>
      connection.insert(
        'existing',
        migration,
        keys.map(({ entity, kind, value, targetId }) => [entity, kind, indexedText(value), targetId]),
        'on conflict do nothing',
      ),
    clearExisting: () => connection.run('delete from existing where migration = ?', [migration]),
    putBeforeImages: (images) =>
      connection.insert(
        'before_image',
        migration,
        images.map(({ entity, targetId, json }) => [entity, targetId, json]),
        'on conflict do nothing',
      ),
    dropBeforeImages: async (entity, ids) => {
      for (const chunk of chunksOf(ids, keysPerQuery)) {
        const wanted = wantedIds(scope, chunk);
        await connection.run(
          `delete from before_image where migration = ? and entity = ?
             and target_id in (select wanted_id from ${wanted.text})`,
          [migration, entity, ...wanted.values],
        );
      }
    },
  };
}

function wantedIds({ connection }: Scope, ids: readonly TargetId[]): Fragment {
  return connection.wanted(
    [['wanted_id', 'text']],
    ids.map((id) => [id]),
  );
}

function imagesOf(
  scope: Scope,
  entity: TargetEntity,
  ids: readonly TargetId[],
): Promise<{ id: TargetId; image: string }[]> {
  const wanted = wantedIds(scope, ids);
  return scope.connection.rows(
    `select target_id as id, image from ${wanted.text} cross join before_image
     where migration = ? and entity = ? and target_id = wanted_id`,
    [...wanted.values, scope.migration, entity],
  );
}

/** Ids in order of number, oldest record first. */
function idsOfValues(
  scope: Scope,
  entity: TargetEntity,
  kind: LookupKey['kind'],
  values: readonly string[],
): Promise<{ value: string; id: TargetId }[]> {
  const wanted = scope.connection.wanted(
    [['wanted_value', 'text']],
    values.map((value) => [value]),
  );
  return scope.connection.rows(
    `select value, target_id as id from ${wanted.text} cross join existing
     where migration = ? and entity = ? and kind = ? and value = wanted_value
     order by length(target_id), target_id`,
    [...wanted.values, scope.migration, entity, kind],
  );
}
