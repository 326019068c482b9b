import { splitAt } from './odata/options.ts';
import { badQuery } from './refusal.ts';

/** One part of a path: a name, and what stands in brackets behind it (null: no brackets). */
export interface Segment {
  readonly name: string;
  readonly key: string | null;
}

/** Splits the path below the API's root into its parts, decoded. Throws a refusal when its brackets do not match. */
export function parsePath(path: string): Segment[] {
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    throw badQuery(`The path '${path}' is not encoded as a URL must be.`);
  }
  return splitAt(text, '/')
    .filter((part) => part !== '')
    .map((part) => {
      const open = part.indexOf('(');
      return open < 0
        ? { name: part, key: null }
        : { name: part.slice(0, open), key: part.slice(open + 1, -1).trim() };
    });
}

/** The named values of brackets: `LogicalName='account'`, `EntityNames=@p1`. */
export function namedValues(key: string): ReadonlyMap<string, string> {
  const values = splitOutsideLists(key).map((part) => {
    const mark = part.indexOf('=');
    return [part.slice(0, mark).trim(), part.slice(mark + 1).trim()] as const;
  });
  return new Map(values);
}

/** Splits at commas outside of quotes and of `[...]`. */
function splitOutsideLists(text: string): string[] {
  return splitAt(text.replaceAll('[', '(').replaceAll(']', ')'), ',').filter((part) => part !== '');
}

/** A text without its quotes. */
export function unquoted(text: string): string {
  return /^'.*'$|^".*"$/s.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}
