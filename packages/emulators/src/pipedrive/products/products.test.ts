import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { LINE, PART } from './sample-bodies.ts';
import { shop } from './shop-fixture.ts';

let client: TestClient;
beforeEach(async () => {
  client = await shop();
});

/** What a list answers of each record. */
async function column(path: string, key = 'id'): Promise<unknown[]> {
  const { status, body } = await client.call('GET', path);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  return body.data.map((each: Record<string, unknown>) => each[key]);
}

describe('a change of a product', () => {
  test('replaces all its prices, and leaves the rest as it is', async () => {
    const prices = [{ price: 9, currency: 'TRY' }];
    const { status, body } = await client.call('PATCH', '/v2/products/1', { prices });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ name: 'Pencil', code: 'PEN' });
    expect(body.data.prices).toEqual([
      { product_id: 1, price: 9, currency: 'TRY', cost: 0, direct_cost: null, notes: '' },
    ]);
    const renamed = await client.call('PATCH', '/v2/products/1', { name: 'Pen', code: null });
    expect(renamed.body.data).toMatchObject({ name: 'Pen', code: null, prices: body.data.prices });
    expect(await column('/v2/deals/4/products', 'name')).toEqual(['Pen']);
  });

  test('sets and clears a category, which reads as text', async () => {
    const field = await client.call('GET', '/v2/productFields/category');
    const category = field.body.data.options[0].id;
    const set = await client.call('PATCH', '/v2/products/1', { category });
    expect(set.body.data.category).toBe(String(category));
    const cleared = await client.call('PATCH', '/v2/products/1', { category: null });
    expect(cleared.body.data.category).toBeNull();
  });

  test('keeps frequency and cycles together', async () => {
    const weekly = { billing_frequency: 'weekly', billing_frequency_cycles: 4 };
    expect((await client.call('PATCH', '/v2/products/1', weekly)).body.data).toMatchObject(weekly);
    expect((await client.call('PATCH', '/v2/products/1', { billing_frequency: 'one-time' })).status).toBe(
      400,
    );
    const back = { billing_frequency: 'one-time', billing_frequency_cycles: null };
    expect((await client.call('PATCH', '/v2/products/1', back)).body.data).toMatchObject(back);
  });
});

describe('a product that is deleted', () => {
  test('stays readable, leaves lists and search, and its lines keep its name', async () => {
    expect((await client.call('DELETE', '/v2/products/1')).body).toEqual({ success: true, data: { id: 1 } });
    expect((await client.call('GET', '/v2/products/1')).body.data.is_deleted).toBe(true);
    expect(await column('/v2/products')).toEqual([2, 3]);
    expect(await column('/v2/deals/4/products', 'name')).toEqual(['Pencil']);
  });
});

describe('a copy of a product', () => {
  test('has its prices, variations and custom fields', async () => {
    const copy = await client.made('/v2/products/1/duplicate', undefined);
    const source = (await client.call('GET', '/v2/products/1')).body.data;
    const { product_id: _owner, ...price } = source.prices[0];
    expect(copy).toMatchObject({ id: 5, name: 'Pencil', custom_fields: source.custom_fields });
    expect(copy.prices).toEqual([{ product_id: 5, ...price }]);
    const { body } = await client.call('GET', '/v2/products/5/variations');
    expect(body.data).toMatchObject([
      { id: 3, name: 'Red', product_id: 5, prices: [{ product_variation_id: 3, price: 6, notes: 'shiny' }] },
    ]);
  });
});

