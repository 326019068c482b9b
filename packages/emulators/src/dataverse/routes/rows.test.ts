import { describe, expect, it } from 'vitest';
import { allRows, bench } from '../test-fixture.ts';

const ALL = { prefer: 'odata.include-annotations="*"' };
const { emulator, get } = bench();

async function only(path: string, headers?: Record<string, string>) {
  const seen = await get(path, headers);
  if (seen.status !== 200) throw new Error(seen.text);
  return seen.json.value[0];
}

describe('the shape of a row', () => {
  it('puts annotations before the value they belong to, and the version first', async () => {
    const { text } = await get(
      'accounts?$select=name,_primarycontactid_value&$filter=_primarycontactid_value ne null&$top=1',
      ALL,
    );
    const row = text.slice(text.indexOf('"value":['));
    const keys = [...row.matchAll(/"([^"]*_primarycontactid_value[^"]*|@odata\.etag|name)":/g)].map(
      ([, key]) => key,
    );
    expect(keys).toEqual([
      '@odata.etag',
      'name',
      '_primarycontactid_value@OData.Community.Display.V1.FormattedValue',
      '_primarycontactid_value@Microsoft.Dynamics.CRM.associatednavigationproperty',
      '_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname',
      '_primarycontactid_value',
    ]);
  });

  it('keeps the scale of money and decimals, and 64-bit numbers unrounded', async () => {
    const { text } = await get(
      "accounts?$select=revenue,new_creditscore,new_externalnumber&$filter=accountnumber eq 'A-000011'",
    );
    expect(text).toContain('"revenue":922337203685477.5807');
    expect(text).toContain('"new_externalnumber":9223372036854775807');
    expect(text).toMatch(/"new_creditscore":\d+\.\d{5}[,}]/);
    const small = await get("accounts?$select=revenue&$filter=accountnumber eq 'A-000012'");
    expect(small.text).toContain('"revenue":0.0001');
  });

  it('adds the key always and the currency beside money, and shows null where something was selected', async () => {
    const row = await only("accounts?$select=revenue,telephone2&$filter=accountnumber eq 'A-000011'");
    expect(Object.keys(row)).toEqual([
      '@odata.etag',
      'revenue',
      'telephone2',
      '_transactioncurrencyid_value',
      'accountid',
    ]);
    expect(row.telephone2).toBeNull();
  });

  it('divides by the rate that was stamped on the row, which is not today’s', async () => {
    const { rows } = await allRows(
      bench(),
      'opportunities?$select=estimatedvalue,estimatedvalue_base,exchangerate&$expand=transactioncurrencyid($select=isocurrencycode,exchangerate)',
      50,
    );
    const foreign = rows.filter(
      (row) => (row['transactioncurrencyid'] as { isocurrencycode: string }).isocurrencycode !== 'EUR',
    );
    expect(foreign.length).toBeGreaterThan(3);
    for (const row of foreign) {
      const [amount, base, rate] = ['estimatedvalue', 'estimatedvalue_base', 'exchangerate'].map((name) =>
        Number(row[name]),
      );
      expect(base).toBeCloseTo((amount ?? 0) / (rate ?? 1), 3);
      expect(rate).not.toBe((row['transactioncurrencyid'] as { exchangerate: number }).exchangerate);
    }
  });

  it('prints times in UTC with whole seconds, dates without time, wall-clock times with a Z', async () => {
    const row = await only(
      'opportunities?$select=createdon,estimatedclosedate,new_renewalat&$filter=new_renewalat ne null',
    );
    expect(row.createdon).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(row.estimatedclosedate).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(row.new_renewalat).toMatch(/Z$/);
  });

  it('formats in the user’s zone and language, and not at all what has no label any more', async () => {
    const { json } = await get('accounts?$select=createdon,new_tier,statecode&$filter=new_tier eq 9', ALL);
    const [row] = json.value;
    expect(row.new_tier).toBe(9);
    expect(row).not.toHaveProperty('new_tier@OData.Community.Display.V1.FormattedValue');
    expect(row['statecode@OData.Community.Display.V1.FormattedValue']).toBe('Active');
    const turkish = bench({ switches: { userLanguage: 1055, userZone: 'UTC' } });
    const [other] = (await turkish.get('accounts?$select=createdon,statecode&$filter=new_tier eq 9', ALL))
      .json.value;
    expect(other['statecode@OData.Community.Display.V1.FormattedValue']).toBe('Etkin');
    expect(other['createdon@OData.Community.Display.V1.FormattedValue']).not.toBe(
      row['createdon@OData.Community.Display.V1.FormattedValue'],
    );
  });

  it.each([
    ['missing', undefined],
    ['raw', '9'],
  ] as const)(
    'a deleted option is formatted as %s, as the switch says (UNC)',
    async (deletedOptionText, text) => {
      const asked = bench({ switches: { deletedOptionText } });
      const { json } = await asked.get('accounts?$select=new_tier&$filter=new_tier eq 9', ALL);
      expect(json.value[0]['new_tier@OData.Community.Display.V1.FormattedValue']).toBe(text);
    },
  );

  it.each([
    ['Microsoft.Dynamics.CRM.*', ['associatednavigationproperty', 'lookuplogicalname']],
    ['OData.Community.Display.V1.FormattedValue', ['FormattedValue']],
    ['*,-OData.Community.Display.V1.FormattedValue', ['associatednavigationproperty', 'lookuplogicalname']],
  ])('gives the annotations that %s asks for', async (pattern, terms) => {
    const row = await only('opportunities?$select=_ownerid_value&$top=1', {
      prefer: `odata.maxpagesize=1,odata.include-annotations="${pattern}"`,
    });
    const found = Object.keys(row).filter((key) => key.startsWith('_ownerid_value@'));
    expect(found.map((key) => key.split('.').at(-1))).toEqual(terms);
  });

  it('echoes what was preferred', async () => {
    const { headers } = await get('accounts?$top=1', {
      prefer: 'odata.include-annotations="*",odata.maxpagesize=3',
    });
    expect(headers.get('preference-applied')).toBe('odata.include-annotations="*",odata.maxpagesize=3');
    expect(headers.get('odata-version')).toBe('4.0');
  });
});

