import type { CatalogIssue } from '../../../model/source.ts';
import { type Directory, peopleOf, pipelinesOf, type StageRow } from './directory.ts';
import { tenantIssues, type Unjoined, unjoinedIssues } from './join-issues.ts';
import { isObject, type Json, memberAt, plainText } from './member.ts';
import { bothLabels, type PlannedModule } from './module-plan.ts';
import { plannedFields, type ToldField } from './plan-fields.ts';
import { readList } from './read-modules.ts';
import type { KnownField, RestCatalog, TableService } from './rest-catalog.ts';
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
    return [...[...this.#unjoined.values()].flatMap(unjoinedIssues), ...tenantIssues(this.#tenants)];
  }

  /** The rows of a table; none when there is no such table. Throws `MigrationError` for any other trouble. */
  rows(table: string, signal: AbortSignal): Promise<readonly Json[]> {
    const reading = this.#read.get(table) ?? this.#rowsOf(table, signal);
    this.#read.set(table, reading);
    reading.catch(() => this.#read.delete(table));
    return reading;
  }

  /** Whether there is such a table. */
  async has(table: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#client.ask(`${this.#path(table)}/1`, signal)).kind === 'ok';
  }

  async #rowsOf(table: string, signal: AbortSignal): Promise<readonly Json[]> {
    const what = `reading the table ${table}`;
    const heard = await this.#client.ask(this.#path(table), signal);
    if (heard.kind === 'gone') return [];
    if (heard.kind !== 'ok') throw this.#client.error(what, heard);
    const rows = this.#client.dialect.answers.items.map((at) => memberAt(heard.body, at)).find(Array.isArray);
    if (rows === undefined || !rows.every(isObject))
      throw this.#client.wrong(what, 'the answer is no list of records');
    return this.ours(rows);
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

/** The modules whose tables are known. What the account lists beyond them cannot be read this way and is an issue. */
export async function readTableModules(
  client: RestClient,
  service: TableService,
  catalog: RestCatalog,
  tables: Tables,
  signal: AbortSignal,
): Promise<{ readonly modules: PlannedModule[]; readonly issues: readonly CatalogIssue[] }> {
  const { members } = service.modules;
  const listed = await readList(client, service.modules.path, 'listing its modules', signal);
  const options = new Map(
    (await readList(client, service.options.path, 'reading its choices', signal)).map((row) => [
      plainText(row[service.options.members.id]),
      plainText(row[service.options.members.label]),
    ]),
  );
  const customs = tables.ours(
    await readList(client, service.customFields.path, 'reading its custom fields', signal),
  );
  const modules: PlannedModule[] = [];
  const issues: CatalogIssue[] = [];
  for (const row of listed) {
    const names = [plainText(row[members.label]), plainText(row[members.otherLabel])];
    const known = catalog.modules.find((each) => each.names.some((name) => names.includes(name)));
    const active = row[members.active] === true;
    const label = bothLabels(plainText(row[members.label]), plainText(row[members.otherLabel]));
    if (known === undefined || (active && !(await tables.has(known.table, signal)))) {
      if (active) issues.push(unreadable(label));
      continue;
    }
    const id = plainText(row[members.id]);
    const own = customs.filter((each) => plainText(each[service.customFields.members.module]) === id);
    const told = active
      ? [...known.fields, ...catalog.common]
          .map((field) => toldOf(field, options))
          .concat(own.map((each) => toldCustom(each, service)))
      : [];
    modules.push({
      key: known.key,
      id,
      label,
      custom: false,
      active,
      announced: null,
      numberField: known.numberField,
      fields: plannedFields(catalog, known, known.numberField, told),
      keys: known.keys,
      nameOf: known.nameOf ?? ['name'],
      known,
      children: known.children ?? [],
    });
  }
  return { modules, issues };
}

function toldOf(
  { key, standard, type, references }: KnownField,
  options: ReadonlyMap<string, string>,
): ToldField {
  return {
    key,
    label: standard,
    otherLabel: '',
    type,
    told: '',
    options: type === 'choice' || type === 'choices' || type === 'currency' ? options : new Map(),
    references: references === undefined ? [] : [references],
    many: false,
    oneToOne: null,
  };
}

function toldCustom(row: Json, { customFields }: TableService): ToldField {
  const { members, types } = customFields;
  const text = (name: keyof typeof members) => plainText(row[members[name]]);
  return {
    key: text('number'),
    label: text('label'),
    otherLabel: text('otherLabel'),
    type: types[text('type')] ?? 'text',
    told: `type ${text('type')} of custom fields`,
    options: new Map(),
    references: [],
    many: false,
    oneToOne: null,
  };
}

function unreadable(label: string): CatalogIssue {
  return {
    code: 'module-unreadable',
    severity: 'high',
    at: label,
    message: `The module ${label} is switched on, but the table dialect does not tell where its records are.`,
    hint: 'Ask the vendor for the module API, or for an export of this module; else its records stay behind.',
  };
}

/** Users, pipelines with their stages, and the groups of tags. */
export async function readTableDirectory(
  client: RestClient,
  service: TableService,
  tables: Tables,
  signal: AbortSignal,
): Promise<Directory> {
  const list = async (path: string, what: string) => tables.ours(await readList(client, path, what, signal));
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