describe('lists', () => {
  test.each<[string, number[]]>([
    ['/v2/products', [1, 2, 3]],
    ['/v2/products?ids=3,1,99', [1, 3]],
    ['/v2/products?sort_by=name&sort_direction=desc', [2, 3, 1]],
    ['/v2/products?owner_id=2', []],
    ['/v2/products?updated_since=2026-03-01T12:00:00Z&limit=1', [1]],
    ['/v2/products?updated_since=2026-03-01T12:00:01Z', []],
    ['/v2/products/1/variations', [1]],
    ['/v2/deals/1/products', []],
    ['/v2/deals/products?deal_ids=6,4,7,99', [1, 3]],
    ['/v2/deals/products?deal_ids=4,5,6&sort_by=deal_id&sort_direction=desc', [3, 2, 1]],
    ['/v2/deals/products?deal_ids=4,5,6&sort_by=order_nr&limit=2', [1, 2]],
    ['/v2/deals/installments?deal_ids=6,4', [1]],
  ])('%s', async (path, ids) => {
    expect(await column(path)).toEqual(ids);
  });

  test('walk on by cursor, in every order', async () => {
    await client.made('/v2/deals/4/products/bulk', { data: Array.from({ length: 6 }, () => LINE) });
    for (const sort of ['id', 'order_nr', 'add_time']) {
      const seen: unknown[] = [];
      let cursor = '';
      do {
        const path = `/v2/deals/4/products?limit=3&sort_by=${sort}&sort_direction=desc${cursor}`;
        const { body } = await client.call('GET', path);
        seen.push(...body.data.map(({ id }: { id: number }) => id));
        const next = body.additional_data.next_cursor;
        cursor = next === null ? '' : `&cursor=${next}`;
      } while (cursor !== '');
      expect(seen).toEqual([9, 8, 7, 6, 5, 4, 1]);
    }
  });

  test('lag behind where a switch says so', async () => {
    client = await shop({ switches: { listLagMs: 5_000 } });
    client.emulator.control.advance(5_000);
    await client.made('/v2/deals/4/products', LINE);
    expect(await column('/v2/deals/4/products')).toEqual([1]);
    expect(await column('/v2/deals/products?deal_ids=4')).toEqual([1]);
    client.emulator.control.advance(5_000);
    expect(await column('/v2/deals/products?deal_ids=4')).toEqual([1, 4]);
  });

  test('narrow custom fields', async () => {
    const all = await client.call('GET', '/v2/products?ids=1');
    const [code] = Object.keys(all.body.data[0].custom_fields);
    expect(all.body.data[0].custom_fields).toEqual({ [code ?? '']: 'A1' });
    const none = await client.call('GET', `/v2/products?ids=1&custom_fields=${'b'.repeat(40)}`);
    expect(none.body.data[0].custom_fields).toEqual({});
  });
});

describe('search', () => {
  test.each<[string, number[]]>([
    ['/v2/products/search?term=pen', [1]],
    ['/v2/products/search?term=PEN&exact_match=true&fields=code', [1]],
    ['/v2/products/search?term=a1&fields=custom_fields', [1]],
    ['/v2/products/search?term=pencil&fields=code', []],
    ['/v2/itemSearch?term=sup&item_types=product', [2]],
  ])('%s', async (path, ids) => {
    client.emulator.control.advance(10_000);
    const { body } = await client.call('GET', path);
    expect(body.data.items.map((each: { item: { id: number } }) => each.item.id)).toEqual(ids);
  });

  test('by one field', async () => {
    client.emulator.control.advance(10_000);
    const { body } = await client.call('GET', '/v2/itemSearch/field?term=PEN&entity_type=product&field=code');
    expect(body.data).toEqual([{ id: 1, name: 'Pencil' }]);
  });
});

describe('many lines at once', () => {
  test('are added in order, for the price of one request', async () => {
    const data = Array.from({ length: 100 }, (_, at) => ({ ...LINE, item_price: at }));
    const { status, body } = await client.call('POST', '/v2/deals/1/products/bulk', { data });
    expect(status).toBe(201);
    expect(body.data.map((line: { item_price: number }) => line.item_price)).toEqual(
      data.map((line) => line.item_price),
    );
    expect(body.data.slice(0, 2)).toMatchObject([{ order_nr: 10 }, { order_nr: 20 }]);
    expect(client.emulator.control.log().at(-1)).toMatchObject({ tokens: 25 });
  });

  test('are taken off by id, or up to 100 without ids', async () => {
    const data = Array.from({ length: 60 }, () => LINE);
    await client.made('/v2/deals/1/products/bulk', { data });
    await client.made('/v2/deals/1/products/bulk', { data });
    const some = await client.call('DELETE', '/v2/deals/1/products?ids=4,5,1');
    expect(some.body).toEqual({
      success: true,
      data: { ids: [4, 5] },
      additional_data: { more_items_in_collection: false },
    });
    const most = await client.call('DELETE', '/v2/deals/1/products');
    expect(most.body.data.ids).toHaveLength(100);
    expect(most.body.additional_data).toEqual({ more_items_in_collection: true });
    expect(await column('/v2/deals/1/products')).toHaveLength(18);
    expect(client.emulator.control.log().at(-2)).toMatchObject({ tokens: 15 });
  });

  test('may hold 20 recurring ones', async () => {
    const data = Array.from({ length: 20 }, () => ({ ...LINE, billing_frequency: 'annually' }));
    expect((await client.call('POST', '/v2/deals/1/products/bulk', { data })).status).toBe(201);
    expect((await client.call('POST', '/v2/deals/1/products', data[0])).status).toBe(400);
    expect((await client.call('POST', '/v2/deals/1/products', LINE)).status).toBe(201);
  });
});

