import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleManifest, writeSampleCompany } from '../../../../../samples/smart-crm-online.ts';
import { systemPorts } from '../../base/ports.ts';
import type {
  Automation,
  Page,
  SourceCatalog,
  SourceConnector,
  SourceEntity,
  SourceRecord,
} from '../../model/source.ts';
import { createSource } from '../registry.ts';
import { recognise } from '../shared/export-files/recognise.ts';
import { testSurroundings } from '../surroundings-fixture.ts';
import { smartCrmOnline } from './catalog.ts';

const signal = new AbortController().signal;
const shared = process.env.LANDFALL_SHARED ?? resolve(import.meta.dirname, '../../../../../../shared');
const maven = join(shared, 'data/maven-crm-sales');

function sourceAt(path: string, tables: readonly object[] = []): SourceConnector {
  return createSource(
    { system: 'smart-crm-online', export: path, tables },
    systemPorts(),
    testSurroundings(),
  );
}

async function pagesOf(source: SourceConnector, entity: string): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of source.read(entity, null, signal)) pages.push(page);
  return pages;
}

let directory = '';
let manifest: SampleManifest;
let catalog: SourceCatalog;
const records = new Map<string, SourceRecord[]>();
const automations: Automation[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sample-company-'));
  manifest = await writeSampleCompany(directory, {
    companies: 60,
    contacts: 300,
    deals: 400,
    activities: 1_200,
    notes: 120,
  });
  const source = sourceAt(directory);
  catalog = await source.describe(signal);
  for (const { name } of catalog.entities) {
    records.set(
      name,
      (await pagesOf(source, name)).flatMap((page) => page.records),
    );
  }
  for await (const automation of source.automations(signal)) automations.push(automation);
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function entity(name: string): SourceEntity {
  return catalog.entities.find((other) => other.name === name) as SourceEntity;
}

function field(name: string, header: string) {
  return entity(name).fields.find((other) => other.name === header);
}

/** The first record planted with that id. */
function record(name: string, id: string): SourceRecord {
  return records.get(name)?.find(({ key }) => key === `${name}:${id}`) as SourceRecord;
}

describe('the sample company is read whole (S-02, DISC-13, DISC-14)', () => {
  it.each(['companies', 'contacts', 'deals', 'activities', 'notes'] as const)('%s: exact counts', (name) => {
    expect(entity(name).count).toEqual({ value: manifest.rows[name], exact: true });
    expect(records.get(name)).toHaveLength(manifest.rows[name] - manifest.unreadable[name]);
  });

  it('each file in its own way of writing: Turkish letters arrive', () => {
    expect(record('companies', 'C-90003').fields['Company Name']).toBe('Bozdağ Gıda San. ve Tic. Ltd. Şti.');
    expect(record('deals', 'D-90012').fields.Stage).toBe('proposal  sent ');
    expect(record('notes', 'N-90002').fields.Content).toBe('İlk satır\nikinci "tırnaklı" satır\nüçüncü');
    expect(record('contacts', 'P-90013').fields['Job Title']).toBe('Satın Alma\nve Lojistik');
  });

  it('what looks wrong is told: cut line, doubled id, lost ids, damaged phones, ambiguous dates', () => {
    const found = Object.fromEntries(catalog.issues.map((issue) => [issue.code, issue.at]));
    expect(found).toMatchObject({
      'truncated-last-line': `activities.csv:${manifest.rows.activities + 1}`,
      'duplicate-ids': 'contacts.csv',
      'spreadsheet-damage': 'contacts.Mobile',
      'dates-ambiguous': 'contacts.First Visit',
      'table-unknown': 'price-list.csv',
    });
    expect(
      catalog.issues.filter(({ code }) => code === 'dangling-ids').map(({ message }) => message),
    ).toEqual([expect.stringContaining('C-99999'), expect.stringContaining('C-99998')]);
    expect(catalog.issues.filter(({ code }) => code === 'table-missing')).toEqual([]);
  });

  it('every planted record is there', () => {
    for (const planted of manifest.cases) {
      for (const id of planted.ids) {
        expect(record(planted.entity, id), `${planted.rule} ${planted.entity} ${id}`).toBeDefined();
      }
    }
  });
});

describe('the reading half of every row of the pair page', () => {
  it('S-20(a)(b) contacts carry name, e-mail, phones and a company id', () => {
    expect(record('contacts', 'P-90001').fields).toMatchObject({
      'First Name': 'Ayşe',
      'Last Name': 'Örnek',
      Email: 'Ayse.Ornek@Akcay.example',
      Mobile: '0532 555 33 44',
      'Company ID': 'C-90001',
    });
  });

  it('S-20(b) companies are found by id, name (legal form aside) and domain', () => {
    expect(record('companies', 'C-90001').lookup).toEqual([
      { kind: 'name', value: 'akcay yazilim as' },
      { kind: 'name', value: 'akcay yazilim' },
      { kind: 'domain', value: 'akcay.example' },
    ]);
    expect(record('companies', 'C-90009').lookup.filter(({ kind }) => kind === 'domain')).toEqual([]);
  });

  it('S-20(c) placeholder and shared addresses are no keys', () => {
    for (const id of ['P-90004', 'P-90005', 'P-90006']) {
      expect(record('contacts', id).lookup.filter(({ kind }) => kind === 'email')).toEqual([]);
    }
    expect(record('contacts', 'P-90017').lookup.filter(({ kind }) => kind === 'email')).toHaveLength(2);
  });

  it.each([
    ['S-21(b)', 'companies', 'Company Name', 'name'],
    ['S-21(c)', 'companies', 'Address', 'address'],
    ['S-21(c)', 'companies', 'Domain', 'domain'],
    ['S-22(a)', 'deals', 'Company ID', 'reference'],
    ['S-22(b)', 'deals', 'Contact Name', 'name'],
    ['S-22(c)', 'deals', 'Amount', 'money'],
    ['S-22(c)', 'deals', 'Close Date', 'date'],
    ['S-22(c)', 'deals', 'Owner', 'owner'],
    ['S-24(a)', 'activities', 'Duration', 'duration'],
    ['S-24(a)', 'activities', 'Disposition', 'choice'],
    ['S-24(a)', 'activities', 'Start', 'dateTime'],
    ['S-24(b)', 'activities', 'Deal ID', 'reference'],
    ['S-25(a)', 'activities', 'Direction', 'choice'],
    ['S-25(a)', 'activities', 'Body', 'html'],
    ['S-26(a)', 'activities', 'End', 'dateTime'],
    ['S-26(a)', 'activities', 'Location', 'text'],
    ['S-26(b)', 'activities', 'Attendees', 'longText'],
    ['S-27(a)', 'activities', 'Completed', 'boolean'],
    ['S-27(a)', 'activities', 'Due Date', 'date'],
    ['S-27(b)', 'activities', 'Completed At', 'dateTime'],
    ['S-28(b)', 'notes', 'Author', 'owner'],
    ['S-28(b)', 'notes', 'Created At', 'dateTime'],
    ['S-28(d)', 'notes', 'Content', 'html'],
    ['S-29(a)', 'deals', 'Tags', 'tags'],
    ['S-30', 'contacts', 'Owner', 'owner'],
  ])('%s %s.%s is a standard field of type %s', (_rule, name, standard, type) => {
    expect(field(name, standard)).toMatchObject({ standard, type });
  });

  it('S-22(c) amounts have a decimal comma and dates the day first', () => {
    expect(field('deals', 'Amount')?.format).toBe(',');
    expect(field('deals', 'Close Date')?.format).toBe('dd.MM.yyyy');
  });

  it('S-22(d), S-23(a)(b)(c) stages, pipelines and probabilities are told by the deals alone', () => {
    const stages = field('deals', 'Stage')?.values.map(({ value }) => value);
    expect(stages).toEqual(
      expect.arrayContaining(['Proposal Sent', 'Legal Review', 'Teklif Gönderildi', 'proposal  sent']),
    );
    expect(field('deals', 'Pipeline')?.distinct).toBe(2);
    expect(field('deals', 'Probability')?.values).toContainEqual({ value: '65', count: 1 });
  });

  it('S-29(a) all tags are listed one by one', () => {
    const tags = field('contacts', 'Tags')?.values.map(({ value }) => value);
    expect(tags).toEqual(expect.arrayContaining(['VIP', 'Newsletter', 'Fuar 2023', 'Fuar 2024']));
    expect(tags?.some((tag) => tag.includes(','))).toBe(false);
  });

  it('S-05, S-30 owners stand as names in one table and as addresses in another', () => {
    const values = (name: string) => field(name, 'Owner')?.values.map(({ value }) => value);
    expect(values('companies')).toContain('Kaan Bilgin');
    expect(values('contacts')).toContain('kaan.bilgin@sample.example');
  });

  it.each([
    ['companies', 'Customer Tier', 'choice'],
    ['companies', 'Vergi No', 'text'],
    ['companies', 'Renewal Date', 'date'],
    ['companies', 'Key Account', 'boolean'],
    ['companies', 'NPS Score', 'number'],
    ['contacts', 'Newsletter', 'boolean'],
    ['contacts', 'LinkedIn', 'url'],
    ['contacts', 'First Visit', 'date'],
    ['deals', 'Region', 'choice'],
    ['deals', 'Products of Interest', 'choices'],
    ['deals', 'Discount %', 'percent'],
    ['deals', 'Contract Signed', 'boolean'],
    ['deals', 'Weighted Value (formula)', 'money'],
  ])('S-31(a)(c) %s.%s is a custom field of type %s', (name, header, type) => {
    expect(field(name, header)).toMatchObject({ standard: null, type });
  });

  it('S-04, S-31(b) standard columns are none of the custom ones', () => {
    const custom = catalog.entities.flatMap(({ fields }) =>
      fields.filter(({ standard }) => standard === null),
    );
    expect(custom.map(({ name }) => name)).toHaveLength(15);
  });

  it.each([
    ['Stage sets the status', true, 'Stage "Closed Won" has Status "Won"'],
    ['Stage sets the probability', true, 'Stage "Negotiation" has Probability "80"'],
    ['Stage assigns the owner', true, 'Stage "Legal Review" has Owner "derya.sen@sample.example"'],
    ['Follow-up after a new deal', true, '"Follow up on new deal" comes 3 day(s) after the start'],
    ['City assigns the owner', false, 'no City'],
  ])('S-06, DOC-23 %s: %s', (name, detected, evidence) => {
    const found = automations.find((automation) => automation.name === name);
    expect(found).toMatchObject({ detected, evidence: expect.stringContaining(evidence) });
    expect(found?.equivalent).not.toBe('');
  });
});

describe('tables are recognised by English and Turkish headers', () => {
  it.each([
    ['companies', 'Firma No;Ünvan;Sektör;Telefon;Adres;Şehir;Sorumlu;Etiketler'],
    ['companies', 'Company Name;Website;Phone;Owner'],
    ['contacts', 'Ad;Soyad;E-posta;Cep;Firma;Görevi'],
    ['contacts', 'Contact ID;Full Name;Email;Company'],
    ['contacts', 'Name;Email;Phone;Company;Title'],
    ['deals', 'Fırsat Adı;Aşama;Tutar;Para Birimi;Tahmini Kapanış;Firma;Yetkili Kişi;Sorumlu'],
    ['deals', 'Deal Name;Stage;Amount;Close Date;Primary Contact;Owner'],
    ['activities', 'Activity ID;Type;Subject;Start;Duration;Contact Name;Owner'],
    ['activities', 'Tür;Konu;Açıklama;Tarih;Kişi;Fırsat'],
    ['calls', 'Call ID;Subject;Start;Duration;Disposition;Contact Name;Deal ID;Owner'],
    ['emails', 'Email ID;Subject;Body;Direction;Date;Contact Name'],
    ['meetings', 'Meeting ID;Title;Start;End;Location;Attendees;Contact Name'],
    ['tasks', 'Task ID;Subject;Due Date;Status;Completed;Completed At;Owner'],
    ['notes', 'Note ID;Parent Type;Parent ID;Content;Author;Created At'],
    ['notes', 'Not;Yazan;İlgili Kayıt;Oluşturma Tarihi'],
    ['leads', 'Lead ID;Full Name;Email;Company;Lead Status;Lead Source'],
  ])('%s: %s', (name, header) => {
    expect(recognise(smartCrmOnline, 'export.csv', header.split(';'))).toMatchObject({ entity: { name } });
  });

  it.each([
    ['product;series;sales_price'],
    ['sales_agent;manager;regional_office'],
    ['SKU;List Price;Unit'],
    ['Date;Amount;Description'],
  ])('no entity of ours: %s', (header) => {
    expect(recognise(smartCrmOnline, 'export.csv', header.split(';'))).toHaveProperty('reason');
  });

  it('every requirement, id, key, look-up and reference of the catalog names a field that there is', () => {
    for (const { name, fields, requires, id, naturalKey, lookups, span } of smartCrmOnline.entities) {
      const named = [
        ...requires.flat(),
        id,
        ...naturalKey,
        ...lookups.flatMap(({ from }) => from),
        ...(span === undefined ? [] : [span]),
      ];
      const known = fields.map((one) => one.name);
      expect(known, name).toEqual(expect.arrayContaining(named));
      expect(new Set(known).size, name).toBe(known.length);
    }
  });
});

describe.skipIf(!existsSync(maven))('a real company that never saw this CRM (shared data folder)', () => {
  it('its tables are recognised without any special word about them', async () => {
    const { entities, issues } = await sourceAt(maven, [
      { file: 'sales_pipeline_variant_ddmmyy.csv', entity: 'none' },
    ]).describe(signal);
    expect(entities.map(({ name, count, origin }) => [name, count.value, origin])).toEqual([
      ['companies', 85, ['accounts.csv']],
      ['deals', 8_800, ['sales_pipeline.csv']],
    ]);
    const standards = entities.flatMap(({ fields }) =>
      fields.map(({ name, standard, format }) => [name, standard, format]),
    );
    expect(standards).toEqual([
      ['account', 'Company Name', null],
      ['sector', 'Industry', null],
      ['year_established', null, null],
      ['revenue', 'Annual Revenue', '.'],
      ['employees', 'Employees', null],
      ['office_location', 'Address', null],
      ['subsidiary_of', 'Parent Company', null],
      ['opportunity_id', 'Deal ID', null],
      ['sales_agent', 'Owner', null],
      ['product', null, null],
      ['account', 'Company', null],
      ['deal_stage', 'Stage', null],
      ['engage_date', null, 'M/d/yyyy'],
      ['close_date', 'Close Date', 'M/d/yyyy'],
      ['close_value', 'Amount', null],
    ]);
    expect(issues.filter(({ code }) => code === 'table-unknown').map(({ at }) => at)).toEqual([
      'data_dictionary.csv',
      'products.csv',
      'sales_teams.csv',
    ]);
  });

  it('companies are named by their names, and deals find them by those', async () => {
    const source = sourceAt(maven, [{ file: 'sales_pipeline_variant_ddmmyy.csv', entity: 'none' }]);
    const [first] = (await pagesOf(source, 'companies')).flatMap((page) => page.records);
    expect(first?.key).toBe('companies:Acme Corporation');
    expect(first?.lookup).toContainEqual({ kind: 'name', value: 'acme' });
    const deals = (await pagesOf(source, 'deals')).flatMap((page) => page.records);
    expect(deals).toHaveLength(8_800);
    expect(deals[0]).toMatchObject({
      key: 'deals:1C1I7A6R',
      fields: { account: 'Cancity', sales_agent: 'Moses Frase' },
    });
  });

  it('the second copy of the deals is noticed: doubled ids and mixed dates', async () => {
    const { issues, entities } = await sourceAt(maven).describe(signal);
    expect(entities.find(({ name }) => name === 'deals')?.count.value).toBe(17_600);
    expect(issues.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['duplicate-ids', 'dates-mixed', 'several-tables']),
    );
  });

  it('overrides name columns that no alias knows', async () => {
    const tables = [
      { file: 'sales_pipeline_variant_ddmmyy.csv', entity: 'none' },
      {
        file: 'sales_pipeline.csv',
        entity: 'deals',
        columns: { engage_date: 'Created At', product: 'Deal Name' },
      },
    ];
    const { entities } = await sourceAt(maven, tables).describe(signal);
    const found = entities
      .find(({ name }) => name === 'deals')
      ?.fields.find(({ name }) => name === 'engage_date');
    expect(found).toMatchObject({ standard: 'Created At', type: 'date', format: 'M/d/yyyy' });
  });
});

describe('the registry', () => {
  it.each([
    [{ system: 'salesforce' }, 'configuration-wrong', 'there are smart-crm-online'],
    [{}, 'configuration-wrong', 'must name the CRM'],
    [null, 'configuration-wrong', 'must name the CRM'],
    [{ system: 'toString' }, 'configuration-wrong', 'there are'],
    [{ system: 'smart-crm-online' }, 'configuration-wrong', 'source.export must name the folder'],
  ])('%j is refused with %s', (config, code, message) => {
    expect(() => createSource(config, systemPorts(), testSurroundings())).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('a relative export is taken from the workspace', async () => {
    const source = createSource(
      { system: 'smart-crm-online', export: '.' },
      systemPorts(),
      testSurroundings(directory),
    );
    expect((await source.check(signal)).lines.join('\n')).toContain(
      'companies.csv: companies (16 of 21 columns',
    );
  });
});
