import { planInputHash } from '../phases/plan/plan-input.ts';
import { readValue } from '../phases/values.ts';
import { planNamed } from '../pipedrive/plans.ts';
import { mapInput, usableMapping } from './mapping-step.ts';
import type { Session } from './session.ts';

/** The phases `advance` knows, in order. */
export const phases = ['discover', 'map', 'audit', 'plan', 'configure', 'run', 'verify'] as const;

/** One of `phases`. */
export type PhaseName = (typeof phases)[number];

/** The first phase that is due, or null when the journey is over. */
export async function duePhase(session: Session): Promise<PhaseName | null> {
  const { store } = session;
  if ((await readValue(store, 'runStarted')) === null) {
    if ((await readValue(store, 'extractedFrom')) === null) return 'discover';
    if ((await store.getValue('mappedFrom')) !== (await mapInput(session))) return 'map';
    const planned = await planInput(session);
    const isMapped = (await readValue(store, 'transformedFrom')) !== null;
    if (!isMapped || (await store.getValue('auditedFrom')) !== planned) return 'audit';
    if ((await readValue(store, 'plannedFrom')) !== planned || !(await accountFits(session))) return 'plan';
    if ((await readValue(store, 'configured')) === null) return 'configure';
  }
  if ((await readValue(store, 'runFinished')) === null) return 'run';
  return (await readValue(store, 'verified')) === null ? 'verify' : null;
}

/** Whether the account was looked at with the plan and seats that landfall.yaml names now: caps and days hang on them. */
export async function accountFits({ store, config }: Session): Promise<boolean> {
  const account = await readValue(store, 'account');
  if (account === null) return true;
  const { plan, seats } = config.destination;
  return account.plan === planNamed(plan)?.name && account.seats === seats;
}

/** What audit and plan depend on: another hash, and they are due again. */
export async function planInput(session: Session): Promise<string> {
  const { mapping } = await usableMapping(session);
  return planInputHash(session.store, mapping, session.config.policies);
}