describe('installments', () => {
  test('answer 200, can be changed and removed', async () => {
    const added = await client.call('POST', '/v2/deals/4/installments', PART);
    expect(added.status).toBe(200);
    expect(added.body.data).toEqual({ id: 2, deal_id: 4, ...PART });
    const changed = await client.call('PATCH', '/v2/deals/4/installments/2', { amount: 3 });
    expect(changed.body.data).toEqual({ id: 2, deal_id: 4, ...PART, amount: 3 });
    const gone = await client.call('DELETE', '/v2/deals/4/installments/2');
    expect(gone.body).toEqual({ success: true, data: { id: 2 } });
    expect(await column('/v2/deals/installments?deal_ids=4')).toEqual([]);
  });

  test('do not let a recurring line be switched on that was off', async () => {
    const off = { ...LINE, billing_frequency: 'annually', is_enabled: false };
    await client.made('/v2/deals/4/products', off);
    await client.made('/v2/deals/4/installments', PART);
    const { status, body } = await client.call('PATCH', '/v2/deals/4/products/4', { is_enabled: true });
    expect([status, body.error]).toEqual([400, expect.stringContaining('cannot be enabled')]);
  });

  test.each([
    ['absent', undefined],
    ['shown', expect.any(String)],
  ] as const)('installmentsCursor %s', async (installmentsCursor, cursor) => {
    client = await shop({ switches: { installmentsCursor } });
    await client.made('/v2/deals/6/installments', PART);
    const { body } = await client.call(
      'GET',
      '/v2/deals/installments?deal_ids=6&limit=1&sort_by=billing_date',
    );
    expect(body.data).toHaveLength(1);
    expect(body.additional_data?.next_cursor).toEqual(cursor);
  });
});

describe('the smallest plan', () => {
  test.each([403, 415] as const)(
    'has no recurring billing and no installments: %i',
    async (featureOffStatus) => {
      client = testClient({ plan: 'lite', switches: { featureOffStatus } });
      await client.made('/v2/products', { name: 'Pencil', billing_frequency: 'one-time' });
      await client.made('/v2/deals', { title: 'Sale' });
      await client.made('/v2/deals/1/products', LINE);
      const tries: [string, string, object?][] = [
        ['POST', '/v2/products', { name: 'A', billing_frequency: 'monthly' }],
        ['POST', '/v2/deals/1/products', { ...LINE, billing_start_date: '2026-01-01' }],
        ['POST', '/v2/deals/1/installments', PART],
        ['GET', '/v2/deals/installments?deal_ids=1'],
      ];
      for (const [method, path, body] of tries)
        expect((await client.call(method, path, body)).status).toBe(featureOffStatus);
      expect((await client.call('GET', '/v2/deals/1')).body.data).toMatchObject({ value: 20 * 1, acv: null });
    },
  );
});

describe('the lists of v1', () => {
  test('name the deals of a product, by status', async () => {
    expect(await column('/v1/products/1/deals')).toEqual([4, 6]);
    await client.call('PATCH', '/v2/deals/6', { status: 'won' });
    await client.call('DELETE', '/v2/deals/4');
    expect(await column('/v1/products/1/deals')).toEqual([6]);
    expect(await column('/v1/products/1/deals?status=won')).toEqual([6]);
    expect(await column('/v1/products/1/deals?status=open')).toEqual([]);
    expect(await column('/v1/products/1/deals?status=deleted')).toEqual([4]);
    const { body } = await client.call('GET', '/v1/products/1/deals');
    expect(body.additional_data.pagination).toEqual({
      start: 0,
      limit: 100,
      more_items_in_collection: false,
    });
  });

  test('name the lines of a person’s deals below the deal', async () => {
    await client.made('/v2/deals/1/products', { ...LINE, product_id: 2 });
    const { body } = await client.call('GET', '/v1/persons/1/products');
    expect(body.data).toMatchObject([
      { 1: { deal: { id: 1, title: 'Empty' }, product: { id: 2, name: 'Support', deal_id: 1 } } },
      {
        4: { deal: { id: 4, value: 20 }, product: { id: 1, name: 'Pencil', code: 'PEN', active_flag: true } },
      },
    ]);
  });

  test('name who may see a product: its followers too', async () => {
    expect((await client.call('GET', '/v1/products/1/permittedUsers')).body.data).toEqual([1, 2]);
    await client.call('PATCH', '/v2/products/2', { visible_to: 1 });
    expect((await client.call('GET', '/v1/products/2/permittedUsers')).body.data).toEqual([1]);
  });
});

test('deals count their lines and followers when asked', async () => {
  const { body } = await client.call('GET', '/v2/deals/4?include_fields=products_count,followers_count');
  expect(body.data).toMatchObject({ products_count: 1, followers_count: 0 });
});
