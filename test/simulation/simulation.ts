import { createHash } from 'node:crypto';
import { seededRandom } from 'landfall-emulators/kit/random.ts';
import type { RollbackSummary } from '../../packages/landfall/src/model/plan.ts';
import { configure } from '../../packages/landfall/src/phases/configure.ts';
import type { PhaseContext } from '../../packages/landfall/src/phases/context.ts';
import { load } from '../../packages/landfall/src/phases/load/load.ts';
import { readValue } from '../../packages/landfall/src/phases/values.ts';
import { verify } from '../../packages/landfall/src/phases/verify.ts';
import { checkAudit, checkConservation, checkProof } from './checks/books.ts';
import { checkBudget } from './checks/budget.ts';
import { type Books, type Evidence, readBooks } from './checks/evidence.ts';
import { checkLanded } from './checks/landed.ts';
import { checkRefused } from './checks/refused-state.ts';
import { checkRollback } from './checks/rollback.ts';
import { makeEdits, noEdits } from './edits.ts';
import { classesOf, type FaultPlan, planFaults } from './fault-plan.ts';
import type { FaultClass } from './fault-table.ts';
import { advance, rollback } from './journey.ts';
import { mappingWith } from './mapping.ts';
import type { Sent } from './network.ts';
import { type LifeEnd, Theatre } from './run.ts';
import { makeWorld, type World } from './world.ts';

/** How runs are made. */
export interface SimulateOptions {
  /** Only faults of these classes; absent: what the seed draws. */
  readonly classes?: readonly FaultClass[];
  /** Size of the world; 1 (absent): about 60 records. */
  readonly scale?: number;
}

/** What one run came to. */
export interface Result {
  readonly seed: number;
  readonly classes: readonly FaultClass[];
  /** Each begins with the invariant that does not hold. */
  readonly violations: readonly string[];
  /** SHA-256 over the account's log and the audit log: equal for equal runs. */
  readonly hash: string;
  readonly records: number;
  readonly requests: number;
  /** How its processes ended: `killed load:after-send, pass 3`. */
  readonly lives: readonly string[];
  readonly hits: Readonly<Record<string, number>>;
}

const mostLives = 60;
const mostTroubledLives = 30;
/** When the lease of a dead process has certainly run out. */
const leaseEndsMs = 65_000;
/** Of the finished runs, how many are made a second time, and how many are taken back (those with people's edits besides). */
const shareRunAgain = 0.4;
const shareTakenBack = 0.15;
const minuteMs = 60_000;
const mostHealedMs = 10 * minuteMs;

/** Runs the world of a seed through all its faults to its end, and tells which invariants did not hold. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Result> {
  const classes = options.classes ?? classesOf(seed);
  const has = { files: classes.includes('F27'), shop: classes.includes('F18') };
  const world = makeWorld(seed, options.scale, has);
  const plan = planFaults(world, options.classes ?? null);
  const theatre = await Theatre.open(world, plan);
  const play = new Play(theatre, world, plan);
  try {
    await play.run();
  } catch (error) {
    play.violations.push(`I12 ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    await theatre.close();
  }
  return play.result();
}

/** How many requests with several records arrived, and how many of them the account refused (F18). */
function batchesOf(sent: readonly Sent[]): readonly (readonly [string, number])[] {
  const batches = sent.filter(({ path, status }) => path.endsWith('/bulk') && status !== 0);
  const refused = batches.filter(({ status }) => status === 400).length;
  const named = [['batch', batches.length] as const, ['batch refused', refused] as const];
  return named.filter(([, count]) => count > 0);
}

class Play {
  readonly #theatre: Theatre;
  readonly #world: World;
  readonly #plan: FaultPlan;
  readonly violations: string[] = [];
  #books: Books | null = null;

  constructor(theatre: Theatre, world: World, plan: FaultPlan) {
    this.#theatre = theatre;
    this.#world = world;
    this.#plan = plan;
  }

