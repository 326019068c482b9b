import { type TargetEntity, type TargetRecord, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import type { OwnerUsers } from '../load/prepare.ts';
import { derivedFields, valuesFrom } from './derived.ts';
import { Held, linksOf, type References } from './held.ts';
import { type Inspected, inspect } from './inspect.ts';
import { type OurPage, ourRecords } from './ours.ts';

/** Entities from the last loaded to the first: children before what they hang on. */
export const backwards: readonly TargetEntity[] = targetEntities.toReversed();

/** What one rollback, or one look ahead at it, knows while it goes through the entities. */
export interface Pass {
  readonly owners: OwnerUsers;
  readonly references: References;
  readonly held: Held;
  /** Records a broken load filled in without knowing: they are spoken for, though no identity leads to them. */
  readonly filled: Set<string>;
  /** Records that were foreseen to be kept: what their own values are worked out from is kept with them. */
  readonly foreseen: Set<string>;
}

/** Begins a pass. */
export function beginPass(owners: OwnerUsers, references: References): Pass {
  return { owners, references, held: new Held(), filled: new Set(), foreseen: new Set() };
}

/**
 * Looks at every record of ours of an entity as it is now, page by page, and decides: remove, restore, or keep and why.
 * A record is kept when somebody changed it, when something that is not ours hangs on it, when a record that stays
 * does, or when the values of one that is kept are worked out from it. Entities must be gone through `backwards`. What
 * is removed between two pages is fine: a page is looked at right before it is acted on, so that little time is left
 * for edits in between.
 */
export async function* judged(
  context: PhaseContext,
  pass: Pass,
  entity: TargetEntity,
): AsyncIterable<readonly Inspected[]> {
  if (!(await hasOurs(context, entity))) return;
  for (const { of } of valuesFrom(entity)) await foresee(context, pass, entity, of);
  yield* decided(context, pass, entity);
  pass.held.forget(entity);
}

async function hasOurs({ store }: PhaseContext, entity: TargetEntity): Promise<boolean> {
  const totals = (await store.operationTotals()).filter((total) => total.entity === entity);
  return totals.some(({ action, state }) => state === 'done' || (action === 'update' && state !== 'removed'));
}

/** Looks ahead: which records of `of` will be kept, also because something below them, in `entity`, will be. */
async function foresee(
  context: PhaseContext,
  pass: Pass,
  entity: TargetEntity,
  of: TargetEntity,
): Promise<void> {
  if (!(await hasOurs(context, of))) return;
  for await (const _page of decided(context, pass, entity));
  for await (const page of decided(context, pass, of))
    for (const { id, verdict } of page) if (verdict.kind === 'keep') pass.foreseen.add(`${of} ${id}`);
}

async function* decided(
  context: PhaseContext,
  pass: Pass,
  entity: TargetEntity,
): AsyncIterable<readonly Inspected[]> {
  await holdByOthers(context, pass, entity);
  const derived = await derivedFields(context.store, entity);
  let done = 0;
  for await (const page of ourRecords(context, entity)) {
    await holdByTheirs(context, pass, entity, page);
    const inspected = await inspect(context, { ...pass, derived }, page);
    await holdByRelationships(context, pass.held, inspected);
    const verdicts = inspected.map((one) => keepWhole(keepIfHeld(one, pass.held), pass));
    for (const one of verdicts) {
      holdIfItStays(pass, one);
      if (one.operation.state !== 'done') pass.filled.add(`${entity} ${one.id}`);
    }
    done += verdicts.length;
    context.report({ phase: 'rollback', subject: `looking at ${entity}`, done, total: null });
    yield verdicts;
  }
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

/** What people added to records of ours values are worked out from: no other list shows it than this one. */
async function holdByTheirs(
  { store }: PhaseContext,
  { references, held }: Pass,
  entity: TargetEntity,
  { operations, current }: OurPage,
): Promise<void> {
  if (valuesFrom(entity).length === 0) return;
  const ours = new Set(operations.map(({ targetId }) => targetId));
  const others = [...current.values()].filter(({ id }) => !ours.has(id));
  const refs = await store.refsOfTargets(
    entity,
    others.map(({ id }) => id),
  );
  for (const record of others.filter(({ id }) => !refs.has(id)))
    for (const end of linksOf(references, record)) held.add(end.entity, end.id, hangsOn(entity, record.id));
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

/** What is kept keeps the values it has. */
function keepWhole(one: Inspected, { references, foreseen }: Pass): Inspected {
  const { operation, record, verdict } = one;
  if (record === null || verdict.kind !== 'remove') return one;
  for (const { of, field } of valuesFrom(operation.entity)) {
    const ends = linksOf(references, record).filter(({ entity }) => entity === of);
    const end = ends.find(({ id }) => foreseen.has(`${of} ${id}`));
    if (end === undefined) continue;
    return {
      ...one,
      verdict: { kind: 'keep', because: `${of} ${end.id}, which is kept, has its ${field} from it` },
    };
  }
  return one;
}
