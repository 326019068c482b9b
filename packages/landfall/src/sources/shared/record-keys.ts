import { splitAddresses } from '../../mapping/email-address.ts';
import { parentValue } from '../../mapping/gather.ts';
import { lookupKeys } from '../../mapping/key.ts';
import type { LookupKey, ParentKey } from '../../model/source.ts';

/** Adds what a text lets a record be found by, each key once; a text with several addresses gives all of them. */
export function addLookupKeys(found: LookupKey[], kind: LookupKey['kind'], text: string): void {
  if (text === '') return;
  const parts = kind === 'email' ? splitAddresses(text) : [text];
  for (const part of parts) {
    for (const key of lookupKeys(kind, part)) {
      if (!found.some((other) => other.kind === kind && other.value === key.value)) found.push(key);
    }
  }
}

/** How the record that the field `by` names by this id finds the one below it; none without an id. */
export function parentKeys(by: string, id: string): readonly ParentKey[] {
  const value = parentValue(by, id);
  return value === null ? [] : [{ kind: 'parent', value }];
}
