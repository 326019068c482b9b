import { must } from '../base/assert.ts';
import type { Ports } from '../base/ports.ts';
import type { Store } from '../model/store.ts';
import type { Database } from './connection.ts';
import { openSqliteDatabase, type SqliteOptions } from './sqlite.ts';
import { createStore, type StoreOptions } from './store.ts';
import { upgradesFor } from './upgrades.ts';

/** Where a migration's state lies: in Postgres when there is an address, else in the workspace's file. */
export interface StorePlace {
  /** `postgres://user:password@host:port/name`, or null. */
  readonly databaseUrl: string | null;
  /** The SQLite file; not touched when `databaseUrl` is given. */
  readonly file: string;
  /** The migration's name within the database. */
  readonly migration: string;
}

/**
 * Opens the store of a migration in a SQLite file, which is made when it is missing (with its folder).
 * Throws `store-newer` and `store-unusable`. Call `close` when done.
 */
export async function openSqlite(
  file: string,
  migration: string,
  ports: Ports,
  options: StoreOptions & SqliteOptions = {},
): Promise<Store> {
  const upgrades = upgradesFor('sqlite', ports.crashPoint);
  const database = await openSqliteDatabase(file, ports, upgrades, options);
  return openMigration(database, migration, ports, options);
}

/**
 * Opens the store of a migration in a Postgres database that many migrations may share.
 * Throws `store-newer` and `store-unusable`, never with the password in it. Call `close` when done.
 */
export async function openPostgres(
  url: string,
  migration: string,
  ports: Ports,
  options: StoreOptions = {},
): Promise<Store> {
  // its driver is loaded only where it is used
  const { openPostgresDatabase } = await import('./postgres.ts');
  const database = await openPostgresDatabase(url, ports, upgradesFor('postgres', ports.crashPoint));
  return openMigration(database, migration, ports, options);
}

/** Opens the store where the place says. */
export function openStore(
  place: StorePlace,
  ports: Ports,
  options: StoreOptions & SqliteOptions = {},
): Promise<Store> {
  if (place.databaseUrl !== null) return openPostgres(place.databaseUrl, place.migration, ports, options);
  return openSqlite(place.file, place.migration, ports, options);
}

async function openMigration(
  opened: Database,
  name: string,
  ports: Ports,
  options: StoreOptions,
): Promise<Store> {
  const database = options.through?.(opened) ?? opened;
  try {
    const number = (await migrationNumber(database, name)) ?? (await addMigration(database, name));
    return createStore(database, number, ports, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function migrationNumber(database: Database, name: string): Promise<number | null> {
  const [row] = await database.reader.rows<{ id: number }>('select id from migration where name = ?', [name]);
  return row?.id ?? null;
}

async function addMigration(database: Database, name: string): Promise<number> {
  await database.transaction((connection) =>
    connection.run('insert into migration (name) values (?) on conflict (name) do nothing', [name]),
  );
  return must(await migrationNumber(database, name), 'the migration that was just added is there');
}
