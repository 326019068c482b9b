import { isLive } from '../account.ts';
import { type Exchange, pathId } from '../exchange-context.ts';
import type { DealRecord, ProductRecord } from '../records.ts';
import { badRequest, notFound } from '../refusal.ts';

/** The product in the path. Throws 404 when there is none. */
export function productInPath(exchange: Exchange): ProductRecord {
  const product = exchange.account.state.products.get(pathId(exchange));
  if (!product || !isLive(product)) throw notFound('Product');
  return product;
}

/** The deal in the path. Throws 404 when there is none. */
export function dealInPath(exchange: Exchange): DealRecord {
  const deal = exchange.account.state.deals.get(pathId(exchange));
  if (!deal || !isLive(deal)) throw notFound('Deal');
  return deal;
}

/** The deal in the path, for a change of what belongs to it. Throws as `dealInPath`, and 400 when it is archived. */
export function openDealInPath(exchange: Exchange): DealRecord {
  const deal = dealInPath(exchange);
  assertNotArchived(deal);
  return deal;
}

/** Refuses a change of what belongs to an archived deal. INF from "archived deals are not editable"; so is the text. */
export function assertNotArchived(deal: DealRecord): void {
  if (deal.archivedSec !== null) throw badRequest('Archived deals cannot be updated');
}
