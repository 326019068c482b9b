import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { takeBack } from '../../packages/landfall/src/migration/journey.ts';
import {
  killedAt,
  makeStage,
  openScene,
  passesIn,
  type Scene,
  type SceneOptions,
  someOf,
  troubles,
  untilDone,
} from './support/crashes.ts';
import { type EmulatedAccount, type Snapshot, startAccount, writesIn } from './support/emulator.ts';
import { contentsOf, differences, markersTwice } from './support/oracle.ts';
import {
  existingRecords,
  foundRecords,
  keptConfiguration,
  peopleEdits,
  recordOf,
  withParents,
} from './support/people.ts';
import { expectFinished } from './support/verdict.ts';
import {
  advanceAll,
  advanceHere,
  makeWorkspace,
  must,
  openSession,
  planned,
  type Workspace,
} from './support/workspace.ts';

/** The answer of `rollback --json`. */
interface RollbackAnswer {
  readonly reversed: number;
  readonly restored: number;
  readonly kept: readonly {
    readonly entity: string;
    readonly targetId: string;
    readonly because: string;
    readonly by?: string;
  }[];
  readonly errored: number;
}

const perTestMs = 300_000;
const stage = await makeStage();
const loaded = await makeLoaded();
afterAll(() => {
  stage.remove();
  rmSync(loaded.folder, { recursive: true, force: true });
});

/** A finished migration: its workspace and the account's state as files, to be copied by each scenario. */
async function makeLoaded(): Promise<{
  readonly folder: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-loaded-'));
  const account = await startAccount({ stateFile: join(folder, 'account.jsonl') });
  const workspace = await makeWorkspace(account, { from: stage.plannedAt });
  const before = account.snapshot();
  await advanceHere(workspace);
  const after = account.snapshot();
  cpSync(workspace.directory, join(folder, 'workspace'), { recursive: true });
  await account.close();
  workspace.remove();
  return { folder, before, after };
}

