import { DynamicsWebApi } from 'dynamics-web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedDataverse, serveDataverse } from './emulator.ts';

let served: ServedDataverse;
let client: DynamicsWebApi;

beforeAll(async () => {
  served = await serveDataverse({ port: 0 });
  client = new DynamicsWebApi({
    serverUrl: served.url,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => served.token,
  });
});
afterAll(() => served.close());

describe('dynamics-web-api over real HTTP', () => {
  it('retrieves one record, with what is formatted', async () => {
    const [first] = (await client.retrieveMultiple({ collection: 'accounts', select: ['accountid'], top: 1 }))
      .value;
    const record = await client.retrieve({
      collection: 'accounts',
      key: first?.['accountid'],
      select: ['name', '_ownerid_value', 'statecode'],
      includeAnnotations: '*',
    });
    expect(record['statecode_Formatted']).toBe('Active');
    expect(record['_ownerid_value_LogicalName']).toMatch(/systemuser|team/);
  });

  it('retrieves all pages by itself', async () => {
    const { value } = await client.retrieveAll({
      collection: 'contacts',
      select: ['fullname'],
      maxPageSize: 7,
    });
    expect(new Set(value.map((row) => row['contactid'])).size).toBe(80);
  });

  it('retrieves page after page, filtered, ordered, expanded', async () => {
    const first = await client.retrieveMultiple({
      collection: 'contacts',
      select: ['fullname'],
      filter: 'statecode eq 0',
      orderBy: ['lastname desc'],
      expand: [{ property: 'parentcustomerid_account', select: ['name'] }],
      maxPageSize: 5,
      count: true,
    });
    expect(first.oDataCount).toBe(79);
    const second = await client.retrieveMultiple(
      { collection: 'contacts', maxPageSize: 5 },
      first.oDataNextLink,
    );
    expect(second.value).toHaveLength(5);
    expect(second.value[0]?.['contactid']).not.toBe(first.value[0]?.['contactid']);
  });

  it('counts', async () => {
    expect(await client.count({ collection: 'contacts' })).toBe(80);
    expect(await client.countAll({ collection: 'contacts', select: ['contactid'] })).toBe(80);
  });

  it('sends a batch, and turns an address that is too long into one', async () => {
    client.startBatch();
    void client.retrieveMultiple({ collection: 'accounts', select: ['name'], top: 2 });
    void client.retrieveMultiple({ collection: 'leads', select: ['subject'], top: 3 });
    const [accounts, leads] = await client.executeBatch();
    expect([accounts.value.length, leads.value.length]).toEqual([2, 3]);
    const [{ accountid } = { accountid: '' }] = accounts.value;
    const filter = Array.from({ length: 120 }, () => `accountid eq ${accountid}`).join(' or ');
    const long = await client.retrieveMultiple({ collection: 'accounts', select: ['name'], filter });
    expect(long.value).toHaveLength(1);
    expect(served.emulator.control.log().at(-1)).toMatchObject({
      method: 'POST',
      path: '/api/data/v9.2/$batch',
      status: 200,
    });
  });

  it('creates, updates, puts in place, and deletes', async () => {
    const [{ contactid } = { contactid: '' }] = (
      await client.retrieveMultiple({ collection: 'contacts', select: ['contactid'], top: 1 })
    ).value;
    const made = await client.create<Record<string, unknown>>({
      collection: 'accounts',
      data: { name: 'By the client', revenue: 12.5, 'primarycontactid@odata.bind': `contacts(${contactid})` },
      returnRepresentation: true,
    });
    const key = String(made['accountid']);
    const read = () =>
      client.retrieve({
        collection: 'accounts',
        key,
        select: ['name', 'revenue'],
        expand: [{ property: 'primarycontactid', select: ['fullname'] }],
      });
    expect(await read()).toMatchObject({ name: 'By the client', primarycontactid: { contactid } });
    await client.update({ collection: 'accounts', key, data: { name: 'Changed' } });
    expect((await read())['name']).toBe('Changed');
    await client.updateSingleProperty({ collection: 'accounts', key, fieldValuePair: { name: 'Again' } });
    expect((await read())['name']).toBe('Again');
    await client.deleteRecord({ collection: 'accounts', key });
    await expect(read()).rejects.toMatchObject({ status: 404, code: '0x80040217' });
    await client.upsert({ collection: 'accounts', key, data: { name: 'Back' } });
    expect((await read())['name']).toBe('Back');
    await client.deleteRecord({ collection: 'accounts', key });
  });

  it('links and unlinks records, to one and to many', async () => {
    const firstOf = async (collection: string, key: string) =>
      (await client.retrieveMultiple({ collection, select: [key], top: 1 })).value[0]?.[key] as string;
    const contact = await firstOf('contacts', 'contactid');
    const account = await client.create<Record<string, unknown>>({
      collection: 'accounts',
      data: { name: 'To be linked' },
      returnRepresentation: true,
    });
    const accountid = String(account['accountid']);
    const linked = async () =>
      (
        await client.retrieve({ collection: 'accounts', key: accountid, select: ['_primarycontactid_value'] })
      )['_primarycontactid_value'];
    await client.associateSingleValued({
      collection: 'accounts',
      primaryKey: accountid,
      navigationProperty: 'primarycontactid',
      relatedCollection: 'contacts',
      relatedKey: contact,
    });
    expect(await linked()).toBe(contact);
    await client.disassociateSingleValued({
      collection: 'accounts',
      primaryKey: accountid,
      navigationProperty: 'primarycontactid',
    });
    expect(await linked()).toBeNull();
    const made = await client.create<Record<string, unknown>>({
      collection: 'new_projects',
      data: { new_name: 'Linked' },
      returnRepresentation: true,
    });
    const project = String(made['new_projectid']);
    const many = {
      collection: 'new_projects',
      primaryKey: project,
      relationshipName: 'new_project_contact',
      relatedKey: contact,
    };
    const contacts = async () =>
      (
        await client.retrieve({
          collection: 'new_projects',
          key: project,
          expand: [{ property: 'new_project_contact', select: ['contactid'] }],
        })
      )['new_project_contact'].map((row: { contactid: string }) => row.contactid);
    await client.associate({ ...many, relatedCollection: 'contacts' });
    expect(await contacts()).toEqual([contact]);
    await client.disassociate(many);
    expect(await contacts()).toEqual([]);
    await client.deleteRecord({ collection: 'accounts', key: accountid });
    await client.deleteRecord({ collection: 'new_projects', key: project });
  });

  it('groups and computes', async () => {
    const { value } = await client.retrieveMultiple({
      collection: 'accounts',
      apply: 'groupby((statecode),aggregate($count as n))',
    });
    expect(value.reduce((sum, row) => sum + Number(row['n']), 0)).toBe(
      await client.count({ collection: 'accounts' }),
    );
  });

  it('reads definitions', async () => {
    const { value } = await client.retrieveEntities({
      select: ['LogicalName'],
      filter: 'IsActivity eq true',
    });
    expect(value.length).toBeGreaterThan(5);
    const [entity] = value;
    const id = entity?.['MetadataId'] as string;
    expect((await client.retrieveEntity({ key: id, select: ['LogicalName'] }))['LogicalName']).toBe(
      'activitypointer',
    );
    const account = await client.retrieveEntities({
      select: ['LogicalName'],
      filter: "LogicalName eq 'account'",
    });
    const picklists = await client.retrieveAttributes({
      entityKey: account.value[0]?.['MetadataId'] as string,
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet', select: ['Options'] }],
    });
    expect(picklists.value.some((row) => row['LogicalName'] === 'new_tier')).toBe(true);
    expect((await client.retrieveGlobalOptionSets()).value).toHaveLength(2);
    expect(
      (
        await client.retrieveRelationships({
          castType: 'Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
        })
      ).value.length,
    ).toBe(6);
  });

  it('calls functions, FetchXML and files', async () => {
    const who = await client.callFunction<{ UserId: string }>('WhoAmI');
    expect(who.UserId).toMatch(/^[0-9a-f-]{36}$/);
    const counts = await client.callFunction({
      name: 'RetrieveTotalRecordCount',
      parameters: { EntityNames: ['account'] },
    });
    expect(counts.EntityRecordCountCollection.Keys).toEqual(['account']);
    const xml = '<fetch count="10"><entity name="account"><attribute name="name" /></entity></fetch>';
    const page = await client.fetch({ collection: 'accounts', fetchXml: xml });
    expect(page.value).toHaveLength(10);
    const all = await client.fetchAll({ collection: 'accounts', fetchXml: xml, includeAnnotations: '*' });
    expect(all.value).toHaveLength(40);
    const [{ accountid } = { accountid: '' }] = (
      await client.retrieveMultiple({ collection: 'accounts', filter: "accountnumber eq 'A-000002'" })
    ).value;
    const file = await client.downloadFile({
      collection: 'accounts',
      key: accountid,
      property: 'new_contract',
    });
    expect([file.fileName, file.fileSize]).toEqual([encodeURIComponent('sözleşme-1.pdf'), 70_000]);
    expect(Buffer.from(file.data as Uint8Array)).toHaveLength(70_000);
  });

  it('follows changes', async () => {
    const whole = await client.retrieveMultiple({
      collection: 'leads',
      select: ['subject'],
      trackChanges: true,
    });
    expect(whole.oDataDeltaLink).toContain('$deltatoken=');
    served.emulator.control.seed({ remove: { lead: [whole.value[0]?.['leadid']] } });
    const changes = await client.retrieveMultiple(
      { collection: 'leads', trackChanges: true },
      whole.oDataDeltaLink,
    );
    expect(changes.value).toEqual([
      expect.objectContaining({ id: whole.value[0]?.['leadid'], reason: 'deleted' }),
    ]);
  });

  it('sees a 429 with its waiting time, and acts for another user', async () => {
    served.emulator.control.faults({ rules: [{ kind: 'status-429', count: 1 }] });
    await expect(client.retrieveMultiple({ collection: 'accounts' })).rejects.toMatchObject({
      status: 429,
      code: '0x80072322',
      headers: { 'retry-after': '5' },
    });
    const { value } = await client.retrieveMultiple({
      collection: 'systemusers',
      filter: 'isdisabled eq false',
      top: 1,
    });
    const id = value[0]?.['systemuserid'];
    const who = await client.callFunction<{ UserId: string }>({ name: 'WhoAmI', impersonate: id });
    expect(who.UserId).toBe(id);
  });
});
