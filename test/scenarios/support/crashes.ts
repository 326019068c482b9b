import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccountOptions,
  type EmulatedAccount,
  type FaultRule,
  startAccount,
  writesIn,
} from './emulator.ts';
import { type Contents, contentsOf } from './oracle.ts';
import {
  advanceAll,
  makeWorkspace,
  must,
  planned,
  saidBy,
  type Workspace,
  type WorkspaceOptions,
} from './workspace.ts';

/** How often a command passed each named crash point. */
export type Passes = ReadonlyMap<string, number>;

/** Counts the crash points that a command told (`LANDFALL_CRASH_LOG=1`). */
export function passesIn(stderr: string): Passes {
  const passes = new Map<string, number>();
  for (const [, name = ''] of stderr.matchAll(/^crash-point (.+)$/gm))
    passes.set(name, (passes.get(name) ?? 0) + 1);
  return passes;
}

/** The first, the middle and the last of so many passes, each once. */
export function someOf(count: number): readonly number[] {
  return [...new Set([1, Math.ceil(count / 2), count])];
}

/** A migration ready to be loaded (and a copy of it loaded), from which each scenario takes its own. */
export interface Stage {
  /** Every question answered, nothing extracted yet. */
  readonly answered: string;
  /** Planned; the first command with an approval writes. */
  readonly plannedAt: string;
  readonly planHash: string;
  /** What the uninterrupted run leads to. */
  readonly contents: Contents;
  /** How many writes the uninterrupted run sends from the planned state. */
  readonly writes: number;
  /** Crash points of the uninterrupted run from the planned state. */
  readonly passes: Passes;
  remove(): void;
}

/** A workspace and its account, to be thrown away together. */
export interface Scene {
  readonly account: EmulatedAccount;
  readonly workspace: Workspace;
  end(): Promise<void>;
}

/** Options of a scene: the workspace's, and a file with an account's state to go on from. */
export interface SceneOptions extends WorkspaceOptions {
  /** Whether the account enforces its limits (absent: off). */
  readonly limits?: 'on' | 'off';
  readonly stateFile?: string;
  /** What else differs from the usual account. */
  readonly account?: AccountOptions;
}

/** Makes the stage: one migration planned, and one run to its end without a fault. */
export async function makeStage(options: WorkspaceOptions = {}): Promise<Stage> {
  const account = await startAccount();
  const workspace = await makeWorkspace(account, options);
  const planHash = await planned(workspace);
  await account.close();
  const scene = await openScene(workspace.directory, options);
  const ran = must(await scene.workspace.run([...advanceAll], { env: { LANDFALL_CRASH_LOG: '1' } }), [0, 5]);
  const contents = contentsOf(scene.account.snapshot());
  const writes = writesIn(scene.account.log()).length;
  await scene.end();
  const answered = mkdtempSync(join(tmpdir(), 'landfall-answered-'));
  copyAnswers(workspace.directory, answered);
  return {
    answered,
    plannedAt: workspace.directory,
    planHash,
    contents,
    writes,
    passes: passesIn(ran.stderr),
    remove: () => {
      workspace.remove();
      rmSync(answered, { recursive: true, force: true });
    },
  };
}

function copyAnswers(from: string, to: string): void {
  for (const name of ['export', 'decisions.yaml'])
    cpSync(join(from, name), join(to, name), { recursive: true });
}

/** A fresh account with a copy of a workspace that leads to it. */
export async function openScene(from: string, options: SceneOptions = {}): Promise<Scene> {
  const { stateFile, limits = 'off', account: other, ...rest } = options;
  const remembered = stateFile === undefined ? {} : { stateFile, users: false };
  const account = await startAccount({ ...other, limits, ...remembered });
  const workspace = await makeWorkspace(account, { ...rest, from });
  return {
    account,
    workspace,
    end: async () => {
      await account.close();
      workspace.remove();
    },
  };
}

/** Runs a command that kills itself at a pass of a crash point. Throws with what it said when it did not. */
export async function killedAt(
  workspace: Workspace,
  args: readonly string[],
  point: string,
  pass: number,
): Promise<void> {
  const ran = await workspace.run(args, { env: { LANDFALL_CRASH: `${point}:${pass}` } });
  if (ran.signal !== 'SIGKILL') throw new Error(`${point}:${pass} was not reached; ${saidBy(ran)}`);
}

/** Runs a command until it is through: pauses (exit 4) are waited out by running it again, at most `tries` times. */
export async function untilDone(workspace: Workspace, args: readonly string[], tries = 8): Promise<void> {
  for (let left = tries; ; left -= 1) {
    const ran = must(await workspace.run(args), left > 1 ? [0, 4, 5] : [0, 5]);
    if (ran.code !== 4) return;
  }
}

/** A few percent of everything that can happen to an answer (F3, F4, F5, F6, F7). Late writes land well within the quiet time. */
export const troubles: readonly FaultRule[] = [
  { kind: 'lost-answer', method: 'POST', rate: 0.04 },
  { kind: 'lost-answer', rate: 0.01 },
  { kind: 'late-commit', method: 'POST', rate: 0.03, delayMs: 150 },
  { kind: 'status-429', rate: 0.03 },
  { kind: 'status-503', rate: 0.03 },
  { kind: 'reset-mid-body', rate: 0.02 },
  { kind: 'malformed-json', rate: 0.02 },
];
