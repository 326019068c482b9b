import { sha256 } from '../base/hash.ts';

declare const brand: unique symbol;

/** Names one record of the source: `<entity>:<source id>`. Unique within a migration. */
export type SourceKey = string & { readonly [brand]: 'SourceKey' };

/** The id of a record in the destination, as text (Pipedrive: an integer, or a UUID for leads). */
export type TargetId = string & { readonly [brand]: 'TargetId' };

/** Makes a source key of the source entity and the record's id as the source writes it. */
export function sourceKey(entity: string, id: string): SourceKey {
  return `${entity}:${id}` as SourceKey;
}

/** The source entity a key names. */
export function entityOfKey(key: SourceKey): string {
  return key.slice(0, key.indexOf(':'));
}

/** The source id a key names. */
export function idOfKey(key: SourceKey): string {
  return key.slice(key.indexOf(':') + 1);
}

/** Takes an id that came from the destination. */
export function targetId(id: string | number): TargetId {
  return String(id) as TargetId;
}

/** The custom field that holds the marker (decisions.md, Identity). */
export const markerFieldName = 'Landfall source key';

const markerMaxLength = 255;

/**
 * The marker that every created organization, person, product, lead and deal carries:
 * `<migration>:<system>:<entity>:<source id>`, and `#part` when a record makes several drafts.
 * Past 255 characters (Pipedrive's varchar) the tail is replaced by a hash.
 */
export function markerOf(migration: string, system: string, key: SourceKey, part: string): string {
  const text = `${migration}:${system}:${key}${part === '' ? '' : `#${part}`}`;
  if (text.length <= markerMaxLength) return text;
  return `${text.slice(0, markerMaxLength - 65)}~${sha256(text)}`;
}
