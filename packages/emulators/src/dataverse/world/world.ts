import { divideRounded } from '../decimal.ts';
import { type GuidOrder, IdSpace, mix } from '../guid.ts';
import { SCHEMA, type Table, tableNamed } from '../schema/schema.ts';
import { type Content, type Generate, isRef, type Ref, type Value, type World } from './content.ts';
import { CONTENTS } from './contents.ts';
import { FIRST_MS, LAST_MS } from './span.ts';
import { commonValue } from './usual-values.ts';

const EMPTY: Content = { count: () => 0, columns: {} };

/** One generated table: its rows are made when they are looked at. */
interface Plot {
  readonly table: Table;
  readonly content: Content;
  readonly count: number;
  /** The ids; activities share one space, so that their union is in order too. */
  readonly ids: IdSpace;
  readonly offset: number;
  readonly makers: Map<string, Generate>;
}

/** What decides a world. */
export interface WorldPlan {
  readonly seed: number;
  /** About so many records in all. */
  readonly records: number;
  readonly guidOrder: GuidOrder;
}

/**
 * The records that an organisation begins with. Every value is computed from the seed, the table and the number of
 * the row, so half a million records take no more memory than ten.
 */
export class GeneratedWorld implements World {
  readonly plan: WorldPlan;
  readonly #plots = new Map<string, Plot>();
  /** The activity tables in the order of their union, with where each begins. */
  readonly #union: { readonly name: string; readonly offset: number; readonly count: number }[] = [];

  constructor(plan: WorldPlan) {
    this.plan = plan;
    for (const table of SCHEMA.tables.values()) if (!table.isActivity) this.#plot(table);
    this.#plotActivities();
  }

  /** How many rows a table begins with. */
  count(name: string): number {
    return this.#plots.get(name)?.count ?? 0;
  }

  /** The id of row `index`. */
  id(name: string, index: number): string {
    const plot = this.#plotOf(name);
    return plot.ids.idOf(plot.offset + index);
  }

  /** A link to row `index`; null where the table has none such. */
  ref(name: string, index: number): Ref | null {
    return index >= 0 && index < this.count(name) ? { table: name, id: this.id(name, index) } : null;
  }

  /** The row that has an id; null: none. */
  indexOf(name: string, id: string): number | null {
    const plot = this.#plotOf(name);
    const position = plot.ids.indexOf(id);
    if (position === null) return null;
    const index = position - plot.offset;
    return index >= 0 && index < plot.count ? index : null;
  }

  /** A value of a generated row. */
  value(name: string, index: number, column: string): Value {
    if (name === 'activitypointer') {
      const { table, row } = this.activity(index);
      if (tableNamed(table).columns.has(column))
        return this.#narrowed(this.value(table, row, column), column);
      return null;
    }
    const plot = this.#plotOf(name);
    const special = plot.content.special?.[index];
    if (special && column in special) {
      const given = special[column] ?? null;
      return typeof given === 'function' ? given(index, this) : given;
    }
    let maker = plot.makers.get(column);
    if (!maker) {
      maker = this.#maker(plot, column);
      plot.makers.set(column, maker);
    }
    return maker(index, this);
  }

  /** Which row of which table stands at a place of the union of activities. */
  activity(position: number): { readonly table: string; readonly row: number } {
    for (const { name, offset, count } of this.#union)
      if (position < offset + count) return { table: name, row: position - offset };
    throw new Error(`there is no activity ${position}`);
  }

  /** A whole number of 32 bits that the seed, a number and a word decide. */
  chance(index: number, word: string): number {
    return mix(this.plan.seed + saltOf(word), index, 7);
  }

  /** A whole number below `limit`. */
  below(limit: number, index: number, word: string): number {
    return limit <= 0 ? 0 : this.chance(index, word) % limit;
  }

  /** One of the items. */
  pick<T>(items: readonly T[], index: number, word: string): T {
    const item = items[this.below(items.length, index, word)];
    if (item === undefined) throw new Error('pick needs at least one item');
    return item;
  }

  /** When row `index` was created: rows come in the order of time. Milliseconds since 1970, whole seconds. */
  createdMs(name: string, index: number): number {
    const span = (LAST_MS - FIRST_MS) / (this.count(name) + 1);
    const at = FIRST_MS + span * index + span * (this.chance(index, `${name}.created`) / 4_294_967_296);
    return Math.floor(at / 1_000) * 1_000;
  }

  #plotOf(name: string): Plot {
    const plot = this.#plots.get(name);
    if (!plot) throw new Error(`the emulated organisation has no table ${name}`);
    return plot;
  }

  #plot(table: Table): void {
    const content = CONTENTS[table.name] ?? EMPTY;
    const count = content.count(this.plan.records);
    const ids = new IdSpace(saltOf(table.name) + this.plan.seed, count, this.plan.guidOrder);
    this.#plots.set(table.name, { table, content, count, ids, offset: 0, makers: new Map() });
  }

  #plotActivities(): void {
    const tables = [...SCHEMA.tables.values()].filter((each) => each.isActivity);
    const counts = tables.map(({ name }) => CONTENTS[name]?.count(this.plan.records) ?? 0);
    const total = counts.reduce((sum, each) => sum + each, 0);
    const ids = new IdSpace(saltOf('activity') + this.plan.seed, total, this.plan.guidOrder);
    let offset = 0;
    for (const [at, table] of tables.entries()) {
      const count = table.name === 'activitypointer' ? total : (counts[at] ?? 0);
      const begins = table.name === 'activitypointer' ? 0 : offset;
      const content = CONTENTS[table.name] ?? EMPTY;
      this.#plots.set(table.name, { table, content, count, ids, offset: begins, makers: new Map() });
      if (table.name === 'activitypointer') continue;
      this.#union.push({ name: table.name, offset, count });
      offset += count;
    }
  }

  #maker({ table, content }: Plot, name: string): Generate {
    const own = content.columns[name];
    if (own) return own;
    if (name === table.key) return (index) => this.id(table.name, index);
    const column = table.columns.get(name);
    if (!column) return () => null;
    if (column.baseOf !== null) return (index) => this.#inBase(table.name, index, column.baseOf ?? '');
    return commonValue(table, column);
  }

  /** What stands in the union is only what all activities share. */
  #narrowed(value: Value, column: string): Value {
    const targets = tableNamed('activitypointer').columns.get(column)?.targets ?? [];
    return isRef(value) && targets.length > 0 && !targets.includes(value.table) ? null : value;
  }

  /** The amount in the base currency: the amount divided by the rate that was stamped on the row. */
  #inBase(name: string, index: number, amount: string): Value {
    const value = this.value(name, index, amount);
    const rate = this.value(name, index, 'exchangerate');
    if (typeof value !== 'bigint') return null;
    return typeof rate === 'bigint' && rate > 0n ? divideRounded(value * 10n ** 10n, rate) : value;
  }
}

const salts = new Map<string, number>();

function saltOf(word: string): number {
  let salt = salts.get(word);
  if (salt === undefined) {
    salt = 0;
    for (let at = 0; at < word.length; at += 1) salt = (Math.imul(salt, 31) + word.charCodeAt(at)) >>> 0;
    salts.set(word, salt);
    salts.set(word, salt);
  }
  return salt;
}
