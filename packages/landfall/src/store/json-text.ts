import { damagedRow } from './trouble.ts';

/** Reads a stored JSON text. Throws `store-unusable` when it is damaged; `what` says which. */
export function parseStored<T>(text: string, what: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw damagedRow(what, error);
  }
}

/** Reads a stored JSON object whose names come from outside: without a prototype, so that `__proto__` is a name like any other. */
export function parseNames<T extends object>(text: string, what: string): T {
  return Object.setPrototypeOf(parseStored<T>(text, what), null) as T;
}
