import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ResultsManifest, writeResultsExport } from '../../../../../samples/results.ts';
import { activeReps } from '../../../../../samples/results-people.ts';
import { systemPorts } from '../../base/ports.ts';
import { MigrationError } from '../../model/error.ts';
import type { Automation, SourceCatalog, SourceConnector, SourceRecord } from '../../model/source.ts';
import { recognise } from '../shared/export-files/recognise.ts';
import { testSurroundings } from '../surroundings-fixture.ts';
import { resultsSource } from './access.ts';
import { resultsCatalog } from './catalog.ts';

const signal = new AbortController().signal;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-source-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function source(more: object = {}): SourceConnector {
  return resultsSource({ system: 'results', export: folder, ...more }, systemPorts(), testSurroundings());
}

function put(name: string, lines: readonly string[]): void {
  writeFileSync(join(folder, name), Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'));
}

async function records(connector: SourceConnector, entity: string): Promise<SourceRecord[]> {
  const found: SourceRecord[] = [];
  for await (const page of connector.read(entity, null, signal)) found.push(...page.records);
  return found;
}

/** The standard fields of a header, by entity: what the table is taken for. */
function told(header: string): { readonly entity: string; readonly fields: readonly (string | null)[] } {
  const found = recognise(resultsCatalog, 'table.csv', header.split(';'));
  return 'reason' in found
    ? { entity: found.reason, fields: [] }
    : { entity: found.entity.name, fields: found.standards };
}

describe('the words of the suite and the words of the page', () => {
  it.each([
    ['companies', 'Contact ID;Company;Web Site;Terms;Sales Rep', 'Company ID'],
    ['companies', 'Company ID;Company Name;Website;Owner', 'Company ID'],
    ['contacts', 'Associate ID;Contact ID;First Name;Last Name;E-mail;Title', 'Associate ID'],
    ['contacts', 'Contact ID;Company ID;First Name;Last Name;Email;Title', 'Associate ID'],
    ['deals', 'Project ID;Contact ID;Project/Opp Name;Is Opportunity;Stage;Amount', 'Deal ID'],
    ['deals', 'Deal ID;Company ID;Contact ID;Deal Name;Stage;Value;Close Date;Owner', 'Deal ID'],
    ['activities', 'Activity ID;Type;Subject;Date;Contact ID;Associate ID;Project ID;Result', 'Activity ID'],
    ['activities', 'Activity ID;Type;Subject;Date;Company ID;Contact ID;Deal ID;Outcome', 'Activity ID'],
    ['products', 'SKU;Product Name;Price;Currency;Description', 'Code'],
    ['lines', 'Project ID;Product Code;Quantity;Unit Price', 'Deal ID'],
    ['invoices', 'Invoice No;Project ID;Contact ID;Invoice Date;Total;Balance Due', 'Invoice No'],
    ['documents', 'Document ID;Contact ID;File Path', 'Document ID'],
    ['field-files', 'file;parent_type;parent_id;kind;taken_at', 'Path'],
    ['work-orders', 'Work Order ID;Contact ID;Problem;Resolution;Scheduled Date;Signed By', 'Work Order ID'],
    ['notes', 'Note ID;Contact ID;Note;Created', 'Note ID'],
    ['timesheets', 'Timesheet ID;Project ID;Hours;Date', 'Timesheet ID'],
    ['stages', 'Stage;Sort Order;Stage %', 'Stage'],
    ['sales-reps', 'Initials;Name;E-mail', 'Initials'],
    ['quickbooks-customers', 'ListID;Customer;Main Phone;Balance Total;Active Status', 'List ID'],
  ])('R-01: a table of %s: %s', (entity, header, first) => {
    const found = told(header);
    expect(found.entity).toBe(entity);
    expect(found.fields[0]).toBe(first);
  });

  it('Contact ID is the company’s beside Associate ID, and the person’s beside Company ID', () => {
    expect(told('Activity ID;Type;Subject;Date;Contact ID;Associate ID').fields.slice(4)).toEqual([
      'Company ID',
      'Associate ID',
    ]);
    expect(told('Activity ID;Type;Subject;Date;Contact ID;Company ID').fields.slice(4)).toEqual([
      'Associate ID',
      'Company ID',
    ]);
  });

  it('R-01: what is assumed can be overruled in landfall.yaml, table by table', async () => {
    put('odd.csv', ['Nr,Firma,Netz', '1,Acme,acme.example']);
    const columns = { Nr: 'Company ID', Firma: 'Company Name', Netz: 'Web Site' };
    const [company] = await records(
      source({ tables: [{ file: 'odd.csv', entity: 'companies', columns }] }),
      'companies',
    );
    expect(company?.lookup).toContainEqual({ kind: 'domain', value: 'acme.example' });
  });

  it.each([
    [{ url: 'https://api.example' }, /url/],
    [{ files: '' }, /files/],
    [{ tables: [{ file: 'a.csv', entity: 'leads' }] }, /there is no entity "leads"/],
  ])('R-08: there is no API to name, and other settings are told: %j', (more, message) => {
    expect(() => source(more)).toThrow(MigrationError);
    expect(() => source(more)).toThrow(message);
  });
});

describe('values as Windows programs in the United States write them', () => {
  it('R-25(b): Windows-1252, CRLF and memos with line breaks are read as they are', async () => {
    put('contacts.csv', [
      'Contact ID,Company,Web Site,Notes',
      '1,Caf\u00e9 Bj\u00f6rk,x.example,"One\r\nTwo \x96 three"',
    ]);
    const [company] = await records(source(), 'companies');
    expect(company?.fields).toMatchObject({ Company: 'Café Björk', Notes: 'One\r\nTwo – three' });
  });

  it('DQ-08: M/D/YYYY is told from the values, and where they leave a doubt it is asked about', async () => {
    const header = 'Project ID,Project/Opp Name,Is Opportunity,Stage,Amount,Expected Close';
    put('projects.csv', [header, '1,A,-1,New,1.0000,12/24/2026', '2,B,0,New,2.0000,1/2/2026']);
    const close = async () =>
      (await source().describe(signal)).entities[0]?.fields.find(({ name }) => name === 'Expected Close');
    expect(await close()).toMatchObject({ format: 'M/d/yyyy' });
    put('projects.csv', [header, '1,A,-1,New,1.0000,1/3/2026', '2,B,0,New,2.0000,1/2/2026']);
    expect(await close()).toMatchObject({ format: null, formats: ['d/M/yyyy', 'M/d/yyyy'] });
  });
});

describe('R-07: the suite is made for about 15 users and 15,000 contacts', () => {
  async function warnings(): Promise<readonly string[]> {
    return (await source().describe(signal)).issues
      .filter(({ code }) => code === 'beyond-scale')
      .map(({ at }) => at);
  }

  it.each([
    [15_000, []],
    [15_001, ['contacts']],
  ])('%i associates', async (amount, expected) => {
    const rows = Array.from({ length: amount }, (_, at) => `${at},1,Ann,Lee`);
    put('associates.csv', ['Associate ID,Contact ID,First Name,Last Name', ...rows]);
    expect(await warnings()).toEqual(expected);
  });

  it.each([
    [15, []],
    [16, ['activities.Sales Rep']],
  ])('%i sales reps', async (amount, expected) => {
    const rows = Array.from({ length: amount }, (_, at) => `${at},Call,Hello,1/31/2026,R${at}`);
    put('activities.csv', ['Activity ID,Type,Subject,Date,Sales Rep', ...rows]);
    expect(await warnings()).toEqual(expected);
  });
});

describe('the folder of Field Service', () => {
  const manifest = ['file,parent_type,parent_id,kind,taken_at', 'a.jpg,Contact,1,Photo,1/31/2026 3:00 PM'];

  it('R-09: the manifest beside the files is read; a folder named field-service needs not be named', async () => {
    put('contacts.csv', ['Contact ID,Company,Web Site', '1,Acme,acme.example']);
    mkdirSync(join(folder, 'field-service'));
    put('field-service/manifest.csv', manifest);
    put('field-service/a.jpg', ['\xff\xd8\xff\xe0']);
    for (const connector of [source(), source({ files: join(folder, 'field-service') })]) {
      expect((await records(connector, 'field-files'))[0]?.fields).toMatchObject({
        File: 'a.jpg',
        'File State': 'there',
        'File Size': '6',
      });
      expect(connector.capabilities.binaries).toBe(true);
    }
  });

  it('R-09: without the folder no bytes can be had, and documents are told as missing', async () => {
    put('documents.csv', ['Document ID,Contact ID,File Path', '1,1,C:\\docs\\a.pdf']);
    const connector = source();
    expect(connector.capabilities.binaries).toBe(false);
    expect((await records(connector, 'documents'))[0]?.fields).toMatchObject({ 'File State': 'missing' });
    const told = (await connector.describe(signal)).issues.find(({ code }) => code === 'files-found');
    expect(told?.hint).toContain('source.files');
  });
});

describe('the sample firm', () => {
  let place = '';
  let catalog: SourceCatalog;
  let manifest: ResultsManifest;
  const automations: Automation[] = [];

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'results-sample-'));
    manifest = await writeResultsExport(place, { companies: 40, contacts: 60, deals: 90, activities: 120 });
    const connector = resultsSource({ system: 'results', export: place }, systemPorts(), testSurroundings());
    catalog = await connector.describe(signal);
    for await (const automation of connector.automations(signal)) automations.push(automation);
  });

  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('DISC-01, R-01: every table is recognised, with exact counts', () => {
    const counts = Object.fromEntries(catalog.entities.map(({ name, count }) => [name, count]));
    expect(counts).toMatchObject({
      companies: { value: manifest.rows.contacts, exact: true },
      contacts: { value: manifest.rows.associates, exact: true },
      deals: { value: manifest.rows.projects, exact: true },
      'field-files': { value: manifest.rows.manifest, exact: true },
    });
    expect(catalog.issues.filter(({ code }) => code === 'table-unknown' || code === 'table-missing')).toEqual(
      [],
    );
  });

  it('R-01: standard fields were all found, custom ones are those that were added', () => {
    const custom = catalog.entities.flatMap(({ name, fields }) =>
      fields.filter(({ standard }) => standard === null).map((field) => `${name}.${field.name}`),
    );
    expect(custom).toEqual([
      'companies.Service Plan',
      'companies.Renewal Date',
      'companies.Tax Exempt',
      'companies.Credit Limit',
      'contacts.Do Not Email',
      'deals.Weighted Amount',
      'deals.Region',
    ]);
  });

  it('R-23: the stages of the table come in order with their percentages', () => {
    expect(catalog.pipelines?.[0]?.stages.map(({ name, probability }) => [name, probability])).toEqual([
      ['Lead In', 10],
      ['Qualified', 25],
      ['Proposal', 60],
      ['Negotiation', 80],
      ['On Hold', 40],
      ['Won', 100],
      ['Lost', 0],
    ]);
  });

  it('R-26: the sales reps are the owners, initials are looked up', () => {
    const [first] = activeReps;
    expect(catalog.owners).toContainEqual({
      owner: `${first?.name} <${first?.email}>`,
      kind: 'user',
      active: true,
    });
    const deals = catalog.entities.find(({ name }) => name === 'deals');
    const owner = deals?.fields.find(({ standard }) => standard === 'Owner');
    expect(owner).toMatchObject({ type: 'owner' });
    expect(owner?.values.map(({ value }) => value)).toContain(`${first?.name} <${first?.email}>`);
  });

  it('R-06, R-25(c), R-27(b): differences, calculated fields and files that cannot move are told', () => {
    const codes = new Set(catalog.issues.map(({ code }) => code));
    for (const code of ['lists-differ', 'field-calculated', 'file-missing', 'file-too-large', 'file-outside'])
      expect(codes, code).toContain(code);
  });

  it('R-05, DOC-23: process templates and stage rules leave traces, each with its evidence', () => {
    const seen = automations.filter(({ detected }) => detected).map(({ name }) => name);
    expect(seen).toEqual(
      expect.arrayContaining([
        'Stage sets the probability',
        'Stage makes an opportunity a project',
        'Process template: activity after a new opportunity',
      ]),
    );
    expect(automations.every(({ evidence, equivalent }) => evidence !== '' && equivalent !== '')).toBe(true);
    expect(automations.find(({ name }) => name === 'State assigns the sales rep')?.detected).toBe(false);
  });
});
