import { afterAll, describe, expect, test } from 'vitest';
import { type Ports, systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { exitCodeOf, MigrationError } from '../../packages/landfall/src/model/error.ts';
import { configure } from '../../packages/landfall/src/phases/configure.ts';
import { load } from '../../packages/landfall/src/phases/load/load.ts';
import { verify } from '../../packages/landfall/src/phases/verify.ts';
import type { Scene } from './support/crashes.ts';
import { writesIn } from './support/emulator.ts';
import { type AuditLine, contentsOf, differences, markersTwice } from './support/oracle.ts';
import { rehearse } from './support/small-firm.ts';
import { auditOf, expectBalanced } from './support/verdict.ts';
import { openSession, type Workspace } from './support/workspace.ts';

const policies =
  'timezone: Europe/Istanbul, country: TR, currency: TRY, inDoubtQuietSeconds: 0.02, notesAs: note, budgetShare: 1';
const firm = await rehearse({ policies });
afterAll(() => firm.remove());

const perTestMs = 60_000;

/** What the store throws when SQLite finds no room. */
class Full extends Error {
  readonly code = 'SQLITE_FULL';
}

/** A disk on which the transactions from the n-th on (as many as `count`) find no room. */
function fullFrom(n: number, count: number) {
  let begun = 0;
  let failed = 0;
  const crashPoint = (name: string) => {
    if (name !== 'store: before commit') return;
    begun += 1;
    if (begun < n || begun >= n + count) return;
    failed += 1;
    throw new Full('database or disk is full');
  };
  return { ports: systemPorts({ crashPoint }), begun: () => begun, failed: () => failed };
}

/** Everything that writes: what `advance` does after the approvals, without the documents. */
async function write(workspace: Workspace, ports: Ports): Promise<unknown> {
  const session = await openSession(workspace, ports);
  try {
    await session.work(async (context) => {
      await configure(context);
      await load(context);
      await verify(context);
    });
    return null;
  } catch (error) {
    return error;
  } finally {
    await session.close();
  }
}

/** A process that comes two minutes later: the lease of one that could not give it back has run out. */
function later(): Ports {
  const { clock } = systemPorts();
  return systemPorts({ clock: { ...clock, nowMs: () => clock.nowMs() + 120_000 } });
}

async function expectWhole({ account, workspace }: Scene): Promise<void> {
  const snapshot = account.snapshot();
  expect(markersTwice(snapshot)).toEqual([]);
  expect(differences(firm.contents, contentsOf(snapshot))).toEqual([]);
  const session = await openSession(workspace);
  expectBalanced((await session.store.ledger()).target as never);
  await session.close();
}

/** How many transactions the whole work takes. */
async function transactions(): Promise<number> {
  const scene = await firm.scene();
  const never = fullFrom(Number.POSITIVE_INFINITY, 0);
  expect(await write(scene.workspace, never.ports)).toBeNull();
  await scene.end();
  return never.begun();
}

/** Lets the disk be full, and then gives it room: the one stops the work with a clear word, the other brings it to its end. */
async function fullAndMended(n: number, count: number): Promise<void> {
  const scene = await firm.scene();
  const { account, workspace } = scene;
  try {
    const disk = fullFrom(n, count);
    const error = await write(workspace, disk.ports);
    expect(disk.failed(), `transaction ${n}`).toBeGreaterThan(0);
    expect(error).toBeInstanceOf(MigrationError);
    expect([exitCodeOf(error), (error as MigrationError).code]).toEqual([1, 'store-unusable']);
    expect(String(error)).toMatch(/the disk is full \(.+state\.sqlite\)/);
    expect((error as MigrationError).hint).toMatch(/safe/);
    const intents = (await auditOf(workspace)).filter(isIntent).length;
    expect(writesIn(account.log()).length, 'sent without an intent on the disk').toBeLessThanOrEqual(intents);
    expect(await write(workspace, later())).toBeNull();
    await expectWhole(scene);
  } finally {
    await scene.end();
  }
}

/** What is kept before a request that writes: one entry each. */
function isIntent({ kind, body }: AuditLine): boolean {
  return kind === 'intent' || (kind === 'configure' && 'step' in (body as object));
}

const total = await transactions();
const parts = 4;
const partOf = (part: number) =>
  Array.from({ length: total }, (_, at) => at + 1).filter((n) => n % parts === part);

describe('the disk is full at the n-th transaction, for every n of a run (F12, I13)', () => {
  test.each([0, 1, 2, 3])(
    'and stays so: it stops and says so, nothing was sent without its intent, and with room it goes on (part %i of 4)',
    async (part) => {
      for (const n of partOf(part)) await fullAndMended(n, Number.POSITIVE_INFINITY);
    },
    perTestMs,
  );

  test(
    'for this one transaction only: what was under way is looked up, nothing is lost or doubled',
    async () => {
      for (const n of partOf(1)) await fullAndMended(n, 1);
    },
    perTestMs,
  );
});
