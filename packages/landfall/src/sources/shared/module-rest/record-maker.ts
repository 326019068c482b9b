import { sourceText } from '../../../mapping/source-text.ts';
import { sourceKey } from '../../../model/key.ts';
import type { LookupKey, SourceRecord, SourceValue } from '../../../model/source.ts';
import { isTurkishId } from '../export-files/sensitive.ts';
import { addLookupKeys, parentKeys } from '../record-keys.ts';
import { type Directory, personOf } from './directory.ts';
import { isObject, type Json, memberAt, plainText } from './member.ts';
import { minutesBetween } from './minutes-between.ts';
import type { PlannedField, PlannedModule } from './module-plan.ts';
import type { KeyRule, Reading } from './rest-catalog.ts';

/** What records are made with. */
export interface Surroundings {
  readonly directory: Directory;
  /** The entity of a module's number; '' for one that is not known. */
  entityOf(moduleNumber: string): string;
  /** The name of a record by entity and id; '' when it is not known. */
  nameOf(entity: string, id: string): string;
  /** What opens the bytes of a file that lies at a path and has an id; '' when nothing does. */
  fileOf(path: string, id: string): string;
}

/** Names of the fields that stand beside a field. */
export const beside = {
  /** The id behind a name. */
  id: (name: string) => `${name} ID`,
  /** The tags of one group. */
  group: (name: string, group: string) => `${name}: ${group}`,
} as const;

type Fields = Record<string, SourceValue>;

/** Makes the record of a row; null when the row has no id. Empty values are left out. */
export function recordMaker(
  module: PlannedModule,
  idMember: string,
  surroundings: Surroundings,
): (row: Json) => SourceRecord | null {
  const puts = module.fields.map((field) => putter(field, surroundings));
  const parents = module.fields.filter(({ type, many }) => type === 'reference' && !many);
  return (given) => {
    // A field may be called as something that every object has (`constructor`): only the row's own members count.
    const row: Json = Object.assign(Object.create(null), given);
    const id = plainText(row[idMember]);
    if (id === '') return null;
    const fields: Fields = Object.create(null);
    for (const put of puts) put(row, fields);
    return {
      entity: module.key,
      key: sourceKey(module.key, id),
      fields,
      position: `${module.key}/${id}`,
      lookup: [
        ...keysOf(module, row, id),
        ...parents.flatMap(({ name, standard }) => parentKeys(standard ?? name, sourceText(fields[name]))),
      ],
    };
  };
}

type Put = (row: Json, fields: Fields) => void;

function putter(field: PlannedField, surroundings: Surroundings): Put {
  const { name, key, type, reading, options } = field;
  if (reading !== null) return readingPutter(field, reading, surroundings);
  if (type === 'owner')
    return (row, fields) => {
      const ids = idsOf(row[key]);
      put(fields, name, ids.map((id) => personOf(surroundings.directory, id)).join('; '));
      put(fields, beside.id(name), ids.join('; '));
    };
  if (type === 'tags') return tagPutter(field, surroundings.directory);
  if (options.size > 0 || type === 'choice' || type === 'choices')
    return (row, fields) => put(fields, name, labelled(row[key], options));
  return (row, fields) => put(fields, name, jsonValue(row[key]));
}

function readingPutter(field: PlannedField, reading: Reading, surroundings: Surroundings): Put {
  const { name, key } = field;
  const { directory } = surroundings;
  switch (reading.as) {
    case 'parent':
      return (row, fields) => {
        put(fields, name, plainText(row[key]));
        put(fields, reading.type, surroundings.entityOf(plainText(row[reading.module])));
      };
    case 'pipeline':
      return (row, fields) => {
        const id = plainText(row[key]);
        put(fields, beside.id(name), id);
        put(fields, name, directory.pipelineNames.get(id) ?? id);
      };
    case 'stage':
      return (row, fields) => {
        const id = plainText(row[key]);
        const place = directory.places.get(id);
        put(fields, beside.id(name), id);
        put(fields, name, place?.stage ?? id);
        put(fields, `${name} Outcome`, place?.outcome ?? '');
      };
    case 'names':
      return (row, fields) => {
        const [entity = ''] = field.references;
        const ids = idsOf(row[key]);
        put(fields, name, ids.join('; '));
        put(fields, reading.standard, ids.map((id) => surroundings.nameOf(entity, id) || id).join('; '));
      };
    case 'typed':
      return typedPutter(field, reading);
    case 'guarded':
      return (row, fields) => {
        const text = plainText(row[key]);
        put(fields, isTurkishId(text) ? reading.personal : name, text);
      };
    case 'end':
      return (row, fields) => {
        const end = plainText(row[key]);
        put(fields, name, end);
        put(fields, reading.minutes, minutesBetween(plainText(row[reading.since]), end));
      };
    case 'lines':
      return (row, fields) => put(fields, name, linesOf(row[key], reading.cells, surroundings));
    case 'file':
      return (row, fields) => {
        const path = plainText(row[key]);
        put(fields, name, path);
        put(fields, reading.standard, surroundings.fileOf(path, plainText(row[reading.bytesAt])));
      };
  }
}

