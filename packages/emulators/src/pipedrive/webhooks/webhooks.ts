import { z } from 'zod';
import { type Account, isLive, nowSec } from '../account.ts';
import { type Exchange, type Handler, looseBody, pathId, type Reply } from '../exchange-context.ts';
import type { UserRecord, WebhookRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { COMPANY_ID } from '../v1-parts.ts';

/** Webhooks that one user may have (published). */
const PER_USER = 40;

const ACTIONS = ['create', 'change', 'delete', '*'] as const;
const OBJECTS = [
  'activity',
  'deal',
  'lead',
  'note',
  'organization',
  'person',
  'pipeline',
  'product',
  'stage',
  'user',
  '*',
] as const;

const creation = z.strictObject({
  subscription_url: z.string().refine(isReceiver, 'invalid or non-reachable URL'),
  event_action: z.enum(ACTIONS),
  event_object: z.enum(OBJECTS),
  name: z.string().min(1).max(255),
  user_id: z.int().positive().optional(),
  http_auth_user: z.string().nullish(),
  http_auth_password: z.string().nullish(),
  version: z.enum(['1.0', '2.0']).default('2.0'),
});

/** Published: a full URL, and none of Pipedrive's own. */
function isReceiver(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== 'pipedrive.com' && !hostname.endsWith('.pipedrive.com');
}

/** Webhooks refuse in words of their own: the errors by key. */
function refused(status: number, errors: Readonly<Record<string, readonly string[]>>): Reply {
  return { status, value: { status: 'error', success: false, errors } };
}

function errorsOf(error: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.') || 'body'];
    const words = issue.code === 'unrecognized_keys' ? 'is not allowed' : issue.message;
    for (const key of keys) errors[key] = [...(errors[key] ?? []), words];
  }
  return errors;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function view({ state }: Account, webhook: WebhookRecord): Record<string, unknown> {
  const delivery = state.deliveries.get(webhook.id);
  return {
    id: webhook.id,
    company_id: COMPANY_ID,
    owner_id: webhook.ownerId,
    user_id: webhook.userId,
    event_action: webhook.action,
    event_object: webhook.entity,
    subscription_url: webhook.url,
    version: webhook.version,
    is_active: webhook.deletedSec === null ? 1 : 0,
    add_time: isoTime(webhook.addedSec * 1_000),
    remove_time: webhook.deletedSec === null ? null : isoTime(webhook.deletedSec * 1_000),
    type: 'general',
    http_auth_user: webhook.authUser,
    http_auth_password: webhook.authPassword,
    remove_reason: webhook.removeReason,
    last_delivery_time: delivery?.lastMs == null ? null : isoTime(delivery.lastMs),
    last_http_status: delivery?.lastStatus ?? null,
    admin_id: webhook.ownerId,
    name: webhook.name,
  };
}

/** Administrators manage everybody's webhooks, others those they own. */
function manages(user: UserRecord, webhook: WebhookRecord): boolean {
  return user.admin || webhook.ownerId === user.id;
}

function add(exchange: Exchange): Reply {
  const { account, user } = exchange;
  const result = creation.safeParse(looseBody(exchange));
  if (!result.success) return refused(400, errorsOf(result.error));
  const given = result.data;
  if (given.version === '1.0') throw new Refusal(501, 'Not emulated: webhooks v1', 'ERR_NOT_EMULATED');
  const userId = given.user_id ?? user.id;
  const target = account.state.users.get(userId);
  if (!target?.active) return refused(400, { user_id: ['not found'] });
  // Published: regular users only under their own rights. INF: status and text.
  if (userId !== user.id && !user.admin) return refused(403, { user_id: ['is not allowed'] });
  const { webhooks } = account.state;
  const own = [...webhooks.all()].filter((each) => isLive(each) && each.userId === userId).length;
  // Published: the number and the status. INF: the text.
  if (own >= PER_USER) return refused(422, { user_id: [`has reached the limit of ${PER_USER} webhooks`] });
  const webhook = account.state.keep(webhooks, {
    id: webhooks.nextId,
    name: given.name,
    ownerId: user.id,
    userId,
    action: given.event_action,
    entity: given.event_object,
    url: given.subscription_url,
    version: given.version,
    authUser: given.http_auth_user ?? null,
    authPassword: given.http_auth_password ?? null,
    addedSec: nowSec(account),
    deletedSec: null,
    removeReason: null,
  });
  return { status: 201, value: { status: 'ok', success: true, data: view(account, webhook) } };
}

function remove(exchange: Exchange): Reply {
  const { account, user } = exchange;
  const webhook = account.state.webhooks.get(pathId(exchange));
  if (!webhook || !isLive(webhook)) return refused(404, { id: ['not found'] });
  if (!manages(user, webhook)) return { status: 403, value: { success: false, message: 'Forbidden' } };
  account.state.keep(account.state.webhooks, {
    ...webhook,
    deletedSec: nowSec(account),
    removeReason: 'deleted by user',
  });
  return { status: 200, value: { status: 'ok', success: true } };
}

/** The operations on webhooks. */
export const WEBHOOK_ROUTES: readonly (readonly [string, Handler])[] = [
  [
    'v1 GET /webhooks',
    ({ account, user }) => {
      const mine = [...account.state.webhooks.all()].filter((each) => isLive(each) && manages(user, each));
      return {
        status: 200,
        value: { status: 'ok', success: true, data: mine.map((each) => view(account, each)) },
      };
    },
  ],
  ['v1 POST /webhooks', add],
  ['v1 DELETE /webhooks/{id}', remove],
];
