import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { makeStage, openScene, randomKills } from './support/crashes.ts';
import { expectFinished } from './support/verdict.ts';

/**
 * Kills whole migrations at random moments under faults, for as long as one likes:
 * `node test/scenarios/kills-long.ts --runs 200 [--from 1] [--parallel 4]`.
 * Tells each seed that did not end right, and ends with 1 when there was one.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    parallel: { type: 'string', default: String(2 * availableParallelism()) },
  },
});
const first = Number(values.from);
const last = first + Number(values.runs) - 1;

const stage = await makeStage();
const failed: number[] = [];
let kills = 0;
let next = first;
const started = performance.now();
await Promise.all(Array.from({ length: Number(values.parallel) }, worker));
stage.remove();
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(
  `${last - first + 1} runs, ${kills} kills, ${minutes} minutes, ${failed.length} failed: ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function worker(): Promise<void> {
  for (let seed = next++; seed <= last; seed = next++) await oneRun(seed);
}

async function oneRun(seed: number): Promise<void> {
  const scene = await openScene(stage.plannedAt);
  try {
    const done = await randomKills(scene, seed);
    kills += done.kills;
    await expectFinished(scene.workspace, stage.contents);
    console.error(`seed ${seed}: ${done.kills} kills, right`);
  } catch (error) {
    failed.push(seed);
    console.error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await scene.end();
  }
}
