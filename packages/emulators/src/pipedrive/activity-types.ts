import { z } from 'zod';
import { type Account, isLive, nowSec } from './account.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import type { ActivityTypeRecord } from './records.ts';
import { capReached, Refusal } from './refusal.ts';
import { requiredText } from './schemas.ts';
import { v1Time } from './times.ts';
import { parsedV1 } from './v1-body.ts';

/** Icons that a type may have. */
const ICONS = [
  'task',
  'email',
  'meeting',
  'deadline',
  'call',
  'lunch',
  'calendar',
  'downarrow',
  'document',
  'smartphone',
  'camera',
  'scissors',
  'cogs',
  'bubble',
  'uparrow',
  'checkbox',
  'signpost',
  'shuffle',
  'addressbook',
  'linegraph',
  'picture',
  'car',
  'world',
  'search',
  'clip',
  'sound',
  'brush',
  'key',
  'padlock',
  'pricetag',
  'suitcase',
  'finish',
  'plane',
  'loop',
  'wifi',
  'truck',
  'cart',
  'bulb',
  'bell',
  'presentation',
] as const;

const color = z.string().regex(/^[0-9A-Fa-f]{6}$/, 'must be a color of six hexadecimal digits');
const creation = z.strictObject({ name: requiredText, icon_key: z.enum(ICONS), color: color.nullish() });
const change = z.strictObject({
  name: requiredText.optional(),
  icon_key: z.enum(ICONS).optional(),
  color: color.nullish(),
  order_nr: z.coerce.number().int().optional(),
});

/** Creates an activity type; its key is made from the name and never changes. */
export function createActivityType(account: Account, body: unknown, custom = true): ActivityTypeRecord {
  const given = parsedV1(creation, body);
  const { activityTypes } = account.state;
  const live = [...activityTypes.all()].filter(isLive);
  if (custom && !account.seeding && live.length >= account.switches.activityTypesCap)
    throw capReached(
      "Couldn't add activity type. You've reached the activity type per company limit.",
      'feature_capping_activity_types_limit',
    );
  const sec = nowSec(account);
  return account.state.keep(activityTypes, {
    id: activityTypes.nextId,
    name: given.name,
    key_string: freeKey(activityTypes.all(), given.name),
    icon_key: given.icon_key,
    color: given.color ?? null,
    order_nr: live.length + 1,
    custom,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

/** INF: lower case, other signs as underscores, a number behind a key that is taken. */
function freeKey(types: Iterable<ActivityTypeRecord>, name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const wanted = plain === '' ? 'type' : plain;
  const taken = new Set([...types].map((type) => type.key_string));
  if (!taken.has(wanted)) return wanted;
  for (let number = 1; ; number += 1) if (!taken.has(`${wanted}_${number}`)) return `${wanted}_${number}`;
}

/** An activity type as v1 shows it. */
export function view(type: ActivityTypeRecord): Record<string, unknown> {
  return {
    id: type.id,
    order_nr: type.order_nr,
    name: type.name,
    key_string: type.key_string,
    icon_key: type.icon_key,
    active_flag: type.deletedSec === null,
    // The published examples show white where nobody chose a color.
    color: type.color ?? 'FFFFFF',
    is_custom_flag: type.custom,
    add_time: v1Time(type.addedSec),
    update_time: v1Time(type.updatedSec),
  };
}

function live(exchange: Exchange): ActivityTypeRecord {
  const type = exchange.account.state.activityTypes.get(pathId(exchange));
  if (!type || type.deletedSec !== null) throw new Refusal(404, 'Activity type not found');
  return type;
}

/** The operations on activity types. */
export const ACTIVITY_TYPE_HANDLERS: Readonly<Record<'list' | 'add' | 'update' | 'remove', Handler>> = {
  list: ({ account }) => done([...account.state.activityTypes.all()].filter(isLive).map(view)),
  add: (exchange) => done(view(createActivityType(exchange.account, looseBody(exchange)))),
  update(exchange) {
    const given = parsedV1(change, looseBody(exchange));
    const type = live(exchange);
    const { state } = exchange.account;
    return done(
      view(
        state.keep(state.activityTypes, {
          ...type,
          name: given.name ?? type.name,
          icon_key: given.icon_key ?? type.icon_key,
          color: given.color === undefined ? type.color : given.color,
          order_nr: given.order_nr ?? type.order_nr,
          updatedSec: nowSec(exchange.account),
        }),
      ),
    );
  },
  remove(exchange) {
    const type = live(exchange);
    const sec = nowSec(exchange.account);
    const { state } = exchange.account;
    return done(view(state.keep(state.activityTypes, { ...type, deletedSec: sec, updatedSec: sec })));
  },
};
