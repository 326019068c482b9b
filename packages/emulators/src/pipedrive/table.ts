/** Records with ids 1, 2, 3 ... Deleted ones stay, marked, so ids are never used twice. */
export class Table<T extends { readonly id: number }> {
  readonly name: string;
  readonly rows: (T | undefined)[] = [];
  readonly #listeners: ((now: T, before: T | undefined) => void)[] = [];
  /** Newest creations with their time, for lists that lag behind. */
  #recent: { readonly id: number; readonly atMs: number }[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** The id that the next record will have. */
  get nextId(): number {
    return this.rows.length + 1;
  }

  get(id: number): T | undefined {
    return this.rows[id - 1];
  }

  /** Puts a record in, or a newer state of it in the place of the older. */
  put(record: T): void {
    const index = record.id - 1;
    const before = this.rows[index];
    while (this.rows.length < index) this.rows.push(undefined);
    this.rows[index] = record;
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
    if (lagMs === 0) return this.rows.length;
    const young = this.#recent.find((each) => each.atMs > nowMs - lagMs);
    return young ? young.id - 1 : this.rows.length;
  }

  /** Every record, oldest first. */
  *all(): Generator<T> {
    for (const record of this.rows) if (record !== undefined) yield record;
  }
}
