import { headerResolver } from '../mapping/compile.ts';
import type { EntityMapping, Mapping, MappingRow } from '../model/mapping.ts';
import type { SourceCatalog, SourceValue } from '../model/source.ts';
import type { StagedRecord } from '../model/store.ts';

/** The target entity that holds bytes. */
export const file = 'file';
/** Its field with the bytes, as mapping rows name it. */
export const content = 'file.content';

/** An entity whose records may have a file, and what the mapping makes of it. */
export interface FileHolder {
  readonly entity: string;
  /** The exact name of a field that the mapping names by its standard name. */
  resolve(name: string): string;
  /** Its fields that refer to bytes. */
  readonly references: readonly string[];
  /** Those that make files of it. */
  readonly mappings: readonly EntityMapping[];
  /** Those that make something else of it: a note that says where the file lies. */
  readonly others: readonly EntityMapping[];
}

/** The entities whose records may have files: by a field that refers to bytes, or by the mapping. */
export function fileHolders(catalog: SourceCatalog, mapping: Mapping | null): readonly FileHolder[] {
  const entities = mapping?.entities ?? [];
  return catalog.entities
    .map(({ name, fields, ...rest }) => ({
      entity: name,
      resolve: headerResolver({ name, fields, ...rest }),
      references: fields.filter(({ type }) => type === file).map((field) => field.name),
      mappings: entities.filter(({ from, to }) => from === name && to === file),
      others: entities.filter(({ from, to }) => from === name && to !== file),
    }))
    .filter(({ references, mappings }) => references.length > 0 || mappings.length > 0);
}

/** Whether a record names a file. */
export function hasFile({ references, mappings, resolve }: FileHolder, { fields }: StagedRecord): boolean {
  const named = references.length > 0 ? references : mappings.flatMap((one) => headersOf(one.rows));
  return named.some((name) => textOf(fields[resolve(name)]) !== '');
}

/** Name (else reference) and size as the source writes them, by the fields the mapping takes them from. */
export function toldOf(
  { references, mappings, resolve }: FileHolder,
  { fields }: StagedRecord,
): readonly [string, string] {
  const [headers] = mappings.map((mapping) => headersOf(mapping.rows)).filter((list) => list.length > 1);
  const [reference = '', name = '', size = ''] = (headers ?? references).map((header) =>
    textOf(fields[resolve(header)]),
  );
  return [name === '' ? reference : name, size];
}

function headersOf(rows: readonly MappingRow[]): readonly string[] {
  const from = rows.find(({ to }) => to === content)?.from ?? [];
  return typeof from === 'string' ? [from] : from;
}

/** A source value as one text. */
export function textOf(value: SourceValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
