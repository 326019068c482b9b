import { fillsCustomField } from '../model/entity-table.ts';
import { MigrationError } from '../model/error.ts';
import type {
  EntityMapping,
  Gather,
  LeftOut,
  Mapping,
  MappingContext,
  MappingRow,
  NewField,
} from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity } from '../model/source.ts';
import type { Effect, TargetCatalog, TargetEntity } from '../model/target.ts';
import { isOneText, kindOfRow, type RowReads } from './chain.ts';
import { type ConditionTest, compileConditions } from './condition.ts';
import {
  type CompiledGather,
  GatherReader,
  gatheredName,
  gathersOf,
  type MergedInto,
  mergedEntities,
} from './gather.ts';
import { type Place, parseTargetPath, referenceFields } from './target-path.ts';
import type { Step, Transform, TransformContext } from './transform.ts';
import { readCall } from './transform-call.ts';
import type { ReferenceSettings } from './transforms/reference.ts';

/** A mapping made ready: names resolved, settings parsed, tables indexed. Made once, used for every record. */
export interface CompiledMapping {
  readonly entities: ReadonlyMap<string, readonly CompiledPart[]>;
  /** Records of an entity that stay behind: the first whose condition holds says why. */
  readonly left: ReadonlyMap<string, readonly CompiledLeft[]>;
  /** What is brought up to the records of an entity; absent: nothing. */
  readonly gathers: ReadonlyMap<string, readonly CompiledGather[]>;
  /** Entities without a mapping of their own whose values are brought up to others. */
  readonly merged: ReadonlyMap<string, readonly MergedInto[]>;
}

/** Records that stay behind on purpose. */
export interface CompiledLeft {
  readonly when: ConditionTest;
  readonly code: NonNullable<LeftOut['code']>;
  readonly why: string;
}

/** The mappings that make one draft of a record: the first whose condition holds does. */
export interface CompiledPart {
  readonly part: string;
  readonly mappings: readonly CompiledEntity[];
}

/** What one source entity becomes. */
export interface CompiledEntity {
  /** Where it stands in the mapping. */
  readonly index: number;
  readonly to: TargetEntity;
  readonly part: string;
  readonly when: ConditionTest | null;
  /** The gathers it declares, by their `as`. */
  readonly gathers: readonly string[];
  readonly rows: readonly CompiledRow[];
}

/** One row, ready to run. */
export interface CompiledRow {
  readonly index: number;
  readonly to: string;
  readonly field: string;
  readonly place: Place;
  /** The exact headers the row reads. */
  readonly headers: readonly string[];
  /** true: empty fields keep their place. */
  readonly positional: boolean;
  /** true: some of the headers hold a text for each gathered record. */
  readonly gathered: boolean;
  readonly constant: string | boolean | null;
  readonly steps: readonly CompiledStep[];
  readonly onlyIf: ConditionTest | null;
  readonly whenEmpty: NonNullable<MappingRow['whenEmpty']>;
  readonly whenRefused: NonNullable<MappingRow['whenRefused']>;
  readonly link: CompiledLink | null;
  readonly maxLength: number | null;
  /** true: a list that the source gives where one text belongs is put together. */
  readonly oneText: boolean;
}

/** One step of a chain with what it usually does to a value. */
export interface CompiledStep {
  readonly run: Step;
  readonly effect: Effect;
  readonly onEmpty: boolean;
}

/** What a reference row makes. */
export interface CompiledLink {
  readonly entity: TargetEntity;
  readonly source: string;
  readonly within: string | null;
  readonly whenMissing: 'review' | 'leave' | 'reject';
}

/**
 * Makes a mapping ready for `evaluate`. With the destination's catalog, texts longer than their field are found here.
 * Throws `mapping-wrong` at the first row that cannot be made ready: run `checkMapping` before, it finds all of them.
 */
