import { join } from 'node:path';
import { MigrationError } from '../../../model/error.ts';
import type { Cursor, Page } from '../../../model/source.ts';
import { readAttributes } from './attributes.ts';
import { builtPage } from './built-page.ts';
import { readTables, takenTables } from './definitions.ts';
import { type Directory, readDirectory } from './directory.ts';
import { expandOf, linkedRows, parentsOfPage } from './linked-rows.ts';
import { type MadeFrom, MadeRows } from './made-rows.ts';
import { madeRuleOf, withMadeAttributes } from './made-table.ts';
import { NameBook } from './name-book.ts';
import type { MadeRule, ODataCatalog } from './odata-catalog.ts';
import { type Part, partRowsOf, partsOf } from './partition.ts';
import { type Processes, readProcesses } from './processes.ts';
import { firstCursor, type RowsPage, readRows } from './read-pages.ts';
import { recordMaker } from './record-builder.ts';
import type { ChainParts } from './row-chain.ts';
import { SharedFiles } from './shared-files.ts';
import type { ReadTable, Side, Table } from './table.ts';
import type { Row, WebApi } from './web-api.ts';

/** Rows that a page may have at most (facts 1.3). */
const mostPageRows = 5_000;
/** Lines of a page, when records are made of them. */
const linesOfPage = 500;
/** Values in a page: wide tables come in smaller pages, so that memory stays flat. */
const pageValues = 200_000;

/** What a person may say about how an organisation is read. */
export interface ReadSettings {
  /** The language of labels, as the organisation numbers them (1033, 1055); null: the signed-in user's. */
  readonly language: number | null;
  /** Rows of a page at most; null: as many as fit. */
  readonly pageRows: number | null;
  /** Tables up to so many rows are looked at whole by `describe`, larger ones by a sample. */
  readonly wholeRows: number;
  /** Where lines are made of what a product holds: also those members that somebody has to choose. */
  readonly optionalMembers: boolean;
  /** Where bytes that several records share are kept until the last of them has been read. */
  readonly directory: string;
}

/** An organisation behind its service: what was learned of it, and how its tables are read. */
export class Account {
  readonly service: WebApi;
  readonly catalog: ODataCatalog;
  readonly settings: ReadSettings;
  readonly #sharedFiles = new Map<string, SharedFiles>();
  #tables: Promise<ReadonlyMap<string, Table>> | null = null;
  #directory: Promise<Directory> | null = null;
  #processes: Promise<Processes> | null = null;
  #planned: Promise<ReadonlyMap<string, number>> | null = null;
  readonly #read = new Map<string, Promise<ReadTable>>();
  readonly #parts = new Map<string, Promise<readonly Part[] | null>>();
  readonly #setNames = new Map<string, string>();

  constructor(service: WebApi, catalog: ODataCatalog, settings: ReadSettings) {
    this.service = service;
    this.catalog = catalog;
    this.settings = settings;
  }

  /** Forgets what was learned: the organisation is looked at anew. */
  forget(): void {
    this.#tables = null;
    this.#directory = null;
    this.#processes = null;
    this.#planned = null;
    this.#read.clear();
    this.#parts.clear();
    this.#setNames.clear();
  }

  /** Every table. */
  tables(signal: AbortSignal): Promise<ReadonlyMap<string, Table>> {
    this.#tables ??= this.#kept(
      readTables(this.service, this.catalog, this.settings.language, signal),
      () => (this.#tables = null),
    );
    return this.#tables;
  }

  /** The tables with user data, in the order of their references. */
  async taken(signal: AbortSignal): Promise<readonly Table[]> {
    return takenTables(await this.tables(signal), this.catalog);
  }

  /** Users, teams and currencies. */
  directory(signal: AbortSignal): Promise<Directory> {
    this.#directory ??= this.#kept(readDirectory(this.service, signal), () => (this.#directory = null));
    return this.#directory;
  }

  /** The sales processes. */
  processes(signal: AbortSignal): Promise<Processes> {
    this.#processes ??= this.#kept(
      this.tables(signal).then((tables) =>
        readProcesses(this.service, this.catalog, tables, this.settings.language, signal),
      ),
      () => (this.#processes = null),
    );
    return this.#processes;
  }

  /** A table with its attributes. Throws `answer-wrong` when the organisation has none of that name. */
  async table(name: string, signal: AbortSignal): Promise<ReadTable> {
    const table = (await this.tables(signal)).get(name);
    if (table === undefined) {
      throw new MigrationError('answer-wrong', `${this.service.label} has no table "${name}" any more.`, {
        hint: 'Put it back, or run `landfall discover` again; what was read so far is kept.',
      });
    }
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const reading = this.#kept(this.#attributesOf(table, signal), () => this.#read.delete(name));
    this.#read.set(name, reading);
    return reading;
  }

