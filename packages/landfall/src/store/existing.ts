import type { TargetId } from '../model/key.ts';
import type { LookupKey } from '../model/source.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import type { TargetEntity } from '../model/target.ts';
import { chunksOf, keysPerQuery, type Scope } from './connection.ts';
import { indexedText } from './text-code.ts';

/** What the destination held before: keys to match by, and records as they were. */
export function existingReader(scope: Scope): Pick<StoreReader, 'existing' | 'beforeImage'> {
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
  };
}

/** Keeping them. A before-image is never replaced: after a crash the second look would already show our own change. */
export function existingWriter(
  scope: Scope,
): Pick<StoreWriter, 'addExisting' | 'clearExisting' | 'putBeforeImages'> {
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
  };
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
