import { type Account, isLive } from './account.ts';
import type { FollowedEntity, UserRecord } from './records.ts';
import type { State } from './state.ts';

/** What has `visible_to` and can be hidden from users. */
export type VisibleEntity = FollowedEntity | 'lead';

/** What decides who may see a record. Leads keep `visible_to` as text. */
export interface Visible {
  readonly id: number;
  readonly owner_id: number;
  readonly visible_to: number | string;
  readonly deletedSec: number | null;
}

/** Where records that can be hidden lie, by entity: below which path, and how they are found by its `{id}`. */
export const VISIBLE: Readonly<
  Record<
    VisibleEntity,
    {
      readonly path: string;
      readonly title: string;
      readonly find: (state: State, id: string) => Visible | undefined;
    }
  >
> = {
  deal: { path: '/deals/{id}', title: 'Deal', find: (state, id) => state.deals.get(Number(id)) },
  person: { path: '/persons/{id}', title: 'Person', find: (state, id) => state.persons.get(Number(id)) },
  organization: {
    path: '/organizations/{id}',
    title: 'Organization',
    find: (state, id) => state.organizations.get(Number(id)),
  },
  product: { path: '/products/{id}', title: 'Product', find: (state, id) => state.products.get(Number(id)) },
  lead: {
    path: '/leads/{id}',
    title: 'Lead',
    find: (state, id) => state.leads.get(state.leadIds.get(id) ?? 0),
  },
};

/** The group in which every user starts. */
export const FIRST_ROLE = 1;

/** The visibility group of a user. */
export function roleOf(user: UserRecord): number {
  return user.roleId ?? FIRST_ROLE;
}

/** Published: a record that names no `visible_to` gets the default of its maker's group, else the whole company. */
export function defaultVisibility(account: Account, user: UserRecord, entity: VisibleEntity): number {
  const key = `${entity === 'organization' ? 'org' : entity}_default_visibility`;
  return account.state.roles.get(roleOf(user))?.defaults[key] ?? account.plan.entireCompany;
}

/** Whether a group is another one or lies below it. */
function isBelow(account: Account, roleId: number, upperId: number): boolean {
  let at: number | null | undefined = roleId;
  // The number of groups bounds the way up, should two of them name each other.
  for (let step = 0; at != null && step <= account.state.roles.nextId; step += 1) {
    if (at === upperId) return true;
    at = account.state.roles.get(at)?.parentId;
  }
  return false;
}

/**
 * Whether the user may see the record. Published: 1 is the owner (on the smaller plans the followers too), 3 the
 * owner's group (there: the company), 5 that group and those below, 7 the company. Administrators see everything.
 * INF: whoever stands above the owner's group sees what the group sees.
 */
export function maySee(account: Account, user: UserRecord, entity: VisibleEntity, record: Visible): boolean {
  const visibleTo = Number(record.visible_to);
  if (visibleTo === account.plan.entireCompany || user.admin || record.owner_id === user.id) return true;
  const owner = account.state.users.get(record.owner_id);
  if (visibleTo === 1 || !owner)
    return account.plan.entireCompany === 3 && follows(account, user, entity, record.id);
  const mine = roleOf(user);
  const theirs = roleOf(owner);
  // The first group holds whoever is assigned to none: being there puts nobody above others.
  if (isBelow(account, theirs, mine) && mine !== FIRST_ROLE) return true;
  return mine === theirs || (visibleTo === 5 && isBelow(account, mine, theirs));
}

function follows(account: Account, user: UserRecord, entity: VisibleEntity, recordId: number): boolean {
  if (entity === 'lead') return false;
  const followers = account.state.followersByRecord.of(`${entity} ${recordId}`);
  return [...followers].some((each) => isLive(each) && each.userId === user.id);
}

/** The active users who may see the record, by id. */
export function permittedUsers(account: Account, entity: VisibleEntity, record: Visible): readonly number[] {
  return [...account.state.users.all()]
    .filter((user) => user.active && maySee(account, user, entity, record))
    .map(({ id }) => id);
}

/** What was found without what is hidden from the user: each item names its kind, `visible_to` and owner. */
export function* seenItems<T extends { readonly item: Readonly<Record<string, unknown>> }>(
  account: Account,
  user: UserRecord,
  found: Iterable<T>,
): Generator<T> {
  for (const each of found) {
    const { id, type, visible_to, owner } = each.item;
    const record = { id, visible_to, owner_id: (owner as { id?: number } | undefined)?.id, deletedSec: null };
    if (!(String(type) in VISIBLE) || maySee(account, user, type as VisibleEntity, record as Visible))
      yield each;
  }
}

/** What lists ask of each record: null where the user sees all, so nothing has to be asked. */
export function sight(
  account: Account,
  user: UserRecord,
  entity: string,
): ((record: object) => boolean) | null {
  if (user.admin || entity === 'activity') return null;
  return (record) =>
    !('visible_to' in record) || maySee(account, user, entity as VisibleEntity, record as Visible);
}
