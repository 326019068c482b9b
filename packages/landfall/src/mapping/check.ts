import type { EntityMapping, Mapping, MappingFault } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { CheckContext } from './check-context.ts';
import { checkGathers, checkName, namesRead, sourcesOfConditions } from './check-names.ts';
import { checkRow } from './check-rows.ts';
import { checkFields, checkLeave, checkPipelines, checkValues } from './check-tables.ts';
import { headerResolver } from './compile.ts';
import { didYouMean, Faults, type LineOf, noLines, type Path } from './fault.ts';
import { isOnlyGathered } from './gather.ts';
import { parseTargetPath, requiredFields } from './target-path.ts';

/**
 * Checks a mapping against both catalogs and returns everything that is wrong, each fault with its line, its place and
 * the fix. Without a target catalog what concerns Pipedrive's fields is left aside.
 */
export function checkMapping(
  mapping: Mapping,
  source: SourceCatalog,
  target: TargetCatalog | null,
  lineOf: LineOf = noLines,
): readonly MappingFault[] {
  const faults = new Faults(lineOf);
  const context: CheckContext = { mapping, source, target, faults, usedFields: new Set() };
  if (mapping.source !== source.system) {
    faults.add(
      ['source'],
      `the mapping is for ${mapping.source}, the source is ${source.system}`,
      'Make the mapping anew with `landfall map`.',
    );
  }
  for (const [index, entity] of mapping.entities.entries()) {
    checkEntity(context, entity, ['entities', index]);
  }
  checkConditionOrder(context);
  checkFields(context);
  checkPipelines(context);
  checkValues(context);
  checkLeave(context);
  return faults.list;
}

function checkEntity(context: CheckContext, entity: EntityMapping, path: Path): void {
  const { source, faults } = context;
  const found = source.entities.find((candidate) => candidate.name === entity.from);
  if (found === undefined) {
    const names = source.entities.map((candidate) => candidate.name);
    faults.add(
      [...path, 'from'],
      `the source has no entity "${entity.from}"`,
      `${didYouMean(entity.from, names)}There are: ${names.join(', ')}.`,
    );
  }
  checkNeeded(context, entity, path);
  checkDoubles(context, entity, path);
  const seen: string[] = [];
  for (const [index, row] of entity.rows.entries()) {
    checkRow(context, { entity, source: found, row, path: [...path, 'rows', index], earlierFields: seen });
    seen.push(row.to);
  }
  for (const name of sourcesOfConditions(entity.when)) checkName(context, entity, name, [...path, 'when']);
  checkGathers(context, entity, path);
}

function checkNeeded(context: CheckContext, entity: EntityMapping, path: Path): void {
  const needed = requiredFields[entity.to];
  if (needed === undefined) return;
  const to = `${entity.to}.${needed}`;
  if (entity.rows.some((row) => fills(row.to, needed))) return;
  context.faults.add(
    [...path, 'rows'],
    `no row fills ${to}, and the destination refuses a record without it`,
    `Add a row: { to: ${to}, from: ... }.`,
  );
}

/** A block fills the body it stands in. */
function fills(to: string, field: string): boolean {
  const parsed = parseTargetPath(to);
  return typeof parsed !== 'string' && parsed.field === field;
}

/** Two rows for one field are a choice by condition; at most one of them may be without one. */
function checkDoubles(context: CheckContext, entity: EntityMapping, path: Path): void {
  const first = new Map<string, number>();
  for (const [index, row] of entity.rows.entries()) {
    if (row.onlyIf !== undefined || mayRepeat(row.to)) continue;
    const before = first.get(row.to);
    if (before === undefined) first.set(row.to, index);
    else {
      context.faults.add(
        [...path, 'rows', index, 'to'],
        `row ${before + 1} fills ${row.to} already, and neither has a condition`,
        'Give one of them an `onlyIf`, or remove it; `from: [A, B]` with `firstFilled` takes the first filled one.',
      );
    }
  }
}

function mayRepeat(to: string): boolean {
  return to.startsWith('person.emails') || to.startsWith('person.phones') || /^[a-zA-Z]+\.block\./.test(to);
}

/** The first of several mappings of one entity and part wins: one without a condition hides those after it. */
function checkConditionOrder({ mapping, faults }: CheckContext): void {
  const open = new Map<string, number>();
  for (const [index, entity] of mapping.entities.entries()) {
    const name = `${entity.from}|${entity.part ?? ''}`;
    const before = open.get(name);
    if (before !== undefined) {
      faults.add(
        ['entities', index],
        `entities[${before}] takes every "${entity.from}" already, so this one is never used`,
        'Give the earlier one a `when`, or this one a `part`.',
      );
    } else if (entity.when === undefined) open.set(name, index);
  }
}

/** A source field that no row reads and nobody has decided to leave: a question (MAP-08). */
export interface Unrouted {
  readonly entity: string;
  readonly field: SourceField;
}

/**
 * Source fields of mapped entities that are neither mapped nor left out. Empty ones and a record's own id (it is in
 * the marker) are no question.
 */
export function unrouted(mapping: Mapping, source: SourceCatalog): readonly Unrouted[] {
  return source.entities.flatMap((entity) => {
    const mappings = mapping.entities.filter((candidate) => candidate.from === entity.name);
    if (mappings.length === 0 && !isOnlyGathered(mapping, entity.name)) return [];
    const routed = routedHeaders(mapping, entity);
    return entity.fields
      .filter((field) => field.filled > 0 && field.type !== 'id' && !routed.has(field.name))
      .map((field) => ({ entity: entity.name, field }));
  });
}

function routedHeaders(mapping: Mapping, entity: SourceEntity): ReadonlySet<string> {
  const resolve = headerResolver(entity);
  const names = [
    ...namesRead(mapping, entity.name),
    ...mapping.leave
      .filter((left) => left.entity === entity.name)
      .flatMap(({ field, when }) => (when === undefined ? [field] : sourcesOfConditions(when))),
  ];
  const headers = new Set(names.map(resolve));
  return headers.has('*') ? new Set(entity.fields.map((field) => field.name)) : headers;
}

/** Source entities with records that nothing maps and nobody has decided to leave (`leave` with field `*`). */
export function unmappedEntities(mapping: Mapping, source: SourceCatalog): readonly SourceEntity[] {
  const mapped = new Set(mapping.entities.map((entity) => entity.from));
  const left = new Set(
    mapping.leave
      .filter(({ field, when }) => field === '*' && when === undefined)
      .map(({ entity }) => entity),
  );
  return source.entities.filter(
    (entity) =>
      entity.count.value > 0 &&
      !mapped.has(entity.name) &&
      !left.has(entity.name) &&
      !isOnlyGathered(mapping, entity.name),
  );
}
