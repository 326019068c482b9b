import { beforeEach, describe, expect, test } from 'vitest';
import type { PipedriveOptions } from '../emulator.ts';
import type { TestClient } from '../test-client.ts';
import { LINE, MONTHLY } from './sample-bodies.ts';
import { shop } from './shop-fixture.ts';

let client: TestClient;
beforeEach(async () => {
  client = await shop();
});

/** The value of a deal and what the API derives from its lines. */
async function figures(id: number, of = client): Promise<object> {
  const { value, acv, arr, mrr } = (await of.call('GET', `/v2/deals/${id}`)).body.data;
  return { value, acv, arr, mrr };
}

/** The figures of deal 1 after these lines. */
async function withLines(lines: readonly object[], options: PipedriveOptions = {}): Promise<object> {
  const own = await shop(options);
  await own.made('/v2/deals/1/products/bulk', { data: lines });
  return figures(1, own);
}

describe('the value of a deal follows its lines', () => {
  test.each<[string, object[], object]>([
    ['one line', [LINE], { value: 20, acv: 20, arr: 0, mrr: 0 }],
    ['two lines', [LINE, { ...LINE, item_price: 1.5 }], { value: 23, acv: 23, arr: 0, mrr: 0 }],
    ['a line that is off', [LINE, { ...LINE, is_enabled: false }], { value: 20, acv: 20, arr: 0, mrr: 0 }],
    ['an endless monthly line: a year', [MONTHLY], { value: 240, acv: 240, arr: 240, mrr: 20 }],
    [
      'six months',
      [{ ...MONTHLY, billing_frequency_cycles: 6 }],
      { value: 120, acv: 120, arr: 240, mrr: 20 },
    ],
    [
      'two years of quarters beside a one-time line',
      [LINE, { ...LINE, billing_frequency: 'quarterly', billing_frequency_cycles: 8 }],
      { value: 180, acv: 100, arr: 80, mrr: 6.67 },
    ],
    [
      'ten weeks',
      [{ ...LINE, billing_frequency: 'weekly', billing_frequency_cycles: 10 }],
      { value: 200, acv: 200, arr: 1_040, mrr: 86.67 },
    ],
    ['a year', [{ ...LINE, billing_frequency: 'annually' }], { value: 20, acv: 20, arr: 20, mrr: 1.67 }],
    [
      'half a year',
      [{ ...LINE, billing_frequency: 'semi-annually' }],
      { value: 40, acv: 40, arr: 40, mrr: 3.33 },
    ],
  ])('%s', async (_, lines, holds) => {
    expect(await withLines(lines)).toEqual(holds);
  });

  test('through changes and removals, down to nothing; a deal without lines has no figures', async () => {
    expect(await figures(1)).toEqual({ value: 0, acv: null, arr: null, mrr: null });
    await client.call('PATCH', '/v2/deals/4/products/1', { quantity: 5, discount: 10 });
    expect(await figures(4)).toMatchObject({ value: 45 });
    await client.call('DELETE', '/v2/deals/4/products/1');
    expect(await figures(4)).toEqual({ value: 0, acv: null, arr: null, mrr: null });
  });

  test('in the currency of the deal, which the lines share', async () => {
    await client.call('PATCH', '/v2/deals/4', { currency: 'JPY' });
    const { body } = await client.call('PATCH', '/v2/deals/4/products/1', { item_price: 10.4 });
    expect(body.data).toMatchObject({ currency: 'JPY', sum: 21 });
  });

  test('and moves its update time only when it changes', async () => {
    client.emulator.control.advance(60_000);
    await client.call('PATCH', '/v2/deals/4/products/1', { comments: 'soon' });
    const before = await client.call('GET', '/v2/deals/4');
    expect(before.body.data.update_time).toBe('2026-03-01T12:00:00Z');
    await client.call('PATCH', '/v2/deals/4/products/1', { quantity: 3 });
    const after = await client.call('GET', '/v2/deals/4');
    expect(after.body.data.update_time).toBe('2026-03-01T12:01:00Z');
  });
});

