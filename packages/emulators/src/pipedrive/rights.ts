import type { Account } from './account.ts';
import type { UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { REGULAR_RIGHTS, RIGHT_ROWS, RIGHTS, type Right } from './rights-table.ts';
import { maySee, VISIBLE, type VisibleEntity } from './visibility.ts';

const NEEDED: ReadonlyMap<string, Right | 'admin'> = new Map(
  RIGHT_ROWS.flatMap(({ operations, needs }) => operations.map((operation) => [operation, needs] as const)),
);

/** Whether the user has the right: administrators always, others as their sets say. */
function hasRight(user: UserRecord, right: Right): boolean {
  return user.admin || (user.rights?.[right] ?? REGULAR_RIGHTS.includes(right));
}

/** Every right, and whether the user has it. */
export function rightsOf(user: UserRecord): Readonly<Record<string, boolean>> {
  return Object.fromEntries(RIGHTS.map((right) => [right, hasRight(user, right)]));
}

/** An operation as far as rights are concerned. */
interface Asked {
  readonly method: string;
  readonly path: string;
}

const HIDEABLE = Object.entries(VISIBLE) as [VisibleEntity, (typeof VISIBLE)[VisibleEntity]][];

/**
 * Refuses what the user has no right to, and records that are hidden from them. The words of the first are
 * published; the status of the second is not (switch `hiddenRecord`).
 */
export function assertAllowed(
  account: Account,
  user: UserRecord,
  { method, path }: Asked,
  params: Readonly<Record<string, string | undefined>>,
): void {
  if (user.admin) return;
  const needs = NEEDED.get(`${method} ${path}`);
  if (!hasRight(user, 'can_use_api') || needs === 'admin' || (needs !== undefined && !hasRight(user, needs)))
    throw new Refusal(403, 'You do not have permissions to do this.', 'ERR_FORBIDDEN');
  const [entity, named] =
    HIDEABLE.find(([, each]) => path === each.path || path.startsWith(`${each.path}/`)) ?? [];
  const record = named?.find(account.state, params.id ?? '');
  if (!entity || !named || !record || maySee(account, user, entity, record)) return;
  if (account.switches.hiddenRecord === 404)
    throw new Refusal(404, `${named.title} not found.`, 'ERR_NOT_FOUND');
  throw new Refusal(403, `You do not have permissions to access this ${entity}.`, 'ERR_FORBIDDEN');
}
