import { z } from 'zod';
import type { Account } from './account.ts';
import { done, type Exchange, type Handler, looseBody, page, pathId } from './exchange-context.ts';
import { offsetPage, offsetReply } from './offset.ts';
import { isPermissionSet } from './permission-sets.ts';
import { readQuery } from './query.ts';
import type { UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { rightsOf } from './rights.ts';
import { assignmentView, roleSettings } from './roles.ts';
import { rfc3339 } from './times.ts';
import { createUser, view } from './users.ts';
import { looseFlag, parsedV1 } from './v1-body.ts';
import { permittedUsers, roleOf, VISIBLE, type VisibleEntity } from './visibility.ts';

const creation = z.strictObject({
  email: z.email(),
  access: z
    .array(
      z.strictObject({
        app: z.enum(['global', 'sales', 'campaigns', 'projects', 'account_settings', 'partnership', 'nova']),
        admin: z.boolean().optional(),
        permission_set_id: z.string().optional(),
      }),
    )
    .optional(),
  active_flag: looseFlag.optional(),
});
const change = z.strictObject({ active_flag: looseFlag });

/** Texts of refusals as published; that a taken e-mail is 400 is inferred. */
function add(exchange: Exchange) {
  const { account } = exchange;
  const { email, access = [], active_flag = true } = parsedV1(creation, looseBody(exchange));
  const unknown = access.find(({ permission_set_id: id }) => id !== undefined && !isPermissionSet(id));
  if (unknown) throw new Refusal(400, `Permission set ${unknown.permission_set_id} does not exist`);
  const users = [...account.state.users.all()];
  if (users.some((user) => user.email.toLowerCase() === email.toLowerCase()))
    throw new Refusal(400, `User with email ${email} already exists`);
  assertSeat(account, active_flag);
  const is_admin = access.some(({ app, admin }) => admin === true && app !== 'sales');
  // INF: a user who has not signed in yet is called by the e-mail.
  return done(view(createUser(account, { name: email, email, active_flag, is_admin }), exchange.user));
}

/** UNC: what happens at the last seat, by switch. */
function assertSeat(account: Account, active: boolean): void {
  const taken = [...account.state.users.all()].filter((user) => user.active).length;
  if (active && account.switches.fullSeats === 'refuse' && taken >= account.seats)
    throw new Refusal(403, 'You do not have permissions to do this.');
}

function one(exchange: Exchange): UserRecord {
  const user = exchange.account.state.users.get(pathId(exchange));
  if (!user) throw new Refusal(404, 'User not found or not accessible.');
  return user;
}

function update(exchange: Exchange) {
  const { account } = exchange;
  const { active_flag: active } = parsedV1(change, looseBody(exchange));
  const user = one(exchange);
  if (active && !user.active) assertSeat(account, true);
  return done(view(account.state.keep(account.state.users, { ...user, active }), exchange.user));
}

/** Users can only be followed in the web application; so only seeded followers are found. */
function followersOf(exchange: Exchange) {
  const user = one(exchange);
  const rows = exchange.account.state.followersByRecord.of(`user ${user.id}`);
  return [...rows].filter(({ deletedSec }) => deletedSec === null);
}

/** The operations on users that are about seats and rights. */
export const USER_RIGHT_ROUTES: readonly (readonly [string, Handler])[] = [
  ['v1 POST /users', add],
  ['v1 PUT /users/{id}', update],
  ['v1 GET /users/{id}/permissions', (exchange) => done(rightsOf(one(exchange)))],
  [
    'v1 GET /users/{id}/roleAssignments',
    (exchange) => {
      const { account, call } = exchange;
      const found = offsetPage(account, call, [one(exchange)]);
      return offsetReply(
        found.items.map((user) => assignmentView(account, user)),
        found,
      );
    },
  ],
  [
    'v1 GET /users/{id}/roleSettings',
    (exchange) => {
      const { account } = exchange;
      return done(roleSettings(account, account.state.roles.get(roleOf(one(exchange)))));
    },
  ],
  ['v1 GET /users/{id}/followers', (exchange) => done(followersOf(exchange).map(({ userId }) => userId))],
  [
    'v2 GET /users/{id}/followers',
    (exchange) => {
      readQuery(exchange.call, { limit: 'id', cursor: 'text' });
      const rows = followersOf(exchange);
      return page(
        rows.map(({ userId, addedSec }) => ({ user_id: userId, add_time: rfc3339(addedSec) })),
        null,
      );
    },
  ],
];

const permittedUsersOf =
  (entity: VisibleEntity): Handler =>
  ({ account, params }) => {
    const { find, title } = VISIBLE[entity];
    const record = find(account.state, params.id ?? '');
    if (!record || record.deletedSec !== null) throw new Refusal(404, `${title} not found`);
    return done(permittedUsers(account, entity, record));
  };

/** Who may see a deal, person or organization. */
export const PERMITTED_USER_ROUTES = (['deal', 'person', 'organization'] as const).map(
  (entity) => [`v1 GET ${VISIBLE[entity].path}/permittedUsers`, permittedUsersOf(entity)] as const,
);
