import { describe, expect, it } from 'vitest';
import { addressOf, allRows, bench } from '../test-fixture.ts';

const { get } = bench();
const small = bench();
const big = bench({ records: 60_000, limits: 'off' });

async function ids(set: string, key: string, pageSize: number, query = ''): Promise<string[]> {
  const { rows } = await allRows(small, `${set}?$select=${key}${query}`, pageSize);
  return rows.map((row) => String(row[key]));
}

function tokenOf(link: string): string {
  return new URL(link).searchParams.get('$skiptoken') ?? '';
}

describe('pages', () => {
  it.each([
    ['contacts', 'contactid', ''],
    ['contacts', 'contactid', '&$orderby=lastname desc'],
    ['contacts', 'contactid', '&$orderby=createdon'],
    ['contacts', 'contactid', '&$orderby=_parentcustomerid_value,fullname desc'],
    ['accounts', 'accountid', '&$orderby=new_tier,revenue desc'],
    ['accounts', 'accountid', '&$orderby=new_creditscore&$filter=statecode eq 0'],
    ['contacts', 'contactid', "&$filter=contains(fullname,'a')"],
    ['activitypointers', 'activityid', ''],
    ['activityparties', 'activitypartyid', '&$orderby=participationtypemask'],
  ])('%s come once and in one order, whatever the size of a page (%s%s)', async (set, key, query) => {
    const whole = await ids(set, key, 5_000, query);
    expect(new Set(whole).size).toBe(whole.length);
    expect(await ids(set, key, 3, query)).toEqual(whole);
    expect(await ids(set, key, 11, query)).toEqual(whole);
  });

  it('orders lookups by name, choices by number, empty ones first', async () => {
    const { rows } = await allRows(small, 'accounts?$select=new_tier&$orderby=new_tier', 9);
    const tiers = rows.map((row) => row['new_tier'] as number | null);
    expect(tiers).toEqual([...tiers].sort((a, b) => (a ?? -1) - (b ?? -1)));
    const linked = await allRows(
      small,
      'accounts?$select=name&$orderby=_primarycontactid_value&$expand=primarycontactid($select=fullname)',
      9,
    );
    const names = linked.rows.map(
      (row) => (row['primarycontactid'] as { fullname: string | null } | null)?.fullname?.toLowerCase() ?? '',
    );
    expect(names).toEqual([...names].sort());
  });

  it('gives 5,000 rows at most, and no link on the last page', async () => {
    const first = await big.get('contacts?$select=fullname', { prefer: 'odata.maxpagesize=9000' });
    expect(first.json.value).toHaveLength(5_000);
    const second = await big.get(first.json['@odata.nextLink'], { prefer: 'odata.maxpagesize=9000' });
    expect(second.json.value).toHaveLength(2_200);
    expect(second.json).not.toHaveProperty('@odata.nextLink');
  });

  it('encodes the cookie twice inside the link’s own encoding', async () => {
    const { json } = await get('contacts?$select=fullname&$orderby=lastname', {
      prefer: 'odata.maxpagesize=2',
    });
    const token = tokenOf(json['@odata.nextLink']);
    const [, inner = ''] =
      /^<cookie pagenumber="2" pagingcookie="([^"]+)" istracking="False" \/>$/.exec(token) ?? [];
    expect(decodeURIComponent(decodeURIComponent(inner))).toMatch(
      /^<cookie page="1"><lastname lastnull="1" firstnull="1" \/><contactid last="\{[0-9A-F-]{36}\}" first="\{[0-9A-F-]{36}\}" \/><\/cookie>$/,
    );
  });

  it.each([
    ['broken', (token: string) => token.replace('pagenumber="2"', 'pagenumber="x"'), '0x8004112A'],
    ['cut', (token: string) => token.slice(0, 60), '0x8004112A'],
    ['decoded once too often', (token: string) => decodeURIComponent(token), '0x8004112A'],
    ['of another order', (token: string) => token, '0x80041129'],
  ])('refuses a cookie that is %s', async (what, change, code) => {
    const { json } = await get('contacts?$select=fullname', { prefer: 'odata.maxpagesize=2' });
    const order = what === 'of another order' ? '&$orderby=lastname' : '';
    const token = encodeURIComponent(change(tokenOf(json['@odata.nextLink'])));
    const seen = await get(`contacts?$select=fullname${order}&$skiptoken=${token}`);
    expect([seen.status, seen.json.error.code]).toEqual([400, code]);
  });

  it('refuses a cookie that is as it was given out, when the switch says so', async () => {
    const asked = bench({ switches: { refusedCookiePage: 3 } });
    const headers = { prefer: 'odata.maxpagesize=10' };
    const first = await asked.get('contacts?$select=fullname', headers);
    const second = await asked.get(first.json['@odata.nextLink'], headers);
    const third = await asked.get(second.json['@odata.nextLink'], headers);
    expect([second.status, third.status, third.json.error.code]).toEqual([200, 400, '0x8004112A']);
  });

  it('is live: what is added or deleted between two pages is seen by the second', async () => {
    const { get: ask, emulator } = bench();
    const first = await ask('contacts?$select=fullname', { prefer: 'odata.maxpagesize=40' });
    const rest = (await ask(first.json['@odata.nextLink'])).json.value as { contactid: string }[];
    const added = 'ffffffff-0000-4000-8000-ffffffffffff';
    emulator.control.seed({
      insert: { contact: [{ contactid: added, lastname: 'Late' }] },
      remove: { contact: [rest[0]?.contactid] },
    });
    const second = (await ask(first.json['@odata.nextLink'])).json.value as { contactid: string }[];
    expect(second.map(({ contactid }) => contactid)).toEqual([
      ...rest.slice(1).map(({ contactid }) => contactid),
      added,
    ]);
  });

  it('lets $top win alone, and ignores it beside a page size', async () => {
    const top = await get('contacts?$top=3');
    expect(top.json.value).toHaveLength(3);
    expect(top.json).not.toHaveProperty('@odata.nextLink');
    const both = await get('contacts?$top=3', { prefer: 'odata.maxpagesize=10' });
    expect(both.json.value).toHaveLength(10);
    expect(both.json).toHaveProperty('@odata.nextLink');
  });

  it.each(['sql', 'text'] as const)(
    'ids are in the order %s, as the switch says (UNC), and ranges of keys fit it',
    async (guidOrder) => {
      const ordered = bench({ switches: { guidOrder } });
      const { rows } = await allRows(ordered, 'contacts?$select=contactid', 1_000);
      const all = rows.map((row) => String(row['contactid']));
      const key = (id: string) => (guidOrder === 'sql' ? id.slice(24) : id);
      expect(all).toEqual([...all].sort((a, b) => (key(a) < key(b) ? -1 : 1)));
      const middle = all[30];
      const above = await ordered.get(`contacts?$select=contactid&$filter=contactid gt ${middle}`);
      const below = await ordered.get(`contacts?$select=contactid&$filter=contactid le ${middle}`);
      expect([below.json.value.length, above.json.value.length]).toEqual([31, all.length - 31]);
    },
  );
});

