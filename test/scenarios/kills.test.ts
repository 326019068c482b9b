import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { withPostgres } from '../conformance/postgres.ts';
import {
  killedAt,
  makeStage,
  openScene,
  type Passes,
  passesIn,
  type Scene,
  someOf,
} from './support/crashes.ts';
import { writesIn } from './support/emulator.ts';
import { manyKills } from './support/many-kills.ts';
import { makeOneFileProgram } from './support/one-file-program.ts';
import { brokenAuditEntry } from './support/oracle.ts';
import { auditOf, expectFinished } from './support/verdict.ts';
import { advanceAll, advanceHere, must, planned } from './support/workspace.ts';

const stage = await makeStage();
afterAll(() => stage.remove());

/** A lost answer now and then: what is in doubt is looked up, so the points of that are passed too. */
const lostAnswers = [{ kind: 'lost-answer', method: 'POST', rate: 0.15 }] as const;

/** What the first command of a migration passes, from reading the export to the plan. */
const planPasses = await inScene(stage.answered, async (scene) => {
  const ran = await scene.workspace.run(['advance', '--to', 'plan'], { env: { LANDFALL_CRASH_LOG: '1' } });
  return passesIn(must(ran, [0, 5]).stderr);
});
const doubtPasses = await inScene(stage.plannedAt, async (scene) => {
  scene.account.faults(lostAnswers);
  const ran = await scene.workspace.run([...advanceAll], { env: { LANDFALL_CRASH_LOG: '1' } });
  return passesIn(must(ran, [0, 5]).stderr);
});

async function inScene<T>(from: string, work: (scene: Scene) => Promise<T>): Promise<T> {
  const scene = await openScene(from);
  try {
    return await work(scene);
  } finally {
    await scene.end();
  }
}

/** Kills at a pass of a point in a scene of its own, and brings the scene to its end. */
async function killAt(from: string, point: string, pass: number): Promise<void> {
  await inScene(from, async ({ workspace }) => {
    await killedAt(workspace, advanceAll, point, pass);
    await advanceHere(workspace);
    await expectFinished(workspace, stage.contents);
  });
}

/** Each point with its first, middle and last pass. */
function killsOf(passes: Passes): readonly (readonly [string, number])[] {
  return [...passes].flatMap(([point, count]) => someOf(count).map((pass) => [point, pass] as const));
}

const perTestMs = 300_000;

describe.concurrent('kill -9 at every named crash point (RUN-12, NF-03, F1, I1-I5, I11, AUD-01)', () => {
  test.each(killsOf(stage.passes))(
    '%s, pass %i, in the load: the resumed run ends as if nothing had happened',
    async (point, pass) => {
      await killAt(stage.plannedAt, point, pass);
    },
    perTestMs,
  );

  test.each(killsOf(planPasses))(
    '%s, pass %i, before the plan stands: the same plan to the last operation, and books that balance',
    async (point, pass) => {
      await inScene(stage.answered, async ({ account, workspace }) => {
        await killedAt(workspace, ['advance', '--to', 'plan'], point, pass);
        expect(await planned(workspace)).toBe(stage.planHash);
        expect(brokenAuditEntry(await auditOf(workspace))).toBeNull();
        expect(writesIn(account.log())).toEqual([]);
      });
    },
    perTestMs,
  );

  const doubtful = killsOf(new Map([...doubtPasses].filter(([point]) => !stage.passes.has(point))));
  test.each(doubtful)(
    '%s, pass %i, while lost answers are looked up: nothing is made twice',
    async (point, pass) => {
      await inScene(stage.plannedAt, async ({ account, workspace }) => {
        account.faults(lostAnswers);
        // which answers are lost depends on the order of arrival: the last passes may not be reached every time
        await workspace.run([...advanceAll], { env: { LANDFALL_CRASH: `${point}:${pass}` } });
        await advanceHere(workspace);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test('every crash point in the sources is one of those above, or one of the rollback', () => {
    const known = new Set([...stage.passes.keys(), ...planPasses.keys(), ...doubtPasses.keys()]);
    const left = [...pointsInSources()].filter(
      (point) => !known.has(point) && !point.startsWith('rollback:'),
    );
    expect(left).toEqual([]);
  });
});

describe.concurrent('kill -9 at random moments, again and again, under lost, late, refused and broken answers (F1, F3-F7)', () => {
  const program = makeOneFileProgram();
  afterAll(async () => (await program).remove());

  test.each([1, 2, 3, 4])(
    'seed %i ends with nothing lost and nothing twice',
    async (seed) => {
      // the first half before anything is read, the others when all is planned
      const from = seed <= 2 ? stage.answered : stage.plannedAt;
      await inScene(from, async (scene) => {
        const { path } = await program;
        const { writes } = stage;
        const kills = await manyKills(scene, { seed, writes, kills: [4, 6], program: path });
        expect(kills.length).toBeGreaterThan(0);
        await expectFinished(scene.workspace, stage.contents);
      });
    },
    perTestMs,
  );
});

describe('the same with the state in Postgres (NF-03, RUN-12)', () => {
  const server = withPostgres();
  afterAll(async () => (await server).stop());

  const middle = (point: string) => Math.ceil((stage.passes.get(point) ?? 2) / 2);
  const kills = [
    ['store: before commit', (planPasses.get('store: before commit') ?? 0) + 60],
    ['store: after commit', (planPasses.get('store: after commit') ?? 0) + 80],
    ...['configure:after-send', 'load:after-intent', 'load:after-send', 'load:before-settle'].map(
      (point) => [point, middle(point)] as const,
    ),
  ] as const;
  test.each(kills)(
    '%s, pass %i: the resumed run ends as if nothing had happened',
    async (point, pass) => {
      const scene = await openScene(stage.answered, { database: await (await server).newDatabase() });
      try {
        await killedAt(scene.workspace, advanceAll, point, pass);
        await advanceHere(scene.workspace);
        await expectFinished(scene.workspace, stage.contents);
      } finally {
        await scene.end();
      }
    },
    perTestMs,
  );
});

/** The names in `crashPoint('...')` of the product. */
function pointsInSources(): ReadonlySet<string> {
  const sources = fileURLToPath(new URL('../../packages/landfall/src', import.meta.url));
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const names = files.flatMap((name) => [
    ...readFileSync(join(sources, name), 'utf8').matchAll(/crashPoint\('([^']+)'\)/g),
  ]);
  return new Set(names.map(([, point = '']) => point));
}
