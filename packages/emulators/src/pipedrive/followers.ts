import { z } from 'zod';
import { type Account, assertOwner, isLive, nowSec } from './account.ts';
import { done, type Exchange, type Handler, jsonBody, looseBody, page, pathId } from './exchange-context.ts';
import { offsetPage, offsetReply } from './offset.ts';
import { readQuery } from './query.ts';
import type { FollowedEntity, FollowerRecord, UserRecord } from './records.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';
import { id, parsed } from './schemas.ts';
import type { State } from './state.ts';
import { rfc3339, v1Time } from './times.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { walkItems } from './walk.ts';

interface Followed {
  readonly title: string;
  /** How v1 names the record that is followed. */
  readonly v1Key: string;
  readonly v1AddStatus: 200 | 201;
  readonly find: (state: State, id: number) => { readonly deletedSec: number | null } | undefined;
}

/** What can be followed, and what differs between them. The statuses of v1 are published. */
const FOLLOWED: Readonly<Record<FollowedEntity, Followed>> = {
  deal: { title: 'Deal', v1Key: 'deal_id', v1AddStatus: 200, find: (state, id) => state.deals.get(id) },
  person: {
    title: 'Person',
    v1Key: 'person_id',
    v1AddStatus: 200,
    find: (state, id) => state.persons.get(id),
  },
  organization: {
    title: 'Organization',
    v1Key: 'org_id',
    v1AddStatus: 200,
    find: (state, id) => state.organizations.get(id),
  },
  product: {
    title: 'Product',
    v1Key: 'product_id',
    v1AddStatus: 201,
    find: (state, id) => state.products.get(id),
  },
};

const creation = z.strictObject({ user_id: id });
const looseCreation = z.strictObject({ user_id: looseId });
const seed = z.strictObject({
  entity: z.enum(['deal', 'person', 'organization', 'product']),
  record_id: id,
  user_id: id,
});
const PAGING = { limit: 'id', cursor: 'text' } as const;

/** The key under which the state finds the followers of one record. */
export function followedKey(entity: FollowedEntity, recordId: number): string {
  return `${entity} ${recordId}`;
}

/** Everybody who follows or has followed the record, oldest first. */
function history({ state }: Account, entity: FollowedEntity, recordId: number): FollowerRecord[] {
  return [...state.followersByRecord.of(followedKey(entity, recordId))];
}

/** Makes a user follow a record. Throws 400 when they already do, or are nobody. */
function follow(
  account: Account,
  entity: FollowedEntity,
  recordId: number,
  userId: number,
  actor: UserRecord,
): FollowerRecord {
  assertOwner(account, userId);
  // Published: the status. INF: the text.
  if (history(account, entity, recordId).some((each) => isLive(each) && each.userId === userId))
    throw badRequest(`User ${userId} already follows this ${entity}`);
  const { followers } = account.state;
  return account.state.keep(followers, {
    id: followers.nextId,
    entity,
    recordId,
    userId,
    addedByUserId: actor.id,
    removedByUserId: null,
    addedSec: nowSec(account),
    deletedSec: null,
  });
}

function unfollow(account: Account, follower: FollowerRecord, actor: UserRecord): void {
  account.state.keep(account.state.followers, {
    ...follower,
    removedByUserId: actor.id,
    deletedSec: nowSec(account),
  });
}

/** Seeds a follower: `{ entity, record_id, user_id }`. */
export function seedFollower(account: Account, item: unknown, actor: UserRecord): FollowerRecord {
  const { entity, record_id, user_id } = parsed(seed, item);
  if (!isLive(FOLLOWED[entity].find(account.state, record_id))) throw notFound(FOLLOWED[entity].title);
  return follow(account, entity, record_id, user_id, actor);
}

/** Who follows what, for the snapshot: by record and user, without the ids of followers. */
export function followerShots({ state }: Account): readonly unknown[] {
  return [...state.followers.all()]
    .filter((each) => isLive(each) && isLive(FOLLOWED[each.entity].find(state, each.recordId)))
    .map(({ entity, recordId, userId }) => ({ entity, record_id: recordId, user_id: userId }))
    .sort((a, b) => a.entity.localeCompare(b.entity) || a.record_id - b.record_id || a.user_id - b.user_id);
}

