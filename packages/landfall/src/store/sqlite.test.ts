import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ports, systemPorts } from '../base/ports.ts';
import { createRandom } from '../base/random.ts';
import { MigrationError } from '../model/error.ts';
import { sourceKey } from '../model/key.ts';
import type { SourceRecord } from '../model/source.ts';
import type { Store } from '../model/store.ts';
import { verifyAudit } from './audit-chain.ts';
import { openSqlite } from './open-store.ts';
import { openSqliteDatabase } from './sqlite.ts';
import { upgradesFor } from './upgrades.ts';

let folder = '';
let file = '';
let opened: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-sqlite-'));
  file = join(folder, '.landfall', 'state.sqlite');
});

afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
  rmSync(folder, { recursive: true });
});

async function open(
  ports: Ports = systemPorts(),
  options: Parameters<typeof openSqlite>[3] = {},
): Promise<Store> {
  const store = await openSqlite(file, 'main', ports, options);
  opened.push(store);
  return store;
}

async function close(store: Store): Promise<void> {
  opened = opened.filter((one) => one !== store);
  await store.close();
}

function records(count: number, characters = 100): SourceRecord[] {
  return Array.from({ length: count }, (_none, index) => ({
    entity: 'contact',
    key: sourceKey('contact', String(index)),
    fields: { Note: `${index} `.padEnd(characters, 'x') },
    position: `contacts.csv:${index}`,
    lookup: [{ kind: 'id', value: String(index) }],
  }));
}

/** Runs a script that has `store` and `ports` in another process. */
function inProcess(script: string): ReturnType<typeof spawnSync> {
  const at = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const head = `
    import { openSqlite } from ${at('./open-store.ts')};
    import { holderName } from ${at('./holder.ts')};
    import { systemPorts } from ${at('../base/ports.ts')};
    const file = ${JSON.stringify(file)};
    const die = () => process.kill(process.pid, 'SIGKILL');
  `;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '-e', head + script], {
    encoding: 'utf8',
  });
}

