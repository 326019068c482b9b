import type { CatalogIssue, SourceType } from '../../../model/source.ts';
import { closedModule } from './closed-module.ts';
import { type Directory, peopleOf, pipelinesOf, type StageRow } from './directory.ts';
import { isObject, type Json, memberAt, plainText } from './member.ts';
import { bothLabels, type PlannedModule } from './module-plan.ts';
import { plannedFields, type ToldField } from './plan-fields.ts';
import type { ModuleService, RestCatalog } from './rest-catalog.ts';
import type { RestClient } from './rest-client.ts';

/** A list that may be wrapped as lists of records are, or stand for itself. */
export async function readList(
  client: RestClient,
  path: string,
  what: string,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  return listIn(client, await client.get(path, what, signal), what);
}

function listIn(client: RestClient, body: unknown, what: string): readonly Json[] {
  for (const at of ['', ...client.dialect.answers.items]) {
    const found = memberAt(body, at);
    if (Array.isArray(found) && found.every(isObject)) return found;
  }
  throw client.wrong(what, 'the answer is no list');
}

/** A list that a service may not have: null when it says that there is no such thing, or that it is not for us. */
export async function readOptional(
  client: RestClient,
  path: string,
  what: string,
  signal: AbortSignal,
): Promise<readonly Json[] | null> {
  const heard = await client.ask(path, signal);
  if (heard.kind === 'ok') return listIn(client, heard.body, what);
  if (heard.kind === 'gone' || heard.kind === 'forbidden' || heard.kind === 'notServed') return null;
  throw client.error(what, heard);
}

/** Every module with its fields: enumeration comes before anything else. Inactive ones are told without fields. */
export async function readModules(
  client: RestClient,
  service: ModuleService,
  catalog: RestCatalog,
  signal: AbortSignal,
): Promise<{ readonly modules: PlannedModule[]; readonly issues: readonly CatalogIssue[] }> {
  const { members, path } = service.modules;
  const rows = await readList(client, path, 'listing its modules', signal);
  const modules: PlannedModule[] = [];
  const issues: CatalogIssue[] = [];
  for (const row of rows) {
    const text = (name: keyof typeof members) => plainText(row[members[name]]);
    const key = text('key');
    const known = catalog.modules.find((each) => each.key === key) ?? null;
    const active = row[members.active] === true;
    const count = Number(row[members.count] ?? Number.NaN);
    const numberField = text('number') || (known?.numberField ?? '');
    const label = bothLabels(text('label'), text('otherLabel'));
    const told = active ? await toldOrClosed(client, service, { key, label }, issues, signal) : [];
    modules.push({
      key,
      id: text('id'),
      label,
      custom: row[members.custom] === true,
      active,
      closed: told === null,
      announced: Number.isInteger(count) ? count : null,
      numberField,
      fields: plannedFields(catalog, known, numberField, told ?? []),
      keys: known?.keys ?? [],
      nameOf: known?.nameOf ?? ['name'],
      known,
      table: '',
      children: [],
    });
  }
  return { modules: inOrder(modules, catalog), issues };
}

/** The fields of a module; null, with an issue, when these keys may not know them. */
async function toldOrClosed(
  client: RestClient,
  service: ModuleService,
  { key, label }: Pick<PlannedModule, 'key' | 'label'>,
  issues: CatalogIssue[],
  signal: AbortSignal,
): Promise<ToldField[] | null> {
  try {
    return await toldFields(client, service, key, signal);
  } catch (error) {
    issues.push(closedModule(key, label, error));
    return null;
  }
}

/** Known modules in the catalog's order, the account's own ones behind them. */
export function inOrder(modules: readonly PlannedModule[], catalog: RestCatalog): PlannedModule[] {
  const places = new Map(catalog.modules.map(({ key }, at) => [key, at]));
  const placeOf = ({ key }: PlannedModule) => places.get(key) ?? catalog.modules.length;
  return modules.toSorted((left, right) => placeOf(left) - placeOf(right));
}

