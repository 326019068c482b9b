import { Journal, readJournal } from './journal.ts';

/** What a file of changes remembers beside them: what they are changes of, and how far the clock was moved. */
export interface ChangeHead<Plan> {
  readonly plan: Plan;
  readonly clockOffsetMs: number;
}

type Line<Plan> =
  | { readonly head: ChangeHead<Plan> }
  | { readonly clockOffsetMs: number }
  | { readonly change: unknown };

/** How a change is written as JSON; left out of `ChangeFile`: as it is. */
export type PackChange<Change> = (change: Change) => unknown;

/** Changes of an account in a file of JSON lines: an answered write survives the death of the process. */
export class ChangeFile<Plan, Change> {
  readonly #journal: Journal;
  readonly #pack: PackChange<Change>;

  constructor(file: string, pack: PackChange<Change> = (change) => change) {
    this.#journal = new Journal(file);
    this.#pack = pack;
  }

  /** Begins the file anew: what it is a change of, and the changes so far. */
  begin(head: ChangeHead<Plan>, changes: readonly Change[]): void {
    this.#journal.rewrite([{ head }, ...changes.map((change) => ({ change: this.#pack(change) }))]);
  }

  /** Writes what an account has changed since the last time. */
  keep(account: { takeChanges(): readonly Change[] }): void {
    for (const change of account.takeChanges()) this.#journal.append({ change: this.#pack(change) });
    this.#journal.flush();
  }

  /** Remembers that the clock was moved. */
  clockMoved(clockOffsetMs: number): void {
    this.#journal.append({ clockOffsetMs });
    this.#journal.flush();
  }

  close(): void {
    this.#journal.close();
  }
}

/** What a file of changes holds; null: there is none yet. Throws when a line cannot be read. */
export function readChanges<Plan, Change>(
  file: string,
  unpack: (change: unknown) => Change = (change) => change as Change,
): { head: ChangeHead<Plan>; changes: Change[] } | null {
  const heads: ChangeHead<Plan>[] = [];
  const changes: Change[] = [];
  for (const raw of readJournal(file)) {
    const line = raw as Line<Plan>;
    const [head] = heads;
    if ('head' in line) heads[0] = line.head;
    else if ('change' in line) changes.push(unpack(line.change));
    else if (head) heads[0] = { ...head, clockOffsetMs: line.clockOffsetMs };
  }
  const [head] = heads;
  return head ? { head, changes } : null;
}
