import type { Account } from '../account.ts';
import { SUBFIELDS } from '../builtin-fields.ts';
import type { FieldRecord } from '../records.ts';
import { BUILTIN_COLUMNS, type CellKind, CUSTOM_OWNER, ENTITY_ORDER } from './columns.ts';
import type { ImportedEntity } from './import-record.ts';

/** A column of the file and what it sets. */
export interface MappedColumn {
  /** Its place among the cells of a row, from 0. */
  readonly index: number;
  readonly header: string;
  readonly entity: ImportedEntity;
  readonly target: BuiltinTarget | CustomTarget;
}

interface BuiltinTarget {
  readonly key: string;
  readonly kind: CellKind;
  /** The label of an e-mail or phone, or the part of an address; otherwise null. */
  readonly part: string | null;
}

interface CustomTarget {
  readonly field: FieldRecord;
  /** The part of a value that has several (`value`, `until`, `currency`, a part of an address); otherwise null. */
  readonly part: string | null;
}

/** The columns that were understood, and the headers that were not. */
export interface Mapping {
  readonly columns: readonly MappedColumn[];
  readonly unmapped: readonly string[];
}

/**
 * Maps headers as the wizard does by itself: `Entity - Field`, whatever the case. `chosen` says what a person chose
 * for a header: such a name, or null to leave it out. Throws a sentence for a choice that there is not, two columns
 * for one thing, and leads beside deals.
 */
export function mapHeaders(
  account: Account,
  header: readonly string[],
  chosen: Readonly<Record<string, string | null>>,
): Mapping {
  const columns: MappedColumn[] = [];
  const unmapped: string[] = [];
  for (const [index, name] of header.entries()) {
    const wanted = chosen[name] === undefined ? name : chosen[name];
    const found = wanted === null ? null : targetOf(account, wanted);
    if (found) columns.push({ index, header: name, ...found });
    else if (typeof chosen[name] === 'string')
      throw new Error(`column ${name}: there is no ${chosen[name]} to import into`);
    else unmapped.push(name);
  }
  assertMapping(columns);
  return { columns, unmapped };
}

function assertMapping(columns: readonly MappedColumn[]): void {
  const first = new Map<string, string>();
  for (const { entity, target, header } of columns) {
    const what = 'field' in target ? target.field.code : target.key;
    const place = `${entity} ${what} ${target.part ?? ''}`;
    const other = first.get(place);
    if (other !== undefined) throw new Error(`columns ${other} and ${header} go to the same field`);
    first.set(place, header);
  }
  const kinds = new Set(columns.map(({ entity }) => entity));
  if (kinds.size === 0)
    throw new Error('no column was understood; name them Entity - Field, e.g. Organization - Name');
  // Published: "leads or deals".
  if (kinds.has('deal') && kinds.has('lead')) throw new Error('one file carries deals or leads, not both');
}

function targetOf(account: Account, wanted: string): Pick<MappedColumn, 'entity' | 'target'> | null {
  const [entityName = '', ...rest] = wanted.split(' - ').map((part) => part.trim());
  const entity = ENTITY_ORDER.find((each) => same(each, entityName));
  const name = rest.join(' - ');
  if (!entity || name === '') return null;
  const target = builtinTarget(entity, name) ?? customTarget(account, entity, name);
  return target && { entity, target };
}

function builtinTarget(entity: ImportedEntity, name: string): BuiltinTarget | null {
  for (const { names, key, kind } of BUILTIN_COLUMNS[entity]) {
    if (names.some((each) => same(each, name))) return { key, kind, part: null };
    if (kind === 'emails' || kind === 'phones') {
      const [own = '', label, more] = name.split(' - ');
      if (label !== undefined && more === undefined && names.some((each) => same(each, own)))
        return { key, kind, part: label.toLowerCase() };
    }
    if (kind === 'address') {
      const part = partOf('address', names, name);
      if (part) return { key, kind, part };
    }
  }
  return null;
}

function customTarget(account: Account, entity: ImportedEntity, name: string): CustomTarget | null {
  const owner = CUSTOM_OWNER[entity];
  if (owner === null) return null;
  const fields = [...(account.state.fieldsByCode.get(owner)?.values() ?? [])].filter(({ custom }) => custom);
  const whole = fields.find((field) => same(field.name, name));
  if (whole) return { field: whole, part: null };
  for (const field of fields) {
    const part = partOf(field.type, [field.name], name);
    if (part) return { field, part };
  }
  return null;
}

/** `End date of Warranty`: the part of a field that has parts, in the words that the fields' list uses. */
function partOf(type: string, names: readonly string[], wanted: string): string | null {
  for (const { code, name } of SUBFIELDS[type] ?? [])
    if (names.some((each) => same(`${name} of ${each}`, wanted))) return code;
  return null;
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
