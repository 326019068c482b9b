import { Configuration, DealInstallmentsApi, DealProductsApi, DealsApi, ProductsApi } from 'pipedrive/v2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedPipedrive, servePipedrive } from '../emulator.ts';

let served: ServedPipedrive;
let config: Configuration;
beforeAll(async () => {
  served = await servePipedrive({ limits: 'off', switches: { taxMethod: 'none' } });
  config = new Configuration({ apiKey: served.token, basePath: `${served.url}/api/v2` });
});
afterAll(() => served.close());

test('the official client sells over HTTP: products, images, lines, discounts and installments (R-29, O-27(a))', async () => {
  const products = new ProductsApi(config);
  const deals = new DealsApi(config);
  const lines = new DealProductsApi(config);
  const parts = new DealInstallmentsApi(config);
  await products.addProduct({ AddProductRequest: { name: 'Pencil' } });
  await products.addProductVariation({ id: 1, AddProductVariationRequest: { name: 'Red' } });
  await deals.addDeal({ AddDealRequest: { title: 'Sale' } });

  const data = Array.from({ length: 7 }, () => ({ product_id: 1, item_price: 10, quantity: 1 }));
  const added = await lines.addManyDealProducts({ id: 1, CreateManyDealProductRequest: { data } });
  expect(added.data).toHaveLength(7);
  expect((await lines.getDealsProducts({ deal_ids: [1, 2] })).data).toHaveLength(7);
  await lines.deleteManyDealProducts({ id: 1, ids: '6,7' });
  await deals.postAdditionalDiscount({
    id: 1,
    AddAdditionalDiscountRequestBody: { description: 'Off', amount: 10, type: 'percentage' },
  });
  expect((await deals.getDeal({ id: 1 })).data).toMatchObject({ value: 45 });

  const AddInstallmentRequestBody = { description: 'First', amount: 20, billing_date: '2026-05-01' };
  await parts.postInstallment({ id: 1, AddInstallmentRequestBody });
  expect((await parts.getInstallments({ deal_ids: [1] })).data).toMatchObject([AddInstallmentRequestBody]);

  const image = new File([Uint8Array.from([1, 2, 3])], 'pencil.png', { type: 'image/png' });
  await products.uploadProductImage({ id: 1, data: image });
  const { data: shown } = await products.getProductImage({ id: 1 });
  const bytes = await fetch(shown?.public_url ?? '');
  expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(Uint8Array.from([1, 2, 3]));
});
