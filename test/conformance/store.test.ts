import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { must } from '../../packages/landfall/src/base/assert.ts';
import type { Store } from '../../packages/landfall/src/model/store.ts';
import { openPostgres, openSqlite } from '../../packages/landfall/src/store/open-store.ts';
import { type TestPostgres, withPostgres } from './postgres.ts';
import { storeConformance } from './store.ts';
import { portsWith, type StoreBench, testClock } from './store-samples.ts';

let postgres: TestPostgres | null = null;
let databaseUrl = '';
let migrations = 0;

beforeAll(async () => {
  postgres = await withPostgres();
  databaseUrl = await postgres.newDatabase();
});

afterAll(async () => {
  await postgres?.stop();
});

storeConformance('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-store-'));
  const clock = testClock();
  const open = (migration: string) => openSqlite(join(folder, 'state.sqlite'), migration, portsWith(clock));
  return benchOf(open, clock, () => rmSync(folder, { recursive: true }));
});

storeConformance('Postgres', async () => {
  const url = must(databaseUrl === '' ? null : databaseUrl, 'the server has started');
  const clock = testClock();
  // one database for all: what one migration leaves behind must not be seen by the next
  migrations += 1;
  const own = `test-${migrations}`;
  const open = (migration: string) => openPostgres(url, `${own}-${migration}`, portsWith(clock));
  return benchOf(open, clock, () => undefined);
});

async function benchOf(
  open: (migration: string) => Promise<Store>,
  clock: StoreBench['clock'],
  remove: () => void,
): Promise<StoreBench> {
  const opened: Store[] = [];
  const openKept = async (migration: string) => {
    const store = await open(migration);
    opened.push(store);
    return store;
  };
  const store = await openKept('main');
  return {
    store,
    clock,
    reopen: async () => {
      await opened.shift()?.close();
      return openKept('main');
    },
    second: () => openKept('main'),
    neighbour: () => openKept('other'),
    dispose: async () => {
      for (const one of opened) await one.close();
      remove();
    },
  };
}
