import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceCatalog, SourceRecord } from '../../model/source.ts';
import {
  closeAll,
  countOf,
  type Opened,
  openOrganisation,
  type pagesOf,
  recordsOf,
} from './opex365-fixture.ts';

const never = new AbortController().signal;

let opened: Opened;
let catalog: SourceCatalog;
beforeAll(async () => {
  opened = await openOrganisation();
  catalog = await opened.source.describe(never);
});
afterAll(closeAll);

function fieldOf(of: SourceCatalog, entity: string, name: string) {
  return of.entities
    .find((one) => one.name === entity)
    ?.fields.find((field) => field.name === name || field.standard === name);
}

function valuesOf(records: readonly SourceRecord[], field: string): readonly unknown[] {
  return records.map(({ fields }) => fields[field]).filter((value) => value !== undefined);
}

/** No table of the organisation: `bundles.test.ts` counts its records. */
const madeOfOthers = 'bundlecomponent';

describe('what an organisation has (O-01, O-08)', () => {
  it('takes standard tables, every custom one and the links between them; no system table (O-08)', async () => {
    const { served } = opened;
    const { entities } = catalog;
    const names = entities.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['account', 'new_project', 'new_visit', 'new_project_contact']),
    );
    expect(names).not.toEqual(expect.arrayContaining(['systemuser']));
    for (const hidden of ['activitypointer', 'new_bpf_renewal', 'workflow', 'teammembership', 'organization'])
      expect(names).not.toContain(hidden);
    for (const { name, count } of entities.filter((entity) => entity.name !== madeOfOthers)) {
      expect(count, name).toEqual({ value: countOf(served, name), exact: true });
    }
  });

  it('two tables of one display name stay two entities, by their logical names (O-08)', async () => {
    const { entities } = catalog;
    const projects = entities
      .filter(({ label }) => label === 'Project')
      .map(({ name, custom }) => [name, custom]);
    expect(projects).toEqual([
      ['cr4f1_project', true],
      ['new_project', true],
    ]);
  });

  it('custom fields have the label people know, and labels come in the language that was asked for', async () => {
    const english = catalog;
    const turkish = await opened.connect({ language: 1055 }).describe(never);
    expect(fieldOf(english, 'contact', 'new_vergino')).toMatchObject({ label: 'Vergi No', standard: null });
    expect(fieldOf(english, 'opportunity', 'Status')?.values.map(({ value }) => value)).toContain('Won');
    expect(fieldOf(turkish, 'opportunity', 'Status')?.values.map(({ value }) => value)).toContain(
      'Kazanıldı',
    );
    expect(fieldOf(turkish, 'opportunity', 'Status Code')?.values.map(({ value }) => value)).toContain('1');
    expect(turkish.entities.find(({ name }) => name === 'new_project')?.label).toBe('Proje');
  });

  it('references say where they lead and how many share one: the activities for the union of them (O-26(a))', async () => {
    expect(fieldOf(catalog, 'activityparty', 'activityid')?.references).toEqual(
      expect.arrayContaining(['phonecall', 'email', 'task', 'appointment', 'new_visit']),
    );
    expect(fieldOf(catalog, 'new_project', 'new_account')?.references).toEqual(['account']);
    expect(fieldOf(catalog, 'new_makine', 'new_firma')?.mostForOne).toBe(1);
    expect(fieldOf(catalog, 'activityparty', 'Activity')?.mostForOne).toBeGreaterThan(1);
  });

  it('owners are users and teams, the disabled ones among them (O-03, O-29(a))', async () => {
    const { owners = [] } = catalog;
    expect(owners.filter(({ kind }) => kind === 'team').map(({ owner }) => owner)).toContain('Satış Ekibi');
    expect(owners.filter(({ active }) => !active)).toHaveLength(2);
    expect(owners.every(({ owner, kind }) => kind === 'team' || /^.+ <.+@.+>$/.test(owner))).toBe(true);
  });

  it('what stays where it is, is told with its number and what to do: pictures, and documents in SharePoint (O-28(b))', async () => {
    const { issues } = catalog;
    expect(issues.find(({ code }) => code === 'pictures-stay')).toMatchObject({
      at: 'account.entityimage',
      message: 'Pictures of records are not moved: 4 of "Accounts".',
      hint: expect.stringContaining('by hand'),
    });
    expect(issues.find(({ code }) => code === 'lies-elsewhere')).toMatchObject({
      at: 'sharepointdocumentlocation',
      message: expect.stringMatching(/^3 folders of documents in SharePoint are not moved/),
      hint: expect.stringContaining('Download'),
    });
    const blind = await openOrganisation({ switches: { unreadableTables: ['sharepointdocumentlocation'] } });
    const told = (await blind.source.describe(never)).issues;
    expect(told.find(({ code }) => code === 'lies-elsewhere')?.message).toMatch(
      /^An unknown number of folders/,
    );
  });

  it('what runs by itself is listed from the organisation, copies and templates aside (O-06)', async () => {
    const { source } = opened;
    const found = [];
    for await (const automation of source.automations(never)) found.push(automation);
    const names = found.map(({ name }) => name);
    expect(names.filter((name) => name === 'Assign by region')).toHaveLength(1);
    expect(names).not.toContain('Welcome mail template');
    expect(found.every(({ detected, equivalent }) => detected && equivalent !== '')).toBe(true);
    const kinds = ['Workflow', 'Business rule', 'Cloud flow', 'Business process flow', 'Plug-in step'];
    for (const kind of kinds)
      expect(
        found.some(({ evidence }) => evidence.startsWith(kind)),
        kind,
      ).toBe(true);
  });

  it('a workflow of a category that nobody knows is told as one to look at (O-06)', async () => {
    const { source, served } = await openOrganisation();
    served.emulator.control.seed({ insert: { workflow: [{ name: 'Of tomorrow', category: 99, type: 1 }] } });
    for await (const { name, evidence, equivalent } of source.automations(never))
      if (name === 'Of tomorrow') {
        expect(evidence).toMatch(/^Workflow of category 99/);
        expect(equivalent).toContain('by hand');
        return;
      }
    expect.unreachable('it is not told at all');
  });
});