async function inLoaded<T>(work: (scene: Scene) => Promise<T>, options: SceneOptions = {}): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-state-'));
  const stateFile = join(folder, 'account.jsonl');
  cpSync(join(loaded.folder, 'account.jsonl'), stateFile);
  const scene = await openScene(join(loaded.folder, 'workspace'), { ...options, stateFile });
  try {
    return await work(scene);
  } finally {
    await scene.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rolledBack(workspace: Workspace, codes: readonly number[] = [0]): Promise<RollbackAnswer> {
  return must(await workspace.run(['rollback']), codes).json as RollbackAnswer;
}

/** The same in this process: spares a start. */
async function rollbackHere(workspace: Workspace): Promise<RollbackAnswer> {
  const session = await openSession(workspace);
  return takeBack(session).finally(() => session.close());
}

/** Records that the ledger says were removed. */
async function removedIn(workspace: Workspace): Promise<number> {
  const session = await openSession(workspace);
  const { target } = await session.store.ledger().finally(() => session.close());
  return Object.values(target).reduce((sum, row) => sum + (row.removed ?? 0), 0);
}

async function plannedRollback(workspace: Workspace): Promise<RollbackAnswer> {
  return must(await workspace.run(['rollback', '--plan']), [0]).json as RollbackAnswer;
}

/** Fields that cannot come back: ids go on, and an account keeps what it counted. */
function expectSame(found: Snapshot, before: Snapshot): void {
  expect(differences(contentsOf(before), contentsOf(found))).toEqual([]);
  expect(found).toEqual(before);
}

describe.concurrent('a migration taken back (RB-01, I6)', () => {
  test(
    'the account is what it was before, `--plan` has said so, a second time nothing is done, and the journey can be made again',
    async () => {
      await inLoaded(async ({ account, workspace }) => {
        const said = await plannedRollback(workspace);
        expect(account.snapshot()).toEqual(loaded.after);
        const did = await rolledBack(workspace);
        expect(said).toMatchObject(did);
        expect([did.kept, did.errored, did.restored]).toEqual([[], 0, 0]);
        expectSame(account.snapshot(), loaded.before);

        const requests = writesIn(account.log()).length;
        expect(await rolledBack(workspace)).toEqual({ reversed: 0, restored: 0, kept: [], errored: 0 });
        expect(writesIn(account.log()).length).toBe(requests);

        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
        await rolledBack(workspace);
        expectSame(account.snapshot(), loaded.before);
      });
    },
    perTestMs,
  );

  test(
    'in an account that is lived in, records that were there before get back what they held',
    async () => {
      const account = await startAccount({ world: 'lived-in' });
      account.seed(existingRecords);
      const workspace = await makeWorkspace(account);
      try {
        await planned(workspace);
        const before = account.snapshot();
        const status = await advanceHere(workspace);
        expect(status.ledger.organization?.updated).toBeGreaterThan(0);
        expect(status.ledger.person?.updated).toBeGreaterThan(0);
        expect(foundRecords(account.snapshot())).not.toEqual(foundRecords(before));
        const said = await plannedRollback(workspace);
        const did = await rolledBack(workspace);
        expect(said).toMatchObject(did);
        expect([did.kept, did.errored]).toEqual([[], 0]);
        expect(did.restored).toBeGreaterThan(0);
        expectSame(account.snapshot(), before);
      } finally {
        await account.close();
        workspace.remove();
      }
    },
    perTestMs,
  );

  test(
    'a run that was killed in the middle, with answers lost, is taken back whole, and can be made again',
    async () => {
      const scene = await openScene(stage.plannedAt);
      try {
        const before = scene.account.snapshot();
        scene.account.faults([{ kind: 'lost-answer', method: 'POST', rate: 0.3 }]);
        await killedAt(scene.workspace, advanceAll, 'load:after-send', 30);
        expect(scene.account.snapshot()).not.toEqual(before);
        scene.account.faults([]);
        const did = await rolledBack(scene.workspace);
        expect([did.kept, did.errored]).toEqual([[], 0]);
        expectSame(scene.account.snapshot(), before);
        await untilDone(scene.workspace, advanceAll);
        await expectFinished(scene.workspace, stage.contents);
      } finally {
        await scene.end();
      }
    },
    perTestMs,
  );

  test(
    'a run killed while it configured leaves nothing behind either',
    async () => {
      const scene = await openScene(stage.plannedAt);
      try {
        const before = scene.account.snapshot();
        await killedAt(scene.workspace, advanceAll, 'configure:after-send', 12);
        await rolledBack(scene.workspace);
        expectSame(scene.account.snapshot(), before);
      } finally {
        await scene.end();
      }
    },
    perTestMs,
  );
});

const passes = await inLoaded(async ({ workspace }) => {
  const ran = await workspace.run(['rollback'], { env: { LANDFALL_CRASH_LOG: '1' } });
  return passesIn(must(ran, [0]).stderr);
});

describe.concurrent('a rollback that meets trouble itself (RB-01, F1, F3-F7)', () => {
  const kills = [...passes].flatMap(([point, count]) => someOf(count).map((pass) => [point, pass] as const));
  test.each(kills)(
    'killed at %s, pass %i: run again, it ends as if nothing had happened',
    async (point, pass) => {
      await inLoaded(async ({ account, workspace }) => {
        await killedAt(workspace, ['rollback'], point, pass);
        await rollbackHere(workspace);
        expectSame(account.snapshot(), loaded.before);
        expect(await rollbackHere(workspace)).toEqual({ reversed: 0, restored: 0, kept: [], errored: 0 });
        expect(await removedIn(workspace)).toBe(65);
      });
    },
    perTestMs,
  );

  test(
    'lost, late, refused and broken answers: it pauses at most, and ends with the account as before',
    async () => {
      await inLoaded(async ({ account, workspace }) => {
        account.faults(troubles, 5);
        await untilDone(workspace, ['rollback']);
        account.faults([]);
        expectSame(account.snapshot(), loaded.before);
      });
    },
    perTestMs,
  );
});

describe.concurrent('what people did meanwhile (RB-02, F14)', () => {
  test(
    'every record and field that somebody touched is kept and listed with a reason, everything else goes',
    async () => {
      await inLoaded(async ({ account, workspace }) => {
        const edits = await makeEdits(account);
        const after = account.snapshot();
        const said = await plannedRollback(workspace);
        const did = await rolledBack(workspace, [5]);
        expect(did.errored).toBe(0);
        const listed = did.kept.filter(({ entity }) => entity !== 'configuration');
        expect(said.kept.map(bare)).toEqual(listed.map(bare));
        expect(said.kept.filter(({ by }) => by !== undefined).length).toBeGreaterThan(3);
        expectEditsKept(edits, account, after, did);
      });
    },
    perTestMs,
  );

  test(
    'after that the journey can be made again: what stayed is not made twice',
    async () => {
      await inLoaded(async ({ account, workspace }) => {
        await makeEdits(account);
        const did = await rolledBack(workspace, [5]);
        const again = await rolledBack(workspace, [5]);
        expect(again.reversed).toBe(0);
        expect(again.kept.map(({ targetId }) => targetId)).toEqual(did.kept.map(({ targetId }) => targetId));
        await planned(workspace);
        await untilDone(workspace, advanceAll);
        expect(markersTwice(account.snapshot())).toEqual([]);
      });
    },
    perTestMs,
  );
});

/** Without who changed it and when: looking ahead asks for the names. */
function bare({ entity, targetId, because }: RollbackAnswer['kept'][number]) {
  return { entity, targetId, because };
}

type Made = readonly { readonly what: string; readonly keeps: readonly string[] }[];

async function makeEdits(account: EmulatedAccount): Promise<Made> {
  const made: { what: string; keeps: readonly string[] }[] = [];
  for (const edit of peopleEdits) made.push({ what: edit.what, keeps: await edit.make(account) });
  return made;
}

/** Each record an edit touched stands as the person left it and is listed; of the rest nothing of ours is left. */
function expectEditsKept(edits: Made, account: EmulatedAccount, after: Snapshot, did: RollbackAnswer): void {
  const snapshot = account.snapshot();
  const listed = new Set(did.kept.map(({ entity, targetId }) => `${entity} ${targetId}`));
  for (const { what, keeps } of edits) {
    for (const name of keeps) {
      expect(listed.has(name), `${what}: ${name} is listed`).toBe(true);
      expect(recordOf(snapshot, name), `${what}: ${name} stays as it was left`).toEqual(
        recordOf(after, name),
      );
    }
  }
  const wanted = withParents(
    after,
    edits.flatMap(({ keeps }) => keeps),
  );
  const records = did.kept.filter(({ entity }) => entity !== 'configuration');
  expect(records.filter(({ entity, targetId }) => !wanted.has(`${entity} ${targetId}`))).toEqual([]);
  const configuration = did.kept.filter(({ entity }) => entity === 'configuration');
  for (const used of keptConfiguration)
    expect(configuration.map(({ targetId }) => targetId)).toContainEqual(expect.stringMatching(used));
  expect(did.kept.filter(({ because }) => because.length < 15)).toEqual([]);
  expectTheirsUntouched(snapshot, after);
}

/** What people made themselves is there to the last value. */
function expectTheirsUntouched(snapshot: Snapshot, after: Snapshot): void {
  const theirs = (from: Snapshot) =>
    ['organizations', 'persons', 'deals', 'activities', 'notes'].flatMap((kind) =>
      (from[kind] ?? []).filter((one) =>
        /^(Theirs|Called)/.test(String(one.name ?? one.title ?? one.subject ?? one.content)),
      ),
    );
  expect(theirs(after).length).toBe(6);
  expect(theirs(snapshot)).toEqual(theirs(after));
}
