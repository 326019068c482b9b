import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Clock, Ports } from '../base/ports.ts';
import type { Durability } from '../model/store.ts';
import type { Connection, Database, SqlValue } from './connection.ts';
import { sqliteConnection } from './sqlite-connection.ts';
import { storeTrouble } from './trouble.ts';
import { type Upgrades, upgradeDatabase, upgradeIsDue } from './upgrade.ts';

type Handle = SqliteFile.Database;

/** How long a transaction waits for another program's before it gives up, in milliseconds. */
const lockWaitMs = 30_000;
const lockPollMaxMs = 50;
/** How long one statement may wait for a lock of the file itself (opening, recovery), in milliseconds. */
const busyTimeoutMs = 5_000;

/** Of the file; records of about a kilobyte lie better in pages larger than SQLite's usual ones. */
const pageBytes = 8_192;
/** How much of the file each handle keeps in memory. */
const writerCacheBytes = 24 * 1_024 * 1_024;
const readerCacheBytes = 8 * 1_024 * 1_024;
/** How long the write-ahead log grows before it is put into the file. */
const walBytes = 32 * 1_024 * 1_024;

/** Limits of a SQLite file. */
export interface SqliteOptions {
  /** The file may not grow past this; default: as far as the disk goes. */
  readonly maxBytes?: number;
}

/**
 * Opens (or makes) a state file and brings its schema up to date.
 * Two handles: what one transaction writes, the reader does not see before it is committed. The second one is opened
 * when something is first read beside a transaction: other reads find what they need in the writer's memory, which its
 * own commits do not make stale.
 * A commit that has to outlive a power cut is on the disk when `transaction` answers: WAL with synchronous = FULL.
 */
export async function openSqliteDatabase(
  file: string,
  ports: Ports,
  upgrades: Upgrades,
  options: SqliteOptions = {},
): Promise<Database> {
  const opened: Handle[] = [];
  try {
    makeFolder(file);
    const writer = openHandle(file, opened, writerCacheBytes);
    // from here on waiting is done by `beginImmediate`: SQLite's own would hold up the whole process
    writer.pragma('busy_timeout = 0');
    const ask = async (text: string) => writer.prepare<[], { name: string | null }>(text).all();
    if (await upgradeIsDue(ask, 'sqlite', upgrades)) await upgradeFile(writer, file, ports, upgrades);
    limitSize(writer, options.maxBytes);
    return sqliteDatabase(writer, file, ports, opened);
  } catch (error) {
    for (const handle of opened) handle.close();
    throw storeTrouble(error, file);
  }
}

function sqliteDatabase(writer: Handle, file: string, ports: Ports, opened: Handle[]): Database {
  const connection = sqliteConnection(writer, file);
  const setDurability = durabilityOf(writer);
  return {
    reader: committedReader(writer, connection, file, opened),
    transaction: async (work, durability = 'power') => {
      setDurability(durability);
      await beginImmediate(writer, file, ports.clock);
      return finishTransaction(writer, file, ports, () => work(connection));
    },
    close: async () => {
      for (const handle of opened.toReversed()) handle.close();
    },
  };
}

/** Reads what is committed: by the writer's handle while it is in no transaction, else by one of its own. */
function committedReader(writer: Handle, connection: Connection, file: string, opened: Handle[]): Connection {
  let beside: Connection | null = null;
  const besideWriter = (): Connection => {
    beside ??= sqliteConnection(openReader(file, opened), file);
    return beside;
  };
  return {
    ...connection,
    rows: async <R extends object>(text: string, values: readonly SqlValue[] = []) => {
      if (writer.inTransaction) return besideWriter().rows<R>(text, values);
      try {
        return await connection.rows<R>(text, values);
      } catch (error) {
        // another process puts the file right after a crash: the writer's handle waits for nothing, this one does
        if (!isBusy(error) && !(error instanceof Error && isBusy(error.cause))) throw error;
        return besideWriter().rows<R>(text, values);
      }
    },
  };
}

function openReader(file: string, opened: Handle[]): Handle {
  const reader = openHandle(file, opened, readerCacheBytes);
  reader.pragma('query_only = 1');
  return reader;
}

/** A commit with `synchronous = NORMAL` is in the file for every process at once, and on the disk with the next FULL one. */
function durabilityOf(handle: Handle): (durability: Durability) => void {
  let now: Durability = 'power';
  return (durability) => {
    if (durability === now) return;
    handle.exec(`pragma synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`);
    now = durability;
  };
}

async function finishTransaction<T>(
  handle: Handle,
  file: string,
  ports: Ports,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    ports.crashPoint('store: before commit');
    handle.exec('commit');
    ports.crashPoint('store: after commit');
    return result;
  } catch (error) {
    if (handle.inTransaction) handle.exec('rollback');
    throw storeTrouble(error, file);
  }
}

/** Waits without holding up the process: the holder may be another store in this very process. */
async function beginImmediate(handle: Handle, file: string, clock: Clock): Promise<void> {
  const giveUpMs = clock.monotonicMs() + lockWaitMs;
  for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, lockPollMaxMs)) {
    try {
      handle.exec('begin immediate');
      return;
    } catch (error) {
      if (!isBusy(error) || clock.monotonicMs() >= giveUpMs) throw storeTrouble(error, file);
    }
    await clock.sleep(waitMs);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SqliteFile.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function makeFolder(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

function openHandle(file: string, opened: Handle[], cacheBytes: number): Handle {
  const isNew = !existsSync(file);
  const handle = new SqliteFile(file, { timeout: busyTimeoutMs });
  opened.push(handle);
  // customers' data: nobody else on this machine may read it
  if (isNew) chmodSync(file, 0o600);
  handle.exec(`
    pragma page_size = ${pageBytes};
    pragma journal_mode = WAL;
    pragma synchronous = FULL;
    pragma cache_size = -${cacheBytes / 1_024};
    pragma wal_autocheckpoint = ${walBytes / pageBytes};
    pragma journal_size_limit = ${walBytes};`);
  return handle;
}

function limitSize(handle: Handle, maxBytes: number | undefined): void {
  if (maxBytes === undefined) return;
  const ownPageBytes = Number(handle.pragma('page_size', { simple: true }));
  handle.pragma(`max_page_count = ${Math.max(1, Math.floor(maxBytes / ownPageBytes))}`);
}

function kyselyOf(handle: Handle): Kysely<unknown> {
  return new Kysely({ dialect: new SqliteDialect({ database: handle }) });
}

/** All due upgrades in one transaction: a process that dies in between leaves the file as it was (F24). */
async function upgradeFile(handle: Handle, file: string, ports: Ports, upgrades: Upgrades): Promise<void> {
  await beginImmediate(handle, file, ports.clock);
  await finishTransaction(handle, file, ports, () =>
    upgradeDatabase(kyselyOf(handle), upgrades, { inTransaction: true }),
  );
}
