import { type Account, nowSec } from './account.ts';
import { removeAttached } from './cascade.ts';
import { done, type Exchange, type Handler, jsonBody, page, pathId } from './exchange-context.ts';
import { filterMatcher } from './filters/matching.ts';
import { type Query, type QuerySpec, readQuery } from './query.ts';
import type { CoreRecord, FieldEntity, FilterType, UserRecord } from './records.ts';
import { notFound } from './refusal.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';
import { rfc3339 } from './times.ts';
import { sight } from './visibility.ts';
import { walk } from './walk.ts';

/** What a request wants to see of a record beyond the usual. */
export interface View {
  readonly customKeys: readonly string[] | undefined;
  readonly include: readonly string[];
  readonly optionLabels: boolean;
  readonly labels: boolean;
}

/** A record as a list shows it when the request asks for nothing special. */
export const PLAIN_VIEW: View = { customKeys: undefined, include: [], optionLabels: false, labels: false };

/** What makes one of the core entities different from the others. */
export interface CoreEntity<T extends CoreRecord> {
  readonly name: FieldEntity;
  readonly title: string;
  readonly table: (state: State) => Table<T>;
  readonly listQuery: QuerySpec;
  readonly oneQuery: QuerySpec;
  /** Whether a live record belongs to a list with these filters. Made once a request. */
  readonly filter: (account: Account, query: Query) => (record: T) => boolean;
  readonly render: (account: Account, record: T, view: View) => Record<string, unknown>;
  /** Further values that `include_fields` may ask for, for the records of one answer. */
  readonly extras?: (
    account: Account,
    records: readonly T[],
    include: readonly string[],
  ) => Map<number, object>;
  readonly create: (account: Account, body: unknown, user: UserRecord, origin: string) => T;
  readonly update: (account: Account, record: T, body: unknown, user: UserRecord) => T;
  readonly assertRemovable?: (account: Account, record: T) => void;
  readonly sortKey?: (record: T, field: string) => number | string;
  /** What a creation answers; absent: 200. */
  readonly addStatus?: 201;
}

/** The type of filter that each list takes. */
const FILTER_TYPES = {
  deal: 'deals',
  person: 'people',
  organization: 'org',
  product: 'products',
  activity: 'activity',
  project: 'projects',
} as const satisfies Readonly<Record<FieldEntity, FilterType>>;

/** Parameters that all core lists share. */
export const CORE_LIST_QUERY = {
  filter_id: 'id',
  ids: 'ids',
  owner_id: 'id',
  updated_since: 'moment',
  updated_until: 'moment',
  sort_direction: { words: ['asc', 'desc'] },
  limit: 'id',
  cursor: 'text',
} as const satisfies QuerySpec;

/** Parameters of entities with custom fields. */
export const CUSTOM_QUERY = {
  custom_fields: 'keys',
  include_option_labels: 'bool',
  include_labels: 'bool',
} as const;

/** The five operations of a core entity. */
export function coreHandlers<T extends CoreRecord>(
  entity: CoreEntity<T>,
): Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> {
  const live = (exchange: Exchange): T => {
    const record = entity.table(exchange.account.state).get(pathId(exchange));
    if (!record || record.deletedSec !== null) throw notFound(entity.title);
    return record;
  };
  const show = (exchange: Exchange, records: readonly T[], view: View) =>
    shown(entity, exchange.account, records, view);
  return {
    list: (exchange) => listCore(entity, exchange, readQuery(exchange.call, entity.listQuery)),
    get(exchange) {
      const view = viewOf(readQuery(exchange.call, entity.oneQuery));
      const record = entity.table(exchange.account.state).get(pathId(exchange));
      const hidden = record?.deletedSec != null && exchange.account.switches.deletedV2Get === '404';
      if (!record || hidden) throw notFound(entity.title);
      return done(show(exchange, [record], view)[0]);
    },
    add(exchange) {
      const origin = exchange.tokenKind === 'oauth' ? 'Marketplace' : 'API';
      const record = entity.create(exchange.account, jsonBody(exchange), exchange.user, origin);
      return done(entity.render(exchange.account, record, PLAIN_VIEW), entity.addStatus);
    },
    update(exchange) {
      const record = entity.update(exchange.account, live(exchange), jsonBody(exchange), exchange.user);
      return done(entity.render(exchange.account, record, PLAIN_VIEW));
    },
    remove(exchange) {
      const record = live(exchange);
      entity.assertRemovable?.(exchange.account, record);
      removeCore(exchange.account, entity.table(exchange.account.state), record);
      removeAttached(exchange.account, entity.name, record.id);
      return done({ id: record.id });
    },
  };
}

