import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemPorts } from '../packages/landfall/src/base/ports.ts';
import { Session } from '../packages/landfall/src/migration/session.ts';

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The value of `--name N` on the command line, or the usual one. */
export function numberOption(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}

/** What a number was measured on: stands beside it. */
export function machine(): { node: string; cores: number; cpu: string } {
  return { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
}

/** An emulator in a process of its own. */
export interface BenchEmulator {
  readonly child: ChildProcess;
  readonly url: string;
  readonly control: string;
  readonly token: string;
}

/** Starts `landfall emulate pipedrive` with these arguments. */
export async function startEmulator(args: readonly string[]): Promise<BenchEmulator> {
  const program = join(root, 'packages/landfall/bin/landfall.js');
  const child = spawn(process.execPath, [program, 'emulate', 'pipedrive', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as Omit<BenchEmulator, 'child'>) };
  }
  throw new Error('the emulator did not start');
}

/**
 * A workspace with a bulk export of `records` records; the export is written by a process of its own, so that its
 * memory is not ours. `policies`: more of them, as YAML flow.
 */
export function bulkWorkspace(
  records: number,
  emulator: BenchEmulator,
  destination: string,
  policies = '',
): string {
  const workspace = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  const folder = join(workspace, 'export');
  mkdirSync(folder);
  const code = `import { writeBulkExport } from '${root}samples/bulk-export.ts'; await writeBulkExport(${JSON.stringify(folder)}, { records: ${records}, seed: 1 });`;
  const made = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: 'inherit',
  });
  if (made.status !== 0) throw new Error('the export was not written');
  writeFileSync(
    join(workspace, 'landfall.yaml'),
    `version: 1
name: bench
source: { system: smart-crm-online, export: ./export }
destination: { system: pipedrive, url: ${emulator.url}, auth: { token: { env: TOKEN } }, ${destination} }
policies: { duplicates: keep, existing: create, unlinkedDeals: leave, contactsWithoutCompany: leave, unmatchedOwners: fallback, budgetShare: 1${policies === '' ? '' : `, ${policies}`} }
`,
  );
  return workspace;
}

/** Opens the workspace in this process. */
export function openBench(workspace: string, emulator: BenchEmulator): Promise<Session> {
  return Session.open({
    directory: workspace,
    ports: systemPorts(),
    environment: { TOKEN: emulator.token },
    signal: new AbortController().signal,
    report: () => undefined,
  });
}

/** Stops the emulator and removes the workspace. */
export function cleanUp(workspace: string, emulator: BenchEmulator): void {
  emulator.child.kill('SIGTERM');
  rmSync(workspace, { recursive: true, force: true });
}

/** Seconds a task took. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await task();
  return (performance.now() - startedMs) / 1000;
}
