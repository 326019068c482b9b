import { describe, expect, it } from 'vitest';
import { bench, TEST_MS } from '../test-fixture.ts';

const DAY_MS = 86_400_000;
const { get, emulator } = bench();
const call = (name: string, property: string, values: string) =>
  `Microsoft.Dynamics.CRM.${name}(PropertyName='${property}'${values === '' ? '' : `,${values}`})`;

type Row = Record<string, unknown>;
const since = (row: Row, days: number) => Date.parse(String(row['createdon'])) >= TEST_MS - days * DAY_MS;

describe('functions of the vendor', () => {
  it.each<[string, string, string, (row: Row) => boolean]>([
    ['In', 'numberofemployees', "PropertyValues=['3605']", (row) => row['numberofemployees'] === 3_605],
    ['NotIn', 'statecode', "PropertyValues=['1']", (row) => row['statecode'] !== 1],
    [
      'NotBetween',
      'numberofemployees',
      "PropertyValues=['100','4000']",
      (row) => Number(row['numberofemployees']) < 100 || Number(row['numberofemployees']) > 4_000,
    ],
    ['LastXDays', 'createdon', 'PropertyValue=400', (row) => since(row, 400)],
    ['LastXWeeks', 'createdon', 'PropertyValue=60', (row) => since(row, 420)],
    ['OlderThanXMonths', 'createdon', 'PropertyValue=30', (row) => !since(row, 900)],
    [
      'OnOrAfter',
      'createdon',
      "PropertyValue='2024-05-01'",
      (row) => String(row['createdon']) >= '2024-05-01',
    ],
    [
      'OnOrBefore',
      'createdon',
      "PropertyValue='2024-05-01'",
      (row) => String(row['createdon']) < '2024-05-02',
    ],
    [
      'Like',
      'accountnumber',
      "PropertyValue='A-00001_'",
      (row) => String(row['accountnumber']).startsWith('A-00001'),
    ],
    [
      'NotLike',
      'accountnumber',
      "PropertyValue='A-00001_'",
      (row) => !String(row['accountnumber']).startsWith('A-00001'),
    ],
    [
      'DoesNotContainValues',
      'new_segments',
      "PropertyValues=['100000001']",
      (row) => row['new_segments'] !== null && !String(row['new_segments']).includes('100000001'),
    ],
  ])('%s(%s) agrees with the rows', async (name, property, values, wanted) => {
    const all = (await get('accounts')).json.value as Row[];
    const { json, text } = await get(`accounts?$filter=${call(name, property, values)}`);
    expect(text).not.toContain('"error"');
    const numbers = (rows: Row[]) => rows.map((row) => row['accountnumber']);
    expect(numbers(json.value)).toEqual(numbers(all.filter(wanted)));
    expect(json.value.length).toBeGreaterThan(0);
    expect(json.value.length).toBeLessThan(all.length);
  });

  it('know the day and the user', async () => {
    const { account } = emulator.control.seed({ insert: { account: [{ name: 'Today' }] } }) as {
      account: string[];
    };
    for (const filter of [
      call('Today', 'createdon', ''),
      call('On', 'createdon', "PropertyValue='2026-11-21'"),
    ]) {
      const { json } = await get(`accounts?$filter=${filter}`);
      expect(json.value.map((row: Row) => row['accountid'])).toEqual(account);
    }
    expect((await get(`accounts?$filter=${call('Yesterday', 'createdon', '')}`)).json.value).toEqual([]);
    const owner = (await get(`accounts(${account[0]})?$select=_ownerid_value`)).json._ownerid_value;
    const owned = await get(`accounts?$select=_ownerid_value&$filter=${call('EqualUserId', 'ownerid', '')}`, {
      mscrmcallerid: owner,
    });
    expect(owned.json.value.length).toBeGreaterThan(0);
    expect(new Set(owned.json.value.map((row: Row) => row['_ownerid_value']))).toEqual(new Set([owner]));
  });

  it('that are not emulated are answered 501 with their name', async () => {
    const { status, json } = await get(
      `accounts?$filter=${call('InFiscalYear', 'createdon', 'PropertyValue=2024')}`,
    );
    expect([status, json.error.message]).toEqual([501, 'Not emulated: Microsoft.Dynamics.CRM.InFiscalYear']);
  });
});
