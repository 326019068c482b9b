import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Ports, systemPorts } from '../base/ports.ts';
import { pathTrouble } from '../files/path-trouble.ts';
import { Session } from '../migration/session.ts';
import { placedInConfig } from '../migration/workspace-config.ts';
import { exitCodeOf } from '../model/error.ts';
import { type Output, tellError, terminalOutput } from './output.ts';
import { testPorts } from './test-ports.ts';

/** What every command runs with. */
export interface Runtime {
  readonly directory: string;
  readonly output: Output;
  readonly ports: Ports;
  readonly signal: AbortSignal;
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly C?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly logLevel?: 'quiet' | 'info';
}

const stopped = 4;

/** Runs a command's work; its number is the exit code. Errors are told, never thrown on. */
export async function runCommand(
  command: Command,
  work: (runtime: Runtime) => Promise<number>,
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const quiet = options.quiet === true || options.logLevel === 'quiet';
  const output = terminalOutput({ json: options.json === true, quiet });
  const stop = stopOnSignals(output);
  const ports = testPorts(process.env) ?? systemPorts();
  const runtime = { directory: resolve(options.C ?? '.'), output, ports, signal: stop.signal };
  try {
    process.exitCode = await work(runtime);
  } catch (thrown) {
    const error = pathTrouble(thrown);
    output.endProgress();
    if (stop.signal.aborted) output.say('stopped; run the same command again to go on');
    else tellError(error, output.json);
    process.exitCode = stop.signal.aborted ? stopped : exitCodeOf(error);
  }
}

/** First signal: finish what is in flight, keep it, stop. Second: stop now (nothing is lost then either). */
function stopOnSignals(output: Output): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      output.say('stopping after what is in flight; once more stops at once');
      stop.abort();
    });
  }
  return stop;
}

/** Opens the workspace for a command and closes it after. */
export async function withSession<T>(runtime: Runtime, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await Session.open({
    directory: runtime.directory,
    ports: runtime.ports,
    environment: process.env,
    signal: runtime.signal,
    report: (progress) => runtime.output.progress(progress),
  });
  try {
    return await work(session);
  } catch (error) {
    throw placedInConfig(runtime.directory, error);
  } finally {
    await session.close();
  }
}
