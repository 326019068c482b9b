import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { LINE } from './sample-bodies.ts';
import { shop } from './shop-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Shot {
  readonly [kind: string]: readonly Record<string, unknown>[] | undefined;
}

function shot(client: TestClient): Shot {
  return client.emulator.control.snapshot() as Shot;
}

async function withImage(client: TestClient): Promise<void> {
  const form = new FormData();
  form.set('data', new File([Uint8Array.from([1, 2, 3])], 'a.png', { type: 'image/png' }));
  const { app, token } = client.emulator;
  const request = { method: 'POST', headers: { 'x-api-token': token }, body: form };
  await app.fetch(new Request('http://emulated/api/v2/products/1/images', request));
}

describe('the snapshot', () => {
  test('holds products and all that hangs on them, seeded or sent', async () => {
    const client = await shop();
    await withImage(client);
    await client.made('/v2/deals/4/discounts', { description: 'Off', amount: 5, type: 'amount' });
    const kinds = shot(client);
    expect(kinds.products).toMatchObject([
      {
        id: 1,
        name: 'Pencil',
        custom_fields: { [Object.keys(kinds.products?.[0]?.custom_fields ?? {})[0] ?? '']: 'A1' },
      },
      { id: 2, billing_frequency: 'monthly' },
      { id: 3 },
    ]);
    expect(kinds.productVariations).toMatchObject([{ id: 1, product_id: 1 }, { id: 2 }]);
    expect(kinds.productImages).toMatchObject([{ product_id: 1, size: 3, mime_type: 'image/png' }]);
    expect(kinds.dealProducts).toMatchObject([{ deal_id: 4 }, { deal_id: 5 }, { deal_id: 6 }]);
    expect(kinds.dealDiscounts).toMatchObject([{ deal_id: 4, amount: 5 }]);
    expect(kinds.dealInstallments).toMatchObject([{ deal_id: 6, amount: 10 }]);
    expect(kinds.followers).toEqual([{ entity: 'product', record_id: 1, user_id: 2 }]);
  });

  test('is as before once everything is taken back', async () => {
    const client = await shop();
    const before = JSON.stringify(shot(client));
    await client.made('/v2/products', { name: 'Eraser' });
    await client.made('/v2/products/5/variations', { name: 'Blue' });
    await client.made('/v2/deals/1/products', { ...LINE, product_id: 5 });
    await client.made('/v2/deals/1/discounts', { description: 'Off', amount: 5, type: 'amount' });
    await client.made('/v2/deals/1/installments', {
      description: 'A',
      amount: 5,
      billing_date: '2026-04-01',
    });
    await client.made('/v2/products/2/followers', { user_id: 2 });
    expect(JSON.stringify(shot(client))).not.toBe(before);
    const { data } = (await client.call('GET', '/v2/deals/1/discounts')).body;
    await client.call('DELETE', '/v2/products/2/followers/2');
    await client.call('DELETE', '/v2/deals/1/installments/2');
    await client.call('DELETE', `/v2/deals/1/discounts/${data[0].id}`);
    await client.call('DELETE', '/v2/deals/1/products/4');
    await client.call('DELETE', '/v2/products/5');
    expect(JSON.stringify(shot(client))).toBe(before);
  });

  test('leaves out what hangs on deleted records', async () => {
    const client = await shop();
    await client.call('DELETE', '/v2/deals/6');
    await client.call('DELETE', '/v2/products/1');
    const { dealProducts, dealInstallments, productVariations, followers } = shot(client);
    expect(dealProducts).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect([dealInstallments, followers]).toEqual([[], []]);
    expect(productVariations).toMatchObject([{ id: 2 }]);
  });
});

describe('a state file', () => {
  test('brings products, lines, images and followers back', async () => {
    const stateFile = join(folder, 'state.jsonl');
    const first = await shop({ stateFile });
    await withImage(first);
    await first.made('/v2/deals/4/discounts', { description: 'Off', amount: 5, type: 'amount' });
    const before = JSON.stringify(shot(first));
    await first.emulator.close();

    const second = testClient({ stateFile });
    expect(JSON.stringify(shot(second))).toBe(before);
    expect(await second.made('/v2/deals/4/products', { ...LINE, tax_method: 'none' })).toMatchObject({
      id: 4,
      order_nr: 20,
    });
    expect((await second.call('GET', '/v2/deals/4')).body.data.value).toBe(35);
    const { public_url } = (await second.call('GET', '/v2/products/1/images')).body.data;
    const image = await second.emulator.app.fetch(new Request(public_url));
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(Uint8Array.from([1, 2, 3]));
    expect((await second.call('POST', '/v2/products/1/followers', { user_id: 2 })).status).toBe(400);
    await second.emulator.close();
  });
});

test('a seed that does not fit is named with its place', async () => {
  const { emulator } = testClient();
  expect(() => emulator.control.seed({ dealProducts: [{ deal_id: 9, ...LINE }] })).toThrow(
    /dealProducts\[0\].*Deal 9 not found/,
  );
  expect(() => emulator.control.seed({ productVariations: [{ product_id: 9, name: 'A' }] })).toThrow(
    /productVariations\[0\].*Product 9 not found/,
  );
});
