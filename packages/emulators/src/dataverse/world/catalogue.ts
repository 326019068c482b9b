import { type Content, fixed, share, units, type Value, type World } from './content.ts';

const FAMILIES = 4;
const BUNDLES = 3;
const PRICE_LISTS = 3;
/** Members of one bundle. */
const MEMBERS = 3;

/** Whether a product is a family, a bundle or a plain one. */
export function structureOf(index: number): 1 | 2 | 3 {
  return index < FAMILIES ? 2 : index < FAMILIES + BUNDLES ? 3 : 1;
}

/** The row of the product that is member number `member` of a bundle, which it names by row. */
export function memberOf(bundle: number, member: number, world: World): number {
  const first = FAMILIES + BUNDLES;
  return first + ((bundle * MEMBERS + member) % (world.count('product') - first));
}

/** The row of a plain product, chosen by row. */
export function plainProduct(index: number, world: World): number {
  const first = FAMILIES + BUNDLES;
  return first + world.below(world.count('product') - first, index, 'line.product');
}

/** The row of a bundle, chosen by row. */
export function bundleAt(index: number): number {
  return FAMILIES + (index % BUNDLES);
}

/** What a product costs in the first price list: whole cents. */
export function priceCents(product: number, world: World): number {
  return 500 + world.below(900_000, product, 'price');
}

const PRODUCTS: Content = {
  count: (records) => Math.min(4_000, Math.max(24, Math.round(records * 0.005))),
  columns: {
    name: (index) =>
      index < FAMILIES
        ? (['Pumps', 'Vanalar', 'Sensors', 'Wartung'][index] ?? 'Family')
        : index < FAMILIES + BUNDLES
          ? `Starter Set ${index}`
          : `${['Pump', 'Vana', 'Sensor', 'Service'][index % 4]} ${100 + index}`,
    productnumber: (index) => `P-${1000 + index}`,
    productstructure: structureOf,
    parentproductid: (index, world) => (index >= FAMILIES ? world.ref('product', index % FAMILIES) : null),
    statecode: (index) => (index % 11 === 10 ? 1 : index % 13 === 12 ? 2 : 0),
    statuscode: (index) => (index % 11 === 10 ? 2 : index % 13 === 12 ? 0 : 1),
    price: (index, world): Value =>
      structureOf(index) === 2 ? null : units(priceCents(index, world) / 100, 4),
    description: (index) => (index % 3 === 0 ? `Specification of article ${index}` : null),
    quantitydecimal: () => 2,
    defaultuomid: (_, world) => world.ref('uom', 0),
    defaultuomscheduleid: (_, world) => world.ref('uomschedule', 0),
    pricelevelid: (_, world) => world.ref('pricelevel', 0),
    transactioncurrencyid: (_, world) => world.ref('transactioncurrency', 0),
    producttypecode: () => 1,
    validfromdate: (index) => (index % 6 === 0 ? '2022-01-01' : null),
  },
};

/** Products, bundles, price lists and units. */
export const CATALOGUE: Readonly<Record<string, Content>> = {
  product: PRODUCTS,
  productassociation: {
    count: fixed(BUNDLES * MEMBERS),
    columns: {
      productid: (index, world) => world.ref('product', FAMILIES + Math.floor(index / MEMBERS)),
      associatedproduct: (index, world) =>
        world.ref('product', memberOf(Math.floor(index / MEMBERS), index % MEMBERS, world)),
      quantity: (index) => units(1 + (index % MEMBERS), 10),
      productisrequired: (index) => (index % MEMBERS === 2 ? 0 : 1),
      uomid: (_, world) => world.ref('uom', 0),
    },
  },
  pricelevel: {
    count: fixed(PRICE_LISTS),
    columns: {
      name: (index) => ['Standard', 'Bayi Listesi', 'Export USD'][index] ?? 'List',
      transactioncurrencyid: (index, world) => world.ref('transactioncurrency', index === 2 ? 1 : 0),
      begindate: (index) => (index === 1 ? '2025-01-01' : null),
      enddate: (index) => (index === 1 ? '2025-12-31' : null),
      statuscode: () => 100_001,
    },
  },
  productpricelevel: {
    count: (records) => PRODUCTS.count(records) * 2,
    columns: {
      pricelevelid: (index, world) => world.ref('pricelevel', index % PRICE_LISTS),
      productid: (index, world) => world.ref('product', Math.floor(index / 2) % world.count('product')),
      amount: (index, world): Value => {
        const cents = priceCents(Math.floor(index / 2), world);
        return units((index % 2 ? cents * 0.9 : cents) / 100, 4);
      },
      pricingmethodcode: (index) => (index % 10 === 9 ? 2 : 1),
      percentage: (index): Value => (index % 10 === 9 ? 9_000n : null),
      transactioncurrencyid: (index, world) =>
        world.ref('transactioncurrency', index % PRICE_LISTS === 2 ? 1 : 0),
      uomid: (_, world) => world.ref('uom', 0),
      uomscheduleid: (_, world) => world.ref('uomschedule', 0),
    },
  },
  uomschedule: { count: fixed(2), columns: { name: (index) => ['Default Unit', 'Zaman'][index] ?? null } },
  uom: {
    count: fixed(3),
    columns: {
      name: (index) => ['Primary Unit', 'Saat', 'Gün'][index] ?? null,
      quantity: (index) => units([1, 1, 8][index] ?? 1, 10),
      uomscheduleid: (index, world) => world.ref('uomschedule', index === 0 ? 0 : 1),
      baseuom: (index, world) => (index === 2 ? world.ref('uom', 1) : null),
      isschedulebaseuom: (index) => index < 2,
    },
  },
  competitor: {
    count: share(0, 4),
    columns: {
      name: (index) => ['Rakip A.Ş.', 'Contender Inc', 'Mitbewerber KG', 'Altra'][index] ?? null,
      websiteurl: (index) => `https://rival-${index}.example`,
    },
  },
  campaign: {
    count: fixed(3),
    columns: {
      name: (index) => ['Fuar 2025', 'Spring Mailing', 'Webinar'][index] ?? null,
      statuscode: (index) => index,
    },
  },
};
