import { afterAll, describe, expect, it } from 'vitest';
import type { SourceCatalog, SourceConnector } from '../../model/source.ts';
import { createSource } from '../registry.ts';
import { testSurroundings } from '../surroundings-fixture.ts';
import { allOf, closeAll, opened, ports } from './dinamikcrm-fixture.ts';

const signal = new AbortController().signal;
afterAll(closeAll);

const fieldOf = (catalog: SourceCatalog, entity: string, field: string) =>
  catalog.entities.find(({ name }) => name === entity)?.fields.find(({ name }) => name === field);

const shared = await opened({ limits: 'on' });
const catalog = await shared.source.describe(signal);
const recordOf = async (entity: string, id: number, { source } = shared) =>
  (await allOf(source, entity)).find(({ key }) => key === `${entity}:${id}`);

describe('discovery by the module API', () => {
  it('D-02, D-27(a): enumerates every module before a record is read', () => {
    const paths = shared.served.emulator.control.log().map(({ path }) => path);
    const firstRecord = paths.findIndex((path) => path.includes('/records'));
    const lastDefinition = paths.findLastIndex((path) => /\/(fields|relations)$/.test(path));
    expect(paths.indexOf('/api/modules')).toBeLessThan(3);
    expect(lastDefinition).toBeLessThan(firstRecord);
  });

  it('D-03: has an entity with an exact count for every active module with records', async () => {
    const response = await shared.served.emulator.control.extra('counts');
    expect(Object.keys(response as object).length).toBeGreaterThan(40);
    expect(catalog.entities.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['company', 'contact', 'proposal', 'employee', 'ozel_makine', 'ozel_depo']),
    );
    expect(catalog.entities.map(({ name }) => name)).not.toContain('ozel_eski_liste');
    for (const { name, count } of catalog.entities)
      expect([name, (await allOf(shared.source, name)).length, count.exact]).toEqual([
        name,
        count.value,
        true,
      ]);
  });

  it('D-27(b): describes fields with their labels in both languages and the type the source says', () => {
    expect(fieldOf(catalog, 'company', 'Kredi Limiti (TL)')).toMatchObject({ standard: null, type: 'money' });
    expect(fieldOf(catalog, 'company', 'Kredi Limiti (TL)')?.evidence).toMatch(
      /the source says currency: "Kredi Limiti \(TL\) \/ Credit limit"/,
    );
    expect(fieldOf(catalog, 'ozel_makine', 'Değişen Parçalar')).toMatchObject({ type: 'choices' });
  });

  it.each([
    ['ozel_kredi_profili', 'Firma', ['company'], 1],
    ['ozel_kisi_profili', 'Kişi', ['contact'], 1],
    ['ozel_makine', 'Firma', ['company'], 3],
  ])('D-27(d), D-27(e): %s.%s leads to %j, at most %i for one', (entity, field, references, mostForOne) => {
    expect(fieldOf(catalog, entity, field)).toMatchObject({ type: 'reference', references, mostForOne });
  });

  it.each([
    ['modules-off', 'modules', 'Eski Liste'],
    ['modules-empty', 'modules', 'Kampanyalar / Campaigns'],
    ['module-no-place', 'ozel_depo', 'Depolar / Warehouses'],
    ['module-no-place', 'survey', 'Anketler / Surveys'],
    ['module-no-place', 'employee', 'national ids'],
    ['relation-does-not-fit', 'ozel_depo_hareketi.Ürünler', 'several records of Ürünler'],
    ['relation-does-not-fit', 'ozel_depo_hareketi.Depo', 'no place'],
    ['deleted-records', 'company', 'deleted'],
    ['invoices-add-on', 'invoice', 'Premium'],
    ['scheduling-fields', 'appointment', 'no equivalent'],
    ['deals-two-ways', 'sales', 'proposals and sales'],
  ])('D-27(f): flags %s at %s', (code, at, words) => {
    const found = catalog.issues.find((issue) => issue.code === code && issue.at === at);
    expect(found?.message).toContain(words);
  });

  it('D-31(b): flags each group of tags, and gives it a field of its own', () => {
    const groups = catalog.issues.filter(({ code }) => code === 'tag-group');
    expect(groups.map(({ message }) => /"(.+)"/.exec(message)?.[1])).toEqual([
      'Sadakat',
      'Bölge',
      'Fuar 2026',
    ]);
    expect(fieldOf(catalog, 'company', 'Tags: Sadakat')).toMatchObject({ type: 'choices' });
  });

  it('D-28(a), D-28(b): tells pipelines with their stages in order', () => {
    expect(catalog.pipelines?.map(({ name }) => name)).toEqual([
      'Kurumsal Satış',
      'Bayi Kanalı',
      'Satış Süreci',
    ]);
    expect(catalog.pipelines?.[0]?.stages.map(({ name, probability }) => `${name} ${probability}`)).toEqual([
      'Ön Görüşme 10',
      'İhtiyaç Analizi 25',
      'Teklif Verildi 50',
      'Pazarlık 75',
      'Kazanıldı 100',
      'Kaybedildi 0',
    ]);
  });

  it('D-29(a), D-29(c): tells users as owners, disabled ones and one without an e-mail too', () => {
    expect(catalog.owners).toHaveLength(8);
    expect(catalog.owners).toContainEqual({ owner: 'Deniz Aksoy', kind: 'user', active: true });
    expect(catalog.owners?.filter(({ active }) => !active)).toHaveLength(2);
  });

  it('D-06, D-28(c): lists the rules the source applies by itself', async () => {
    const rules = [];
    for await (const rule of shared.source.automations(signal)) rules.push(rule);
    expect(rules).toHaveLength(6);
    expect(rules[1]).toMatchObject({ name: 'Otomatik ilerletme', detected: false });
    expect(rules.every(({ equivalent }) => equivalent.length > 10)).toBe(true);
  });

  it('marks personal data as sensitive, so that nothing maps it unasked', () => {
    for (const field of ['National ID', 'Birth Date', 'Gender', 'Favorite Team'])
      expect([field, fieldOf(catalog, 'contact', field)?.sensitive]).toEqual([field, true]);
    expect(fieldOf(catalog, 'employee', 'Salary')?.sensitive).toBe(true);
    expect(fieldOf(catalog, 'contact', 'First Name')?.sensitive).toBe(false);
  });

  it('D-07: learns the hidden limit and remembers it', () => {
    const { refused } = shared.served.emulator.control.extra('usage') as { refused: number };
    expect(refused).toBeGreaterThan(0);
    expect(JSON.parse(shared.surroundings.kept.get('limits') ?? '{}').ceiling).toBeLessThan(80);
  });
});

