import type { Scope } from './connection.ts';

/** Gives out the next `count` numbers of a sequence and answers the first of them; sequences begin at 1. */
export async function takeNumbers(scope: Scope, name: string, count: number): Promise<number> {
  const last = await lastNumber(scope, name);
  if (count === 0) return last + 1;
  await scope.connection.insert(
    'sequence',
    scope.migration,
    [[name, last + count]],
    'on conflict (migration, name) do update set last = excluded.last',
  );
  return last + 1;
}

/** Lets a sequence begin at 1 again: equal input then gives equal numbers (I11). */
export async function restartNumbers(scope: Scope, name: string): Promise<void> {
  await scope.connection.run('delete from sequence where migration = ? and name = ?', [
    scope.migration,
    name,
  ]);
}

/** The number given out last; 0 when none was. */
export async function lastNumber(scope: Scope, name: string): Promise<number> {
  const [row] = await scope.connection.rows<{ last: number }>(
    'select last from sequence where migration = ? and name = ?',
    [scope.migration, name],
  );
  return row?.last ?? 0;
}
