import { assert } from '../base/assert.ts';
import type { Connection } from './connection.ts';

/** A line that lives as long as its transaction. */
export interface GuardedLine {
  readonly line: Connection;
  /** Throws the first thing that a statement threw: Postgres would undo everything, so SQLite shall too. */
  throwFailure(): void;
  /** From now on every use is a bug. */
  end(): void;
}

/** Puts a guard before a line: uses after the transaction stop, failures are remembered. */
export function guardedConnection(connection: Connection): GuardedLine {
  let hasEnded = false;
  let failure: { readonly error: unknown } | null = null;
  const guard = async <T>(use: () => Promise<T>): Promise<T> => {
    assert(!hasEnded, 'a writer was used after its transaction had ended');
    try {
      return await use();
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };
  return {
    line: {
      rows: (text, values) => guard(() => connection.rows(text, values)),
      run: (text, values) => guard(() => connection.run(text, values)),
      insert: (table, migration, rows, conflict) =>
        guard(() => connection.insert(table, migration, rows, conflict)),
      insertNew: (table, migration, rows) => guard(() => connection.insertNew(table, migration, rows)),
      update: (statement, rows) => guard(() => connection.update(statement, rows)),
      wanted: connection.wanted,
      jsonItems: connection.jsonItems,
      jsonArray: connection.jsonArray,
      forUpdate: connection.forUpdate,
    },
    throwFailure: () => {
      if (failure !== null) throw failure.error;
    },
    end: () => {
      hasEnded = true;
    },
  };
}
