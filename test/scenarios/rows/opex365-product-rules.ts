import { expect } from 'vitest';
import { blockOf } from '../account-view.ts';
import type { SnapshotRecord } from '../support/emulator.ts';
import {
  decimal,
  linesAbout,
  madeOf,
  type OpexLanded,
  type OpexRule,
  productOf,
  rowAt,
  rowsOf,
  rowWhere,
} from './opex365-landed.ts';

/** O-25: products. */
export const productRules: readonly OpexRule[] = [
  {
    rule: 'O-25(a)',
    says: 'name, code, unit price and description',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(
        world,
        'product',
        (one) => one > 6 && world.value('product', one, 'description') !== null,
      );
      const product = productOf(landed, 'product', row);
      expect(product).toMatchObject({
        name: world.value('product', row, 'name'),
        code: world.value('product', row, 'productnumber'),
        description: world.value('product', row, 'description'),
        unit: 'Primary Unit',
      });
      expect(product['prices']).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            price: decimal(world.value('product', row, 'price'), 4),
            currency: 'EUR',
          }),
        ]),
      );
    },
  },
  {
    rule: 'O-25(b)',
    says: 'every price of every list is a line of the pricing notes',
    holds: (landed) => {
      const { world } = landed;
      const lines = String(productOf(landed, 'product', 8).custom['Pricing notes']).split('\n');
      const own = rowsOf(world, 'productpricelevel').filter(
        (row) => rowAt(world, 'product', world.value('productpricelevel', row, 'productid')) === 8,
      );
      expect(lines).toHaveLength(own.length);
      for (const row of own) {
        const list = rowAt(world, 'pricelevel', world.value('productpricelevel', row, 'pricelevelid'));
        const name = String(world.value('pricelevel', list, 'name'));
        const amount = decimal(world.value('productpricelevel', row, 'amount'), 4);
        expect(lines.some((line) => line.includes(name) && line.includes(String(amount)))).toBe(true);
      }
    },
  },
  {
    rule: 'O-25(b)',
    says: 'one price in each currency: the list price, and the first of the price lists in another one',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(world, 'product', (one) => one > 6 && dollarsOf(landed, one).length > 0);
      const prices = productOf(landed, 'product', row)['prices'] as readonly Record<string, unknown>[];
      expect(prices.map(({ price, currency }) => [price, currency])).toEqual([
        [decimal(world.value('product', row, 'price'), 4), 'EUR'],
        [dollarsOf(landed, row)[0], 'USD'],
      ]);
    },
  },
  {
    rule: 'O-25(b)',
    says: 'a bundle is an entry that tells what it holds; families are the categories of their products',
    holds: (landed) => {
      const { world, seen } = landed;
      const bundle = productOf(landed, 'product', 4);
      const members = rowsOf(world, 'productassociation').filter(
        (row) => rowAt(world, 'product', world.value('productassociation', row, 'productid')) === 4,
      );
      const contents = String(bundle.custom['Bundle contents']).split('\n');
      expect(contents).toHaveLength(members.length);
      for (const row of members) {
        const member = rowAt(world, 'product', world.value('productassociation', row, 'associatedproduct'));
        expect(bundle.custom['Bundle contents']).toContain(world.value('product', member, 'name'));
        expect(productOf(landed, 'product', member)['name']).toBe(world.value('product', member, 'name'));
      }
      expect(linesAbout(landed, 'product', 0)[0]?.reason).toContain('family');
      const category = seen
        .list('fields')
        .find(({ entity, field_code }) => entity === 'product' && field_code === 'category');
      expect(JSON.stringify(category)).toContain('"Pumps"');
    },
  },
];

