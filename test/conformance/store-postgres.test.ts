import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../packages/landfall/src/base/assert.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { openPostgres, openStore } from '../../packages/landfall/src/store/open-store.ts';
import { openPostgresDatabase } from '../../packages/landfall/src/store/postgres.ts';
import { upgradesFor } from '../../packages/landfall/src/store/upgrades.ts';
import { type TestPostgres, withPostgres } from './postgres.ts';
import { contact } from './store-samples.ts';

let server: TestPostgres | null = null;
const running = () => must(server, 'the server has started');

beforeAll(async () => {
  server = await withPostgres();
});

afterAll(async () => {
  await server?.stop();
});

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  return error as Error;
}

/** Everything an error could show to somebody. */
function shown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack, JSON.stringify(error), shown(error.cause ?? '')].join('\n');
}

describe('a Postgres that cannot be used', () => {
  it.each([
    ['refuses the password', { password: 's3cret-canary' }, /user or password is refused/],
    ['is not there', { password: 's3cret-canary', port: '1' }, /does not answer/],
    ['has no such database', { pathname: '/nothing-here' }, /no such database/],
  ])('because it %s is said without the password', async (_name, change, says) => {
    const url = Object.assign(new URL(running().url), change);
    const error = await thrownBy(openPostgres(url.href, 'main', systemPorts()));
    expect(error).toMatchObject({ code: 'store-unusable', message: expect.stringMatching(says) });
    expect(shown(error)).not.toMatch(/s3cret-canary|not-a-secret/);
  });

  it('because its address is none is said without showing it', async () => {
    const error = await thrownBy(openPostgres('host=x password=s3cret-canary', 'main', systemPorts()));
    expect(error).toMatchObject({ code: 'configuration-wrong' });
    expect(shown(error)).not.toContain('s3cret-canary');
  });

  it('because its connections were cut in the middle is said, leaves nothing, and is got over', async () => {
    const url = await running().newDatabase();
    const store = await openPostgres(url, 'main', systemPorts());
    const lease = await store.lease('test', 60_000);
    const cut = store.write(lease, async (writer) => {
      await writer.stage([contact('1')]);
      await withClient(running().url, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and state = 'idle in transaction'`,
          [new URL(url).pathname.slice(1)],
        ),
      );
      await writer.stage([contact('2')]);
    });
    await expect(cut).rejects.toMatchObject({
      code: 'store-unusable',
      message: expect.stringMatching(/not answer/),
    });
    expect(await store.stagedCount('contact')).toBe(0);
    await store.write(lease, (writer) => writer.stage([contact('1')]));
    expect(await store.stagedCount('contact')).toBe(1);
    await store.close();
  });
});

describe('the schema in Postgres', () => {
  it('keeps the audit log from being changed (AUD-01)', async () => {
    const url = await running().newDatabase();
    const store = await openPostgres(url, 'main', systemPorts());
    await store.write(null, (writer) => writer.appendAudit([{ kind: 'intent', body: { seq: 1 } }]));
    for (const statement of [`update audit set body = '{}'`, 'delete from audit', 'truncate audit']) {
      const changing = withClient(url, (client) => client.query(statement));
      await expect(changing).rejects.toThrow('the audit log only grows');
    }
    await store.close();
  });

  it('is made once when several open a new database at once (F24)', async () => {
    const url = await running().newDatabase();
    const place = { databaseUrl: url, file: '/nowhere/state.sqlite', migration: 'main' };
    const stores = await Promise.all([1, 2, 3].map(() => openStore(place, systemPorts())));
    await stores[0]?.write(null, (writer) => writer.setValue('a', 'b'));
    expect(await stores[2]?.getValue('a')).toBe('b');
    for (const store of stores) await store.close();
  });

  it('of a newer version is refused (F24)', async () => {
    const url = await running().newDatabase();
    await (await openPostgres(url, 'main', systemPorts())).close();
    await withClient(url, (client) =>
      client.query(`insert into schema_upgrade values ('0099-later', '2030')`),
    );
    await expect(openPostgres(url, 'main', systemPorts())).rejects.toMatchObject({ code: 'store-newer' });
  });

  it('is made whole or not at all (F24)', async () => {
    const url = await running().newDatabase();
    let points = 0;
    const crashPoint = () => {
      points += 1;
      if (points === 12) throw new Error('stopped');
    };
    await expect(openPostgres(url, 'main', systemPorts({ crashPoint }))).rejects.toThrow('stopped');
    const store = await openPostgres(url, 'main', systemPorts());
    expect(await store.stagedCount('contact')).toBe(0);
    await store.close();
  });
});

it('a transaction of Postgres that failed is not taken for committed', async () => {
  const url = await running().newDatabase();
  const upgrades = upgradesFor('postgres', () => undefined);
  const database = await openPostgresDatabase(url, systemPorts(), upgrades);
  const swallowing = database.transaction((connection) =>
    connection.run('select 1 / 0').catch(() => undefined),
  );
  await expect(swallowing).rejects.toMatchObject({ code: 'store-unusable' });
  await database.close();
});

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
