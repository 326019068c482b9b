import { type Document, isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { MigrationError } from '../model/error.ts';
import type { LeftOut, MappingRow, NewField } from '../model/mapping.ts';
import { parseMappingDocument } from './document-parse.ts';
import { flattenShort, orderedRow, yamlFormat } from './document-render.ts';

/** Names an entity mapping: by its place among `entities`, from 0. */
export type EntityIndex = number;

/** A change that a program makes to `mapping.yaml`. */
export type MappingEdit =
  /** Puts the row in the place of the one with the same `to`, or after the last. */
  | { readonly kind: 'setRow'; readonly entity: EntityIndex; readonly row: MappingRow }
  | { readonly kind: 'removeRow'; readonly entity: EntityIndex; readonly to: string }
  /** Adds a custom field, or changes the one of the same entity and name. */
  | { readonly kind: 'addField'; readonly field: NewField }
  /** Adds a decision to leave a source field, or changes its reason. */
  | { readonly kind: 'leave'; readonly left: LeftOut }
  | { readonly kind: 'unleave'; readonly entity: string; readonly field: string }
  /** Sets one line of a value table; makes the table when there is none. */
  | { readonly kind: 'setValue'; readonly table: string; readonly from: string; readonly to: string };

/** The text with one change; comments and order stay. Throws `mapping-wrong` when the text is no mapping. */
export function editMapping(text: string, edit: MappingEdit): string {
  const parsed = parseMappingDocument(text);
  if (!parsed.ok) {
    const [fault] = parsed.faults;
    throw new MigrationError('mapping-wrong', fault?.message ?? 'the mapping cannot be read', {
      at: `mapping.yaml:${fault?.line ?? 1}`,
    });
  }
  apply(parsed.document, edit);
  return parsed.document.toString(yamlFormat);
}

function apply(document: Document.Parsed, edit: MappingEdit): void {
  switch (edit.kind) {
    case 'setRow': {
      const rows = listAt(document, ['entities', edit.entity, 'rows']);
      put(document, rows, orderedRow(edit.row), (item) => item.get('to') === edit.row.to);
      break;
    }
    case 'removeRow': {
      const rows = listAt(document, ['entities', edit.entity, 'rows']);
      remove(rows, (item) => item.get('to') === edit.to);
      break;
    }
    case 'addField': {
      const { entity, name } = edit.field;
      const same = (item: YAMLMap) => item.get('entity') === entity && item.get('name') === name;
      put(document, listAt(document, ['fields']), { ...edit.field }, same);
      break;
    }
    case 'leave': {
      const { entity, field, when } = edit.left;
      // a decision about some records is another one than that about all
      const same = (item: YAMLMap) =>
        item.get('entity') === entity &&
        item.get('field') === field &&
        item.has('when') === (when !== undefined);
      put(document, listAt(document, ['leave']), { ...edit.left }, same);
      break;
    }
    case 'unleave': {
      const same = (item: YAMLMap) =>
        item.get('entity') === edit.entity && item.get('field') === edit.field && !item.has('when');
      remove(listAt(document, ['leave']), same);
      break;
    }
    case 'setValue':
      setValue(document, edit.table, edit.from, edit.to);
  }
}

/** The list at a place; an absent one (or the `[]` of an empty section) is made. */
function listAt(document: Document.Parsed, path: readonly (string | number)[]): YAMLSeq {
  const known = document.getIn(path, true);
  if (isSeq(known)) {
    if (known.items.length === 0) known.flow = false;
    return known;
  }
  if (path.length > 1) {
    throw new MigrationError('mapping-wrong', `there is no ${path.join('.')}`, { at: 'mapping.yaml' });
  }
  document.setIn(path, document.createNode([]));
  const made = document.getIn(path, true) as YAMLSeq;
  made.flow = false;
  return made;
}

function put(
  document: Document.Parsed,
  list: YAMLSeq,
  value: Record<string, unknown>,
  same: (item: YAMLMap) => boolean,
): void {
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  if (!isMap(node)) return;
  flattenShort(node);
  const index = list.items.findIndex((item) => isMap(item) && same(item));
  const known = list.items[index];
  if (!isMap(known)) {
    list.add(node);
    return;
  }
  merge(known, node);
}

/** Takes over values key by key, so that comments beside them stay. */
function merge(known: YAMLMap, wanted: YAMLMap): void {
  const names = new Set(wanted.items.map((pair) => keyText(pair.key)));
  known.items = known.items.filter((pair) => names.has(keyText(pair.key)));
  for (const pair of wanted.items) {
    const before = known.items.find((item) => keyText(item.key) === keyText(pair.key));
    if (before === undefined) known.add(pair);
    else if (JSON.stringify(before.value) !== JSON.stringify(pair.value)) {
      const comment = isScalar(before.value) ? before.value.comment : undefined;
      before.value = pair.value;
      if (comment !== undefined && isScalar(before.value)) before.value.comment = comment;
    }
  }
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function remove(list: YAMLSeq, same: (item: YAMLMap) => boolean): void {
  list.items = list.items.filter((item) => !(isMap(item) && same(item)));
  if (list.items.length === 0) list.flow = true;
}

function setValue(document: Document.Parsed, table: string, from: string, to: string): void {
  const tables = document.getIn(['values'], true);
  if (isMap(tables) && tables.items.length === 0) tables.flow = false;
  const known = document.getIn(['values', table], true);
  if (isMap(known) && known.items.length === 0) known.flow = false;
  if (!isMap(known)) document.setIn(['values', table], document.createNode({}));
  document.setIn(['values', table, from], to);
}
