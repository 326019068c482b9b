/**
 * Records with ids 1, 2, 3 ... Deleted ones stay, marked, so ids are never used twice. A `sparse` table takes ids of
 * any size (users of a twin have eight digits); only a dense one can be walked by id.
 */
export class Table<T extends { readonly id: number }> {
  readonly name: string;
  readonly rows: (T | undefined)[] = [];
  readonly #listeners: ((now: T, before: T | undefined) => void)[] = [];
  /** Newest creations with their time, for lists that lag behind. */
  #recent: { readonly id: number; readonly atMs: number }[] = [];
  /** The records of a sparse table; null in a dense one. */
  readonly #far: Map<number, T> | null;
  #highest = 0;

  constructor(name: string, spread: 'dense' | 'sparse' = 'dense') {
    this.name = name;
    this.#far = spread === 'sparse' ? new Map() : null;
  }

  /** The id that the next record will have. */
  get nextId(): number {
    return (this.#far ? this.#highest : this.rows.length) + 1;
  }

  get(id: number): T | undefined {
    return this.#far ? this.#far.get(id) : this.rows[id - 1];
  }

  /** Puts a record in, or a newer state of it in the place of the older. */
  put(record: T): void {
    const before = this.get(record.id);
    if (this.#far) {
      this.#far.set(record.id, record);
      this.#highest = Math.max(this.#highest, record.id);
    } else {
      while (this.rows.length < record.id - 1) this.rows.push(undefined);
      this.rows[record.id - 1] = record;
    }
    for (const listener of this.#listeners) listener(record, before);
  }

  /** Calls back on every put, for what is derived from the records. */
  onPut(listener: (now: T, before: T | undefined) => void): void {
    this.#listeners.push(listener);
  }

  /** Remembers when a record was created. */
  markCreated(id: number, atMs: number): void {
    this.#recent.push({ id, atMs });
    if (this.#recent.length > 20_000) this.#recent = this.#recent.slice(-10_000);
  }

  /** The newest id that is at least `lagMs` old. */
  visibleUpTo(nowMs: number, lagMs: number): number {
    if (lagMs === 0) return this.nextId - 1;
    const young = this.#recent.find((each) => each.atMs > nowMs - lagMs);
    return young ? young.id - 1 : this.nextId - 1;
  }

  /** Every record, oldest first; those of a sparse table in the order in which they came. */
  *all(): Generator<T> {
    if (this.#far) yield* this.#far.values();
    else for (const record of this.rows) if (record !== undefined) yield record;
  }
}