/** Marks a record as deleted. */
export function removeCore<T extends CoreRecord>(account: Account, table: Table<T>, record: T): void {
  const sec = nowSec(account);
  account.state.keep(table, { ...record, deletedSec: sec, updatedSec: sec });
}

/** One page of a core list; `also` narrows it further. */
export function listCore<T extends CoreRecord>(
  entity: CoreEntity<T>,
  exchange: Exchange,
  query: Query,
  alive: (record: T) => boolean = (record) => record.deletedSec === null,
) {
  const { account } = exchange;
  const filterId = query.id('filter_id');
  const since = query.id('updated_since') ?? Number.NEGATIVE_INFINITY;
  const until = query.id('updated_until') ?? Number.POSITIVE_INFINITY;
  const seen = sight(account, exchange.user, entity.name);
  const wanted =
    filterId === undefined ? wantedBy(entity, account, query) : filteredBy(entity, account, filterId);
  const keep = (record: T): boolean =>
    alive(record) &&
    (seen === null || seen(record)) &&
    record.updatedSec >= since &&
    record.updatedSec < until &&
    wanted(record);
  const found = walk(account, entity.table(account.state), query, keep, entity.sortKey ?? coreSortKey);
  return page(shown(entity, account, found.items, viewOf(query)), found.nextCursor);
}

function wantedBy<T extends CoreRecord>(
  entity: CoreEntity<T>,
  account: Account,
  query: Query,
): (record: T) => boolean {
  const matches = entity.filter(account, query);
  const ids = query.ids('ids');
  const wanted = ids ? new Set(ids) : null;
  const owner = query.id('owner_id');
  return (record) =>
    (wanted === null || wanted.has(record.id)) &&
    (owner === undefined || record.owner_id === owner) &&
    matches(record);
}

/** Published: a filter takes the place of all conditions but those on the time of the last change. */
function filteredBy<T extends CoreRecord>(
  entity: CoreEntity<T>,
  account: Account,
  filterId: number,
): (record: T) => boolean {
  const matches = filterMatcher(account, filterId, FILTER_TYPES[entity.name]);
  return (record) => record.deletedSec === null && matches(record);
}

/** The value of `id`, `add_time` or `update_time`, as cursors carry it. */
export function coreSortKey(
  record: { readonly id: number; readonly addedSec: number; readonly updatedSec: number },
  field: string,
): number | string {
  if (field === 'add_time') return rfc3339(record.addedSec);
  if (field === 'update_time') return rfc3339(record.updatedSec);
  return record.id;
}

function shown<T extends CoreRecord>(
  entity: CoreEntity<T>,
  account: Account,
  records: readonly T[],
  view: View,
) {
  const extras = view.include.length > 0 ? entity.extras?.(account, records, view.include) : undefined;
  return records.map((record) => {
    const rendered = entity.render(account, record, view);
    return extras ? Object.assign(rendered, extras.get(record.id)) : rendered;
  });
}

function viewOf(query: Query): View {
  return {
    customKeys: query.list('custom_fields'),
    include: query.list('include_fields') ?? [],
    optionLabels: query.bool('include_option_labels') === true,
    labels: query.bool('include_labels') === true,
  };
}
