import { Journal, readJournal } from '../kit/journal.ts';
import type { Change, Organization } from './records/organization.ts';
import type { WorldPlan } from './world/world.ts';

/** What a state file remembers beside the changes. */
interface Head {
  readonly plan: WorldPlan;
  readonly clockOffsetMs: number;
}

type Line = { readonly head: Head } | { readonly clockOffsetMs: number } | { readonly change: Change };

/** Changes of an organisation in a file of JSON lines: an answered write survives the death of the process. */
export class StateFile {
  readonly #journal: Journal;

  constructor(file: string) {
    this.#journal = new Journal(file);
  }

  /** Begins the file anew: what it is a change of, and the changes so far. */
  begin(head: Head, changes: readonly Change[]): void {
    this.#journal.rewrite([{ head }, ...changes.map((change) => packed(change))]);
  }

  /** Writes what an organisation has changed since the last time. */
  keep(organization: Organization): void {
    for (const change of organization.takeChanges()) this.#journal.append(packed(change));
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

/** What a state file holds; null: there is none yet. Throws when a line cannot be read. */
export function readState(file: string): { head: Head; changes: Change[] } | null {
  const heads: Head[] = [];
  const changes: Change[] = [];
  for (const raw of readJournal(file)) {
    const line = raw as Line;
    const [head] = heads;
    if ('head' in line) heads[0] = line.head;
    else if ('change' in line) changes.push(unpacked(line.change));
    else if (head) heads[0] = { ...head, clockOffsetMs: line.clockOffsetMs };
  }
  const [head] = heads;
  return head ? { head, changes } : null;
}

/** Whole numbers of 64 bits have no place in JSON: they are kept as `{ "$n": "1" }`. */
function packed(change: Change): unknown {
  if (change.kind === 'delete') return { change };
  const values = Object.fromEntries(
    Object.entries(change.values).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? { $n: String(value) } : value,
    ]),
  );
  return { change: { ...change, values } };
}

function unpacked(change: Change): Change {
  if (change.kind === 'delete') return change;
  const values = Object.fromEntries(
    Object.entries(change.values).map(([name, value]) => {
      const number = typeof value === 'object' && value !== null && '$n' in value ? String(value.$n) : null;
      return [name, number === null ? value : BigInt(number)];
    }),
  );
  return { ...change, values };
}
