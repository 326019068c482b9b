import { MigrationError } from '../../../model/error.ts';
import type { Table } from './table.ts';
import type { Row, WebApi } from './web-api.ts';

/** Ids in one question: their address stays far below the longest one (facts 1.1). */
const idsAtOnce = 300;
/** Names kept before the book is begun anew. */
const mostNames = 100_000;

/** Names of records that rows mention by id alone: those of many-to-many links. */
export class NameBook {
  readonly #service: WebApi;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #names = new Map<string, string>();

  constructor(service: WebApi, tables: ReadonlyMap<string, Table>) {
    this.#service = service;
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
    const ids = [...wanted];
    const questions: Promise<void>[] = [];
    for (let at = 0; at < ids.length; at += idsAtOnce)
      questions.push(this.#ask(table, table.nameField, ids.slice(at, at + idsAtOnce), signal));
    await Promise.all(questions);
  }

  async #ask(table: Table, nameField: string, ids: readonly string[], signal: AbortSignal): Promise<void> {
    const list = ids.map((id) => `'${id}'`).join(',');
    const filter = `Microsoft.Dynamics.CRM.In(PropertyName='${table.idField}',PropertyValues=[${list}])`;
    const path = `${table.set}?$select=${nameField}&$filter=${encodeURIComponent(filter)}`;
    try {
      const rows = await this.#service.all({ path, what: `reading names of ${table.label}` }, signal);
      for (const row of rows)
        this.#names.set(`${table.name}/${String(row[table.idField])}`, String(row[nameField] ?? ''));
    } catch (error) {
      if (!(error instanceof MigrationError) || error.code !== 'forbidden') throw error;
    }
  }
}
