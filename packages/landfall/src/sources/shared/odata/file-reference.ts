import type { FileRule } from './odata-catalog.ts';

/** Where a file lies: what `binary` opens. */
export interface FileReference {
  readonly entity: string;
  readonly id: string;
  /** The field with the bytes. */
  readonly field: string;
  /** What the source says; null: nothing. */
  readonly sizeBytes: number | null;
  readonly mediaType: string | null;
  /** The id of the bytes, where several records share them; null: they are this record's alone. */
  readonly shared: string | null;
}

/** A file's reference as the text of a field: path, then what is said of the file. */
export function printReference({ entity, id, field, sizeBytes, mediaType, shared }: FileReference): string {
  const said = new URLSearchParams();
  if (sizeBytes !== null) said.set('bytes', String(sizeBytes));
  if (mediaType !== null && mediaType !== '') said.set('type', mediaType);
  if (shared !== null) said.set('shared', shared);
  return `${entity}/${id}/${field}${said.size === 0 ? '' : `?${said}`}`;
}

/** Reads a reference; null when the text is none. */
export function parseReference(text: string): FileReference | null {
  const found = /^([a-z0-9_]+)\/([0-9a-f-]{36})\/([a-z0-9_]+)(?:\?(.*))?$/i.exec(text);
  if (found === null) return null;
  const [, entity = '', id = '', field = '', query = ''] = found;
  const said = new URLSearchParams(query);
  const bytes = said.get('bytes');
  return {
    entity,
    id,
    field,
    sizeBytes: bytes === null || !/^\d+$/.test(bytes) ? null : Number(bytes),
    mediaType: said.get('type'),
    shared: said.get('shared'),
  };
}

/** The reference of a record's file; null when it has none. */
export function referenceOf(
  rule: FileRule,
  entity: string,
  id: string,
  textOf: (field: string) => string,
  parentType: string,
): string | null {
  const size = textOf(rule.sizeBytes);
  const said = {
    sizeBytes: /^\d+$/.test(size) ? Number(size) : null,
    mediaType: textOf(rule.mediaType) || null,
    shared: (rule.shared === undefined ? '' : textOf(rule.shared)) || null,
  };
  if (rule.parent !== undefined) {
    const parent = textOf(rule.parent.reference);
    const field = textOf(rule.parent.field);
    if (parent === '' || field === '' || parentType === '') return null;
    return printReference({ entity: parentType, id: parent, field, ...said });
  }
  if (rule.body === null) return null;
  return textOf('filename') === '' ? null : printReference({ entity, id, field: rule.body, ...said });
}
