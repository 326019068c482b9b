import { describe, expect, it } from 'vitest';
import { allRecords, bench } from './account-fixture.ts';

describe('the module API', () => {
  it('lists more than forty modules in two languages, with counts of what is not deleted', async () => {
    const { json } = await bench().get('modules');
    expect(json.length).toBeGreaterThan(40);
    const contact = json.find(({ key }: { key: string }) => key === 'contact');
    expect(contact).toMatchObject({ name: 'Kişiler', nameEn: 'Contacts', active: true, isCustom: false });
    expect(json.filter(({ isCustom }: { isCustom: boolean }) => isCustom)).toHaveLength(7);
    expect(json.filter(({ active }: { active: boolean }) => !active).length).toBeGreaterThan(4);
  });

  it('counts as many records as are not deleted', async () => {
    const account = bench();
    const { json } = await account.get('modules');
    for (const key of ['company', 'contact', 'proposal', 'ozel_makine']) {
      const records = await allRecords(account, key);
      const { recordCount } = json.find((module: { key: string }) => module.key === key);
      expect(records.filter(({ active }) => active === true)).toHaveLength(recordCount);
      expect(records.length).toBeGreaterThan(recordCount - 1);
    }
  });

  it('describes fields in two languages, with type, choices and cardinality', async () => {
    const { json } = await bench().get('modules/company/fields');
    const sector = json.find(({ key }: { key: string }) => key === 'sectorId');
    expect(sector).toMatchObject({
      label: 'Sektör',
      labelEn: 'Industry',
      type: 'dropdown',
      cardinality: 'one',
    });
    expect(sector.options[0]).toMatchObject({ label: 'İnşaat', labelEn: 'Construction' });
    expect(json.find(({ key }: { key: string }) => key === 'parentCompanyId')).toMatchObject({
      type: 'lookup',
      lookupModule: 'company',
    });
  });

  it('tells the cardinality of references', async () => {
    const { get } = bench();
    const of = async (module: string) => (await get(`modules/${module}/relations`)).json;
    expect(await of('ozel_kredi_profili')).toContainEqual(
      expect.objectContaining({ field: 'companyId', cardinality: 'one-to-one' }),
    );
    expect(await of('ozel_makine')).toContainEqual(
      expect.objectContaining({ field: 'companyId', cardinality: 'many-to-one' }),
    );
    expect(await of('note')).toContainEqual(
      expect.objectContaining({ field: 'dataNumber', toModule: null, moduleField: 'moduleId' }),
    );
  });

  it('gives what was changed since a minute, that minute included', async () => {
    const { emulator, get } = bench();
    emulator.control.seed({ update: { contact: [{ id: 3, surname: 'Değişti' }] } });
    const at = async (time: string) =>
      (await get(`modules/contact/records?modifiedSince=${time}`)).json.items.map(
        ({ id }: { id: number }) => id,
      );
    expect(await at('2026-11-21T12:00:59')).toEqual([3]);
    expect(await at('2026-11-21T12:01:00')).toEqual([]);
    expect((await get('modules/contact/records?modifiedSince=gestern')).status).toBe(400);
  });

  it('refuses missing and wrong keys with 401', async () => {
    const { get } = bench();
    expect((await get('modules', {})).status).toBe(401);
    expect((await get('modules', { apikey: 'x', apisecret: 'y' })).status).toBe(401);
  });

  it('hands out the bytes of files that it has, and never a password', async () => {
    const { get } = bench();
    expect((await get('files/1')).text).toContain('Dosya 1');
    expect((await get('files/4')).text).toBe('');
    for (const id of [2, 3, 5, 999_999, 'x']) expect((await get(`files/${id}`)).status).toBe(404);
    expect((await get('users')).text.toLowerCase()).not.toContain('password');
  });
});

describe('the legacy dialect', () => {
  it('says in plain text what is wrong with the keys: 400 when they are missing, 200 when they are wrong', async () => {
    const { get } = bench();
    const missing = await get('Contact/GetList', {});
    expect([missing.status, missing.text]).toEqual([400, 'Missing requeired keys!']);
    const wrong = await get('Contact/GetList', { apikey: 'a', apisecret: 'b' });
    expect([wrong.status, wrong.text, wrong.json]).toEqual([200, 'ApiKey or ApiSecret is wrong.', null]);
  });

  it('gives whole tables without pages, and only names for the first few', async () => {
    const { get } = bench();
    const all = (await get('Contact/GetList')).json;
    expect(all.list).toHaveLength(140);
    const few = (await get('Contact/GetList/2')).json;
    expect(few).toMatchObject({ hasExceptionError: false, isSuccessful: false });
    expect(few.list[0]).toEqual({ id: 1, contactNumber: 'CON-000001', fullName: 'Ayşe Işık' });
    expect((await get('Contact/GetById/1')).json.entity.surname).toBe('Işık');
    expect((await get('Contact/GetById/999999')).json.entity).toBeNull();
  });

  it('keeps e-mails, phones, addresses, details and consents in child tables', async () => {
    const { get } = bench();
    const of = async (table: string) =>
      (await get(`${table}/GetList`)).json.list.filter(
        ({ contactNumber }: { contactNumber: string }) => contactNumber === 'CON-000001',
      );
    expect((await of('ContactEmail')).map(({ isDefault }: { isDefault: boolean }) => isDefault)).toEqual([
      true,
      false,
    ]);
    expect(await of('ContactPhone')).toHaveLength(2);
    expect((await of('ContactAddress'))[0]).toHaveProperty('cityId');
    expect((await of('ContactDetail'))[0]).toMatchObject({ birthDate: '1984-02-29' });
    expect((await of('ContactPermit'))[0]).toHaveProperty('smsPermit');
    expect((await get('Contact/GetById/1')).json.entity).not.toHaveProperty('emails');
  });

  it('keeps custom values as text in the Turkish way, one row each', async () => {
    const { get } = bench();
    const rows = (await get('CompanyCustomFieldData/GetList')).json.list.filter(
      ({ companyNumber }: { companyNumber: string }) => companyNumber === 'COM-000001',
    );
    const values = Object.fromEntries(
      rows.map(({ fieldNumber, fieldValue }: Record<string, string>) => [fieldNumber, fieldValue]),
    );
    expect(values).toMatchObject({
      'CF-1-krediLimiti': '1.234.567,89',
      'CF-1-sozlesmeBitis': '31.12.2027',
      'CF-1-bayiMi': 'Evet',
    });
    const fields = (await get('CustomField/GetList')).json.list;
    expect(fields).toContainEqual(expect.objectContaining({ fieldNumber: 'CF-1-krediLimiti', moduleId: 1 }));
  });

  it('holds a row for each tag, line, responsible person and participant', async () => {
    const { get } = bench();
    const rows = async (table: string) => (await get(`${table}/GetList`)).json.list;
    expect(
      (await rows('Tag')).filter(({ dataNumber }: { dataNumber: string }) => dataNumber === 'COM-000012'),
    ).toHaveLength(3);
    expect((await rows('TaskResponsible')).length).toBeGreaterThan(30);
    expect((await rows('InvoiceLine'))[0]).toMatchObject({ invoiceNumber: 'INV-000001' });
    expect((await rows('ProposalCategory')).map(({ poc }: { poc: number }) => poc)).toContain(75);
  });

  it('answers a failing table with HTTP 200', async () => {
    const { emulator, get } = bench();
    emulator.control.faults({ rules: [{ kind: 'status-500', count: 1 }] });
    const seen = await get('Contact/GetList');
    expect([seen.status, seen.json.hasExceptionError, seen.json.list]).toEqual([200, true, null]);
  });
});
