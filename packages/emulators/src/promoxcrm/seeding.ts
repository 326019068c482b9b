import { z } from 'zod';
import type { Account } from './account.ts';

const rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

const seedBody = z.strictObject({
  /** Begins anew with this world; what follows is done to it. */
  world: z.string().optional(),
  seed: z.int().optional(),
  records: z.int().min(0).optional(),
  /** Records to add or change, by resource; without an id they get one. */
  put: rows.optional(),
  /** Ids of records to take away, by resource. */
  remove: z.record(z.string(), z.array(z.union([z.string(), z.number()]))).optional(),
});

/** What `seed` takes. */
export type SeedBody = z.infer<typeof seedBody>;

/** Reads a seed. Throws with a sentence for the caller. */
export function parseSeed(body: unknown): SeedBody {
  const parsed = seedBody.safeParse(body);
  if (!parsed.success) throw new Error(`not a seed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Adds, changes and takes away records; answers the ids of those that were put, by resource. */
export function seedRecords(account: Account, { put = {}, remove = {} }: SeedBody, nowMs: number): object {
  const now = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const ids = Object.fromEntries(
    Object.entries(put).map(([resource, list]) => [
      resource,
      list.map((values) => account.put(resource, values, now)),
    ]),
  );
  for (const [resource, list] of Object.entries(remove)) for (const id of list) account.remove(resource, id);
  return ids;
}
