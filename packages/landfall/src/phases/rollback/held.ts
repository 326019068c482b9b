import type { TargetId } from '../../model/key.ts';
import {
  type TargetCatalog,
  type TargetEntity,
  type TargetRecord,
  targetEntities,
} from '../../model/target.ts';

/** Why records must stay though nobody has changed them: the first reason for each. Forgotten entity by entity. */
export class Held {
  readonly #reasons = new Map<TargetEntity, Map<TargetId, string>>();

  /** Keeps a reason to leave a record as it is, unless there is one already. */
  add(entity: TargetEntity, id: TargetId, because: string): void {
    const reasons = this.#reasons.get(entity) ?? new Map<TargetId, string>();
    this.#reasons.set(entity, reasons);
    if (!reasons.has(id)) reasons.set(id, because);
  }

  reason(entity: TargetEntity, id: TargetId): string | null {
    return this.#reasons.get(entity)?.get(id) ?? null;
  }

  /** To be called when an entity is done: nothing asks for it any more. */
  forget(entity: TargetEntity): void {
    this.#reasons.delete(entity);
  }
}

/** Fields of each entity that lead to another record. */
export type References = Readonly<Record<TargetEntity, readonly Reference[]>>;

interface Reference {
  readonly field: string;
  readonly entity: TargetEntity;
}

/** The reference fields of an account, custom ones too, and the people at an activity. */
export function referencesOf(catalog: TargetCatalog): References {
  const fields = targetEntities.map((entity) => {
    const links = catalog.entities[entity].flatMap(({ name, references }) =>
      references === null ? [] : [{ field: name, entity: references }],
    );
    return [entity, [...links, { field: 'participants', entity: 'person' }]];
  });
  return Object.fromEntries(fields) as References;
}

/** Everything a record leads to, as it is with `values` put in. */
export function linksOf(
  references: References,
  record: TargetRecord,
  values: TargetRecord['values'] = {},
): readonly { readonly entity: TargetEntity; readonly id: TargetId }[] {
  return references[record.entity].flatMap(({ field, entity }) => {
    const value = field in values ? values[field] : record.values[field];
    const ids = Array.isArray(value) ? value : [value];
    return ids
      .filter((id): id is TargetId => typeof id === 'string' && id !== '')
      .map((id) => ({ entity, id }));
  });
}