export function compileMapping(
  mapping: Mapping,
  catalog: SourceCatalog,
  context: MappingContext,
  target: TargetCatalog | null = null,
): CompiledMapping {
  const full: TransformContext = { ...context, values: mapping.values, pipelines: mapping.pipelines };
  const entities = new Map<string, CompiledPart[]>();
  const readers = new Map<string, GatherReader>();
  for (const [index, entity] of mapping.entities.entries()) {
    const source = catalog.entities.find((candidate) => candidate.name === entity.from);
    const gathers = gathersOf(mapping, entity.from);
    const reader = readers.get(entity.from) ?? new GatherReader(gathers, catalog);
    readers.set(entity.from, reader);
    const compiled = compileEntity(entity, index, resolverOf(source, reader), {
      context: full,
      newFields: mapping.fields,
      gathers,
      target,
    });
    addPart(entities, entity.from, compiled);
  }
  for (const parts of entities.values()) parts.sort((left, right) => rank(left.part) - rank(right.part));
  const gathers = compiledGathers(readers);
  const left = compiledLeft(mapping, catalog);
  return { entities, left, gathers, merged: mergedEntities(mapping, gathers) };
}

function compiledLeft(
  mapping: Mapping,
  catalog: SourceCatalog,
): ReadonlyMap<string, readonly CompiledLeft[]> {
  const left = new Map<string, CompiledLeft[]>();
  const mapped = new Set(mapping.entities.map(({ from }) => from));
  for (const { entity, field, when, code, why } of mapping.leave) {
    const source = catalog.entities.find(({ name }) => name === entity);
    const isWhole = field === '*' && when === undefined && !mapped.has(entity);
    const test = isWhole ? () => true : compileConditions(when, headerResolver(source));
    if (test !== null)
      left.set(entity, [...(left.get(entity) ?? []), { when: test, code: code ?? 'left-out', why }]);
  }
  return left;
}

function compiledGathers(
  readers: ReadonlyMap<string, GatherReader>,
): ReadonlyMap<string, readonly CompiledGather[]> {
  const all = [...readers].map(([entity, reader]) => [entity, reader.compiled()] as const);
  return new Map(all.filter(([, gathers]) => gathers.length > 0));
}

/** Names of gathered fields stay as they are written; the reader keeps what they mean. */
function resolverOf(source: SourceEntity | undefined, reader: GatherReader): (name: string) => string {
  const resolve = headerResolver(source);
  return (name) => (reader.reads(name) ? name : resolve(name));
}

/** The main draft comes first; parts stay in their order. */
function rank(part: string): number {
  return part === '' ? 0 : 1;
}

function addPart(entities: Map<string, CompiledPart[]>, from: string, compiled: CompiledEntity): void {
  const parts = entities.get(from) ?? [];
  const at = parts.findIndex((candidate) => candidate.part === compiled.part);
  const known = parts[at];
  if (known === undefined) parts.push({ part: compiled.part, mappings: [compiled] });
  else parts[at] = { part: known.part, mappings: [...known.mappings, compiled] };
  entities.set(from, parts);
}

/** The exact header of a field that a mapping names by header or by its standard name. Unknown names stay. */
export function headerResolver(entity: SourceEntity | undefined): (name: string) => string {
  const headers = new Map<string, string>();
  for (const field of entity?.fields ?? []) {
    if (field.standard !== null && !headers.has(field.standard)) headers.set(field.standard, field.name);
  }
  for (const field of entity?.fields ?? []) headers.set(field.name, field.name);
  return (name) => headers.get(name) ?? name;
}

interface Surroundings {
  readonly context: TransformContext;
  readonly newFields: readonly NewField[];
  readonly gathers: readonly Gather[];
  readonly target: TargetCatalog | null;
}

function compileEntity(
  entity: EntityMapping,
  at: number,
  resolve: (name: string) => string,
  around: Surroundings,
): CompiledEntity {
  return {
    index: at,
    to: entity.to,
    part: entity.part ?? '',
    when: compileConditions(entity.when, resolve),
    gathers: (entity.gather ?? []).map(({ as }) => as),
    rows: entity.rows.map((row, index) =>
      compileRow(row, index, `entities[${at}].rows[${index}]`, entity, resolve, around),
    ),
  };
}

