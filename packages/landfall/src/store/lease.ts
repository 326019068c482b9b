import type { Clock } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import type { Lease } from '../model/store.ts';
import type { Scope } from './connection.ts';
import { hasEnded } from './holder.ts';

interface LeaseRow {
  readonly epoch: number;
  readonly holder: string | null;
  readonly renewed_ms: number;
  readonly ttl_ms: number;
}

/** The lease as its holder sees it. Validity is measured by the monotonic clock: civil time may jump (F11). */
export interface HeldLease extends Lease {
  readonly ttlMs: number;
  /** To be called when a renewal is committed. */
  renewedAt(monotonicMs: number): void;
  /** Whether a good part of its time has gone, so that the next write should prolong it. */
  isAging(): boolean;
}

/** Makes the holder's side; `renew` and `release` run in transactions of their own. */
export function heldLease(
  epoch: number,
  ttlMs: number,
  clock: Clock,
  startedMs: number,
  actions: { renew(lease: HeldLease): Promise<void>; release(lease: HeldLease): Promise<void> },
): HeldLease {
  let renewedMs = startedMs;
  let isReleased = false;
  const lease: HeldLease = {
    epoch,
    ttlMs,
    isCurrent: () => !isReleased && clock.monotonicMs() - renewedMs < ttlMs,
    isAging: () => clock.monotonicMs() - renewedMs > ttlMs / 4,
    renewedAt: (monotonicMs) => {
      renewedMs = Math.max(renewedMs, monotonicMs);
    },
    renew: () => actions.renew(lease),
    release: async () => {
      isReleased = true;
      await actions.release(lease);
    },
  };
  return lease;
}

/** Takes the lease within a transaction and answers its epoch. Throws `lease-held` while another holder has it. */
export async function takeLease(scope: Scope, holder: string, ttlMs: number, nowMs: number): Promise<number> {
  const row = await leaseRow(scope);
  if (row.holder !== null && !isFree(row, row.holder, nowMs)) {
    throw new MigrationError('lease-held', `Another process works on this migration: ${row.holder}.`);
  }
  const epoch = row.epoch + 1;
  await scope.connection.run(
    'update migration set epoch = ?, holder = ?, renewed_ms = ?, ttl_ms = ? where id = ?',
    [epoch, holder, Math.round(nowMs), ttlMs, scope.migration],
  );
  return epoch;
}

/** Stops with `lease-lost` when the epoch is not the newest, or the lease was given back (F16). Locks the row until the transaction ends. */
export async function checkLease(scope: Scope, epoch: number): Promise<void> {
  const row = await leaseRow(scope);
  if (row.epoch === epoch && row.holder !== null) return;
  const now = row.holder === null ? 'nobody' : row.holder;
  throw new MigrationError(
    'lease-lost',
    `This process may not write any more; ${now} has the migration now.`,
  );
}

/** Writes that the lease was prolonged now. */
export async function prolongLease(scope: Scope, nowMs: number): Promise<void> {
  await scope.connection.run('update migration set renewed_ms = ? where id = ?', [
    Math.round(nowMs),
    scope.migration,
  ]);
}

/** Gives the lease back, unless somebody else has it by now. */
export async function giveBackLease(scope: Scope, epoch: number): Promise<void> {
  await scope.connection.run('update migration set holder = null where id = ? and epoch = ?', [
    scope.migration,
    epoch,
  ]);
}

/** Locks the migration's row: writers of one migration come one after the other. */
export async function lockMigration(scope: Scope): Promise<void> {
  await leaseRow(scope);
}

async function leaseRow(scope: Scope): Promise<LeaseRow> {
  const [row] = await scope.connection.rows<LeaseRow>(
    `select epoch, holder, renewed_ms, ttl_ms from migration where id = ?${scope.connection.forUpdate}`,
    [scope.migration],
  );
  if (row === undefined) {
    throw new MigrationError('store-unusable', 'The state no longer knows this migration.');
  }
  return row;
}

/** A clock that is off by more than the lease's time, to either side, must not lock everybody out: the epoch still fences. */
function isFree(row: LeaseRow, holder: string, nowMs: number): boolean {
  return Math.abs(nowMs - row.renewed_ms) >= row.ttl_ms || hasEnded(holder);
}
