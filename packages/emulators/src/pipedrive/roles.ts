import { z } from 'zod';
import { type Account, isLive, nowSec } from './account.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import { offsetPage, offsetReply } from './offset.ts';
import type { RoleRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { FIRST_ROLE, roleOf } from './visibility.ts';

const name = z.string().min(1).max(255);
const creation = z.strictObject({ name, parent_role_id: looseId.nullish() });
const change = creation.partial();
const assignment = z.strictObject({ user_id: looseId });
const setting = z.strictObject({
  setting_key: z.enum([
    'deal_default_visibility',
    'lead_default_visibility',
    'org_default_visibility',
    'person_default_visibility',
    'product_default_visibility',
  ]),
  value: z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(7)]),
});
const DEFAULTS = setting.shape.setting_key.options;

/** Adds a visibility group. Throws when its parent is not there. */
export function createRole(account: Account, body: unknown): RoleRecord {
  const given = parsedV1(creation, body);
  const { roles } = account.state;
  const parentId = given.parent_role_id ?? null;
  if (parentId !== null && !isLive(roles.get(parentId)))
    throw new Refusal(400, `Role ${parentId} does not exist`);
  return account.state.keep(roles, {
    id: roles.nextId,
    name: given.name,
    parentId,
    defaults: {},
    addedSec: nowSec(account),
    deletedSec: null,
  });
}

function members({ state }: Account, roleId: number): readonly UserRecord[] {
  return [...state.users.all()].filter((user) => roleOf(user) === roleId);
}

function liveRoles({ state }: Account): readonly RoleRecord[] {
  return [...state.roles.all()].filter(isLive);
}

function view(account: Account, role: RoleRecord): Record<string, unknown> {
  return {
    id: role.id,
    parent_role_id: role.parentId,
    name: role.name,
    active_flag: isLive(role),
    assignment_count: String(members(account, role.id).length),
    sub_role_count: String(liveRoles(account).filter(({ parentId }) => parentId === role.id).length),
  };
}

function levelOf({ state }: Account, role: RoleRecord): number {
  let level = 1;
  for (let at = role.parentId; at !== null && level <= state.roles.nextId; level += 1)
    at = state.roles.get(at)?.parentId ?? null;
  return level;
}

/** What the group of a user, or a group itself, gives to new records: the whole company unless it says otherwise. */
export function roleSettings(account: Account, role: RoleRecord | undefined): Record<string, number> {
  const usual = account.plan.entireCompany;
  return Object.fromEntries(DEFAULTS.map((key) => [key, role?.defaults[key] ?? usual]));
}

/** The assignment of a user to their group, as lists show it. */
export function assignmentView({ state }: Account, user: UserRecord): Record<string, unknown> {
  const role = state.roles.get(roleOf(user));
  return {
    user_id: user.id,
    role_id: roleOf(user),
    parent_role_id: role?.parentId ?? null,
    name: role?.name ?? '',
    active_flag: user.active,
    type: '1',
  };
}

function one(exchange: Exchange): RoleRecord {
  const role = exchange.account.state.roles.get(pathId(exchange));
  if (!role || !isLive(role)) throw new Refusal(404, 'Role not found');
  return role;
}

function memberOf(exchange: Exchange): UserRecord {
  const { user_id } = parsedV1(assignment, looseBody(exchange));
  const user = exchange.account.state.users.get(user_id);
  if (!user) throw new Refusal(404, `User ${user_id} not found`);
  return user;
}

/** INF: the first group stays, and who was in a removed one goes back to it. */
function remove(exchange: Exchange) {
  const { account } = exchange;
  const role = one(exchange);
  if (role.id === FIRST_ROLE) throw new Refusal(400, 'The default role cannot be deleted');
  for (const user of members(account, role.id)) assign(account, user, FIRST_ROLE);
  for (const sub of liveRoles(account))
    if (sub.parentId === role.id)
      account.state.keep(account.state.roles, { ...sub, parentId: role.parentId });
  account.state.keep(account.state.roles, { ...role, deletedSec: nowSec(account) });
  return done({ id: role.id });
}

function assign({ state }: Account, user: UserRecord, roleId: number): void {
  state.keep(state.users, { ...user, roleId });
}

/** A parent that lies below the group would close a circle. */
function assertParent(account: Account, role: RoleRecord, parentId: number | null): void {
  if (parentId !== null && !isLive(account.state.roles.get(parentId)))
    throw new Refusal(400, `Role ${parentId} does not exist`);
  for (let at = parentId; at !== null; at = account.state.roles.get(at)?.parentId ?? null)
    if (at === role.id) throw new Refusal(400, 'A role cannot lie below itself');
}

function update(exchange: Exchange) {
  const { account } = exchange;
  const given = parsedV1(change, looseBody(exchange));
  const role = one(exchange);
  const parentId = given.parent_role_id === undefined ? role.parentId : given.parent_role_id;
  assertParent(account, role, parentId);
  account.state.keep(account.state.roles, { ...role, name: given.name ?? role.name, parentId });
  return done({ id: role.id });
}

/** The operations on roles, which are the visibility groups. */
export const ROLE_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> = {
  list({ account, call }) {
    const found = offsetPage(account, call, liveRoles(account));
    return offsetReply(
      found.items.map((role) => ({ ...view(account, role), level: levelOf(account, role) })),
      found,
    );
  },
  get(exchange) {
    const role = one(exchange);
    const additional_data = { settings: roleSettings(exchange.account, role) };
    return { status: 200, value: { success: true, data: view(exchange.account, role), additional_data } };
  },
  add: (exchange) => done({ id: createRole(exchange.account, looseBody(exchange)).id }),
  update,
  remove,
};

/** The operations on what belongs to one role. */
export const ROLE_PART_HANDLERS: Readonly<
  Record<'assignments' | 'assign' | 'unassign' | 'settings' | 'setSetting', Handler>
> = {
  assignments(exchange) {
    const { account, call } = exchange;
    const found = offsetPage(account, call, members(account, one(exchange).id));
    return offsetReply(
      found.items.map((user) => assignmentView(account, user)),
      found,
    );
  },
  assign(exchange) {
    const role = one(exchange);
    const user = memberOf(exchange);
    assign(exchange.account, user, role.id);
    return done({ user_id: user.id, role_id: role.id });
  },
  // Published: whoever is taken out of a group is put into the default one.
  unassign(exchange) {
    const role = one(exchange);
    const user = memberOf(exchange);
    if (roleOf(user) !== role.id)
      throw new Refusal(400, `User ${user.id} is not assigned to role ${role.id}`);
    assign(exchange.account, user, FIRST_ROLE);
    return done({ id: role.id });
  },
  settings: (exchange) => done(roleSettings(exchange.account, one(exchange))),
  setSetting(exchange) {
    const { account } = exchange;
    const { setting_key, value } = parsedV1(setting, looseBody(exchange));
    const role = one(exchange);
    // INF: a value that the plan does not know is refused as in records.
    if (!account.plan.visibility.includes(value))
      throw new Refusal(403, `Visibility ${value} is not available for this company`);
    account.state.keep(account.state.roles, {
      ...role,
      defaults: { ...role.defaults, [setting_key]: value },
    });
    return done({ id: role.id, [setting_key]: value });
  },
};
