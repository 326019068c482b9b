import { AsyncLocalStorage } from 'node:async_hooks';
import { assert } from '../base/assert.ts';
import type { Ports } from '../base/ports.ts';
import type { Durability, Lease, Store, StoreReader, StoreWriter } from '../model/store.ts';
import { auditReader, auditWriter } from './audit-log.ts';
import { bookReader, ledgerWriter, tallyWriter, troubleWriter } from './books.ts';
import type { Connection, Database, Scope } from './connection.ts';
import { draftReader, draftWriter } from './drafts.ts';
import { existingReader, existingWriter } from './existing.ts';
import { guardedConnection } from './guard.ts';
import { identityReader, identityWriter } from './identity.ts';
import {
  checkLease,
  giveBackLease,
  type HeldLease,
  heldLease,
  lockMigration,
  prolongLease,
  takeLease,
} from './lease.ts';
import { lookupReader } from './lookups.ts';
import { operationReader, operationWriter } from './operations.ts';
import { questionReader, questionWriter } from './questions.ts';
import { stagedReader, stagedWriter } from './staged.ts';
import { stepReader, stepWriter } from './steps.ts';

/** How a store keeps things. */
export interface StoreOptions {
  /** true: the audit log keeps ids and hashes, no values. */
  readonly noValues?: boolean;
  /** Stands between the store and its database; a simulation hands in a disk that fails. */
  readonly through?: (database: Database) => Database;
}

/** Puts one migration's store together over an opened database. `migration` is its number there. */
export function createStore(
  database: Database,
  migration: number,
  ports: Ports,
  options: StoreOptions,
): Store {
  const isInside = new AsyncLocalStorage<boolean>();
  const turns = oneAtATime();
  const leases = new WeakSet<Lease>();

  const transact = <T>(work: (scope: Scope) => Promise<T>, durability?: Durability): Promise<T> => {
    assert(isInside.getStore() !== true, 'a write of a store inside another write of it never ends');
    const inScope = (connection: Connection) =>
      guarded(connection, (line) => work({ connection: line, migration }));
    return turns(() => isInside.run(true, () => database.transaction(inScope, durability)));
  };
  const renew = async (lease: HeldLease): Promise<void> => {
    const startedMs = ports.clock.monotonicMs();
    await transact(async (scope) => {
      await checkLease(scope, lease.epoch);
      await prolongLease(scope, ports.clock.nowMs());
    });
    lease.renewedAt(startedMs);
  };
  const release = (lease: HeldLease) => transact((scope) => giveBackLease(scope, lease.epoch));

  return {
    ...createReader({ connection: database.reader, migration }),
    lease: async (holder, ttlMs) => {
      const startedMs = ports.clock.monotonicMs();
      const epoch = await transact((scope) => takeLease(scope, holder, ttlMs, ports.clock.nowMs()));
      const lease = heldLease(epoch, ttlMs, ports.clock, startedMs, { renew, release });
      leases.add(lease);
      return lease;
    },
    write: async (lease, work, durability) => {
      const startedMs = ports.clock.monotonicMs();
      const aging = lease !== null && leases.has(lease) && (lease as HeldLease).isAging();
      const result = await transact(async (scope) => {
        if (lease === null) await lockMigration(scope);
        else await checkLease(scope, lease.epoch);
        if (aging) await prolongLease(scope, ports.clock.nowMs());
        const reader = createReader(scope);
        const writer = { ...reader, ...createWriter(scope, ports, options) };
        return work(lease === null ? onlyDeciding(reader, writer) : writer);
      }, durability);
      if (aging) (lease as HeldLease).renewedAt(startedMs);
      return result;
    },
    close: () => turns(() => database.close()),
  };
}

function createReader(scope: Scope): StoreReader {
  return {
    ...stagedReader(scope),
    ...lookupReader(scope),
    ...draftReader(scope),
    ...operationReader(scope),
    ...stepReader(scope),
    ...identityReader(scope),
    ...existingReader(scope),
    ...bookReader(scope),
    ...questionReader(scope),
    ...auditReader(scope),
  };
}

function createWriter(
  scope: Scope,
  ports: Ports,
  options: StoreOptions,
): Omit<StoreWriter, keyof StoreReader> {
  return {
    ...stagedWriter(scope),
    ...draftWriter(scope),
    ...operationWriter(scope),
    ...stepWriter(scope),
    ...identityWriter(scope),
    ...existingWriter(scope),
    ...ledgerWriter(scope),
    ...tallyWriter(scope),
    ...troubleWriter(scope),
    ...questionWriter(scope),
    ...auditWriter(scope, ports.clock, { noValues: options.noValues ?? false }),
  };
}

const deciding = ['setValue', 'putDecisions', 'appendAudit'];

/** Without a lease only decisions, approvals and their trace may be written: a run under way cannot be disturbed. */
function onlyDeciding(reader: StoreReader, writer: StoreWriter): StoreWriter {
  const allowed = new Set([...Object.keys(reader), ...deciding]);
  return new Proxy(writer, {
    get: (target, name, receiver) => {
      assert(
        typeof name !== 'string' || allowed.has(name),
        `${String(name)} needs the lease: without one only decisions are written`,
      );
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

/** Runs work with a line that ends with it; a statement that failed undoes the transaction even if the work went on. */
async function guarded<T>(connection: Connection, work: (line: Connection) => Promise<T>): Promise<T> {
  const guard = guardedConnection(connection);
  try {
    const result = await work(guard.line);
    guard.throwFailure();
    return result;
  } finally {
    guard.end();
  }
}

/** A queue: each piece of work begins when the one before has ended. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
