import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { Kept } from '../../model/plan.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  link,
  openBench,
  personDoes,
  planAndLoad,
  record,
  recordsIn,
} from '../phase-fixture.ts';
import { planRollback } from './look-ahead.ts';
import { rollback } from './rollback.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep' } });
  await loaded();
});
afterEach(() => bench.close());

const key = (entity: string, id: number) => sourceKey(entity, `${id}`);

/** Two deals of two lines each: the first sells products 1 and 2, the other 2 and 3. */
async function loaded(): Promise<void> {
  const line = (id: number, deal: number, product: number, price: string) =>
    draft('dealProduct', key('lines', id), { item_price: price, quantity: '2' }, [
      link('deal_id', 'deal', { id: `${deal}` }),
      link('product_id', 'product', { id: `${product}` }),
    ]);
  const drafts = [
    ...[1, 2, 3].map((id) => draft('product', key('products', id), { name: `Product ${id}` })),
    ...[1, 2].map((id) => draft('deal', key('deals', id), { title: `Deal ${id}` })),
    line(1, 1, 1, '10.5'),
    line(2, 1, 2, '20'),
    line(3, 2, 2, '5'),
    line(4, 2, 3, '1'),
  ];
  const records = drafts.map(({ key: own }) => {
    const [entity = '', id = ''] = own.split(':');
    return record(entity, id, entity === 'lines' ? {} : { name: own });
  });
  await keepDrafts(bench, records, drafts);
  await planAndLoad(bench);
  expect(recordsIn(bench, 'deals').map(({ value }) => value)).toEqual([61, 12]);
}

/** Lists of the account without what changes by itself. */
function shop() {
  return {
    deals: recordsIn(bench, 'deals').map(({ title, value }) => `${title}: ${value}`),
    prices: recordsIn(bench, 'dealProducts').map(({ item_price }) => item_price),
    products: recordsIn(bench, 'products').map(({ name }) => name),
  };
}

const idOf = (kind: string, at: number) => recordsIn(bench, kind)[at]?.id;

function told(kept: readonly Kept[]): readonly string[] {
  return kept
    .filter(({ entity }) => entity !== 'configuration')
    .map(({ entity, targetId, because }) => `${entity} ${targetId.split('/').at(-1)}: ${because}`);
}

const first = { deals: ['Deal 1: 61'], prices: [10.5, 20], products: ['Product 1', 'Product 2'] };

describe('a deal that stays keeps the lines its value comes from, and their products (RB-01, reliability.md 7.1)', () => {
  it.each([
    ['was changed', 'PATCH', () => `/api/v2/deals/${idOf('deals', 0)}`, () => ({ probability: 77 })],
    [
      'has a note of theirs',
      'POST',
      () => '/api/v1/notes',
      () => ({ content: 'called', deal_id: idOf('deals', 0) }),
    ],
  ])('when it %s: as it was said beforehand, and for good', async (_what, method, path, body) => {
    await personDoes(bench, method, path(), body());
    const said = await planRollback(bench.context);
    expect(said.entities).toMatchObject({
      dealProduct: { remove: 2, keep: 2 },
      deal: { remove: 1, keep: 1 },
      product: { remove: 1, keep: 2 },
    });
    const summary = await rollback(bench.context);
    expect(summary).toMatchObject({ reversed: 4, errored: 0 });
    expect(told(summary.kept)).toEqual(told(said.kept));
    expect(shop()).toEqual(first);
    const again = await rollback(await bench.takeOver());
    expect(told(again.kept)).toEqual(told(summary.kept));
    expect(shop()).toEqual(first);
  });

  it('and each is listed with its reason', async () => {
    const [one, other] = [idOf('deals', 0), idOf('deals', 1)];
    await personDoes(bench, 'PATCH', `/api/v2/deals/${one}`, { title: 'Theirs' });
    const { kept } = await rollback(bench.context);
    expect(told(kept)).toEqual([
      `dealProduct 1: deal ${one}, which is kept, has its value from it`,
      `dealProduct 2: deal ${one}, which is kept, has its value from it`,
      `deal ${one}: somebody has changed it since: title`,
      expect.stringMatching(/^product 1: dealProduct \S*1, which is kept, is linked to it$/),
      expect.stringMatching(/^product 2: dealProduct \S*2, which is kept, is linked to it$/),
    ]);
    expect(recordsIn(bench, 'deals').map(({ id }) => id)).not.toContain(other);
  });

  it('once nobody’s change is in it any more, it goes with its lines and products', async () => {
    const path = `/api/v2/deals/${idOf('deals', 0)}`;
    await personDoes(bench, 'PATCH', path, { title: 'Theirs' });
    await rollback(bench.context);
    await personDoes(bench, 'PATCH', path, { title: 'Deal 1' });
    expect(told((await rollback(bench.context)).kept)).toEqual([]);
    expect(shop()).toEqual({ deals: [], prices: [], products: [] });
  });

  it('a line that somebody changed keeps its deal and the other lines of it', async () => {
    const [deal, line] = [idOf('deals', 0), idOf('dealProducts', 1)];
    await personDoes(bench, 'PATCH', `/api/v2/deals/${deal}/products/${line}`, { item_price: 30 });
    const said = await planRollback(bench.context);
    const { kept } = await rollback(bench.context);
    expect(told(kept)).toEqual(told(said.kept));
    expect(told(kept)).toContain('dealProduct 2: somebody has changed it since: item_price');
    expect(shop()).toEqual({ ...first, deals: ['Deal 1: 81'], prices: [10.5, 30] });
  });

  it('a line that somebody added keeps the deal it is on, and the product it sells', async () => {
    const [deal, product] = [idOf('deals', 0), idOf('products', 2)];
    await personDoes(bench, 'POST', `/api/v2/deals/${deal}/products`, {
      product_id: product,
      item_price: 7,
      quantity: 1,
    });
    const { kept } = await rollback(bench.context);
    expect(told(kept)).toContainEqual(
      expect.stringMatching(/^deal 1: dealProduct \S+ of somebody else hangs on it$/),
    );
    expect(shop()).toEqual({
      deals: ['Deal 1: 68'],
      prices: [10.5, 20, 7],
      products: ['Product 1', 'Product 2', 'Product 3'],
    });
  });
});
