import { hashOf } from '../base/hash.ts';
import type { StoreWriter } from '../model/store.ts';
import { planInputHash } from '../phases/plan/plan-input.ts';
import { readValue } from '../phases/values.ts';
import { planNamed } from '../pipedrive/plans.ts';
import { mapInput, usableMapping } from './mapping-step.ts';
import type { Session } from './session.ts';
import type { WorkspaceConfig } from './workspace-config.ts';

/** The phases `advance` knows, in order. */
export const phases = ['discover', 'map', 'audit', 'plan', 'configure', 'run', 'verify'] as const;

/** One of `phases`. */
export type PhaseName = (typeof phases)[number];

/** The first phase that is due, or null when the journey is over. */
export async function duePhase(session: Session): Promise<PhaseName | null> {
  const { store } = session;
  if ((await readValue(store, 'runStarted')) === null) {
    if ((await readValue(store, 'extractedFrom')) === null || !(await sourceFits(session))) return 'discover';
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

/** Whether the account was looked at that landfall.yaml names now, with its plan and seats: ids, caps and days hang on them. */
export async function accountFits({ store, config }: Session): Promise<boolean> {
  const account = await readValue(store, 'account');
  if (account === null) return true;
  const { plan, seats, url } = config.destination;
  const lookedAt = await store.getValue(lookedAtName);
  return (
    account.plan === planNamed(plan)?.name &&
    account.seats === seats &&
    (lookedAt === null || lookedAt === url)
  );
}

/** Whether what was read is what the source part of landfall.yaml says now; keys and limits may change. */
async function sourceFits({ store, config }: Session): Promise<boolean> {
  const readFrom = await store.getValue(readFromName);
  return readFrom === null || readFrom === sourceInput(config);
}

/** Keeps that the source and the account were looked at as landfall.yaml describes them now. */
export async function keepLooked(writer: StoreWriter, config: WorkspaceConfig): Promise<void> {
  await writer.setValue(readFromName, sourceInput(config));
  await keepAccountLooked(writer, config);
}

/** Keeps that the account of landfall.yaml was looked at. */
export function keepAccountLooked(writer: StoreWriter, { destination }: WorkspaceConfig): Promise<void> {
  return writer.setValue(lookedAtName, destination.url);
}

const readFromName = 'sourceReadFrom';
const lookedAtName = 'accountLookedAt';

function sourceInput({ source }: WorkspaceConfig): string {
  const { auth: _keys, limits: _limits, ...rest } = source;
  return hashOf(rest);
}

/** What audit and plan depend on: another hash, and they are due again. */
export async function planInput(session: Session): Promise<string> {
  const { mapping } = await usableMapping(session);
  return planInputHash(session.store, mapping, session.config.policies);
}
