import { entityTraits } from '../model/entity-table.ts';
import type { TargetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord } from '../model/target.ts';
import type { PhaseContext } from './context.ts';

const batchSize = 500;

/**
 * The destination's list of an entity: all of it, or newest first down to the watermark that the load kept.
 * What is listed by parent only is asked for by the parents of our own operations, of the `wanted` ones when some are.
 */
export async function* walkEntity(
  context: PhaseContext,
  entity: TargetEntity,
  since: 'watermark' | 'ever',
  wanted: (seq: number) => boolean = () => true,
): AsyncIterable<readonly TargetRecord[]> {
  const downTo = since === 'watermark' ? await context.store.getValue(`watermark:${entity}`) : null;
  const { listedBy } = entityTraits[entity];
  const parents = listedBy === null ? {} : { parents: await parentIds(context, entity, listedBy, wanted) };
  const options = { ...(downTo === null ? {} : { downTo: downTo as TargetId }), ...parents };
  yield* context.destination.walk(entity, options, context.signal);
}

async function parentIds(
  context: PhaseContext,
  entity: TargetEntity,
  field: string,
  wanted: (seq: number) => boolean,
): Promise<readonly TargetId[]> {
  const parents = new Set<TargetId>();
  for (let after = 0; ; ) {
    const page = await context.store.operationPage({ entity }, after, batchSize);
    const last = page.at(-1);
    if (last === undefined) return [...parents];
    const ends = page.flatMap((operation) =>
      (wanted(operation.seq) ? operation.links : []).flatMap((link) =>
        link.field === field && 'key' in link.to ? [link.to] : [],
      ),
    );
    for (const id of (await context.store.targetIds(ends)).values()) parents.add(id);
    after = last.seq;
  }
}
