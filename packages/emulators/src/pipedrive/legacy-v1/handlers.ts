import { isLive } from '../account.ts';
import { coreSortKey } from '../core-entity.ts';
import { type Exchange, type Handler, looseBody, pathId, type Reply } from '../exchange-context.ts';
import { filterMatcher } from '../filters/matching.ts';
import { offsetPage, offsetReply, optionalWhole, sorted, sortSteps } from '../offset.ts';
import { Refusal } from '../refusal.ts';
import { parseMoment } from '../times.ts';
import { relatedObjects } from '../v1-parts.ts';
import { sight } from '../visibility.ts';
import { v2Body } from './bodies.ts';
import { LEGACY_ENTITIES, type LegacyEntity, type LegacyRecord } from './entities.ts';

/** The removed v1 twins of the core entities by route, for accounts where they still answer (switch `legacyV1`). */
export const LEGACY_HANDLERS: ReadonlyMap<string, Handler> = new Map(LEGACY_ENTITIES.flatMap(routesOf));

function routesOf(entity: LegacyEntity<LegacyRecord>): readonly (readonly [string, Handler])[] {
  const { path } = entity;
  return [
    [`v1 GET ${path}`, (exchange) => listed(entity, exchange)],
    [`v1 GET ${path}/{id}`, (exchange) => one(entity, exchange)],
    [`v1 POST ${path}`, (exchange) => added(entity, exchange)],
    [`v1 PUT ${path}/{id}`, (exchange) => updated(entity, exchange)],
    [`v1 DELETE ${path}/{id}`, (exchange) => removed(entity, exchange)],
    ...(entity.bulkRemove
      ? [[`v1 DELETE ${path}`, (exchange: Exchange) => removedAtOnce(entity, exchange)] as const]
      : []),
  ];
}

const SORT_FIELDS = ['id', 'add_time', 'update_time', 'title', 'name'];

function listed(entity: LegacyEntity<LegacyRecord>, exchange: Exchange): Reply {
  const { account, call } = exchange;
  const steps = sortSteps(call, SORT_FIELDS);
  const filterId = entity.filterType === null ? undefined : optionalWhole(call, 'filter_id');
  const keep =
    filterId === undefined || entity.filterType === null
      ? entity.listed(exchange)
      : filterMatcher(account, filterId, entity.filterType);
  const seen = entity.fields === null ? null : sight(account, exchange.user, entity.fields);
  const records = [...entity.table(account.state).all()].filter(
    (record) => isLive(record) && (seen === null || seen(record)) && keep(record),
  );
  const page = offsetPage(account, call, sorted(records, steps, sortKey));
  const reply = offsetReply(entity.views(account, page.items), page);
  return withRelated(entity, exchange, reply, page.items);
}

function sortKey(record: LegacyRecord, field: string): number | string {
  const text = (record as unknown as Record<string, unknown>)[field];
  return typeof text === 'string' ? text.toLowerCase() : coreSortKey(record, field);
}

function one(entity: LegacyEntity<LegacyRecord>, exchange: Exchange): Reply {
  const record = entity.table(exchange.account.state).get(pathId(exchange));
  if (!record) throw new Refusal(404, `${entity.title} not found`);
  // UNC: the same question as for the v1 records that are still supported.
  if (!isLive(record) && exchange.account.switches.deletedV1Get === '410')
    throw new Refusal(410, `${entity.title} deleted`);
  return shown(entity, exchange, record, 200);
}

function added(entity: LegacyEntity<LegacyRecord>, exchange: Exchange): Reply {
  const { account } = exchange;
  const given = looseBody(exchange) as Readonly<Record<string, unknown>>;
  const [key, words] = entity.required;
  if (given[key] == null || given[key] === '') throw new Refusal(400, words);
  const wanted = Object.entries(bodyOf(entity, exchange, given)).filter(([, value]) => value !== null);
  const body = { ...entity.defaults?.(account), ...Object.fromEntries(wanted) };
  const record = carriedOut(entity, exchange, 'add', body);
  return shown(entity, exchange, backdated(entity, exchange, record, given.add_time), entity.createdStatus, {
    ...(entity.additional && { additional_data: entity.additional }),
  });
}

