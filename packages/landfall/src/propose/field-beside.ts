import { nameKey } from '../mapping/key.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { findEntity } from './field-index.ts';

/** What stands beside the references of an entity: the name of the record one leads to, and the entity it is of. */
export interface BesideReferences {
  /** `Deal` or `Deal Name` beside `Deal ID`. */
  readonly names: ReadonlyMap<SourceField, SourceField>;
  /** `Parent Type` beside `Parent ID`, with names of entities in it. */
  readonly types: ReadonlyMap<SourceField, SourceField>;
}

const nameEndings = ['', 'name', 'names'];
const typeEndings = ['type', 'entity'];

/** Asked for once for each of its fields. */
const known = new WeakMap<SourceEntity, BesideReferences>();

/** Finds what readers put beside references, by the names of the fields and by what they hold. */
export function besideReferences(entity: SourceEntity, catalog: SourceCatalog): BesideReferences {
  const before = known.get(entity);
  if (before !== undefined) return before;
  const byWord = wordIndex(entity);
  const names = new Map<SourceField, SourceField>();
  const types = new Map<SourceField, SourceField>();
  for (const reference of entity.fields.filter(({ type }) => type === 'reference')) {
    const near = (endings: readonly string[]) => fieldsNear(reference, endings, byWord);
    const name = near(nameEndings).find(({ filled }) => filled <= reference.filled);
    const isOwner = name?.type === 'owner';
    const said = near(typeEndings).find((field) => isOwner || saysEntities(field, reference, catalog));
    if (name !== undefined) names.set(reference, name);
    if (said !== undefined) types.set(reference, said);
  }
  const found = { names, types };
  known.set(entity, found);
  return found;
}

function wordIndex({ fields }: SourceEntity): ReadonlyMap<string, readonly SourceField[]> {
  const index = new Map<string, SourceField[]>();
  for (const field of fields) {
    if (field.type === 'reference' || field.type === 'id') continue;
    for (const word of wordsOf(field)) index.set(word, [...(index.get(word) ?? []), field]);
  }
  return index;
}

function fieldsNear(
  reference: SourceField,
  endings: readonly string[],
  byWord: ReadonlyMap<string, readonly SourceField[]>,
): readonly SourceField[] {
  return wordsOf(reference)
    .flatMap(stems)
    .flatMap((stem) => endings.flatMap((end) => byWord.get(stem + end) ?? []));
}

/** An account has an `Account Type` of its own: only entities in it make it say what a reference leads to. */
function saysEntities(field: SourceField, reference: SourceField, catalog: SourceCatalog): boolean {
  const names = new Set((reference.references ?? []).flatMap((name) => entityKeys(name, catalog)));
  return field.values.length > 0 && field.values.every(({ value }) => names.has(nameKey(value)));
}

function entityKeys(name: string, catalog: SourceCatalog): readonly (string | null)[] {
  const label = findEntity(catalog, name)?.label ?? name;
  return [nameKey(name), nameKey(label)];
}

function wordsOf({ name, standard }: SourceField): readonly string[] {
  const words = [name, standard ?? name].map((text) => (nameKey(text) ?? '').replaceAll(' ', ''));
  return [...new Set(words)].filter((word) => word !== '');
}

/** `Deal ID`, `deal_id` and `_dealid_value` are about a deal. */
function stems(word: string): readonly string[] {
  const bare = word.replace(/value$/, '');
  return [...new Set([word, bare, bare.replace(/ids?$/, '')])].filter((stem) => stem !== '');
}
