import { describe, expect, test } from 'vitest';
import { TEST_NOW_MS, testClient } from './test-client.ts';

const DAY_MS = 24 * 3_600_000;

/** Open, won, lost and archived deals in two currencies; some belong to another user. */
async function scene() {
  let nowMs = TEST_NOW_MS;
  const client = testClient({ nowMs: () => nowMs });
  client.emulator.control.seed({ users: [{ name: 'Ada', email: 'ada@x.example' }] });
  const { made } = client;
  await made('/v2/deals', {
    title: 'open',
    value: 10,
    currency: 'EUR',
    probability: 50,
    expected_close_date: '2026-03-10',
  });
  await made('/v2/deals', {
    title: 'won',
    value: 30,
    currency: 'USD',
    status: 'won',
    stage_id: 2,
    expected_close_date: '2026-04-10',
  });
  await made('/v2/deals', {
    title: 'lost',
    value: 5,
    currency: 'EUR',
    status: 'lost',
    expected_close_date: '2026-03-11',
  });
  await made('/v2/deals', {
    title: 'hers',
    value: 7,
    currency: 'EUR',
    owner_id: 2,
    expected_close_date: '2026-03-31',
  });
  await made('/v2/deals', {
    title: 'archived',
    value: 100,
    currency: 'EUR',
    is_archived: true,
    expected_close_date: '2026-03-12',
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { ...client, pass };
}

describe('the summary of deals', () => {
  test('sums by currency, with weights', async () => {
    const { call } = await scene();
    const { body } = await call('GET', '/v1/deals/summary');
    expect(body.data).toMatchObject({
      total_count: 4,
      values_total: {
        EUR: { value: 22, count: 3, value_formatted: '€22' },
        USD: { value: 30, count: 1, value_formatted: 'US$30' },
      },
      weighted_values_total: { EUR: { value: 17, count: 3 } },
      total_currency_converted_value: 52,
    });
  });

  test.each([
    ['/v1/deals/summary?status=open', 2],
    ['/v1/deals/summary?user_id=2', 1],
    ['/v1/deals/summary?stage_id=2', 1],
    ['/v1/deals/summary?pipeline_id=1', 4],
    ['/v1/deals/summary?pipeline_id=9', 0],
    ['/v1/deals/summary/archived', 1],
  ])('%s covers %i', async (path, count) => {
    const { call } = await scene();
    expect((await call('GET', path)).body.data.total_count).toBe(count);
  });

  test('of a filter covers what the filter holds, whoever owns it', async () => {
    const { call } = await scene();
    const { body } = await call('GET', '/v2/dealFields?limit=500');
    expect(body.success).toBe(true);
    const fields = (await call('GET', '/v1/dealFields?limit=500')).body.data ?? [];
    const title = fields.find(({ key }: { key: string }) => key === 'title');
    const line = {
      object: 'deal',
      field_id: String(title?.id ?? 'title'),
      operator: '=',
      value: 'hers',
      extra_value: null,
    };
    const conditions = {
      glue: 'and',
      conditions: [
        { glue: 'and', conditions: [line] },
        { glue: 'or', conditions: [] },
      ],
    };
    const made = await call('POST', '/v1/filters', { name: 'Hers', type: 'deals', conditions });
    const path = `/v1/deals/summary?filter_id=${made.body.data.id}&user_id=1`;
    expect((await call('GET', path)).body.data.total_count).toBe(1);
    expect((await call('GET', '/v1/deals/summary?filter_id=99')).status).toBe(404);
  });

  test('leaves hidden deals out', async () => {
    const client = await scene();
    const { users } = client.emulator.control.seed({ users: [{ name: 'B', email: 'b@x.example' }] }) as {
      users: { api_token: string }[];
    };
    await client.made('/v2/deals', { title: 'hidden', visible_to: 1 });
    const { body } = await client.call('GET', '/v1/deals/summary', undefined, users[0]?.api_token);
    expect(body.data.total_count).toBe(4);
    expect((await client.call('GET', '/v1/deals/summary')).body.data.total_count).toBe(5);
  });
});

describe('the timeline of deals', () => {
  const path = '/v1/deals/timeline?start_date=2026-03-01&field_key=expected_close_date';

  test('groups open and won deals into periods', async () => {
    const { call } = await scene();
    const { body } = await call('GET', `${path}&interval=month&amount=2`);
    expect(body.data).toMatchObject([
      {
        period_start: '2026-03-01 00:00:00',
        period_end: '2026-03-31 23:59:59',
        deals: [{ title: 'open' }, { title: 'hers' }],
        totals: { count: 2, values: { EUR: 17 }, open_count: 2, won_count: 0 },
      },
      {
        period_start: '2026-04-01 00:00:00',
        period_end: '2026-04-30 23:59:59',
        deals: [{ title: 'won' }],
        totals: { count: 1, won_count: 1, won_values: { USD: 30 } },
      },
    ]);
  });

  test.each([
    ['interval=day&amount=10', [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['interval=week&amount=2', [0, 1]],
    ['interval=quarter&amount=1', [3]],
    ['interval=month&amount=1&user_id=2', [1]],
  ])('with %s counts %j', async (query, counts) => {
    const { call } = await scene();
    const { body } = await call('GET', `${path}&${query}&exclude_deals=1`);
    expect(body.data.map((period: { totals: { count: number } }) => period.totals.count)).toEqual(counts);
    expect(body.data.every((period: { deals: unknown[] }) => period.deals.length === 0)).toBe(true);
  });

  test('has a variant for archived ones', async () => {
    const { call } = await scene();
    const { body } = await call(
      'GET',
      `${path.replace('timeline', 'timeline/archived')}&interval=month&amount=1`,
    );
    expect(body.data[0].deals).toMatchObject([{ title: 'archived', is_archived: true }]);
  });

  test.each([
    '/v1/deals/timeline?interval=month&amount=1&field_key=add_time',
    '/v1/deals/timeline?start_date=2026-03-01&amount=1&field_key=add_time',
    '/v1/deals/timeline?start_date=2026-03-01&interval=year&amount=1&field_key=add_time',
    '/v1/deals/timeline?start_date=2026-03-01&interval=month&amount=0&field_key=add_time',
    '/v1/deals/timeline?start_date=2026-03-01&interval=month&amount=1',
    '/v1/deals/timeline?start_date=2026-03-01&interval=month&amount=1&field_key=title',
    '/v1/deals/timeline?start_date=2026-03-01&interval=month&amount=1&field_key=add_time&totals_convert_currency=XXX',
    '/v1/deals/summary?status=half',
  ])('%s is 400', async (wrong) => {
    const { call } = await scene();
    expect((await call('GET', wrong)).status).toBe(400);
  });
});

describe('statistics of a pipeline', () => {
  test('count what moved, came, was won and lost in the period', async () => {
    const { call, pass } = await scene();
    pass(2 * DAY_MS);
    await call('PATCH', '/v2/deals/1', { stage_id: 2 });
    await call('PATCH', '/v2/deals/1', { stage_id: 3 });
    const { body } = await call(
      'GET',
      '/v1/pipelines/1/movement_statistics?start_date=2026-03-01&end_date=2026-03-31',
    );
    expect(body.data).toMatchObject({
      movements_between_stages: { count: 2 },
      new_deals: { count: 3, deals_ids: [1, 2, 3], values: { EUR: 15, USD: 30 } },
      deals_left_open: { count: 1, deals_ids: [1], formatted_values: { EUR: '€10' } },
      won_deals: { count: 1, deals_ids: [2] },
      lost_deals: { count: 1, deals_ids: [3] },
      average_age_in_days: { across_all_stages: 2 },
    });
    const later = await call(
      'GET',
      '/v1/pipelines/1/movement_statistics?start_date=2026-04-01&end_date=2026-04-30',
    );
    expect(later.body.data).toMatchObject({
      movements_between_stages: { count: 0 },
      new_deals: { count: 0 },
    });
  });

  test('tell which share went on from stage to stage', async () => {
    const { call } = await scene();
    await call('PATCH', '/v2/deals/1', { stage_id: 3 });
    const { body } = await call(
      'GET',
      '/v1/pipelines/1/conversion_statistics?start_date=2026-03-01&end_date=2026-03-31',
    );
    expect(body.data.stage_conversions.slice(0, 2)).toEqual([
      { from_stage_id: 1, to_stage_id: 2, conversion_rate: 50 },
      { from_stage_id: 2, to_stage_id: 3, conversion_rate: 50 },
    ]);
    expect(body.data).toMatchObject({ won_conversion: 33, lost_conversion: 33 });
    const hers = await call(
      'GET',
      '/v1/pipelines/1/conversion_statistics?start_date=2026-03-01&end_date=2026-03-31&user_id=2',
    );
    expect(hers.body.data.stage_conversions[0]).toMatchObject({ conversion_rate: 0 });
  });

  test.each([
    ['/v1/pipelines/9/movement_statistics?start_date=2026-03-01&end_date=2026-03-31', 404],
    ['/v1/pipelines/1/movement_statistics?start_date=2026-03-01', 400],
    ['/v1/pipelines/1/conversion_statistics?start_date=2026-03-02&end_date=2026-03-01', 400],
  ])('%s is %i', async (path, status) => {
    const { call } = await scene();
    expect((await call('GET', path)).status).toBe(status);
  });
});

describe('deprecated lists of deals', () => {
  test.each([
    ['/v1/pipelines/1/deals', ['open']],
    ['/v1/pipelines/1/deals?everyone=1', ['open', 'hers']],
    ['/v1/pipelines/1/deals?user_id=2', ['hers']],
    ['/v1/pipelines/1/deals?everyone=1&stage_id=2', []],
    ['/v1/stages/1/deals?everyone=1&start=1', ['hers']],
    ['/v1/deals/archived', ['archived']],
    ['/v1/deals/archived?user_id=2', []],
  ])('%s holds %j', async (path, titles) => {
    const { call } = await scene();
    const { body } = await call('GET', path);
    expect(body.data.map(({ title }: { title: string }) => title)).toEqual(titles);
  });

  test('are 404 for a place that is not there', async () => {
    const { call } = await scene();
    expect((await call('GET', '/v1/pipelines/9/deals')).status).toBe(404);
    expect((await call('GET', '/v1/stages/99/deals')).status).toBe(404);
  });
});
