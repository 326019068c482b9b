import { idKey } from '../../../mapping/key.ts';
import { sourceKey } from '../../../model/key.ts';
import type { LookupKey, SourceRecord, SourceValue } from '../../../model/source.ts';
import { addLookupKeys, parentKeys } from '../record-keys.ts';
import type { Directory } from './directory.ts';
import { beside, processFields, standardNames } from './field-plan.ts';
import { referenceOf } from './file-reference.ts';
import type { ODataCatalog, StandardEntity } from './odata-catalog.ts';
import { type Place, rankedInstances } from './process-stages.ts';
import type { Attribute, ReadTable } from './table.ts';
import type { Row } from './web-api.ts';

const formatted = 'OData.Community.Display.V1.FormattedValue';
const leadsTo = 'Microsoft.Dynamics.CRM.lookuplogicalname';

/** The annotations that records are made with: the name behind a reference, and the entity it leads to. */
export const wantedAnnotations = `odata.include-annotations="${formatted},${leadsTo}"`;

/** The annotation of a property with the name behind it. */
export function formattedOf(property: string): string {
  return `${property}@${formatted}`;
}

/** The annotation of a property with the entity it leads to. */
export function leadsToOf(property: string): string {
  return `${property}@${leadsTo}`;
}

/** What the rows of a table are read with. */
export interface Surroundings {
  readonly directory: Directory;
  /** Where records of this table stand in a process, by id; empty where there is none. */
  readonly places: ReadonlyMap<string, Place>;
  /** Names of records by entity and id, for tables whose rows carry none. */
  readonly nameOf: (entity: string, id: string) => string;
}

type Fields = Record<string, SourceValue>;

/** Makes records of the rows of one table. Empty fields are left out; a row without an id gives null. */
export function recordMaker(
  table: ReadTable,
  catalog: ODataCatalog,
  surroundings: Surroundings,
): (row: Row) => SourceRecord | null {
  const standards = standardNames(table, catalog);
  const puts = table.attributes.map((attribute) =>
    putter(attribute, attribute.custom || standards.has(attribute.name), surroundings),
  );
  const parents = parentWords(table, catalog);
  return (row) => {
    const id = idOf(table, row);
    if (id === null) return null;
    const fields: Fields = Object.create(null);
    for (const put of puts) put(row, fields);
    if (table.standard?.file !== undefined) putFile(table.standard, id, row, fields);
    if (table.standard?.hasProcess === true) putProcess(table.standard, surroundings.places.get(id), fields);
    return {
      entity: table.name,
      key: sourceKey(table.name, id),
      fields,
      position: `${table.set}(${id})`,
      lookup: [
        ...lookupsOf(table.standard, fields),
        ...parents.flatMap(([field, word]) => parentKeys(word, textIn(fields, field))),
      ],
    };
  };
}

/** The id of a row in the form all links have it; null when it has none. */
function idOf({ idField }: ReadTable, row: Row): string | null {
  const id = row[idField];
  return typeof id === 'string' ? idKey(id) : null;
}

/**
 * Puts what one attribute says into the fields. Default switches that are off and default choices with one option
 * are in every row and say nothing, unless they are among those we know (`isKnown`).
 */
function putter(
  attribute: Attribute,
  isKnown: boolean,
  surroundings: Surroundings,
): (row: Row, fields: Fields) => void {
  const { name, property, kind, options } = attribute;
  const text = (row: Row) => plainText(row[property]);
  switch (kind) {
    case 'boolean':
      return (row, fields) => {
        const value = row[property];
        if (typeof value === 'boolean' && (value || isKnown)) fields[name] = String(value);
      };
    case 'wallTime':
      return (row, fields) => put(fields, name, text(row).replace(/Z$/, ''));
    case 'choice':
      if (!isKnown && options.size === 1) return () => undefined;
      return (row, fields) => {
        const code = text(row);
        put(fields, name, options.get(code) ?? code);
        put(fields, beside.code(name), code);
      };
    case 'choices':
      return (row, fields) => {
        const codes = text(row)
          .split(',')
          .filter((code) => code !== '');
        if (codes.length === 0) return;
        fields[name] = codes.map((code) => options.get(code) ?? code);
        fields[beside.code(name)] = codes;
      };
    case 'reference':
    case 'person':
    case 'currency':
      return referencePutter(attribute, surroundings);
    case 'body':
      return () => undefined;
    default:
      return name === 'exchangerate'
        ? ratePutter(surroundings.directory)
        : (row, fields) => put(fields, name, text(row));
  }
}

