import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { seededRandom } from 'landfall-emulators/kit/random.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import type { BudgetView, Destination } from '../../packages/landfall/src/model/destination.ts';
import { MigrationError } from '../../packages/landfall/src/model/error.ts';
import type { Policies } from '../../packages/landfall/src/model/policy.ts';
import type { PhaseContext } from '../../packages/landfall/src/phases/context.ts';
import { createPipedrive } from '../../packages/landfall/src/pipedrive/destination.ts';
import type { Database } from '../../packages/landfall/src/store/connection.ts';
import { openSqlite } from '../../packages/landfall/src/store/open-store.ts';
import { Account, origin } from './account.ts';
import type { DamageEvidence } from './checks/refused-state.ts';
import { Disk, type DiskTrouble, faultyDatabase } from './disk.ts';
import { AccountEvents } from './events.ts';
import type { FaultPlan } from './fault-plan.ts';
import { FileStore } from './files.ts';
import { migrationName, underLease } from './journey.ts';
import { type Fate, Life, type Machine, peaceful } from './life.ts';
import { changeAnswers, otherPolicies } from './minds.ts';
import { type DiskLook, Network } from './network.ts';
import { SimulatedSource } from './source.ts';
import type { Damage } from './state-damage.ts';
import { Timeline } from './timeline.ts';
import { seedOf, type World } from './world.ts';

/** How one process ended. */
export interface LifeEnd {
  readonly number: number;
  readonly end: 'done' | 'killed' | 'stopped' | 'trouble';
  /** The code of the trouble it told, or where it was killed. */
  readonly why: string;
  /** What it told people. */
  readonly told: string;
  readonly resumeAtMs: number | null;
  readonly budget: BudgetView;
  /** Simulated time when it began and ended. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly isPeaceful: boolean;
}

/** How a process ended, as it tells it itself. */
type Ending = Pick<LifeEnd, 'end' | 'why'> & Partial<Pick<LifeEnd, 'told' | 'resumeAtMs'>>;

/** Rows of a page of the simulated source. */
const rowsOfPage = 7;

/** Our own bug, met in a simulated process: nothing a user could do anything about. */
class EngineBug extends Error {
  override readonly name = 'EngineBug';
}

const prepared = prepareState();

/** An empty state with its schema, made once for all runs. */
async function prepareState(): Promise<{ readonly file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-simulation-state-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'state.sqlite');
  const store = await openSqlite(file, migrationName, systemPorts());
  await store.close();
  return { file };
}

/** One world with its account, wire, disk and clock, in which processes live one after the other. */
export class Theatre {
  readonly world: World;
  readonly plan: FaultPlan;
  readonly timeline: Timeline;
  readonly machine: Machine;
  readonly account: Account;
  readonly network: Network;
  readonly disk: Disk;
  readonly source: SimulatedSource;
  readonly events: AccountEvents;
  readonly #files: FileStore;
  readonly ends: LifeEnd[] = [];
  /** What really happened of the faults that are not the wire's, by name. */
  readonly hits = new Map<string, number>();
  readonly #startMs: number;
  #lives = 0;
  /** What the next process is given: people may change their minds. */
  #policies: Policies;
  #hasLoadBegun = false;

