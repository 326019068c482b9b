import { MigrationError } from '../../model/error.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { describeSameAccount } from '../same-account.ts';
import { readValue, writeValue } from '../values.ts';
import { Drift, type Refused } from './drift.ts';
import { Echoes } from './echo.ts';
import { checkGate } from './gate.ts';
import { intend, type Outcome, settle } from './outcome.ts';
import { type OwnerUsers, ownerUsers, type Prepared, prepare } from './prepare.ts';
import { lookUpDoubts, resolveDoubts } from './reconcile.ts';
import { sendUnit, togetherBatch, type Unit, unitsOf, wholeGroups } from './together.ts';

/** Requests in flight at once. The burst budget inside the destination decides how fast they go. */
const inFlightLimit = 64;
/** Intents of one transaction: one fsync for all of them (group commit, reliability.md 3.2). */
const intentBatch = 64;
/** Outcomes of one transaction. */
const settleBatch = 64;
/** Unknown outcomes after which a sweep is made before anything else is sent. */
const doubtLimit = 500;
/** Refusals after which the account is looked at: is it the records, or has it changed? */
const refusalLimit = 20;
/** Rounds in which nothing came about, after which the destination is taken for not answering. */
const fruitlessRounds = 20;

/**
 * Loads everything planned, entity by entity in dependency order, and is its own resume.
 * At any moment of death each record is either not sent, or has an intent on disk that the next run looks up.
 * A second run of a finished load sends nothing. `before` may stop it at an entity (a gate).
 */
export async function load(
  context: PhaseContext,
  before: (entity: TargetEntity) => Promise<void> = async () => undefined,
): Promise<void> {
  if ((await readValue(context.store, 'runFinished')) !== null) return;
  const drift = new Drift(context, await describeSameAccount(context));
  await begin(context);
  // what is planned stays as many while it is loaded
  const totals = await context.store.operationTotals();
  for (const entity of targetEntities) {
    await before(entity);
    const own = totals.filter((total) => total.entity === entity);
    if (own.length === 0) continue;
    const total = own.reduce((sum, one) => sum + (one.action === 'skip' ? 0 : one.count), 0);
    await loadEntity(context, entity, total, drift);
  }
  const at = new Date(context.ports.clock.nowMs()).toISOString();
  await context.store.write(context.lease, async (writer) => {
    await writeValue(writer, 'runFinished', at);
    // a proof made half-way is no proof of the whole
    await writeValue(writer, 'verified', null);
  });
}

async function begin(context: PhaseContext): Promise<void> {
  if ((await readValue(context.store, 'runStarted')) !== null) return;
  const at = new Date(context.ports.clock.nowMs()).toISOString();
  await context.store.write(context.lease, (writer) => writeValue(writer, 'runStarted', at));
}

async function loadEntity(
  context: PhaseContext,
  entity: TargetEntity,
  total: number,
  drift: Drift,
): Promise<void> {
  if ((await context.store.getValue(`gate:${entity}`)) !== null) return;
  // owners may be answered at the gate before an entity
  const owners = await ownerUsers(context.store);
  await keepWatermark(context, entity);
  await sendAll(context, owners, entity, total, drift);
  await checkGate(context, owners, entity);
}

/** Sends until nothing is planned or in doubt. What an earlier process left in doubt is looked up first, and waited for last. */
async function sendAll(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
  total: number,
  drift: Drift,
): Promise<void> {
  const { clock } = context.ports;
  let quietSinceMs = clock.monotonicMs();
  await lookUpDoubts(context, owners, entity);
  let left = Number.POSITIVE_INFINITY;
  for (let fruitless = 0; ; ) {
    const { sent, doubts, again } = await sendPlanned(
      context,
      owners,
      new SendWindow(context, entity, total, drift),
    );
    if (doubts > 0) quietSinceMs = clock.monotonicMs();
    const wereDoubts = await resolveDoubts(context, owners, entity, quietSinceMs);
    if (!wereDoubts && (!sent || again === 0)) return;
    const leftNow = await plannedCount(context, entity);
    fruitless = leftNow < left ? 0 : fruitless + 1;
    left = leftNow;
    if (fruitless > fruitlessRounds)
      throw new MigrationError('unavailable', `${entity}: answers keep getting lost`);
  }
}

async function plannedCount({ store }: PhaseContext, entity: TargetEntity): Promise<number> {
  const totals = await store.operationTotals();
  const planned = totals.filter((total) => total.entity === entity && total.state === 'planned');
  return planned.reduce((sum, { count }) => sum + count, 0);
}

/** The highest id before our first write: what is newer may be ours (ids, not times: reliability.md 3.1). */
async function keepWatermark(context: PhaseContext, entity: TargetEntity): Promise<void> {
  if ((await context.store.getValue(`watermark:${entity}`)) !== null) return;
  const id = await context.destination.watermark(entity, context.signal);
  await context.store.write(context.lease, (writer) => writer.setValue(`watermark:${entity}`, id));
}

