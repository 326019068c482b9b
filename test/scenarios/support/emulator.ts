import { type PipedriveOptions, servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { sampleUsers } from '../../../samples/users.ts';

/** One request as the emulator kept it. `status` 0: it got no answer. */
export interface Logged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly tokens: number;
  readonly at: string;
  readonly fault?: string;
}

/** A fault rule of the emulator (see its README); all rules of a plan share one seed. */
export interface FaultRule {
  readonly kind: string;
  readonly method?: string;
  readonly path?: string;
  readonly rate?: number;
  readonly after?: number;
  readonly count?: number;
  readonly delayMs?: number;
  readonly status?: number;
  readonly commits?: boolean;
}

/** An emulated Pipedrive account that listens in the test process. */
export interface EmulatedAccount {
  readonly url: string;
  readonly token: string;
  readonly plan: string;
  readonly seats: number;
  /** Everything in the account now. Costs nothing and is not logged. */
  snapshot(): Snapshot;
  log(): readonly Logged[];
  faults(rules: readonly FaultRule[], seed?: number): void;
  switches(values: NonNullable<PipedriveOptions['switches']>): void;
  advanceClock(ms: number): void;
  /** The account's tokens of the day, whoever spends them. */
  budget(): { readonly limit: number; readonly remaining: number };
  /** What an OAuth client needs to know of the emulated app. */
  oauth(): OauthApp;
  /** Puts records in (bodies as in the create calls); answers their ids. */
  seed(body: unknown): Readonly<Record<string, readonly unknown[]>>;
  /** What a person does by the API with their own token: answers `data`. Throws when it is refused. */
  person(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

/** Live business data of the account by kind, records by id. */
export type Snapshot = Readonly<Record<string, readonly SnapshotRecord[]>>;
export type SnapshotRecord = Readonly<Record<string, unknown>>;

/** The emulated app that a client signs in with. */
export interface OauthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** How the account is set up; the sample company's salespeople are its users unless `users` is false. */
export interface AccountOptions extends PipedriveOptions {
  readonly users?: boolean;
}

/** Starts an emulated account on a free port. Without other word: plan ultimate, 10 seats, no limits. */
export async function startAccount(options: AccountOptions = {}): Promise<EmulatedAccount> {
  const { users = true, plan = 'ultimate', seats = 10, limits = 'off', ...rest } = options;
  const served = await servePipedrive({ plan, seats, limits, ...rest });
  const { control } = served.emulator;
  if (users) control.seed({ users: sampleUsers.map(userBody) });
  return {
    url: served.url,
    token: served.token,
    plan,
    seats,
    snapshot: () => structuredClone(control.snapshot()) as Snapshot,
    log: () => control.log(),
    faults: (rules, seed = 1) => control.faults({ seed, rules }),
    switches: (values) => void control.extra('switches', values),
    advanceClock: (ms) => control.advance(ms),
    budget: () => control.extra('budget', null) as ReturnType<EmulatedAccount['budget']>,
    oauth: () => control.extra('oauth', null) as OauthApp,
    seed: (body) => control.seed(body) as Readonly<Record<string, readonly unknown[]>>,
    person: (method, path, body) => personCall(served.url, served.token, method, path, body),
    close: () => served.close(),
  };
}

function userBody(user: (typeof sampleUsers)[number]) {
  return { name: user.name, email: user.email, active_flag: user.active, is_admin: user.admin };
}

async function personCall(url: string, token: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'x-api-token': token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (JSON.parse(text) as { data: Readonly<Record<string, unknown>> }).data;
}

/** The requests that write. */
export function writesIn(log: readonly Logged[]): readonly Logged[] {
  return log.filter(({ method }) => method !== 'GET');
}
