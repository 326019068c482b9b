import { ChangeFile, readChanges } from '../kit/change-file.ts';
import { createClock } from '../kit/clock.ts';
import type { Control } from '../kit/control.ts';
import {
  createEmulation,
  type EmulatedApp,
  type Emulation,
  realSleep,
  type Sleep,
} from '../kit/emulation.ts';
import type { Answer } from '../kit/exchange.ts';
import { listen } from '../kit/listen.ts';
import { seededRandom } from '../kit/random.ts';
import type { Vendor } from '../kit/vendor.ts';
import { Auth, type OauthApp } from './access/auth.ts';
import { Protection } from './access/protection.ts';
import { faultAnswer, serveCall } from './front-door.ts';
import { coverage } from './operations.ts';
import { packed, unpacked } from './packed-change.ts';
import { type Change, Organization } from './records/organization.ts';
import { SCHEMA } from './schema/schema.ts';
import { parseSeed, seedRecords } from './seeding.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';
import { GeneratedWorld, type WorldPlan } from './world/world.ts';

/** How an emulated organisation is set up. */
export interface DataverseOptions {
  /** Decides ids, values, tokens. Absent: 1. */
  readonly seed?: number;
  /** `sample` (absent: this; some hundred records), `company` (20,000) or `large` (500,000): every table, every trap. */
  readonly world?: string;
  /** About so many records in all, in the place of the world's. They are made when they are read, never stored. */
  readonly records?: number;
  /** A file that changes survive in; absent: they live as long as the emulator. */
  readonly stateFile?: string;
  /** `off`: no service protection. */
  readonly limits?: 'on' | 'off';
  readonly switches?: Partial<Switches>;
  /** The time, in milliseconds since 1970, in the place of the machine's. */
  readonly nowMs?: () => number;
  /** How answers and the fault `slow` wait; absent: in real time. */
  readonly sleep?: Sleep;
}

/** An emulated Dataverse organisation, called in process. */
export interface DataverseEmulator {
  readonly app: EmulatedApp;
  /** An access token that does not expire. */
  readonly token: string;
  /** For clients that sign in with client credentials at `/{tenantId}/oauth2/v2.0/token`. */
  readonly oauth: OauthApp;
  readonly control: Control;
  close(): Promise<void>;
}

/** An emulated Dataverse organisation that listens. */
export interface ServedDataverse {
  /** The bare host; the API lies below it at `/api/data/v9.2`. */
  readonly url: string;
  /** The control plane; needs no token. */
  readonly control: string;
  readonly token: string;
  readonly oauth: OauthApp;
  readonly emulator: DataverseEmulator;
  close(): Promise<void>;
}

/** Worlds by name, with about how many records they have. They differ in nothing else. */
const WORLDS: Readonly<Record<string, number>> = { sample: 600, company: 20_000, large: 500_000 };

/** Makes an emulated organisation. Throws when the world is unknown or the state file cannot be read. */
export function createDataverse(options: DataverseOptions = {}): DataverseEmulator {
  return built(options).emulator;
}

