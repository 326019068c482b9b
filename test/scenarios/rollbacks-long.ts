import { parseArgs } from 'node:util';
import { runHistory } from './rollback/history.ts';

/**
 * Takes random histories back, for as long as one likes: `npm run rollbacks -- --runs 500 [--from 1]`.
 * Tells each seed whose rollback lost an edit or left something behind, and ends with 1 when there was one.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '500' }, from: { type: 'string', default: '1' } },
});
const first = Number(values.from);
const last = first + Number(values.runs) - 1;

const failed: number[] = [];
const edits = new Map<string, number>();
const sums = { operations: 0, edits: 0, kills: 0, refused: 0, kept: 0 };
const started = performance.now();
for (let seed = first; seed <= last; seed += 1) await oneRun(seed);
const seconds = ((performance.now() - started) / 1_000).toFixed(0);
console.log(
  `${last - first + 1} histories, ${sums.operations} operations, ${sums.edits} edits of ${edits.size} kinds, ` +
    `${sums.kills} kills, ${sums.refused} refused deletes, ${sums.kept} records kept, ${seconds} s; ` +
    `${failed.length} failed${failed.length === 0 ? '' : `: ${failed.join(', ')}`}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function oneRun(seed: number): Promise<void> {
  try {
    const history = await runHistory(seed);
    sums.operations += history.operations;
    sums.edits += history.edits.length;
    sums.kills += history.kills;
    sums.refused += history.refused;
    sums.kept += history.kept;
    for (const what of history.edits) edits.set(what, (edits.get(what) ?? 0) + 1);
    if (history.faults.length === 0) return;
    console.error(`seed ${seed}:\n${history.faults.join('\n')}`);
  } catch (error) {
    console.error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  failed.push(seed);
}
