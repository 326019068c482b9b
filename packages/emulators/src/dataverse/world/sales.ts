import { divideRounded } from '../decimal.ts';
import { bundleAt, memberOf, plainProduct, priceCents } from './catalogue.ts';
import { type Content, type Generate, share, units, type Value, type World } from './content.ts';
import { inProcess, stageOf } from './processes.ts';

const DAY_MS = 86_400_000;

/** Lines of one group: a plain product, a write-in, a bundle and its three members. */
const GROUP = 6;
const WRITE_IN = 1;
const BUNDLE = 2;
/** In every so-many-th group the bundle has no lines of its members, as imports leave it: plain lines follow. */
const BARE_EVERY = 6;

function opportunityOf(line: number, world: World): number {
  return Math.floor(line / GROUP) % world.count('opportunity');
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const customer: Generate = (index, world) =>
  index % 6 === 5
    ? world.ref('contact', index % world.count('contact'))
    : world.ref('account', index % world.count('account'));

const OPPORTUNITIES: Content = {
  count: share(0.05, 30),
  columns: {
    name: (index) => (index % 14 === 13 ? `Fırsat – ${index} "special"` : `Deal ${index + 1}`),
    customerid: customer,
    parentaccountid: (index, world) =>
      index % 6 === 5 ? null : world.ref('account', index % world.count('account')),
    parentcontactid: (index, world) =>
      index % 3 === 0 ? world.ref('contact', index % world.count('contact')) : null,
    statecode: (index) => (index % 5 === 1 ? 1 : index % 5 === 3 ? 2 : 0),
    statuscode: (index) => (index % 5 === 1 ? 3 : index % 5 === 3 ? 4 + (index % 2) : 1 + (index % 2)),
    salesstage: (index, world) => world.below(4, index, 'salesstage'),
    salesstagecode: () => 1,
    stepname: (index, world) =>
      ['1-Qualify', '2-Develop', '3-Propose', '4-Close'][world.below(4, index, 'salesstage')] ?? null,
    processid: (index, world) =>
      inProcess(index, world) ? world.id('workflow', inProcess(index, world)?.process ?? 0) : null,
    stageid: (index, world) => stageOf(index, world),
    traversedpath: (index, world) => stageOf(index, world),
    closeprobability: (index, world) => world.below(101, index, 'probability'),
    estimatedclosedate: (index, world) =>
      dateOf(world.createdMs('opportunity', index) + (30 + (index % 90)) * DAY_MS),
    actualclosedate: (index, world) =>
      index % 5 === 1 || index % 5 === 3 ? dateOf(world.createdMs('opportunity', index) + 40 * DAY_MS) : null,
    estimatedvalue: (index, world): Value => units(world.below(20_000_000, index, 'value') / 100, 4),
    actualvalue: (index, world): Value =>
      index % 5 === 1 ? units(world.below(20_000_000, index, 'value') / 100, 4) : null,
    isrevenuesystemcalculated: (index) => index % 2 === 0,
    pricelevelid: (_, world) => world.ref('pricelevel', 0),
    originatingleadid: (index, world) =>
      index % 7 === 0 ? world.ref('lead', (index * 4 + 1) % world.count('lead')) : null,
    new_source: (index) => (index % 4 === 3 ? null : 1 + (index % 4)),
    new_renewalat: (index, world) =>
      index % 3 === 0 ? world.createdMs('opportunity', index) + 365 * DAY_MS : null,
    pricingerrorcode: (index) => (index % 19 === 18 ? 8 : 0),
    description: (index) =>
      index % 4 === 0 ? `First talk with the customer.\nNext step: offer ${index}.` : null,
  },
};

function isBareGroup(line: number): boolean {
  return Math.floor(line / GROUP) % BARE_EVERY === BARE_EVERY - 1;
}

function isMember(line: number): boolean {
  return line % GROUP > BUNDLE && !isBareGroup(line);
}

function isBareBundle(line: number): boolean {
  return line % GROUP === BUNDLE && isBareGroup(line);
}

/** The product a line is about; null: a write-in. */
function productOf(line: number, world: World): number | null {
  const place = line % GROUP;
  const group = Math.floor(line / GROUP);
  if (place === WRITE_IN) return null;
  if (place === BUNDLE) return bundleAt(group);
  return isMember(line)
    ? memberOf(bundleAt(group) - bundleAt(0), place - BUNDLE - 1, world)
    : plainProduct(line, world);
}

function lineCents(line: number, world: World): number {
  const product = productOf(line, world);
  if (isMember(line)) return 0;
  return product === null ? 12_345 + line : priceCents(product, world);
}

/** With ten decimals, as quantities are. */
function quantityOf(line: number): bigint {
  return line % GROUP === 0 ? units(1 + (line % 5), 10) + 5_000_000_000n : units(1 + (line % 3), 10);
}

function baseAmount(line: number, world: World): bigint {
  return divideRounded(units(lineCents(line, world) / 100, 4) * quantityOf(line), 10n ** 10n);
}

function discountOf(line: number): bigint {
  if (isBareBundle(line)) return units(7.5, 4);
  return line % GROUP === 0 && line % 4 === 0 ? units(12.5, 4) : 0n;
}

function taxOf(line: number, world: World): bigint {
  return line % GROUP === BUNDLE ? 0n : divideRounded(baseAmount(line, world) * 20n, 100n);
}

const KINDS = [1, 1, 2, 3, 3, 4] as const;

const LINES: Content = {
  count: (records) => Math.max(36, Math.round((records * 0.06) / GROUP) * GROUP),
  columns: {
    opportunityid: (index, world) => world.ref('opportunity', opportunityOf(index, world)),
    productid: (index, world) => {
      const product = productOf(index, world);
      return product === null ? null : world.ref('product', product);
    },
    producttypecode: (index) =>
      index % GROUP > BUNDLE && !isMember(index) ? 1 : (KINDS[index % GROUP] ?? 1),
    isproductoverridden: (index) => index % GROUP === WRITE_IN,
    productdescription: (index) => (index % GROUP === WRITE_IN ? `Özel montaj ${index}` : null),
    opportunityproductname: (index) => `Line ${index + 1}`,
    ispriceoverridden: (index) => index % GROUP === WRITE_IN || index % 12 === 0,
    quantity: quantityOf,
    priceperunit: (index, world): Value => units(lineCents(index, world) / 100, 4),
    baseamount: baseAmount,
    manualdiscountamount: discountOf,
    volumediscountamount: () => 0n,
    tax: taxOf,
    extendedamount: (index, world): Value =>
      baseAmount(index, world) - discountOf(index) + taxOf(index, world),
    lineitemnumber: (index) => 1 + (index % GROUP),
    sequencenumber: (index) => 1 + (index % GROUP),
    parentbundleid: (index, world) =>
      isMember(index) ? world.id('opportunityproduct', index - (index % GROUP) + BUNDLE) : null,
    parentbundleidref: (index, world) =>
      isMember(index) ? world.ref('opportunityproduct', index - (index % GROUP) + BUNDLE) : null,
    productassociationid: (index, world) =>
      isMember(index)
        ? world.ref(
            'productassociation',
            (bundleAt(Math.floor(index / GROUP)) - bundleAt(0)) * 3 + (index % GROUP) - BUNDLE - 1,
          )
        : null,
    pricingerrorcode: (index) => (index % 37 === 36 ? 5 : 0),
    uomid: (index, world) => (index % GROUP === WRITE_IN ? null : world.ref('uom', 0)),
    transactioncurrencyid: (index, world) =>
      world.value('opportunity', opportunityOf(index, world), 'transactioncurrencyid'),
    exchangerate: (index, world) => world.value('opportunity', opportunityOf(index, world), 'exchangerate'),
    ownerid: (index, world) => world.value('opportunity', opportunityOf(index, world), 'ownerid'),
  },
};

const paper = (title: string, states: readonly (readonly [number, number])[]): Content => ({
  count: share(0.002, 5),
  columns: {
    name: (index) => `${title} ${index + 1}`,
    customerid: customer,
    opportunityid: (index, world) => world.ref('opportunity', index % world.count('opportunity')),
    statecode: (index) => states[index % states.length]?.[0] ?? 0,
    statuscode: (index) => states[index % states.length]?.[1] ?? 1,
    totalamount: (index, world): Value => units(world.below(900_000, index, title) / 100, 4),
    pricelevelid: (_, world) => world.ref('pricelevel', 0),
  },
});

/** Opportunities with their lines, quotes, orders and invoices. */
export const SALES: Readonly<Record<string, Content>> = {
  opportunity: OPPORTUNITIES,
  opportunityproduct: LINES,
  quote: paper('Quote', [
    [0, 1],
    [1, 2],
    [2, 4],
    [3, 5],
  ]),
  salesorder: paper('Order', [
    [0, 1],
    [3, 100_001],
  ]),
  invoice: paper('Invoice', [
    [0, 1],
    [2, 100_001],
  ]),
  opportunitycompetitors: {
    count: share(0.002, 6),
    columns: {
      opportunityid: (index, world) => world.id('opportunity', (index * 5) % world.count('opportunity')),
      competitorid: (index, world) => world.id('competitor', index % world.count('competitor')),
    },
  },
};
