import type { Operation } from '../../model/plan.ts';
import type { TargetEntity, TargetRecord } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { walkEntity } from '../walk.ts';
import { type Outcome, settle } from './outcome.ts';
import { type OwnerUsers, type Prepared, prepare } from './prepare.ts';

/** When to look after the last request has ended, in seconds (reliability.md 3.1); the quiet time comes last. */
const looksAtSeconds = [0, 2, 10, 60] as const;
const batchSize = 500;

/**
 * Finds out what became of every operation whose answer was lost: one sweep of the newest ids serves them all.
 * What is not there after the quiet time was not executed and is planned again. Nothing is ever sent blindly.
 */
export async function resolveDoubts(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
): Promise<void> {
  let open = await doubts(context, owners, entity);
  const quiet = context.policies.inDoubtQuietSeconds;
  let waitedSeconds = 0;
  for (const atSeconds of [...looksAtSeconds.filter((at) => at < quiet), quiet]) {
    if (open.length === 0) return;
    const note = `${open.length} answers were lost; looking them up`;
    context.report({ phase: 'run', subject: entity, done: 0, total: null, note });
    await context.ports.clock.sleep((atSeconds - waitedSeconds) * 1000, context.signal);
    waitedSeconds = atSeconds;
    stopIfAsked(context);
    open = await sweep(context, entity, open);
  }
  const outcomes = open.map((prepared): Outcome => ({ kind: 'again', prepared }));
  await context.store.write(context.lease, (writer) => settle(writer, outcomes));
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
      if (prepared !== null) outcomes.push({ kind: 'created', prepared, record });
    }
    if (wanted.size === 0) break;
  }
  context.ports.crashPoint('reconcile:before-settle');
  await context.store.write(context.lease, (writer) => settle(writer, outcomes));
  return wanted.rest();
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
