import { isClosed } from '../closed.ts';
import { type Asked, rowsByIds } from './rows-by-id.ts';
import type { Table } from './table.ts';
import type { Row } from './web-api.ts';

/** Names kept before the book is begun anew. */
const mostNames = 100_000;

/** Names of records that rows mention by id alone: those of many-to-many links. */
export class NameBook {
  readonly #asked: Asked;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #names = new Map<string, string>();

  constructor(asked: Asked, tables: ReadonlyMap<string, Table>) {
    this.#asked = asked;
    this.#tables = tables;
  }

  /** The name of a record that was learned; '' when it has none or is not there. */
  nameOf(entity: string, id: string): string {
    return this.#names.get(`${entity}/${id}`) ?? '';
  }

  /** Looks up what the rows mention in `property`. What may not be read stays without a name. */
  async learn(entity: string, property: string, rows: readonly Row[], signal: AbortSignal): Promise<void> {
    const table = this.#tables.get(entity);
    if (table === undefined || table.nameField === null) return;
    if (this.#names.size > mostNames) this.#names.clear();
    const wanted = new Set<string>();
    for (const row of rows) {
      const id = row[property];
      if (typeof id === 'string' && !this.#names.has(`${entity}/${id}`)) wanted.add(id);
    }
    await this.#ask(table, table.nameField, [...wanted], signal);
  }

  async #ask(table: Table, nameField: string, ids: readonly string[], signal: AbortSignal): Promise<void> {
    const { idField: attribute, label } = table;
    const what = `reading names of ${label}`;
    try {
      const rows = await rowsByIds(this.#asked, { table, select: [nameField], attribute, ids, what }, signal);
      for (const row of rows)
        this.#names.set(`${table.name}/${String(row[table.idField])}`, String(row[nameField] ?? ''));
    } catch (error) {
      if (!isClosed(error)) throw error;
    }
  }
}
