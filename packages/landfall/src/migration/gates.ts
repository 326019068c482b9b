import { hashOf } from '../base/hash.ts';
import { MigrationError } from '../model/error.ts';
import { type Approval, type Gate, gates, type Question } from '../model/question.ts';
import { readValue } from '../phases/values.ts';
import { currentMappingHash } from './mapping-step.ts';
import { readApprovals, writeApproval } from './record-file.ts';
import type { Session } from './session.ts';

/** Where a gate stands: `open` until its phase has made something to approve. */
export interface GateStatus {
  readonly gate: Gate;
  readonly state: 'open' | 'waiting' | 'approved' | 'stale';
  readonly hash: string | null;
  readonly by: string | null;
  readonly at: string | null;
}

/** Gates nothing may be written without. `sample` and `cutover` come with their phases. */
const beforeConfigure: readonly Gate[] = ['scope', 'mapping', 'data', 'owners', 'configuration', 'plan'];

/** All gates in order. */
export async function gateStatuses(session: Session): Promise<readonly GateStatus[]> {
  const approvals = readApprovals(session.directory);
  const hashes = await gateHashes(session);
  return gates.map((gate) =>
    statusOf(
      gate,
      hashes[gate],
      approvals.findLast((one) => one.gate === gate),
    ),
  );
}

function statusOf(gate: Gate, hash: string | null, approval: Approval | undefined): GateStatus {
  const given = { by: approval?.by ?? null, at: approval?.at ?? null };
  if (hash === null) return { gate, state: 'open', hash, ...given };
  if (approval === undefined) return { gate, state: 'waiting', hash, ...given };
  return { gate, state: approval.hash === hash ? 'approved' : 'stale', hash, ...given };
}

async function gateHashes(session: Session): Promise<Readonly<Record<Gate, string | null>>> {
  const { store } = session;
  const catalog = await readValue(store, 'catalog');
  const quality = await readValue(store, 'quality');
  const planHash = await readValue(store, 'planHash');
  const owners = await readValue(store, 'owners');
  const steps = (await store.steps()).map((planned) => planned.step);
  return {
    scope: catalog === null ? null : hashOf(catalog),
    mapping: currentMappingHash(session),
    data: quality === null ? null : hashOf(quality),
    owners: planHash === null ? null : hashOf((owners ?? []).map(({ owner, userId }) => [owner, userId])),
    configuration: planHash === null ? null : hashOf(steps),
    plan: planHash,
    sample: null,
    cutover: null,
  };
}

/**
 * The questions nobody has answered. `provisioned` answers count when the owner is found, not before; an answer that
 * is no choice of the question (any more) does not count.
 */
export async function openQuestions(session: Session): Promise<readonly Question[]> {
  const decisions = new Map((await session.store.decisions()).map((decision) => [decision.id, decision]));
  return (await session.store.questions()).filter((question) => {
    const decision = decisions.get(question.id);
    const isChoice = question.choices.some((choice) => choice.id === decision?.choice);
    return !isChoice || decision?.choice === 'provisioned';
  });
}

/**
 * Records an approval of what the gate's hash stands for now. Throws `gate-unknown`, `phase-order` when there is
 * nothing to approve yet, `waiting` while a question blocks the gate.
 */
export async function approve(session: Session, gate: string, by: string): Promise<Approval> {
  const status = (await gateStatuses(session)).find((one) => one.gate === gate);
  if (status === undefined) throw new MigrationError('gate-unknown', `There is no gate named “${gate}”.`);
  if (status.hash === null)
    throw new MigrationError('phase-order', `There is nothing to approve at ${gate} yet.`);
  const blocking = (await openQuestions(session)).filter((question) => question.blocks === gate);
  if (blocking.length > 0) {
    const ids = blocking.map((question) => question.id).join(', ');
    throw new MigrationError('waiting', `${gate} waits for ${blocking.length} answers: ${ids}`);
  }
  const at = new Date(session.ports.clock.nowMs()).toISOString();
  const approval: Approval = { gate: status.gate, hash: status.hash, by, at };
  writeApproval(session.directory, approval);
  await session.store.write(null, (writer) =>
    writer.appendAudit([{ kind: 'approval', body: { ...approval } }]),
  );
  return approval;
}

/** What still stands between the plan and the first write. */
export async function missingApprovals(session: Session): Promise<readonly GateStatus[]> {
  const needed = beforeConfigure.filter(
    (gate) => gate !== 'owners' || session.config.policies.ownersGate === 'any',
  );
  return (await gateStatuses(session)).filter((one) => needed.includes(one.gate) && one.state !== 'approved');
}

/** Throws `waiting` (or `approval-stale`) with what is missing, unless everything was approved as it is now (law 4). */
export async function demandApprovals(session: Session): Promise<void> {
  const missing = await missingApprovals(session);
  if (missing.length === 0) return;
  const stale = missing.filter((one) => one.state === 'stale');
  const names = missing.map((one) => one.gate).join(', ');
  if (stale.length > 0)
    throw new MigrationError(
      'approval-stale',
      `Changed since it was approved: ${stale.map((one) => one.gate).join(', ')}.`,
    );
  throw new MigrationError('waiting', `Nothing is written before these gates are approved: ${names}.`);
}
