import type { EntityMapping, Gather, Mapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity } from '../model/source.ts';
import type { TargetEntity } from '../model/target.ts';
import { type ConditionTest, compileConditions } from './condition.ts';
import { idKey } from './key.ts';

/** So many records below one are brought up when the mapping does not say. */
export const usualGatherLimit = 1_000;

/** The name of the number of gathered records: `<as>.count`. */
const countName = 'count';

/** A gather made ready: which of the records' fields are read, and by which names. */
export interface CompiledGather {
  readonly from: string;
  /** What the `parent` key begins with: the field's standard name, else its exact one. */
  readonly by: string;
  readonly as: string;
  readonly limit: number;
  /** Which of the records are read; null: all. */
  readonly when: ConditionTest | null;
  /** The names that rows and conditions read, with the exact field of the gathered record. */
  readonly fields: ReadonlyMap<string, string>;
}

/** A gather of records that have no mapping of their own, seen from them: where their values go. */
export interface MergedInto {
  readonly parent: string;
  readonly gather: CompiledGather;
  /** The drafts that take the values. */
  readonly drafts: readonly { readonly entity: TargetEntity; readonly part: string }[];
  /** true: each of these drafts was made by a mapping that gathers; false: another mapping may have made it. */
  readonly always: boolean;
}

/** The value of the `parent` key that a record has whose field `by` names a record of this id; null without an id. */
export function parentValue(by: string, id: string): string | null {
  const key = idKey(id);
  return key === null ? null : `${by}=${key}`;
}

/** The id a `parent` key names by this field; null when it is of another field. */
export function parentIdOf(by: string, value: string): string | null {
  return value.startsWith(`${by}=`) ? value.slice(by.length + 1) : null;
}

/** A name that a row reads, when it is of a gathered record. */
export interface GatheredName {
  readonly gather: Gather;
  /** The field as the mapping writes it; null for the number of records. */
  readonly field: string | null;
}

/** The gather a name belongs to: `<as>.<Field>` or `<as>.count`; null for a field of the record itself. */
export function gatheredName(gathers: readonly Gather[], name: string): GatheredName | null {
  const gather = gathers.find(({ as }) => name.startsWith(`${as}.`));
  if (gather === undefined) return null;
  const field = name.slice(gather.as.length + 1);
  return { gather, field: field === countName ? null : field };
}

/** The gathers of a source entity: any of its mappings may read what another one declares. */
export function gathersOf(mapping: Pick<Mapping, 'entities'>, entity: string): readonly Gather[] {
  const own = mapping.entities.filter(({ from }) => from === entity).flatMap(({ gather }) => gather ?? []);
  return [...new Map(own.map((gather) => [gather.as, gather])).values()];
}

/** Whether records of an entity are gathered and have no mapping of their own. */
export function isOnlyGathered(mapping: Pick<Mapping, 'entities'>, entity: string): boolean {
  return (
    mapping.entities.every(({ from }) => from !== entity) &&
    mapping.entities.some(({ gather }) => gather?.some(({ from }) => from === entity))
  );
}

/** The gathers of one entity while its rows are made ready: keeps what they read. */
export class GatherReader {
  readonly #gathers: readonly (Gather & { readonly fields: Map<string, string> })[];
  readonly #catalog: SourceCatalog;

  constructor(gathers: readonly Gather[], catalog: SourceCatalog) {
    this.#gathers = gathers.map((gather) => ({ ...gather, fields: new Map() }));
    this.#catalog = catalog;
  }

  /** Takes note that a name is read; false when it is a field of the record itself. */
  reads(name: string): boolean {
    const found = gatheredName(this.#gathers, name);
    if (found === null) return false;
    const { gather, field } = found;
    const own = this.#gathers.find(({ as }) => as === gather.as);
    if (field !== null) own?.fields.set(name, exactName(this.#entity(gather.from), field));
    return true;
  }

  /** What is to be gathered. Call when all rows are ready. */
  compiled(): readonly CompiledGather[] {
    return this.#gathers.map(({ from, by, as, limit, when, fields }) => ({
      from,
      by: keyName(this.#entity(from), by),
      as,
      limit: limit ?? usualGatherLimit,
      when: compileConditions(when, (name) => exactName(this.#entity(from), name)),
      fields,
    }));
  }

  #entity(name: string): SourceEntity | undefined {
    return this.#catalog.entities.find((entity) => entity.name === name);
  }
}

/** The header of a field that is named by its standard or its exact name. */
export function exactName(entity: SourceEntity | undefined, name: string): string {
  const field =
    entity?.fields.find((one) => one.name === name) ?? entity?.fields.find((one) => one.standard === name);
  return field?.name ?? name;
}

function keyName(entity: SourceEntity | undefined, name: string): string {
  const exact = exactName(entity, name);
  return entity?.fields.find((field) => field.name === exact)?.standard ?? name;
}

/** For each entity that is gathered and has no mapping of its own: where its records' values go. */
export function mergedEntities(
  mapping: Mapping,
  gathers: ReadonlyMap<string, readonly CompiledGather[]>,
): ReadonlyMap<string, readonly MergedInto[]> {
  const found = new Map<string, MergedInto[]>();
  for (const [parent, list] of gathers) {
    const makers = mapping.entities.filter(({ from }) => from === parent);
    for (const gather of list.filter(({ from }) => isOnlyGathered(mapping, from))) {
      found.set(gather.from, [...(found.get(gather.from) ?? []), mergedInto(parent, gather, makers)]);
    }
  }
  return found;
}

function mergedInto(parent: string, gather: CompiledGather, makers: readonly EntityMapping[]): MergedInto {
  const takes = (maker: EntityMapping) => maker.gather?.some(({ as }) => as === gather.as) ?? false;
  const draftOf = ({ to, part = '' }: EntityMapping) => ({ entity: to, part });
  const drafts = makers.filter(takes).map(draftOf);
  const distinct = [...new Map(drafts.map((draft) => [`${draft.entity}|${draft.part}`, draft])).values()];
  const isShared = (maker: EntityMapping) =>
    !takes(maker) && distinct.some(({ entity, part }) => entity === maker.to && part === (maker.part ?? ''));
  return { parent, gather, drafts: distinct, always: !makers.some(isShared) };
}
