import { irreversible } from '../documents/irreversible.ts';
import { MigrationError } from '../model/error.ts';
import { imbalances } from '../model/ledger.ts';
import type { RollbackSummary, VerifySummary } from '../model/plan.ts';
import { anchorHead } from '../phases/anchor.ts';
import { audit } from '../phases/audit.ts';
import { configure } from '../phases/configure.ts';
import type { PhaseContext } from '../phases/context.ts';
import { discover } from '../phases/discover.ts';
import { load } from '../phases/load/load.ts';
import { type PlanResult, plan, planOwnerTable } from '../phases/plan/plan.ts';
import { planRollback } from '../phases/rollback/look-ahead.ts';
import { rollback } from '../phases/rollback/rollback.ts';
import type { RollbackPlan } from '../phases/rollback/summary.ts';
import { transform } from '../phases/transform.ts';
import { readValue, writeValue } from '../phases/values.ts';
import { verify } from '../phases/verify.ts';
import {
  accountFits,
  duePhase,
  keepAccountLooked,
  keepLooked,
  type PhaseName,
  phases,
  planInput,
} from './due-phase.ts';
import { approve, demandApprovals, gateStatuses, missingApprovals, openQuestions } from './gates.ts';
import { type MapResult, map, usableMapping } from './mapping-step.ts';
import { writeReports } from './reports.ts';
import type { Session } from './session.ts';

/** Runs one phase by name, whatever is due, and writes the documents it makes known. Gates hold (law 4). */
export function runPhase(session: Session, phase: PhaseName): Promise<unknown> {
  return session.work((context) => runIn(session, context, phase));
}

async function runIn(session: Session, context: PhaseContext, phase: PhaseName): Promise<unknown> {
  const result = await work[phase](session, context);
  await context.store.write(context.lease, (writer) =>
    anchorHead(writer, phase, context.ports.clock.nowMs()),
  );
  await session.keepSpending();
  await writeReports(session, phase);
  return result;
}

const work: Readonly<Record<PhaseName, (session: Session, context: PhaseContext) => Promise<unknown>>> = {
  discover: async (session, context) => {
    await refuseAfterStart(context, 'discover');
    const found = await discover(context);
    await context.store.write(context.lease, (writer) => keepLooked(writer, session.config));
    return found;
  },
  map: async (session, context): Promise<MapResult> => {
    await refuseAfterStart(context, 'map');
    return map(session, context);
  },
  audit: async (session, context) => {
    await refuseAfterStart(context, 'audit');
    const input = await usableMapping(session);
    await transform(context, input);
    await demandBalance(context, 'transform');
    const summary = await audit(context, input.mapping);
    const auditedFrom = await planInput(session);
    await context.store.write(context.lease, (writer) => writer.setValue('auditedFrom', auditedFrom));
    return summary;
  },
  plan: async (session, context): Promise<PlanResult> => {
    await refuseAfterStart(context, 'plan');
    const { mapping } = await usableMapping(session);
    await refuseUntransformed(session, context);
    if (!(await accountFits(session))) await lookAtAccount(session, context);
    return plan(context, mapping);
  },
  configure: async (session, context) => {
    await demandReadiness(session, context);
    return configure(context);
  },
  run: async (session, context) => {
    await demandReadiness(session, context);
    if ((await readValue(context.store, 'configured')) === null) await configure(context);
    await load(context, async (entity) => {
      if (entity === 'deal' && context.policies.ownersGate === 'deals') await demandOwners(session, context);
    });
    await demandBalance(context, 'load');
  },
  verify: async (_session, context): Promise<VerifySummary> => {
    if ((await readValue(context.store, 'runStarted')) === null) {
      throw new MigrationError('phase-order', 'There is nothing to verify: nothing has been written.');
    }
    const summary = await verify(context);
    await demandBalance(context, 'verify');
    return summary;
  },
};

/** What was written hangs on what was approved: earlier phases stay as they were once the load has begun. */
async function refuseAfterStart(context: PhaseContext, phase: string): Promise<void> {
  if ((await readValue(context.store, 'runStarted')) === null) return;
  throw new MigrationError('phase-order', `The load has begun; ${phase} would change what was approved.`, {
    hint: 'Finish it with `landfall run`, or take it back with `landfall rollback`.',
  });
}

async function lookAtAccount(session: Session, context: PhaseContext): Promise<void> {
  const { destination, store, lease, signal } = context;
  // what is used of the custom fields is known once the fields are
  const target = await destination.describe(signal);
  const account = await destination.check(signal);
  await store.write(lease, async (writer) => {
    await writeValue(writer, 'target', target);
    await writeValue(writer, 'account', account);
    await keepAccountLooked(writer, session.config);
  });
}

async function refuseUntransformed(_session: Session, context: PhaseContext): Promise<void> {
  if ((await readValue(context.store, 'transformedFrom')) !== null) return;
  throw new MigrationError('phase-order', 'The records have not been mapped yet: `landfall audit` does it.');
}

/** What must hold before the first write: approved as it is now, by a plan that fits the account (law 4). */
async function demandReadiness(session: Session, context: PhaseContext): Promise<void> {
  await demandApprovals(session);
  if ((await readValue(context.store, 'runStarted')) !== null) return;
  await demandFreshPlan(session);
  await demandCaps(context);
}

