import { compileMapping } from '../../packages/landfall/src/mapping/evaluate.ts';
import type { Destination } from '../../packages/landfall/src/model/destination.ts';
import { MigrationError } from '../../packages/landfall/src/model/error.ts';
import type { Mapping } from '../../packages/landfall/src/model/mapping.ts';
import type { Policies } from '../../packages/landfall/src/model/policy.ts';
import type { Decision } from '../../packages/landfall/src/model/question.ts';
import type { SourceConnector } from '../../packages/landfall/src/model/source.ts';
import type { Lease, Store } from '../../packages/landfall/src/model/store.ts';
import { audit } from '../../packages/landfall/src/phases/audit.ts';
import { configure } from '../../packages/landfall/src/phases/configure.ts';
import type { PhaseContext } from '../../packages/landfall/src/phases/context.ts';
import { discover } from '../../packages/landfall/src/phases/discover.ts';
import { load } from '../../packages/landfall/src/phases/load/load.ts';
import { plan } from '../../packages/landfall/src/phases/plan/plan.ts';
import { planInputHash } from '../../packages/landfall/src/phases/plan/plan-input.ts';
import { rollback } from '../../packages/landfall/src/phases/rollback/rollback.ts';
import type { OptionFields } from '../../packages/landfall/src/phases/tallies.ts';
import { transform } from '../../packages/landfall/src/phases/transform.ts';
import { readValue } from '../../packages/landfall/src/phases/values.ts';
import { verify } from '../../packages/landfall/src/phases/verify.ts';
import type { Life } from './life.ts';

/** The name of every simulated migration: the first part of its markers. */
export const migrationName = 'sim';

const leaseMs = 60_000;
const renewEveryMs = 20_000;

/** What one process works with. */
export interface Bench {
  readonly life: Life;
  readonly store: Store;
  readonly source: SourceConnector;
  readonly destination: Destination;
  readonly policies: Policies;
  /** Its name as the lease's holder. */
  readonly holder: string;
}

/** Does work under the lease, kept alive as `migration/session.ts` does it. */
export async function underLease<T>(bench: Bench, work: (context: PhaseContext) => Promise<T>): Promise<T> {
  const { store, life, source, destination, policies } = bench;
  const lease = await store.lease(bench.holder, leaseMs);
  life.epoch = lease.epoch;
  destination.fence?.(() => lease.isCurrent());
  const done = new AbortController();
  const lost = new AbortController();
  const keeper = keepAlive(life, lease, done.signal, lost);
  const signal = AbortSignal.any([life.signal, lost.signal]);
  const report = () => undefined;
  try {
    return await work({
      migration: migrationName,
      store,
      lease,
      source,
      destination,
      policies,
      ports: life.ports,
      signal,
      report,
    });
  } finally {
    done.abort();
    await keeper;
    await lease.release();
  }
}

async function keepAlive(life: Life, lease: Lease, done: AbortSignal, lost: AbortController): Promise<void> {
  for (;;) {
    await life.ports.clock.sleep(renewEveryMs, done);
    if (done.aborted) return;
    await lease.renew().catch((error: unknown) => {
      if (error instanceof MigrationError && error.code === 'lease-lost') lost.abort(error);
    });
  }
}

/** Every phase that is due, from discover to verify, as `advance` runs them; questions get their default answers. */
export async function advance(context: PhaseContext, mapping: Mapping): Promise<void> {
  const { store } = context;
  if ((await readValue(store, 'runStarted')) === null) {
    if ((await readValue(store, 'extractedFrom')) === null) await discover(context);
    const input = await planInputHash(store, mapping, context.policies);
    if ((await readValue(store, 'plannedFrom')) !== input) await planned(context, mapping);
    if ((await readValue(store, 'configured')) === null) await configure(context);
  }
  if ((await readValue(store, 'runFinished')) === null) {
    if ((await readValue(store, 'configured')) === null) await configure(context);
    await load(context);
  }
  if ((await readValue(store, 'verified')) === null) await verify(context);
}

async function planned(context: PhaseContext, mapping: Mapping): Promise<void> {
  const { store, policies } = context;
  const catalog = await readValue(store, 'catalog');
  if (catalog === null) throw new Error('discover keeps the catalog');
  const target = await readValue(store, 'target');
  const { timezone, country, currency } = policies;
  const compiled = compileMapping(mapping, catalog, { timezone, country, currency }, target);
  await transform(context, { mapping, compiled, catalog, optionFields });
  await audit(context, mapping);
  do await plan(context, mapping);
  while (await answerDefaults(context));
}

/** Fields whose values are options of the account. */
const optionFields: OptionFields = new Map([
  ['organization', new Set(['custom.Segment', 'label_ids'])],
  ['deal', new Set(['custom.Region'])],
  ['person', new Set(['label_ids'])],
  ['activity', new Set(['type'])],
]);

/** Answers every open question by its default; true when there was one. */
async function answerDefaults({ store }: PhaseContext): Promise<boolean> {
  const known = await store.decisions();
  const answered = new Set(known.map(({ id }) => id));
  const fresh = (await store.questions()).filter(({ id }) => !answered.has(id));
  const decisions = fresh.flatMap((question): Decision[] => {
    const choice = question.choices.find((one) => one.default);
    if (choice === undefined) throw new Error(`no default: ${question.question}`);
    return [{ id: question.id, choice: choice.id, by: 'simulation', at: '' }];
  });
  if (decisions.length === 0) return false;
  await store.write(null, (writer) => writer.putDecisions([...known, ...decisions]));
  return true;
}

/** Takes the migration back. */
export { rollback };
