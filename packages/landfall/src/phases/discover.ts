import type { Automation, SourceCatalog } from '../model/source.ts';
import type { PhaseContext } from './context.ts';
import { extract } from './extract.ts';
import { writeValue } from './values.ts';

/**
 * Finds out what there is on both sides and stages the source: catalog with exact counts, automations,
 * the destination's account and catalog. Reads only. Throws what the two connectors throw.
 */
export async function discover(context: PhaseContext): Promise<SourceCatalog> {
  const { store, lease, source, destination, signal } = context;
  context.report({ phase: 'discover', subject: 'source', done: 0, total: null });
  const catalog = await source.describe(signal);
  const automations: Automation[] = [];
  for await (const automation of source.automations(signal)) automations.push(automation);
  // what is used of the custom fields is known once the fields are
  const target = await destination.describe(signal);
  const account = await destination.check(signal);
  await store.write(lease, async (writer) => {
    await writeValue(writer, 'catalog', catalog);
    await writeValue(writer, 'automations', automations);
    await writeValue(writer, 'account', account);
    await writeValue(writer, 'target', target);
    // Users and records of the destination may be others now: the plan is due again, though nothing else changed.
    await writeValue(writer, 'plannedFrom', null);
  });
  await extract(context, catalog);
  return catalog;
}
