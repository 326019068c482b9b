import type { EmulatedClock } from '../../kit/clock.ts';
import { guidSortKey } from '../guid.ts';
import { SCHEMA, type Table, tableNamed } from '../schema/schema.ts';
import type { Switches } from '../switches.ts';
import type { Value } from '../world/content.ts';
import { lastFirstVersion } from '../world/usual-values.ts';
import type { GeneratedWorld } from '../world/world.ts';

/** A row: the number of a generated one, or (below 0) of one that was added. */
export type Row = number;

/** The values of one record, by column. */
export type Values = Readonly<Record<string, Value>>;

/** A record that was deleted, as change tracking remembers it. */
export interface Tombstone {
  readonly id: string;
  readonly version: bigint;
  readonly atMs: number;
}

/** What became of a table since the start. */
interface Changes {
  readonly patches: Map<number, Record<string, Value>>;
  readonly deleted: Set<number>;
  readonly tombstones: Tombstone[];
}

interface Added {
  readonly table: string;
  readonly id: string;
  readonly values: Record<string, Value>;
  live: boolean;
}

/** What one change does; a journal of these brings an organisation back. */
export type Change =
  | {
      readonly kind: 'insert' | 'update';
      readonly table: string;
      readonly id: string;
      readonly values: Values;
    }
  | { readonly kind: 'delete'; readonly table: string; readonly id: string };

/** One emulated organisation: generated records, and what was changed since. */
export class Organization {
  readonly world: GeneratedWorld;
  readonly clock: EmulatedClock;
  switches: Switches;
  /** Rises with every change of a record: for plans that are kept. */
  revision = 0;
  /** Rises with every change of the schema. */
  schemaRevision = 1;
  #version: bigint;
  readonly #changes = new Map<string, Changes>();
  readonly #added: Added[] = [];
  readonly #addedById = new Map<string, number>();
  /** Changes that nobody has taken yet: for a journal. */
  #untaken: Change[] = [];

  constructor(world: GeneratedWorld, clock: EmulatedClock, switches: Switches) {
    this.world = world;
    this.clock = clock;
    this.switches = switches;
    this.#version = lastFirstVersion(world.plan.records * 2 + 10_000);
  }

  /** The newest row version of the organisation. */
  get version(): bigint {
    return this.#version;
  }

  /** The lowest row version that only changed rows have. */
  get firstChangedVersion(): bigint {
    return lastFirstVersion(this.world.plan.records * 2 + 10_000);
  }

