import { createClock } from '../kit/clock.ts';
import type { Control } from '../kit/control.ts';
import { createEmulation, type EmulatedApp, type Emulation, type Sleep } from '../kit/emulation.ts';
import { type SendPost, sendOverHttp } from '../kit/http-post.ts';
import { listen } from '../kit/listen.ts';
import { seededRandom } from '../kit/random.ts';
import type { Vendor } from '../kit/vendor.ts';
import type { Account } from './account.ts';
import { Auth, type OauthApp } from './auth.ts';
import { admitCall, answerCall, faultAnswer } from './front-door.ts';
import { importControls } from './import/import-history.ts';
import { resumeConversions } from './lead-conversion.ts';
import { Limits } from './limits.ts';
import { coverage } from './operations.ts';
import { PLANS, type PlanName } from './plans.ts';
import { parseSeed, seedRecords } from './seeding.ts';
import { snapshotOf } from './snapshot.ts';
import { State } from './state.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';
import type { TwinCopy } from './twin/copy-account.ts';
import { furnishTwin } from './twin/furnish-twin.ts';
import { deliverWebhooks } from './webhooks/delivery.ts';
import { assertWorld, furnish } from './worlds.ts';

/** How an emulated company is set up. */
export interface PipedriveOptions {
  /** Absent: `growth`. */
  readonly plan?: PlanName;
  /** Absent: 10. */
  readonly seats?: number;
  /** Decides tokens, field codes and generated worlds. Absent: 1. */
  readonly seed?: number;
  /** `empty` (absent: this) or `lived-in`. */
  readonly world?: string;
  /** What was read of a live account: the company begins as its twin, with its plan and seats. */
  readonly twin?: TwinCopy;
  /** A file that the state survives in; absent: it lives as long as the emulator. */
  readonly stateFile?: string;
  /** `off`: no budget and no burst windows; costs are still counted, caps still hold. */
  readonly limits?: 'on' | 'off';
  readonly switches?: Partial<Switches>;
  /** The time, in milliseconds since 1970, in the place of the machine's. */
  readonly nowMs?: () => number;
  /** How the fault `slow` waits; absent: in real time. */
  readonly sleep?: Sleep;
  /** How webhooks reach their receivers; absent: over real HTTP. */
  readonly send?: SendPost;
}

/** An emulated Pipedrive, called in process. */
export interface PipedriveEmulator {
  readonly app: EmulatedApp;
  /** The API token of the administrator. */
  readonly token: string;
  /** An OAuth access token of the administrator that does not expire. */
  readonly oauthToken: string;
  /** For clients that sign in by OAuth at `/oauth/token`. */
  readonly oauth: OauthApp;
  readonly control: Control;
  close(): Promise<void>;
}

/** An emulated Pipedrive that listens. */
export interface ServedPipedrive {
  /** The bare host; the API lies below it at `/api/v1` and `/api/v2`. */
  readonly url: string;
  /** The control plane; needs no token. */
  readonly control: string;
  readonly token: string;
  readonly oauthToken: string;
  readonly emulator: PipedriveEmulator;
  close(): Promise<void>;
}

/** Makes an emulated company. Throws when the world is unknown or the state file cannot be read. */
export function createPipedrive(options: PipedriveOptions = {}): PipedriveEmulator {
  return built(options).emulator;
}

