import { type TargetEntity, type TargetRecord, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import type { OwnerUsers } from '../load/prepare.ts';
import { derivedFields } from './derived.ts';
import { Held, linksOf, type References } from './held.ts';
import { type Inspected, inspect } from './inspect.ts';
import { ourRecords } from './ours.ts';

/** Entities from the last loaded to the first: children before what they hang on. */
export const backwards: readonly TargetEntity[] = targetEntities.toReversed();

/** What one rollback, or one look ahead at it, knows while it goes through the entities. */
export interface Pass {
  readonly owners: OwnerUsers;
  readonly references: References;
  readonly held: Held;
  /** Records a broken load filled in without knowing: they are spoken for, though no identity leads to them. */
  readonly filled: Set<string>;
}

/** Begins a pass. */
export function beginPass(owners: OwnerUsers, references: References): Pass {
  return { owners, references, held: new Held(), filled: new Set() };
}

/**
 * Looks at every record of ours of an entity as it is now, page by page, and decides: remove, restore, or keep and why.
 * A record is kept when somebody changed it, when something that is not ours hangs on it, or when a record that stays
 * does. Entities must be gone through `backwards`. What is removed between two pages is fine: a page is looked at
 * right before it is acted on, so that little time is left for edits in between.
 */
export async function* judged(
  context: PhaseContext,
  pass: Pass,
  entity: TargetEntity,
): AsyncIterable<readonly Inspected[]> {
  const totals = (await context.store.operationTotals()).filter((total) => total.entity === entity);
  if (!totals.some(({ action, state }) => state === 'done' || (action === 'update' && state !== 'removed')))
    return;
  await holdByOthers(context, pass, entity);
  const derived = await derivedFields(context.store, entity);
  let done = 0;
  for await (const page of ourRecords(context, entity)) {
    const inspected = await inspect(context, { ...pass, derived }, page);
    await holdByRelationships(context, pass.held, inspected);
    const decided = inspected.map((one) => keepIfHeld(one, pass.held));
    for (const one of decided) {
      holdIfItStays(pass, one);
      if (one.operation.state !== 'done') pass.filled.add(`${entity} ${one.id}`);
    }
    done += decided.length;
    context.report({ phase: 'rollback', subject: `looking at ${entity}`, done, total: null });
    yield decided;
  }
  pass.held.forget(entity);
}

function holdIfItStays(pass: Pass, one: Inspected): void {
  const { kind } = one.verdict;
  if (kind === 'keep') holdEnds(pass, one, 'which is kept');
  if (kind === 'restore') holdEnds(pass, one, 'which stays', one.verdict.values);
}

/** A record that stays keeps what it leads to, with `values` given back to it. */
export function holdEnds(
  { references, held }: Pass,
  { operation, id, record }: Inspected,
  because: string,
  values: TargetRecord['values'] = {},
): void {
  if (record === null) return;
  for (const end of linksOf(references, record, values)) {
    held.add(end.entity, end.id, `${operation.entity} ${id}, ${because}, is linked to it`);
  }
}

/** Records of the entity on which something hangs that is not ours. */
async function holdByOthers(
  context: PhaseContext,
  { held, filled }: Pass,
  entity: TargetEntity,
): Promise<void> {
  for await (const page of context.destination.dependants(entity, context.signal)) {
    for (const [of, pairs] of Map.groupBy(page, ({ child }) => child.entity)) {
      const ids = pairs.map(({ child }) => child.id);
      const ours = await context.store.refsOfTargets(of, ids);
      for (const { parent, child } of pairs) {
        if (ours.has(child.id) || filled.has(`${of} ${child.id}`)) continue;
        held.add(parent.entity, parent.id, hangsOn(of, child.id));
      }
    }
    stopIfAsked(context);
  }
}

function hangsOn(entity: string, id: string): string {
  return `${entity} ${id} of somebody else hangs on it`;
}

/** Relationships can only be asked for organization by organization: those that would be removed are (20 tokens each). */
async function holdByRelationships(
  context: PhaseContext,
  held: Held,
  inspected: readonly Inspected[],
): Promise<void> {
  if (context.policies.rollbackRelationships === 'skip') return;
  const parents = inspected
    .filter(({ operation, verdict }) => operation.entity === 'organization' && verdict.kind === 'remove')
    .map(({ id }) => id)
    .filter((id) => held.reason('organization', id) === null);
  if (parents.length === 0) return;
  const entity = 'organizationRelationship';
  for await (const page of context.destination.walk(entity, { parents }, context.signal)) {
    const ours = await context.store.refsOfTargets(
      entity,
      page.map(({ id }) => id),
    );
    for (const { id, values } of page.filter((one) => !ours.has(one.id))) {
      for (const end of [values.rel_owner_org_id, values.rel_linked_org_id])
        if (typeof end === 'string') held.add('organization', end as Inspected['id'], hangsOn(entity, id));
    }
  }
}

function keepIfHeld(one: Inspected, held: Held): Inspected {
  const because = held.reason(one.operation.entity, one.id);
  return because === null || one.verdict.kind !== 'remove'
    ? one
    : { ...one, verdict: { kind: 'keep', because } };
}
