import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './copy.ts';

/** A test that failed, or a file of which none could be run. */
export interface Failure {
  /** From the root. */
  readonly file: string;
  /** Its whole name; null when the file could not be run at all. */
  readonly test: string | null;
}

/** What a run of tests in a copy of the tree came to. */
export interface Trial {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Why it ended without a report: the time was up, or nothing could be started. Else null. */
  readonly trouble: string | null;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Which tests are run, and for how long at most. */
export interface TrialRules {
  /** From the root. */
  readonly files: readonly string[];
  /** Words in their names. */
  readonly named: readonly string[];
  readonly limitMs: number;
  /** Until the first failure. */
  readonly bail: boolean;
}

/** Runs tests in a copy of the tree. */
export async function tryTests(folder: string, rules: TrialRules): Promise<Trial> {
  const output = join(folder, 'trial.json');
  rmSync(output, { force: true });
  const program = join(folder, 'node_modules/vitest/vitest.mjs');
  const reporting = ['--reporter=json', `--outputFile=${output}`, ...(rules.bail ? ['--bail=1'] : [])];
  const filter = `--testNamePattern=${rules.named.map(literally).join('|')}`;
  const ended = await run([program, 'run', ...reporting, filter, ...rules.files], folder, rules.limitMs);
  const none = { passed: 0, failures: [] };
  if (ended.code === null) return { ...none, trouble: `not done after ${rules.limitMs / 1_000} s` };
  if (!existsSync(output)) return { ...none, trouble: ended.said.trim().slice(-300) };
  const report = JSON.parse(readFileSync(output, 'utf8')) as VitestReport;
  const failures = failuresIn(report, folder);
  const isStrange = ended.code !== 0 && failures.length === 0;
  return {
    passed: report.numPassedTests,
    failures,
    trouble: isStrange ? ended.said.trim().slice(-300) : null,
  };
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function failuresIn({ testResults }: VitestReport, folder: string): readonly Failure[] {
  return testResults.flatMap(({ name, status, assertionResults }): Failure[] => {
    const file = relative(folder, name);
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (failed.length > 0) return failed.map(({ fullName }) => ({ file, test: fullName }));
    return status === 'failed' ? [{ file, test: null }] : [];
  });
}

/** What the compiler finds wrong in a copy of the tree, an error a line, without the places: these move. */
export async function compilerErrors(folder: string, limitMs: number): Promise<readonly string[]> {
  const program = join(folder, 'node_modules/.bin/tsc');
  const ended = await run([program, '--noEmit', '--pretty', 'false', '-p', 'tsconfig.json'], folder, limitMs);
  if (ended.code === null) return [`not done after ${limitMs / 1_000} s`];
  const errors = ended.said.split('\n').filter((line) => line.includes('): error TS'));
  return errors.map((line) => line.replace(/\(\d+,\d+\)/, ''));
}

interface Ended {
  /** null: it was ended for taking too long. */
  readonly code: number | null;
  readonly said: string;
}

/** A Node process with all its children: they are ended together. */
function run(args: readonly string[], folder: string, limitMs: number): Promise<Ended> {
  const shared = process.env.LANDFALL_SHARED ?? join(root, '../shared');
  const child = spawn(process.execPath, args, {
    cwd: folder,
    detached: true,
    env: { ...process.env, LANDFALL_SHARED: shared },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-20_000);
    });
  }
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(end, limitMs);
  process.once('exit', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      process.removeListener('exit', end);
      resolve({ code, said });
    });
  });
}
