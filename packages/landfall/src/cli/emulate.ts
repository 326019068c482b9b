import { serveDataverse } from 'landfall-emulators/dataverse/emulator.ts';
import { serveDinamikcrm } from 'landfall-emulators/dinamikcrm/emulator.ts';
import { servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { CopyFailure } from 'landfall-emulators/pipedrive/twin/account-reader.ts';
import { copyAccount, type TwinCopy } from 'landfall-emulators/pipedrive/twin/copy-account.ts';
import { servePromoxcrm } from 'landfall-emulators/promoxcrm/emulator.ts';
import { MigrationError } from '../model/error.ts';
import type { Runtime } from './runtime.ts';

/** How an emulator is started. */
export interface EmulateOptions {
  readonly port?: number;
  readonly plan: string;
  readonly seats: number;
  readonly seed: number;
  /** Without it the emulator's own. */
  readonly world?: string;
  /** About how many records the world has; without it the world says. */
  readonly records?: number;
  readonly state?: string;
  readonly limits: string;
  /** The bare host of a live account to be copied. */
  readonly twinOf?: string;
  /** The environment variable that holds its token: secrets are never arguments. */
  readonly twinTokenEnv: string;
  readonly withRecords?: boolean;
}

type ServeOptions = NonNullable<Parameters<typeof servePipedrive>[0]>;

/** An emulated system that listens, and how to reach it. */
interface Serving {
  readonly reached: object;
  close(): Promise<void>;
}

/** The systems that can be emulated. */
const systems: Readonly<Record<string, (runtime: Runtime, options: EmulateOptions) => Promise<Serving>>> = {
  pipedrive: pipedriveServing,
  dataverse: dataverseServing,
  opex365: dataverseServing,
  dinamikcrm: (_, options) => plainly(serveDinamikcrm(sourceOptions(options))),
  promoxcrm: (_, options) => plainly(servePromoxcrm(sourceOptions(options))),
};

/** Serves an emulated system until SIGTERM; prints `{ system, url, token, control, pid }` when it listens. */
export async function emulate(runtime: Runtime, system: string, options: EmulateOptions): Promise<number> {
  const serving = Object.hasOwn(systems, system) ? systems[system] : undefined;
  if (serving === undefined)
    throw new MigrationError(
      'usage',
      `There is no emulator of “${system}”; there are ${Object.keys(systems).join(', ')}.`,
    );
  const { reached, close } = await serving(runtime, options).catch(notStarted);
  process.stdout.write(`${JSON.stringify({ system, ...reached })}\n`);
  await new Promise<void>((resolve) =>
    runtime.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await close();
  return 0;
}

/** An emulator that does not start says why: an unknown world, a state file it cannot read, a port that is taken. */
function notStarted(error: unknown): never {
  if (error instanceof MigrationError || !(error instanceof Error)) throw error;
  throw new MigrationError('usage', `The emulator does not start: ${error.message}.`, { cause: error });
}

async function pipedriveServing(runtime: Runtime, options: EmulateOptions): Promise<Serving> {
  const plain = serveOptions(options);
  const twin = options.twinOf === undefined ? null : await copied(runtime, options.twinOf, options, plain);
  const served = await servePipedrive(twin ? { ...plain, twin } : plain);
  const { url, token, control, oauthToken } = served;
  const { oauth } = served.emulator;
  const reached = { url, token, control, pid: process.pid, oauthToken, oauth, ...twinKeys(twin) };
  return { reached, close: () => served.close() };
}

async function dataverseServing(_: Runtime, options: EmulateOptions): Promise<Serving> {
  const served = await serveDataverse(sourceOptions(options));
  const { url, token, control, oauth } = served;
  return { reached: { url, token, control, pid: process.pid, oauth }, close: () => served.close() };
}

interface Served {
  readonly url: string;
  readonly token: string;
  readonly control: string;
  close(): Promise<void>;
}

async function plainly(serving: Promise<Served>): Promise<Serving> {
  const served = await serving;
  const { url, token, control } = served;
  return { reached: { url, token, control, pid: process.pid }, close: () => served.close() };
}

/** What every emulated source takes: plans and seats do not concern it. */
function sourceOptions({ seed, world, limits, records, port, state }: EmulateOptions) {
  return {
    seed,
    limits: limits === 'off' ? ('off' as const) : ('on' as const),
    ...(world === undefined ? {} : { world }),
    ...(records === undefined ? {} : { records }),
    ...(port === undefined ? {} : { port }),
    ...(state === undefined ? {} : { stateFile: state }),
  };
}

/** What a caller is told of the copy: the plan it has, and what the live account did not tell. */
function twinKeys(twin: TwinCopy | null): object {
  if (twin === null) return {};
  const { url, plan, seats, requests, notes } = twin;
  return { twinOf: url, plan, seats, requests, notes };
}

const failureCodes = {
  address: 'usage',
  token: 'unauthorized',
  'day-over': 'budget-exhausted',
  'no-answer': 'unavailable',
  'wrong-answer': 'answer-wrong',
} as const;

/** Reads a live account. Throws `secret-missing` without its token, and what became of the reading in our codes. */
async function copied(
  runtime: Runtime,
  url: string,
  { twinTokenEnv, withRecords }: EmulateOptions,
  { plan = 'growth', seats = 10 }: ServeOptions,
): Promise<TwinCopy> {
  const token = process.env[twinTokenEnv];
  if (token === undefined || token === '')
    throw new MigrationError(
      'secret-missing',
      `The token of ${url} is read from the environment variable ${twinTokenEnv}, which is not set. (--twin-token-env names another.)`,
    );
  runtime.output.say(`reading ${url}; it is not changed`);
  try {
    return await copyAccount({
      url,
      token,
      fetch: (request) => fetch(request, { signal: runtime.signal }),
      sleep: (delayMs) => runtime.ports.clock.sleep(delayMs, runtime.signal),
      withRecords: withRecords === true,
      fallback: { plan, seats },
    });
  } catch (error) {
    if (error instanceof CopyFailure) throw new MigrationError(failureCodes[error.why], error.message);
    throw error;
  }
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
    limits: options.limits === 'off' ? 'off' : 'on',
    ...(options.world === undefined ? {} : { world: options.world }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.state === undefined ? {} : { stateFile: options.state }),
  };
}
