import type { Table } from './table.ts';

/** The records of a table by a key of theirs, kept up to date by the table itself; deleted ones stay in. */
export class TableIndex<T extends { readonly id: number }> {
  readonly #ids = new Map<string | number, Set<number>>();
  readonly #table: Table<T>;

  /** `keyOf` answers null for records that belong nowhere. */
  constructor(table: Table<T>, keyOf: (record: T) => string | number | null) {
    this.#table = table;
    table.onPut((now, before) => {
      const left = before ? keyOf(before) : null;
      const entered = keyOf(now);
      if (left === entered) return;
      if (left !== null) this.#ids.get(left)?.delete(now.id);
      if (entered !== null) this.#at(entered).add(now.id);
    });
  }

  /** The records with this key, in the order in which they came to it. */
  *of(key: string | number): Generator<T> {
    for (const id of this.#ids.get(key) ?? []) {
      const record = this.#table.get(id);
      if (record !== undefined) yield record;
    }
  }

  #at(key: string | number): Set<number> {
    const known = this.#ids.get(key);
    if (known) return known;
    const fresh = new Set<number>();
    this.#ids.set(key, fresh);
    return fresh;
  }
}
