import { beforeAll, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { copyAccount } from './copy-account.ts';

const ids = { active_flag: true, is_custom_flag: false };
/** A live account of three currencies; one of them it has made for itself (no API makes one). */
const currencies = [
  { id: 1, code: 'EUR', name: 'Euro', decimal_points: 2, symbol: '€', ...ids },
  { id: 2, code: 'USD', name: 'US Dollar', decimal_points: 2, symbol: '$', ...ids },
  {
    id: 412,
    code: 'Pts',
    name: 'Bonus points',
    decimal_points: 0,
    symbol: '★',
    ...ids,
    is_custom_flag: true,
  },
];

let twin: TestClient;
beforeAll(async () => {
  const live = testClient({ world: 'lived-in' });
  const { emulator } = live;
  const copy = await copyAccount({
    url: 'http://127.0.0.1',
    token: emulator.token,
    fetch: async (request) =>
      new URL(request.url).pathname.endsWith('/currencies')
        ? Response.json({ success: true, data: currencies })
        : emulator.app.fetch(request),
    sleep: async (delayMs) => emulator.control.advance(delayMs),
    withRecords: false,
    fallback: { plan: 'ultimate', seats: 3 },
  });
  twin = testClient({ twin: copy });
});

const data = async (path: string) => (await twin.call('GET', path)).body.data;

describe('a twin of an account with a currency of its own', () => {
  test('lists the same currencies, and no others', async () => {
    expect(await data('/v1/currencies')).toEqual(currencies);
  });

  test('takes it for deals, leads, prices and amounts in custom fields', async () => {
    const organization = await twin.made('/v2/organizations', { name: 'Acme' });
    const field = await twin.made('/v2/dealFields', { field_name: 'Bonus', field_type: 'monetary' });
    const bonus = { value: 30, currency: 'Pts' };
    const deal = await twin.made('/v2/deals', {
      title: 'Deal',
      value: 12_345,
      currency: 'Pts',
      custom_fields: { [field.field_code]: bonus },
    });
    expect(deal).toMatchObject({ currency: 'Pts', custom_fields: { [field.field_code]: bonus } });
    expect(
      await twin.made('/v1/leads', {
        title: 'Lead',
        organization_id: organization.id,
        value: { amount: 7, currency: 'Pts' },
      }),
    ).toMatchObject({ value: { amount: 7, currency: 'Pts' } });
    const prices = [{ currency: 'Pts', price: 100 }];
    expect(await twin.made('/v2/products', { name: 'Chair', prices })).toMatchObject({ prices });
  });

  test('rounds to its digits and writes its sign', async () => {
    const deal = await twin.made('/v2/deals', { title: 'Deal', currency: 'Pts' });
    const product = await twin.made('/v2/products', {
      name: 'Table',
      prices: [{ currency: 'Pts', price: 5 }],
    });
    const line = { product_id: product.id, item_price: 5, quantity: 2.5, tax: 0 };
    expect(await twin.made(`/v2/deals/${deal.id}/products`, line)).toMatchObject({ sum: 13 });
    expect(await data(`/v2/deals/${deal.id}`)).toMatchObject({ value: 13 });
    const { values_total } = await data('/v1/deals/summary');
    expect(values_total.Pts.value_formatted).toMatch(/^★/);
  });

  test.each([
    ['a deal', '/v2/deals', { title: 'Deal', currency: 'TRY' }],
    ['a price', '/v2/products', { name: 'Chair', prices: [{ currency: 'TRY', price: 1 }] }],
  ])('refuses one it has not: %s', async (_, path, body) => {
    expect((await twin.call('POST', path, body)).status).toBe(400);
  });

  test('imports rows in it, whatever the case of its code', () => {
    const csv =
      'Organization - Name,Deal - Title,Deal - Value,Deal - Currency\nBeta,One,5,Pts\nBeta,Two,5,eur\nBeta,Three,5,TRY';
    const report = twin.emulator.control.extra('import', { csv }) as { created: object; skipped: object[] };
    expect(report).toMatchObject({ created: { deal: 2 }, skipped: [{ line: 4 }] });
  });
});
