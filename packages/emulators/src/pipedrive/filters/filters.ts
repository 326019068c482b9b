import { z } from 'zod';
import { type Account, assertBelowCap, isLive, liveCount, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from '../exchange-context.ts';
import type { FilterRecord, FilterType, UserRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { requiredText } from '../schemas.ts';
import { v1Time } from '../times.ts';
import { parsedV1 } from '../v1-body.ts';
import { OBJECTS, parseConditions } from './conditions.ts';
import { filterField } from './filter-fields.ts';
import { FILTER_WORDS } from './published-words.ts';
import type { FilterObject } from './record-values.ts';

const TYPES = Object.keys(OBJECTS) as [FilterType, ...FilterType[]];
const creation = z.strictObject({ name: requiredText, conditions: z.unknown(), type: z.enum(TYPES) });
const change = z.strictObject({ name: requiredText.optional(), conditions: z.unknown() });

/** Creates a filter. */
export function createFilter(account: Account, body: unknown, user: UserRecord): FilterRecord {
  const given = parsedV1(creation, body);
  const groups = parseConditions(account, given.conditions);
  const { filters } = account.state;
  assertBelowCap(account, account.switches.filtersCap, 'filter', () => liveCount(filters.all()));
  const sec = nowSec(account);
  return account.state.keep(filters, {
    id: filters.nextId,
    name: given.name,
    type: given.type,
    user_id: user.id,
    groups,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

/** A filter as v1 lists it. */
export function briefView(filter: FilterRecord, me: UserRecord): Record<string, unknown> {
  return {
    id: filter.id,
    name: filter.name,
    filter_code: null,
    is_editable: me.admin || filter.user_id === me.id,
    active_flag: filter.deletedSec === null,
    type: filter.type,
    temporary_flag: null,
    user_id: filter.user_id,
    add_time: v1Time(filter.addedSec),
    update_time: v1Time(filter.updatedSec),
    visible_to: '1',
    last_used_time: null,
    custom_view_id: null,
  };
}

function view({ account, call, user }: Exchange, filter: FilterRecord): Record<string, unknown> {
  const withCode = call.query.get('include_field_code') === 'true';
  const groups = filter.groups.map(({ glue, conditions }) => ({
    glue,
    conditions: conditions.map((line) => ({
      ...line,
      json_value_flag: false,
      ...(withCode
        ? { field_code: filterField(account, line.object as FilterObject, line.field_id)?.code ?? null }
        : {}),
    })),
  }));
  return { ...briefView(filter, user), conditions: { glue: 'and', conditions: groups } };
}

/** INF: a filter made by the API is private (`visible_to` 1 in the published example): its owner and admins see it. */
function sees(user: UserRecord, filter: FilterRecord): boolean {
  return user.admin || filter.user_id === user.id;
}

function live(exchange: Exchange): FilterRecord {
  const filter = exchange.account.state.filters.get(pathId(exchange));
  if (!filter || filter.deletedSec !== null || !sees(exchange.user, filter))
    throw new Refusal(404, 'Filter not found');
  return filter;
}

function remove(account: Account, filter: FilterRecord): void {
  const sec = nowSec(account);
  account.state.keep(account.state.filters, { ...filter, updatedSec: sec, deletedSec: sec });
}

function typeOf(call: Exchange['call']): FilterType | null {
  const type = call.query.get('type');
  if (type === null) return null;
  if (!(TYPES as readonly string[]).includes(type))
    throw new Refusal(400, `type must be one of ${TYPES.join(', ')}`);
  return type as FilterType;
}

/** The operations on filters. */
export const FILTER_HANDLERS: Readonly<
  Record<'list' | 'get' | 'add' | 'update' | 'remove' | 'removeMany' | 'helpers', Handler>
> = {
  list({ account, call, user }) {
    const type = typeOf(call);
    const found = [...account.state.filters.all()].filter(
      (filter) => isLive(filter) && sees(user, filter) && (type === null || filter.type === type),
    );
    return done(found.map((filter) => briefView(filter, user)));
  },
  get: (exchange) => done(view(exchange, live(exchange))),
  add: (exchange) => done(view(exchange, createFilter(exchange.account, looseBody(exchange), exchange.user))),
  update(exchange) {
    const filter = live(exchange);
    const { account } = exchange;
    const given = parsedV1(change, looseBody(exchange));
    const changed: FilterRecord = {
      ...filter,
      name: given.name ?? filter.name,
      groups: parseConditions(account, given.conditions),
      updatedSec: nowSec(account),
    };
    return done(view(exchange, account.state.keep(account.state.filters, changed)));
  },
  remove(exchange) {
    const filter = live(exchange);
    remove(exchange.account, filter);
    return done({ id: filter.id });
  },
  /** INF: ids that are not there are left out of the answer, as with the other bulk deletes. */
  removeMany({ account, call, user }) {
    const ids = (call.query.get('ids') ?? '').split(',').map((part) => part.trim());
    if (!ids.every((each) => /^\d{1,15}$/.test(each)))
      throw new Refusal(400, 'ids must be integers separated by commas');
    const wanted = new Set(ids.map(Number));
    const found = [...account.state.filters.all()].filter(
      (filter) => wanted.has(filter.id) && isLive(filter) && sees(user, filter),
    );
    for (const filter of found) remove(account, filter);
    return done({ id: found.map(({ id }) => id) });
  },
  helpers: () => done(FILTER_WORDS),
};
