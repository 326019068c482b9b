import type { Operation } from '../../model/plan.ts';
import type { TargetEntity, TargetRecord } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { walkEntity } from '../walk.ts';
import { type Outcome, settle } from './outcome.ts';
import { type OwnerUsers, type Prepared, prepare } from './prepare.ts';

/** When to look after the last request has ended, in seconds (reliability.md 3.1); the quiet time comes last. */
const looksAtSeconds = [0, 2, 10, 60] as const;
const batchSize = 500;

/** Looks once for what became of operations whose answer was lost: what is there is bound, the rest stays in doubt. */
export async function lookUpDoubts(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
): Promise<void> {
  const open = await doubts(context, owners, entity);
  if (open.length > 0) await sweep(context, entity, open, intentTimes(context, open));
}

/**
 * Finds out what became of every operation whose answer was lost: one sweep of the newest ids serves them all.
 * What is not there after the quiet time was not executed and is planned again. Nothing is ever sent blindly.
 * `quietSinceMs` (monotonic): since when none of them can have been on its way. Answers whether there were any.
 */
export async function resolveDoubts(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
  quietSinceMs: number,
): Promise<boolean> {
  let open = await doubts(context, owners, entity);
  if (open.length === 0) return false;
  const times = intentTimes(context, open);
  let waitedSeconds = (context.ports.clock.monotonicMs() - quietSinceMs) / 1_000;
  for (const atSeconds of looksFrom(waitedSeconds, context.policies.inDoubtQuietSeconds)) {
    if (open.length === 0) return true;
    const note = `${open.length} answers were lost; looking them up`;
    context.report({ phase: 'run', subject: entity, done: 0, total: null, note });
    const waitMs = Math.ceil((atSeconds - waitedSeconds) * 1000);
    if (waitMs > 0) await context.ports.clock.sleep(waitMs, context.signal);
    waitedSeconds = atSeconds;
    stopIfAsked(context);
    open = await sweep(context, entity, open, times);
  }
  const outcomes = open.map((prepared): Outcome => ({ kind: 'again', prepared }));
  await context.store.write(context.lease, (writer) => settle(writer, outcomes));
  return true;
}

/** The looks that are still due, in seconds: one at once, the last when the quiet time is over. */
function looksFrom(waitedSeconds: number, quietSeconds: number): readonly number[] {
  const due = [...looksAtSeconds.filter((at) => at < quietSeconds), quietSeconds];
  return [waitedSeconds, ...due.filter((at) => at > waitedSeconds)];
}

async function doubts(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
): Promise<readonly Prepared[]> {
  const found: Operation[] = [];
  for (let after = 0; ; ) {
    const page = await context.store.operationPage(
      { entity, states: ['intent', 'unknown'] },
      after,
      batchSize,
    );
    const last = page.at(-1);
    if (last === undefined) break;
    found.push(...page);
    after = last.seq;
  }
  return await prepare(context.store, owners, found);
}

/** One walk from the newest record down to the watermark; returns what is still open. */
async function sweep(
  context: PhaseContext,
  entity: TargetEntity,
  open: readonly Prepared[],
  times: IntentTimes,
): Promise<readonly Prepared[]> {
  const repeatable = open.filter(({ operation }) => operation.action === 'update');
  const wanted = new Waiting(context, open);
  const outcomes: Outcome[] = repeatable.map((prepared) => ({ kind: 'again', prepared }));
  const walk = wanted.size === 0 ? [] : walkEntity(context, entity, 'watermark');
  for await (const page of walk) {
    const ours = await context.store.refsOfTargets(
      entity,
      page.map((record) => record.id),
    );
    for (const record of page) {
      const prepared = ours.has(record.id) ? null : wanted.take(record);
      if (prepared !== null)
        outcomes.push({
          kind: 'created',
          prepared,
          record,
          found: touchedSince(await times(), prepared, record),
        });
    }
    if (wanted.size === 0) break;
  }
  context.ports.crashPoint('reconcile:before-settle');
  if (outcomes.length > 0) await context.store.write(context.lease, (writer) => settle(writer, outcomes));
  return wanted.rest();
}

