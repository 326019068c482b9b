import { z } from 'zod';
import { MigrationError } from '../model/error.ts';
import { type Account, offsetPage, parsed } from './account.ts';
import { usualPageSize } from './paths.ts';
import { costTable, tokensOf } from './prices.ts';

const summary = z.object({ data: z.object({ total_count: z.number() }) });

/**
 * How many deals and leads that are not archived the account holds: one summary of the deals (40 tokens) and a walk of
 * the leads (20 tokens per 500), of which there is no summary. null when the account does not serve them.
 */
export async function dealsAndLeads(account: Account, signal: AbortSignal): Promise<number | null> {
  try {
    return (await countDeals(account, signal)) + (await countLeads(account, signal));
  } catch (error) {
    if (error instanceof MigrationError && unanswered.has(error.code)) return null;
    throw error;
  }
}

/** A token that may not see deals or leads, and an account that serves neither, still can be checked. */
const unanswered: ReadonlySet<string> = new Set(['not-emulated', 'forbidden', 'not-found']);

async function countDeals(account: Account, signal: AbortSignal): Promise<number> {
  const what = 'counting deals';
  const path = account.path('v1', 'deals/summary');
  const costTokens = tokensOf.dealsSummary;
  const reply = await account.client.send({ method: 'GET', path, effect: 'read', costTokens, what }, signal);
  return parsed(summary, reply, what).data.total_count;
}

async function countLeads(account: Account, signal: AbortSignal): Promise<number> {
  const what = 'counting leads';
  const costTokens = costTable.tokens('lead', 'list');
  for (let start = 0; ; start += usualPageSize) {
    const path = account.path('v1', `leads?start=${start}&limit=${usualPageSize}`);
    const reply = await account.client.send(
      { method: 'GET', path, effect: 'read', costTokens, what },
      signal,
    );
    const page = parsed(offsetPage, reply, what);
    const rows = page.data?.length ?? 0;
    if (page.additional_data?.pagination?.more_items_in_collection !== true || rows === 0)
      return start + rows;
  }
}
