import { servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { MigrationError } from '../model/error.ts';
import type { Runtime } from './runtime.ts';

/** How an emulator is started. */
export interface EmulateOptions {
  readonly port?: number;
  readonly plan: string;
  readonly seats: number;
  readonly seed: number;
  readonly world: string;
  readonly state?: string;
  readonly limits: string;
}

type ServeOptions = NonNullable<Parameters<typeof servePipedrive>[0]>;

/** Serves an emulated system until SIGTERM; prints `{ system, url, token, control, pid }` when it listens. */
export async function emulate(runtime: Runtime, system: string, options: EmulateOptions): Promise<number> {
  if (system !== 'pipedrive')
    throw new MigrationError('not-built', `There is no emulator of ${system} in this version yet.`);
  const served = await servePipedrive(serveOptions(options));
  const { url, token, control, oauthToken } = served;
  const { oauth } = served.emulator;
  process.stdout.write(
    `${JSON.stringify({ system, url, token, control, pid: process.pid, oauthToken, oauth })}\n`,
  );
  await new Promise<void>((resolve) =>
    runtime.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await served.close();
  return 0;
}

function serveOptions(options: EmulateOptions): ServeOptions {
  const plans = ['lite', 'growth', 'premium', 'ultimate'] as const;
  const plan = plans.find((one) => one === options.plan);
  if (plan === undefined)
    throw new MigrationError('usage', `There is no plan “${options.plan}”; there are ${plans.join(', ')}.`);
  return {
    plan,
    seats: options.seats,
    seed: options.seed,
    world: options.world,
    limits: options.limits === 'off' ? 'off' : 'on',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.state === undefined ? {} : { stateFile: options.state }),
  };
}
