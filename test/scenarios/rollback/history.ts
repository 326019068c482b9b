import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import { createPipedrive as emulate, type PipedriveEmulator } from 'landfall-emulators/pipedrive/emulator.ts';
import { type Ports, systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import { createRandom } from '../../../packages/landfall/src/base/random.ts';
import type { RollbackSummary } from '../../../packages/landfall/src/model/plan.ts';
import { defaultPolicies } from '../../../packages/landfall/src/model/policy-table.ts';
import type { Lease, Store } from '../../../packages/landfall/src/model/store.ts';
import { configure } from '../../../packages/landfall/src/phases/configure.ts';
import type { PhaseContext } from '../../../packages/landfall/src/phases/context.ts';
import { load } from '../../../packages/landfall/src/phases/load/load.ts';
import { type Bench, keepDrafts, memorySource } from '../../../packages/landfall/src/phases/phase-fixture.ts';
import { plan } from '../../../packages/landfall/src/phases/plan/plan.ts';
import { planRollback } from '../../../packages/landfall/src/phases/rollback/look-ahead.ts';
import { rollback } from '../../../packages/landfall/src/phases/rollback/rollback.ts';
import { createPipedrive } from '../../../packages/landfall/src/pipedrive/destination.ts';
import { openSqlite } from '../../../packages/landfall/src/store/open-store.ts';
import type { Snapshot, SnapshotRecord } from '../support/emulator.ts';
import { type Answered, InProcess, type Meanwhile, type Passing } from '../support/in-process.ts';
import { drawMigration, historyMapping } from './history-drafts.ts';
import { Journal } from './journal.ts';
import { faultsIn } from './oracle.ts';
import { type Desk, editKinds, type RecordKind, type Whose } from './people-edits.ts';

/** How one history went. */
export interface History {
  readonly seed: number;
  readonly operations: number;
  readonly edits: readonly string[];
  readonly kills: number;
  readonly refused: number;
  readonly kept: number;
  /** What is wrong; empty when the contract held. */
  readonly faults: readonly string[];
}

/** What a history meets, drawn from its seed. */
interface Course {
  /** Share of the requests of the load before which a person does something. */
  readonly editsInLoad: number;
  readonly editsBetween: number;
  readonly editsInRollback: number;
  /** The load is broken off at this pass of a crash point; 0: it comes to its end. */
  readonly killInLoad: number;
  /** How often the rollback is broken off. */
  readonly killsInRollback: number;
  /** Share of the deletes that are answered 403, 404 or 429. */
  readonly refusals: number;
}

function drawCourse(random: SeededRandom): Course {
  const sometimes = (share: number, value: number) => (random.next() < share ? value : 0);
  return {
    editsInLoad: sometimes(0.5, 0.08),
    editsBetween: random.between(0, 40),
    editsInRollback: sometimes(0.5, 0.08),
    killInLoad: sometimes(0.3, random.between(1, 12)),
    killsInRollback: sometimes(0.4, random.between(1, 3)),
    refusals: sometimes(0.3, 0.2),
  };
}

/** Runs one history from its seed to the end of its rollback, and holds it against the contract. Never throws for a fault. */
export async function runHistory(seed: number): Promise<History> {
  const life = await Life.begin(seed);
  try {
    return await life.run();
  } finally {
    await life.end();
  }
}

class Killed extends Error {}

const origin = 'http://127.0.0.1:9';
const leaseMs = 1_000_000_000_000;
/** What a person takes between two things: longer than two clocks may differ. */
const workMs = 1_200_000;
/** The same while the load is at work: longer than a record is in the making. */
const glimpseMs = 10_000;
/** Lists in the order in which a rollback goes through them: what comes later has not been looked at yet. */
const rollbackOrder: readonly RecordKind[] = [
  'notes',
  'activities',
  'deals',
  'leads',
  'persons',
  'relationships',
  'organizations',
];

class Life {
  readonly #seed: number;
  readonly #random: SeededRandom;
  readonly #course: Course;
  readonly #emulator: PipedriveEmulator;
  readonly #folder: string;
  readonly #journal = new Journal();
  #store!: Store;
  #lease!: Lease;
  #context!: PhaseContext;
  #before: Snapshot = {};
  #phase: 'quiet' | 'load' | 'rollback' = 'quiet';
  #crashIn = 0;
  #passedMs = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #edits: string[] = [];
  #kills = 0;
  #refused = 0;
  #words = 0;
  #writes = 0;

  static async begin(seed: number): Promise<Life> {
    const life = new Life(seed);
    await life.#open();
    return life;
  }

  private constructor(seed: number) {
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#course = drawCourse(this.#random);
    this.#emulator = emulate({
      plan: 'ultimate',
      seats: 10,
      limits: 'off',
      seed,
      nowMs: () => this.#nowMs(),
    });
    this.#folder = mkdtempSync(join(tmpdir(), 'landfall-history-'));
  }

  async run(): Promise<History> {
    const operations = await this.#migrate();
    for (let left = this.#course.editsBetween; left > 0; left -= 1) await this.#person();
    const said = await planRollback(this.#context);
    const did = await this.#takeBack();
    const faults = [
      ...faultsIn(this.#outcome(did)),
      ...this.#faultsOfPlan(said, did),
      ...(await this.#again(did)),
    ];
    const { edits, kills, refused } = { edits: this.#edits, kills: this.#kills, refused: this.#refused };
    const history = faults.length > 0 ? this.#journal.lines.map((line) => `  ${line}`) : [];
    return {
      seed: this.#seed,
      operations,
      edits,
      kills,
      refused,
      kept: did.kept.length,
      faults: [...faults, ...history],
    };
  }

  async end(): Promise<void> {
    await this.#context.destination.close();
    await this.#store.close();
    await this.#emulator.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #outcome(did: RollbackSummary) {
    const isBroken = this.#course.killInLoad > 0;
    return {
      before: this.#before,
      after: this.#snapshot(),
      journal: this.#journal,
      isBroken,
      kept: did.kept,
    };
  }

  async #open(): Promise<void> {
    this.#emulator.control.seed({ users: [{ name: 'Second', email: 'second@people.example' }] });
    const ports = this.#ports();
    this.#store = await openSqlite(join(this.#folder, 'state.sqlite'), 'acme', ports);
    await this.#takeOver();
  }

  /** Another process goes on where the last one stopped. */
  async #takeOver(): Promise<void> {
    await this.#lease?.release();
    await this.#context?.destination.close();
    this.#lease = await this.#store.lease('history', leaseMs);
    const ports = this.#ports();
    const account = { auth: { token: this.#emulator.token }, plan: 'ultimate', seats: 10, share: 1 } as const;
    this.#context = {
      migration: 'acme',
      store: this.#store,
      lease: this.#lease,
      source: memorySource([]),
      destination: createPipedrive({ url: origin, pace: 'off', ...account }, ports),
      policies: { ...defaultPolicies, duplicates: 'keep', existing: 'update-empty', inDoubtQuietSeconds: 1 },
      ports,
      signal: new AbortController().signal,
      report: () => undefined,
    };
  }

  #ports(): Ports {
    return systemPorts({
      random: createRandom(this.#seed),
      clock: {
        nowMs: () => this.#nowMs(),
        monotonicMs: () => this.#passedMs,
        sleep: async (ms) => {
          this.#passedMs += ms;
        },
      },
      crashPoint: (name) => this.#crashPoint(name),
      dispatcher: () => new InProcess(origin, this.#emulator.app, this.#meanwhile),
    });
  }

  #nowMs(): number {
    return Date.UTC(2026, 0, 2, 3, 4, 5) + this.#passedMs;
  }

  #crashPoint(name: string): void {
    if (this.#crashIn === 0 || !/^(rollback:|load:.*(intent|settle))/.test(name)) return;
    this.#crashIn -= 1;
    if (this.#crashIn > 0) return;
    this.#kills += 1;
    throw new Killed(name);
  }

  async #migrate(): Promise<number> {
    const { records, drafts, found } = drawMigration(this.#random);
    this.#emulator.control.seed({ ...found, deals: [{ title: 'Theirs from before' }] });
    this.#before = this.#snapshot();
    const context = this.#context;
    await keepDrafts({ context, store: this.#store } as Bench, records, drafts);
    await plan(context, historyMapping);
    await configure(context);
    this.#phase = 'load';
    this.#crashIn = this.#course.killInLoad;
    await this.#survive(() => load(this.#context));
    this.#crashIn = 0;
    this.#phase = 'quiet';
    return (await this.#store.operationTotals()).reduce((sum, { count }) => sum + count, 0);
  }

  /** Runs work that may be killed; another process takes over then. Answers whether it came to its end. */
  async #survive(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      await this.#takeOver();
      return false;
    }
  }

  async #takeBack(): Promise<RollbackSummary> {
    this.#phase = 'rollback';
    let summary: RollbackSummary | null = null;
    for (let left = this.#course.killsInRollback; summary === null; left -= 1) {
      this.#crashIn = left > 0 ? this.#random.between(1, 8) : 0;
      await this.#survive(async () => {
        summary = await rollback(this.#context);
      });
    }
    this.#crashIn = 0;
    this.#phase = 'quiet';
    // what was refused the first time is asked for again, by a run that meets no refusals
    return this.#refused === 0 ? (summary as RollbackSummary) : rollback(this.#context);
  }

  /** A rollback that nobody disturbed does what was said beforehand. */
  #faultsOfPlan(said: RollbackSummary, did: RollbackSummary): string[] {
    const { editsInRollback, killsInRollback, refusals } = this.#course;
    if (editsInRollback + killsInRollback + refusals > 0) return [];
    const lines = ({ reversed, restored, kept }: RollbackSummary) => [
      `${reversed} reversed, ${restored} restored`,
      ...kept
        .filter(({ entity }) => entity !== 'configuration')
        .map(({ entity, targetId, because }) => `${entity} ${targetId}: ${because}`),
    ];
    const [foretold, done] = [lines(said), lines(did)];
    const differences = [
      ...foretold.filter((line) => !done.includes(line)).map((line) => `foretold, not done: ${line}`),
      ...done.filter((line) => !foretold.includes(line)).map((line) => `done, not foretold: ${line}`),
    ];
    return differences;
  }

  /** A second time nothing is written, and the same is kept. */
  async #again(did: RollbackSummary): Promise<string[]> {
    const before = this.#writes;
    const again = await rollback(this.#context);
    const names = (summary: RollbackSummary) =>
      summary.kept
        .filter(({ because }) => !because.startsWith('changed since'))
        .map(({ entity, targetId }) => `${entity} ${targetId}`)
        .toSorted();
    const same = JSON.stringify(names(again)) === JSON.stringify(names(did));
    return [
      ...(this.#writes === before ? [] : [`the second rollback sent ${this.#writes - before} writes`]),
      ...(same ? [] : [`kept the first time ${names(did)}; the second time ${names(again)}`]),
    ];
  }

  #snapshot(): Snapshot {
    return structuredClone(this.#emulator.control.snapshot()) as Snapshot;
  }

  /** One request of ours after the other, and people's between them. */
  readonly #meanwhile: Meanwhile = (passing, deliver) => {
    const next = this.#turn.then(async () => {
      if (this.#random.next() < this.#rate(passing)) await this.#person(passing);
      if (passing.method !== 'GET') this.#writes += 1;
      return (await this.#refusal(passing, deliver)) ?? deliver();
    });
    this.#turn = next.catch(() => undefined);
    return next;
  };

  #rate({ method }: Passing): number {
    if (this.#phase === 'load') return this.#course.editsInLoad;
    return this.#phase === 'rollback' && method === 'DELETE' ? this.#course.editsInRollback : 0;
  }

  /** 403: not done. 404: somebody was first. 429: not done, and tried again. */
  async #refusal({ method }: Passing, deliver: () => Promise<Answered>): Promise<Answered | null> {
    if (this.#phase !== 'rollback' || method !== 'DELETE' || this.#random.next() >= this.#course.refusals)
      return null;
    const status = this.#random.pick([403, 404, 429]);
    this.#refused += 1;
    if (status === 404) await deliver();
    const body = JSON.stringify({ success: false, error: `said ${status}` });
    return { status, headers: { 'content-type': 'application/json' }, body };
  }

  /** A person does one thing; what the account refuses is not done. */
  async #person(during?: Passing): Promise<void> {
    const kinds = this.#kindsNow(during);
    if (kinds.length === 0) return;
    const kind = this.#random.pick(kinds);
    this.#passedMs += this.#phase === 'load' ? glimpseMs : workMs;
    const before = this.#snapshot();
    const done = await kind.make(this.#desk(before)).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return false;
    });
    if (!done) return;
    this.#edits.push(kind.what);
    this.#journal.note(kind.what, before, this.#snapshot());
  }

  /** While a rollback is at work only what it has not looked at yet is edited: nothing can be done about the rest. */
  #kindsNow(during?: Passing): typeof editKinds {
    if (this.#phase !== 'rollback' || during === undefined) return editKinds;
    const at = rollbackOrder.findIndex((kind) => during.path.includes(`/${kind}/`));
    return at < 0 ? [] : editKinds.filter(({ on }) => rollbackOrder.indexOf(on) > at);
  }

  #desk(snapshot: Snapshot): Desk {
    const random = this.#random;
    return {
      random,
      snapshot: () => snapshot,
      word: () => this.#word(),
      pick: (kind, whose) => {
        const records = (snapshot[kind] ?? []).filter((record) => this.#isOf(whose, kind, record));
        return records.length === 0 ? null : random.pick(records);
      },
      ask: async (method, path, body) => {
        const headers = { 'x-api-token': this.#emulator.token, 'content-type': 'application/json' };
        const init =
          body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
        const answer = await this.#emulator.app.fetch(new Request(`${origin}${path}`, init));
        if (!answer.ok) throw new Refused(`${method} ${path}: ${await answer.text()}`);
      },
    };
  }

  #word(): string {
    this.#words += 1;
    return `Theirs ${this.#words}`;
  }

  /** Found people are left alone while we fill them in: between our look and our write nothing can be told apart. */
  #isOf(whose: Whose, kind: RecordKind, { id }: SnapshotRecord): boolean {
    const wasThere = (this.#before[kind] ?? []).some((one) => one.id === id);
    if (whose === 'found') return wasThere && !(this.#phase === 'load' && kind === 'persons');
    const isTheirs = this.#journal.made.has(`${kind} ${id}`);
    return !wasThere && isTheirs === (whose === 'theirs');
  }
}

class Refused extends Error {}
