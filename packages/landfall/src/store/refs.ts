import { refName } from '../model/store.ts';
import type { DraftRef } from '../model/target.ts';
import { chunksOf, type Fragment, keysPerQuery, type Scope } from './connection.ts';
import type { TableName } from './tables.ts';

/** Each ref once: the last of several equal ones, in order of the first. */
export function distinctRefs<R extends DraftRef>(refs: readonly R[]): readonly R[] {
  const byName = new Map(refs.map((ref) => [refName(ref), ref]));
  return byName.size === refs.length ? refs : [...byName.values()];
}

/** Rows of the drafts named, in no order; long lists are cut. */
export async function rowsOfRefs<R extends object>(
  scope: Scope,
  table: TableName & ('draft' | 'operation' | 'identity'),
  columns: string,
  refs: readonly DraftRef[],
): Promise<R[]> {
  const found: R[] = [];
  for (const chunk of chunksOf(distinctRefs(refs), keysPerQuery)) {
    const wanted = wantedRefs(scope, chunk);
    const rows = await scope.connection.rows<R>(
      `select ${columns} from ${wanted.text} cross join ${table}
       where ${table}.migration = ? and ${table}.entity = wanted_entity
         and ${table}.key = wanted_key and ${table}.part = wanted_part`,
      [...wanted.values, scope.migration],
    );
    for (const row of rows) found.push(row);
  }
  return found;
}

/** Refs as a table with the columns `wanted_entity`, `wanted_key`, `wanted_part`. */
export function wantedRefs(scope: Scope, refs: readonly DraftRef[]): Fragment {
  return scope.connection.wanted(
    [
      ['wanted_entity', 'text'],
      ['wanted_key', 'text'],
      ['wanted_part', 'text'],
    ],
    refs.map((ref) => [ref.entity, ref.key, ref.part]),
  );
}
