import type { Organization } from '../records/organization.ts';
import { SCHEMA, type Table } from '../schema/schema.ts';

/** The set name of a table now: it can be changed while the emulator runs. */
export function setOf({ switches }: Organization, table: Table): string {
  return switches.renamedSets[table.name] ?? table.set;
}

/** The table behind a set name; null: there is none. */
export function tableOfSet({ switches }: Organization, set: string): Table | null {
  for (const [name, renamed] of Object.entries(switches.renamedSets))
    if (renamed === set) return SCHEMA.tables.get(name) ?? null;
  const table = SCHEMA.bySet.get(set);
  return table && switches.renamedSets[table.name] === undefined ? table : null;
}
