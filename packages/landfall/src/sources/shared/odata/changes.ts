import { z } from 'zod';
import { sourceKey } from '../../../model/key.ts';
import type { ChangePage, Cursor } from '../../../model/source.ts';
import type { Account } from './account.ts';
import { wantedAnnotations } from './record-builder.ts';
import { isGone, RowChain, selectOf } from './row-chain.ts';
import type { ReadTable } from './table.ts';
import type { Row, Told } from './web-api.ts';

const placeShape = z.discriminatedUnion('how', [
  /** The token as it stood in the link: nobody but the service can read it. */
  z.strictObject({ how: z.literal('tracking'), token: z.string() }),
  /** Time of the newest change that was seen. */
  z.strictObject({ how: z.literal('modifiedon'), at: z.string().nullable() }),
  z.strictObject({ how: z.literal('compare') }),
]);
type Place = z.infer<typeof placeShape>;

/** The token is too old: everything must be read again (facts 1.6). */
const expiredCode = '0x80044352';
/** Times of change have seconds and are written before they can be read: so much is looked at twice [A]. */
const overlapMs = 300_000;
const noDeletions = 'Deleted records are not told: changes of this table are not tracked.';

/** What changed in a table since a place; see `SourceConnector.changes`. Throws `MigrationError`. */
export async function* readChanges(
  account: Account,
  table: ReadTable,
  since: Cursor | null,
  signal: AbortSignal,
): AsyncIterable<ChangePage> {
  const place = since === null ? null : placeShape.safeParse(parsed(since)).data;
  if (place === null) {
    const begin = await beginning(account, table, signal);
    return yield { ...nothing(begin.how), since: JSON.stringify(begin) };
  }
  if (place?.how === 'tracking') yield* tracked(account, table, place.token, signal);
  else if (place?.how === 'modifiedon') yield* modified(account, table, place.at, signal);
  else yield await comparing(account, table, 'The changes of this table cannot be told.', signal);
}

function parsed(text: Cursor): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function nothing(how: ChangePage['how']): ChangePage {
  return { how, records: [], rejects: [], deleted: [], since: null, because: null };
}

/** Only comparing all records helps, and the next look begins now. */
async function comparing(
  account: Account,
  table: ReadTable,
  because: string,
  signal: AbortSignal,
): Promise<ChangePage> {
  const begin = await beginning(account, table, signal);
  return { ...nothing('compare'), because, since: JSON.stringify(begin) };
}

/** Where a later look can begin: with tracking at the end of a walk through all ids, else at the newest change. */
async function beginning(account: Account, table: ReadTable, signal: AbortSignal): Promise<Place> {
  if (table.tracking) {
    const token = await firstToken(account, table, signal);
    if (token !== null) return { how: 'tracking', token };
  }
  if (!table.attributes.some(({ name }) => name === 'modifiedon')) return { how: 'compare' };
  const set = await account.setName(table, false, signal);
  const path = `${set}?$select=modifiedon&$orderby=modifiedon%20desc&$top=1`;
  const page = await account.service.page({ path, what: whatOf(table) }, signal);
  const newest = page.rows[0]?.modifiedon;
  return { how: 'modifiedon', at: typeof newest === 'string' ? newest : null };
}

/** Null: the service tracks no changes of this table after all. */
async function firstToken(account: Account, table: ReadTable, signal: AbortSignal): Promise<string | null> {
  const set = await account.setName(table, false, signal);
  const prefer = ['odata.track-changes', 'odata.maxpagesize=5000'];
  let path = `${set}?$select=${table.idField}`;
  for (const seen = new Set<string>(); !seen.has(path); ) {
    seen.add(path);
    const told = await account.service.ask({ path, prefer, what: whatOf(table) }, signal);
    if (!told.ok && seen.size === 1 && told.status !== 403) return null;
    const page = pageOf(account, table, told);
    if (page.deltaLink !== null) return tokenOf(page.deltaLink);
    if (page.nextLink === null) return null;
    path = page.nextLink;
  }
  throw account.service.wrong(whatOf(table), 'its next page is a page we had');
}

/** The token of a link, as it is written there. */
function tokenOf(link: string): string | null {
  return /[?&](?:\$|%24)deltatoken=([^&]+)/i.exec(link)?.[1] ?? null;
}

async function* tracked(
  account: Account,
  table: ReadTable,
  token: string,
  signal: AbortSignal,
): AsyncIterable<ChangePage> {
  const build = await account.builder(table, signal);
  const prefer = [wantedAnnotations, `odata.maxpagesize=${account.pageRows(table)}`];
  const query = `${selectOf(table)}&$deltatoken=${token}`;
  let path = `${await account.setName(table, false, signal)}?${query}`;
  for (const seen = new Set<string>(); !seen.has(path); ) {
    seen.add(path);
    let told = await account.service.ask({ path, prefer, what: whatOf(table) }, signal);
    if (isGone(told)) {
      path = `${await account.setName(table, true, signal)}?${query}`;
      told = await account.service.ask({ path, prefer, what: whatOf(table) }, signal);
    }
    if (told.code === expiredCode || told.status === 410) {
      const because = `The service has forgotten what changed so long ago (${told.words}).`;
      return yield await comparing(account, table, because, signal);
    }
    const page = pageOf(account, table, told);
    const next = page.deltaLink === null ? null : tokenOf(page.deltaLink);
    const since = next === null ? null : JSON.stringify({ how: 'tracking', token: next } satisfies Place);
    const { records, rejects } = await build(
      page.rows.filter((row) => !isDeleted(row)),
      signal,
    );
    const deleted = page.rows
      .filter(isDeleted)
      .map(({ id }) => sourceKey(table.name, String(id).toLowerCase()));
    yield { how: 'tracking', records, rejects, deleted, since, because: null };
    if (page.nextLink === null) return;
    path = page.nextLink;
  }
  throw account.service.wrong(whatOf(table), 'its next page is a page we had');
}

function isDeleted(row: Row): boolean {
  const context = row['@odata.context'];
  return typeof context === 'string' && context.endsWith('/$deletedEntity');
}

/** The place goes on to the newest change seen; a record changed within the overlap comes twice. */
async function* modified(
  account: Account,
  table: ReadTable,
  at: string | null,
  signal: AbortSignal,
): AsyncIterable<ChangePage> {
  const build = await account.builder(table, signal);
  const filter = at === null ? null : `modifiedon ge ${earlier(at)}`;
  const chain = new RowChain(
    {
      service: account.service,
      table,
      setName: (again, asked) => account.setName(table, again, asked),
      filter,
      pageRows: account.pageRows(table),
    },
    { link: null, after: null },
  );
  let newest = at;
  while (chain.place !== null) {
    const rows = await chain.next(signal);
    for (const { modifiedon } of rows)
      if (typeof modifiedon === 'string' && (newest === null || modifiedon > newest)) newest = modifiedon;
    const since =
      chain.place === null ? JSON.stringify({ how: 'modifiedon', at: newest } satisfies Place) : null;
    yield { how: 'modifiedon', ...(await build(rows, signal)), deleted: [], since, because: noDeletions };
  }
}

function earlier(at: string): string {
  return new Date(Date.parse(at) - overlapMs).toISOString().replace('.000Z', 'Z');
}

function pageOf(account: Account, table: ReadTable, told: Told) {
  if (!told.ok) throw account.service.refusal(whatOf(table), told);
  return account.service.pageOf(whatOf(table), told.json);
}

function whatOf({ label }: ReadTable): string {
  return `looking for changes of ${label}`;
}
