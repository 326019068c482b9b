import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, odataAnswer, rawQueryWithout, writingOf } from '../exchange.ts';
import type { Options } from '../odata/options.ts';
import { parseCookie, printCookie } from '../query/cookie.ts';
import type { Organization, Row } from '../records/organization.ts';
import { Refusal } from '../refusal.ts';
import { rowWriter, skiptoken } from '../rows/collection.ts';
import { setOf } from '../rows/sets.ts';
import type { Table } from '../schema/schema.ts';
import { tableNamed } from '../schema/schema.ts';

const DAY_MS = 86_400_000;
const MOST = 5_000;

/** A point in the history of changes. */
export interface DeltaToken {
  readonly version: bigint;
  readonly atMs: number;
}

/** Throws a refusal when a table's changes are not tracked, or the query says what may not be said with tracking. */
export function assertTrackable({ switches }: Organization, table: Table, options: Options): void {
  const { filter, orderby, expand, top } = options;
  const given = {
    $filter: filter !== null,
    $orderby: orderby.length > 0,
    $expand: expand.length > 0,
    $top: top !== null,
  };
  for (const [name, isGiven] of Object.entries(given)) {
    const message = `The "${name}" query parameter isn't supported when Change Tracking is enabled.`;
    if (isGiven) throw new Refusal(400, '0x80060888', message);
  }
  // UNC: neither the code nor the words of this refusal are published.
  if (!table.tracking || switches.untrackedTables.includes(table.name))
    throw new Refusal(400, '0x80040203', `Change tracking is not enabled for the entity ${table.name}.`);
  if (switches.partlyReadableTables.includes(table.name))
    throw new Refusal(
      403,
      '0x80040220',
      `Change tracking needs the privilege prvRead${table.schemaName} at the level of the organization.`,
    );
}

/** Now, as a token. */
export function tokenNow(organization: Organization): string {
  return printToken({ version: organization.version, atMs: organization.clock.nowMs() });
}

function printToken({ version, atMs }: DeltaToken): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${version}!${month}/${day}/${year} ${time.slice(0, 8)}`;
}

/** Reads a token. Throws a refusal when it is none, or has expired. */
export function readToken(organization: Organization, text: string): DeltaToken {
  const [, version, month, day, year, time] =
    /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  if (version === undefined)
    throw new Refusal(400, '0x80040203', `The version stamp '${text}' is not valid.`);
  const token = { version: BigInt(version), atMs: Date.parse(`${year}-${month}-${day}T${time}Z`) };
  const { switches, clock } = organization;
  const days =
    switches.trackingDays ??
    Number(organization.value(tableNamed('organization'), 0, 'expirechangetrackingindays') ?? 30);
  if (token.atMs + days * DAY_MS < clock.nowMs() || token.version < organization.firstChangedVersion) {
    const message = 'Version stamp associated with the client has expired. Please perform a full sync.';
    throw new Refusal(switches.expiredTokenStatus, '0x80044352', message);
  }
  return token;
}

/** The link that asks for the changes since a token. */
export function deltaLink(exchange: Exchange, table: Table, token: string): string {
  const query = rawQueryWithout(exchange, '$skiptoken', '$deltatoken');
  const before = query === '' ? '' : `${query}&`;
  const encoded = encodeURIComponent(token).replaceAll('!', '%21');
  return `${exchange.root}/${setOf(exchange.organization, table)}?${before}$deltatoken=${encoded}`;
}

interface Item {
  readonly row: Row | null;
  readonly id: string;
}

/** What changed since a token: rows that were added or changed, then the deleted ones. */
function changes(organization: Organization, table: Table, { version }: DeltaToken): Item[] {
  const rows = organization.changedSince(table, version);
  const gone = organization.deletedSince(table, version);
  return [
    ...rows.map((row) => ({ row, id: organization.id(table, row) })),
    ...gone.map(({ id }) => ({ row: null, id })),
  ];
}

/** How many changes there were since the token of a request. */
export function changeCount({ organization }: Exchange, table: Table, text: string): number {
  return changes(organization, table, readToken(organization, text)).length;
}

/** Answers a request with `$deltatoken`. */
export function deltaAnswer(exchange: Exchange, table: Table, options: Options): Answer {
  const { organization, root, preferences, work } = exchange;
  assertTrackable(organization, table, options);
  const token = readToken(organization, options.deltatoken ?? '');
  const all = changes(organization, table, token);
  const from = options.skiptoken === null ? 0 : Number(parseCookie(options.skiptoken).values[0]?.last ?? 0);
  const size = Math.min(MOST, preferences.pageSize ?? MOST);
  const page = all.slice(from, from + size);
  work.rows += page.length;
  const set = setOf(organization, table);
  const write = rowWriter(writingOf(exchange), table, options);
  const value = page.map(({ row, id }) => (row === null ? tombstone(root, set, id) : write(row)));
  const texts = [
    `"@odata.context":${JSON.stringify(`${root}/$metadata#${set}${selectText(options)}/$delta`)}`,
    `"value":[${value.join(',')}]`,
  ];
  if (from + size < all.length) {
    const values = [{ column: 'delta', last: String(from + size), first: String(from) }];
    const cookie = printCookie({ page: from / size + 2, values, tracking: true, since: null });
    const query = rawQueryWithout(exchange, '$skiptoken');
    texts.push(`"@odata.nextLink":${JSON.stringify(`${root}/${set}?${query}&${skiptoken(cookie)}`)}`);
  } else
    texts.push(`"@odata.deltaLink":${JSON.stringify(deltaLink(exchange, table, tokenNow(organization)))}`);
  return odataAnswer(exchange, 200, `{${texts.join(',')}}`);
}

function tombstone(root: string, set: string, id: string): string {
  return JSON.stringify({
    '@odata.context': `${root}/$metadata#${set}/$deletedEntity`,
    id,
    reason: 'deleted',
  });
}

/** The selected columns as a context names them. */
export function selectText({ select }: Options): string {
  return select === null ? '' : `(${select.join(',')})`;
}
