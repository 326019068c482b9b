import type { Operation } from '../../model/plan.ts';
import type { TargetEntity, TargetRecord } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import { type OwnerUsers, prepare } from './prepare.ts';
import { namesOf } from './reconcile.ts';

const batchSize = 500;

/**
 * Removes records that a lost answer made a second time: they carry a marker of ours, or are equal to a record
 * without marker that was sent more than once, and our books know another one. Nothing leads to them yet.
 * Records of other people in the same list are left alone. Returns how many were removed.
 */
export async function removeStrays(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
  records: readonly TargetRecord[],
): Promise<number> {
  if (records.length === 0) return 0;
  const repeated = await sentTwice(context, owners, entity);
  const strays = records.filter((record) => namesOf(context, record).some((name) => repeated.has(name)));
  for (const stray of strays) {
    const body = { entity, targetId: stray.id, because: 'made twice by a lost answer' };
    await context.store.write(context.lease, (writer) => writer.appendAudit([{ kind: 'rollback', body }]));
    await context.destination.remove(entity, stray.id, context.signal);
  }
  return strays.length;
}

/** The markers of all we made, and what recognises the operations that were sent more than once and carry none. */
async function sentTwice(
  context: PhaseContext,
  owners: OwnerUsers,
  entity: TargetEntity,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (let after = 0; ; ) {
    const page: readonly Operation[] = await context.store.operationPage(
      { entity, states: ['done'] },
      after,
      batchSize,
    );
    const last = page.at(-1);
    if (last === undefined) return names;
    // a marker is on one record only, however often we think it was sent: a proxy may have told us that it was refused
    for (const { action, fingerprint } of page) if (action === 'create') names.add(fingerprint);
    const repeated = page.filter((operation) => operation.attempt > 1 && operation.action === 'create');
    for (const { request } of await prepare(context.store, owners, repeated)) {
      names.add(request.marker);
      names.add(context.destination.fingerprint(request));
    }
    after = last.seq;
  }
}
