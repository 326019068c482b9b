import { z } from 'zod';
import { MigrationError } from '../../../model/error.ts';
import type { ChangePage, Cursor, Reject, SourceRecord } from '../../../model/source.ts';
import type { Account } from './account.ts';
import { plainText } from './member.ts';
import type { PlannedModule } from './module-plan.ts';

/** The local time of the source that was seen last, or, at first, one that is earlier anywhere on earth. */
const placeShape = z.strictObject({ at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/) });

const minuteMs = 60_000;
/** Times have minutes, and what is written in one may come after we looked at it: so much is looked at twice [A]. */
const overlapMs = 2 * minuteMs;
/** The source's times say no zone: behind UTC by so much at most, and ahead of it. */
const mostBehindMs = 12 * 3_600_000;
const mostAheadMs = 14 * 3_600_000;
/** `YYYY-MM-DDTHH:mm`. */
const minuteLetters = 16;

const partly =
  'A record counts as changed by its own time: names that it only mentions, and what was taken out of the source without a trace, are seen by comparing.';

/** What changed in a module since a place; see `SourceConnector.changes`. Deleted records are those marked as such. */
export async function* readChanges(
  account: Account,
  module: PlannedModule,
  since: Cursor | null,
  signal: AbortSignal,
): AsyncIterable<ChangePage> {
  const begin = (): Cursor => placeAt(minuteOf(account.nowMs - mostBehindMs));
  if (account.service.kind === 'tables') {
    const because = 'The tables tell nothing since a time, and parts of a record have times of their own.';
    return yield since === null
      ? { ...nothing('compare'), since: begin() }
      : { ...nothing('compare'), because, since: begin() };
  }
  if (since === null) return yield { ...nothing('modifiedon'), since: begin() };
  const at = placeOf(since);
  if (at === null)
    return yield {
      ...nothing('compare'),
      because: 'The place to go on from is not one of ours.',
      since: begin(),
    };
  let begun = false;
  try {
    for await (const page of modified(account, module, at, signal)) {
      begun = true;
      yield page;
    }
  } catch (error) {
    if (begun || !(error instanceof MigrationError) || error.code !== 'refused') throw error;
    yield {
      ...nothing('compare'),
      because: `What changed since a time is not told: ${error.message}`,
      since: begin(),
    };
  }
}

function nothing(how: ChangePage['how']): ChangePage {
  return { how, records: [], rejects: [], deleted: [], since: null, because: null };
}

function placeOf(since: Cursor): string | null {
  try {
    return placeShape.safeParse(JSON.parse(since)).data?.at ?? null;
  } catch {
    return null;
  }
}

function placeAt(at: string): Cursor {
  return JSON.stringify({ at });
}

async function* modified(
  account: Account,
  module: PlannedModule,
  at: string,
  signal: AbortSignal,
): AsyncIterable<ChangePage> {
  const from = minuteOf(Date.parse(`${at}Z`) - overlapMs);
  const latest = minuteOf(account.nowMs + mostAheadMs);
  const make = await account.maker(module, signal);
  let newest = at;
  let hasEnded = false;
  for await (const { items, next } of account.rowsSince(module, from, signal)) {
    const records: SourceRecord[] = [];
    const rejects: Reject[] = [];
    const deleted: ChangePage['deleted'][number][] = [];
    for (const row of items) {
      const changedAt = plainText(row[account.catalog.changedAt]).slice(0, minuteLetters);
      // a service may not know the parameter and give everything
      if (changedAt !== '' && changedAt < from) continue;
      if (changedAt > newest && changedAt <= latest) newest = changedAt;
      const made = make(row);
      if ('reason' in made) rejects.push(made);
      else if (account.isLive(row)) records.push(made);
      else deleted.push(made.key);
    }
    hasEnded = next === null;
    const since = hasEnded ? placeAt(newest) : null;
    yield { how: 'modifiedon', records, rejects, deleted, since, because: hasEnded ? partly : null };
  }
  // a list of nothing has no page
  if (!hasEnded) yield { ...nothing('modifiedon'), since: placeAt(newest), because: partly };
}

/** In the form of the source's own times, to the minute. */
function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, minuteLetters);
}