/** Serves an emulated organisation on the loopback interface. Throws when the port is taken. */
export async function serveDataverse(
  options: DataverseOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<ServedDataverse> {
  const { emulator, emulation } = built(options);
  const { url, control, close } = await listen(emulation, options.port, options.host);
  return { url, control, token: emulator.token, oauth: emulator.oauth, emulator, close };
}

function built(options: DataverseOptions): { emulator: DataverseEmulator; emulation: Emulation } {
  const tenant = new Tenant(options);
  const emulation = createEmulation(tenant, tenant.clock, options.sleep);
  const emulator: DataverseEmulator = {
    app: emulation.app,
    get token() {
      return tenant.auth.token;
    },
    get oauth() {
      return tenant.auth.app;
    },
    control: emulation.control,
    async close() {
      emulation.close();
    },
  };
  return { emulator, emulation };
}

function sizeOf(world: string): number {
  const records = WORLDS[world];
  if (records === undefined)
    throw new Error(`there is no world ${world}; there are ${Object.keys(WORLDS).join(', ')}`);
  return records;
}

/** One emulated organisation behind the kit: its records, its door and its memory. */
class Tenant implements Vendor {
  readonly clock;
  organization: Organization;
  auth: Auth;
  protection: Protection;
  readonly #options: DataverseOptions;
  readonly #switches: Switches;
  readonly #file: ChangeFile<WorldPlan, Change> | null;

  constructor(options: DataverseOptions) {
    this.#options = options;
    this.#switches = { ...DEFAULT_SWITCHES, ...options.switches };
    const remembered =
      options.stateFile === undefined ? null : readChanges<WorldPlan, Change>(options.stateFile, unpacked);
    this.clock = createClock(options.nowMs, remembered?.head.clockOffsetMs ?? 0);
    const plan = remembered?.head.plan ?? this.#plan();
    this.organization = this.#organizationOf(plan);
    for (const change of remembered?.changes ?? []) this.organization.replay(change);
    this.#file = options.stateFile === undefined ? null : new ChangeFile(options.stateFile, packed);
    this.#file?.begin({ plan, clockOffsetMs: this.clock.offsetMs }, this.organization.takeChanges());
    this.auth = this.#authOf();
    this.protection = this.#protectionOf();
  }

  async answer(call: Parameters<Vendor['answer']>[0]): Promise<Answer> {
    const { answer, serverMs, leave } = serveCall(this, call);
    this.#keep();
    try {
      if (this.organization.switches.answersTakeTime && serverMs > 0) await this.#wait(serverMs);
    } finally {
      leave();
    }
    return answer;
  }

  refusal(...[kind, call]: Parameters<Vendor['refusal']>) {
    return faultAnswer(this, kind, call);
  }

  reset(): void {
    this.#start(this.#plan());
  }

  seed(body: unknown): unknown {
    const given = parseSeed(body);
    if (given.world !== undefined || given.records !== undefined || given.seed !== undefined)
      this.#start(this.#plan(given.world, given.records, given.seed));
    const ids = seedRecords(this.organization, given);
    this.#keep();
    return ids;
  }

  snapshot(): unknown {
    const { plan } = this.organization.world;
    return {
      world: { seed: plan.seed, records: plan.records },
      counts: this.#counts(),
      ...Object(this.organization.differences()),
    };
  }

  coverage() {
    return coverage();
  }

  clockMoved(offsetMs: number): void {
    this.#file?.clockMoved(offsetMs);
  }

  readonly extras = {
    /** Turns switches while the emulator runs; answers them all. The order of ids stays as it began. */
    switches: (body: unknown) => {
      const { guidOrder, ...turned } = body as Partial<Switches>;
      if (guidOrder !== undefined) throw new Error('guidOrder is decided at the start');
      if ('renamedSets' in turned || 'untrackedTables' in turned) this.organization.schemaRevision += 1;
      this.organization.switches = { ...this.organization.switches, ...turned };
      return this.organization.switches;
    },
    /** What each user has used of the limits, on each server. */
    usage: () => this.protection.usage(),
    /** How many records each table has, exactly. */
    counts: () => this.#counts(),
    /** What a client needs to sign in. */
    oauth: () => this.auth.app,
  };

  close(): void {
    this.#file?.close();
  }

  /** What was changed is safe from here on. Without a file nobody wants to know of it. */
  #keep(): void {
    if (this.#file) this.#file.keep(this.organization);
    else this.organization.takeChanges();
  }

  #wait(ms: number): Promise<void> {
    // A signal for each wait: on a shared one the listeners of all requests would pile up.
    return (this.#options.sleep ?? realSleep)(ms, new AbortController().signal);
  }

  #counts(): Record<string, number> {
    return Object.fromEntries(
      [...SCHEMA.tables.values()].map((table) => [table.name, this.organization.total(table)]),
    );
  }

  #plan(
    world = this.#options.world ?? 'sample',
    records = this.#options.records,
    seed = this.#options.seed ?? 1,
  ): WorldPlan {
    return { seed, records: records ?? sizeOf(world), guidOrder: this.#switches.guidOrder };
  }

  #organizationOf(plan: WorldPlan): Organization {
    return new Organization(new GeneratedWorld(plan), this.clock, this.#switches);
  }

  /** The same in every world, so that a client's token outlives `seed` and `reset`. */
  #authOf(): Auth {
    return new Auth(this.organization, seededRandom(this.#options.seed ?? 1));
  }

  #protectionOf(): Protection {
    return new Protection(this.organization, this.#options.limits !== 'off');
  }

  #start(plan: WorldPlan): void {
    this.organization = this.#organizationOf(plan);
    this.#file?.begin({ plan, clockOffsetMs: this.clock.offsetMs }, []);
    this.auth = this.#authOf();
    this.protection = this.#protectionOf();
  }
}
