import type { Account } from '../account.ts';
import { schemaRefusal } from '../refusal.ts';
import type { Table } from '../table.ts';

/** Something that has a place among others. */
interface Ordered {
  readonly id: number;
  readonly order_nr: number;
}

/** By their places, first one first. */
export function byOrder(a: Ordered, b: Ordered): number {
  return a.order_nr - b.order_nr || a.id - b.id;
}

/** Throws 400 when the place is over `most`. Published: between 1 and the number of the others + 1. */
export function assertPlace(place: number | undefined, most: number): void {
  if (place === undefined || place <= most) return;
  throw schemaRefusal([{ key: 'order_nr', text: `must be between 1 and ${most}` }]);
}

/**
 * Puts the record in at its place and numbers the others around it 1, 2, 3 ... `others` are those of the same parent
 * without the record itself, in order.
 */
export function keepAt<T extends Ordered>(
  account: Account,
  table: Table<T>,
  others: readonly T[],
  record: T,
  place: number,
): T {
  const placed = { ...record, order_nr: place };
  const all = [...others.slice(0, place - 1), placed, ...others.slice(place - 1)];
  for (const [index, each] of all.entries())
    if (each !== placed && each.order_nr !== index + 1)
      account.state.keep(table, { ...each, order_nr: index + 1 });
  return account.state.keep(table, placed);
}