describe('counts', () => {
  it('stop at 5,000 and say so', async () => {
    const headers = { prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.*",odata.maxpagesize=1' };
    const { json } = await big.get('contacts?$select=fullname&$count=true', headers);
    expect(json['@odata.count']).toBe(5_000);
    expect(json['@Microsoft.Dynamics.CRM.totalrecordcount']).toBe(5_000);
    expect(json['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded']).toBe(true);
    expect((await big.get('contacts/$count')).text).toBe('5000');
    const uncounted = await big.get('contacts?$select=fullname', headers);
    expect(uncounted.json['@Microsoft.Dynamics.CRM.totalrecordcount']).toBe(-1);
    const few = await get('contacts?$count=true&$top=1&$filter=statecode eq 0', headers);
    expect(few.json['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded']).toBe(false);
  });

  it('of $apply are exact by group, and end with 0x8004E023 over 50,000 rows', async () => {
    const { json } = await get('opportunities?$apply=groupby((statecode),aggregate($count as n))');
    const sum = json.value.reduce((total: number, { n }: { n: number }) => total + n, 0);
    expect(sum).toBe((await allRows(small, 'opportunities?$select=name')).rows.length);
    const large = bench({ records: 450_000, limits: 'off' });
    const refused = await large.get('contacts?$apply=aggregate($count as n)');
    expect([refused.status, refused.json.error.code]).toEqual([400, '0x8004E023']);
    const half = 'contacts?$apply=filter(createdon lt 2023-01-01T00:00:00Z)/aggregate($count as n)';
    const [{ n }] = (await large.get(half)).json.value;
    expect(n).toBeGreaterThan(10_000);
  });

  it('of RetrieveTotalRecordCount are old', async () => {
    const { json } = await big.get("RetrieveTotalRecordCount(EntityNames=['contact','account'])");
    const told = json.EntityRecordCountCollection;
    expect(told.Keys).toEqual(['contact', 'account']);
    expect(told.Values[0]).toBeLessThan(7_200);
    const byAlias = await big.get('RetrieveTotalRecordCount(EntityNames=@p1)?@p1=["contact","account"]');
    expect(byAlias.json.EntityRecordCountCollection.Values).toEqual(told.Values);
  });

  it('sums money with nine decimals and exactly', async () => {
    const { text, json } = await get(
      'opportunities?$apply=aggregate(estimatedvalue with sum as total,estimatedvalue with max as most,$count as n)',
    );
    expect(text).toMatch(/"total":\d+\.\d{9},"most":\d+\.\d{4},"n":30/);
    const { rows } = await allRows(small, 'opportunities?$select=estimatedvalue');
    expect(json.value[0].total).toBeCloseTo(
      rows.reduce((sum, row) => sum + Number(row['estimatedvalue']), 0),
      4,
    );
  });

  it('groups by a related column, leaves out what is empty, refuses dates', async () => {
    const related = await get(
      'contacts?$apply=groupby((parentcustomerid_account/accountnumber),aggregate($count as n))',
    );
    expect(related.json.value.some((row: object) => 'account_accountnumber' in row)).toBe(true);
    expect(related.json.value.some((row: object) => !('account_accountnumber' in row))).toBe(true);
    expect((await get('contacts?$apply=groupby((createdon))')).status).toBe(400);
  });
});

describe('expanded collections', () => {
  it('come whole with a link beside them, and the way back unasked', async () => {
    const { json } = await get('accounts?$select=name&$expand=contact_customer_accounts($select=fullname)', {
      prefer: 'odata.maxpagesize=5',
    });
    const [row] = json.value;
    expect(row.contact_customer_accounts.length).toBeGreaterThan(5);
    expect(Object.keys(row.contact_customer_accounts[0])).toContain('_parentcustomerid_value');
    expect(row['contact_customer_accounts@odata.nextLink']).toBe(
      `${addressOf('').replace('opex.example', '127.0.0.1')}accounts(${row.accountid})/contact_customer_accounts?$select=fullname`,
    );
    const linked = await get(
      row['contact_customer_accounts@odata.nextLink'].replace('127.0.0.1', 'opex.example'),
    );
    expect(linked.json.value).toHaveLength(row.contact_customer_accounts.length);
  });

  it('come in pages beside a nested one, with cookies that lead on', async () => {
    const { json } = await get(
      'accounts?$select=name&$expand=contact_customer_accounts($select=fullname;$expand=createdby($select=fullname))',
      { prefer: 'odata.maxpagesize=4' },
    );
    const [row] = json.value;
    expect(row.contact_customer_accounts).toHaveLength(4);
    const link = row['contact_customer_accounts@odata.nextLink'];
    expect(tokenOf(link)).toContain('countOfRecords="4"');
    const next = await get(link.replace('127.0.0.1', 'opex.example'), { prefer: 'odata.maxpagesize=4' });
    expect(next.json.value[0].contactid).not.toBe(row.contact_customer_accounts[3].contactid);
  });

  it.each(['cut', 'linked'] as const)(
    'beyond 5,000 children are %s, as the switch says (UNC)',
    async (childrenBeyond) => {
      const crowd = bench({ records: 400_000, limits: 'off', switches: { childrenBeyond } });
      const { json } = await crowd.get(
        'accounts?$select=name&$top=1&$expand=contact_customer_accounts($select=contactid)',
      );
      expect(json.value[0].contact_customer_accounts).toHaveLength(5_000);
      const link = json.value[0]['contact_customer_accounts@odata.nextLink'];
      expect(tokenOf(link) !== '').toBe(childrenBeyond === 'linked');
    },
  );

  it('over many-to-many links agree with the intersect', async () => {
    const { json } = await get('new_projects?$select=new_name&$expand=new_project_contact($select=fullname)');
    const linked = json.value.reduce(
      (sum: number, row: Record<string, unknown[]>) => sum + (row['new_project_contact']?.length ?? 0),
      0,
    );
    const intersect = await get('new_project_contactset');
    expect(linked).toBe(intersect.json.value.length);
    expect(Object.keys(intersect.json.value[0]).sort()).toEqual([
      '@odata.etag',
      'contactid',
      'new_project_contactid',
      'new_projectid',
      'versionnumber',
    ]);
  });

  it('time out from so many on, when the switch says so', async () => {
    const slow = bench({ switches: { timeoutExpands: 2, sqlTimeoutStatus: 400 } });
    const seen = await slow.get('accounts?$expand=createdby,modifiedby');
    expect([seen.status, seen.json.error.code]).toEqual([400, '0x80044151']);
    expect((await slow.get('accounts?$expand=createdby&$top=1')).status).toBe(200);
    const usual = bench({ switches: { timeoutExpands: 1 } });
    expect((await usual.get('accounts?$expand=createdby')).status).toBe(500);
  });
});