async function toldFields(
  client: RestClient,
  { fields, relations }: ModuleService,
  key: string,
  signal: AbortSignal,
): Promise<ToldField[]> {
  const rows = await readList(client, filled(fields.path, key), `describing the fields of ${key}`, signal);
  const { members, types, many } = fields;
  const isReference = (row: Json) => memberAt(types, plainText(row[members.type])) === 'reference';
  const links = rows.some(isReference)
    ? ((await readOptional(
        client,
        filled(relations.path, key),
        `describing the relations of ${key}`,
        signal,
      )) ?? [])
    : [];
  return rows.map((row) => {
    const text = (name: keyof typeof members) => plainText(row[members[name]]);
    const link = links.find((each) => plainText(each[relations.members.field]) === text('key'));
    const cardinality = plainText(link?.[relations.members.cardinality]);
    const isMany = text('cardinality') === many || cardinality === relations.manyToMany;
    const lookup = text('lookup') || plainText(link?.[relations.members.module]);
    return {
      key: text('key'),
      label: text('label'),
      otherLabel: text('otherLabel'),
      type: typeOf(Object.hasOwn(types, text('type')) ? (types[text('type')] ?? 'text') : 'text', isMany),
      told: text('type'),
      options: optionsOf(row[members.options], members),
      references: lookup === '' ? [] : [lookup],
      many: isMany,
      oneToOne: cardinality === '' ? null : cardinality === relations.oneToOne,
    };
  });
}

function typeOf(type: SourceType, many: boolean): SourceType {
  return many && type === 'choice' ? 'choices' : type;
}

function optionsOf(
  options: unknown,
  { optionId, optionLabel }: ModuleService['fields']['members'],
): ReadonlyMap<string, string> {
  const rows = Array.isArray(options) ? options.filter(isObject) : [];
  return new Map(rows.map((row) => [plainText(row[optionId]), plainText(row[optionLabel])]));
}

/** A path with the key of a module or the id of a file in it. */
export function filled(path: string, key: string): string {
  return path.replace(/\{\w+\}/, encodeURIComponent(key));
}

/** A list that may not be there or not be for us: then it is empty, and an issue says so. Throws for other troubles. */
export async function listOrIssue(
  client: RestClient,
  path: string,
  what: string,
  issues: CatalogIssue[],
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const rows = await readOptional(client, path, what, signal);
  if (rows === null) issues.push(notTold(path, what));
  return rows ?? [];
}

/** Users, pipelines and tags. What the account does not give is an issue. */
export async function readDirectory(
  client: RestClient,
  service: ModuleService,
  signal: AbortSignal,
): Promise<{ readonly directory: Directory; readonly issues: readonly CatalogIssue[] }> {
  const issues: CatalogIssue[] = [];
  const list = (path: string, what: string) => listOrIssue(client, path, what, issues, signal);
  const users = await list(service.users.path, 'reading its users');
  const pipelines = await list(service.pipelines.path, 'reading its pipelines');
  const tags = await list(service.tags.path, 'reading its tags');
  const { members } = service.tags;
  const grouped = tags.map((row) => [plainText(row[members.name]), plainText(row[members.group])] as const);
  const directory = {
    people: peopleOf(users, service.users),
    ...pipelinesOf(pipelines.map((row) => pipelineRow(row, service.pipelines.members))),
    tagGroups: new Map(grouped.filter(([, group]) => group !== '')),
  };
  return { directory, issues };
}

function pipelineRow(row: Json, members: ModuleService['pipelines']['members']) {
  const stages = row[members.stages];
  return {
    id: plainText(row[members.id]),
    name: plainText(row[members.name]),
    stages: (Array.isArray(stages) ? stages.filter(isObject) : []).map((stage) => stageRow(stage, members)),
  };
}

function stageRow(stage: Json, members: ModuleService['pipelines']['members']): StageRow {
  const probability = stage[members.probability];
  const outcome = plainText(stage[members.outcome]);
  return {
    id: plainText(stage[members.stageId]),
    name: plainText(stage[members.stageName]),
    order: Number(stage[members.order] ?? 0),
    probability: typeof probability === 'number' ? probability : null,
    outcome: outcome === 'won' || outcome === 'lost' ? outcome : 'open',
  };
}

function notTold(path: string, what: string): CatalogIssue {
  return {
    code: 'not-told',
    severity: 'medium',
    at: path,
    message: `The account gives no answer while ${what}: what hangs on it keeps its ids.`,
    hint: 'Ask the vendor to open it for this key, or answer the questions about owners, stages and choices by hand.',
  };
}
