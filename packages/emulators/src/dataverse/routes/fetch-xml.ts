import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, odataAnswer, scopeOf } from '../exchange.ts';
import { aggregated } from '../query/aggregate.ts';
import { parseInner, printCookie } from '../query/cookie.ts';
import { type Fetch, parseFetch } from '../query/fetch-xml.ts';
import { resolvePath, rowBehind } from '../query/paths.ts';
import { compile } from '../query/predicate.ts';
import { countUpTo, type Page, type Query, readPage } from '../query/selection.ts';
import type { Row } from '../records/organization.ts';
import { Refusal } from '../refusal.ts';
import { TERMS, wants } from '../rows/preferences.ts';
import { rowProperties, shapeOf, shapeWith } from '../rows/row-writer.ts';
import { setOf } from '../rows/sets.ts';
import { propertyOf, type Table } from '../schema/schema.ts';
import { groupText } from './group-text.ts';

/** Rows that can be reached by the page's number alone. */
const MOST_SIMPLE = 50_000;
const MOST_COUNTED = 5_000;

/** Answers `?fetchXml=`. */
export function fetchXmlAnswer(exchange: Exchange, table: Table, xml: string): Answer {
  const { organization, root, work } = exchange;
  const fetch = parseFetch(xml, table);
  const scope = scopeOf(exchange, table);
  const predicate = fetch.filter === null ? null : compile(fetch.filter, scope);
  const context = `"@odata.context":${JSON.stringify(`${root}/$metadata#${setOf(organization, table)}`)}`;
  if (fetch.apply !== null) {
    const groups = aggregated(fetch.apply, scope, predicate).map((group) => ({
      ...group,
      keys: group.keys.map((key, at) => ({ ...key, name: fetch.groupNames[at] ?? key.name })),
    }));
    return odataAnswer(
      exchange,
      200,
      `{${context},"value":[${groups.map((group) => groupText(exchange, group)).join(',')}]}`,
    );
  }
  const query: Query = {
    organization,
    table,
    predicate,
    predicateText: null,
    order: fetch.order,
    within: null,
  };
  const { rows, next } = pageOf(query, fetch);
  work.rows += rows.length;
  const write = rowText(exchange, table, fetch);
  const texts = [
    context,
    ...totals(exchange, query, fetch),
    ...more(exchange, fetch, next),
    `"value":[${rows.map(write).join(',')}]`,
  ];
  return odataAnswer(exchange, 200, `{${texts.join(',')}}`);
}

function pageOf(query: Query, { top, count, page, cookie }: Fetch): Page {
  if (top !== null) return { rows: readPage(query, Math.min(top, MOST_COUNTED), null).rows, next: null };
  if (cookie !== null)
    return readPage(query, count, { page, values: parseInner(cookie), tracking: false, since: null });
  if (page * count > MOST_SIMPLE)
    throw new Refusal(400, '0x8004430A', 'The query is over the retrieval limit without a paging cookie.');
  let at = readPage(query, count, null);
  for (let number = 1; number < page && at.next !== null; number += 1)
    at = readPage(query, count, { page: number, values: at.next, tracking: false, since: null });
  return at;
}

function totals({ preferences }: Exchange, query: Query, { countsTotal }: Fetch): string[] {
  if (!countsTotal) return [];
  const total = countUpTo(query, MOST_COUNTED + 1);
  return [
    `"@odata.count":${Math.min(total, MOST_COUNTED)}`,
    ...(wants(preferences, TERMS.total) ? [`"@${TERMS.total}":${Math.min(total, MOST_COUNTED)}`] : []),
    ...(wants(preferences, TERMS.totalExceeded) ? [`"@${TERMS.totalExceeded}":${total > MOST_COUNTED}`] : []),
  ];
}

/** The cookie and whether there is more: only when the annotations are asked for. No cookie for links' columns. */
function more({ preferences }: Exchange, { page, order }: Fetch, next: Page['next']): string[] {
  const linked = order.some(({ path }) => path.length > 1);
  const cookie =
    next === null || linked
      ? null
      : printCookie({ page: page + 1, values: next, tracking: false, since: null });
  return [
    ...(cookie !== null && wants(preferences, TERMS.fetchCookie)
      ? [`"@${TERMS.fetchCookie}":${JSON.stringify(cookie)}`]
      : []),
    ...(wants(preferences, TERMS.more) ? [`"@${TERMS.more}":${next !== null}`] : []),
  ];
}

/** Rows without what is empty, with the columns of linked records under their alias. */
function rowText(exchange: Exchange, table: Table, { columns }: Fetch): (row: Row) => string {
  const { organization, preferences } = exchange;
  const own = columns?.filter(({ path }) => path.length === 1).map(({ path }) => path[0] ?? '') ?? null;
  const shape = shapeOf(organization, table, own);
  const linked = (columns ?? [])
    .filter(({ path }) => path.length > 1)
    .map(({ path, name }) => ({ name, path: resolvePath(organization, table, path) }));
  return (row) => {
    const texts = rowProperties(organization, shape, row, preferences).filter(
      (text) => !text.endsWith(':null'),
    );
    for (const { name, path } of linked) {
      const at = rowBehind(organization, path, row);
      if (at === null) continue;
      const one = shapeWith(path.table, [path.column]);
      const property = propertyOf(path.column);
      for (const text of rowProperties(organization, one, at, preferences))
        if (text.startsWith(`"${property}`) && !text.endsWith(':null'))
          texts.push(`"${name}${text.slice(property.length + 1)}`);
    }
    return `{${texts.join(',')}}`;
  };
}