/** Sends what is planned: whether there was anything, how many answers were lost, and how many are planned again. */
async function sendPlanned(
  context: PhaseContext,
  owners: OwnerUsers,
  window: SendWindow,
): Promise<{ readonly sent: boolean; readonly doubts: number; readonly again: number }> {
  const { entity } = window;
  const together = context.destination.costs.together(entity);
  let after = 0;
  let sent = false;
  try {
    while (!window.hasTrouble && window.doubts < doubtLimit) {
      const size = together === null ? intentBatch : togetherBatch;
      const page = await context.store.operationPage({ entity, states: ['planned'] }, after, size);
      const operations = together === null ? page : wholeGroups(page, together, page.length < size);
      const last = operations.at(-1);
      if (last === undefined) break;
      after = last.seq;
      sent = true;
      await window.put(await prepare(context.store, owners, operations));
      stopIfAsked(context);
      if (page.length < size) break;
    }
  } finally {
    await window.drain();
  }
  return { sent, doubts: window.doubts, again: window.again };
}

/** Requests in flight and outcomes that wait for their transaction. */
class SendWindow {
  readonly #context: PhaseContext;
  readonly entity: TargetEntity;
  readonly #total: number;
  readonly #drift: Drift;
  readonly #echoes: Echoes;
  readonly #flying = new Set<Promise<void>>();
  #outcomes: Outcome[] = [];
  #refused: Refused[] = [];
  #trouble: unknown = null;
  #done = 0;
  doubts = 0;
  again = 0;

  constructor(context: PhaseContext, entity: TargetEntity, total: number, drift: Drift) {
    this.#context = context;
    this.entity = entity;
    this.#total = total;
    this.#drift = drift;
    this.#echoes = new Echoes(context);
  }

  get hasTrouble(): boolean {
    return this.#trouble !== null;
  }

  /** Writes the intents of a batch, then sends them as places become free. */
  async put(batch: readonly Prepared[]): Promise<void> {
    const { store, lease, ports } = this.#context;
    ports.crashPoint('load:before-intent');
    await store.write(lease, (writer) => intend(writer, batch));
    ports.crashPoint('load:after-intent');
    for (const unit of unitsOf(batch, this.#context.destination.costs.together(this.entity))) {
      while (this.#flying.size >= inFlightLimit) await Promise.race(this.#flying);
      if (this.#refused.length >= refusalLimit) await this.#judge();
      if (this.hasTrouble)
        this.#outcomes.push(...unit.map((prepared) => ({ kind: 'again', prepared }) as const));
      else this.#launch(unit);
      if (this.#outcomes.length >= settleBatch) await this.#settle();
    }
  }

  /** Waits for everything in flight and keeps it; then tells the world's trouble, if there was any. */
  async drain(): Promise<void> {
    while (this.#flying.size > 0) await Promise.race(this.#flying);
    await this.#judge();
    await this.#settle();
    if (this.#trouble !== null) throw this.#trouble;
  }

  #launch(unit: Unit): void {
    const flight: Promise<void> = this.#fly(unit).finally(() => this.#flying.delete(flight));
    this.#flying.add(flight);
  }

  async #fly(unit: Unit): Promise<void> {
    const { ports } = this.#context;
    ports.crashPoint('load:before-send');
    for (const prepared of unit) this.#echoes.leaves(prepared);
    const sent = await sendUnit(this.#context, unit);
    const outcomes = sent.outcomes.map((outcome) => this.#echoes.returns(outcome));
    ports.crashPoint('load:after-send');
    this.#trouble ??= sent.trouble;
    this.doubts += outcomes.filter((outcome) => outcome.kind === 'unknown').length;
    for (const outcome of outcomes) {
      if (outcome.kind === 'failed' && outcome.code === 'destination-refused') this.#refused.push(outcome);
      else this.#outcomes.push(outcome);
    }
  }

  /** What was refused is put aside when the account is as it was; a look that fails leaves it planned: nothing was executed. */
  async #judge(): Promise<void> {
    const refused = this.#refused;
    this.#refused = [];
    if (refused.length === 0) return;
    try {
      this.#outcomes.push(...(await this.#drift.judge(refused)));
    } catch (trouble) {
      this.#trouble ??= trouble;
      this.#outcomes.push(...refused.map(({ prepared }) => ({ kind: 'again', prepared }) as const));
    }
  }

  async #settle(): Promise<void> {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    const { store, lease, ports } = this.#context;
    if (outcomes.length === 0) return;
    ports.crashPoint('load:before-settle');
    await store.write(lease, (writer) => settle(writer, outcomes));
    ports.crashPoint('load:after-settle');
    this.#done += outcomes.length;
    this.again += outcomes.filter((outcome) => outcome.kind === 'again').length;
    this.#context.report({ phase: 'run', subject: this.entity, done: this.#done, total: this.#total });
  }
}
