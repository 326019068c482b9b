import { ChangeFile, readChanges } from '../kit/change-file.ts';
import { createClock } from '../kit/clock.ts';
import type { Control } from '../kit/control.ts';
import { createEmulation, type EmulatedApp, type Emulation, type Sleep } from '../kit/emulation.ts';
import type { Answer } from '../kit/exchange.ts';
import { listen } from '../kit/listen.ts';
import { seededRandom } from '../kit/random.ts';
import type { Vendor } from '../kit/vendor.ts';
import { keyOf } from './access.ts';
import { Account, type Change } from './account.ts';
import { exportTexts, writeTexts } from './export/export-files.ts';
import { faultAnswer, serveCall } from './front-door.ts';
import { RequestWindow } from './limits.ts';
import { coverage } from './operations.ts';
import { parseSeed, seedRecords } from './seeding.ts';
import { DEFAULT_SWITCHES, type Switches, WORLDS, type WorldShape } from './switches.ts';
import type { WorldPlan } from './world/world.ts';

/** How an emulated account is set up. */
export interface PromoxcrmOptions {
  /** Decides values and the key. Absent: 1. */
  readonly seed?: number;
  /** One of `WORLDS`: a size, or what the API is like. Absent: `sample`. */
  readonly world?: string;
  /** About so many records in all, in the place of the world's. */
  readonly records?: number;
  /** A file that changes survive in; absent: they live as long as the emulator. */
  readonly stateFile?: string;
  /** `off`: every request is let in. */
  readonly limits?: 'on' | 'off';
  /** In the place of the world's. */
  readonly switches?: Partial<Switches>;
  /** The time, in milliseconds since 1970, in the place of the machine's. */
  readonly nowMs?: () => number;
  /** How the fault `slow` waits; absent: in real time. */
  readonly sleep?: Sleep;
}

/** An emulated PromoXcrm account, called in process. */
export interface PromoxcrmEmulator {
  readonly app: EmulatedApp;
  /** The key of the account; how it is shown is a switch (`auth`). */
  readonly token: string;
  readonly control: Control;
  /** Writes the account as the CSV files of its export screens; answers their names. */
  writeExport(directory: string): readonly string[];
  close(): Promise<void>;
}

/** An emulated PromoXcrm account that listens. */
export interface ServedPromoxcrm {
  /** The bare host; the API lies below it at `/api/v1`. */
  readonly url: string;
  /** The control plane; needs no token. */
  readonly control: string;
  readonly token: string;
  readonly emulator: PromoxcrmEmulator;
  close(): Promise<void>;
}

/** Makes an emulated account. Throws when the world is unknown or the state file cannot be read. */
export function createPromoxcrm(options: PromoxcrmOptions = {}): PromoxcrmEmulator {
  return built(options).emulator;
}

/** Serves an emulated account on the loopback interface. Throws when the port is taken. */
export async function servePromoxcrm(
  options: PromoxcrmOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<ServedPromoxcrm> {
  const { emulator, emulation } = built(options);
  const { url, control, close } = await listen(emulation, options.port, options.host);
  return { url, control, token: emulator.token, emulator, close };
}

function built(options: PromoxcrmOptions): { emulator: PromoxcrmEmulator; emulation: Emulation } {
  const tenant = new Tenant(options);
  const emulation = createEmulation(tenant, tenant.clock, options.sleep);
  const emulator: PromoxcrmEmulator = {
    app: emulation.app,
    token: tenant.key,
    control: emulation.control,
    writeExport: (directory) => writeTexts(directory, exportTexts(tenant.account)),
    async close() {
      emulation.close();
    },
  };
  return { emulator, emulation };
}

function shapeOf(world: string): WorldShape {
  const shape = Object.hasOwn(WORLDS, world) ? WORLDS[world] : undefined;
  if (shape === undefined)
    throw new Error(`there is no world ${world}; there are ${Object.keys(WORLDS).join(', ')}`);
  return shape;
}

/** One emulated account behind the kit: its records, its door and its memory. */
class Tenant implements Vendor {
  readonly clock;
  readonly key: string;
  account: Account;
  switches: Switches;
  window = new RequestWindow();
  readonly #options: PromoxcrmOptions;
  readonly #file: ChangeFile<WorldPlan, Change> | null;
  #turn = 0;

  constructor(options: PromoxcrmOptions) {
    this.#options = options;
    const world = options.world ?? 'sample';
    this.switches = this.#switchesOf(world);
    const remembered =
      options.stateFile === undefined ? null : readChanges<WorldPlan, Change>(options.stateFile);
    this.clock = createClock(options.nowMs, remembered?.head.clockOffsetMs ?? 0);
    const plan = remembered?.head.plan ?? this.#planOf(world);
    this.account = new Account(plan);
    for (const change of remembered?.changes ?? []) this.account.replay(change);
    this.#file = options.stateFile === undefined ? null : new ChangeFile(options.stateFile);
    this.#file?.begin({ plan, clockOffsetMs: this.clock.offsetMs }, remembered?.changes ?? []);
    this.key = keyOf(seededRandom(options.seed ?? 1));
  }

  answer(call: Parameters<Vendor['answer']>[0]): Answer {
    this.#turn += 1;
    return serveCall(this, call, this.clock.nowMs(), this.#turn);
  }

  refusal(kind: Parameters<Vendor['refusal']>[0]): Answer | null {
    return faultAnswer(this, kind);
  }

  reset(): void {
    const world = this.#options.world ?? 'sample';
    this.switches = this.#switchesOf(world);
    this.#start(this.#planOf(world));
  }

  seed(body: unknown): unknown {
    const given = parseSeed(body);
    if (given.world !== undefined) this.switches = this.#switchesOf(given.world);
    if (given.world !== undefined || given.records !== undefined || given.seed !== undefined)
      this.#start(this.#planOf(given.world ?? this.#options.world ?? 'sample', given.records, given.seed));
    const ids = seedRecords(this.account, given, this.clock.nowMs());
    this.#file?.keep(this.account);
    return ids;
  }

  snapshot(): unknown {
    return {
      world: this.account.plan,
      records: Object.fromEntries(this.account.resources.map((name) => [name, this.account.list(name)])),
    };
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
    /** How many records each resource has. */
    counts: () =>
      Object.fromEntries(this.account.resources.map((name) => [name, this.account.list(name)?.length ?? 0])),
    /** The cases that were put in on purpose, by rule. */
    planted: () => this.account.made.planted,
    /** The CSV files of the export screens: name -> text. */
    export: () => exportTexts(this.account),
  };

  close(): void {
    this.#file?.close();
  }

  #switchesOf(world: string): Switches {
    const { switches } = shapeOf(world);
    const unlimited = this.#options.limits === 'off' ? { requestsMax: 0 } : {};
    return { ...DEFAULT_SWITCHES, ...switches, ...this.#options.switches, ...unlimited };
  }

  #planOf(world: string, records = this.#options.records, seed = this.#options.seed ?? 1): WorldPlan {
    return { seed, records: records ?? shapeOf(world).records };
  }

  #start(plan: WorldPlan): void {
    this.account = new Account(plan);
    this.window = new RequestWindow();
    this.#turn = 0;
    this.#file?.begin({ plan, clockOffsetMs: this.clock.offsetMs }, []);
  }
}
