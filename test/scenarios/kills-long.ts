import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type TestPostgres, withPostgres } from '../conformance/postgres.ts';
import { makeStage, openScene, type Stage } from './support/crashes.ts';
import { startAccount } from './support/emulator.ts';
import { type KillPlace, manyKills } from './support/many-kills.ts';
import { makeOneFileProgram } from './support/one-file-program.ts';
import { expectFinished } from './support/verdict.ts';
import { makeWorkspace, planned } from './support/workspace.ts';

/**
 * Kills whole migrations at random moments under faults, for as long as one likes, every second one with its state in
 * Postgres and every third one from before its export is read:
 * `npm run kills -- --kills 1000` or `--runs 200`, `[--from 1] [--parallel 8] [--store sqlite|postgres]`.
 * Tells each seed that did not end right, and ends with 1 when there was one.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    runs: { type: 'string' },
    from: { type: 'string', default: '1' },
    parallel: { type: 'string', default: String(4 * availableParallelism()) },
    store: { type: 'string', default: 'both' },
  },
});
const wantedKills = Number(values.kills ?? Number.POSITIVE_INFINITY);
const first = Number(values.from);
const last = first + Number(values.runs ?? (values.kills === undefined ? 20 : Number.POSITIVE_INFINITY)) - 1;

const stores = values.store === 'both' ? ['sqlite', 'postgres'] : [values.store];
const postgres = stores.includes('postgres') ? await withPostgres() : null;
const program = await makeOneFileProgram();
const stage = await makeStage();
const postgresStage = postgres === null ? null : await plannedInPostgres(postgres, stage);

const failed: number[] = [];
const places: KillPlace[] = [];
let runs = 0;
let next = first;
const started = performance.now();
const soFar = () =>
  `${places.length} kills in ${((performance.now() - started) / 60_000).toFixed(1)} minutes`;
await Promise.all(Array.from({ length: Number(values.parallel) }, worker));
stage.remove();
postgresStage?.workspace.remove();
program.remove();
await postgres?.stop();
const counts = Object.entries(Object.groupBy(places, (place) => place));
const told = counts.map(([place, kills]) => `${kills.length} ${place}`).join(', ');
console.log(`${runs} runs, ${soFar()} (${told}), ${failed.length} failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function worker(): Promise<void> {
  for (let seed = next++; seed <= last && places.length < wantedKills; seed = next++) await oneRun(seed);
}

async function oneRun(seed: number): Promise<void> {
  const isPlanned = seed % 3 !== 0;
  const isPostgres = stores[seed % stores.length] === 'postgres';
  const database = isPostgres
    ? await postgres?.newDatabase(isPlanned ? postgresStage?.database : undefined)
    : undefined;
  const from = isPostgres ? postgresStage?.workspace.directory : stage.plannedAt;
  const scene = await openScene(
    isPlanned && from !== undefined ? from : stage.answered,
    database === undefined ? {} : { database },
  );
  const name = `seed ${seed}, ${isPostgres ? 'postgres' : 'sqlite'}`;
  try {
    const kills = await manyKills(scene, {
      seed,
      writes: stage.writes,
      kills: [8, 14],
      program: program.path,
    });
    await expectFinished(scene.workspace, stage.contents);
    places.push(...kills);
    console.error(`${name}: ${kills.length} kills, right; ${soFar()}`);
  } catch (error) {
    failed.push(seed);
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    runs += 1;
    await scene.end();
    // a server that is gone has failed the run above: the other runs are told all the same
    if (database !== undefined) await postgres?.dropDatabase(database).catch(() => undefined);
  }
}

/** The planned migration once more, with its state in a database that is then copied for each run. */
async function plannedInPostgres(server: TestPostgres, { answered }: Stage) {
  const database = await server.newDatabase();
  const account = await startAccount();
  const workspace = await makeWorkspace(account, { from: answered, database });
  await planned(workspace);
  await account.close();
  return { database, workspace };
}