  async #attributesOf(table: Table, signal: AbortSignal): Promise<ReadTable> {
    const rule = madeRuleOf(table);
    if (rule === null)
      return readAttributes(this.service, this.catalog, table, this.settings.language, signal);
    const { lines, members } = await this.#madeFrom(rule, signal);
    return withMadeAttributes(table, rule, lines, members);
  }

  async #madeFrom({ lines, members, prices }: MadeRule, signal: AbortSignal): Promise<MadeFrom> {
    const table = (name: string) => this.table(name, signal);
    const [line, member, price] = await Promise.all([
      table(lines.table),
      table(members.table),
      table(prices.table),
    ]);
    return { lines: line, members: member, prices: price };
  }

  /**
   * The parts of a table that has many pages by the service's own count, with their exact numbers of rows; null: it
   * has few, or the service does not count it.
   */
  async parts(table: ReadTable, signal: AbortSignal): Promise<readonly Part[] | null> {
    const planned = (await this.planned(signal)).get(table.name) ?? 0;
    const rows = partRowsOf(planned, this.pageRows(table));
    if (rows === null) return null;
    const known = this.#parts.get(table.name);
    if (known !== undefined) return known;
    const counting = this.#kept(partsOf(this.service, table, table.set, rows, signal), () =>
      this.#parts.delete(table.name),
    );
    this.#parts.set(table.name, counting);
    return counting;
  }

  /** How many rows tables had some time ago: for planning only (facts 1.3). Empty when the service does not say. */
  planned(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    this.#planned ??= this.#kept(this.#totals(signal), () => (this.#planned = null));
    return this.#planned;
  }

  /** Records of a table, page by page. Throws `MigrationError`. */
  async *pages(table: ReadTable, from: Cursor | null, signal: AbortSignal): AsyncIterable<Page> {
    const build = await this.builder(table, signal);
    for await (const { rows, next } of this.#rows(table, from, signal)) {
      const { records, rejects } = await build(rows, signal);
      yield { records, rejects, next };
    }
  }

  async *#rows(table: ReadTable, from: Cursor | null, signal: AbortSignal): AsyncIterable<RowsPage> {
    const { sides } = table;
    const rule = madeRuleOf(table);
    if (rule !== null) {
      yield* this.#madeRows(table, rule, from, signal);
      return;
    }
    if (sides !== null && !(await this.#isReadable(table, signal))) {
      yield* this.#rowsByParents(table, sides, from, signal);
      return;
    }
    const begin = from ?? (await this.#begin(table, signal));
    yield* readRows(this.#partsOf(table), begin, signal);
  }

  /** Links of a table that cannot be read itself, by the records of its first side. */
  async *#rowsByParents(
    table: ReadTable,
    sides: readonly [Side, Side],
    from: Cursor | null,
    signal: AbortSignal,
  ): AsyncIterable<RowsPage> {
    const tables = await this.tables(signal);
    const [first, second] = sides.map(({ entity }) => tables.get(entity));
    if (first === undefined || second === undefined) return;
    const ids = { first: first.idField, second: second.idField };
    const parts = {
      ...this.#partsOf({ ...first, attributes: [], pictures: [] }),
      pageRows: parentsOfPage,
      expand: expandOf(sides, ids.second),
    };
    for await (const { rows, next } of readRows(parts, from ?? firstCursor([null], 1), signal))
      yield { rows: await linkedRows(this.service, table, sides, ids, rows, signal), next };
  }

  /** Records of a table that the service does not have, by the lines they are made of. */
  async *#madeRows(
    table: ReadTable,
    rule: MadeRule,
    from: Cursor | null,
    signal: AbortSignal,
  ): AsyncIterable<RowsPage> {
    const sources = await this.#madeFrom(rule, signal);
    const directory = await this.directory(signal);
    const made = new MadeRows(this, rule, sources, directory, this.settings.optionalMembers);
    const parts = { ...this.#partsOf(made.lines), pageRows: Math.min(linesOfPage, this.pageRows(table)) };
    for await (const { rows, next } of readRows(parts, from ?? firstCursor([made.filter], 1), signal))
      yield { rows: await made.of(table.idField, rows, signal), next };
  }

  async #isReadable({ set, label, idField }: ReadTable, signal: AbortSignal): Promise<boolean> {
    const path = `${set}?$select=${idField}&$top=1`;
    const told = await this.service.ask({ path, what: `reading ${label}` }, signal);
    return told.ok || told.status === 403;
  }

  #partsOf(table: ReadTable): Omit<ChainParts, 'filter'> {
    return {
      service: this.service,
      table,
      setName: (again, signal) => this.setName(table, again, signal),
      pageRows: this.pageRows(table),
    };
  }

  /** Makes records of the rows of a table. */
  async builder(
    table: ReadTable,
    signal: AbortSignal,
  ): Promise<(rows: readonly Row[], asked: AbortSignal) => Promise<Omit<Page, 'next'>>> {
    const [tables, directory] = await Promise.all([this.tables(signal), this.directory(signal)]);
    const isInProcess = table.standard?.hasProcess === true;
    const places = isInProcess ? (await this.processes(signal)).places.get(table.name) : undefined;
    const names = new NameBook(this, tables);
    const make = recordMaker(table, this.catalog, {
      directory,
      places: places ?? new Map(),
      nameOf: (entity, id) => names.nameOf(entity, id),
    });
    return async (rows, asked) => {
      for (const { entity, attribute } of table.sides ?? [])
        await names.learn(entity, attribute, rows, asked);
      return builtPage(table, make, rows);
    };
  }

  /** Rows of a page of a table. */
  pageRows(table: ReadTable): number {
    const fitting = Math.floor(pageValues / Math.max(1, table.attributes.length));
    const most = Math.min(
      mostPageRows,
      table.standard?.pageRows ?? mostPageRows,
      this.settings.pageRows ?? mostPageRows,
    );
    return Math.max(1, Math.min(most, fitting));
  }

  /** Bytes that several records of an entity share. */
  sharedFiles(entity: string): SharedFiles {
    const known = this.#sharedFiles.get(entity);
    if (known !== undefined) return known;
    const directory = join(this.settings.directory, encodeURIComponent(entity));
    const files = new SharedFiles(directory, (signal) => this.#copiesOf(entity, signal));
    this.#sharedFiles.set(entity, files);
    return files;
  }

  /** How many records share a file, for those that more than one does: one walk through the references, without bytes. */
  async #copiesOf(entity: string, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const table = await this.table(entity, signal);
    const attribute = table.attributes.find(({ name }) => name === table.standard?.file?.shared);
    const copies = new Map<string, number>();
    if (attribute === undefined) return copies;
    const narrow = this.#partsOf({ ...table, attributes: [attribute] });
    for await (const { rows } of readRows(narrow, firstCursor([null], 1), signal)) {
      for (const row of rows) {
        const id = String(row[attribute.property] ?? '').toLowerCase();
        if (id !== '') copies.set(id, (copies.get(id) ?? 0) + 1);
      }
    }
    return new Map([...copies].filter(([, count]) => count > 1));
  }

  /** Ends all connections, and removes what was kept for a while. */
  async close(): Promise<void> {
    for (const files of this.#sharedFiles.values()) await files.close();
    await this.service.close();
  }

  async #begin(table: ReadTable, signal: AbortSignal): Promise<Cursor> {
    const parts = await this.parts(table, signal);
    if (parts === null || parts.length === 0) return firstCursor([null], 1);
    return firstCursor(
      parts.map(({ filter }) => filter),
      this.service.parallel,
    );
  }

  /** The set's name, looked up anew when asked: a table may be renamed while it is read, its logical name stays. */
  async setName({ name, set }: Table, again: boolean, signal: AbortSignal): Promise<string> {
    if (again) {
      const path = `EntityDefinitions(LogicalName='${name}')?$select=LogicalName,EntitySetName`;
      const found = await this.service.get({ path, what: `looking for the table ${name}` }, signal);
      if (typeof found.EntitySetName === 'string') this.#setNames.set(name, found.EntitySetName);
    }
    return this.#setNames.get(name) ?? set;
  }

  async #totals(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const taken = await this.taken(signal);
    const names = taken.filter((table) => madeRuleOf(table) === null).map(({ name }) => name);
    const found = new Map<string, number>();
    const path = `RetrieveTotalRecordCount(EntityNames=@p1)?@p1=${encodeURIComponent(JSON.stringify(names))}`;
    const told = await this.service.ask({ path, what: 'asking for the sizes of tables' }, signal);
    const counts = told.json.EntityRecordCountCollection as
      | { readonly Keys?: readonly string[]; readonly Values?: readonly unknown[] }
      | undefined;
    for (const [at, name] of (counts?.Keys ?? []).entries())
      found.set(name, Number(counts?.Values?.[at] ?? 0));
    return found;
  }

  /** What failed is not kept: it is asked for again. */
  #kept<T>(reading: Promise<T>, drop: () => unknown): Promise<T> {
    reading.catch(drop);
    return reading;
  }
}
