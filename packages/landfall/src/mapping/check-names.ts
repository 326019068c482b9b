import { canonicalJson } from '../base/canonical.ts';
import type { Condition, EntityMapping, Gather, Mapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity } from '../model/source.ts';
import type { CheckContext } from './check-context.ts';
import { sourceNames } from './compile.ts';
import { didYouMean, type Path } from './fault.ts';
import { gatheredName, gathersOf, usualGatherLimit } from './gather.ts';

/** Finds names of source fields that neither the entity has nor one of those gathered. */
export function checkName(context: CheckContext, entity: EntityMapping, name: string, path: Path): void {
  const { mapping, source, faults } = context;
  const gathers = gathersOf(mapping, entity.from);
  const found = gatheredName(gathers, name);
  const of = entityOf(source, found === null ? entity.from : found.gather.from);
  const field = found === null ? name : found.field;
  if (of === undefined || field === null || hasField(of, field)) return;
  const below = gathers.flatMap((one) =>
    namesOf(entityOf(source, one.from)).map((own) => `${one.as}.${own}`),
  );
  const names = found === null ? [...namesOf(of), ...below] : namesOf(of);
  faults.add(
    path,
    `"${of.name}" has no field "${field}"`,
    `${didYouMean(field, names)}Use a field of the catalog.`,
  );
}

function namesOf(entity: SourceEntity | undefined): readonly string[] {
  return (
    entity?.fields.flatMap(({ name, standard }) => (standard === null ? [name] : [name, standard])) ?? []
  );
}

/** Finds what is wrong with the gathers of an entity mapping. */
export function checkGathers(context: CheckContext, entity: EntityMapping, path: Path): void {
  for (const [index, gather] of (entity.gather ?? []).entries()) {
    const at = [...path, 'gather', index];
    checkBelow(context, entity, gather, at);
    checkGatherName(context, entity, index, at);
    if (!isRead(context.mapping.entities, entity.from, gather.as)) {
      context.faults.add(at, `no row reads "${gather.as}.<Field>"`, 'Add a row, or take the gather out.');
    }
  }
}

/** The records below, the field they go by, and the fields that choose among them. */
function checkBelow({ source, faults }: CheckContext, entity: EntityMapping, gather: Gather, at: Path): void {
  const below = entityOf(source, gather.from);
  if (below === undefined) {
    const names = source.entities.map(({ name }) => name);
    faults.add(
      [...at, 'from'],
      `the source has no entity "${gather.from}"`,
      `${didYouMean(gather.from, names)}There are: ${names.join(', ')}.`,
    );
    return;
  }
  const wanted = [
    ['by', gather.by, `Name the field that holds the id of the ${entity.from}.`] as const,
    ...sourcesOfConditions(gather.when).map((name) => ['when', name, 'Use a field of the catalog.'] as const),
  ];
  for (const [place, name, fix] of wanted) {
    if (hasField(below, name)) continue;
    const hint = didYouMean(name, namesOf(below));
    faults.add([...at, place], `"${below.name}" has no field "${name}"`, `${hint}${fix}`);
  }
}

function checkGatherName(
  { mapping, source, faults }: CheckContext,
  entity: EntityMapping,
  index: number,
  at: Path,
): void {
  const as = entity.gather?.[index]?.as ?? '';
  const hidden = namesOf(entityOf(source, entity.from)).find((name) => name.startsWith(`${as}.`));
  if (hidden !== undefined) {
    faults.add(
      [...at, 'as'],
      `"${as}" hides the field "${hidden}" of "${entity.from}"`,
      'Gather under another name.',
    );
  }
  if (isTaken(mapping.entities, entity, index)) {
    faults.add(
      [...at, 'as'],
      `"${entity.from}" gathers other records as "${as}" already`,
      'Give each gather a name of its own.',
    );
  }
}

/** Mappings of one entity may repeat a gather; its name must mean the same in all. */
function isTaken(entities: readonly EntityMapping[], entity: EntityMapping, index: number): boolean {
  const gather = entity.gather?.[index];
  if (gather === undefined) return false;
  if (entity.gather?.slice(0, index).some(({ as }) => as === gather.as)) return true;
  const before = entities.slice(0, entities.indexOf(entity)).filter(({ from }) => from === entity.from);
  const limitOf = ({ limit }: { readonly limit?: number }) => limit ?? usualGatherLimit;
  return before.some((other) =>
    other.gather?.some(
      (one) =>
        one.as === gather.as &&
        (one.from !== gather.from ||
          one.by !== gather.by ||
          limitOf(one) !== limitOf(gather) ||
          canonicalJson(conditionList(one.when)) !== canonicalJson(conditionList(gather.when))),
    ),
  );
}

function isRead(entities: readonly EntityMapping[], from: string, as: string): boolean {
  return namesIn(entities.filter((entity) => entity.from === from)).some((name) => name.startsWith(`${as}.`));
}

/** Names of source fields that rows and conditions read, those of gathered records among them. */
function namesIn(entities: readonly EntityMapping[]): readonly string[] {
  return entities.flatMap(({ when, rows }) => [
    ...sourcesOfConditions(when),
    ...rows.flatMap((row) => [...sourceNames(row), ...sourcesOfConditions(row.onlyIf)]),
  ]);
}

/** Names of an entity's fields that are read: by its own mappings, and by those that gather its records. */
export function namesRead(mapping: Pick<Mapping, 'entities'>, entity: string): readonly string[] {
  const own = namesIn(mapping.entities.filter(({ from }) => from === entity));
  const parents = new Set(mapping.entities.map(({ from }) => from));
  const brought = [...parents].flatMap((parent) => {
    const gathers = gathersOf(mapping, parent).filter(({ from }) => from === entity);
    const names = namesIn(mapping.entities.filter(({ from }) => from === parent));
    const fields = names.map((name) => gatheredName(gathers, name)?.field ?? null);
    const keys = gathers.flatMap(({ by, when }) => [by, ...sourcesOfConditions(when)]);
    return [...keys, ...fields.filter((field) => field !== null)];
  });
  return [...own, ...brought];
}

function entityOf(source: SourceCatalog, name: string): SourceEntity | undefined {
  return source.entities.find((entity) => entity.name === name);
}

function hasField(source: SourceEntity, name: string): boolean {
  return source.fields.some((field) => field.name === name || field.standard === name);
}

/** The names of the source fields that conditions look at. */
export function sourcesOfConditions(
  conditions: Condition | readonly Condition[] | undefined,
): readonly string[] {
  return conditionList(conditions).flatMap(({ source }) => (source === undefined ? [] : [source]));
}

/** A condition or several of them, as a list. */
export function conditionList(
  conditions: Condition | readonly Condition[] | undefined,
): readonly Condition[] {
  if (conditions === undefined) return [];
  return Array.isArray(conditions) ? conditions : [conditions as Condition];
}