function followedId(exchange: Exchange, entity: FollowedEntity): number {
  const recordId = pathId(exchange);
  if (!isLive(FOLLOWED[entity].find(exchange.account.state, recordId)))
    throw notFound(FOLLOWED[entity].title);
  return recordId;
}

function view({ userId, addedSec }: FollowerRecord): Record<string, unknown> {
  return { user_id: userId, add_time: rfc3339(addedSec) };
}

interface Change {
  readonly id: number;
  readonly action: 'added' | 'removed';
  readonly follower: FollowerRecord;
}

/** Who came and who went, in that order for each follower. INF: the word `removed`; `added` is published. */
function changesOf(follower: FollowerRecord): Change[] {
  const added: Change = { id: follower.id * 2 - 1, action: 'added', follower };
  return follower.deletedSec === null
    ? [added]
    : [added, { ...added, id: follower.id * 2, action: 'removed' }];
}

function changeView({ action, follower }: Change): Record<string, unknown> {
  const removed = action === 'removed';
  return {
    action,
    actor_user_id: removed ? follower.removedByUserId : follower.addedByUserId,
    follower_user_id: follower.userId,
    time: rfc3339(removed ? (follower.deletedSec ?? 0) : follower.addedSec),
  };
}

/** The v2 operations on the followers of one kind of record; a follower is named by the user's id. */
export function followerHandlers(
  entity: FollowedEntity,
): Readonly<Record<'list' | 'add' | 'remove' | 'changelog', Handler>> {
  return {
    list(exchange) {
      const query = readQuery(exchange.call, PAGING);
      const live = history(exchange.account, entity, followedId(exchange, entity)).filter(isLive);
      const found = walkItems(exchange.account, live, query, (each) => each.id);
      return page(found.items.map(view), found.nextCursor);
    },
    add(exchange) {
      const recordId = followedId(exchange, entity);
      const { user_id } = parsed(creation, jsonBody(exchange));
      return done(view(follow(exchange.account, entity, recordId, user_id, exchange.user)), 201);
    },
    remove(exchange) {
      const recordId = followedId(exchange, entity);
      const userId = pathId(exchange, 'follower_id');
      const found = history(exchange.account, entity, recordId).find(
        (each) => isLive(each) && each.userId === userId,
      );
      if (!found) throw notFound('Follower');
      unfollow(exchange.account, found, exchange.user);
      return done({ user_id: userId });
    },
    changelog(exchange) {
      const query = readQuery(exchange.call, PAGING);
      const changes = history(exchange.account, entity, followedId(exchange, entity)).flatMap(changesOf);
      const found = walkItems(exchange.account, changes, query, (each) => each.id);
      return page(found.items.map(changeView), found.nextCursor);
    },
  };
}

/** The v1 operations on the same followers; here a follower is named by its own id, not the user's. */
export function v1FollowerHandlers(
  entity: FollowedEntity,
): Readonly<Record<'list' | 'add' | 'remove', Handler>> {
  const { v1Key, v1AddStatus } = FOLLOWED[entity];
  const v1View = ({ id: followerId, userId, recordId, addedSec }: FollowerRecord) => ({
    user_id: userId,
    id: followerId,
    [v1Key]: recordId,
    add_time: v1Time(addedSec),
  });
  return {
    list(exchange) {
      const live = history(exchange.account, entity, followedId(exchange, entity)).filter(isLive);
      const cut = offsetPage(exchange.account, exchange.call, live);
      return offsetReply(cut.items.map(v1View), cut);
    },
    add(exchange) {
      const recordId = followedId(exchange, entity);
      const { user_id } = parsedV1(looseCreation, looseBody(exchange));
      return done(v1View(follow(exchange.account, entity, recordId, user_id, exchange.user)), v1AddStatus);
    },
    remove(exchange) {
      const recordId = followedId(exchange, entity);
      const followerId = pathId(exchange, 'follower_id');
      const found = history(exchange.account, entity, recordId).find(
        (each) => isLive(each) && each.id === followerId,
      );
      if (!found) throw new Refusal(404, 'Follower not found');
      unfollow(exchange.account, found, exchange.user);
      return done({ id: followerId });
    },
  };
}
