/** So many changes are remembered; the oldest make room. Creations are not among them: the records tell of those. */
export const REMEMBERED_CHANGES = 100_000;

/** One key of a record, as it was and as it became. The values are those of the record in memory. */
export interface KeyChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** One newer state of a record: who made it, when, and what differed. */
export interface Change {
  /** Counts all changes of the account; newer is higher. */
  readonly nr: number;
  readonly table: string;
  readonly recordId: number;
  readonly atSec: number;
  readonly userId: number;
  readonly keys: readonly KeyChange[];
}

/** Two records that are being made one: what happens to them meanwhile belongs to the merge. */
export interface Merging {
  /** What they are, as webhooks call it. */
  readonly entity: string;
  readonly loserId: number;
  readonly winnerId: number;
}

/** Told of every record that is kept, creations included. `before` is undefined for those. */
export type Witness = (table: string, now: Stored, before: Stored | undefined) => void;

interface Stored {
  readonly id: number;
}

/** Times that change with every newer state, or (of creation) only while a world is seeded. */
const UNTOLD = new Set(['addedSec', 'updatedSec', 'updatedMs']);

/** What happened to the records of an account, since the process began: memory of a fixed size, no part of the state. */
export class History {
  /** A ring once it is full. */
  readonly #changes: Change[] = [];
  #count = 0;
  #userId = 1;
  #atSec = 0;
  #witness: Witness | null = null;
  /** Set while a merge is carried out. */
  merging: Merging | null = null;

  /** From now on changes are this user's, at this time in seconds since 1970. */
  actAs(userId: number, atSec: number): void {
    this.#userId = userId;
    this.#atSec = atSec;
  }

  /** Who is changing things at the moment. */
  get userId(): number {
    return this.#userId;
  }

  /** Has everything that is kept told to this one; null: nobody. */
  tellTo(witness: Witness | null): void {
    this.#witness = witness;
  }

  /** Takes a newer state of a record down. */
  note(table: string, now: Stored, before: Stored | undefined): void {
    if (before !== undefined) {
      const keys = differences(before, now);
      if (keys.length > 0) this.#remember(table, now.id, keys);
    }
    this.#witness?.(table, now, before);
  }

  /** The remembered changes, newest first. */
  *newestFirst(): Generator<Change> {
    const oldest = Math.max(1, this.#count - REMEMBERED_CHANGES + 1);
    for (let nr = this.#count; nr >= oldest; nr -= 1) {
      const change = this.#changes[(nr - 1) % REMEMBERED_CHANGES];
      if (change) yield change;
    }
  }

  /** The remembered changes of one record, newest first. */
  *of(table: string, recordId: number): Generator<Change> {
    for (const change of this.newestFirst())
      if (change.recordId === recordId && change.table === table) yield change;
  }

  #remember(table: string, recordId: number, keys: readonly KeyChange[]): void {
    this.#count += 1;
    this.#changes[(this.#count - 1) % REMEMBERED_CHANGES] = {
      nr: this.#count,
      table,
      recordId,
      atSec: this.#atSec,
      userId: this.#userId,
      keys,
    };
  }
}

/** The keys whose values are not the very same; what only looks alike is sorted out when somebody reads. */
function differences(before: object, now: object): readonly KeyChange[] {
  const found: KeyChange[] = [];
  const old = before as Readonly<Record<string, unknown>>;
  const fresh = now as Readonly<Record<string, unknown>>;
  // Every change of every record comes by here: no list of keys is made.
  for (const key in fresh)
    if (fresh[key] !== old[key] && !UNTOLD.has(key)) found.push({ key, before: old[key], after: fresh[key] });
  return found;
}
