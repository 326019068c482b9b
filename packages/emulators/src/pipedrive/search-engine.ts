import { type Account, isLive, liveLink } from './account.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { page, type Reply } from './exchange-context.ts';
import { pageSize, type Query } from './query.ts';
import type { CustomValues, FieldEntity, NoteRecord } from './records.ts';
import { schemaRefusal } from './refusal.ts';

/** Custom fields of these types are searched. */
const SEARCHABLE = new Set(['address', 'varchar', 'text', 'varchar_auto', 'double', 'monetary', 'phone']);

/** Something that a search may find: how it is shown, and its texts by the name of the searched field. */
export interface SearchItem {
  readonly item: Readonly<Record<string, unknown>>;
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

/** The parameters of a page of results. */
export const SEARCH_PAGING = { limit: 'id', cursor: 'text' } as const;
/** The parameters that all searches of items share. */
export const SEARCH_QUERY = { term: 'text', exact_match: 'bool', ...SEARCH_PAGING } as const;

/** The items that the term of a query is found in, in their order. Throws 400 for a term that is too short. */
export function foundItems(
  term: string | undefined,
  exact: boolean,
  fields: readonly string[] | undefined,
  items: Iterable<SearchItem>,
): readonly Readonly<Record<string, unknown>>[] {
  const wanted = termOf(term, exact).toLowerCase();
  const matches = (text: string) =>
    exact ? text.toLowerCase() === wanted : text.toLowerCase().includes(wanted);
  const found: Readonly<Record<string, unknown>>[] = [];
  for (const { item, texts } of items)
    if ((fields ?? Object.keys(texts)).some((field) => texts[field]?.some(matches) === true))
      found.push({ result_score: exact ? 1 : 0.5, item });
  return found;
}

/** One page of what a v2 search finds, at most `most` items. */
export function searchAnswer(
  account: Account,
  query: Query,
  most: number,
  items: Iterable<SearchItem>,
): Reply {
  const exact = query.bool('exact_match') === true;
  return searchPage(
    account,
    query,
    most,
    foundItems(query.text('term'), exact, query.list('fields'), items),
    true,
  );
}

/** One page of results; `wrapped` puts them below `items`. */
export function searchPage(
  account: Account,
  query: Query,
  most: number,
  found: readonly Readonly<Record<string, unknown>>[],
  wrapped: boolean,
): Reply {
  const size = pageSize(account, query.id('limit'), most);
  const from = query.text('cursor');
  // The index has no stable key of its own: the cursor counts from the start.
  const start = from ? decodeCursor(from, 'rank', 'asc').id : 0;
  const items = found.slice(start, start + size);
  const next = start + size;
  const cursor =
    found.length > next
      ? encodeCursor({ field: 'rank', fieldValue: next, sortDirection: 'asc', id: next })
      : null;
  if (!wrapped) return page(items, cursor);
  return { status: 200, value: { success: true, data: { items }, additional_data: { next_cursor: cursor } } };
}

/** The term of a search. Throws 400 when it is missing or too short: 2 characters, 1 for an exact match. */
export function termOf(term: string | undefined, exact: boolean): string {
  if (term === undefined)
    throw schemaRefusal([{ key: 'term', text: "Parameter 'term' is required for this request" }]);
  const least = exact ? 1 : 2;
  if (term.trim().length < least)
    throw schemaRefusal([{ key: 'term', text: `must be at least ${least} characters long` }]);
  return term.trim();
}

/** The texts of live notes by the record that they hang on through `key`. */
export function noteTexts<K extends string | number>(
  account: Account,
  key: (note: NoteRecord) => K | null,
): ReadonlyMap<K, readonly string[]> {
  const found = new Map<K, string[]>();
  for (const note of account.state.notes.all()) {
    const parent = key(note);
    if (!isLive(note) || parent === null) continue;
    const texts = found.get(parent) ?? [];
    texts.push(note.content.replace(/<[^>]*>/g, ' '));
    found.set(parent, texts);
  }
  return found;
}

/** The values of the custom fields that are searched, as texts. */
export function customTexts(account: Account, entity: FieldEntity, custom: CustomValues | null): string[] {
  if (custom === null) return [];
  const fields = account.state.fieldsByCode.get(entity);
  return Object.entries(custom).flatMap(([code, value]) => {
    if (!SEARCHABLE.has(fields?.get(code)?.type ?? '')) return [];
    return [
      String(typeof value === 'object' && value !== null ? (value as { value: unknown }).value : value),
    ];
  });
}

/** An organization as the found items name it; null when it is deleted or there is none. */
export function organizationBrief(
  account: Account,
  id: number | null,
): Readonly<{ id: number; name: string; address: string | null }> | null {
  const live = liveLink(account.state.organizations, id);
  const record = live === null ? undefined : account.state.organizations.get(live);
  return record ? { id: record.id, name: record.name, address: record.address?.value ?? null } : null;
}

/** A person as the found items name them; null when they are deleted or there is none. */
export function personBrief(
  account: Account,
  id: number | null,
): Readonly<{ id: number; name: string }> | null {
  const live = liveLink(account.state.persons, id);
  const record = live === null ? undefined : account.state.persons.get(live);
  return record ? { id: record.id, name: record.name } : null;
}