describe('a SQLite state file', () => {
  it('is made with its folder, for this user only (reliability.md T1, T2)', async () => {
    await open();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, '.landfall')).mode & 0o777).toBe(0o700);
  });

  it('puts every commit on the disk before it answers (RUN-12)', async () => {
    const database = await openSqliteDatabase(
      file,
      systemPorts(),
      upgradesFor('sqlite', () => undefined),
    );
    const pragma = (name: string) => database.transaction((connection) => connection.rows(`pragma ${name}`));
    expect(await pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    await database.close();
  });

  it('keeps the audit log from being changed (AUD-01)', async () => {
    const store = await open();
    await store.write(null, (writer) => writer.appendAudit([{ kind: 'intent', body: { seq: 1 } }]));
    const raw = new SqliteFile(file);
    for (const statement of [
      `update audit set body = '{}'`,
      'delete from audit',
      `update audit set seq = 7`,
    ]) {
      expect(() => raw.exec(statement)).toThrow('the audit log only grows');
    }
    raw.close();
  });

  it('holds no value in the audit log when values are switched off, and the chain is sound without them', async () => {
    const store = await open(systemPorts(), { noValues: true });
    const body = { seq: 1, values: { name: 'Canary Example' } };
    await store.write(null, (writer) => writer.appendAudit([{ kind: 'intent', body }]));
    await store.write(null, (writer) => writer.appendAudit([{ kind: 'intent', body }]));
    const [first, second] = await store.auditPage(0, 10);
    expect(first?.body).toEqual({
      seq: 1,
      values: { name: { hmac: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    // one salt for the whole migration: what was meant can be shown later by whoever holds the value
    expect(second?.body).toEqual(first?.body);
    await store.write(null, (writer) => writer.setValue('auditSalt', null));
    expect(verifyAudit(await store.auditPage(0, 10))).toBeNull();
    await close(store);
    expect(readFileSync(file).includes('Canary')).toBe(false);
  });
});

describe('trouble with the disk (F12)', () => {
  it('a full disk stops with what to do, leaves nothing of the transaction, and goes on when there is room', async () => {
    const small = await open(systemPorts(), { maxBytes: 700_000 });
    const lease = await small.lease('test', 60_000);
    await small.write(lease, (writer) => writer.stage(records(100)));
    const staging = small.write(lease, async (writer) => {
      await writer.setValue('cursor', '1100');
      await writer.stage(records(1_100, 1_000));
    });
    await expect(staging).rejects.toMatchObject({
      code: 'store-unusable',
      message: expect.stringMatching(/the disk is full \(.*state\.sqlite\)/),
      hint: expect.stringMatching(/room on the disk/),
    });
    expect([await small.stagedCount('contact'), await small.getValue('cursor')]).toEqual([100, null]);
    await small.write(lease, (writer) => writer.setValue('still', 'works'));
    await lease.release();
    await close(small);
    const roomy = await open();
    const again = await roomy.lease('test', 60_000);
    const staged = await roomy.write(again, (writer) => writer.stage(records(1_100, 1_000)));
    expect(staged.fresh.size).toBe(1_000);
  });

  it('a file that is something else is refused', async () => {
    await close(await open());
    writeFileSync(file, 'Contact ID,Name\n'.repeat(1_000));
    await expect(open()).rejects.toMatchObject({
      code: 'store-unusable',
      message: /not a Landfall state file/,
    });
  });

  it('a place where no file can be is refused', async () => {
    const atFolder = openSqlite(folder, 'main', systemPorts());
    await expect(atFolder).rejects.toMatchObject({ code: 'store-unusable', at: folder });
    writeFileSync(join(folder, 'plain'), '');
    const below = openSqlite(join(folder, 'plain', 'state.sqlite'), 'main', systemPorts());
    await expect(below).rejects.toMatchObject({ code: 'store-unusable' });
  });

  it('a file that another program holds is waited for, then said', async () => {
    const store = await open(systemPorts({ clock: hastyClock() }));
    const raw = new SqliteFile(file);
    raw.exec('begin immediate');
    const waiting = store.write(null, (writer) => writer.setValue('a', 'b'));
    await expect(waiting).rejects.toMatchObject({
      code: 'store-unusable',
      message: /another program holds it/,
    });
    const patient = store.write(null, (writer) => writer.setValue('a', 'b'));
    raw.exec('rollback');
    raw.close();
    await patient;
    expect(await store.getValue('a')).toBe('b');
  });
});

describe('a damaged file (F24)', () => {
  it('is refused with words, never with a crash, wherever a byte is flipped', async () => {
    const store = await open();
    const lease = await store.lease('test', 60_000);
    await store.write(lease, (writer) => writer.stage(records(300)));
    await store.write(lease, (writer) => writer.appendAudit([{ kind: 'intent', body: { a: 1 } }]));
    await close(store);
    const whole = readFileSync(file);
    const random = createRandom(7);
    const refused = new Set<string>();
    for (let round = 0; round < 150; round += 1) {
      const flipped = Buffer.from(whole);
      const place = Math.floor(random() * (round % 3 === 0 ? 200 : whole.length));
      flipped[place] = (flipped[place] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(file, flipped);
      for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
      const error = await readEverything().catch((thrown: unknown) => thrown);
      if (error === undefined) continue;
      expect(error, `byte ${place}: ${String(error)}`).toBeInstanceOf(MigrationError);
      refused.add((error as MigrationError).code);
    }
    expect([...refused]).toContain('store-unusable');
  });

  async function readEverything(): Promise<void> {
    const store = await openSqlite(file, 'main', systemPorts());
    try {
      await store.stagedPage('contact', 0, 1_000);
      await store.findByLookup('contact', 'id', ['1', '2'], 5);
      await store.auditPage(0, 10);
      await store.operationPage({}, 0, 10);
    } finally {
      await store.close();
    }
  }
});

describe('the schema (F24)', () => {
  it('of a newer version is refused and left as it is', async () => {
    await close(await open());
    const raw = new SqliteFile(file);
    raw.exec(`insert into schema_upgrade values ('0099-later', '2030-01-01')`);
    await expect(open()).rejects.toMatchObject({ code: 'store-newer', message: /0099-later/ });
    raw.exec(`delete from schema_upgrade where name = '0099-later'`);
    raw.close();
    await open();
  });

  it('is made whole or not at all, wherever making it stops', async () => {
    let points = 0;
    await close(await open(systemPorts({ crashPoint: () => (points += 1) })));
    expect(points).toBeGreaterThan(20);
    for (let stop = 1; stop < points; stop += 3) {
      rmSync(file);
      let passed = 0;
      const crashPoint = () => {
        passed += 1;
        if (passed === stop) throw new Error('stopped');
      };
      await expect(open(systemPorts({ crashPoint })), `point ${stop}`).rejects.toThrow('stopped');
      await close(await open());
    }
  });

  it('is made anew after a kill in the middle', async () => {
    const run = inProcess(`
      let points = 0;
      const crashPoint = () => { points += 1; if (points === 9) die(); };
      await openSqlite(file, 'main', systemPorts({ crashPoint }));
    `);
    expect(run.signal).toBe('SIGKILL');
    const store = await open();
    expect(await store.auditHead()).toMatchObject({ seq: 0 });
  });

  it('is made once when several open a new file at once', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => open()));
    await stores[0]?.write(null, (writer) => writer.setValue('a', 'b'));
    expect(await stores[4]?.getValue('a')).toBe('b');
  });
});

describe('a killed process (RUN-12, F16)', () => {
  it.each([
    ['store: before commit', 'one'],
    ['store: after commit', 'two'],
  ])('at "%s" leaves whole transactions, and a lease that can be taken at once', async (point, kept) => {
    const run = inProcess(`
      let armed = false;
      const crashPoint = (name) => { if (armed && name === ${JSON.stringify(point)}) die(); };
      const store = await openSqlite(file, 'main', systemPorts({ crashPoint }));
      const lease = await store.lease(holderName('load'), 3_600_000);
      await store.write(lease, (writer) => writer.setValue('intent', 'one'));
      armed = true;
      await store.write(lease, (writer) => writer.setValue('intent', 'two'));
    `);
    expect(run.signal).toBe('SIGKILL');
    const store = await open();
    expect(await store.getValue('intent')).toBe(kept);
    expect((await store.lease('next', 60_000)).epoch).toBe(2);
  });

  it('of another machine keeps its lease until the time is over', async () => {
    const store = await open();
    const pid = spawnSync(process.execPath, ['-e', '']).pid;
    await store.lease(`load (process ${pid} on not-${hostname()})`, 60_000);
    await expect(store.lease('next', 60_000)).rejects.toMatchObject({ code: 'lease-held' });
  });
});

/** A clock on which waiting takes no time of ours. */
function hastyClock(): Ports['clock'] {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
