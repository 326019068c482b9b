import { describe, expect, it } from 'vitest';
import { bench } from '../test-fixture.ts';

const asked = bench();
const ALL = { prefer: 'odata.include-annotations="*"' };

function fetch(set: string, xml: string, headers: Record<string, string> = {}) {
  return asked.get(`${set}?fetchXml=${encodeURIComponent(xml)}`, headers);
}

const accounts = (inner: string, attributes = '') =>
  `<fetch ${attributes}><entity name="account">${inner}</entity></fetch>`;

describe('FetchXML', () => {
  it.each([
    ['<condition attribute="statecode" operator="eq" value="0" />', 'statecode eq 0'],
    ['<condition attribute="name" operator="like" value="%gmbh%" />', "contains(name,'gmbh')"],
    [
      '<condition attribute="accountnumber" operator="begins-with" value="A-00000" />',
      "startswith(accountnumber,'A-00000')",
    ],
    ['<condition attribute="revenue" operator="null" />', 'revenue eq null'],
    ['<condition attribute="revenue" operator="gt" value="100000.5" />', 'revenue gt 100000.5'],
    [
      '<condition attribute="new_tier" operator="in"><value>1</value><value>9</value></condition>',
      'new_tier eq 1 or new_tier eq 9',
    ],
    [
      '<condition attribute="createdon" operator="on-or-after" value="2023-01-01" />',
      'createdon ge 2023-01-01T00:00:00Z',
    ],
  ])('%s finds what %s finds', async (condition, filter) => {
    const xml = await fetch(
      'accounts',
      accounts(`<attribute name="accountid" /><filter>${condition}</filter>`),
    );
    const odata = await asked.get(`accounts?$select=accountid&$filter=${filter}`);
    expect(xml.json.value).toEqual(odata.json.value);
    expect(xml.json.value.length).toBeGreaterThan(0);
  });

  it('leaves out what is empty, and reaches one record over a link', async () => {
    const { json } = await fetch(
      'accounts',
      accounts(
        '<attribute name="name" /><attribute name="telephone2" /><link-entity name="contact" from="contactid" to="primarycontactid" alias="p"><attribute name="fullname" /><filter><condition attribute="statecode" operator="eq" value="0" /></filter></link-entity>',
      ),
      ALL,
    );
    expect(json.value.length).toBeGreaterThan(5);
    for (const row of json.value) expect(row).not.toHaveProperty('telephone2');
    const named = json.value.filter((row: Record<string, unknown>) => typeof row['p.fullname'] === 'string');
    expect(named.length).toBeGreaterThan(5);
  });

  it('gives its cookie and whether there is more only to those who ask, and goes on from it', async () => {
    const page = (number: number, cookie = '') =>
      accounts(
        '<attribute name="accountnumber" /><order attribute="accountnumber" />',
        `count="15" page="${number}" ${cookie}`,
      );
    expect(Object.keys((await fetch('accounts', page(1))).json)).toEqual(['@odata.context', 'value']);
    const first = await fetch('accounts', page(1), ALL);
    expect(first.json['@Microsoft.Dynamics.CRM.morerecords']).toBe(true);
    const [, inner = ''] =
      /pagingcookie="([^"]+)"/.exec(first.json['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']) ?? [];
    const cookie = decodeURIComponent(decodeURIComponent(inner))
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    const second = await fetch('accounts', page(2, `paging-cookie="${cookie}"`), ALL);
    const simple = await fetch('accounts', page(2), ALL);
    expect(second.json.value).toEqual(simple.json.value);
    expect(second.json.value[0].accountnumber).toBe('A-000016');
    const far = await fetch('accounts', accounts('<attribute name="name" />', 'count="5000" page="11"'));
    expect(far.json.error.code).toBe('0x8004430A');
  });

  it('groups and computes', async () => {
    const { json } = await fetch(
      'opportunities',
      '<fetch aggregate="true"><entity name="opportunity"><attribute name="statecode" groupby="true" alias="state" /><attribute name="opportunityid" aggregate="count" alias="n" /><attribute name="estimatedvalue" aggregate="sum" alias="total" /></entity></fetch>',
      ALL,
    );
    expect(json.value.map((row: Record<string, unknown>) => [row['state'], row['n']])).toEqual([
      [0, 18],
      [1, 6],
      [2, 6],
    ]);
    expect(json.value[1]['state@OData.Community.Display.V1.FormattedValue']).toBe('Won');
  });

  it.each([
    [accounts('<attribute name="nothing" />'), 400, '0x80041103'],
    ['<fetch><entity name="lead" /></fetch>', 400, '0x80040203'],
    ['<fetch>', 400, '0x80040203'],
    [accounts('<link-entity name="nothing" from="a" to="b" />'), 400, '0x80041102'],
    [accounts('<link-entity name="contact" from="parentcustomerid" to="accountid" />'), 501, 'NotEmulated'],
    [accounts('', 'distinct="true"'), 501, 'NotEmulated'],
    [accounts('', 'datasource="bin"'), 501, 'NotEmulated'],
    [
      accounts('<filter><condition attribute="name" operator="eq-businessid" /></filter>'),
      501,
      'NotEmulated',
    ],
  ])('%s is answered %i', async (xml, status, code) => {
    const seen = await fetch('accounts', xml);
    expect([seen.status, seen.json.error.code]).toEqual([status, code]);
  });
});