/** A rate says how many of the record's currency are one of the base currency, as it was when the row was written. */
function ratePutter({ baseCurrency }: Directory): (row: Row, fields: Fields) => void {
  return (row, fields) => {
    const rate = plainText(row.exchangerate);
    put(fields, 'exchangerate', rate);
    if (rate !== '' && baseCurrency !== null) fields[beside.baseCurrency('exchangerate')] = baseCurrency;
  };
}

function referencePutter(
  { name, property, kind, targets }: Attribute,
  { directory, nameOf }: Surroundings,
): (row: Row, fields: Fields) => void {
  const nameProperty = formattedOf(property);
  const typeProperty = leadsToOf(property);
  const only = targets.length === 1 ? (targets[0] ?? '') : '';
  return (row, fields) => {
    const value = row[property];
    const id = typeof value === 'string' ? idKey(value) : null;
    if (id === null) return;
    fields[name] = id;
    const entity = plainText(row[typeProperty]) || only;
    const read = plainText(row[nameProperty]);
    const known = directory.people.get(id)?.owner;
    if (kind === 'currency') put(fields, beside.code(name), directory.currencies.get(id) ?? '');
    else put(fields, beside.type(name), entity);
    put(fields, beside.name(name), known ?? (read === '' ? nameOf(entity, id) : read));
  };
}

function put(fields: Fields, name: string, text: string): void {
  if (text !== '') fields[name] = text;
}

/** Numbers come as texts; what is no plain value is given as JSON, so that nothing is lost. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function putFile({ name, file }: StandardEntity, id: string, row: Row, fields: Fields): void {
  if (file === undefined) return;
  const textOf = (field: string) => textIn(fields, field);
  const parentType = file.parent === undefined ? '' : textIn(fields, beside.type(file.parent.reference));
  const reference = referenceOf(file, name, id, textOf, parentType);
  // a note says whether it has a file; older ones have a name only
  if (row.isdocument === false && textOf(file.sizeBytes) === '') return;
  if (reference !== null) fields[file.body ?? 'File'] = reference;
}

/** Open instances count; without any, the record's own choice of a stage does, in a pipeline of its own. */
function putProcess({ stage }: StandardEntity, place: Place | undefined, fields: Fields): void {
  const [first, ...rest] = place === undefined ? [] : rankedInstances(place);
  if (first !== undefined) {
    fields[processFields.process] = first.stage.process;
    fields[processFields.stage] = first.stage.name;
    const others = rest.map(({ stage: other }) => `${other.process}: ${other.name}`);
    if (others.length > 0) fields[processFields.others] = [...new Set(others)];
  } else if (stage !== undefined) {
    fields[processFields.process] = stage.pipeline;
    const said = textIn(fields, stage.field) || textIn(fields, stage.text).replace(/^\d+\s*-\s*/, '');
    put(fields, processFields.stage, said);
  }
}

function textIn(fields: Readonly<Fields>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

function lookupsOf(standard: StandardEntity | null, fields: Readonly<Fields>): readonly LookupKey[] {
  const found: LookupKey[] = [];
  for (const { kind, from, join } of standard?.lookups ?? []) {
    const texts = from.map((field) => textIn(fields, field));
    for (const text of join === true ? [texts.join(' ').trim()] : texts) addLookupKeys(found, kind, text);
  }
  return found;
}

/** The references that name a parent: attribute and the name it goes by. */
function parentWords(table: ReadTable, catalog: ODataCatalog): readonly (readonly [string, string])[] {
  const names = standardNames(table, catalog);
  const own = table.standard === null ? undefined : (table.standard.parents ?? []);
  return table.attributes
    .filter(({ kind, type, name }) =>
      own === undefined
        ? kind === 'reference'
        : own.includes(name) && (kind === 'reference' || type === 'id'),
    )
    .map(({ name }) => [name, names.get(name) ?? name] as const);
}