/** O-27: lines. */
export const lineRules: readonly OpexRule[] = [
  {
    rule: 'O-27(a)',
    says: 'a line is a product of its deal with quantity, price and discount',
    holds: (landed) => {
      const { world } = landed;
      const made = linesOf(landed, 0).find(
        ({ product_id }) => product_id === productOf(landed, 'product', productRow(landed, 0))['id'],
      );
      expect(made).toMatchObject({
        quantity: decimal(world.value('opportunityproduct', 0, 'quantity'), 10),
        item_price: decimal(world.value('opportunityproduct', 0, 'priceperunit'), 4),
        discount: decimal(world.value('opportunityproduct', 0, 'manualdiscountamount'), 4),
        discount_type: 'amount',
      });
    },
  },
  {
    rule: 'O-27(a)',
    says: 'a line written in by hand gets a product of its own',
    holds: (landed) => {
      const { world } = landed;
      const product = productOf(landed, 'opportunityproduct', 1);
      expect(product['name']).toBe(world.value('opportunityproduct', 1, 'productdescription'));
      expect(linesOf(landed, 0).find(({ product_id }) => product_id === product['id'])).toMatchObject({
        quantity: decimal(world.value('opportunityproduct', 1, 'quantity'), 10),
        item_price: decimal(world.value('opportunityproduct', 1, 'priceperunit'), 4),
      });
    },
  },
  {
    rule: 'O-27(b)',
    says: 'a bundle is expanded into the lines of its members; it is no line itself, and a note keeps its price',
    holds: (landed) => {
      const { world, seen } = landed;
      const made = linesOf(landed, 0).map(({ product_id }) => product_id);
      for (const line of [3, 4, 5])
        expect(made).toContain(productOf(landed, 'product', productRow(landed, line))['id']);
      expect(made).not.toContain(productOf(landed, 'product', productRow(landed, 2))['id']);
      const deal = madeOf(landed, 'opportunity', 0);
      const note = seen
        .list('notes')
        .find(({ deal_id, content }) => deal_id === deal.id && String(content).includes('<b>Bundle:</b>'));
      expect(blockOf(note ?? {})).toMatchObject({
        Bundle: world.value('product', productRow(landed, 2), 'name'),
        'Price of one': expect.stringContaining(
          String(decimal(world.value('opportunityproduct', 2, 'priceperunit'), 4)),
        ),
      });
      for (const line of [3, 4, 5])
        expect(blockOf(note ?? {})['Expanded into']).toContain(
          world.value('product', productRow(landed, line), 'name'),
        );
    },
  },
  {
    rule: 'O-27(b)',
    says: 'a bundle without lines of its members is expanded by the list of what it holds; they come to what it cost',
    holds: (landed) => {
      const { world, seen } = landed;
      const line = rowWhere(
        world,
        'opportunityproduct',
        (row) => world.value('opportunityproduct', row, 'producttypecode') === 2 && !hasMembers(landed, row),
      );
      const of = (column: string) => world.value('opportunityproduct', line, column);
      const bundle = productRow(landed, line);
      const deal = rowAt(world, 'opportunity', of('opportunityid'));
      const name = String(world.value('product', bundle, 'name'));
      const own = linesOf(landed, deal).filter(({ comments }) =>
        String(comments).includes(`Part of: ${name}`),
      );
      const members = rowsOf(world, 'productassociation').filter(
        (row) =>
          rowAt(world, 'product', world.value('productassociation', row, 'productid')) === bundle &&
          world.value('productassociation', row, 'productisrequired') === 1,
      );
      expect(own.map(({ product_id, quantity }) => [product_id, quantity]).toSorted()).toEqual(
        members
          .map((row) => [
            productOf(
              landed,
              'product',
              rowAt(world, 'product', world.value('productassociation', row, 'associatedproduct')),
            )['id'],
            decimal(world.value('productassociation', row, 'quantity'), 10) * decimal(of('quantity'), 10),
          ])
          .toSorted(),
      );
      const cost = own.map(
        ({ quantity, item_price, discount }) => Number(quantity) * Number(item_price) - Number(discount),
      );
      expect(cost.reduce((sum, each) => sum + each, 0)).toBeCloseTo(
        decimal(of('quantity'), 10) * decimal(of('priceperunit'), 4) - decimal(of('manualdiscountamount'), 4),
        6,
      );
      const made = madeOf(landed, 'opportunity', deal);
      const note = seen
        .list('notes')
        .find(({ deal_id, content }) => deal_id === made.id && String(content).includes('<b>Bundle:</b>'));
      expect(blockOf(note ?? {})).toMatchObject({
        Bundle: name,
        Prices: expect.stringContaining('scaled'),
      });
    },
  },
];

/** Whether a line of the world names this one as the bundle it is part of. */
function hasMembers({ world }: OpexLanded, line: number): boolean {
  const id = world.id('opportunityproduct', line);
  return rowsOf(world, 'opportunityproduct').some(
    (row) => world.value('opportunityproduct', row, 'parentbundleid') === id,
  );
}

function linesOf(landed: OpexLanded, opportunity: number): readonly SnapshotRecord[] {
  const deal = madeOf(landed, 'opportunity', opportunity);
  return landed.seen.list('dealProducts').filter(({ deal_id }) => deal_id === deal.id);
}

/** The row of the product a line is about. */
function productRow({ world }: OpexLanded, line: number): number {
  return rowAt(world, 'product', world.value('opportunityproduct', line, 'productid'));
}

/** What a product costs in price lists in dollars. */
function dollarsOf({ world }: OpexLanded, product: number): readonly number[] {
  return rowsOf(world, 'productpricelevel').flatMap((row) => {
    const of = (column: string) => world.value('productpricelevel', row, column);
    const isIt = rowAt(world, 'product', of('productid')) === product;
    const isDollar = rowAt(world, 'transactioncurrency', of('transactioncurrencyid')) === 1;
    return isIt && isDollar ? [decimal(of('amount'), 4)] : [];
  });
}
