import { hash } from 'node:crypto';
import type { TableRow } from '../../../files/table.ts';
import { sourceKey } from '../../../model/key.ts';
import type { LookupKey, ParentKey, SourceRecord } from '../../../model/source.ts';
import { addLookupKeys, parentKeys } from '../record-keys.ts';
import type { LookupRule } from './export-catalog.ts';
import { KeySet } from './key-set.ts';
import type { KnownTable } from './known-table.ts';

interface LookupColumns {
  readonly kind: LookupRule['kind'];
  readonly columns: readonly number[];
  /** The standard fields of the columns. */
  readonly names: readonly string[];
  readonly join: boolean;
}

/**
 * Makes records of rows. Records without an id of their own are named by their natural key, else by their
 * content; of several alike the second is `#2`, so rows must come from the first table's first row on.
 */
export class RecordBuilder {
  readonly #named = new KeySet();
  /** Only names that were met more than once. */
  readonly #repeats = new Map<string, number>();

  /** The maker of one table's records. */
  forTable(known: KnownTable): (row: TableRow) => SourceRecord {
    const { entity } = known.recognised;
    const columnOf = (standard: string) => known.recognised.standards.indexOf(standard);
    const idColumn = columnOf(entity.id);
    const natural = entity.naturalKey.map(columnOf).filter((at) => at !== -1);
    const lookups = entity.lookups.map((rule) => lookupColumns(rule, columnOf));
    return (row) => {
      const own = (row.cells[idColumn] ?? '').trim();
      const id = own === '' ? this.#nameOf(row, natural) : own;
      return {
        entity: entity.name,
        key: sourceKey(entity.name, id),
        fields: fieldsOf(known.names, row),
        position: positionOf(known, row.line),
        lookup: lookupsOf(lookups, row, id),
      };
    };
  }

  #nameOf({ cells }: TableRow, natural: readonly number[]): string {
    const name = natural
      .map((at) => (cells[at] ?? '').trim())
      .filter((part) => part !== '')
      .join(' | ');
    const base = name === '' ? `row-${hash('sha256', JSON.stringify(cells)).slice(0, 20)}` : name;
    if (this.#named.add(base)) return base;
    const occurrence = (this.#repeats.get(base) ?? 1) + 1;
    this.#repeats.set(base, occurrence);
    return `${base}#${occurrence}`;
  }
}

/** True when the ids of this table's records depend on the rows before them. */
export function countsOccurrences({ recognised }: KnownTable): boolean {
  return !recognised.standards.includes(recognised.entity.id);
}

/** Where a row stands, for people: `contacts.csv:812`. */
export function positionOf(known: KnownTable, line: number): string {
  return `${known.title}:${line}`;
}

function lookupColumns(rule: LookupRule, columnOf: (standard: string) => number): LookupColumns {
  const names = rule.from.filter((name) => columnOf(name) !== -1);
  const cut = rule.join === true && names.length < rule.from.length;
  return {
    kind: rule.kind,
    columns: cut ? [] : names.map(columnOf),
    names,
    join: rule.join === true,
  };
}

/** What fields inherit: nothing. Objects below it are faster to fill and to write than those of `Object.create(null)`. */
const bare = Object.freeze(Object.create(null));

function fieldsOf(names: readonly string[], { cells }: TableRow): SourceRecord['fields'] {
  const fields: Record<string, string> = Object.create(bare);
  for (let at = 0; at < names.length; at += 1) fields[names[at] as string] = cells[at] ?? '';
  return fields;
}

/** What the record is found by beside its own id. */
function lookupsOf(rules: readonly LookupColumns[], { cells }: TableRow, id: string): SourceRecord['lookup'] {
  const found: LookupKey[] = [];
  const parents: ParentKey[] = [];
  for (const { kind, columns, names, join } of rules) {
    if (kind === 'parent')
      parents.push(...names.flatMap((name, at) => parentKeys(name, cells[columns[at] ?? -1] ?? '')));
    else if (join) addLookupKeys(found, kind, columns.map((at) => cells[at] ?? '').join(' '));
    else for (const at of columns) addLookupKeys(found, kind, cells[at] ?? '');
  }
  const others = found.some((key) => isOwn(key, id)) ? found.filter((key) => !isOwn(key, id)) : found;
  return parents.length === 0 ? others : [...others, ...parents];
}

function isOwn({ kind, value }: LookupKey, id: string): boolean {
  return kind === 'id' && value === id;
}
