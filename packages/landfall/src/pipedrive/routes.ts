import { type TargetId, targetId } from '../model/key.ts';
import type { TargetEntity, TargetValue } from '../model/target.ts';
import { entityPaths } from './paths.ts';

/** A request without its version and its price. */
export interface Route {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below `api/<version>/`. */
  readonly rest: string;
  /** What the body holds whatever the values are. */
  readonly fixed: Readonly<Record<string, unknown>>;
}

/** The id of a record below another one: unique in the account, though its own number may not be. */
export function idBelow(parent: string, own: string): TargetId {
  return targetId(`${parent}/${own}`);
}

/** The parent's id and the record's own of an id made by `idBelow`; a whole id is its own parent. */
export function idParts(id: TargetId): { readonly parent: string; readonly own: string } {
  const cut = id.lastIndexOf('/');
  return { parent: id.slice(0, Math.max(0, cut)), own: id.slice(cut + 1) };
}

/** The list below one parent. */
export function listBelow(entity: TargetEntity, parent: string): string {
  const { at, plural } = entityPaths[entity];
  return at.kind === 'below' ? `${at.parents}/${parent}/${plural}` : plural;
}

/** How a record is made. Its values hold the link that names its parent. */
export function createRoute(
  entity: TargetEntity,
  values: Readonly<Record<string, TargetValue | null>>,
): Route {
  const { at, plural } = entityPaths[entity];
  switch (at.kind) {
    case 'own':
      return { method: 'POST', rest: plural, fixed: {} };
    case 'below':
      return { method: 'POST', rest: listBelow(entity, String(values[at.link])), fixed: {} };
    case 'mark':
      return { method: 'PATCH', rest: `${plural}/${String(values[at.link])}`, fixed: { [at.member]: true } };
  }
}

/** The path of one record. */
export function onePath(entity: TargetEntity, id: TargetId): string {
  const { at, plural } = entityPaths[entity];
  if (at.kind !== 'below') return `${plural}/${id}`;
  const { parent, own } = idParts(id);
  return `${listBelow(entity, parent)}/${own}`;
}

/** How a record is changed. */
export function updateRoute(entity: TargetEntity, id: TargetId): Route {
  return { method: entityPaths[entity].update, rest: onePath(entity, id), fixed: {} };
}

/** How a record is taken away: a mark is set back. */
export function removeRoute(entity: TargetEntity, id: TargetId): Route {
  const { at } = entityPaths[entity];
  const rest = onePath(entity, id);
  if (at.kind !== 'mark') return { method: 'DELETE', rest, fixed: {} };
  return { method: 'PATCH', rest, fixed: { [at.member]: false } };
}
