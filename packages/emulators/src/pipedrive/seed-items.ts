import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** A seeded record: a create body, checked by whoever makes the record. */
export const record = z.record(z.string(), z.unknown());
/** A list of them; absent is none. */
export const records = z.array(record).default([]);

/** Makes one record of each item; names the item that is refused. */
export function each<T>(
  kind: string,
  items: readonly Record<string, unknown>[],
  make: (item: Record<string, unknown>) => T,
): T[] {
  return items.map((item, index) => {
    try {
      return make(item);
    } catch (error) {
      if (error instanceof Refusal) throw new Error(`${kind}[${index}]: ${error.message}`, { cause: error });
      throw error;
    }
  });
}
