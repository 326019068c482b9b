import { schemaRefusal } from './refusal.ts';

/** The order of a v2 list, as `sort_direction` names it. */
export type Direction = 'asc' | 'desc';

/** Where the next page of a v2 list starts: at this item, in this order. */
export interface Cursor {
  readonly field: string;
  readonly fieldValue: number | string;
  readonly sortDirection: Direction;
  readonly id: number;
}

/** The cursor as the vendor writes it: base64url of JSON. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');
}

/** Reads a cursor. Throws 400 for anything that is none, or that belongs to a list in another order. */
export function decodeCursor(text: string, field: string, direction: Direction): Cursor {
  const wrong = schemaRefusal([{ key: 'cursor', text: 'is not a cursor of this list' }]);
  let value: Partial<Cursor> | null;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Cursor> | null;
  } catch {
    throw wrong;
  }
  const { field: by, fieldValue, sortDirection, id } = value ?? {};
  if (by !== field || sortDirection !== direction || typeof id !== 'number') throw wrong;
  if (typeof fieldValue !== 'number' && typeof fieldValue !== 'string') throw wrong;
  return { field: by, fieldValue, sortDirection, id };
}