/** Serves an emulated company on the loopback interface. Throws when the port is taken. */
export async function servePipedrive(
  options: PipedriveOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<ServedPipedrive> {
  const { emulator, emulation } = built(options);
  const { url, control, close } = await listen(emulation, options.port, options.host);
  return { url, control, token: emulator.token, oauthToken: emulator.oauthToken, emulator, close };
}

function built(options: PipedriveOptions): { emulator: PipedriveEmulator; emulation: Emulation } {
  const company = new Company(options);
  const emulation = createEmulation(company, company.clock, options.sleep);
  const emulator: PipedriveEmulator = {
    app: emulation.app,
    get token() {
      return company.auth.apiToken;
    },
    get oauthToken() {
      return company.auth.oauthToken;
    },
    get oauth() {
      return company.auth.app;
    },
    control: emulation.control,
    async close() {
      emulation.close();
    },
  };
  return { emulator, emulation };
}

/** One emulated company behind the kit: its account, its door and its memory. */
class Company implements Vendor {
  readonly clock;
  readonly account: Account;
  auth: Auth;
  limits: Limits;
  readonly #options: PipedriveOptions;
  readonly #seed: number;
  readonly #switches: Switches;
  /** The same in every world, so that a client's token outlives `seed` and `reset`. */
  readonly #adminToken: string;

  constructor(options: PipedriveOptions) {
    this.#options = options;
    this.#seed = options.seed ?? 1;
    this.#adminToken = seededRandom(this.#seed).hex(40);
    this.#switches = { ...DEFAULT_SWITCHES, ...options.twin?.switches, ...options.switches };
    const state = new State();
    const remembered = options.stateFile !== undefined && state.load(options.stateFile);
    this.clock = createClock(options.nowMs, state.counters.clockOffsetMs);
    this.account = {
      state,
      switches: this.#switches,
      random: seededRandom(this.#seed),
      clock: this.clock,
      plan: PLANS[options.twin?.plan ?? options.plan ?? 'growth'],
      seats: options.twin?.seats ?? options.seats ?? 10,
      seeding: false,
    };
    if (remembered) this.account.random = seededRandom(this.#seed + state.fields.nextId + state.leads.nextId);
    else this.#furnish(null, this.#seed);
    if (options.stateFile !== undefined) state.journalTo(options.stateFile);
    resumeConversions(this.account);
    deliverWebhooks(this.account, options.send ?? sendOverHttp);
    this.auth = new Auth(this.account, this.#seed);
    this.limits = new Limits(this.account, options.limits !== 'off');
  }

  answer(call: Parameters<Vendor['answer']>[0]) {
    return answerCall(this, call);
  }

  admit(call: Parameters<Vendor['answer']>[0]) {
    return admitCall(this, call);
  }

  refusal(...[kind, call]: Parameters<Vendor['refusal']>) {
    return faultAnswer(this, kind, call);
  }

  reset(): void {
    this.account.switches = this.#switches;
    this.#start(null, this.#seed);
  }

  seed(body: unknown): unknown {
    const given = parseSeed(body);
    if (given.world !== undefined) this.#start(given.world, given.seed ?? this.#seed);
    return seedRecords(this.account, given);
  }

  snapshot(): unknown {
    return snapshotOf(this.account);
  }

  coverage() {
    return coverage();
  }

  clockMoved(offsetMs: number): void {
    this.account.state.counters.clockOffsetMs = offsetMs;
    this.account.state.keepCounters();
    this.account.state.flush();
  }

  readonly extras = {
    /** What the day's tokens look like. */
    budget: () => ({ limit: this.limits.dailyTokens, remaining: this.limits.remainingTokens }),
    /** Turns switches while the emulator runs; answers them all. */
    switches: (body: unknown) => {
      this.account.switches = { ...this.account.switches, ...(body as Partial<Switches>) };
      return this.account.switches;
    },
    /** What an OAuth client needs. */
    oauth: () => this.auth.app,
    ...importControls(() => this.account),
  };

  close(): void {
    this.account.state.close();
  }

  /** A world by its name; null: as the options say. */
  #furnish(world: string | null, seed: number): void {
    const { twin } = this.#options;
    if (twin && world === null) furnishTwin(this.account, twin, seed, this.#adminToken);
    else furnish(this.account, world ?? this.#options.world ?? 'empty', seed, this.#adminToken);
  }

  #start(world: string | null, seed: number): void {
    if (world !== null) assertWorld(world);
    this.account.state.close();
    const fresh = new State();
    fresh.counters.clockOffsetMs = this.clock.offsetMs;
    this.account.state = fresh;
    this.#furnish(world, seed);
    if (this.#options.stateFile !== undefined) fresh.journalTo(this.#options.stateFile);
    deliverWebhooks(this.account, this.#options.send ?? sendOverHttp);
    this.auth = new Auth(this.account, this.#seed);
    this.limits = new Limits(this.account, this.#options.limits !== 'off');
  }
}
