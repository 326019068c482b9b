import { z } from 'zod';
import { isGuid } from './guid.ts';
import { newId } from './records/new-id.ts';
import type { Organization } from './records/organization.ts';
import { readPayload } from './records/payload.ts';
import { SCHEMA, type Table } from './schema/schema.ts';

const rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

const seedBody = z.strictObject({
  /** Begins anew with this world; what follows is done to it. */
  world: z.string().optional(),
  seed: z.int().optional(),
  records: z.int().min(0).optional(),
  /** Records to add, by logical name of their table; with or without an id. */
  insert: rows.optional(),
  /** Records to change: their id and what becomes of them. */
  update: rows.optional(),
  /** Ids of records to delete, by table. */
  remove: z.record(z.string(), z.array(z.string())).optional(),
});

/** What `seed` takes. */
export type SeedBody = z.infer<typeof seedBody>;

/** Reads a seed. Throws with a sentence for the caller. */
export function parseSeed(body: unknown): SeedBody {
  const parsed = seedBody.safeParse(body);
  if (!parsed.success) throw new Error(`not a seed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function tableFor(name: string): Table {
  const table = SCHEMA.tables.get(name);
  if (!table) throw new Error(`there is no table ${name}; tables go by their logical names`);
  return table;
}

function rowFor(organization: Organization, table: Table, id: unknown): number {
  const row = typeof id === 'string' ? organization.find(table, id.toLowerCase()) : null;
  if (row === null) throw new Error(`${table.name} has no record ${String(id)}`);
  return row;
}

/** Adds, changes and deletes records, free of limits; answers the ids of the added ones by table. */
export function seedRecords(
  organization: Organization,
  { insert = {}, update = {}, remove = {} }: SeedBody,
): object {
  const ids: Record<string, string[]> = {};
  for (const [name, list] of Object.entries(insert)) {
    const table = tableFor(name);
    ids[name] = list.map((values) => {
      const given = values[table.key];
      const id = typeof given === 'string' && isGuid(given) ? given.toLowerCase() : newId(organization);
      organization.insert(table, id, readPayload(organization, table, values));
      return id;
    });
  }
  for (const [name, list] of Object.entries(update)) {
    const table = tableFor(name);
    for (const values of list)
      organization.update(
        table,
        rowFor(organization, table, values[table.key]),
        readPayload(organization, table, values),
      );
  }
  for (const [name, list] of Object.entries(remove))
    for (const id of list) organization.remove(tableFor(name), rowFor(organization, tableFor(name), id));
  return ids;
}
