import type { EmulatedClock } from '../kit/clock.ts';
import type { SeededRandom } from '../kit/random.ts';
import { COMPANY_OPEN_CAP, type Plan } from './plans.ts';
import type { UserRecord } from './records.ts';
import { capReached, Refusal } from './refusal.ts';
import type { State } from './state.ts';
import type { Switches } from './switches.ts';

/** One emulated company: what it holds, what it may hold, and its time. */
export interface Account {
  state: State;
  switches: Switches;
  random: SeededRandom;
  readonly clock: EmulatedClock;
  readonly plan: Plan;
  readonly seats: number;
  /** While records are seeded no cap applies. */
  seeding: boolean;
}

/** Now, in whole seconds since 1970. */
export function nowSec(account: Account): number {
  return Math.floor(account.clock.nowMs() / 1_000);
}

/** Refuses a deal or lead that is one too many for the plan. */
export function assertRoomForOpen(account: Account, what: 'deal' | 'lead'): void {
  if (account.seeding) return;
  const planCap = Math.min(account.plan.openPerSeat * account.seats, COMPANY_OPEN_CAP);
  if (account.state.openCount < (account.switches.openDealsCap ?? planCap)) return;
  throw capReached(`Couldn't add the ${what}. Open deals limit reached.`, 'feature_capping_deals_limit');
}

/**
 * Refuses one record too many, where a switch sets a cap that exists but whose number nobody published. INF: text and
 * code. `what` is one of them, in words.
 */
export function assertBelowCap(
  account: Account,
  cap: number | null,
  what: string,
  count: () => number,
): void {
  if (cap === null || account.seeding || count() < cap) return;
  const code = `feature_capping_${what.replaceAll(' ', '_')}s_limit`;
  throw capReached(
    `Couldn't add the ${what}. ${what[0]?.toUpperCase()}${what.slice(1)}s limit reached.`,
    code,
  );
}

/** How many of these records are live. */
export function liveCount<T extends { readonly deletedSec: number | null }>(
  records: Iterable<T>,
  counts: (record: T) => boolean = () => true,
): number {
  let count = 0;
  for (const record of records) if (record.deletedSec === null && counts(record)) count += 1;
  return count;
}

/** Refuses a value of `visible_to` that the plan does not know: 403, not 400. */
export function assertVisibility(account: Account, visibleTo: number): void {
  if (account.plan.visibility.includes(visibleTo)) return;
  // The text is inferred; the status is published.
  throw new Refusal(403, `visible_to ${visibleTo} is not available for this company`, 'ERR_FORBIDDEN');
}

/** Refuses an owner who does not exist, or (switch) who is not active. */
export function assertOwner(account: Account, userId: number): void {
  const user = account.state.users.get(userId);
  // Status and texts are inferred.
  if (!user) throw new Refusal(400, `User ${userId} does not exist`, 'ERR_BAD_REQUEST');
  if (!user.active && account.switches.inactiveOwner === 'refuse' && !account.seeding)
    throw new Refusal(400, `User ${userId} is not active`, 'ERR_BAD_REQUEST');
}

/** Whether this record is there and not deleted. */
export function isLive(record: { readonly deletedSec: number | null } | undefined): boolean {
  return record !== undefined && record.deletedSec === null;
}

/** A link as it reads: the id, or null once the record it points to is deleted. */
export function liveLink(
  table: { get(id: number): { readonly deletedSec: number | null } | undefined },
  id: number | null,
): number | null {
  return id !== null && isLive(table.get(id)) ? id : null;
}

/** Refuses a link to something that does not exist or is deleted. */
export function assertLink(
  account: Account,
  what: string,
  record: { readonly deletedSec: number | null } | undefined,
  id: number | string,
): void {
  if (isLive(record)) return;
  // UNC: the description names neither status nor text.
  const status = account.switches.missingLinkStatus;
  throw new Refusal(
    status,
    `${what} ${id} does not exist`,
    status === 404 ? 'ERR_NOT_FOUND' : 'ERR_BAD_REQUEST',
  );
}

/** Whose the printed tokens are: in a twin who read the live account, else the first administrator. */
export function tokenHolder(account: Account): UserRecord {
  const { companies, users } = account.state;
  return users.get(companies.get(1)?.holderId ?? 0) ?? firstAdmin(account);
}

/** The first administrator: who acts where no token says who. */
export function firstAdmin(account: Account): UserRecord {
  for (const user of account.state.users.all()) if (user.admin) return user;
  throw new Error('an emulated account always has an administrator');
}