describe('records', () => {
  it('D-20: have e-mails and phones by type, the primary one first, and words in the place of numbers', async () => {
    const contact = await recordOf('contact', 1);
    expect(contact?.fields).toMatchObject({
      'First Name': 'Ayşe',
      'Work Email': ['ayse.yilmaz0@anadolukimya.com.tr'],
      'Home Email': ['ayse0@gmail.com'],
      'Company ID': '1',
      'Tercih Edilen Kanal': 'WhatsApp',
      'KVKK Onay Tarihi': '2025-06-30',
    });
    expect(contact?.fields['Phone']).toHaveLength(2);
    expect(contact?.lookup).toEqual(
      expect.arrayContaining([
        { kind: 'id', value: 'CON-000001' },
        { kind: 'email', value: 'ayse.yilmaz0@anadolukimya.com.tr' },
        { kind: 'parent', value: 'Company ID=1' },
      ]),
    );
  });

  it('D-20(b): have no key by a placeholder address', async () => {
    const contact = await recordOf('contact', 4);
    expect(contact?.lookup.filter(({ kind }) => kind === 'email')).toEqual([]);
  });

  it('D-23, D-29(b): name pipeline, stage, outcome and owner, and keep the ids', async () => {
    expect((await recordOf('proposal', 1))?.fields).toMatchObject({
      Pipeline: 'Kurumsal Satış',
      'Pipeline ID': '1',
      Stage: 'Pazarlık',
      'Stage ID': '14',
      'Stage Outcome': 'open',
      Currency: 'TL',
      Owner: 'Çağla Şahin <cagla.sahin@anadolu.example>',
      'Owner ID': '3',
      'Related Type': 'contact',
      'Related Number': 'CON-000001',
    });
    expect((await recordOf('proposal', 10))?.fields['Owner']).toBe('User 77 (not listed)');
  });

  it('D-24(d): name attendees with their addresses', async () => {
    expect((await recordOf('activity', 1))?.fields['Attendees']).toBe(
      'Ayşe Işık <ayse.yilmaz0@anadolukimya.com.tr>; İBRAHİM KAYA <IBRAHIM.KAYA@iplik.com.tr>',
    );
  });

  it('D-26(c): give the lines of an invoice as lines of text, products by name', async () => {
    const lines = (await recordOf('invoice', 1))?.fields['Lines'] as readonly string[];
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\p{L}.+ · \d/u);
  });

  it('D-30(a): tell of files where they lie, and open those the service has', async () => {
    const files = await allOf(shared.source, 'attach');
    const at = (id: number) => files.find(({ key }) => key === `attach:${id}`)?.fields;
    expect(at(1)).toMatchObject({ 'File Path': '/Uploads/2026/sozlesme.txt', File: '1' });
    expect(at(2)?.['File']).toBeUndefined();
    expect(at(3)).toMatchObject({ 'File Path': 'https://files.example.com/katalog.pdf?e=1' });
    const bytes: Uint8Array[] = [];
    const opening = await shared.source.binary?.('1', signal);
    for await (const chunk of opening?.chunks ?? []) bytes.push(chunk);
    expect(Buffer.concat(bytes).toString()).toContain('Sözleşme ŞİŞLİ');
    expect(opening).toMatchObject({ sizeBytes: Buffer.concat(bytes).length, mediaType: 'text/plain' });
    await expect(shared.source.binary?.('5', signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leave deleted ones out', async () => {
    const ids = (await allOf(shared.source, 'company')).map(({ key }) => key);
    expect(ids).not.toContain('company:9');
    expect(ids).not.toContain('company:10');
  });
});

describe('what goes wrong', () => {
  it.each([
    ['modules', {}],
    ['tables', { dialect: 'tables' }],
  ])('wrong keys are refused by the %s', async (_, more) => {
    const { source } = await opened({}, { auth: { apiKey: 'wrong', apiSecret: 'keys' }, ...more });
    await expect(source.check(signal)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it.each([
    [{ url: 'http://crm.example' }, /source\.url: .*https/],
    [{ url: 'nonsense' }, /source\.url/],
    [{ auth: {} }, /apiKey/],
    [{ dialect: 'soap' }, /source\.dialect/],
    [{ token: 'x' }, /token/],
  ])('settings %j are refused with their place', (settings, words) => {
    const auth = { apiKey: 'a', apiSecret: 'b' };
    const config = { system: 'dinamikcrm', url: 'https://x.example', auth, ...settings };
    expect(() => createSource(config, ports, testSurroundings())).toThrow(words);
  });

  it.each(['repeating', 'missing', 'unstable', 'endless', 'growing'] as const)(
    'pages that are %s still give each record once',
    async (pages) => {
      const { source } = await opened({ records: 3_000, switches: { pages } });
      const { source: sound } = await opened({ records: 3_000 });
      const keys = async (from: SourceConnector) =>
        (await allOf(from, 'contact')).map(({ key }) => key).toSorted();
      expect(await keys(source)).toEqual(await keys(sound));
    },
  );

  it.each(['html', 'truncated'] as const)('pages that are %s pause the reading', async (pages) => {
    const { source } = await opened({ records: 3_000, switches: { pages } });
    await expect(allOf(source, 'contact')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('files', () => {
  it.each([
    ['status-429', 3],
    ['status-503', 2],
    ['lost-answer', 1],
  ])('are asked for again after %s', async (kind, count) => {
    const { source, served } = await opened({ records: 0 });
    await source.check(signal);
    served.emulator.control.faults({ rules: [{ kind, count, path: '/api/files/1' }] });
    const bytes: Uint8Array[] = [];
    for await (const chunk of (await source.binary?.('1', signal))?.chunks ?? []) bytes.push(chunk);
    expect(Buffer.concat(bytes).toString()).toContain('Dosya 1');
  });
});
