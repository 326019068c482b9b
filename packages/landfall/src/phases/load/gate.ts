import { MigrationError } from '../../model/error.ts';
import { imbalances } from '../../model/ledger.ts';
import type { TargetEntity, TargetRecord } from '../../model/target.ts';
import { anchorHead } from '../anchor.ts';
import type { PhaseContext } from '../context.ts';
import { walkEntity } from '../walk.ts';
import type { OwnerUsers } from './prepare.ts';
import { removeStrays } from './strays.ts';

/** What the gate after an entity's phase saw: the row-count reconciliation before the next phase begins (RUN-06). */
export interface GateReport {
  readonly entity: TargetEntity;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Records our books say we made. */
  readonly created: number;
  /** Of these, found in the destination's own list. */
  readonly found: number;
  /** Records with our marker that our books did not know: made twice by a late answer, and removed. */
  readonly straysRemoved: number;
}

/**
 * The point where "exactly once" is claimed: the destination's whole list since the watermark is compared with our
 * books, doubles made by late answers are removed, and the ledger must balance. Throws `out-of-balance` if not.
 */
export async function checkGate(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
): Promise<void> {
  context.ports.crashPoint('gate:before-walk');
  const { found, strays } = await compare(context, entity);
  const straysRemoved = await removeStrays(context, owners, entity, strays);
  const ledger = await context.store.ledger();
  const row = ledger.target[entity] ?? {};
  const trouble = imbalances(
    { source: {}, target: { [entity]: row } },
    { transform: false, load: true, verify: false },
  );
  if (trouble.length > 0) throw new MigrationError('out-of-balance', trouble.join('; '));
  const report: GateReport = {
    entity,
    at: new Date(context.ports.clock.nowMs()).toISOString(),
    created: row.created ?? 0,
    found,
    straysRemoved,
  };
  await context.store.write(context.lease, async (writer) => {
    await writer.setValue(`gate:${entity}`, JSON.stringify(report));
    await writer.appendAudit([{ kind: 'phase', body: { ...report } }]);
    await anchorHead(writer, `run: ${entity}`, context.ports.clock.nowMs());
  });
}

async function compare(
  context: PhaseContext,
  entity: TargetEntity,
): Promise<{ readonly found: number; readonly strays: readonly TargetRecord[] }> {
  const strays: TargetRecord[] = [];
  let found = 0;
  for await (const page of walkEntity(context, entity, 'watermark')) {
    const ours = await context.store.refsOfTargets(
      entity,
      page.map((record) => record.id),
    );
    found += ours.size;
    strays.push(...page.filter((record) => !ours.has(record.id)));
  }
  return { found, strays };
}