describe('the discounts of a deal', () => {
  const of = (amount: number, type: string) => ({ description: 'Off', amount, type });

  test('are taken from its one-time lines, each from the same total, and given back', async () => {
    const percent = await client.made('/v2/deals/4/discounts', of(10, 'percentage'));
    expect(await figures(4)).toMatchObject({ value: 18 });
    const amount = await client.made('/v2/deals/4/discounts', of(3, 'amount'));
    expect(await figures(4)).toMatchObject({ value: 15 });
    const changed = await client.call('PATCH', `/v2/deals/4/discounts/${amount.id}`, { amount: 5 });
    expect(changed.body.data).toMatchObject({ amount: 5, type: 'amount', description: 'Off' });
    expect(await figures(4)).toMatchObject({ value: 13 });
    const gone = await client.call('DELETE', `/v2/deals/4/discounts/${percent.id}`);
    expect(gone.body).toEqual({ success: true, data: { id: percent.id } });
    expect(await figures(4)).toMatchObject({ value: 15 });
    expect((await client.call('GET', '/v2/deals/4/discounts')).body.data).toEqual([changed.body.data]);
  });

  test('leave recurring lines alone and never go below nothing', async () => {
    await client.made('/v2/deals/5/products', LINE);
    await client.made('/v2/deals/5/discounts', of(1_000, 'amount'));
    expect(await figures(5)).toMatchObject({ value: 240 });
  });
});

describe('the tax of lines', () => {
  test('has one method for the whole deal, set by whichever line names one', async () => {
    await client.made('/v2/deals/4/products', { ...LINE, tax: 20, tax_method: 'exclusive' });
    const { body } = await client.call('GET', '/v2/deals/4/products');
    expect(body.data.map((line: { tax_method: string }) => line.tax_method)).toEqual([
      'exclusive',
      'exclusive',
    ]);
    expect(await figures(4)).toMatchObject({ value: 44 });
    await client.call('PATCH', '/v2/deals/4/products/1', { tax_method: 'none' });
    expect(await figures(4)).toMatchObject({ value: 40 });
    const third = await client.made('/v2/deals/4/products', { ...LINE, tax: 20 });
    expect(third.tax_method).toBe('none');
  });
});

describe('switches decide what is not published', () => {
  const taxed = { ...LINE, tax: 10 };

  test.each<[string, NonNullable<PipedriveOptions['switches']>, object, object]>([
    ['taxMethod: exclusive', { taxMethod: 'exclusive' }, taxed, { value: 22 }],
    ['taxMethod: inclusive', { taxMethod: 'inclusive' }, taxed, { value: 20 }],
    ['taxMethod: none', { taxMethod: 'none' }, taxed, { value: 20 }],
    ['exclusiveTaxInSum: off', { taxMethod: 'exclusive', exclusiveTaxInSum: false }, taxed, { value: 20 }],
    ['recurringValue: one cycle', { recurringValue: 'one-cycle' }, MONTHLY, { value: 20, acv: 240 }],
    ['dealValue: kept', { dealValue: 'kept' }, LINE, { value: 0, acv: 20 }],
  ])('%s', async (_, switches, line, holds) => {
    expect(await withLines([line], { switches })).toMatchObject(holds);
  });

  test.each<['lines' | 'last-write' | 'kept', number, number]>([
    ['lines', 20, 40],
    ['last-write', 7, 40],
    ['kept', 7, 7],
  ])(
    'dealValue %s: after a PATCH of the value, and after one more line',
    async (dealValue, patched, added) => {
      const own = await shop({ switches: { dealValue } });
      await own.call('PATCH', '/v2/deals/4', { value: 7 });
      expect(await figures(4, own)).toMatchObject({ value: patched });
      await own.made('/v2/deals/4/products', LINE);
      expect(await figures(4, own)).toMatchObject({ value: added });
    },
  );

  test('the value of a deal without lines is its own', async () => {
    await client.call('PATCH', '/v2/deals/1', { value: 7 });
    expect(await figures(1)).toMatchObject({ value: 7 });
  });
});