/** How far back intents are looked for: those of a process that died are among its last entries. */
const entriesBack = 5_000;
/** Clocks of two systems may differ by so much; what is changed later was changed by somebody, in milliseconds. */
const mostSkewMs = 600_000;

/** When the open operations were last about to be sent, by their number. */
type IntentTimes = () => Promise<ReadonlyMap<number, string>>;

/** Their times, read when the first of them is found: nothing is sent while answers are looked up. */
function intentTimes(context: PhaseContext, open: readonly Prepared[]): IntentTimes {
  let times: Promise<ReadonlyMap<number, string>> | null = null;
  return () => {
    times ??= intendedAt(context, open);
    return times;
  };
}

/** What the audit log says of when they were last about to be sent. */
async function intendedAt(
  { store }: PhaseContext,
  open: readonly Prepared[],
): Promise<ReadonlyMap<number, string>> {
  const wanted = new Set(open.map(({ operation }) => operation.seq));
  const times = new Map<number, string>();
  if (wanted.size === 0) return times;
  const head = await store.auditHead();
  for (let after = Math.max(0, head.seq - entriesBack); ; ) {
    const page = await store.auditPage(after, batchSize);
    for (const { kind, at, body } of page)
      if (kind === 'intent' && wanted.has(Number(body.seq))) times.set(Number(body.seq), at);
    const last = page.at(-1);
    if (last === undefined) return times;
    after = last.seq;
  }
}

/** Between a record's creation and the end of making it, in milliseconds. */
const mostMakingMs = 5_000;

/** A record changed after it was made was changed by somebody else, also where we wrote nothing. */
function touchedSince(
  times: ReadonlyMap<number, string>,
  { operation, request }: Prepared,
  record: TargetRecord,
): 'fresh' | 'touched' {
  const { updatedAt, values } = record;
  const madeAt = 'add_time' in request.values ? null : values.add_time;
  if (updatedAt === null) return 'fresh';
  if (typeof madeAt === 'string')
    return Date.parse(updatedAt) <= Date.parse(madeAt) + mostMakingMs ? 'fresh' : 'touched';
  const at = times.get(operation.seq);
  return at !== undefined && Date.parse(updatedAt) <= Date.parse(at) + mostSkewMs ? 'fresh' : 'touched';
}

/** What a record can be recognised by: its marker, else its fingerprints, the most telling first. */
export function namesOf({ destination }: PhaseContext, record: TargetRecord): readonly string[] {
  return record.marker === null ? destination.fingerprintsOf(record) : [record.marker];
}

/** Creates that wait to be recognised: by marker, else by fingerprint. Equal ones are taken one for one. */
class Waiting {
  readonly #context: PhaseContext;
  readonly #byName = new Map<string, Prepared[]>();

  constructor(context: PhaseContext, open: readonly Prepared[]) {
    this.#context = context;
    for (const prepared of open) {
      if (prepared.operation.action !== 'create') continue;
      for (const name of [prepared.request.marker, context.destination.fingerprint(prepared.request)]) {
        const same = this.#byName.get(name);
        if (same === undefined) this.#byName.set(name, [prepared]);
        else if (!same.includes(prepared)) same.push(prepared);
      }
    }
  }

  get size(): number {
    return this.rest().length;
  }

  take(record: TargetRecord): Prepared | null {
    const prepared = namesOf(this.#context, record)
      .map((name) => this.#byName.get(name)?.[0])
      .find((one) => one !== undefined);
    if (prepared === undefined) return null;
    for (const same of this.#byName.values()) {
      const at = same.indexOf(prepared);
      if (at >= 0) same.splice(at, 1);
    }
    return prepared;
  }

  rest(): readonly Prepared[] {
    return [...new Set([...this.#byName.values()].flat())];
  }
}
