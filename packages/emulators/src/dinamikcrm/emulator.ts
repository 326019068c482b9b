import { ChangeFile, readChanges } from '../kit/change-file.ts';
import { createClock } from '../kit/clock.ts';
import type { Control } from '../kit/control.ts';
import { createEmulation, type EmulatedApp, type Emulation, type Sleep } from '../kit/emulation.ts';
import type { Answer, Call } from '../kit/exchange.ts';
import type { FaultKind } from '../kit/faults.ts';
import { listen } from '../kit/listen.ts';
import { seededRandom } from '../kit/random.ts';
import type { Vendor } from '../kit/vendor.ts';
import { Account, type Change } from './account.ts';
import { BurstLimit } from './burst-limit.ts';
import { type Credentials, type Door, faultAnswer, serveCall } from './front-door.ts';
import { coverage } from './operations.ts';
import { parseSeed, seedRecords } from './seeding.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';
import { sizeOf, type WorldPlan } from './world/plan.ts';
import { PLANTED } from './world/planted.ts';

/** How an emulated account is set up. */
export interface DinamikcrmOptions {
  /** Decides values and the keys. Absent: 1. */
  readonly seed?: number;
  /** `sample` (absent: this; a thousand records), `company` (8,000) or `large` (100,000): every case is in each. */
  readonly world?: string;
  /** About so many records in all, in the place of the world's. */
  readonly records?: number;
  /** A file that changes survive in; absent: they live as long as the emulator. */
  readonly stateFile?: string;
  /** `off`: no hidden limit. */
  readonly limits?: 'on' | 'off';
  readonly switches?: Partial<Switches>;
  /** The time, in milliseconds since 1970, in the place of the machine's. */
  readonly nowMs?: () => number;
  /** How the fault `slow` waits; absent: in real time. */
  readonly sleep?: Sleep;
}

/** An emulated DinamikCRM account, called in process. */
export interface DinamikcrmEmulator {
  readonly app: EmulatedApp;
  /** `key:secret`: the headers `ApiKey` and `ApiSecret`. */
  readonly token: string;
  readonly control: Control;
  close(): Promise<void>;
}

/** An emulated DinamikCRM account that listens. */
export interface ServedDinamikcrm {
  /** The bare host; both dialects lie below it at `/api`. */
  readonly url: string;
  /** The control plane; needs no keys. */
  readonly control: string;
  readonly token: string;
  readonly emulator: DinamikcrmEmulator;
  close(): Promise<void>;
}

/** Makes an emulated account. Throws when the world is unknown or the state file cannot be read. */
export function createDinamikcrm(options: DinamikcrmOptions = {}): DinamikcrmEmulator {
  return built(options).emulator;
}

/** Serves an emulated account on the loopback interface. Throws when the port is taken. */
export async function serveDinamikcrm(
  options: DinamikcrmOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<ServedDinamikcrm> {
  const { emulator, emulation } = built(options);
  const { url, control, close } = await listen(emulation, options.port, options.host);
  return { url, control, token: emulator.token, emulator, close };
}

function built(options: DinamikcrmOptions): { emulator: DinamikcrmEmulator; emulation: Emulation } {
  const tenant = new Tenant(options);
  const emulation = createEmulation(tenant, tenant.clock, options.sleep);
  const emulator: DinamikcrmEmulator = {
    app: emulation.app,
    token: `${tenant.credentials.key}:${tenant.credentials.secret}`,
    control: emulation.control,
    async close() {
      emulation.close();
    },
  };
  return { emulator, emulation };
}

/** One emulated account behind the kit: its records, its door and its memory. */
class Tenant implements Vendor, Door {
  readonly clock;
  readonly credentials: Credentials;
  account: Account;
  burst: BurstLimit;
  switches: Switches;
  readonly #options: DinamikcrmOptions;
  readonly #file: ChangeFile<WorldPlan, Change> | null;

  constructor(options: DinamikcrmOptions) {
    this.#options = options;
    this.switches = { ...DEFAULT_SWITCHES, ...options.switches };
    const remembered =
      options.stateFile === undefined ? null : readChanges<WorldPlan, Change>(options.stateFile);
    this.clock = createClock(options.nowMs, remembered?.head.clockOffsetMs ?? 0);
    const plan = remembered?.head.plan ?? this.#plan();
    this.account = new Account(plan, this.clock);
    for (const change of remembered?.changes ?? []) this.account.replay(change);
    this.#file = options.stateFile === undefined ? null : new ChangeFile(options.stateFile);
    this.#file?.begin({ plan, clockOffsetMs: this.clock.offsetMs }, remembered?.changes ?? []);
    this.burst = this.#limit();
    const random = seededRandom((options.seed ?? 1) * 31 + 7);
    this.credentials = { key: random.hex(24), secret: random.hex(40) };
  }

  answer(call: Call): Answer {
    const answer = serveCall(this, call);
    this.#keep();
    return answer;
  }

  refusal(kind: FaultKind, call: Call): Answer | null {
    return faultAnswer(this, kind, call);
  }

  reset(): void {
    this.switches = { ...DEFAULT_SWITCHES, ...this.#options.switches };
    this.#start(this.#plan());
  }

  seed(body: unknown): unknown {
    const given = parseSeed(body);
    if (given.world !== undefined || given.records !== undefined || given.seed !== undefined)
      this.#start(this.#plan(given.world, given.records, given.seed));
    const ids = seedRecords(this.account, given);
    this.#keep();
    return ids;
  }

  snapshot(): unknown {
    const { account } = this;
    return { world: account.plan, counts: account.counts(), changed: account.differences() };
  }

  coverage() {
    return coverage();
  }

  clockMoved(offsetMs: number): void {
    this.#file?.clockMoved(offsetMs);
  }

  readonly extras = {
    /** Turns switches while the emulator runs; answers them all. */
    switches: (body: unknown) => {
      this.switches = { ...this.switches, ...(body as Partial<Switches>) };
      return this.switches;
    },
    /** How many requests the hidden limit refused. */
    usage: () => ({ refused: this.burst.refused }),
    /** How many records each module has, deleted ones too. */
    counts: () => this.account.counts(),
    /** Which case proves which rule, and where it is. */
    cases: () => PLANTED.map(({ rules, why, module, id }) => ({ rules, why, module, id: id ?? null })),
  };

  close(): void {
    this.#file?.close();
  }

  /** What was changed is safe from here on. Without a file nobody wants to know of it. */
  #keep(): void {
    if (this.#file) this.#file.keep(this.account);
    else this.account.takeChanges();
  }

  #plan(
    world = this.#options.world ?? 'sample',
    records = this.#options.records,
    seed = this.#options.seed ?? 1,
  ): WorldPlan {
    return { seed, records: records ?? sizeOf(world) };
  }

  #limit(): BurstLimit {
    return new BurstLimit(this.#options.limits !== 'off');
  }

  #start(plan: WorldPlan): void {
    this.account = new Account(plan, this.clock);
    this.#file?.begin({ plan, clockOffsetMs: this.clock.offsetMs }, []);
    this.burst = this.#limit();
  }
}
