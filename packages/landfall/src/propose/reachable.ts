import { canonicalJson } from '../base/canonical.ts';
import type { EntityMapping, MappingRow } from '../model/mapping.ts';

/** A kept row, and whether it is only what is left of a row whose field is missing: its default value. */
export interface KeptRow {
  readonly row: MappingRow;
  readonly isDefault: boolean;
}

/** Fields that several rows fill together. */
const shared = /^(?:person\.(?:emails|phones)(?:\.|$)|[a-zA-Z]+\.block\.)/;

/**
 * The rows that can have a say. Templates hold rows for different exports: when fields are missing, some come out the
 * same, some lose their condition and would stand twice, and a left-over default gives way to any row that reads.
 */
export function reachableRows(kept: readonly KeptRow[]): readonly MappingRow[] {
  const alive = kept.filter(
    ({ row, isDefault }) => !isDefault || !kept.some((other) => other.row.to === row.to && !other.isDefault),
  );
  const seen = new Set<string>();
  const settled = new Set<string>();
  const rows: MappingRow[] = [];
  for (const { row } of alive) {
    const { to, from, value, via, onlyIf } = row;
    const same = canonicalJson([to, from, value, via, onlyIf]);
    if (seen.has(same) || (onlyIf === undefined && settled.has(to))) continue;
    seen.add(same);
    if (onlyIf === undefined && !shared.test(to)) settled.add(to);
    rows.push(row);
  }
  return rows;
}

/** The mappings that can be taken: one without a condition hides those of its entity and part that come after it. */
export function reachableMappings(mappings: readonly EntityMapping[]): readonly EntityMapping[] {
  const closed = new Set<string>();
  return mappings.filter(({ from, part, when }) => {
    const name = `${from}|${part ?? ''}`;
    if (closed.has(name)) return false;
    if (when === undefined) closed.add(name);
    return true;
  });
}
