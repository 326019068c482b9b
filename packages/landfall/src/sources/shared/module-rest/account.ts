import { sourceText } from '../../../mapping/source-text.ts';
import { MigrationError } from '../../../model/error.ts';
import type {
  BinaryStream,
  CatalogIssue,
  Cursor,
  Page,
  Reject,
  SourceRecord,
} from '../../../model/source.ts';
import { isClosed } from '../closed.ts';
import type { Directory } from './directory.ts';
import { type FilesAddress, notThere, openFile, pathOfFile } from './file-bytes.ts';
import { joinedRecords } from './join-tables.ts';
import { isObject, type Json, plainText } from './member.ts';
import type { PlannedModule } from './module-plan.ts';
import { readTableModules } from './plan-tables.ts';
import { filled, readDirectory, readModules } from './read-modules.ts';
import { readTableDirectory, Tables } from './read-tables.ts';
import { recordMaker, type Surroundings } from './record-maker.ts';
import type { RestCatalog, RestService } from './rest-catalog.ts';
import type { RestClient } from './rest-client.ts';
import { type WalkedPage, walk } from './walk.ts';

/** What was found out about an account before anything is read. */
export interface Plan {
  /** Every module, switched off and known to be empty too. */
  readonly modules: readonly PlannedModule[];
  readonly directory: Directory;
  readonly issues: readonly CatalogIssue[];
}

/** What somebody says about an account that gives tables, for nothing in it does. */
export interface AccountMeans {
  /** Names of tables, by the name of their module in either language. */
  readonly named?: Readonly<Record<string, string>>;
  /** Where files lie, and what reads them there. */
  readonly files?: FilesAddress & { readonly client: RestClient };
}

/** Records of a table that came whole are handed out in pages of so many. */
const pageRecords = 500;

/** An account behind a service of modules or of tables: what was learned of it, and how its records are read. */
export class Account {
  readonly client: RestClient;
  readonly service: RestService;
  readonly catalog: RestCatalog;
  readonly #means: AccountMeans;
  readonly #tables: Tables | null;
  #plan: Promise<Plan> | null = null;
  readonly #names = new Map<string, Promise<ReadonlyMap<string, string>>>();
  /** Deleted records that were met, by module. */
  readonly deleted = new Map<string, number>();

  constructor(
    client: RestClient,
    service: RestService,
    catalog: RestCatalog,
    tenant: string | null,
    means: AccountMeans = {},
  ) {
    this.client = client;
    this.service = service;
    this.catalog = catalog;
    this.#means = means;
    this.#tables = service.kind === 'tables' ? new Tables(client, service, catalog, tenant) : null;
  }

  /** The time, in milliseconds since 1970. */
  get nowMs(): number {
    return this.client.nowMs;
  }

  /** Forgets what was learned: the account is looked at anew. */
  forget(): void {
    this.#plan = null;
    this.#names.clear();
    this.#tables?.forget();
  }

  /** What reading the tables has brought to light so far; nothing of a service of modules. */
  tableIssues(): readonly CatalogIssue[] {
    return this.#tables?.issues() ?? [];
  }