describe('links', () => {
  it('names the navigation property of the target, and none for a party that is a user', async () => {
    const { json } = await get('activityparties?$select=_partyid_value', ALL);
    const kinds = new Map<string, Set<string>>();
    for (const row of json.value) {
      const target = row['_partyid_value@Microsoft.Dynamics.CRM.lookuplogicalname'];
      const nav = row['_partyid_value@Microsoft.Dynamics.CRM.associatednavigationproperty'];
      kinds.set(target ?? 'nobody', (kinds.get(target ?? 'nobody') ?? new Set()).add(nav ?? 'none'));
    }
    expect([...(kinds.get('systemuser') ?? [])]).toEqual(['none']);
    expect([...(kinds.get('contact') ?? [])]).toEqual(['partyid_contact']);
    expect(kinds.has('nobody')).toBe(true);
  });

  it('has owners that are users and owners that are teams', async () => {
    const { json } = await get('accounts?$select=_ownerid_value,_owningteam_value', ALL);
    const targets = new Set(
      json.value.map(
        (row: Record<string, unknown>) => row['_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'],
      ),
    );
    expect([...targets].sort()).toEqual(['systemuser', 'team']);
  });

  it('expands one record, a link alone, and an owner as a principal', async () => {
    const row = await only(
      'accounts?$select=name&$filter=_primarycontactid_value ne null&$expand=primarycontactid($select=fullname),ownerid($select=ownerid),createdby/$ref',
    );
    expect(row.primarycontactid).toMatchObject({
      fullname: expect.any(String),
      contactid: expect.any(String),
    });
    expect(row.ownerid.ownerid).toMatch(/^[0-9a-f-]{36}$/);
    expect(row.createdby['@odata.id']).toContain('/api/data/v9.2/systemusers(');
  });

  it('reads single properties, their raw value, and what belongs to a record', async () => {
    const { accountid } = await only('accounts?$select=accountid&$top=1');
    expect((await get(`accounts(${accountid})/name`)).json.value).toEqual(expect.any(String));
    expect((await get(`accounts(${accountid})/name/$value`)).headers.get('content-type')).toBe('text/plain');
    expect((await get(`accounts(${accountid})/telephone2`)).status).toBe(204);
    const children = await get(
      `accounts(${accountid})/contact_customer_accounts?$select=fullname&$count=true`,
    );
    expect(children.json['@odata.count']).toBe(children.json.value.length);
    expect((await get(`accounts(${accountid})/contact_customer_accounts/$count`)).text).toBe(
      String(children.json.value.length),
    );
  });

  it('answers 304 to a record that is known, by its version', async () => {
    const { accountid } = await only('accounts?$select=accountid&$top=1');
    const first = await get(`accounts(${accountid})?$select=name`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"\d+"$/);
    expect((await get(`accounts(${accountid})`, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(`accounts(${accountid})`, { 'if-none-match': 'null' })).status).toBe(200);
  });
});

describe('refusals', () => {
  it.each([
    ['accounts?$skip=1', 400, '0x80060888'],
    ['accounts?$select=nothing', 400, '0x80041103'],
    ['accounts?$select=primarycontactid', 400, '0x80041103'],
    ['accounts?$select=_primarycontactid_valuename', 400, '0x80041103'],
    ['accounts?$filter=nothing eq 1', 400, '0x80041103'],
    ["accounts?$filter=revenue eq 'x'", 400, '0x80060888'],
    ['accounts?$filter=accountid eq 5', 400, '0x80060888'],
    ['nothings', 404, '0x80060888'],
    ['account', 404, '0x80060888'],
    ['accounts(00000000-0000-0000-0000-000000000009)', 404, '0x80040217'],
    ["accounts(accountnumber='none')", 404, '0x80060891'],
    ['accounts?$expand=nothing', 400, '0x80060888'],
    ['accounts?$expand=contact_customer_accounts/$ref', 400, '0x80060888'],
    ['accounts?$expand=contact_customer_accounts($top=2;$expand=createdby)', 400, '0x80060888'],
    ['leads?$expand=accountleads_association,createdby', 400, '0x80060888'],
    ['leads?$expand=accountleads_association($expand=createdby)', 400, '0x80060888'],
    ['emails?$select=to', 400, '0x80041103'],
    ['accounts?savedQuery=x', 501, 'NotEmulated'],
    ['RetrieveUserPrivileges()', 501, 'NotEmulated'],
  ])('%s is answered %i %s', async (path, status, code) => {
    const seen = await get(path);
    expect([seen.status, seen.json?.error.code]).toEqual([status, code]);
  });

  it('says more to a client that asks for all annotations', async () => {
    const { json } = await get('nothings', ALL);
    expect(Object.keys(json.error)).toContain('@Microsoft.PowerApps.CDS.InnerError.Message');
  });

  it('refuses an address over 32,768 characters', async () => {
    expect((await get(`accounts?$filter=name eq '${'x'.repeat(33_000)}'`)).status).toBe(414);
  });

  it.each(['0x80041103', '0x80060888'] as const)(
    'an unknown column has the code %s, as the switch says (UNC)',
    async (code) => {
      const seen = await bench({ switches: { unknownColumnCode: code } }).get('accounts?$select=nothing');
      expect(seen.json.error.code).toBe(code);
    },
  );
});

describe('filters against the records', () => {
  it('texts compare without regard to case', async () => {
    const { json } = await get("accounts?$select=name&$filter=name eq 'ANADOLU TEXTILES 2'");
    const all = (await get('accounts?$select=name')).json.value as { name: string }[];
    expect(json.value).toHaveLength(all.filter(({ name }) => name === 'Anadolu Textiles 2').length);
    expect(
      (await get("accounts?$select=name&$filter=emailaddress1 eq 'INFO@company-3.EXAMPLE'")).json.value,
    ).toHaveLength(1);
  });

  it.each<[string, string, (row: Record<string, unknown>) => boolean]>([
    ['accounts', 'numberofemployees gt 2500', (row) => Number(row['numberofemployees']) > 2_500],
    ['accounts', 'revenue eq null', (row) => row['revenue'] === null],
    [
      'accounts',
      'revenue gt 100000.50 and statecode eq 0',
      (row) => Number(row['revenue']) > 100_000.5 && row['statecode'] === 0,
    ],
    ['accounts', 'not (statecode eq 0)', (row) => row['statecode'] !== 0],
    ['accounts', "contains(name,'GMBH')", (row) => /gmbh/i.test(String(row['name']))],
    [
      'accounts',
      "startswith(accountnumber,'A-00000')",
      (row) => String(row['accountnumber']).startsWith('A-00000'),
    ],
    [
      'accounts',
      "accountnumber eq 'A-00002%25'",
      (row) => String(row['accountnumber']).startsWith('A-00002'),
    ],
    ['accounts', "contains(accountnumber,'[12]')", (row) => /[12]/.test(String(row['accountnumber']))],
    ['accounts', 'createdon ge 2023-06-01T00:00:00Z', (row) => String(row['createdon']) >= '2023-06-01'],
    [
      'contacts',
      'birthdate lt 1970-01-01',
      (row) => row['birthdate'] !== null && String(row['birthdate']) < '1970',
    ],
    [
      'accounts',
      "Microsoft.Dynamics.CRM.In(PropertyName='new_tier',PropertyValues=['1','9'])",
      (row) => row['new_tier'] === 1 || row['new_tier'] === 9,
    ],
    [
      'accounts',
      "Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_segments',PropertyValues=['100000003'])",
      (row) => String(row['new_segments']).includes('100000003'),
    ],
    [
      'accounts',
      "Microsoft.Dynamics.CRM.Between(PropertyName='numberofemployees',PropertyValues=['100','900'])",
      (row) => Number(row['numberofemployees']) >= 100 && Number(row['numberofemployees']) <= 900,
    ],
    ['accounts', 'new_externalnumber eq 9007199254740993', (row) => row['accountnumber'] === 'A-000001'],
  ])('%s where %s', async (set, filter, wanted) => {
    const all = (await get(set)).json.value as Record<string, unknown>[];
    const found = (await get(`${set}?$filter=${filter}`)).json.value as Record<string, unknown>[];
    expect(found.map((row) => row['@odata.etag'])).toEqual(
      all.filter(wanted).map((row) => row['@odata.etag']),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
  });

  it.each([true, false])('`ne` finds empty columns too: %s, as the switch says (UNC)', async (emptyIsNe) => {
    const { get: ask } = bench({ switches: { emptyIsNe } });
    const { json } = await ask('accounts?$select=new_tier&$filter=new_tier ne 1');
    expect(json.value.some((row: { new_tier: number | null }) => row.new_tier === null)).toBe(emptyIsNe);
  });

  it('follows links, aliases and children', async () => {
    const { json } = await get(
      "contacts?$select=fullname&$filter=parentcustomerid_account/accountnumber eq @n&@n='A-000001'",
    );
    expect(json.value.length).toBeGreaterThan(3);
    const missing = await get(
      'contacts?$select=fullname&$filter=parentcustomerid_account/accountnumber eq @n',
    );
    expect(missing.json.value.length).toBeGreaterThan(0);
    const nobody = await get(
      'contacts?$select=fullname&$filter=parentcustomerid_account/accountnumber eq null',
    );
    expect(missing.json.value).toEqual(nobody.json.value);
    const parents = await get('accounts?$select=name&$filter=contact_customer_accounts/any()');
    const childless = await get('accounts?$select=name&$filter=not contact_customer_accounts/any()');
    expect(parents.json.value.length + childless.json.value.length).toBe(40);
    const circles = await get('accounts?$select=name&$filter=_parentaccountid_value eq null');
    expect(circles.json.value.length).toBeGreaterThan(20);
  });

  it('knows the hierarchy, circles included', async () => {
    const ids = (await get("accounts?$select=accountid&$filter=accountnumber eq 'A-000004'")).json.value[0]
      .accountid;
    const filter = `Microsoft.Dynamics.CRM.Under(PropertyName='accountid',PropertyValue='${ids}')`;
    const { json } = await get(`accounts?$select=accountnumber&$filter=${filter}`);
    expect(json.value.map((row: { accountnumber: string }) => row.accountnumber).sort()).toEqual(
      expect.arrayContaining(['A-000005', 'A-000006']),
    );
  });

  it('is the same organisation for the same seed, and another for another', async () => {
    const first = await get('contacts?$top=5');
    expect((await bench().get('contacts?$top=5')).text).toBe(first.text);
    expect((await bench({ seed: 2 }).get('contacts?$top=5')).text).not.toBe(first.text);
    expect(emulator.token).toBe(bench().emulator.token);
  });
});
