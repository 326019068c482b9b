import { badQuery, notEmulated } from '../refusal.ts';
import { type Filter, parseFilter } from './filter.ts';
import { TokenReader } from './token.ts';

/** One column to order by. */
export interface Order {
  readonly path: readonly string[];
  readonly descending: boolean;
}

/** One navigation property to expand, with the options in its brackets. */
export interface Expand {
  readonly nav: string;
  /** `nav/$ref`: only the link. */
  readonly refOnly: boolean;
  readonly options: Options;
}

/** What is computed of a group of rows. */
export interface Aggregate {
  /** Null: `$count`. */
  readonly path: readonly string[] | null;
  readonly method: 'count' | 'sum' | 'average' | 'min' | 'max' | 'countdistinct';
  readonly as: string;
}

/** `$apply`: what is filtered first, how rows are grouped, what is computed. */
export interface Apply {
  readonly filter: Filter | null;
  readonly by: readonly (readonly string[])[];
  readonly aggregates: readonly Aggregate[];
}

/** The system query options of a request, parsed; null where absent. */
export interface Options {
  readonly select: readonly string[] | null;
  readonly filter: Filter | null;
  /** The filter as it was written, for plans that are kept. */
  readonly filterText: string;
  readonly orderby: readonly Order[];
  readonly expand: readonly Expand[];
  readonly top: number | null;
  readonly count: boolean;
  readonly apply: Apply | null;
  readonly skiptoken: string | null;
  readonly deltatoken: string | null;
  readonly fetchXml: string | null;
}

const KNOWN = new Set([
  ...['$select', '$filter', '$orderby', '$expand', '$top', '$count', '$apply', '$skiptoken', '$deltatoken'],
]);
const REFUSED = new Set(['$skip', '$search', '$format']);
const NO_EXPAND = new Set(['$count', '$levels', '$skip', '$search', '$format', '$apply']);
const MOST_EXPANDS = 15;

/** The name and value of every query option, decoded. */
export function splitQuery(query: string): [name: string, value: string][] {
  if (query === '') return [];
  return query
    .split('&')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const mark = part.indexOf('=');
      return mark < 0 ? [decoded(part), ''] : [decoded(part.slice(0, mark)), decoded(part.slice(mark + 1))];
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).trim();
  } catch {
    throw badQuery(`The query '${text}' is not encoded as a URL must be.`);
  }
}

/** Parses the query options of a request. Throws a refusal for what the vendor refuses. */
export function parseOptions(pairs: readonly (readonly [string, string])[]): Options {
  const options = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (REFUSED.has(name)) throw badQuery(`The query parameter ${name} is not supported.`);
    if (name.startsWith('$') && !KNOWN.has(name))
      throw badQuery(`The query parameter ${name} is not supported.`);
    if (options.has(name)) throw badQuery(`Query option '${name}' was specified more than once.`);
    options.set(name, value);
  }
  return readOptions(options, 0);
}

function readOptions(options: ReadonlyMap<string, string>, depth: number): Options {
  const text = (name: string) => options.get(name) ?? null;
  const saved = ['savedQuery', 'userQuery'].find((name) => options.has(name));
  if (saved) throw notEmulated(saved);
  const filter = text('$filter');
  const expand = text('$expand');
  const orderby = text('$orderby');
  const apply = text('$apply');
  return {
    select: namesOf(text('$select')),
    filter: filter === null ? null : parseFilter(filter),
    filterText: filter ?? '',
    orderby: orderby === null ? [] : parseOrder(orderby),
    expand: expand === null ? [] : parseExpand(expand, depth),
    top: wholeNumber(text('$top')),
    count: truth(text('$count')),
    apply: apply === null ? null : parseApply(apply),
    skiptoken: text('$skiptoken'),
    deltatoken: text('$deltatoken'),
    fetchXml: text('fetchXml'),
  };
}

function namesOf(text: string | null): string[] | null {
  if (text === null) return null;
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => !/^[\w@]+$|^\*$/.test(name)))
    throw badQuery(`Term '${text}' is not valid in a $select expression.`);
  return names;
}

function wholeNumber(text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw badQuery(`Invalid value '${text}' for $top query option found.`);
  return Number(text);
}

function truth(text: string | null): boolean {
  if (text === null) return false;
  if (text !== 'true' && text !== 'false')
    throw badQuery(`Invalid value '${text}' for $count query option found.`);
  return text === 'true';
}

