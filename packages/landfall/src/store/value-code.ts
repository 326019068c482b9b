import type { SqlValue } from './connection.ts';
import { decodeText, encodeText, isStorableText } from './text-code.ts';

/** A value as it goes into a database. */
export function encodeValue(value: SqlValue): SqlValue {
  return typeof value === 'string' ? encodeText(value) : value;
}

/** A row as it goes into a database; most rows can go as they are, and are not copied. */
export function encodeRow(row: readonly SqlValue[]): SqlValue[] {
  const isStorable = row.every((value) => typeof value !== 'string' || isStorableText(value));
  return isStorable ? (row as SqlValue[]) : row.map(encodeValue);
}

/** Rows that came out as lists of values, made into objects, their texts put right. */
export function rowsOfLists<R extends object>(names: readonly string[], lists: readonly SqlValue[][]): R[] {
  return lists.map((values) => {
    const row: Record<string, SqlValue> = {};
    for (let place = 0; place < names.length; place += 1) {
      const name = names[place] as string;
      const value = values[place] ?? null;
      row[name] = typeof value === 'string' ? decodeText(value) : value;
    }
    return row as R;
  });
}

/** Rows as they came out, their texts put right in place. */
export function decodeRows<R extends object>(rows: R[]): R[] {
  for (const row of rows as Record<string, unknown>[]) {
    for (const name in row) {
      const value = row[name];
      if (typeof value === 'string' && value.includes('\u001a')) row[name] = decodeText(value);
    }
  }
  return rows;
}