/** A plan older than the mapping, the answers or the policies is not what anybody approved. */
async function demandFreshPlan(session: Session): Promise<void> {
  const isFresh = (await readValue(session.store, 'plannedFrom')) === (await planInput(session));
  if (isFresh && (await accountFits(session))) return;
  throw new MigrationError(
    'approval-stale',
    'The plan is older than mapping.yaml, decisions.yaml, the policies, the account’s plan or what was discovered.',
    { hint: 'Make it anew with `landfall advance --to plan`, look at it and approve it again.' },
  );
}

/** Answers given while the load waited count: the table is made of them anew, and approved as it is then (OWN-08). */
async function demandOwners(session: Session, context: PhaseContext): Promise<void> {
  const decisions = await context.store.decisions();
  await planOwnerTable(context, new Map(decisions.map((decision) => [decision.id, decision])));
  const owners = (await gateStatuses(session)).find((one) => one.gate === 'owners');
  if (owners?.state === 'approved') return;
  throw new MigrationError(
    'waiting',
    'Deals wait for the user table: answer the owner questions and approve `owners`.',
  );
}

/** A plan too small for the fields or the deals is told before the first write (F21, C-12). */
async function demandCaps(context: PhaseContext): Promise<void> {
  const caps = (await readValue(context.store, 'forecast'))?.caps ?? [];
  const tight = caps.filter((cap) => !cap.fits);
  if (tight.length === 0) return;
  const lines = tight.map((cap) => `${cap.name}: ${cap.wanted} are needed, the plan allows ${cap.limit}`);
  throw new MigrationError('cap-reached', lines.join('; '));
}

async function demandBalance(context: PhaseContext, after: 'transform' | 'load' | 'verify'): Promise<void> {
  const ledger = await context.store.ledger();
  const isLoaded = after === 'load' || (await readValue(context.store, 'runFinished')) !== null;
  const finished = { transform: true, load: after !== 'transform' && isLoaded, verify: after === 'verify' };
  const found = imbalances(ledger, finished);
  if (found.length > 0) throw new MigrationError('out-of-balance', found.join('; '));
}

/** How far `advance` goes. */
export interface AdvanceOptions {
  /** Stops after this phase. */
  readonly to: PhaseName | null;
  /** Approves in this name every gate that has no open question. */
  readonly approveAs: string | null;
}

/** Why `advance` stopped. */
export interface AdvanceResult {
  readonly done: readonly PhaseName[];
  /** Gates and questions that a person must see to; empty when it went as far as it was asked to. */
  readonly waiting: readonly string[];
}

/** Runs every phase that is due, in order, until a person is needed or the phase `to` is done. */
export function advance(session: Session, options: AdvanceOptions): Promise<AdvanceResult> {
  return session.work(async (context) => {
    const done: PhaseName[] = [];
    for (;;) {
      const phase = await duePhase(session);
      const isBeyond =
        phase !== null && options.to !== null && phases.indexOf(phase) > phases.indexOf(options.to);
      if (phase === null || isBeyond) return { done, waiting: [] };
      if (phases.indexOf(phase) >= phases.indexOf('configure')) {
        const waiting = await passGates(session, options.approveAs);
        if (waiting.length > 0) return { done, waiting };
      }
      await runIn(session, context, phase);
      done.push(phase);
    }
  });
}

async function passGates(session: Session, approveAs: string | null): Promise<readonly string[]> {
  const questions = await openQuestions(session);
  const asked = new Set(questions.map((question) => question.blocks));
  for (const missing of await missingApprovals(session)) {
    if (approveAs !== null && !asked.has(missing.gate)) await approve(session, missing.gate, approveAs);
  }
  const gates = (await missingApprovals(session)).map((missing) => `gate ${missing.gate} (${missing.state})`);
  return gates.length === 0 ? [] : [...questions.map((question) => `question ${question.id}`), ...gates];
}

/** The answer of `rollback --plan`: with what no rollback can do (reliability.md 7.3). */
export interface TakingBackPlan extends RollbackPlan {
  readonly impossible: readonly string[];
}

/** Says what taking the migration back would do, what it would take, and what cannot be taken back. */
export function planTakingBack(session: Session): Promise<TakingBackPlan> {
  return session.work(async (context) => {
    const steps = (await context.store.steps()).map(({ step }) => step.kind);
    const impossible = irreversible({
      destination: 'Pipedrive',
      makesFields: steps.includes('field') || steps.includes('option'),
      asksRelationships: context.policies.rollbackRelationships === 'ask',
    });
    return { ...(await planRollback(context)), impossible };
  });
}

/** Takes the migration back. */
export function takeBack(session: Session): Promise<RollbackSummary> {
  return session.work(async (context) => {
    if (!(await hasWritten(context))) return { reversed: 0, restored: 0, kept: [], errored: 0 };
    const summary = await rollback(context);
    await writeReports(session, 'rollback');
    return summary;
  });
}

/** Whether there is something to take back, or a rollback that has not come to its end. */
async function hasWritten({ store }: PhaseContext): Promise<boolean> {
  for (const begun of ['configured', 'runStarted'] as const)
    if ((await readValue(store, begun)) !== null) return true;
  const totals = await store.operationTotals();
  const steps = await store.steps();
  const written = totals.some(({ state }) => state === 'intent' || state === 'unknown' || state === 'done');
  return written || steps.some(({ state }) => state === 'intent' || state === 'done' || state === 'kept');
}
