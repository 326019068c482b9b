import { sourceNames } from '../mapping/compile.ts';
import { fieldRead } from '../mapping/field-read.ts';
import { exactName, gathersOf } from '../mapping/gather.ts';
import type { Mapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';

/** A reference of records that move which nothing of the destination keeps as one (D-27(f)). */
export interface LostRelation {
  readonly table: string;
  readonly field: string;
  readonly leadsTo: string;
  /** Records that have it. */
  readonly records: number;
  readonly why: string;
}

/** The relations that do not fit the flat model: read by no row, of the account's own tables and of those that move. Owners and the like are no tables. */
export function lostRelations(catalog: SourceCatalog, mapping: Mapping): readonly LostRelation[] {
  const moved = new Set(
    mapping.entities.flatMap(({ from, gather }) => [from, ...(gather ?? []).map((one) => one.from)]),
  );
  const read = namesRead(mapping);
  return catalog.entities
    .filter(({ name, custom }) => custom || moved.has(name))
    .flatMap((entity) => {
      const names = new Set([...(read.get(entity.name) ?? [])].map((name) => exactName(entity, name)));
      return entity.fields
        .filter((field) => field.filled > 0 && !names.has(field.name))
        .flatMap((field) => lostRelation(entity, field, catalog, moved) ?? []);
    });
}

function lostRelation(
  entity: SourceEntity,
  field: SourceField,
  { entities }: SourceCatalog,
  moved: ReadonlySet<string>,
): LostRelation | null {
  const ends = entities.filter(({ name }) => field.references?.includes(name));
  if (ends.length === 0) return null;
  return {
    table: entity.label,
    field: field.label ?? field.name,
    leadsTo: ends.map(({ label }) => label).join(', '),
    records: field.filled,
    why: reasonFor(entity, ends, moved),
  };
}

function reasonFor(entity: SourceEntity, ends: readonly SourceEntity[], moved: ReadonlySet<string>): string {
  if (ends.every(({ name }) => name === entity.name)) return 'it leads to records of its own table';
  return ends.some(({ name }) => moved.has(name))
    ? 'the destination has no link for it, or no rule makes one'
    : 'the records it leads to are not moved';
}

/** The fields that rows read, conditions aside, by their entity: of its own rules or of those above it. */
function namesRead(mapping: Mapping): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const take = (entity: string, field: string | null) => {
    if (field !== null) found.set(entity, (found.get(entity) ?? new Set()).add(field));
  };
  const gathers = new Map(mapping.entities.map(({ from }) => [from, gathersOf(mapping, from)]));
  for (const list of gathers.values()) for (const { from, by } of list) take(from, by);
  for (const { from, rows } of mapping.entities) {
    for (const name of rows.flatMap(sourceNames)) {
      const { entity, field } = fieldRead(gathers.get(from) ?? [], from, name);
      take(entity, field);
    }
  }
  return found;
}
