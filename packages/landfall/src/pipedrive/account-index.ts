import { entityTraits, ofEveryEntity } from '../model/entity-table.ts';
import { markerFieldName } from '../model/key.ts';
import type { StageRef, TargetCatalog, TargetEntity, TargetField } from '../model/target.ts';

/** Labels of one field to ids and back. */
export interface OptionTable {
  readonly idOf: ReadonlyMap<string, string>;
  readonly labelOf: ReadonlyMap<string, string>;
}

/** The fields of one entity, found by name and by the account's key. */
export interface EntityIndex {
  readonly byName: ReadonlyMap<string, TargetField>;
  /** The marker field is not among them. */
  readonly custom: readonly TargetField[];
  readonly builtIn: readonly TargetField[];
  /** The key of the marker field; null when the account has none yet. */
  readonly markerKey: string | null;
  readonly options: ReadonlyMap<string, OptionTable>;
}

/** A catalog made ready for looking things up: every name of this account with its id. */
export interface AccountIndex {
  readonly catalog: TargetCatalog;
  readonly entities: Readonly<Record<TargetEntity, EntityIndex>>;
  readonly stageIds: ReadonlyMap<string, string>;
  readonly stageRefs: ReadonlyMap<string, StageRef>;
}

/** How labels and names are compared: as they are, spaces at the ends and case aside. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

/** The key of a stage by its names. */
export function stageKey(stage: StageRef): string {
  return `${nameKey(stage.pipeline)}\n${nameKey(stage.stage)}`;
}

/** Builds the index of a catalog. Where a name stands twice the first one holds, as in the order of the account. */
export function indexAccount(catalog: TargetCatalog): AccountIndex {
  const stageIds = new Map<string, string>();
  const stageRefs = new Map<string, StageRef>();
  for (const pipeline of catalog.pipelines) {
    for (const stage of pipeline.stages) {
      const ref = { pipeline: pipeline.name, stage: stage.name };
      stageRefs.set(stage.id, ref);
      if (!stageIds.has(stageKey(ref))) stageIds.set(stageKey(ref), stage.id);
    }
  }
  const entities = ofEveryEntity((entity) => indexedOnce(entity, catalog.entities[entity]));
  return { catalog, entities, stageIds, stageRefs };
}

/** The index of each list of fields: most lists outlive a change of the account. */
const indexed = new WeakMap<readonly TargetField[], EntityIndex>();

function indexedOnce(entity: TargetEntity, fields: readonly TargetField[]): EntityIndex {
  const index = indexed.get(fields) ?? indexEntity(entity, fields);
  indexed.set(fields, index);
  return index;
}

function indexEntity(entity: TargetEntity, fields: readonly TargetField[]): EntityIndex {
  const byName = new Map<string, TargetField>();
  for (const field of fields) if (!byName.has(field.name)) byName.set(field.name, field);
  const marker = entityTraits[entity].fieldsOf !== null ? byName.get(`custom.${markerFieldName}`) : undefined;
  return {
    byName,
    builtIn: fields.filter((field) => !field.custom),
    custom: fields.filter((field) => field.custom && field.name !== marker?.name),
    markerKey: marker?.key ?? null,
    options: new Map(fields.filter(hasOptions).map((field) => [field.name, indexOptions(field)])),
  };
}

function hasOptions(field: TargetField): boolean {
  return field.type === 'option' || field.type === 'options';
}

function indexOptions(field: TargetField): OptionTable {
  const idOf = new Map<string, string>();
  const labelOf = new Map<string, string>();
  for (const { id, label } of field.options) {
    labelOf.set(id, label);
    if (!idOf.has(nameKey(label))) idOf.set(nameKey(label), id);
  }
  return { idOf, labelOf };
}
