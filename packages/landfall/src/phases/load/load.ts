import { MigrationError } from '../../model/error.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { readValue, writeValue } from '../values.ts';
import { checkGate } from './gate.ts';
import { intend, type Outcome, settle } from './outcome.ts';
import { type OwnerUsers, ownerUsers, type Prepared, prepare } from './prepare.ts';
import { resolveDoubts } from './reconcile.ts';
import { send } from './send.ts';

/** Requests in flight at once. The burst budget inside the destination decides how fast they go. */
const inFlightLimit = 64;
/** Intents of one transaction: one fsync for all of them (group commit, reliability.md 3.2). */
const intentBatch = 64;
/** Outcomes of one transaction. */
const settleBatch = 64;
/** Unknown outcomes after which a sweep is made before anything else is sent. */
const doubtLimit = 500;

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
  await context.destination.describe(context.signal);
  await begin(context);
  for (const entity of targetEntities) {
    await before(entity);
    await loadEntity(context, await ownerUsers(context.store), entity);
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

async function loadEntity(context: PhaseContext, owners: OwnerUsers, entity: TargetEntity): Promise<void> {
  if ((await context.store.getValue(`gate:${entity}`)) !== null) return;
  const totals = (await context.store.operationTotals()).filter((total) => total.entity === entity);
  const total = totals.reduce((sum, one) => sum + (one.action === 'skip' ? 0 : one.count), 0);
  if (totals.length === 0) return;
  await keepWatermark(context, entity);
  await resolveDoubts(context, owners, entity);
  for (let rounds = 0; await sendPlanned(context, owners, entity, total); rounds += 1) {
    await resolveDoubts(context, owners, entity);
    if (rounds > 20) throw new MigrationError('unavailable', `${entity}: answers keep getting lost`);
  }
  await checkGate(context, owners, entity);
}

/** The highest id before our first write: what is newer may be ours (ids, not times: reliability.md 3.1). */
async function keepWatermark(context: PhaseContext, entity: TargetEntity): Promise<void> {
  if ((await context.store.getValue(`watermark:${entity}`)) !== null) return;
  const id = await context.destination.watermark(entity, context.signal);
  await context.store.write(context.lease, (writer) => writer.setValue(`watermark:${entity}`, id));
}

/** Sends what is planned; true when there was anything. */
async function sendPlanned(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
  total: number,
): Promise<boolean> {
  const window = new SendWindow(context, entity, total);
  let after = 0;
  let sent = false;
  try {
    while (!window.hasTrouble && window.doubts < doubtLimit) {
      const operations = await context.store.operationPage(
        { entity, states: ['planned'] },
        after,
        intentBatch,
      );
      const last = operations.at(-1);
      if (last === undefined) break;
      after = last.seq;
      sent = true;
      await window.put(await prepare(context.store, owners, operations));
      stopIfAsked(context);
    }
  } finally {
    await window.drain();
  }
  return sent;
}

/** Requests in flight and outcomes that wait for their transaction. */
class SendWindow {
  readonly #context: PhaseContext;
  readonly #entity: TargetEntity;
  readonly #total: number;
  readonly #flying = new Set<Promise<void>>();
  #outcomes: Outcome[] = [];
  #trouble: unknown = null;
  #done = 0;
  doubts = 0;

  constructor(context: PhaseContext, entity: TargetEntity, total: number) {
    this.#context = context;
    this.#entity = entity;
    this.#total = total;
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
    for (const prepared of batch) {
      while (this.#flying.size >= inFlightLimit) await Promise.race(this.#flying);
      if (this.hasTrouble) this.#outcomes.push({ kind: 'again', prepared });
      else this.#launch(prepared);
      if (this.#outcomes.length >= settleBatch) await this.#settle();
    }
  }

  /** Waits for everything in flight and keeps it; then tells the world's trouble, if there was any. */
  async drain(): Promise<void> {
    while (this.#flying.size > 0) await Promise.race(this.#flying);
    await this.#settle();
    if (this.#trouble !== null) throw this.#trouble;
  }

  #launch(prepared: Prepared): void {
    const flight: Promise<void> = this.#fly(prepared).finally(() => this.#flying.delete(flight));
    this.#flying.add(flight);
  }

  async #fly(prepared: Prepared): Promise<void> {
    const { lease, ports, signal } = this.#context;
    ports.crashPoint('load:before-send');
    try {
      // a process that was held up may have been taken for dead: nothing is sent on a lease another may have (reliability.md 3.1)
      if (!lease.isCurrent()) await lease.renew();
      const outcome = await send(this.#context, prepared);
      ports.crashPoint('load:after-send');
      if (outcome.kind === 'unknown') this.doubts += 1;
      this.#outcomes.push(outcome);
    } catch (trouble) {
      this.#trouble ??= trouble;
      this.#outcomes.push(
        wasNotSent(trouble, signal)
          ? { kind: 'again', prepared }
          : { kind: 'unknown', prepared, why: 'the run was stopped' },
      );
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
    this.#context.report({ phase: 'run', subject: this.#entity, done: this.#done, total: this.#total });
  }
}

/**
 * A named trouble of the world means nothing was executed, and so does the signal's own reason: a write on its way is
 * never broken off. Anything else may have been sent.
 */
function wasNotSent(trouble: unknown, signal: AbortSignal): boolean {
  if (trouble instanceof MigrationError) return trouble.code !== 'outcome-unknown';
  return signal.aborted && trouble === signal.reason;
}