function compileRow(
  row: MappingRow,
  index: number,
  path: string,
  entity: EntityMapping,
  resolve: (name: string) => string,
  around: Surroundings,
): CompiledRow {
  const target = parseTargetPath(row.to);
  if (typeof target === 'string') throw wrong(path, target);
  if (target.entity !== entity.to) throw wrong(path, `"${row.to}" is no field of ${entity.to}`);
  const calls = (row.via ?? []).map((call) => {
    const reading = readCall(call);
    if (!reading.ok) throw wrong(path, reading.message);
    return reading;
  });
  const names = sourceNames(row);
  const reads = readsOf(names, around.gathers);
  const reference = calls.find(({ transform }) => transform.name === 'reference');
  const field = around.target?.entities[target.entity].find(({ name }) => name === target.field);
  return {
    index,
    to: row.to,
    field: target.field,
    place: target.place,
    headers: names.map(resolve),
    positional: isPositional(calls.map(({ transform }) => transform)),
    gathered: reads.gathered,
    constant: row.value ?? null,
    steps: calls.map(({ transform, settings }) => ({
      run: transform.prepare(settings, around.context),
      effect: transform.effect,
      onEmpty: transform.onEmpty,
    })),
    onlyIf: compileConditions(row.onlyIf, resolve),
    whenEmpty: row.whenEmpty ?? 'skip',
    whenRefused: row.whenRefused ?? 'list',
    link: reference === undefined ? null : linkOf(target, reference.settings, around.newFields, path),
    maxLength: field?.maxLength ?? null,
    oneText: target.place.kind === 'whole' && isOneText(kindOfRow(row, reads, calls).kind),
  };
}

/** The names of the source fields a row reads, in the order it hands them on: a reference reads those of its `by`. */
export function sourceNames(row: MappingRow): readonly string[] {
  for (const call of row.via ?? []) {
    const reading = readCall(call);
    if (reading.ok && reading.transform.name === 'reference') {
      return Object.keys((reading.settings as ReferenceSettings).by);
    }
  }
  if (row.from === undefined) return [];
  return typeof row.from === 'string' ? [row.from] : row.from;
}

/** What a row that reads these names gets. */
export function readsOf(names: readonly string[], gathers: readonly Gather[]): RowReads {
  const found = gathers.length === 0 ? [] : names.map((name) => gatheredName(gathers, name));
  return {
    count: names.length,
    gathered: found.some((name) => name !== null && name.field !== null),
    isCount: names.length === 1 && found[0]?.field === null,
  };
}

function isPositional(chain: readonly Transform[]): boolean {
  return chain.some((transform) => transform.takes === 'fields');
}

function linkOf(
  target: { readonly entity: TargetEntity; readonly field: string },
  settings: unknown,
  newFields: readonly NewField[],
  path: string,
): CompiledLink {
  const { source, within, whenMissing } = settings as ReferenceSettings;
  const entity = referencedEntity(target.entity, target.field, newFields);
  if (entity === null) throw wrong(path, `${target.entity}.${target.field} is no reference field`);
  return { entity, source, within: within ?? null, whenMissing: whenMissing ?? 'review' };
}

/** What a reference field points to: Pipedrive's own, or a new custom field of type org or people; null for others. */
export function referencedEntity(
  entity: TargetEntity,
  field: string,
  newFields: readonly NewField[],
): TargetEntity | null {
  if (Object.hasOwn(referenceFields, field)) return referenceFields[field] ?? null;
  const made = newFields.find((candidate) => fillsCustomField(`${entity}.${field}`, candidate));
  if (made?.type === 'org') return 'organization';
  return made?.type === 'people' ? 'person' : null;
}

function wrong(path: string, message: string): MigrationError {
  return new MigrationError('mapping-wrong', `${path}: ${message}`, { at: 'mapping.yaml' });
}
