import type { EmulatedClock } from '../kit/clock.ts';
import type { Module } from './schema/module.ts';
import { MODULES, moduleNamed } from './schema/schema.ts';
import type { WorldPlan } from './world/plan.ts';
import { type Cell, minuteText, numberOf, type Row } from './world/row.ts';
import { worldOf } from './world/world.ts';

/** What one change does; a journal of these brings an account back. */
export type Change =
  | { readonly kind: 'put'; readonly module: string; readonly row: Row }
  | { readonly kind: 'erase'; readonly module: string; readonly id: number };

/** Local time of the account is so many milliseconds ahead of UTC: Turkey, all year since September 2016. */
const LOCAL_AHEAD_MS = 3 * 3_600_000;

/** One emulated account: its records, and what was changed since the start. */
export class Account {
  readonly plan: WorldPlan;
  readonly #clock: EmulatedClock;
  readonly #tables: Map<string, Map<number, Row>>;
  readonly #touched = new Map<string, Set<number>>();
  #untaken: Change[] = [];

  constructor(plan: WorldPlan, clock: EmulatedClock) {
    this.plan = plan;
    this.#clock = clock;
    this.#tables = new Map(
      [...worldOf(plan)].map(([key, rows]) => [key, new Map(rows.map((row) => [row.id, row]))]),
    );
  }

  /** All rows of a module, deleted ones too, in the order of their ids. */
  rows(module: Module): Row[] {
    return [...this.#table(module.key).values()];
  }

  /** The row of an id; undefined: none. */
  find(module: Module, id: number): Row | undefined {
    return this.#table(module.key).get(id);
  }

  /** How many rows are not deleted. */
  count(module: Module): number {
    return this.rows(module).filter(({ active }) => active === true).length;
  }

  /** Adds a record; the next free id is its own. */
  insert(module: Module, values: Readonly<Record<string, Cell>>): Row {
    const table = this.#table(module.key);
    const given = values.id;
    const id = typeof given === 'number' ? given : Math.max(0, ...table.keys()) + 1;
    const now = this.#now();
    const row: Row = {
      userId: null,
      isShared: false,
      [module.numberField]: numberOf(module.table, id),
      insertDate: now,
      updateDate: now,
      active: true,
      ...values,
      id,
    };
    this.#put(module.key, row);
    return row;
  }

  /** Changes a record; `updateDate` follows unless it is among the values. */
  update(module: Module, row: Row, values: Readonly<Record<string, Cell>>): Row {
    const changed: Row = { ...row, updateDate: this.#now(), ...values, id: row.id };
    this.#put(module.key, changed);
    return changed;
  }

  /** Marks a record as deleted, as the system does. */
  remove(module: Module, row: Row): void {
    this.update(module, row, { active: false });
  }

  /** Takes a record out of its table, as if it had never been. */
  erase(module: Module, id: number): void {
    this.replay({ kind: 'erase', module: module.key, id });
    this.#untaken.push({ kind: 'erase', module: module.key, id });
  }

  /** Does a change again that a journal remembers. */
  replay(change: Change): void {
    const table = this.#table(change.module);
    const id = change.kind === 'put' ? change.row.id : change.id;
    if (change.kind === 'put') table.set(id, change.row);
    else table.delete(id);
    const touched = this.#touched.get(change.module) ?? new Set();
    this.#touched.set(change.module, touched.add(id));
  }

  /** The changes since this was last asked. */
  takeChanges(): Change[] {
    return this.#untaken.splice(0);
  }

  /** What differs from the world it began with: by module and id; null: it is gone. */
  differences(): Record<string, Record<string, Row | null>> {
    return Object.fromEntries(
      [...this.#touched].map(([module, ids]) => [
        module,
        Object.fromEntries([...ids].map((id) => [id, this.#table(module).get(id) ?? null])),
      ]),
    );
  }

  /** How many rows each module has, deleted ones too. */
  counts(): Record<string, number> {
    return Object.fromEntries(MODULES.map(({ key }) => [key, this.#table(key).size]));
  }

  #put(module: string, row: Row): void {
    const change: Change = { kind: 'put', module, row };
    this.replay(change);
    this.#untaken.push(change);
  }

  #now(): string {
    return minuteText(this.#clock.nowMs() + LOCAL_AHEAD_MS);
  }

  #table(module: string): Map<number, Row> {
    const table = this.#tables.get(moduleNamed(module).key) ?? new Map<number, Row>();
    this.#tables.set(module, table);
    return table;
  }
}
