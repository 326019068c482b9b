import type { Row } from './paging.ts';
import type { WorldRow } from './world/chance.ts';
import { type MadeWorld, makeWorld, type WorldPlan } from './world/world.ts';

/** A change of the account, as the state file keeps it. */
export type Change =
  | { readonly kind: 'put'; readonly resource: string; readonly row: WorldRow }
  | { readonly kind: 'remove'; readonly resource: string; readonly id: number | string };

/** The records of an emulated account. The API only reads; `seed` changes them. */
export class Account {
  readonly plan: WorldPlan;
  readonly made: MadeWorld;
  readonly #records: Map<string, Map<string, WorldRow>>;
  #changes: Change[] = [];

  constructor(plan: WorldPlan) {
    this.plan = plan;
    this.made = makeWorld(plan);
    this.#records = new Map(
      [...this.made.records].map(([name, rows]) => [
        name,
        new Map(rows.map((row) => [String(row.id), row] as const)),
      ]),
    );
  }

  /** The resources there are: the API's own, and one for each custom object. */
  get resources(): readonly string[] {
    return [...this.#records.keys()];
  }

  /** The records of a resource in the order of their ids' arrival; null: there is no such resource. */
  list(resource: string): readonly WorldRow[] | null {
    const found = this.#records.get(resource);
    return found ? [...found.values()] : null;
  }

  /** One record; null: it is not there. */
  find(resource: string, id: string): WorldRow | null {
    return this.#records.get(resource)?.get(id) ?? null;
  }

  /** Adds or changes a record: what is named is replaced, the rest stays. Throws when the resource is unknown. */
  put(resource: string, values: Readonly<Record<string, unknown>>, now: string): number | string {
    const rows = this.#rowsOf(resource);
    const given = values.id;
    const id = typeof given === 'number' || typeof given === 'string' ? given : this.#freeId(rows);
    const before: Row = rows.get(String(id)) ?? { created_at: now };
    const row: WorldRow = { updated_at: now, ...without(before), ...values, id };
    this.replay({ kind: 'put', resource, row });
    this.#changes.push({ kind: 'put', resource, row });
    return id;
  }

  /** Takes a record away. Throws when it is not there. */
  remove(resource: string, id: number | string): void {
    if (!this.#rowsOf(resource).has(String(id))) throw new Error(`${resource} has no record ${id}`);
    this.replay({ kind: 'remove', resource, id });
    this.#changes.push({ kind: 'remove', resource, id });
  }

  /** Does a change that was made before. */
  replay(change: Change): void {
    const rows = this.#rowsOf(change.resource);
    if (change.kind === 'put') rows.set(String(change.row.id), change.row);
    else rows.delete(String(change.id));
  }

  /** The changes since the last time. */
  takeChanges(): readonly Change[] {
    const taken = this.#changes;
    this.#changes = [];
    return taken;
  }

  #rowsOf(resource: string): Map<string, WorldRow> {
    const rows = this.#records.get(resource);
    if (!rows) throw new Error(`there is no resource ${resource}; there are ${this.resources.join(', ')}`);
    return rows;
  }

  #freeId(rows: ReadonlyMap<string, WorldRow>): number {
    return Math.max(1_000, ...[...rows.values()].map(({ id }) => Number(id) || 0)) + 1;
  }
}

/** The record without the time of its last change, which a change sets anew. */
function without({ updated_at: _, ...rest }: Row): Row {
  return rest;
}