  /** Modules, users, pipelines, tags. */
  plan(signal: AbortSignal): Promise<Plan> {
    this.#plan ??= this.#readPlan(signal).catch((error: unknown) => {
      this.#plan = null;
      throw error;
    });
    return this.#plan;
  }

  /** The module of that name. Throws `answer-wrong` when the account has it no more. */
  async module(key: string, signal: AbortSignal): Promise<PlannedModule> {
    const { modules } = await this.plan(signal);
    const module = modules.find((each) => each.key === key && each.active && !each.closed);
    if (module !== undefined) return module;
    throw this.client.wrong(`reading ${key}`, 'the account has no such module, or has switched it off');
  }

  /** Records of a module, page by page; deleted ones are counted and left out, those without an id are rejects. */
  async *pages(module: PlannedModule, from: Cursor | null, signal: AbortSignal): AsyncIterable<Page> {
    const make = await this.maker(module, signal);
    let deleted = 0;
    for await (const { items, next } of this.#rows(module, from, signal)) {
      const records: SourceRecord[] = [];
      const rejects: Reject[] = [];
      for (const row of items) {
        if (!this.isLive(row)) {
          deleted += 1;
          continue;
        }
        const made = make(row);
        if ('reason' in made) rejects.push(made);
        else records.push(made);
      }
      yield { records, rejects, next };
    }
    if (from === null) this.deleted.set(module.key, deleted);
  }

  /** Makes records of a module's rows; of a row without an id a reject. */
  async maker(module: PlannedModule, signal: AbortSignal): Promise<(row: Json) => SourceRecord | Reject> {
    const make = recordMaker(module, this.catalog.id, await this.#surroundings(module, signal));
    return (row) => make(row) ?? withoutId(module, row);
  }

  /** Whether a row was not deleted. */
  isLive(row: Json): boolean {
    const { live } = this.catalog;
    return !Object.hasOwn(row, live) || row[live] === true;
  }

  /** Rows of a module that the service says changed since a local time; all of them from one that gives tables. */
  rowsSince(module: PlannedModule, since: string, signal: AbortSignal): AsyncIterable<WalkedPage> {
    const { service, client, catalog } = this;
    if (service.kind === 'tables') return this.#joined(module, null, signal);
    const path = `${filled(service.records, module.key)}?${service.since}=${encodeURIComponent(since)}`;
    const list = { path, what: `looking for changes of ${module.key}`, id: catalog.id };
    return walk(client, list, null, signal);
  }

  #rows(module: PlannedModule, from: Cursor | null, signal: AbortSignal): AsyncIterable<WalkedPage> {
    const { service, client, catalog } = this;
    if (service.kind === 'tables') return this.#joined(module, from, signal);
    const path = filled(service.records, module.key);
    return walk(client, { path, what: `reading ${module.key}`, id: catalog.id }, from, signal);
  }

  async *#joined(module: PlannedModule, from: Cursor | null, signal: AbortSignal): AsyncIterable<WalkedPage> {
    const { service, catalog } = this;
    if (service.kind !== 'tables' || this.#tables === null) return;
    const rows = await joinedRecords(service, catalog, this.#tables, module, signal);
    const idIn = (row: Json | undefined) => plainText(row?.[catalog.id]);
    const start = from === null ? 0 : startIn(rows.map(idIn), from);
    for (let at = start; at === start || at < rows.length; at += pageRecords) {
      const end = at + pageRecords;
      const next = end < rows.length ? `${end} ${idIn(rows[end - 1])}` : null;
      yield { items: rows.slice(at, end), next };
    }
  }

  async #readPlan(signal: AbortSignal): Promise<Plan> {
    const { client, service, catalog } = this;
    if (service.kind === 'modules') {
      const { modules, issues: closed } = await readModules(client, service, catalog, signal);
      const { directory, issues } = await readDirectory(client, service, signal);
      return { modules, directory, issues: [...closed, ...issues] };
    }
    const tables = this.#tables as Tables;
    const named = this.#means.named ?? {};
    const { modules, issues } = await readTableModules(client, service, catalog, tables, named, signal);
    return { modules, issues, directory: await readTableDirectory(client, service, tables, issues, signal) };
  }

  async #surroundings(module: PlannedModule, signal: AbortSignal): Promise<Surroundings> {
    const { modules, directory } = await this.plan(signal);
    const entities = new Map(modules.map(({ id, key }) => [id, key]));
    const books = new Map<string, ReadonlyMap<string, string>>();
    for (const entity of namedEntities(module)) books.set(entity, await this.#namesOf(entity, signal));
    return {
      directory,
      entityOf: (number) => entities.get(number) ?? '',
      nameOf: (entity, id) => books.get(entity)?.get(id) ?? '',
      fileOf: (path, id) => this.#fileOf(path, id),
    };
  }

  /** What opens the bytes of a file: its id, or where it lies; '' when nothing does. */
  #fileOf(path: string, id: string): string {
    // Other drives and other addresses are not the service's to hand out.
    if (this.service.kind === 'modules') return path.startsWith('/') ? id : '';
    const { files } = this.#means;
    return files === undefined ? '' : (pathOfFile(path, files) ?? '');
  }

  /** Whether there is a way to the bytes of files at all. */
  get opensFiles(): boolean {
    return this.service.kind === 'modules' || this.#means.files !== undefined;
  }

  /** Opens what a field of type `file` refers to. Throws `not-found` when there is no way to it. */
  async file(ref: string, signal: AbortSignal): Promise<BinaryStream> {
    if (this.service.kind === 'modules')
      return openFile(this.client, filled(this.service.files, ref), ref, signal);
    const { files } = this.#means;
    const path = files === undefined ? null : pathOfFile(ref, files);
    if (files === undefined || path === null)
      throw notThere(`${this.client.label}: there is no way to the file ${ref}`);
    return openFile(files.client, path, ref, signal);
  }

  /** Names of the records of a module, for those that name it by id. */
  #namesOf(entity: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const reading = this.#names.get(entity) ?? this.#readNames(entity, signal);
    this.#names.set(entity, reading);
    reading.catch(() => this.#names.delete(entity));
    return reading;
  }

  async #readNames(entity: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { modules } = await this.plan(signal);
    const module = modules.find(({ key, active, closed }) => key === entity && active && !closed);
    const names = new Map<string, string>();
    if (module === undefined) return names;
    try {
      for await (const { items } of this.#rows(module, null, signal))
        for (const row of items) names.set(plainText(row[this.catalog.id]), nameIn(module, row));
    } catch (error) {
      // that it is closed is told where the module itself is described; its records keep their ids elsewhere
      if (!isClosed(error)) throw error;
    }
    return names;
  }
}

