import { z } from 'zod';
import type { Account } from './account.ts';
import { checkedValues } from './module-api/routes.ts';
import type { Module } from './schema/module.ts';
import { moduleOf } from './schema/schema.ts';
import type { Cell, Row } from './world/row.ts';

const rows = z.record(z.string(), z.array(z.record(z.string(), z.json())));
const ids = z.record(z.string(), z.array(z.int()));

const seedBody = z.strictObject({
  /** Begins anew with this world; what follows is done to it. */
  world: z.string().optional(),
  seed: z.int().optional(),
  records: z.int().min(0).optional(),
  /** Records to add, by the key of their module. */
  insert: rows.optional(),
  /** Records to change: their id and what becomes of them. */
  update: rows.optional(),
  /** Ids of records to mark as deleted, by module. */
  remove: ids.optional(),
  /** Ids of records to take out without a trace. */
  erase: ids.optional(),
});

/** What `seed` takes. */
export type SeedBody = z.infer<typeof seedBody>;

/** Reads a seed. Throws with a sentence for the caller. */
export function parseSeed(body: unknown): SeedBody {
  const parsed = seedBody.safeParse(body);
  if (!parsed.success) throw new Error(`not a seed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function moduleFor(key: string): Module {
  const module = moduleOf(key);
  if (!module) throw new Error(`there is no module ${key}; modules go by their keys`);
  return module;
}

function rowFor(account: Account, module: Module, id: unknown): Row {
  const row = typeof id === 'number' ? account.find(module, id) : undefined;
  if (!row) throw new Error(`${module.key} has no record ${String(id)}`);
  return row;
}

/** Adds, changes and deletes records, free of limits; answers the ids of the added ones by module. */
export function seedRecords(account: Account, seed: SeedBody): Record<string, number[]> {
  const added: Record<string, number[]> = {};
  for (const [key, list] of Object.entries(seed.insert ?? {})) {
    const module = moduleFor(key);
    added[key] = list.map(
      (values) => account.insert(module, checkedValues(module, values as Record<string, Cell>)).id,
    );
  }
  for (const [key, list] of Object.entries(seed.update ?? {})) {
    const module = moduleFor(key);
    for (const values of list)
      account.update(
        module,
        rowFor(account, module, values.id),
        checkedValues(module, values as Record<string, Cell>),
      );
  }
  for (const [key, list] of Object.entries(seed.remove ?? {}))
    for (const id of list) account.remove(moduleFor(key), rowFor(account, moduleFor(key), id));
  for (const [key, list] of Object.entries(seed.erase ?? {}))
    for (const id of list) account.erase(moduleFor(key), rowFor(account, moduleFor(key), id).id);
  return added;
}