describe('records of an organisation', () => {
  it('no digit of money, decimals and long numbers is lost (O-20(d))', async () => {
    const { source, served } = opened;
    const accounts = await recordsOf(source, 'account');
    const response = await fetch(
      `${served.url}/api/data/v9.2/accounts?$select=new_externalnumber,new_creditscore,revenue,exchangerate`,
      { headers: { authorization: `Bearer ${served.token}` } },
    );
    const text = await response.text();
    for (const field of ['new_externalnumber', 'new_creditscore', 'revenue', 'exchangerate']) {
      const written = [...text.matchAll(new RegExp(`"${field}":(-?[0-9.]+)`, 'g'))].map(
        ([, digits]) => digits,
      );
      expect(valuesOf(accounts, field).toSorted(), field).toEqual(written.toSorted());
      expect(written.length, field).toBeGreaterThan(0);
    }
    expect(
      valuesOf(accounts, 'new_externalnumber').some((value) => !Number.isSafeInteger(Number(value))),
    ).toBe(true);
  });

  it('money has its currency, the rate it was written with and the base currency beside it (O-20(d))', async () => {
    const { source } = opened;
    const deals = await recordsOf(source, 'opportunity');
    expect(new Set(valuesOf(deals, 'transactioncurrencyid Code')).size).toBeGreaterThan(1);
    for (const { fields } of deals) {
      expect(fields['exchangerate Base']).toBe('EUR');
      expect(fields.exchangerate).toMatch(/^\d+\.\d{10}$/);
    }
  });

  it('dates are as they were meant: days, times in UTC, and times of no zone without one (O-24(c))', async () => {
    const { source } = opened;
    const deals = await recordsOf(source, 'opportunity');
    expect(valuesOf(deals, 'estimatedclosedate')[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(valuesOf(deals, 'createdon')[0]).toMatch(/T\d\d:\d\d:\d\dZ$/);
    expect(valuesOf(deals, 'new_renewalat')[0]).toMatch(/T\d\d:\d\d:\d\d$/);
  });

  it('owners are told as people know them, users and teams alike, the id beside (O-20(f), O-21(c))', async () => {
    const { source } = opened;
    const accounts = await recordsOf(source, 'account');
    const kinds = new Set(valuesOf(accounts, 'ownerid Type'));
    expect(kinds).toEqual(new Set(['systemuser', 'team']));
    for (const { fields } of accounts) {
      const text = String(fields['ownerid Name']);
      expect(/@/.test(text), text).toBe(fields['ownerid Type'] === 'systemuser');
      expect(fields.ownerid).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('a choice is its label with the code beside; a deleted option stays as its code (O-20(e))', async () => {
    const { source } = opened;
    const projects = await recordsOf(source, 'new_project');
    const gone = projects.find(({ fields }) => fields['new_phase Code'] === '100000009');
    expect(gone?.fields.new_phase).toBe('100000009');
    const topics = projects.map(({ fields }) => fields.new_topics).find((value) => value !== undefined);
    expect(topics).toEqual(['Retail', 'Public']);
    expect(projects.some(({ fields }) => 'new_topics Code' in fields)).toBe(true);
  });

  it('a polymorphic reference says which entity it leads to (O-09, O-24(c))', async () => {
    const { source } = opened;
    const calls = await recordsOf(source, 'phonecall');
    expect(new Set(valuesOf(calls, 'regardingobjectid Type')).size).toBeGreaterThan(2);
    for (const { fields, lookup } of calls) {
      const parents = lookup.filter(({ kind }) => kind === 'parent').map(({ value }) => value);
      expect(parents).toEqual(
        fields.regardingobjectid === undefined ? [] : [`Regarding=${String(fields.regardingobjectid)}`],
      );
    }
  });

  it('parties lie below their activity, with role and, where nobody is known, the address alone (O-09)', async () => {
    const { source } = opened;
    const parties = await recordsOf(source, 'activityparty');
    expect(valuesOf(parties, 'participationtypemask')).toEqual(
      expect.arrayContaining(['Sender', 'To Recipient', 'Required attendee']),
    );
    const unresolved = parties.filter(({ fields }) => fields.partyid === undefined);
    expect(unresolved.length).toBeGreaterThan(0);
    expect(unresolved.some(({ fields }) => String(fields.addressused ?? '').includes('@'))).toBe(true);
    for (const { fields, lookup } of parties)
      expect(lookup).toContainEqual({ kind: 'parent', value: `Activity=${String(fields.activityid)}` });
  });

  it('contacts are found by every address and by name, accounts by name and domain (O-21)', async () => {
    const { source } = opened;
    const [contacts, accounts] = [await recordsOf(source, 'contact'), await recordsOf(source, 'account')];
    const kindsOf = (records: readonly SourceRecord[]) =>
      new Set(records.flatMap(({ lookup }) => lookup.map(({ kind }) => kind)));
    expect(kindsOf(contacts)).toEqual(new Set(['email', 'name', 'parent']));
    expect(kindsOf(accounts)).toEqual(new Set(['name', 'domain', 'parent']));
  });

  it.each([true, false])(
    'many-to-many links are both ids with readable names, readable tables: %s (O-26(b))',
    async (readableIntersects) => {
      const { source, served } = await openOrganisation({ switches: { readableIntersects } });
      const links = await recordsOf(source, 'new_project_contact');
      const pairs = links.map(({ fields }) => `${String(fields.new_projectid)} ${String(fields.contactid)}`);
      expect(new Set(pairs).size).toBe(countOf(served, 'new_project_contact'));
      for (const { fields, lookup } of links) {
        expect(fields['new_projectid Name']).toMatch(/^Proje \d+$/);
        expect(fields['contactid Name']).not.toBeUndefined();
        expect(lookup.map(({ value }) => value)).toEqual(
          expect.arrayContaining([`contactid=${String(fields.contactid)}`]),
        );
      }
    },
  );

  it('the text of a mail never comes in one page with thousands of others (O-10)', async () => {
    const { source } = await openOrganisation({ records: 20_000 });
    const [first] = await pagesOfFirst(source, 'email');
    expect(first?.records.length).toBe(500);
  });
});

async function pagesOfFirst(source: Parameters<typeof pagesOf>[0], entity: string) {
  for await (const page of source.read(entity, null, never)) return [page];
  return [];
}

describe('sales processes (O-22)', () => {
  it('each process is a pipeline with its stages in order (O-22(a))', async () => {
    const { pipelines = [] } = catalog;
    expect(pipelines.map(({ name, stages }) => [name, stages.map((stage) => stage.name)])).toEqual([
      ['Lead To Opportunity Sales Process', ['Qualify', 'Develop', 'Propose', 'Close']],
      ['Opportunity Sales Process', ['Qualify', 'Develop', 'Propose', 'Close']],
      ['Renewal Process', ['Hazırlık', 'Görüşme', 'İmza']],
    ]);
  });

  it('a deal stands where its process says, not where its own choice does; a second process is told (O-22(b))', async () => {
    const { source } = await openOrganisation({ records: 600 });
    const deals = await recordsOf(source, 'opportunity');
    expect(valuesOf(deals, 'Process Stage')).toHaveLength(deals.length);
    expect(deals.some(({ fields }) => fields['Process Stage'] !== fields.salesstage)).toBe(true);
    const others = deals.filter(({ fields }) => fields['Other Processes'] !== undefined);
    expect(others.length).toBeGreaterThan(0);
  });

  it('processes that may not be read are issues; the choice of a stage is the pipeline then (O-22(a))', async () => {
    const unreadable = ['opportunitysalesprocess', 'leadtoopportunitysalesprocess', 'new_bpf_renewal'];
    const { source } = await openOrganisation({ switches: { unreadableTables: unreadable } });
    const { pipelines = [], issues } = await source.describe(never);
    expect(issues.filter(({ code }) => code === 'no-right').map(({ at }) => at)).toEqual(
      unreadable.toSorted(),
    );
    expect(pipelines.at(-1)).toMatchObject({
      name: 'Sales Stages',
      stages: [{ name: 'Qualify' }, { name: 'Develop' }, { name: 'Propose' }, { name: 'Close' }],
    });
    const deals = await recordsOf(source, 'opportunity');
    expect(new Set(valuesOf(deals, 'Process'))).toEqual(new Set(['Sales Stages']));
    expect(deals.every(({ fields }) => fields['Process Stage'] === fields.salesstage)).toBe(true);
  });
});