function namedEntities({ fields }: PlannedModule): Set<string> {
  return new Set(
    fields.flatMap(({ reading, references }) => {
      if (reading?.as === 'names') return references;
      if (reading?.as !== 'lines') return [];
      return reading.cells.flatMap((cell) => /^(.+)Id$/.exec(cell)?.[1] ?? []);
    }),
  );
}

/** `Ada Lovelace <ada@acme.com>`: the name, and the first e-mail where there is one. */
function nameIn({ nameOf, fields }: PlannedModule, row: Json): string {
  const name = nameOf
    .map((member) => plainText(row[member]))
    .filter((part) => part !== '')
    .join(' ');
  const emails = fields.find(({ type }) => type === 'email')?.key;
  const [first] = emails === undefined ? [] : [row[emails]].flat();
  const email = isObject(first) ? plainText(first.value) : sourceText(plainText(first));
  return email === '' || email.includes(';') ? name : `${name} <${email}>`;
}

/** Behind the record that was the last one: others may have come and gone since. Throws when nobody can tell where. */
function startIn(ids: readonly string[], from: Cursor): number {
  const [, at = '', last = ''] = /^(\d+) (.*)$/s.exec(from) ?? [];
  const known = last === '' ? Number(at) - 1 : ids.lastIndexOf(last);
  const next = ids.findIndex((id) => Number(id) > Number(last));
  if (at !== '' && known !== -1) return known + 1;
  if (at !== '' && !Number.isNaN(Number(last))) return next === -1 ? ids.length : next;
  throw new MigrationError('answer-wrong', 'The place to go on reading from is not one of ours.', {
    hint: 'Run `landfall discover` again; reading begins anew then.',
  });
}

/** Its business number is where to look for it, when it has one. */
function withoutId({ key, numberField }: PlannedModule, row: Json): Reject {
  const number = plainText(row[numberField]);
  return {
    entity: key,
    key: null,
    position: number === '' ? key : `${key} ${number}`,
    code: 'unreadable-row',
    field: null,
    reason: `A record of ${key} has no id: it cannot be told from others. Look for it in the source system.`,
  };
}
