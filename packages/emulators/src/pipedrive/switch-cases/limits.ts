import type { TestClient } from '../test-client.ts';
import { type SwitchCases, statusOf } from './switch-case.ts';

const LITE = { plan: 'lite', limits: 'on' } as const;

/** Statuses of so many requests in one moment. */
async function burst({ call }: TestClient, count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push(await statusOf(call('GET', '/v2/deals/1')));
  return statuses;
}

/** A header of the answer to a small question. */
async function header(
  { call }: TestClient,
  name: string,
  method = 'GET',
  path = '/v2/deals/1',
): Promise<string | null> {
  const { headers } = await call(method, path, method === 'POST' ? { name: 'A' } : undefined);
  return headers.get(name);
}

/** Switches of tokens, windows, the firewall, and of how late a new record is seen. */
export const LIMIT_SWITCHES: SwitchCases<
  | 'chargeFailed'
  | 'searchUsesGeneralBurst'
  | 'budgetZoneMinutes'
  | 'omitDailyHeaders'
  | 'dailyRequestsLeft'
  | 'cloudflareAfter'
  | 'cloudflareMs'
  | 'searchLagMs'
  | 'listLagMs'
  | 'activityTypesCap'
  | 'customFieldsCap'
  | 'openDealsCap'
> = {
  chargeFailed: {
    async look(client) {
      const left = 'x-daily-ratelimit-token-remaining';
      const before = Number(await header(client, left, 'GET', '/v2/deals/99999'));
      return before - Number(await header(client, left));
    },
    sees: [
      [true, 1],
      [false, 0],
    ],
  },
  searchUsesGeneralBurst: {
    options: LITE,
    async look(client) {
      await client.call('GET', '/v2/deals/search?term=sale');
      return header(client, 'x-ratelimit-remaining');
    },
    sees: [
      [true, '18'],
      [false, '19'],
    ],
  },
  budgetZoneMinutes: {
    options: LITE,
    async look({ emulator, call }) {
      emulator.control.faults({ rules: [{ kind: 'daily-exhausted' }] });
      return (await call('GET', '/v2/deals/1')).headers.get('retry-after');
    },
    sees: [
      [0, String(12 * 3_600)],
      [180, String(9 * 3_600)],
    ],
  },
  omitDailyHeaders: {
    look: (client) => header(client, 'x-daily-ratelimit-token-limit'),
    sees: [
      [0, '600000'],
      [1, null],
    ],
  },
  dailyRequestsLeft: {
    look: (client) => header(client, 'x-daily-requests-left', 'POST', '/v2/organizations'),
    sees: [
      [false, null],
      [true, '9999'],
    ],
  },
  cloudflareAfter: {
    options: LITE,
    look: async (client) => (await burst(client, 24)).slice(20),
    sees: [
      [50, [429, 429, 429, 429]],
      [1, [429, 429, 403, 403]],
      [0, [429, 429, 429, 429]],
    ],
  },
  cloudflareMs: {
    options: LITE,
    beside: { cloudflareAfter: 1 },
    async look(client) {
      await burst(client, 22);
      client.emulator.control.advance(30_000);
      return statusOf(client.call('GET', '/v2/deals/1'));
    },
    sees: [
      [60_000, 403],
      [10_000, 200],
    ],
  },
  searchLagMs: {
    async look({ call, made }) {
      await made('/v2/organizations', { name: 'Latecomer' });
      return (await call('GET', '/v2/organizations/search?term=Latecomer')).body.data.items.length;
    },
    sees: [
      [3_000, 0],
      [0, 1],
    ],
  },
  listLagMs: {
    async look({ call, made }) {
      const { id } = await made('/v2/organizations', { name: 'Latecomer' });
      return (await call('GET', `/v2/organizations?ids=${id}`)).body.data.length;
    },
    sees: [
      [0, 1],
      [5_000, 0],
    ],
  },
  activityTypesCap: {
    look: ({ call }) => statusOf(call('POST', '/v1/activityTypes', { name: 'Visit', icon_key: 'car' })),
    sees: [
      [100, 200],
      [2, 403],
    ],
  },
  customFieldsCap: {
    async look({ call }) {
      const { status, body } = await call('POST', '/v2/dealFields', { field_name: 'A', field_type: 'text' });
      return [status, body.code];
    },
    sees: [
      [null, [200, undefined]],
      [1, [403, 'feature_capping_custom_fields_limit']],
    ],
  },
  openDealsCap: {
    async look({ call }) {
      const { status, body } = await call('POST', '/v2/deals', { title: 'A' });
      return [status, body.code];
    },
    sees: [
      [null, [200, undefined]],
      [1, [403, 'feature_capping_deals_limit']],
    ],
  },
};
