import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Copy, copyTree, pathOf } from './copy.ts';
import { mutants as all } from './list.ts';
import { type Mutant, timesFound } from './mutant.ts';
import { compilerErrors, type Failure, tryTests } from './trial.ts';

/**
 * Plants each bug of the list into a copy of the tree and runs the tests that must find it:
 * `npm run mutants [-- --only <id> ...] [--parallel 2] [--limit 600]` (seconds a bug). First it makes sure that every
 * bug compiles, and that the same tests are green without it. Ends with 1 unless each one is caught by a failing test.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    parallel: { type: 'string', default: '1' },
    limit: { type: 'string', default: '600' },
  },
});
const limitMs = Number(values.limit) * 1_000;
const chosen = all.filter(({ id }) => values.only?.includes(id) ?? true);
const strangers = (values.only ?? []).filter((id) => !all.some((mutant) => mutant.id === id));
if (strangers.length > 0) fail(`There is no planted bug named ${strangers.join(', ')}.`);

const copies: Copy[] = [];
process.on('exit', () => {
  for (const copy of copies) copy.remove();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const first = openCopy();
const planted = chosen.filter((bug) => fits(first, bug));
await demandCompiling(first);
const red = planted.length === 0 ? [] : await redWithoutBug(first);
let next = 0;
let caught = 0;
const workers = Math.min(Number(values.parallel), planted.length);
await Promise.all(Array.from({ length: workers }, (_none, at) => work(at === 0 ? first : openCopy())));
console.log(`${caught} of ${chosen.length} caught`);
process.exitCode = caught === chosen.length ? 0 : 1;

function openCopy(): Copy {
  const copy = copyTree();
  copies.push(copy);
  return copy;
}

/** The code moves: a bug whose place has gone is told, and the others are run. */
function fits(copy: Copy, bug: Mutant): boolean {
  const times = timesFound(readFileSync(pathOf(copy.folder, bug), 'utf8'), bug);
  if (times !== 1) console.log(`UNPROVEN: its place stands ${times} times in ${bug.file} [${bug.id}]`);
  return times === 1;
}

/** What the compiler refuses proves nothing about the tests. Bugs in different places are compiled together. */
async function demandCompiling(copy: Copy): Promise<void> {
  const anyway = new Set(await compilerErrors(copy.folder, limitMs));
  for (let left = planted; left.length > 0; ) {
    const together: Mutant[] = [];
    for (const bug of left) if (!together.some((other) => touches(bug, other))) together.push(bug);
    const restore = copy.plant(together);
    const errors = (await compilerErrors(copy.folder, limitMs)).filter((error) => !anyway.has(error));
    restore();
    if (errors.length > 0) fail(`A planted bug does not compile:\n${errors.join('\n')}`);
    left = left.filter((bug) => !together.includes(bug));
  }
  console.log(`${planted.length} compile`);
}

function touches(bug: Mutant, other: Mutant): boolean {
  return bug.file === other.file && (bug.find.includes(other.find) || other.find.includes(bug.find));
}

/** Tests that fail anyway: these catch nothing. */
async function redWithoutBug({ folder }: Copy): Promise<readonly Failure[]> {
  const files = [...new Set(planted.map(({ test }) => test))];
  const named = [...new Set(planted.flatMap((bug) => bug.named))];
  const trial = await tryTests(folder, { files, named, limitMs: limitMs * files.length, bail: false });
  if (trial.trouble !== null) fail(`Without any bug the tests do not run: ${trial.trouble}`);
  for (const { file, test } of trial.failures) console.log(`red without a bug: ${file}: ${test ?? 'all'}`);
  console.log(`without a bug ${trial.passed} tests of ${files.length} files are green`);
  return trial.failures;
}

async function work(copy: Copy): Promise<void> {
  for (let bug = planted[next++]; bug !== undefined; bug = planted[next++]) {
    const started = performance.now();
    const verdict = await verdictOn(copy, bug);
    const seconds = Math.round((performance.now() - started) / 1_000);
    console.log(`${verdict} [${bug.id}, ${seconds} s]`);
  }
}

async function verdictOn(copy: Copy, bug: Mutant): Promise<string> {
  const { test: file, named } = bug;
  const anyway = red.find(
    (one) => one.file === file && named.some((words) => one.test?.includes(words) ?? true),
  );
  if (anyway !== undefined) return `UNPROVEN: ${file} is red without it`;
  const restore = copy.plant([bug]);
  const trial = await tryTests(copy.folder, { files: [file], named, limitMs, bail: true });
  restore();
  const failure = trial.failures.find(({ test }) => test !== null);
  if (failure !== undefined) {
    caught += 1;
    return `caught: ${failure.test}`;
  }
  if (trial.trouble !== null) return `UNPROVEN: ${trial.trouble}`;
  if (trial.failures.length > 0 || trial.passed === 0) return `UNPROVEN: no test of ${file} could be run`;
  return `SURVIVED: ${bug.says}`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
