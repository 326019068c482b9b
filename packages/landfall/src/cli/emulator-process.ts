import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MigrationError } from '../model/error.ts';

/** An emulator that runs beside us, and how it is reached. `Reached` is what its first line tells. */
export type RunningEmulator<Reached = object> = Reached & {
  readonly url: string;
  readonly token: string;
  /** The control plane; needs no token. */
  readonly control: string;
  /** Ends the process. */
  stop(): void;
};

/**
 * Starts `landfall emulate SYSTEM` as a process of its own: it shares nothing with the engine but the wire.
 * Throws `unavailable` when it ends before it listens.
 */
export async function startEmulator<Reached = object>(
  system: string,
  options: readonly string[],
): Promise<RunningEmulator<Reached>> {
  const program = fileURLToPath(new URL('../../bin/landfall.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [program, 'emulate', system, ...options, '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout !== null) {
    for await (const line of createInterface({ input: child.stdout }))
      return { ...(JSON.parse(line) as RunningEmulator<Reached>), stop: () => void child.kill('SIGTERM') };
  }
  throw new MigrationError('unavailable', `The emulator of ${system} did not start.`);
}

/** Tells an emulator something at its control plane. Throws `unavailable` with its words when it refuses. */
export async function tellEmulator({ control }: RunningEmulator, what: string, body: unknown): Promise<void> {
  const answer = await fetch(`${control}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new MigrationError('unavailable', `The emulator refused ${what}: ${await answer.text()}`);
}
