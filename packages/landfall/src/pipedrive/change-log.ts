import { z } from 'zod';
import type { LastChange } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import type { TargetId } from '../model/key.ts';
import type { TargetEntity } from '../model/target.ts';
import { type Account, parsed } from './account.ts';
import { timeText } from './decode.ts';
import { entityPaths } from './paths.ts';
import { tokensOf } from './prices.ts';

/** The entities with a change log (v1; facts.md 1.1). */
const logged: ReadonlySet<TargetEntity> = new Set(['organization', 'person', 'deal']);

const lines = z.object({
  data: z
    .array(
      z.object({ actor_user_id: z.union([z.number(), z.string()]).nullish(), time: z.string().nullish() }),
    )
    .nullable(),
});

/** Who changed a record last, and when, by its change log; null where there is none, or none that we may read. */
export async function lastChange(
  account: Account,
  entity: TargetEntity,
  id: TargetId,
  signal: AbortSignal,
): Promise<LastChange | null> {
  if (!logged.has(entity)) return null;
  const what = 'reading a change log';
  const path = account.path('v1', `${entityPaths[entity].plural}/${id}/changelog?limit=1`);
  const costTokens = tokensOf.changeLog;
  try {
    const reply = await account.client.send(
      { method: 'GET', path, effect: 'read', costTokens, what },
      signal,
    );
    if (reply.gone) return null;
    const [newest] = parsed(lines, reply, what).data ?? [];
    if (newest === undefined) return null;
    const userId = newest.actor_user_id ?? null;
    return { userId: userId === null ? null : String(userId), at: timeText(newest.time ?? null) };
  } catch (error) {
    if (error instanceof MigrationError && unreadable.has(error.code)) return null;
    throw error;
  }
}

const unreadable: ReadonlySet<string> = new Set(['refused', 'forbidden', 'not-found', 'not-emulated']);