  /** All rows of a table in the order of their ids, from the first id behind `after` on. */
  *rows(table: Table, after: string | null = null): Generator<Row> {
    const { guidOrder } = this.switches;
    const afterKey = after === null ? '' : guidSortKey(after, guidOrder);
    const added = this.#addedRows(table).filter(({ key }) => key > afterKey);
    const count = this.world.count(table.name);
    let next = 0;
    for (let index = this.#firstBehind(table, afterKey, count); index < count; index += 1) {
      if (this.#isDeleted(table, index)) continue;
      if (next < added.length) {
        const key = guidSortKey(this.world.id(table.name, index), guidOrder);
        for (let other = added[next]; other && other.key < key; other = added[next]) {
          yield other.row;
          next += 1;
        }
      }
      yield index;
    }
    for (const { row } of added.slice(next)) yield row;
  }

  /** How many rows a table has now. */
  total(table: Table): number {
    const tables = table.name === 'activitypointer' ? activityTables : [table];
    const gone = tables.reduce((sum, { name }) => sum + (this.#changes.get(name)?.deleted.size ?? 0), 0);
    return this.world.count(table.name) - gone + this.#addedRows(table).length;
  }

  /** The row of an id; null: none, or deleted. */
  find(table: Table, id: string): Row | null {
    const at = this.#addedById.get(`${table.name}:${id}`) ?? this.#addedActivity(table, id);
    if (at !== undefined) return this.#added[at]?.live ? -at - 1 : null;
    const index = this.world.indexOf(table.name, id);
    return index === null || this.#isDeleted(table, index) ? null : index;
  }

  /** The id of a row. */
  id(table: Table, row: Row): string {
    return row < 0 ? (this.#added[-row - 1]?.id ?? '') : this.world.id(table.name, row);
  }

  /** A value of a row; null also where the table has no such column. */
  value(table: Table, row: Row, column: string): Value {
    if (row < 0) return this.#addedValue(table, row, column);
    const patch = this.#patch(table, row);
    if (patch && column in patch) return patch[column] ?? null;
    return this.world.value(table.name, row, column);
  }

  /** The row version of a row. */
  rowVersion(table: Table, row: Row): bigint {
    const value = this.value(table, row, 'versionnumber');
    return typeof value === 'bigint' ? value : 1_000_000n + BigInt(Math.max(0, row));
  }

  /** Adds a record. Needs an id that is not taken. */
  insert(table: Table, id: string, values: Values): void {
    const versionnumber = this.#next();
    const kept = { ...this.#stamps(table), ...values };
    const at = this.#added.push({ table: table.name, id, values: { ...kept, versionnumber }, live: true });
    this.#addedById.set(`${table.name}:${id}`, at - 1);
    this.#settle({ kind: 'insert', table: table.name, id, values: kept });
  }

  /** Changes a record; `modifiedon` and the version follow. Needs a row that is there. */
  update(table: Table, row: Row, values: Values): void {
    const versionnumber = this.#next();
    const { modifiedon } = this.#stamps(table);
    const kept = { ...(modifiedon === undefined ? {} : { modifiedon }), ...values };
    const id = this.id(table, row);
    if (row < 0) Object.assign(this.#added[-row - 1]?.values ?? {}, kept, { versionnumber });
    else {
      const { patches } = this.#changesOf(table.name);
      patches.set(row, { ...patches.get(row), ...kept, versionnumber });
    }
    this.#settle({ kind: 'update', table: table.name, id, values: kept });
  }

  /** Deletes a record. Needs a row that is there. */
  remove(table: Table, row: Row): void {
    const version = this.#next();
    const id = this.id(table, row);
    const changes = this.#changesOf(table.name);
    const added = this.#added[-row - 1];
    if (added) added.live = false;
    else {
      changes.deleted.add(row);
      changes.patches.delete(row);
    }
    changes.tombstones.push({ id, version, atMs: this.clock.nowMs() });
    this.#settle({ kind: 'delete', table: table.name, id });
  }

  /** Rows that were added or changed since a version, oldest change first. */
  changedSince(table: Table, version: bigint): Row[] {
    const patched = [...(this.#changes.get(table.name)?.patches.keys() ?? [])];
    const rows = [...patched, ...this.#addedRows(table).map(({ row }) => row)];
    const aged = rows
      .map((row) => ({ row, at: this.rowVersion(table, row) }))
      .filter(({ at }) => at > version);
    return aged.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ row }) => row);
  }

  /** Records that were deleted since a version, oldest first. */
  deletedSince(table: Table, version: bigint): Tombstone[] {
    return (this.#changes.get(table.name)?.tombstones ?? []).filter((each) => each.version > version);
  }

  /** The changes since this was last asked. */
  takeChanges(): Change[] {
    return this.#untaken.splice(0);
  }

  /** Remembers how things stand; what it answers brings them back so. */
  checkpoint(): () => void {
    const changes = [...this.#changes].map(([name, { patches, deleted, tombstones }]): [string, Changes] => {
      const own = new Map([...patches].map(([row, values]) => [row, { ...values }]));
      return [name, { patches: own, deleted: new Set(deleted), tombstones: [...tombstones] }];
    });
    const added = this.#added.map((each) => ({ ...each, values: { ...each.values } }));
    const untaken = this.#untaken.length;
    const version = this.#version;
    return () => {
      this.#version = version;
      this.#changes.clear();
      for (const [name, each] of changes) this.#changes.set(name, each);
      for (const { table, id } of this.#added.slice(added.length)) this.#addedById.delete(`${table}:${id}`);
      this.#added.splice(0, this.#added.length, ...added);
      this.#untaken.splice(untaken);
      this.revision += 1;
    };
  }

  /** Carries out a change that a journal remembers. */
  replay(change: Change): void {
    const table = tableNamed(change.table);
    const row = this.find(table, change.id);
    if (change.kind === 'insert') this.insert(table, change.id, change.values);
    else if (row !== null && change.kind === 'update') this.update(table, row, change.values);
    else if (row !== null) this.remove(table, row);
  }

  /** What differs from the generated records: for snapshots. */
  differences(): unknown {
    const touched = [...this.#changes].filter(([, { patches, deleted }]) => patches.size + deleted.size > 0);
    const tables = touched.map(([name, { patches, deleted }]) => [
      name,
      {
        changed: Object.fromEntries(
          [...patches].map(([row, values]) => [this.world.id(name, row), told(values)]),
        ),
        deleted: [...deleted].map((row) => this.world.id(name, row)).sort(),
      },
    ]);
    const added = this.#added
      .filter(({ live }) => live)
      .map(({ table, id, values }) => [`${table} ${id}`, told(values)]);
    return { tables: Object.fromEntries(tables), added: Object.fromEntries(added) };
  }

  #settle(change: Change): void {
    this.revision += 1;
    this.#untaken.push(change);
  }

  #next(): bigint {
    this.#version += 1n;
    return this.#version;
  }

  #changesOf(name: string): Changes {
    let changes = this.#changes.get(name);
    if (!changes) {
      changes = { patches: new Map(), deleted: new Set(), tombstones: [] };
      this.#changes.set(name, changes);
    }
    return changes;
  }

  #stamps(table: Table): Record<string, Value> {
    const now = Math.floor(this.clock.nowMs() / 1_000) * 1_000;
    const stamps = {
      createdon: now,
      modifiedon: now,
      statecode: 0,
      statuscode: 1,
      activitytypecode: table.name,
    };
    const all: [string, Value][] = [...Object.entries(stamps), ['ownerid', this.world.ref('systemuser', 0)]];
    return Object.fromEntries(all.filter(([column]) => table.columns.has(column)));
  }

  #isDeleted(table: Table, index: number): boolean {
    if (table.name !== 'activitypointer') return this.#changes.get(table.name)?.deleted.has(index) ?? false;
    if (this.#changes.size === 0) return false;
    const { table: name, row } = this.world.activity(index);
    return this.#changes.get(name)?.deleted.has(row) ?? false;
  }

  #patch(table: Table, index: number): Record<string, Value> | undefined {
    if (this.#changes.size === 0) return undefined;
    if (table.name !== 'activitypointer') return this.#changes.get(table.name)?.patches.get(index);
    const { table: name, row } = this.world.activity(index);
    return this.#changes.get(name)?.patches.get(row);
  }

  #addedRows(table: Table): { readonly row: Row; readonly key: string }[] {
    if (this.#added.length === 0) return [];
    const union = table.name === 'activitypointer';
    const found: { row: Row; key: string }[] = [];
    for (const [at, { table: name, id, live }] of this.#added.entries())
      if (live && (name === table.name || (union && tableNamed(name).isActivity)))
        found.push({ row: -at - 1, key: guidSortKey(id, this.switches.guidOrder) });
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  #addedActivity(table: Table, id: string): number | undefined {
    if (table.name !== 'activitypointer') return undefined;
    for (const { name } of activityTables) {
      const at = this.#addedById.get(`${name}:${id}`);
      if (at !== undefined) return at;
    }
    return undefined;
  }

  #addedValue(table: Table, row: Row, column: string): Value {
    const added = this.#added[-row - 1];
    if (!added) return null;
    return column === table.key ? added.id : (added.values[column] ?? null);
  }

  /** The first generated row whose id comes behind a key. */
  #firstBehind(table: Table, key: string, count: number): number {
    if (key === '') return 0;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (guidSortKey(this.world.id(table.name, middle), this.switches.guidOrder) > key) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const activityTables = [...SCHEMA.tables.values()].filter((table) => table.isActivity);

/** Values without what cannot come back when a change is undone. */
function told(values: Values): Record<string, unknown> {
  const kept = Object.entries(values).filter(
    ([column]) => column !== 'versionnumber' && column !== 'modifiedon',
  );
  return Object.fromEntries(
    kept.map(([column, value]) => [column, typeof value === 'bigint' ? String(value) : value]),
  );
}
