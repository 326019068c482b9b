import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import type { Database } from './connection.ts';
import { postgresConnection } from './postgres-connection.ts';
import { storeTrouble } from './trouble.ts';
import { type Upgrades, upgradeDatabase, upgradeIsDue } from './upgrade.ts';

/** Connections of one store: one writes, the others read. */
const poolSize = 4;
const connectTimeoutMs = 15_000;
const lockTimeoutMs = 30_000;

/** Whole numbers come as numbers: counts and places of ours stay below 2^53. */
const numbersAsNumbers: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text') =>
    id === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
};

/**
 * Opens a Postgres database and brings its schema up to date; the database should be Landfall's own.
 * Commits are on the disk when `transaction` answers, whatever the server's default is.
 */
export async function openPostgresDatabase(url: string, ports: Ports, upgrades: Upgrades): Promise<Database> {
  const where = placeOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    allowExitOnIdle: true,
    types: numbersAsNumbers,
    application_name: 'landfall',
  });
  // a connection that breaks says so to the statement under way, or is replaced at the next; unheard it would end the process
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const ask = async (text: string) => (await pool.query<{ name: string | null }>(text)).rows;
    if (await upgradeIsDue(ask, 'postgres', upgrades)) {
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
      await upgradeDatabase(db, upgrades, { inTransaction: false });
    }
    return postgresDatabase(pool, where, ports);
  } catch (error) {
    await pool.end();
    throw storeTrouble(error, where);
  }
}

function postgresDatabase(pool: pg.Pool, where: string, ports: Ports): Database {
  return {
    reader: postgresConnection(pool, where),
    transaction: async (work, durability = 'power') => {
      const client = await connect(pool, where);
      let broken: Error | undefined;
      try {
        await client.query(
          `begin; set local synchronous_commit = ${durability === 'power' ? 'on' : 'off'}; set local lock_timeout = ${lockTimeoutMs}`,
        );
        const result = await work(postgresConnection(client, where));
        ports.crashPoint('store: before commit');
        await commit(client, where);
        ports.crashPoint('store: after commit');
        return result;
      } catch (error) {
        broken = await rollback(client);
        throw storeTrouble(error, where);
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

async function connect(pool: pg.Pool, where: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw storeTrouble(error, where);
  }
}

/** Postgres answers ROLLBACK, and no error, to the COMMIT of a transaction that has failed. */
async function commit(client: pg.PoolClient, where: string): Promise<void> {
  const { command } = await client.query('commit');
  if (command === 'COMMIT') return;
  throw new MigrationError('store-unusable', `The state could not be written (${where}).`, { at: where });
}

async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Host and name of a database, for messages: never the user's password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new MigrationError('configuration-wrong', 'The address of the database is not a URL.', {
      hint: 'Write it as postgres://user:password@host:5432/name in LANDFALL_DATABASE_URL.',
    });
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
