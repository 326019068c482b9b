import type { Answer } from '../../kit/exchange.ts';
import { assertReadable } from '../access/auth.ts';
import {
  type Exchange,
  odataAnswer,
  optionsOf,
  rawQueryWithout,
  scopeOf,
  textAnswer,
  writingOf,
} from '../exchange.ts';
import type { Options } from '../odata/options.ts';
import { aggregated } from '../query/aggregate.ts';
import { brokenCookie, type Cookie, parseCookie, printCookie } from '../query/cookie.ts';
import { compile } from '../query/predicate.ts';
import { countUpTo, type Query, readPage } from '../query/selection.ts';
import type { Row } from '../records/organization.ts';
import { notEmulated, Refusal } from '../refusal.ts';
import { rowWriter, skiptoken } from '../rows/collection.ts';
import { TERMS, wants } from '../rows/preferences.ts';
import { setOf } from '../rows/sets.ts';
import type { Table } from '../schema/schema.ts';
import { fetchXmlAnswer } from './fetch-xml.ts';
import { groupText } from './group-text.ts';
import { assertTrackable, changeCount, deltaAnswer, deltaLink, selectText, tokenNow } from './tracking.ts';

/** The most rows of a page, and what counts stop at. */
export const MOST_ROWS = 5_000;

/** Rows that a request is about: a set, or what belongs to one record. */
export interface Target {
  readonly table: Table;
  /** Null: all rows of the table. */
  readonly within: readonly Row[] | null;
  /** The address below the root: `accounts`, `accounts(...)/contact_customer_accounts`. */
  readonly address: string;
}

/** A whole set. */
export function setTarget({ organization }: Exchange, table: Table): Target {
  return { table, within: null, address: setOf(organization, table) };
}

/** Answers a request for rows. Throws a refusal where the vendor refuses. */
export function collectionAnswer(exchange: Exchange, target: Target): Answer {
  const { organization, caller, preferences } = exchange;
  const { table } = target;
  assertReadable(organization, table.name, caller.actingId);
  const options = optionsOf(exchange);
  assertInTime(exchange, options);
  if (options.deltatoken !== null) return deltaAnswer(exchange, table, options);
  if (options.fetchXml !== null) return fetchXmlAnswer(exchange, table, options.fetchXml);
  if (options.apply !== null) return applyAnswer(exchange, target, options);
  const tracks = preferences.trackChanges;
  if (tracks) assertTrackable(organization, table, options);
  return pageAnswer(exchange, target, options, tracks);
}

/** `/$count`: a bare number, at most 5,000. */
export function countAnswer(exchange: Exchange, target: Target): Answer {
  const { organization, caller } = exchange;
  assertReadable(organization, target.table.name, caller.actingId);
  const options = optionsOf(exchange);
  if (options.deltatoken !== null)
    return textAnswer(String(changeCount(exchange, target.table, options.deltatoken)));
  return textAnswer(String(countUpTo(queryOf(exchange, target, options), MOST_ROWS)));
}

function assertInTime({ organization: { switches } }: Exchange, options: Options): void {
  if (switches.timeoutExpands === null || options.expand.length < switches.timeoutExpands) return;
  throw new Refusal(switches.sqlTimeoutStatus, '0x80044151', 'SQL timeout expired.');
}

function queryOf(exchange: Exchange, { table, within }: Target, options: Options): Query {
  const scope = scopeOf(exchange, table);
  const predicate = options.filter === null ? null : compile(options.filter, scope);
  // A predicate that depends on the moment, the user or a parameter is not kept.
  const lasting = !/Microsoft\.|@/.test(options.filterText);
  return {
    ...{ organization: exchange.organization, table, predicate, order: options.orderby, within },
    predicateText: lasting ? options.filterText : null,
  };
}

function pageAnswer(exchange: Exchange, target: Target, options: Options, tracks: boolean): Answer {
  const { organization, root, preferences, work } = exchange;
  const query = queryOf(exchange, target, options);
  const cookie = options.skiptoken === null ? null : parseCookie(options.skiptoken);
  if (cookie !== null && cookie.page === organization.switches.refusedCookiePage) throw brokenCookie();
  const topped = options.top !== null && preferences.pageSize === null;
  const size = Math.min(MOST_ROWS, (topped ? options.top : preferences.pageSize) ?? MOST_ROWS);
  const { rows, next } = readPage(query, size, cookie);
  work.rows += rows.length;
  const write = rowWriter(writingOf(exchange), target.table, options);
  const since = tracks ? (cookie?.since ?? tokenNow(organization)) : null;
  const texts = [
    `"@odata.context":${JSON.stringify(`${root}/$metadata#${target.address}${selectText(options)}`)}`,
    ...countTexts(exchange, query, options),
    ...metadataVersion(exchange),
    `"value":[${rows.map(write).join(',')}]`,
  ];
  if (next !== null && !topped) {
    const following: Cookie = { page: (cookie?.page ?? 1) + 1, values: next, tracking: tracks, since };
    texts.push(`"@odata.nextLink":${JSON.stringify(nextLink(exchange, target.address, following))}`);
  } else if (since !== null)
    texts.push(`"@odata.deltaLink":${JSON.stringify(deltaLink(exchange, target.table, since))}`);
  return odataAnswer(exchange, 200, `{${texts.join(',')}}`);
}

function nextLink(exchange: Exchange, address: string, cookie: Cookie): string {
  const query = rawQueryWithout(exchange, '$skiptoken');
  return `${exchange.root}/${address}?${query === '' ? '' : `${query}&`}${skiptoken(printCookie(cookie))}`;
}

/** The count with its annotations; without `$count=true` the total is -1. */
function countTexts({ preferences }: Exchange, query: Query, { count }: Options): string[] {
  const total = count ? countUpTo(query, MOST_ROWS + 1) : -1;
  const shown = Math.min(total, MOST_ROWS);
  return [
    ...(count ? [`"@odata.count":${shown}`] : []),
    ...(wants(preferences, TERMS.total) ? [`"@${TERMS.total}":${shown}`] : []),
    ...(wants(preferences, TERMS.totalExceeded) ? [`"@${TERMS.totalExceeded}":${total > MOST_ROWS}`] : []),
  ];
}

/** The version of the schema, which changes with any change of it. */
export function metadataVersion({ organization, preferences }: Exchange): string[] {
  const version = 84_000_000 + organization.schemaRevision;
  return wants(preferences, TERMS.metadataVersion) ? [`"@${TERMS.metadataVersion}":"${version}"`] : [];
}

function applyAnswer(exchange: Exchange, target: Target, options: Options): Answer {
  const { organization, root, work } = exchange;
  if (options.apply === null || target.within !== null) throw notEmulated('$apply on related records');
  if (options.orderby.length > 0) throw notEmulated('$orderby beside $apply');
  const scope = scopeOf(exchange, target.table);
  const filter = options.filter === null ? null : compile(options.filter, scope);
  const groups = aggregated(options.apply, scope, filter);
  work.rows += Math.min(50_000, organization.total(target.table)) / 100;
  const value = groups.map((group) => groupText(exchange, group));
  const context = `"@odata.context":${JSON.stringify(`${root}/$metadata#${target.address}`)}`;
  return odataAnswer(exchange, 200, `{${context},"value":[${value.join(',')}]}`);
}
