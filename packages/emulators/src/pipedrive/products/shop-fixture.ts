import type { PipedriveOptions } from '../emulator.ts';
import { type TestClient, testClient } from '../test-client.ts';
import { LINE, MONTHLY, PART } from './sample-bodies.ts';

/** Sums read plainly without taxes. */
const plainly = { taxMethod: 'none' } as const;

/**
 * An account with a small shop: products 1 Pencil (variation 1), 2 Support (variation 2, monthly), 3 Retired (cannot be
 * attached), 4 Gone (deleted); category 1 Hardware; deals 1 and 2 (EUR, no lines), 3 (archived), 4 (one line, id 1,
 * worth 20), 5 (a recurring line, id 2), 6 (a line, id 3, and installment 1), 7 (deleted). Taxes are off unless a case
 * turns them on.
 */
export async function shop(options: PipedriveOptions = {}): Promise<TestClient> {
  const client = testClient({ ...options, switches: { ...plainly, ...options.switches } });
  await client.call('POST', '/v2/productFields/category/options', [{ label: 'Hardware' }]);
  client.emulator.control.seed({
    users: [
      { name: 'Selin Arslan', email: 'selin@emulated.example' },
      { name: 'Left Longago', email: 'left@emulated.example', active_flag: false },
    ],
    fields: [{ entity: 'product', field_name: 'Shelf', field_type: 'varchar' }],
    persons: [{ name: 'Ada Lovelace' }],
    deals: [
      { title: 'Empty', person_id: 1 },
      { title: 'Other', person_id: 1 },
      { title: 'Archived', is_archived: true },
      { title: 'One line', person_id: 1 },
      { title: 'Recurring' },
      { title: 'In parts' },
      { title: 'Deleted' },
    ],
    products: [
      {
        name: 'Pencil',
        code: 'PEN',
        prices: [{ price: 5, currency: 'EUR' }],
        custom_fields: { Shelf: 'A1' },
      },
      { name: 'Support', billing_frequency: 'monthly' },
      { name: 'Retired', is_linkable: false },
      { name: 'Gone' },
    ],
    productVariations: [
      { product_id: 1, name: 'Red', prices: [{ price: 6, currency: 'EUR', notes: 'shiny' }] },
      { product_id: 2, name: 'At night' },
    ],
    dealProducts: [
      { deal_id: 4, ...LINE },
      { deal_id: 5, ...MONTHLY, product_id: 2 },
      { deal_id: 6, ...LINE },
    ],
    dealInstallments: [{ deal_id: 6, ...PART }],
    followers: [{ entity: 'product', record_id: 1, user_id: 2 }],
  });
  await client.call('DELETE', '/v2/products/4');
  await client.call('DELETE', '/v2/deals/7');
  return client;
}
