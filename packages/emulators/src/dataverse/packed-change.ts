import type { Change } from './records/organization.ts';

/** A change as JSON. Whole numbers of 64 bits have no place in it: they are kept as `{ "$n": "1" }`. */
export function packed(change: Change): unknown {
  if (change.kind === 'delete') return change;
  const values = Object.fromEntries(
    Object.entries(change.values).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? { $n: String(value) } : value,
    ]),
  );
  return { ...change, values };
}

/** A change as it was before it was packed. */
export function unpacked(line: unknown): Change {
  const change = line as Change;
  if (change.kind === 'delete') return change;
  const values = Object.fromEntries(
    Object.entries(change.values).map(([name, value]) => {
      const number = typeof value === 'object' && value !== null && '$n' in value ? String(value.$n) : null;
      return [name, number === null ? value : BigInt(number)];
    }),
  );
  return { ...change, values };
}