/** Parses an `$orderby`. */
export function parseOrder(text: string): Order[] {
  return splitAt(text, ',').map((part) => {
    const reader = new TokenReader(part);
    const path = [reader.name()];
    while (reader.takes('/')) path.push(reader.name());
    const descending = reader.takes('desc');
    if (!descending) reader.takes('asc');
    reader.ends();
    return { path, descending };
  });
}

/** Parses an `$expand`, nested ones too. Throws beyond 15 in all. */
export function parseExpand(text: string, depth = 0): Expand[] {
  const expands = splitAt(text, ',').map((part) => oneExpand(part.trim(), depth));
  if (depth === 0 && countExpands(expands) > MOST_EXPANDS)
    throw badQuery(`The number of $expand options exceeds the limit of ${MOST_EXPANDS}.`);
  return expands;
}

function countExpands(expands: readonly Expand[]): number {
  return expands.reduce((sum, each) => sum + 1 + countExpands(each.options.expand), 0);
}

function oneExpand(text: string, depth: number): Expand {
  const [, nav, ref, inner] = /^([A-Za-z_]\w*)(\/\$ref)?(?:\((.*)\))?$/s.exec(text) ?? [];
  if (nav === undefined) throw badQuery(`Term '${text}' is not valid in a $expand expression.`);
  if (/@\w/.test((inner ?? '').replace(/'[^']*'/g, '')))
    throw badQuery('Parameter aliases are not supported in $expand.');
  const options = new Map<string, string>();
  for (const part of splitAt(inner ?? '', ';')) {
    if (part.trim() === '') continue;
    const mark = part.indexOf('=');
    const name = part.slice(0, mark).trim();
    if (NO_EXPAND.has(name) || !KNOWN.has(name))
      throw badQuery(`The query option ${name} is not supported in $expand.`);
    options.set(name, part.slice(mark + 1).trim());
  }
  return { nav, refOnly: ref !== undefined, options: readOptions(options, depth + 1) };
}

/** Splits at a character outside of quotes and brackets. */
export function splitAt(text: string, mark: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let inQuotes = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "'") inQuotes = !inQuotes;
    else if (inQuotes) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === mark && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (depth !== 0 || inQuotes) throw badQuery(`The brackets or quotes of '${text}' do not match.`);
  return [...parts, text.slice(start)];
}

const METHODS: ReadonlySet<string> = new Set(['sum', 'average', 'min', 'max', 'countdistinct']);

/** Parses `$apply`: `filter(...)/groupby((a,b),aggregate(...))` and its parts. */
export function parseApply(text: string): Apply {
  let filter: Filter | null = null;
  let by: readonly (readonly string[])[] = [];
  let aggregates: readonly Aggregate[] = [];
  for (const part of splitAt(text, '/')) {
    const [, name, inner = ''] = /^\s*(\w+)\((.*)\)\s*$/s.exec(part) ?? [];
    if (name === 'filter') filter = parseFilter(inner);
    else if (name === 'groupby') [by, aggregates] = groupBy(inner);
    else if (name === 'aggregate') aggregates = splitAt(inner, ',').map(oneAggregate);
    else throw badQuery(`The transformation '${part}' is not supported in $apply.`);
  }
  return { filter, by, aggregates };
}

function groupBy(text: string): [(readonly string[])[], Aggregate[]] {
  const [keys = '', rest] = splitAt(text, ',');
  const [, inner] = /^\s*\((.*)\)\s*$/s.exec(keys) ?? [];
  if (inner === undefined) throw badQuery(`'groupby(${text})' names no columns in brackets.`);
  const by = inner.split(',').map((path) => path.trim().split('/'));
  if (rest === undefined) return [by, []];
  const [, aggregate] = /^\s*aggregate\((.*)\)\s*$/s.exec(rest) ?? [];
  if (aggregate === undefined) throw badQuery(`'${rest}' is not valid in groupby.`);
  return [by, splitAt(aggregate, ',').map(oneAggregate)];
}

function oneAggregate(text: string): Aggregate {
  const reader = new TokenReader(text);
  const path = [reader.name()];
  while (reader.takes('/')) path.push(reader.name());
  const counts = path[0] === '$count';
  let method = 'count';
  if (!counts) {
    reader.needs('with');
    method = reader.name();
    if (!METHODS.has(method)) throw badQuery(`The aggregation method '${method}' is not supported.`);
  }
  reader.needs('as');
  const as = reader.name();
  reader.ends();
  if (method === 'countdistinct') throw badQuery("The aggregation method 'countdistinct' is not supported.");
  return { path: counts ? null : path, method: method as Aggregate['method'], as };
}
