import { type Account, isLive, liveLink } from '../account.ts';
import { done, type Exchange, type Handler, pathId } from '../exchange-context.ts';
import { dealViews } from '../legacy-v1/views.ts';
import { offsetPage, offsetReply } from '../offset.ts';
import type { DealProductRecord, DealRecord, ProductRecord } from '../records.ts';
import { notFound, Refusal } from '../refusal.ts';
import { v1Time } from '../times.ts';
import { COMPANY_ID, relatedObjects } from '../v1-parts.ts';
import { v1Deals } from '../v1-views.ts';
import { permittedUsers } from '../visibility.ts';
import { linesOf } from './deal-value.ts';
import { productInPath } from './path-records.ts';

/** Deleted deals are listed, where asked for, for so long. */
const DELETED_LISTED_SEC = 30 * 24 * 3_600;
const STATUSES = ['open', 'won', 'lost', 'deleted', 'all_not_deleted'];

/** Whether a deal belongs to a list with this `status`. */
function isListed({ clock }: Account, deal: DealRecord, status: string): boolean {
  if (status === 'deleted')
    return deal.deletedSec !== null && deal.deletedSec >= clock.nowMs() / 1_000 - DELETED_LISTED_SEC;
  return isLive(deal) && (status === 'all_not_deleted' || deal.status === status);
}

// Published: here `has_pic` of a user is a flag, elsewhere in v1 a number.
function withFlags(deal: Record<string, unknown>): Record<string, unknown> {
  const flagged = (user: unknown) => ({ ...(user as object), has_pic: false });
  return { ...deal, creator_user_id: flagged(deal.creator_user_id), user_id: flagged(deal.user_id) };
}

/** GET /v1/products/{id}/deals: the deals that have the product as a line. INF: archived ones too, by id. */
const dealsOfProduct: Handler = (exchange) => {
  const { account, call } = exchange;
  const product = productInPath(exchange);
  const status = call.query.get('status') ?? 'all_not_deleted';
  if (!STATUSES.includes(status)) throw new Refusal(400, `status must be one of ${STATUSES.join(', ')}`);
  const lines = [...account.state.linesByProduct.of(product.id)].filter(isLive);
  const deals = [...new Set(lines.map((line) => line.deal_id))]
    .sort((a, b) => a - b)
    .flatMap((id) => account.state.deals.get(id) ?? [])
    .filter((deal) => isListed(account, deal, status));
  const cut = offsetPage(account, call, deals);
  const { status: code, value } = offsetReply(dealViews(account, cut.items).map(withFlags), cut, false);
  const related_objects = relatedObjects(account, {
    users: cut.items.flatMap((deal) => [deal.creator_user_id, deal.owner_id]),
    persons: cut.items.map((deal) => liveLink(account.state.persons, deal.person_id)),
    organizations: cut.items.map((deal) => liveLink(account.state.organizations, deal.org_id)),
  });
  return { status: code, value: { ...(value as object), related_objects } };
};

function v1Product(product: ProductRecord, line: DealProductRecord): Record<string, unknown> {
  return {
    id: product.id,
    company_id: COMPANY_ID,
    name: product.name,
    code: product.code,
    description: product.description,
    unit: product.unit,
    tax: product.tax,
    category: product.category === null ? null : String(product.category),
    active_flag: isLive(product),
    selectable: product.is_linkable,
    first_char: product.name.slice(0, 1).toLowerCase(),
    visible_to: String(product.visible_to),
    owner_id: product.owner_id,
    files_count: null,
    add_time: v1Time(line.addedSec),
    update_time: v1Time(line.updatedSec),
    deal_id: line.deal_id,
  };
}

/** GET /v1/persons/{id}/products: the lines of the person's deals, each below the id of its deal. */
const productsOfPerson: Handler = (exchange) => {
  const { account, call } = exchange;
  const { state } = account;
  const person = state.persons.get(pathId(exchange));
  if (!isLive(person)) throw notFound('Person');
  const deals = [...state.deals.all()].filter((deal) => isLive(deal) && deal.person_id === person?.id);
  const lines = deals.flatMap((deal) => linesOf(account, deal.id));
  const cut = offsetPage(account, call, lines);
  const views = new Map(v1Deals(account, deals).map((deal) => [deal.id, deal]));
  const data = cut.items.flatMap((line) => {
    const product = state.products.get(line.product_id);
    return product
      ? [{ [line.deal_id]: { deal: views.get(line.deal_id), product: v1Product(product, line) } }]
      : [];
  });
  return offsetReply(data, cut);
};

/** GET /v1/products/{id}/permittedUsers. */
const usersOfProduct: Handler = (exchange: Exchange) =>
  done(permittedUsers(exchange.account, 'product', productInPath(exchange)));

/** The lists of v1 around products. */
export const V1_PRODUCT_LISTS = { dealsOfProduct, productsOfPerson, usersOfProduct };