  async run(): Promise<void> {
    const theatre = this.#theatre;
    const random = seededRandom(this.#world.seed + 5);
    const before = theatre.account.snapshot();
    const { files, shop } = this.#world;
    const mapping = mappingWith({ files: files.length > 0, shop: shop !== null });
    const how = await this.#until('the migration', async (context) => {
      await advance(context, mapping);
      this.#books = await readBooks(context.store);
    });
    if (how === 'never') return;
    await theatre.pass(this.#world.policies.inDoubtQuietSeconds * 1_000 + 2 * minuteMs);
    const evidence = await this.#evidence(before);
    this.violations.push(...checkAudit(evidence), ...checkBudget(evidence));
    if (how === 'done') {
      this.violations.push(
        ...checkConservation(evidence),
        ...checkLanded(evidence),
        ...checkProof(evidence),
        ...(random.next() < shareRunAgain ? await this.#again() : []),
      );
    }
    if (how === 'refused' || this.#plan.classes.includes('F14') || random.next() < shareTakenBack)
      await this.#takeBack(before);
  }

  result(): Result {
    const theatre = this.#theatre;
    // values kept as salted hashes are other ones in each run, and the chain with them
    const salted = new Set(this.#world.policies.noValues ? ['hmac', 'hash', 'previous'] : []);
    const unsalted = (name: string, value: unknown) => (salted.has(name) ? undefined : value);
    const lines = JSON.stringify(
      [theatre.account.log(), this.#books?.audit ?? null],
      salted.size === 0 ? undefined : unsalted,
    );
    return {
      seed: this.#world.seed,
      classes: this.#plan.classes,
      violations: this.violations,
      hash: createHash('sha256').update(lines).digest('hex'),
      records: this.#world.rows.length,
      requests: theatre.network.sent.length,
      lives: theatre.ends.map(({ end, why, told }) =>
        `${end} ${why} ${told.replaceAll(theatre.disk.folder, '')}`.trim(),
      ),
      hits: Object.fromEntries([
        ...theatre.network.hits,
        ...theatre.hits,
        ...batchesOf(theatre.network.sent),
      ]),
    };
  }

  /**
   * Lets processes live one after the other until one has done the work, or says that it will not, for the account is
   * not what was approved (F8). Never: none has (I12).
   */
  async #until(
    what: string,
    work: (context: PhaseContext) => Promise<void>,
  ): Promise<'done' | 'refused' | 'never'> {
    const theatre = this.#theatre;
    let excusedMs = 0;
    let healedAtMs: number | null = null;
    for (let life = 0; life < mostLives; life += 1) {
      // an operator who has tried so often waits for better times
      if (life === mostTroubledLives && !theatre.isHealed) await theatre.pass(theatre.healsInMs);
      if (theatre.isHealed) healedAtMs ??= theatre.timeline.nowMs;
      await this.#meetDamage(work);
      const end = await theatre.live(work);
      if (end.end === 'done') {
        const tookMs = theatre.timeline.nowMs - (healedAtMs ?? theatre.timeline.nowMs) - excusedMs;
        if (tookMs > mostHealedMs)
          this.violations.push(`I12 ${what} took ${Math.round(tookMs / minuteMs)} minutes after healing`);
        return 'done';
      }
      if (end.why === 'destination-changed') return 'refused';
      const waitedMs = await this.#wait(end);
      if (healedAtMs !== null && end.resumeAtMs !== null) excusedMs += waitedMs;
    }
    this.violations.push(
      `I12 ${what} is not done after ${mostLives} processes: ${JSON.stringify(theatre.ends.slice(-3).map(({ why, told }) => `${why}: ${told}`))}`,
    );
    return 'never';
  }

  /** The state is damaged while no process works: the next one says so, and the operator puts a copy back (F24). */
  async #meetDamage(work: (context: PhaseContext) => Promise<void>): Promise<void> {
    const { damage } = this.#plan;
    if (damage === null || this.#theatre.ends.length !== damage.beforeLife) return;
    this.violations.push(...checkRefused(await this.#theatre.onDamaged(damage.kind, work)));
  }

  /** What an operator does: waits as told, or a little. Civil time may have jumped; the account's has not. */
  async #wait(end: LifeEnd): Promise<number> {
    const theatre = this.#theatre;
    const told = end.resumeAtMs === null ? 0 : end.resumeAtMs - theatre.civilMs;
    const isEarly = this.#world.seed % 5 === 0;
    const patienceMs = end.end === 'killed' && !isEarly ? leaseEndsMs : 15_000;
    const waitMs = Math.min(Math.max(patienceMs, told + 1_000), 2 * 86_400_000);
    if (end.why === 'cap-reached') theatre.account.emulator.control.extra('switches', { openDealsCap: null });
    await theatre.pass(waitMs);
    return waitMs;
  }

  async #evidence(before: Evidence['before']): Promise<Evidence> {
    const theatre = this.#theatre;
    const books = this.#books ?? (await this.#readBooks());
    return {
      world: this.#world,
      plan: this.#plan,
      before,
      after: theatre.account.snapshot(),
      log: theatre.account.log(),
      sent: theatre.network.sent,
      ends: theatre.ends,
      books,
      sourceChanged: theatre.source.hasChanged,
    };
  }

  async #readBooks(): Promise<Books> {
    await this.#theatre.live(async ({ store }) => {
      this.#books = await readBooks(store);
    }, true);
    if (this.#books === null) throw new Error('the books could not be read');
    return this.#books;
  }

  /** A second run of a finished migration writes nothing (I13). */
  async #again(): Promise<readonly string[]> {
    const theatre = this.#theatre;
    theatre.heal();
    const from = theatre.account.arrivals;
    const end = await theatre.live(async (context) => {
      await configure(context);
      await load(context);
      await verify(context);
    }, true);
    const found: string[] = [];
    const mayEnd = ['budget-exhausted', 'destination-changed'];
    if (end.end !== 'done' && !mayEnd.includes(end.why))
      found.push(`I13 a second run ends with ${end.end} ${end.why}`);
    const writes = theatre.account
      .log()
      .slice(from)
      .filter(({ method }) => method !== 'GET');
    // what people took away meanwhile is made again: that is no repetition
    if (writes.length > 0 && !this.#plan.classes.includes('F8'))
      found.push(`I13 a second run writes ${writes.length} times: ${JSON.stringify(writes[0])}`);
    return found;
  }

  /** People edit, then the migration is taken back: their work stays, everything else is as before (I6). */
  async #takeBack(before: Evidence['before']): Promise<void> {
    const theatre = this.#theatre;
    const { account } = theatre;
    const loaded = account.snapshot();
    const edits = this.#plan.classes.includes('F14')
      ? await makeEdits(account, this.#world.seed + 6, 12)
      : noEdits;
    const edited = account.snapshot();
    const told: { summary: RollbackSummary | null } = { summary: null };
    const how = await this.#until('the rollback', async (context) => {
      await rollback(context);
      told.summary = await readValue(context.store, 'rollback');
    });
    if (how !== 'done') return;
    const { summary } = told;
    if (summary === null) throw new Error('the rollback left no summary');
    this.violations.push(
      ...checkRollback({
        before,
        loaded,
        edited,
        after: account.snapshot(),
        edits,
        summary,
        mayKeepMore: this.#plan.classes.some((name) => name === 'F8' || name === 'F11'),
      }),
    );
  }
}
