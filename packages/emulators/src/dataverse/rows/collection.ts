import { assertReadable } from '../access/auth.ts';
import type { Expand, Options } from '../odata/options.ts';
import { type Children, childrenOf } from '../query/children.ts';
import { printCookie } from '../query/cookie.ts';
import { linkedRow, linkOf } from '../query/paths.ts';
import { compile } from '../query/predicate.ts';
import type { Scope } from '../query/scope.ts';
import { readPage } from '../query/selection.ts';
import type { Row } from '../records/organization.ts';
import { badQuery } from '../refusal.ts';
import { SCHEMA, type Table } from '../schema/schema.ts';
import { isRef } from '../world/content.ts';
import type { Preferences } from './preferences.ts';
import { rowProperties, type Shape, shapeOf } from './row-writer.ts';
import { setOf } from './sets.ts';

/** The most children that one expanded record gets. */
export const MOST_CHILDREN = 5_000;

/** What rows are written for: who asks, what for, and where links lead. */
export interface Writing {
  readonly scope: Omit<Scope, 'table' | 'variable'>;
  readonly preferences: Preferences;
  /** The address of the API, without a slash at its end. */
  readonly root: string;
}

/** Writes rows of one table as JSON objects, what is expanded included. */
export type RowWriter = (row: Row) => string;

const NESTED =
  'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.';

/** Prepares the writing of rows. Throws a refusal for a column or a navigation property that is not there. */
export function rowWriter(
  writing: Writing,
  table: Table,
  options: Options,
  also: readonly string[] = [],
): RowWriter {
  const { organization } = writing.scope;
  const shape = shapeOf(organization, table, options.select, also);
  const nested = options.expand.some((each) => each.options.expand.length > 0);
  const manyToMany = options.expand.filter((each) => isManyToMany(table, each.nav));
  if (manyToMany.length > 0 && (nested || manyToMany.length < options.expand.length))
    throw badQuery(
      'Expand of a many-to-many relationship cannot be nested or combined with other relationships.',
    );
  const expanders = options.expand.map((each) => expander(writing, table, each, nested));
  return (row) => {
    const texts = rowProperties(organization, shape, row, writing.preferences);
    for (const expand of expanders) texts.push(...expand(row));
    return `{${texts.join(',')}}`;
  };
}

function isManyToMany({ name }: Table, nav: string): boolean {
  return SCHEMA.manyToMany.some(
    (each) => (each.table1 === name && each.nav1 === nav) || (each.table2 === name && each.nav2 === nav),
  );
}

type Expander = (row: Row) => string[];

function expander(writing: Writing, table: Table, expand: Expand, nested: boolean): Expander {
  const children = childrenOf(writing.scope.organization, table, expand.nav);
  if (!children) return singleExpander(writing, table, expand);
  assertReadable(writing.scope.organization, children.table.name, writing.scope.userId);
  if (expand.refOnly)
    throw badQuery('Expand with $ref is only supported for single-valued navigation properties.');
  const { orderby, top } = expand.options;
  if (nested && (orderby.length > 0 || top !== null)) throw badQuery(NESTED);
  return collectionExpander(writing, table, expand, children, nested);
}

function singleExpander(writing: Writing, table: Table, { nav, refOnly, options }: Expand): Expander {
  const { organization } = writing.scope;
  if (options.orderby.length > 0 || options.top !== null) throw badQuery(NESTED);
  if (nav === 'ownerid') return ownerExpander(writing, table, options);
  const { column, target } = linkOf(table, nav);
  assertReadable(organization, target.name, writing.scope.userId);
  const write = rowWriter(writing, target, options);
  return (row) => {
    const linked = linkedRow(organization, table, row, column, target);
    if (linked === null) return [`${JSON.stringify(nav)}:null`];
    if (!refOnly) return [`${JSON.stringify(nav)}:${write(linked)}`];
    const id = `${writing.root}/${setOf(organization, target)}(${organization.id(target, linked)})`;
    return [`${JSON.stringify(nav)}:${JSON.stringify({ '@odata.id': id })}`];
  };
}

/** An owner is a user or a team: the common part of both is what `$select` may name. */
function ownerExpander(writing: Writing, table: Table, options: Options): Expander {
  const { organization } = writing.scope;
  const common = options.select ?? ['ownerid'];
  const shapes = new Map<string, Shape>();
  return (row) => {
    const owner = organization.value(table, row, 'ownerid');
    if (!isRef(owner)) return ['"ownerid":null'];
    const target = SCHEMA.tables.get(owner.table);
    const linked = target ? organization.find(target, owner.id) : null;
    if (!target || linked === null) return ['"ownerid":null'];
    const known = common.filter((name) => target.columns.has(name) && name !== 'ownerid');
    const shape = shapes.get(target.name) ?? shapeOf(organization, target, known);
    shapes.set(target.name, shape);
    return [`"ownerid":{${rowProperties(organization, shape, linked, writing.preferences).join(',')}}`];
  };
}

/**
 * Children of a record. In a plain expand all of them come (up to 5,000) and a link that leads to the whole
 * collection always stands beside them; beside a nested one they come in pages.
 */
function collectionExpander(
  writing: Writing,
  table: Table,
  { nav, options }: Expand,
  children: Children,
  paged: boolean,
): Expander {
  const { organization } = writing.scope;
  const also = children.backColumn === null ? [] : [children.backColumn];
  const write = rowWriter(writing, children.table, options, also);
  const scope: Scope = { ...writing.scope, table: children.table, variable: '' };
  const predicate = options.filter === null ? null : compile(options.filter, scope);
  const size = paged ? Math.min(MOST_CHILDREN, writing.preferences.pageSize ?? MOST_CHILDREN) : MOST_CHILDREN;
  const query = optionsText(options);
  return (row) => {
    const id = organization.id(table, row);
    const within = children.rows(id);
    const { rows, next } = readPage(
      { organization, table: children.table, predicate, predicateText: null, order: options.orderby, within },
      options.top ?? size,
      null,
    );
    const texts = [`${JSON.stringify(nav)}:[${rows.map(write).join(',')}]`];
    const address = `${writing.root}/${setOf(organization, table)}(${id})/${nav}`;
    const cookie = next === null || (!paged && organization.switches.childrenBeyond === 'cut') ? null : next;
    if (paged && cookie === null) return texts;
    const token =
      cookie === null
        ? ''
        : skiptoken(printCookie({ page: 2, values: cookie, tracking: false, since: null }, rows.length));
    const link = [query, token].filter((part) => part !== '').join('&');
    texts.push(
      `${JSON.stringify(`${nav}@odata.nextLink`)}:${JSON.stringify(link === '' ? address : `${address}?${link}`)}`,
    );
    return texts;
  };
}

/** A cookie as a query option. */
export function skiptoken(cookie: string): string {
  return `$skiptoken=${encodeURIComponent(cookie)}`;
}

function optionsText({ select, filterText }: Options): string {
  const parts = [
    ...(select === null ? [] : [`$select=${select.join(',')}`]),
    ...(filterText === '' ? [] : [`$filter=${encodeURIComponent(filterText)}`]),
  ];
  return parts.join('&');
}
