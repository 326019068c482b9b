import { MigrationError } from '../model/error.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { PhaseContext } from './context.ts';
import { readValue } from './values.ts';

/**
 * Reads the account anew. Throws `configuration-wrong` when it is not the one that was planned for: its ids mean other
 * records, and a rollback there would take what it does not find for gone. A company that only changed its name, or
 * only its address, is the same one.
 */
export async function describeSameAccount(context: PhaseContext): Promise<TargetCatalog> {
  const now = await context.destination.describe(context.signal);
  const planned = await readValue(context.store, 'target');
  if (planned === null || !isOther(planned, now)) return now;
  throw new MigrationError(
    'configuration-wrong',
    `destination.url: this is the account of ${named(now)}; the migration was planned for ${named(planned)}.`,
    {
      at: 'landfall.yaml',
      hint: 'Put address and token of that account back; a migration into another account is a workspace of its own.',
    },
  );
}

function isOther(one: TargetCatalog, other: TargetCatalog): boolean {
  return (
    one.domain !== undefined &&
    other.domain !== undefined &&
    one.domain !== other.domain &&
    one.account !== other.account
  );
}

function named({ account, domain }: TargetCatalog): string {
  return domain === undefined ? account : `${account} (${domain})`;
}