/** The primary one first; each type has a field of its own, what has none comes under `rest`. */
function typedPutter({ name, key }: PlannedField, { into, rest }: Extract<Reading, { as: 'typed' }>): Put {
  return (row, fields) => {
    const values = listOf(row[key]).map((value) =>
      isObject(value)
        ? { text: plainText(value.value), type: plainText(value.type), first: value.primary === true }
        : { text: plainText(value), type: '', first: false },
    );
    const filled = values
      .filter(({ text }) => text !== '')
      .toSorted((left, right) => Number(right.first) - Number(left.first));
    put(
      fields,
      name,
      filled.map(({ text }) => text),
    );
    for (const [type, standard] of [...Object.entries(into), [null, rest] as const])
      put(
        fields,
        standard,
        filled
          .filter((value) => (type === null ? !Object.hasOwn(into, value.type) : value.type === type))
          .map(({ text }) => text),
      );
  };
}

/** All tags, and once more those of each group: labels or fields, somebody decides. */
function tagPutter({ name, key }: PlannedField, { tagGroups }: Directory): Put {
  return (row, fields) => {
    const tags = listOf(row[key])
      .map(plainText)
      .filter((tag) => tag !== '');
    put(fields, name, tags);
    for (const group of new Set(tags.flatMap((tag) => tagGroups.get(tag) ?? [])))
      put(
        fields,
        beside.group(name, group),
        tags.filter((tag) => tagGroups.get(tag) === group),
      );
  };
}

/** A line for each row inside a record: `Kayış · 2 · 100`. Ids of records are named where their name is known. */
function linesOf(value: unknown, cells: readonly string[], surroundings: Surroundings): string[] {
  return listOf(value).map((line) =>
    cells
      .map((cell) => {
        const text = plainText(memberAt(line, cell));
        const [, entity = ''] = /^(.+)Id$/.exec(cell) ?? [];
        return entity === '' ? text : surroundings.nameOf(entity, text) || text;
      })
      .filter((text) => text !== '')
      .join(' · '),
  );
}

function labelled(value: unknown, options: ReadonlyMap<string, string>): SourceValue {
  if (Array.isArray(value)) return idsOf(value).map((id) => options.get(id) ?? id);
  const id = plainText(value);
  return options.get(id) ?? id;
}

function jsonValue(value: unknown): SourceValue {
  return value === undefined ? null : (value as SourceValue);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return value === null || value === undefined || value === '' ? [] : [value];
}

function idsOf(value: unknown): string[] {
  return listOf(value)
    .map(plainText)
    .filter((id) => id !== '');
}

function put(fields: Fields, name: string, value: SourceValue): void {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  fields[name] = value;
}

/** The business key, and what the catalog says a record is found by. */
function keysOf({ keys, numberField }: PlannedModule, row: Json, id: string): LookupKey[] {
  const found: LookupKey[] = [];
  for (const rule of [{ kind: 'id', from: [numberField] } as KeyRule, ...keys])
    for (const text of textsFor(rule, row)) addLookupKeys(found, rule.kind, text);
  return found.filter(({ kind, value }) => kind !== 'id' || value !== id);
}

function textsFor({ from, join }: KeyRule, row: Json): string[] {
  const texts = from.flatMap((member) =>
    listOf(row[member]).map((value) => (isObject(value) ? plainText(value.value) : plainText(value))),
  );
  return join === true ? [texts.join(' ').trim()] : texts;
}