  private constructor(world: World, plan: FaultPlan) {
    const random = seededRandom(world.seed + 99);
    this.#startMs = Date.UTC(2026, random.between(0, 11), random.between(1, 28), random.between(0, 23), 50);
    this.world = world;
    this.plan = plan;
    this.#policies = world.policies;
    this.timeline = new Timeline(world.seed + 1, this.#startMs);
    this.machine = { timeline: this.timeline, clockOffMs: 0 };
    this.account = new Account(this.timeline, world.account);
    this.network = new Network(this.timeline, this.account, world.seed + 2, plan.network);
    this.events = new AccountEvents(this.account, plan.account);
    this.network.beforeArrival = async (arrivals) => {
      if (this.#isMindChanging(arrivals)) void this.#changeMinds();
      await this.events.before(arrivals);
    };
    this.disk = new Disk(plan.torn);
    this.source = new SimulatedSource(world.rows, plan.source);
    this.#files = new FileStore(world.files, (what) => this.#hit(what));
  }

  static async open(world: World, plan: FaultPlan): Promise<Theatre> {
    const theatre = new Theatre(world, plan);
    if (plan.upgradeEndsAt === null) theatre.disk.startWith((await prepared).file);
    const seeded = theatre.account.emulator.control.seed(seedOf(world)) as {
      readonly users: readonly { readonly api_token: string }[];
    };
    theatre.account.userTokens = seeded.users.map((user) => user.api_token);
    return theatre;
  }

  /** How long the trouble still lasts, in milliseconds; 0 or less when it has ended. */
  get healsInMs(): number {
    return this.plan.healsAfterMs - (this.timeline.nowMs - this.#startMs);
  }

  /** Whether all trouble has ended. */
  get isHealed(): boolean {
    return this.healsInMs <= 0;
  }

  /** Ends all trouble now. */
  heal(): void {
    this.network.trouble = null;
    this.events.end();
  }

  /** The civil time of the machine, in milliseconds since 1970. */
  get civilMs(): number {
    return this.timeline.nowMs + this.machine.clockOffMs;
  }

  /** Lets time pass while no process lives: what is on its way arrives. */
  pass(ms: number): Promise<void> {
    return this.timeline.through(this.timeline.wait(ms));
  }

  /** Runs `work` in a process of its own, through to the end of that process. */
  async live(work: (context: PhaseContext) => Promise<void>, isPeaceful = false): Promise<LifeEnd> {
    const number = this.#lives;
    this.#lives += 1;
    if (this.isHealed) this.heal();
    const calm = isPeaceful || this.isHealed;
    const drawn = calm ? peaceful : (this.plan.fates[number] ?? peaceful);
    const death = this.#upgradeDeath(number) ?? drawn.death;
    const fate = { ...drawn, death };
    const trouble = calm ? null : (this.plan.disk[number] ?? null);
    if (!calm) this.machine.clockOffMs += this.plan.clockJumpsMs[number] ?? 0;
    const life = this.#live(work, number, fate, trouble, calm);
    if (calm || this.plan.rivalAfterMs === null || fate.death !== null) return this.timeline.through(life);
    const [end] = await this.timeline.through(Promise.all([life, this.#rival(work, this.plan.rivalAfterMs)]));
    return end;
  }

  /** Starts a process on a damaged state, and puts the good one back after it (F24). */
  async onDamaged(damage: Damage, work: (context: PhaseContext) => Promise<void>): Promise<DamageEvidence> {
    this.disk.damage(damage);
    const { file } = this.disk;
    const before = digestOf(file);
    const from = this.network.sent.length;
    const { end, why } = await this.live(work, true);
    this.#hit(`state ${damage}`);
    const evidence = {
      damage,
      end,
      why,
      sent: this.network.sent.length - from,
      before,
      after: digestOf(file),
    };
    this.disk.restore();
    return evidence;
  }

  #hit(what: string): void {
    this.hits.set(what, (this.hits.get(what) ?? 0) + 1);
  }

  /** The first process dies while it makes the state: after one of its tables or indexes (F24). */
  #upgradeDeath(number: number): Fate['death'] {
    const at = number === 0 ? this.plan.upgradeEndsAt : null;
    if (at === null) return null;
    this.#hit('state unmade');
    return at <= tablesOfState
      ? { point: 'store: upgrade, after a table', pass: at }
      : { point: 'store: upgrade, after an index', pass: at - tablesOfState };
  }

  #isMindChanging(arrivals: number): boolean {
    const { mindsAfterArrivals: after } = this.plan;
    return (
      after !== null && arrivals >= after && this.#hasLoadBegun && this.#policies === this.world.policies
    );
  }

  /** People change policies and answers while a process loads; the next ones are given them too (F25). */
  async #changeMinds(): Promise<void> {
    this.#policies = otherPolicies(this.world.policies);
    const person = new Life(this.machine, peaceful, this.world.seed, (self) =>
      this.network.connect(self, -1, () => ({ auditHead: 0, epoch: null, hasLoadBegun: false })),
    );
    const { noValues } = this.world.policies;
    const through = (database: Database) => this.disk.watched(database);
    const store = await openSqlite(this.disk.file, migrationName, person.ports, { noValues, through });
    try {
      await changeAnswers(store);
      this.#hit('minds changed');
    } catch (error) {
      // a process that is held up in the middle of a transaction keeps the state for itself
      if (!(error instanceof MigrationError)) throw error;
    } finally {
      await store.close();
    }
  }

  /** A second process on the same disk, while the first one lives or is held up. */
  async #rival(work: (context: PhaseContext) => Promise<void>, afterMs: number): Promise<void> {
    await this.timeline.wait(afterMs);
    const number = this.#lives;
    this.#lives += 1;
    await this.#live(work, number, peaceful, null, false);
  }

  async #live(
    work: (context: PhaseContext) => Promise<void>,
    number: number,
    fate: Fate,
    trouble: DiskTrouble | null,
    isPeaceful: boolean,
  ): Promise<LifeEnd> {
    const fromMs = this.timeline.nowMs;
    const disk = lookAt(this.disk);
    const life = new Life(this.machine, fate, this.world.seed * 31 + number, (self) =>
      this.network.connect(self, number, () => {
        const seen = disk.look();
        this.#hasLoadBegun ||= seen.hasLoadBegun;
        return seen;
      }),
    );
    const destination = this.#destination(life);
    const died = new Promise<Ending>((resolve) =>
      life.onDeath(() => {
        this.disk.cut(this.plan.torn ? tornPages(number) : null);
        resolve({ end: 'killed', why: life.diedAt ?? '' });
      }),
    );
    const closers: (() => Promise<void>)[] = [disk.close];
    try {
      const through = (database: Database) => {
        // killed before it had opened its state: nobody comes to close it any more
        if (life.isDead) void database.close();
        else closers.push(() => database.close());
        return faultyDatabase(this.disk.watched(database), life, this.disk, trouble);
      };
      const ending = await Promise.race([this.#work(work, life, destination, through), died]);
      const budget = destination.budget();
      const { why, told = '', resumeAtMs = null } = ending;
      const untilMs = this.timeline.nowMs;
      const end = { number, end: ending.end, why, told, resumeAtMs, budget, fromMs, untilMs, isPeaceful };
      this.ends.push(end);
      return end;
    } finally {
      await Promise.all(closers.map((close) => close()));
    }
  }

  #destination(life: Life): Destination {
    const { plan, seats, pace, policies } = this.world;
    const auth = { token: this.account.token };
    const openFile = this.#files.opener(life);
    const { budgetShare: share } = policies;
    return createPipedrive({ url: origin, auth, plan, seats, share, pace, openFile }, life.ports);
  }

  /** What the process does, and how it ends when nobody kills it. */
  async #work(
    work: (context: PhaseContext) => Promise<void>,
    life: Life,
    destination: Destination,
    through: (database: Database) => Database,
  ): Promise<Ending> {
    const policies = this.#policies;
    const { noValues } = policies;
    try {
      const store = await openSqlite(this.disk.file, migrationName, life.ports, { noValues, through });
      const source = this.source.connector(life, rowsOfPage);
      const holder = `process begun at ${life.startMs}`;
      await underLease({ life, store, source, destination, policies, holder }, work);
      return { end: 'done', why: '' };
    } catch (error) {
      if (life.isDead) return new Promise(() => undefined);
      if (life.signal.aborted && error === life.signal.reason)
        return { end: 'stopped', why: 'by the operator' };
      if (!(error instanceof MigrationError) || error.code === 'out-of-balance')
        throw new EngineBug(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { end: 'trouble', why: error.code, told: error.message, resumeAtMs: error.resumeAtMs };
    }
  }

  async close(): Promise<void> {
    await this.account.emulator.close();
    this.disk.remove();
  }
}

/** Tables that the one upgrade there is makes; what comes after them are indexes and guards. */
const tablesOfState = 18;

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

const lookText = `select coalesce((select max(seq) from audit), 0) as auditHead, epoch,
  exists(select 1 from setting where setting.migration = migration.id and name = 'runStarted') as hasLoadBegun from migration`;

/**
 * Reads a state file from outside, opened when it is first looked at: what is committed, whatever its processes do. It
 * is looked at again when one of them may have written since.
 */
function lookAt(disk: Disk): { readonly look: () => DiskLook; readonly close: () => Promise<void> } {
  const { file } = disk;
  let last: { readonly version: string; readonly seen: DiskLook } | null = null;
  let opened: SqliteFile.Database | null = null;
  let statement: SqliteFile.Statement<[]> | null = null;
  return {
    look: () => {
      const { version } = disk;
      if (last !== null && last.version === version) return last.seen;
      opened ??= new SqliteFile(file, { readonly: true });
      statement ??= opened.prepare<[]>(lookText).raw();
      const [auditHead, epoch, hasLoadBegun] = (statement.get() ?? [0, null, 0]) as [
        number,
        number | null,
        number,
      ];
      const seen = { auditHead, epoch, hasLoadBegun: hasLoadBegun === 1 };
      last = version === null ? null : { version, seen };
      return seen;
    },
    close: async () => void opened?.close(),
  };
}

/** What a power cut leaves at the end of the log: pages without a valid checksum. */
function tornPages(number: number): Uint8Array {
  const pages: Buffer[] = [];
  for (let at = 0; at < 130 * (number + 1); at += 1) {
    pages.push(createHash('sha256').update(`${number} ${at}`).digest());
  }
  return Buffer.concat(pages);
}
