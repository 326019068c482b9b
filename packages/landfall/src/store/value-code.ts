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
