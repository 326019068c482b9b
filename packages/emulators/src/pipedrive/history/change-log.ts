import { isLive } from '../account.ts';
import { type Exchange, type Handler, page, pathId } from '../exchange-context.ts';
import { whole } from '../offset.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import { v1Time } from '../times.ts';
import { type FieldChange, fieldChanges, type LoggedEntity, TABLE_OF } from './field-changes.ts';

const TITLES: Readonly<Record<LoggedEntity, string>> = {
  deal: 'Deal',
  person: 'Person',
  organization: 'Organization',
};

const MOST = 500;

/** The table of an entity with a change log. */
export function loggedTable(state: State, entity: LoggedEntity) {
  return { deal: state.deals, person: state.persons, organization: state.organizations }[entity];
}

/** The id of the path. Throws 404 when there is no such live record. */
export function loggedId(exchange: Exchange, entity: LoggedEntity): number {
  const recordId = pathId(exchange);
  if (isLive(loggedTable(exchange.account.state, entity).get(recordId))) return recordId;
  throw new Refusal(404, `${TITLES[entity]} not found`);
}

/** The changed fields of one record, newest first. */
export function changesOf(state: State, entity: LoggedEntity, recordId: number): readonly FieldChange[] {
  return [...state.history.of(TABLE_OF[entity], recordId)].flatMap((change) => fieldChanges(entity, change));
}

/** A cursor of the v1 lists that have one: base64 of `id:` and the number of the next item (published examples). */
export function markerPage<T extends { readonly id: number }>(
  { account, call }: Exchange,
  newestFirst: readonly T[],
): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const asked = whole(call, 'limit', 100);
  if (asked < 1 || (asked > MOST && account.switches.overLimit === '400'))
    throw new Refusal(400, `limit must be between 1 and ${MOST}`);
  const limit = Math.min(asked, MOST);
  const cursor = call.query.get('cursor');
  const start = cursor ? markerOf(cursor) : Number.POSITIVE_INFINITY;
  const left = newestFirst.filter(({ id }) => id <= start);
  const next = left[limit];
  return {
    items: left.slice(0, limit),
    nextCursor: next ? Buffer.from(`id:${next.id}`, 'utf8').toString('base64url') : null,
  };
}

function markerOf(cursor: string): number {
  const marker = /^id:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (marker === undefined) throw new Refusal(400, 'Invalid cursor');
  return Number(marker);
}

/** GET /v1/{deals,persons,organizations}/{id}/changelog: changed fields, newest first; creations are none. */
export function changeLogHandler(entity: LoggedEntity): Handler {
  return (exchange) => {
    const recordId = loggedId(exchange, entity);
    const found = markerPage(exchange, changesOf(exchange.account.state, entity, recordId));
    return page(
      found.items.map((change) => ({
        field_key: change.fieldKey,
        old_value: change.oldValue,
        new_value: change.newValue,
        actor_user_id: change.userId,
        time: v1Time(change.atSec),
        change_source: 'api',
        change_source_user_agent: null,
        is_bulk_update_flag: false,
      })),
      found.nextCursor,
    );
  };
}
