import type { CatalogIssue } from '../../../model/source.ts';
import { type Directory, peopleOf, pipelinesOf, type StageRow } from './directory.ts';
import { closedTable, tenantIssues, type Unjoined, unjoinedIssues } from './join-issues.ts';
import { isObject, type Json, memberAt, plainText } from './member.ts';
import { listOrIssue } from './read-modules.ts';
import type { RestCatalog, TableService } from './rest-catalog.ts';
import type { RestClient } from './rest-client.ts';

/** Tables of an account that gives them whole; each is asked once. */
export class Tables {
  readonly #client: RestClient;
  readonly #service: TableService;
  readonly #catalog: RestCatalog;
  readonly #tenant: string | null;
  readonly #read = new Map<string, Promise<readonly Json[]>>();
  /** By module and table. */
  readonly #unjoined = new Map<string, Unjoined>();
  readonly #tenants = new Set<string>();
  /** Tables that are not for us, with the words of the refusal. */
  readonly #closed = new Map<string, string>();

  /** `tenant`: rows of other ones are not ours; null: there is one only. */
  constructor(client: RestClient, service: TableService, catalog: RestCatalog, tenant: string | null) {
    this.#client = client;
    this.#service = service;
    this.#catalog = catalog;
    this.#tenant = tenant;
  }

  /** Forgets what was read. */
  forget(): void {
    this.#read.clear();
    this.#unjoined.clear();
    this.#tenants.clear();
    this.#closed.clear();
  }

  /** The rows of the tenant among rows that came otherwise. */
  ours(rows: readonly Json[]): readonly Json[] {
    return rows.filter((row) => this.#isOurs(row));
  }

  /** Takes down what of a table could not be joined to the records of a module, in place of what was said before. */
  note(module: string, found: Unjoined): void {
    this.#unjoined.set(`${module} ${found.table}`, found);
  }

  /** What a person should know about the tables that were read. */
  issues(): readonly CatalogIssue[] {
    return [
      ...[...this.#unjoined.values()].flatMap(unjoinedIssues),
      ...[...this.#closed].map(([table, words]) => closedTable(table, words)),
      ...tenantIssues(this.#tenants),
    ];
  }

  /** The rows of a table; none when there is none, or it is not for us. Throws `MigrationError` for any other trouble. */
  rows(table: string, signal: AbortSignal): Promise<readonly Json[]> {
    const reading = this.#read.get(table) ?? this.#rowsOf(table, signal);
    this.#read.set(table, reading);
    reading.catch(() => this.#read.delete(table));
    return reading;
  }

  /** Whether there is such a table. Throws `MigrationError`; `forbidden` when there is one that is not for us. */
  async has(table: string, signal: AbortSignal): Promise<boolean> {
    const heard = await this.#client.ask(`${this.#path(table)}/1`, signal);
    // some answer anything with 200: only a list is a table
    if (heard.kind === 'ok') return this.#listIn(heard.body) !== undefined;
    if (heard.kind === 'gone' || heard.kind === 'notServed') return false;
    throw this.#client.error(`looking for the table ${table}`, heard);
  }

  async #rowsOf(table: string, signal: AbortSignal): Promise<readonly Json[]> {
    const what = `reading the table ${table}`;
    const heard = await this.#client.ask(this.#path(table), signal);
    if (heard.kind === 'gone') return [];
    if (heard.kind === 'forbidden') {
      this.#closed.set(table, this.#client.error(what, heard).message);
      return [];
    }
    if (heard.kind !== 'ok') throw this.#client.error(what, heard);
    const rows = this.#listIn(heard.body);
    if (rows === undefined || !rows.every(isObject))
      throw this.#client.wrong(what, 'the answer is no list of records');
    return this.ours(rows);
  }

  #listIn(body: unknown): readonly unknown[] | undefined {
    return this.#client.dialect.answers.items.map((at) => memberAt(body, at)).find(Array.isArray);
  }

  #isOurs(row: Json): boolean {
    const { tenant } = this.#catalog;
    if (this.#tenant === null && plainText(row[tenant]) !== '') this.#tenants.add(plainText(row[tenant]));
    return this.#tenant === null || !Object.hasOwn(row, tenant) || plainText(row[tenant]) === this.#tenant;
  }

  #path(table: string): string {
    return this.#service.list.replace('{table}', encodeURIComponent(table));
  }
}

/** Users, pipelines with their stages, and the groups of tags. What the account does not give goes to `issues`. */
export async function readTableDirectory(
  client: RestClient,
  service: TableService,
  tables: Tables,
  issues: CatalogIssue[],
  signal: AbortSignal,
): Promise<Directory> {
  const list = async (path: string, what: string) =>
    tables.ours(await listOrIssue(client, path, what, issues, signal));
  const users = await list(service.users.path, 'reading its users');
  const pipelines = await list(service.pipelines.path, 'reading its pipelines');
  const stages: (StageRow & { readonly pipeline: string })[] = [];
  for (const rule of service.stages)
    for (const row of await list(rule.path, 'reading its stages')) stages.push(stageOf(row, rule));
  const { members, path } = service.tags;
  const grouped = (await tables.rows(path, signal)).map(
    (row) => [plainText(row[members.name]), plainText(row[members.group])] as const,
  );
  return {
    people: peopleOf(users, service.users),
    ...pipelinesOf(
      pipelines.map((row) => {
        const id = plainText(row[service.pipelines.members.id]);
        return {
          id,
          name: plainText(row[service.pipelines.members.name]),
          stages: stages.filter(({ pipeline }) => pipeline === id),
        };
      }),
    ),
    tagGroups: new Map(grouped.filter(([, group]) => group !== '')),
  };
}

function stageOf(
  row: Json,
  { members, won, lost }: TableService['stages'][number],
): StageRow & { pipeline: string } {
  const name = plainText(row[members.name]);
  const probability = row[members.probability];
  const word = name.toLocaleLowerCase('tr');
  const outcome = won.includes(word) ? 'won' : lost.includes(word) ? 'lost' : 'open';
  return {
    id: plainText(row[members.id]),
    pipeline: plainText(row[members.pipeline]),
    name,
    order: Number(row[members.order] ?? 0),
    probability: typeof probability === 'number' ? probability : null,
    outcome,
  };
}