/** Published: POST /v1/deals took a creation time. UNC: whether it still does. */
function backdated(
  entity: LegacyEntity<LegacyRecord>,
  { account }: Exchange,
  record: LegacyRecord,
  given: unknown,
): LegacyRecord {
  if (entity.path !== '/deals' || typeof given !== 'string') return record;
  if (account.switches.legacyDealAddTime === 'ignored') return record;
  const addedSec = parseMoment(given);
  if (addedSec === null) throw new Refusal(400, 'add_time must be a time in format YYYY-MM-DD HH:MM:SS');
  return account.state.keep(entity.table(account.state), { ...record, addedSec });
}

function updated(entity: LegacyEntity<LegacyRecord>, exchange: Exchange): Reply {
  const body = bodyOf(entity, exchange, looseBody(exchange));
  return shown(entity, exchange, carriedOut(entity, exchange, 'update', body), 200);
}

function removed(entity: LegacyEntity<LegacyRecord>, exchange: Exchange): Reply {
  const { id } = carriedOut(entity, exchange, 'remove', {});
  // Seen live: the deletion of a person succeeds with 410.
  return { status: entity.path === '/persons' ? 410 : 200, value: { success: true, data: { id } } };
}

/** Any number of ids; those that are not there are passed over. */
function removedAtOnce(entity: LegacyEntity<LegacyRecord>, exchange: Exchange): Reply {
  const ids = (exchange.call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0 || !ids.every((id) => /^\d{1,15}$/.test(id)))
    throw new Refusal(400, 'ids must be given');
  const table = entity.table(exchange.account.state);
  const live = ids.map(Number).filter((id) => isLive(table.get(id)));
  for (const id of live) carriedOut(entity, { ...exchange, params: { id: String(id) } }, 'remove', {});
  return { status: 200, value: { success: true, data: { id: live } } };
}

function bodyOf(
  entity: LegacyEntity<LegacyRecord>,
  { account }: Exchange,
  given: unknown,
): Readonly<Record<string, unknown>> {
  const body = v2Body(account, entity.fields, entity.keys, given);
  if (entity.path !== '/activities' || !('person_id' in body)) return body;
  // In v1 the contact person of an activity was a field; in v2 it is the primary participant.
  const { person_id, participants = [], ...rest } = body;
  const others = (participants as readonly { person_id: unknown }[]).filter(
    (each) => each.person_id !== person_id,
  );
  return { ...rest, participants: person_id === null ? others : [{ person_id, primary: true }, ...others] };
}

/** Lets the v2 operation do it, and answers the record it was done to. */
function carriedOut(
  entity: LegacyEntity<LegacyRecord>,
  exchange: Exchange,
  verb: 'add' | 'update' | 'remove',
  body: unknown,
): LegacyRecord {
  const text = JSON.stringify(body);
  const header = (name: string) =>
    name === 'content-type' ? 'application/json' : exchange.call.header(name);
  const call = { ...exchange.call, query: new URLSearchParams(), text: () => text, header };
  const { value } = entity.v2[verb]({ ...exchange, call });
  const { data } = value as { readonly data: { readonly id: number } };
  return entity.table(exchange.account.state).get(data.id) as LegacyRecord;
}

function shown(
  entity: LegacyEntity<LegacyRecord>,
  exchange: Exchange,
  record: LegacyRecord,
  status: number,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  const [data] = entity.views(exchange.account, [record]);
  return withRelated(entity, exchange, { status, value: { success: true, data, ...more } }, [record]);
}

function withRelated(
  entity: LegacyEntity<LegacyRecord>,
  { account }: Exchange,
  { status, value }: Reply,
  records: readonly LegacyRecord[],
): Reply {
  const related = relatedObjects(account, entity.mentioned(records));
  const more = Object.keys(related).length > 0 ? { related_objects: related } : {};
  return { status, value: { ...(value as object), ...more } };
}
