import { type Account, isLive } from '../account.ts';
import type { Query } from '../query.ts';
import { schemaRefusal } from '../refusal.ts';

/** The parameter of lists across deals: at most 100, with commas. */
export const DEAL_IDS_QUERY = { deal_ids: 'ids' } as const;

/** What belongs to the live ones among the deals that the query names; it must name some. */
export function itemsOfDeals<T>(
  { state }: Account,
  query: Query,
  itemsOf: (dealId: number) => readonly T[],
): T[] {
  const ids = query.ids('deal_ids');
  if (ids === undefined || ids.length === 0)
    throw schemaRefusal([{ key: 'deal_ids', text: "Parameter 'deal_ids' is required for this request" }]);
  return [...new Set(ids)].filter((id) => isLive(state.deals.get(id))).flatMap((id) => [...itemsOf(id)]);
}
