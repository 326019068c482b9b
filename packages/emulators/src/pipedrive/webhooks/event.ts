import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../account.ts';
import type { Merging } from '../history/changes.ts';
import type { WebhookRecord } from '../records.ts';
import { COMPANY_ID } from '../v1-parts.ts';
import { permittedUsers } from '../visibility.ts';
import { ANNOUNCED, visibleOf } from './message-data.ts';

type Data = Record<string, unknown>;

/** Something that webhooks tell of, rendered once for all of them. */
export interface WebhookEvent {
  readonly action: 'create' | 'change' | 'delete';
  readonly entity: string;
  readonly entityId: string;
  /** Who may see the record: only their webhooks are told. Null: everybody. */
  readonly permittedUserIds: readonly number[] | null;
  readonly meta: Data;
  readonly data: Data | null;
  readonly previous: Data | null;
}

interface Stored {
  readonly id: number;
  readonly deletedSec?: number | null;
}

/** The event that a newer state of a record is; null where webhooks have nothing to tell. */
export function eventOf(
  account: Account,
  table: string,
  now: Stored,
  before: Stored | undefined,
  uuid: () => string,
): WebhookEvent | null {
  const announced = ANNOUNCED[table];
  if (!announced) return null;
  const show = (record: Stored) => announced.data(account, record as never);
  const action = before === undefined ? 'create' : goneNow(now, before) ? 'delete' : 'change';
  // What was gone before stays gone: a change of it is told to nobody (INF).
  if (action === 'change' && now.deletedSec != null) return null;
  const data = action === 'delete' ? null : show(now);
  const previous =
    before === undefined ? null : data === null ? show(before) : changedOnly(show(before), data);
  if (previous && Object.keys(previous).length === 0) return null;
  const visible = visibleOf(announced, now);
  const permitted =
    visible && announced.visibleAs ? permittedUsers(account, announced.visibleAs, visible) : null;
  const entityId = announced.id(now as never);
  return {
    action,
    entity: announced.entity,
    entityId,
    permittedUserIds: permitted,
    meta: metaOf(account, announced.entity, action, entityId, permitted, uuid),
    data,
    previous,
  };
}

function goneNow(now: Stored, before: Stored): boolean {
  return now.deletedSec != null && before.deletedSec == null;
}

/** Published: `previous` holds the fields that changed, with their old values. */
function changedOnly(before: Data, now: Data): Data {
  const changed: Data = {};
  for (const [key, value] of Object.entries(before)) {
    if (isDeepStrictEqual(value, now[key])) continue;
    changed[key] = key === 'custom_fields' ? changedCustom(value as Data, now[key] as Data) : value;
  }
  return changed;
}

function changedCustom(before: Data, now: Data): Data {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return Object.fromEntries(
    keys.filter((key) => !isDeepStrictEqual(before[key], now[key])).map((key) => [key, before[key] ?? null]),
  );
}

function metaOf(
  account: Account,
  entity: string,
  action: string,
  entityId: string,
  permitted: readonly number[] | null,
  uuid: () => string,
): Data {
  const nowMs = account.clock.nowMs();
  const { history, users } = account.state;
  const everybody = [...users.all()].filter(({ active }) => active).map(({ id }) => id);
  const isUser = entity === 'user';
  return {
    action,
    entity,
    company_id: String(COMPANY_ID),
    correlation_id: uuid(),
    entity_id: entityId,
    id: isUser ? entityId : uuid(),
    is_bulk_edit: false,
    timestamp: isUser ? Math.floor(nowMs / 1_000) : new Date(nowMs).toISOString(),
    type: 'general',
    user_id: String(history.userId),
    version: '2.0',
    change_source: 'api',
    host: 'emulated.pipedrive.com',
    ...(isUser ? {} : { permitted_user_ids: (permitted ?? everybody).map(String) }),
    ...mergeMeta(history.merging, entity, action, entityId),
  };
}

function mergeMeta(merging: Merging | null, entity: string, action: string, entityId: string): Data {
  if (merging?.entity !== entity) return {};
  if (action === 'delete' && entityId === String(merging.loserId))
    return { merged_to_id: String(merging.winnerId) };
  if (action === 'change' && entityId === String(merging.winnerId))
    return { merged_from_id: String(merging.loserId) };
  return {};
}

/** Whether a webhook asks for an event, and its user may see the record. */
export function concerns(account: Account, webhook: WebhookRecord, event: WebhookEvent): boolean {
  const { action, entity, userId, deletedSec } = webhook;
  return (
    deletedSec === null &&
    (action === '*' || action === event.action) &&
    (entity === '*' || entity === event.entity) &&
    account.state.users.get(userId)?.active === true &&
    (event.permittedUserIds === null || event.permittedUserIds.includes(userId))
  );
}

/** The body of one attempt to deliver an event. */
export function bodyOf(event: WebhookEvent, webhook: WebhookRecord, attempt: number): string {
  const meta = {
    ...event.meta,
    webhook_id: String(webhook.id),
    webhook_owner_id: String(webhook.ownerId),
    attempt,
  };
  return JSON.stringify({ data: event.data, previous: event.previous, meta });
}
