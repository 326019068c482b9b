import type { CatalogIssue } from '../../../model/source.ts';
import { closedModule } from './closed-module.ts';
import { type Json, plainText } from './member.ts';
import { bothLabels, type PlannedModule } from './module-plan.ts';
import { plannedFields, type ToldField } from './plan-fields.ts';
import { inOrder, listOrIssue, readList } from './read-modules.ts';
import type { Tables } from './read-tables.ts';
import type { KnownField, KnownModule, RestCatalog, TableService } from './rest-catalog.ts';
import type { RestClient } from './rest-client.ts';
import { columnOf, type ForeignTable, toldColumns } from './table-columns.ts';
import { guessedTables } from './table-name.ts';

/** What a module's plan is made with. */
interface Ground {
  readonly service: TableService;
  readonly catalog: RestCatalog;
  readonly tables: Tables;
  /** Names of tables by the name of their module in either language: for modules nobody knows. */
  readonly named: Readonly<Record<string, string>>;
  /** The rows that tell of choices and of custom fields. */
  readonly choices: readonly Json[];
  readonly customs: readonly Json[];
  /** Tables that other modules lie in, with the modules. */
  readonly foreign: readonly ForeignTable[];
}

/**
 * The modules of an account that gives its tables whole. Known ones lie in known tables; of the others a table is looked
 * for by name, and its fields are told from its rows. What is found nowhere, or not for us, is an issue.
 */
export async function readTableModules(
  client: RestClient,
  service: TableService,
  catalog: RestCatalog,
  tables: Tables,
  named: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly modules: PlannedModule[]; readonly issues: CatalogIssue[] }> {
  const issues: CatalogIssue[] = [];
  const list = (path: string, what: string) => listOrIssue(client, path, what, issues, signal);
  const listed = await readList(client, service.modules.path, 'listing its modules', signal);
  const ground: Ground = {
    service,
    catalog,
    tables,
    named,
    choices: await list(service.options.path, 'reading its choices'),
    customs: tables.ours(await list(service.customFields.path, 'reading its custom fields')),
    foreign: catalog.modules.map(({ key, table, numberField }) => ({ key, table, numberField })),
  };
  const modules: PlannedModule[] = [];
  for (const row of listed) {
    const module = await moduleOf(ground, row, issues, signal);
    if (module !== null) modules.push(module);
  }
  return { modules: inOrder(modules, catalog), issues };
}

async function moduleOf(
  ground: Ground,
  row: Json,
  issues: CatalogIssue[],
  signal: AbortSignal,
): Promise<PlannedModule | null> {
  const { members } = ground.service.modules;
  const [own, other] = [plainText(row[members.label]), plainText(row[members.otherLabel])];
  const names = [own, other];
  const known =
    ground.catalog.modules.find((each) => each.names.some((name) => names.includes(name))) ?? null;
  const label = bothLabels(own, other);
  const bare = { id: plainText(row[members.id]), label, active: row[members.active] === true };
  if (!bare.active) return known === null ? null : knownModule(ground, known, known.table, bare);
  try {
    const table = await tableOf(ground, known, names, signal);
    if (table === null) issues.push(unreadable(label));
    else if (known !== null) return knownModule(ground, known, table, bare);
    else return await ownModule(ground, table, names, bare, issues, signal);
  } catch (error) {
    issues.push(closedModule(label, label, error));
    if (known !== null) return { ...knownModule(ground, known, known.table, bare), closed: true };
  }
  return null;
}

type Bare = Pick<PlannedModule, 'id' | 'label' | 'active'>;

/** The table somebody named, else the one that is known, else the first of those it may be called; null: none is there. */
async function tableOf(
  { catalog, named, tables }: Ground,
  known: KnownModule | null,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const said = names.flatMap((name) => (Object.hasOwn(named, name) ? (named[name] ?? []) : []));
  const taken = new Set(
    catalog.modules.flatMap(({ table, children }) => [table, ...(children ?? []).map((each) => each.table)]),
  );
  const guessed = known === null ? guessedTables(names).filter((table) => !taken.has(table)) : [known.table];
  for (const table of said.length > 0 ? said : guessed) if (await tables.has(table, signal)) return table;
  return null;
}

function knownModule(ground: Ground, known: KnownModule, table: string, bare: Bare): PlannedModule {
  const { catalog, service, choices } = ground;
  const { members } = service.options;
  const options = new Map(choices.map((row) => [plainText(row[members.id]), plainText(row[members.label])]));
  const told = bare.active
    ? [
        ...[...known.fields, ...catalog.common].map((field) => toldOf(field, options)),
        ...toldCustoms(ground, bare),
      ]
    : [];
  return {
    ...bare,
    key: known.key,
    custom: false,
    closed: false,
    announced: null,
    numberField: known.numberField,
    fields: plannedFields(catalog, known, known.numberField, told),
    keys: known.keys,
    nameOf: known.nameOf ?? ['name'],
    known,
    table,
    children: known.children ?? [],
  };
}

/** A module that nobody knows: its rows say what its columns hold. */
async function ownModule(
  ground: Ground,
  table: string,
  names: readonly string[],
  bare: Bare,
  issues: CatalogIssue[],
  signal: AbortSignal,
): Promise<PlannedModule> {
  const { catalog, service, tables, foreign, choices } = ground;
  const numberField = columnOf(table, 'Number');
  const { members } = service.options;
  const own = choices.filter((row) => plainText(row[members.of]) === bare.id);
  const options = new Map(own.map((row) => [plainText(row[members.id]), plainText(row[members.label])]));
  const told = [
    ...toldColumns(await tables.rows(table, signal), catalog, foreign, options),
    ...toldCustoms(ground, bare),
  ];
  issues.push(
    byRows(
      bare.label,
      table,
      names.some((name) => Object.hasOwn(ground.named, name)),
    ),
  );
  return {
    ...bare,
    key: table,
    custom: true,
    closed: false,
    announced: null,
    numberField,
    fields: plannedFields(catalog, null, numberField, told),
    keys: [],
    nameOf: ['name'],
    known: null,
    table,
    children: [],
  };
}

function toldCustoms({ service, customs }: Ground, { id }: Bare): ToldField[] {
  const { members } = service.customFields;
  return customs
    .filter((each) => plainText(each[members.module]) === id)
    .map((each) => toldCustom(each, service));
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
    hint: 'Name its table in landfall.yaml (source.tables), or ask the vendor for the module API or an export; else its records stay behind.',
  };
}

function byRows(label: string, table: string, isNamed: boolean): CatalogIssue {
  const how = isNamed ? 'as landfall.yaml says' : 'found by its name';
  return {
    code: 'module-by-rows',
    severity: 'medium',
    at: table,
    message: `${label} is read from the table ${table} (${how}). Nothing describes it: what its columns hold is told from its rows, and fields of several values may be missing.`,
    hint: 'Look at its fields in the scope document; name another table in landfall.yaml (source.tables) if it is the wrong one.',
  };
}
