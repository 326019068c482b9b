import { beforeAll, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { type Kind, operatorsOf } from './operators.ts';
import { FILTER_WORDS } from './published-words.ts';
import { relativeDays } from './relative-dates.ts';

type Line = readonly [object: string, field: string, operator: string, value?: string | number];
type FilterCase = readonly [type: string, line: Line, found: readonly (number | string)[]];

const LISTS: Readonly<Record<string, string>> = {
  deals: '/v2/deals',
  people: '/v2/persons',
  org: '/v2/organizations',
  activity: '/v2/activities',
  products: '/v2/products',
  leads: '/v1/leads',
};

/** Three deals and what belongs to them; time stands at 2026-03-01, a Sunday. */
const WORLD = {
  users: [{ name: 'Selin', email: 'selin@emulated.example' }],
  fields: [
    {
      entity: 'deal',
      field_name: 'Source',
      field_type: 'enum',
      options: [{ label: 'Web' }, { label: 'Fair' }],
    },
    {
      entity: 'deal',
      field_name: 'Tags',
      field_type: 'set',
      options: ['A', 'B', 'C'].map((label) => ({ label })),
    },
    { entity: 'deal', field_name: 'Trip', field_type: 'daterange' },
    { entity: 'deal', field_name: 'Fee', field_type: 'monetary' },
    { entity: 'deal', field_name: 'Call at', field_type: 'time' },
  ],
  organizations: [
    { name: 'Acme', add_time: '2020-01-01T00:00:00Z', address: { value: 'Istanbul' } },
    { name: 'Bolu Foods', owner_id: 2 },
  ],
  persons: [
    { name: 'Ada', org_id: 1, emails: [{ value: 'ADA@acme.example' }, { value: 'ada@home.example' }] },
    { name: 'Bora' },
  ],
  products: [{ name: 'Pencil' }, { name: 'Support' }],
  deals: [
    {
      title: 'Big one',
      value: 900,
      org_id: 1,
      person_id: 1,
      expected_close_date: '2026-03-01',
      custom_fields: {
        Source: 'Web',
        Tags: ['A', 'B'],
        Trip: { value: '2026-01-10', until: '2026-01-20' },
        Fee: { value: 5, currency: 'EUR' },
        'Call at': { value: '10:30:00' },
      },
    },
    {
      title: 'big two',
      value: 100,
      owner_id: 2,
      person_id: 2,
      status: 'lost',
      lost_time: '2026-02-10T23:59:59Z',
      expected_close_date: '2026-02-20',
      custom_fields: { Source: 'Fair', Tags: ['B'] },
    },
    { title: 'Small', value: 0, stage_id: 2, org_id: 2 },
  ],
  dealProducts: [{ deal_id: 3, product_id: 2, item_price: 0, quantity: 1 }],
  leads: [
    { title: 'Hope', person_id: 1, value: { amount: 7, currency: 'EUR' } },
    { title: 'Lost hope', organization_id: 2 },
  ],
  activities: [
    {
      subject: 'Call',
      type: 'call',
      deal_id: 1,
      done: true,
      participants: [{ person_id: 2, primary: true }],
    },
    { subject: 'Visit', type: 'meeting', deal_id: 3, due_date: '2026-03-05' },
  ],
};

const CASES: readonly FilterCase[] = [
  ['deals', ['deal', 'title', '=', 'BIG ONE'], [1]],
  ['deals', ['deal', 'title', '!=', 'Big one'], [2, 3]],
  ['deals', ['deal', 'title', "LIKE '$%'", 'big'], [1, 2]],
  ['deals', ['deal', 'title', "LIKE '%$%'", 'two'], [2]],
  ['deals', ['deal', 'title', "NOT LIKE '$%'", 'big'], [3]],
  ['deals', ['deal', 'title', "LIKE '%$'", 'one'], [1]],
  ['deals', ['deal', 'title', "NOT LIKE '%$%'", 'big'], [3]],
  ['deals', ['deal', 'value', '>', 100], [1]],
  ['deals', ['deal', 'value', '>=', '100'], [1, 2]],
  ['deals', ['deal', 'value', '<', 100], [3]],
  ['deals', ['deal', 'value', '<=', 100], [2, 3]],
  ['deals', ['deal', 'status', '=', 'lost'], [2]],
  ['deals', ['deal', 'status', '!=', 'lost'], [1, 3]],
  ['deals', ['deal', 'stage_id', '=', 2], [3]],
  ['deals', ['deal', 'pipeline_id', '=', 1], [1, 2, 3]],
  ['deals', ['deal', 'owner_id', '=', 2], [2]],
  ['deals', ['deal', 'org_id', 'IS NULL'], [2]],
  ['deals', ['deal', 'org_id', '=', 2], [3]],
  ['deals', ['deal', 'probability', 'IS NULL'], [1, 2, 3]],
  ['deals', ['deal', 'lost_time', '=', '2026-02-10'], [2]],
  ['deals', ['deal', 'lost_time', '=', 'last_month'], [2]],
  ['deals', ['deal', 'expected_close_date', '=', 'today'], [1]],
  ['deals', ['deal', 'expected_close_date', '<', 'today'], [2]],
  ['deals', ['deal', 'expected_close_date', '=', 'this_week'], [1]],
  ['deals', ['deal', 'expected_close_date', '=', 'this_quarter'], [1, 2]],
  ['deals', ['deal', 'add_time', '>=', 'yesterday'], [1, 2, 3]],
  ['deals', ['deal', 'Source', '=', 'Web'], [1]],
  ['deals', ['deal', 'Source', '!=', 'Web'], [2]],
  ['deals', ['deal', 'Source', 'IS NULL'], [3]],
  ['deals', ['deal', 'Source', 'IS NOT NULL'], [1, 2]],
  ['deals', ['deal', 'Tags', 'contains', 'B'], [1, 2]],
  ['deals', ['deal', 'Tags', 'not_contains', 'A'], [2]],
  ['deals', ['deal', 'Tags', '=', 'B'], [2]],
  ['deals', ['deal', 'Tags', '!=', 'B'], [1]],
  ['deals', ['deal', 'Trip', '=', '2026-01-10'], [1]],
  ['deals', ['deal', 'Trip', 'ends_at', '2026-01-20'], [1]],
  ['deals', ['deal', 'Trip', 'ends_before', '2026-01-20'], []],
  ['deals', ['deal', 'Trip', 'ends_e_before', '2026-01-20'], [1]],
  ['deals', ['deal', 'Trip', 'includes', '2026-01-15'], [1]],
  ['deals', ['deal', 'Trip', 'includes', '2026-01-21'], []],
  ['deals', ['deal', 'Fee', '=', 5], [1]],
  ['deals', ['deal', 'Call at', '<', '11:00:00'], [1]],
  ['deals', ['person', 'name', '=', 'bora'], [2]],
  ['deals', ['person', 'name', 'IS NULL'], [3]],
  ['deals', ['organization', 'name', "LIKE '%$%'", 'foods'], [3]],
  ['deals', ['product', 'name', '=', 'Support'], [3]],
  ['deals', ['activity', 'done', '=', 1], [1]],
  ['people', ['person', 'emails', "LIKE '%$%'", 'home'], [1]],
  ['people', ['person', 'emails', 'IS NULL'], [2]],
  ['people', ['organization', 'name', '=', 'Acme'], [1]],
  ['people', ['deal', 'status', '=', 'lost'], [2]],
  ['people', ['activity', 'subject', '=', 'Call'], [2]],
  ['org', ['organization', 'address', "LIKE '$%'", 'ist'], [1]],
  ['org', ['organization', 'add_time', '<', '2021-01-01'], [1]],
  ['org', ['organization', 'owner_id', '=', 2], [2]],
  ['org', ['person', 'name', '=', 'Ada'], [1]],
  ['org', ['deal', 'value', '=', 900], [1]],
  ['activity', ['activity', 'type', '=', 'meeting'], [2]],
  ['activity', ['activity', 'done', '=', 0], [2]],
  ['activity', ['activity', 'due_date', '=', 'next_week'], [2]],
  ['activity', ['activity', 'person_id', '=', 2], [1]],
  ['activity', ['deal', 'title', '=', 'Small'], [2]],
  ['products', ['product', 'name', '!=', 'Support'], [1]],
  ['products', ['deal', 'title', '=', 'Small'], [2]],
  ['leads', ['lead', 'title', '=', 'hope'], ['Hope']],
  ['leads', ['lead', 'value', '>', 5], ['Hope']],
  ['leads', ['person', 'name', '=', 'Ada'], ['Hope']],
  ['leads', ['organization', 'name', '=', 'Bolu Foods'], ['Lost hope']],
];

let client: TestClient;
beforeAll(() => {
  client = testClient();
  client.emulator.control.seed(WORLD);
});

/** Custom fields by name and options by label, as the codes and ids that this account gave them. */
async function inIds([object, name, operator, value]: Line): Promise<object> {
  const { data } = (await client.call('GET', '/v2/dealFields?limit=500')).body;
  const field = data.find((each: { field_name: string; is_custom_field: boolean }) => {
    return each.is_custom_field && each.field_name === name;
  });
  const option = field?.options?.find(({ label }: { label: string }) => label === value);
  return { object, field_id: field?.field_code ?? name, operator, value: option?.id ?? value };
}

async function found(type: string, conditions: object): Promise<readonly (number | string)[]> {
  const made = await client.made('/v1/filters', { name: 'F', type, conditions });
  const { status, body } = await client.call('GET', `${LISTS[type]}?filter_id=${made.id}`);
  expect(status).toBe(200);
  return body.data.map((row: { id: number | string; title: string }) =>
    type === 'leads' ? row.title : row.id,
  );
}

const groups = (and: readonly object[], or: readonly object[] = []) => ({
  glue: 'and',
  conditions: [
    { glue: 'and', conditions: and },
    { glue: 'or', conditions: or },
  ],
});

describe('a list by filter_id holds what the line says', () => {
  test.each(CASES)('%s %j: %j', async (type, line, wanted) => {
    expect(await found(type, groups([await inIds(line)]))).toEqual(wanted);
  });
});

describe('lines together', () => {
  const title = (value: string) => ({ object: 'deal', field_id: 'title', operator: '=', value });
  const big = { object: 'deal', field_id: 'title', operator: "LIKE '$%'", value: 'big' };

  test.each([
    ['all of and', groups([big, title('big two')]), [2]],
    ['one of or', groups([], [title('Small'), title('big two')]), [2, 3]],
    ['all of and, and one of or', groups([big], [title('Small'), title('big two')]), [2]],
    ['none at all', groups([]), [1, 2, 3]],
  ])('%s', async (_, conditions, wanted) => {
    expect(await found('deals', conditions)).toEqual(wanted);
  });

  test('a filter takes the place of every other condition but the time of the last change', async () => {
    const { id } = await client.made('/v1/filters', { name: 'F', type: 'deals', conditions: groups([big]) });
    const ids = async (query: string) =>
      (await client.call('GET', `/v2/deals?filter_id=${id}&${query}`)).body.data.map(
        (row: { id: number }) => row.id,
      );
    for (const query of ['ids=3', 'owner_id=2', 'status=won', 'person_id=9', 'stage_id=2'])
      expect(await ids(query)).toEqual([1, 2]);
    expect(await ids('limit=1&sort_direction=desc')).toEqual([2]);
    expect(await ids('updated_until=2026-03-01T12:00:00Z')).toEqual([]);
  });

  test('archived and deleted deals stay out of the list of the others', async () => {
    const deal = await client.made('/v2/deals', { title: 'Big old', is_archived: true });
    const { id } = await client.made('/v1/filters', { name: 'F', type: 'deals', conditions: groups([big]) });
    const ids = async (path: string) =>
      (await client.call('GET', `${path}?filter_id=${id}`)).body.data.map((row: { id: number }) => row.id);
    expect(await ids('/v2/deals')).toEqual([1, 2]);
    expect(await ids('/v2/deals/archived')).toEqual([deal.id]);
    await client.call('DELETE', `/v2/deals/${deal.id}`);
    expect(await ids('/v2/deals/archived')).toEqual([]);
  });
});

describe('every published word is understood', () => {
  const names = Object.values(FILTER_WORDS.relative_dates).flatMap((group) => Object.keys(group));
  test.each(names.filter((name) => name !== 'rotten_time'))('the relative date %s', (name) => {
    const days = relativeDays(name, '2026-05-31');
    expect(days && days.from <= days.to).toBe(true);
  });

  test.each([
    ['last_quarter', '2026-01-01', '2026-03-31'],
    ['this_week', '2026-05-25', '2026-05-31'],
    ['next_month', '2026-06-01', '2026-06-30'],
    ['1_months_ago', '2026-04-30', '2026-04-30'],
    ['in_2_weeks', '2026-06-14', '2026-06-14'],
    ['before_today', '0000-01-01', '2026-05-30'],
    ['later_or_tomorrow', '2026-06-01', '9999-12-31'],
  ])('%s is from %s to %s on 31 May 2026', (name, from, to) => {
    expect(relativeDays(name, '2026-05-31')).toEqual({ from, to });
  });

  test('every kind has operators', () => {
    for (const kind of Object.keys(FILTER_WORDS.operators))
      expect(operatorsOf(kind as Kind).length).toBeGreaterThan(1);
  });
});
