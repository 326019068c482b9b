import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peoplesProgram = fileURLToPath(new URL('../../../packages/landfall/bin/landfall.js', import.meta.url));
/** Compiled modules are kept between the processes of a test run: a child starts in half the time. */
const compiled = join(tmpdir(), 'landfall-test-compiled');

/** How a command is run. */
export interface RunOptions {
  /** The workspace; absent: none is named. */
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sends this signal after so many milliseconds, unless it has ended. */
  readonly signalAfter?: { readonly signal: NodeJS.Signals; readonly ms: number };
  /** No file it writes may grow past so many bytes (in a shell's `ulimit -f`); writing on fails as on a full disk. */
  readonly fileLimitBytes?: number;
  /** Gives up after so many milliseconds (default 200,000). */
  readonly timeoutMs?: number;
  /** The program that is run; absent: the one that people run. */
  readonly program?: string;
  /** Called with everything the process has said on stderr so far, and the process. */
  onStderr?(text: string, child: ChildProcess): void;
}

/** How a command ended. */
export interface Ran {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of stdout that is JSON, parsed; null when there is none. */
  readonly json: unknown;
}

/** Runs `landfall` as a process of its own, with `--json`. Never throws for an exit code. */
export function landfall(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { directory, env, signalAfter, timeoutMs = 200_000, program = peoplesProgram } = options;
  mkdirSync(compiled, { recursive: true });
  const place = directory === undefined ? [] : ['-C', directory];
  const [command, ...rest] = limited([process.execPath, program, ...place, '--json', ...args], options);
  const child = spawn(command, rest, {
    env: { ...bareEnvironment(), NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timers = [setTimeout(() => child.kill('SIGKILL'), timeoutMs)];
  if (signalAfter !== undefined) {
    timers.push(setTimeout(() => child.kill(signalAfter.signal), signalAfter.ms));
  }
  return ended(child, options).finally(() => {
    for (const timer of timers) clearTimeout(timer);
  });
}

/** Through a shell when the size of files is limited: `trap` makes writing fail instead of ending the process. */
function limited(
  words: readonly [string, ...string[]],
  { fileLimitBytes }: RunOptions,
): readonly [string, ...string[]] {
  if (fileLimitBytes === undefined) return words;
  const blocks = Math.floor(fileLimitBytes / 512);
  return ['/bin/sh', '-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, 'sh', ...words];
}

function ended(child: ChildProcess, options: RunOptions): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onStderr?.(stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr, json: lastJson(stdout) }));
  });
}

/** What a test is started with must not reach the command: its own database, its own crash points. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const left = Object.entries(process.env).filter(
    ([name]) => !/^(LANDFALL_|PIPEDRIVE_|NODE_OPTIONS|VITEST)/.test(name),
  );
  return Object.fromEntries(left);
}

function lastJson(text: string): unknown {
  for (const line of text.trimEnd().split('\n').toReversed()) {
    try {
      return JSON.parse(line);
    } catch {}
  }
  return null;
}

/** The error a command told on stderr as JSON, or null. */
export function errorOf(ran: Ran): {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly resumeAt: string | null;
} | null {
  const line = ran.stderr.split('\n').findLast((one) => one.startsWith('{"error"'));
  return line === undefined ? null : (JSON.parse(line) as { error: ReturnType<typeof errorOf> }).error;
}
