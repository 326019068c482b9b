import type { TargetId } from '../../model/key.ts';
import { type TargetEntity, type TargetRecord, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { type OwnerUsers, prepare } from '../load/prepare.ts';
import { walkEntity } from '../walk.ts';
import { type Inspected, inspect } from './inspect.ts';

const batchSize = 500;

/** Entities from the last loaded to the first: children before what they hang on. */
export const backwards: readonly TargetEntity[] = targetEntities.toReversed();

/** What rollback would do with every record of ours, entity by entity. */
export type Judgement = ReadonlyMap<TargetEntity, readonly Inspected[]>;

/**
 * Looks at every record of ours as it is now and decides: remove, restore, or keep and why.
 * A record is kept when somebody changed it, when something that is not ours hangs on it, or when a kept record does.
 */
export async function judge(context: PhaseContext, owners: OwnerUsers): Promise<Judgement> {
  const judged = new Map<TargetEntity, Inspected[]>();
  for (const entity of backwards) judged.set(entity, await judgeEntity(context, owners, entity));
  const held = await heldByOthers(context);
  for (const entity of backwards) {
    const list = judged.get(entity) ?? [];
    const kept = list.map((one) => keepIfHeld(one, held));
    judged.set(entity, kept);
    await holdParents(context, owners, kept, held);
  }
  return judged;
}

type Held = Map<string, string>;

function heldName(entity: TargetEntity, id: TargetId): string {
  return `${entity}|${id}`;
}

async function judgeEntity(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
): Promise<Inspected[]> {
  const { store } = context;
  const done = (await store.operationTotals()).filter(
    (total) => total.entity === entity && total.state === 'done',
  );
  if (done.length === 0) return [];
  const since = done.some((total) => total.action === 'update') ? 'ever' : 'watermark';
  const judged: Inspected[] = [];
  const seen = new Set<number>();
  for await (const page of walkEntity(context, entity, since)) {
    const current = new Map<TargetId, TargetRecord>(page.map((record) => [record.id, record]));
    const refs = await store.refsOfTargets(entity, [...current.keys()]);
    const operations = (await store.operationsByRef([...refs.values()])).filter(
      (operation) => operation.state === 'done' && !seen.has(operation.seq),
    );
    for (const operation of operations) seen.add(operation.seq);
    judged.push(...(await inspect(context, owners, operations, current)));
    context.report({ phase: 'rollback', subject: `looking at ${entity}`, done: judged.length, total: null });
    stopIfAsked(context);
  }
  return [...judged, ...(await judgeUnseen(context, owners, entity, seen))];
}

/** Records no list shows any more: somebody has removed them, there is nothing left to take back. */
async function judgeUnseen(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
  seen: ReadonlySet<number>,
): Promise<Inspected[]> {
  const judged: Inspected[] = [];
  for (let after = 0; ; ) {
    const page = await context.store.operationPage({ entity, states: ['done'] }, after, batchSize);
    const last = page.at(-1);
    if (last === undefined) return judged;
    const unseen = page.filter((operation) => !seen.has(operation.seq));
    judged.push(...(await inspect(context, owners, unseen, new Map())));
    after = last.seq;
  }
}

/** Our records on which something hangs that is not ours. */
async function heldByOthers(context: PhaseContext): Promise<Held> {
  const held: Held = new Map();
  for await (const page of context.destination.dependants(context.signal)) {
    const byChild = Map.groupBy(page, (pair) => pair.child.entity);
    for (const [entity, pairs] of byChild) {
      const ours = await context.store.refsOfTargets(
        entity,
        pairs.map((pair) => pair.child.id),
      );
      for (const { parent, child } of pairs) {
        if (!ours.has(child.id))
          held.set(heldName(parent.entity, parent.id), `${entity} ${child.id} of somebody else hangs on it`);
      }
    }
  }
  return held;
}

function keepIfHeld(one: Inspected, held: Held): Inspected {
  const because = held.get(heldName(one.operation.entity, one.id));
  return because === undefined || one.verdict.kind !== 'remove'
    ? one
    : { ...one, verdict: { kind: 'keep', because } };
}

/** A kept record keeps what it is linked to. */
async function holdParents(
  context: PhaseContext,
  owners: OwnerUsers,
  judged: readonly Inspected[],
  held: Held,
): Promise<void> {
  const kept = judged.filter((one) => one.verdict.kind === 'keep').map((one) => one.operation);
  for (let from = 0; from < kept.length; from += batchSize) {
    const prepared = await prepare(context.store, owners, kept.slice(from, from + batchSize));
    for (const { operation, request } of prepared) {
      for (const link of operation.links) {
        const id = request.values[link.field];
        if (typeof id !== 'string') continue;
        held.set(
          heldName(link.entity, id as TargetId),
          `${operation.entity} ${operation.targetId ?? ''}, which is kept, is linked to it`,
        );
      }
    }
  }
}
