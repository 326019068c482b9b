import { bytesOf, upload } from '../files/upload-fixture.ts';
import type { TestClient } from '../test-client.ts';
import { type SwitchCases, statusOf } from './switch-case.ts';

const FILE = { name: 'a.txt', bytes: bytesOf('hello') };
const CALL = {
  outcome: 'connected',
  to_phone_number: '+902120000000',
  start_time: '2026-02-01 09:00:00',
  end_time: '2026-02-01 09:02:30',
};
const IMPORT = 'Person - Name,Person - Email - Work,Person - Phone - Work\n';

/** A deal of its own with lines; answers its path and the first line. */
async function dealWith({ made }: TestClient, ...lines: readonly object[]) {
  const product = await made('/v2/products', { name: 'Pencil', prices: [{ price: 10, currency: 'EUR' }] });
  const deal = await made('/v2/deals', { title: 'A', currency: 'EUR', person_id: 1 });
  const path = `/v2/deals/${deal.id}`;
  const added = [];
  for (const line of lines)
    added.push(
      await made(`${path}/products`, { product_id: product.id, item_price: 10, quantity: 2, ...line }),
    );
  return { path, id: deal.id as number, first: added[0] };
}

async function dealValueAt({ call }: TestClient, path: string): Promise<number> {
  return (await call('GET', path)).body.data.value;
}

/** Switches of files, call logs, filters, deal products, participants and imports. */
export const PART_SWITCHES: SwitchCases<
  | 'fileBytesMax'
  | 'fileQuotaBytes'
  | 'fileDownload'
  | 'fileInheritsLinks'
  | 'callLogMakesActivity'
  | 'filterFieldByCode'
  | 'dealValue'
  | 'recurringValue'
  | 'taxMethod'
  | 'exclusiveTaxInSum'
  | 'featureOffStatus'
  | 'installmentsCursor'
  | 'primaryParticipant'
  | 'importUndoHours'
  | 'importMergeWins'
> = {
  fileBytesMax: {
    look: (client) => statusOf(upload(client, '/v1/files', FILE)),
    sees: [
      [52_428_800, 200],
      [4, 400],
    ],
  },
  fileQuotaBytes: {
    look: (client) => statusOf(upload(client, '/v1/files', FILE)),
    sees: [
      [null, 200],
      [4, 403],
    ],
  },
  fileDownload: {
    async look(client) {
      const { body } = await upload(client, '/v1/files', FILE);
      const { status, headers } = await client.call('GET', `/v1/files/${body.data.id}/download`);
      return [status, headers.has('location')];
    },
    sees: [
      ['redirect', [302, true]],
      ['bytes', [200, false]],
    ],
  },
  fileInheritsLinks: {
    async look(client) {
      const deal = await client.made('/v2/deals', { title: 'A', person_id: 2 });
      return (await upload(client, '/v1/files', FILE, { deal_id: String(deal.id) })).body.data.person_id;
    },
    sees: [
      [true, 2],
      [false, null],
    ],
  },
  callLogMakesActivity: {
    look: async ({ made }) => typeof (await made('/v1/callLogs', CALL)).activity_id,
    sees: [
      [true, 'number'],
      [false, 'undefined'],
    ],
  },
  filterFieldByCode: {
    look({ call }) {
      const line = { object: 'activity', field_id: 'subject', operator: '=', value: 'A' };
      const conditions = {
        glue: 'and',
        conditions: [
          { glue: 'and', conditions: [line] },
          { glue: 'or', conditions: [] },
        ],
      };
      return statusOf(call('POST', '/v1/filters', { name: 'A', type: 'activity', conditions }));
    },
    sees: [
      [true, 200],
      [false, 400],
    ],
  },
  dealValue: {
    beside: { taxMethod: 'none' },
    async look(client) {
      const { path } = await dealWith(client, {});
      const values = [await dealValueAt(client, path)];
      await client.call('PATCH', path, { value: 5 });
      values.push(await dealValueAt(client, path));
      await client.made(`${path}/products`, { product_id: 1, item_price: 1, quantity: 1 });
      return [...values, await dealValueAt(client, path)];
    },
    sees: [
      ['lines', [20, 20, 21]],
      ['last-write', [20, 5, 21]],
      ['kept', [0, 5, 5]],
    ],
  },
  recurringValue: {
    beside: { taxMethod: 'none' },
    async look(client) {
      const monthly = { billing_frequency: 'monthly', billing_frequency_cycles: 3 };
      return dealValueAt(client, (await dealWith(client, monthly)).path);
    },
    sees: [
      ['term', 60],
      ['one-cycle', 20],
    ],
  },
  taxMethod: {
    look: async (client) => (await dealWith(client, { tax: 10 })).first.tax_method,
    sees: [
      ['exclusive', 'exclusive'],
      ['inclusive', 'inclusive'],
      ['none', 'none'],
    ],
  },
  exclusiveTaxInSum: {
    look: async (client) => (await dealWith(client, { tax: 10, tax_method: 'exclusive' })).first.sum,
    sees: [
      [true, 22],
      [false, 20],
    ],
  },
  featureOffStatus: {
    options: { plan: 'lite' },
    look: ({ call }) =>
      statusOf(
        call('POST', '/v2/products', { name: 'A', billing_frequency: 'weekly', billing_frequency_cycles: 2 }),
      ),
    sees: [
      [403, 403],
      [415, 415],
    ],
  },
  installmentsCursor: {
    look: async ({ call }) =>
      'additional_data' in (await call('GET', '/v2/deals/installments?deal_ids=1')).body,
    sees: [
      ['absent', false],
      ['shown', true],
    ],
  },
  primaryParticipant: {
    async look(client) {
      const { id, path } = await dealWith(client);
      const own = (await client.call('GET', `/v1/deals/${id}/participants`)).body.data[0].id;
      const { status } = await client.call('DELETE', `/v1/deals/${id}/participants/${own}`);
      return [status, (await client.call('GET', path)).body.data.person_id];
    },
    sees: [
      ['refuse', [400, 1]],
      ['unlink', [200, null]],
    ],
  },
  importUndoHours: {
    async look({ emulator }) {
      emulator.control.extra('import', { csv: `${IMPORT}New Person,new@emulated.example,1` });
      emulator.control.advance(49 * 3_600_000);
      try {
        return emulator.control.extra('import-undo', { id: 1 });
      } catch {
        return 'refused';
      }
    },
    sees: [
      [48, 'refused'],
      [50, { id: 1, removed: 1 }],
      [null, { id: 1, removed: 1 }],
    ],
  },
  importMergeWins: {
    async look({ call, emulator, made }) {
      const emails = [{ value: 'ada@emulated.example' }];
      const { id } = await made('/v2/persons', { name: 'Ada Merge', emails, phones: [{ value: '1' }] });
      const csv =
        'Person - Name,Person - Email - Work,Person - Creation date\nAda Merge,ada@emulated.example,2019-05-06';
      emulator.control.extra('import', { csv, duplicates: 'merge' });
      return (await call('GET', `/v2/persons/${id}`)).body.data.add_time.slice(0, 4);
    },
    sees: [
      ['file', '2019'],
      ['account', '2026'],
    ],
  },
};
