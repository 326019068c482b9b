import { z } from 'zod';
import { type Account, assertOwner, assertVisibility, nowSec } from '../account.ts';
import { CORE_LIST_QUERY, type CoreEntity, coreHandlers, coreSortKey, PLAIN_VIEW } from '../core-entity.ts';
import { done, type Handler } from '../exchange-context.ts';
import { customView, hasOption, mergedCustom } from '../field-values.ts';
import type { ProductRecord, UserRecord } from '../records.ts';
import { badRequest } from '../refusal.ts';
import { customFields, id, parsed, requiredText, shortText } from '../schemas.ts';
import { rfc3339 } from '../times.ts';
import { defaultVisibility } from '../visibility.ts';
import { assertBilling, billingCycles, billingFrequency } from './billing.ts';
import { productInPath } from './path-records.ts';
import { checkedPrices, priceOfNothing, priceViews, productPrices } from './prices.ts';
import { copyVariations } from './variations.ts';

const shared = {
  owner_id: id.optional(),
  tax: z.number().optional(),
  is_linkable: z.boolean().optional(),
  visible_to: z.int().optional(),
  prices: productPrices.optional(),
  billing_frequency: billingFrequency.optional(),
  billing_frequency_cycles: billingCycles.optional(),
  custom_fields: customFields.optional(),
};
const creation = z.strictObject({
  name: requiredText,
  code: shortText.optional(),
  description: z.string().optional(),
  unit: shortText.optional(),
  category: id.optional(),
  ...shared,
});
// INF: that PATCH takes null to clear texts and the category.
const change = z.strictObject({
  name: requiredText.optional(),
  code: shortText.nullish(),
  description: z.string().nullish(),
  unit: shortText.nullish(),
  category: id.nullish(),
  ...shared,
});

type Given = z.infer<typeof change>;

/** The field whose options are the categories. */
const CATEGORY = 'category';

function assertGiven(account: Account, given: Given): void {
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.visible_to !== undefined) assertVisibility(account, given.visible_to);
  if (given.category != null && !isCategory(account, given.category))
    throw badRequest(`Category ${given.category} does not exist`);
}

function isCategory(account: Account, category: number): boolean {
  const field = account.state.fieldsByCode.get('product')?.get(CATEGORY);
  return field !== undefined && hasOption(field, category);
}

function create(account: Account, body: unknown, user: UserRecord): ProductRecord {
  const given = parsed(creation, body);
  const custom = mergedCustom(account, 'product', null, given.custom_fields);
  assertGiven(account, given);
  const billing = {
    billing_frequency: given.billing_frequency ?? 'one-time',
    billing_frequency_cycles: given.billing_frequency_cycles ?? null,
  };
  assertBilling(account, billing);
  const sec = nowSec(account);
  const { products } = account.state;
  return account.state.keep(
    products,
    {
      id: products.nextId,
      name: given.name,
      code: given.code ?? null,
      unit: given.unit ?? '',
      tax: given.tax ?? 0,
      description: given.description ?? null,
      category: given.category ?? null,
      is_linkable: given.is_linkable ?? true,
      visible_to: given.visible_to ?? defaultVisibility(account, user, 'product'),
      owner_id: given.owner_id ?? user.id,
      ...billing,
      prices: given.prices ? checkedPrices(account, given.prices, null) : priceOfNothing(account, user, null),
      custom,
      addedSec: sec,
      updatedSec: sec,
      deletedSec: null,
    },
    account.clock.nowMs(),
  );
}

function update(account: Account, record: ProductRecord, body: unknown): ProductRecord {
  const given = parsed(change, body);
  const custom = mergedCustom(account, 'product', record.custom, given.custom_fields);
  assertGiven(account, given);
  const billing = {
    billing_frequency: given.billing_frequency ?? record.billing_frequency,
    billing_frequency_cycles:
      given.billing_frequency_cycles === undefined
        ? record.billing_frequency_cycles
        : given.billing_frequency_cycles,
  };
  assertBilling(account, billing);
  return account.state.keep(account.state.products, {
    ...record,
    name: given.name ?? record.name,
    code: given.code === undefined ? record.code : given.code,
    unit: given.unit === undefined ? record.unit : (given.unit ?? ''),
    tax: given.tax ?? record.tax,
    description: given.description === undefined ? record.description : given.description,
    category: given.category === undefined ? record.category : given.category,
    is_linkable: given.is_linkable ?? record.is_linkable,
    visible_to: given.visible_to ?? record.visible_to,
    owner_id: given.owner_id ?? record.owner_id,
    ...billing,
    // Published: the whole array is replaced.
    prices: given.prices ? checkedPrices(account, given.prices, null) : record.prices,
    custom,
    updatedSec: nowSec(account),
  });
}

function render(
  account: Account,
  record: ProductRecord,
  customKeys: readonly string[] | undefined,
): Record<string, unknown> {
  const { category } = record;
  return {
    id: record.id,
    name: record.name,
    code: record.code,
    unit: record.unit,
    tax: record.tax,
    is_deleted: record.deletedSec !== null,
    is_linkable: record.is_linkable,
    visible_to: record.visible_to,
    owner_id: record.owner_id,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
    description: record.description,
    // Published: written as a number, read as a text.
    category: category !== null && isCategory(account, category) ? String(category) : null,
    billing_frequency: record.billing_frequency,
    billing_frequency_cycles: record.billing_frequency_cycles,
    prices: priceViews(record.prices, { product_id: record.id }),
    custom_fields: customView(account, 'product', record.custom, customKeys, false),
  };
}

const { updated_until: _notHere, ...listQuery } = CORE_LIST_QUERY;

/** Products: what v2 takes and gives. */
export const PRODUCTS: CoreEntity<ProductRecord> = {
  name: 'product',
  title: 'Product',
  table: (state) => state.products,
  listQuery: {
    ...listQuery,
    custom_fields: 'keys',
    sort_by: { words: ['id', 'name', 'add_time', 'update_time'] },
  },
  oneQuery: {},
  filter: () => () => true,
  render: (account, record, view) => render(account, record, view.customKeys),
  create,
  update,
  sortKey: (record, field) => (field === 'name' ? record.name : coreSortKey(record, field)),
  addStatus: 201,
};

/** Published: with variations, prices and custom fields. INF: under the same name; followers and image stay behind. */
const duplicate: Handler = (exchange) => {
  const { account } = exchange;
  const product = productInPath(exchange);
  const sec = nowSec(account);
  const { products } = account.state;
  const copy = { ...product, id: products.nextId, addedSec: sec, updatedSec: sec };
  account.state.keep(products, copy, account.clock.nowMs());
  copyVariations(account, product.id, copy.id);
  return done(PRODUCTS.render(account, copy, PLAIN_VIEW), 201);
};

/** The operations on products themselves. */
export const PRODUCT_HANDLERS = { ...coreHandlers(PRODUCTS), duplicate };
