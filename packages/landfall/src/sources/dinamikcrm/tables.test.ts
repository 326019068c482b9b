import { afterAll, describe, expect, it } from 'vitest';
import type { Automation, SourceConnector, SourceRecord } from '../../model/source.ts';
import { allOf, closeAll, opened } from './dinamikcrm-fixture.ts';

const signal = new AbortController().signal;
afterAll(closeAll);

const tablesOnly = { moduleApi: false, idsAs: 'number' } as const;
const byTables = await opened(
  { switches: { ...tablesOnly, uploads: 'open' } },
  {
    files: '{url}',
    tables: {
      'Makine Parkı': 'OzelMakine',
      'Credit profile': 'OzelKrediProfili',
      Depolar: 'OzelDepo',
      'Depo Hareketleri': 'OzelDepoHareketi',
    },
  },
);
const byModules = await opened({ switches: { customValues: 'stored', idsAs: 'number' } });
const catalog = await byTables.source.describe(signal);
const other = await byModules.source.describe(signal);

describe('discovery by the legacy tables (D-02, D-09)', () => {
  it('tells the same owners, pipelines and standard modules as the module API', () => {
    expect(catalog.owners).toEqual(other.owners);
    expect(catalog.pipelines).toEqual(other.pipelines);
    const standard = ({ entities }: typeof catalog) =>
      entities.filter(({ name }) => /^[a-z]+$/.test(name)).map(({ name }) => name);
    expect(standard(catalog)).toEqual(standard(other));
  });

  it.each(other.entities.map(({ name }) => name).filter((name) => !name.startsWith('ozel')))(
    'D-20 to D-31: %s has the same records as by the module API, field by field',
    async (entity) => {
      const before = await allOf(byModules.source, entity);
      const now = new Map((await allOf(byTables.source, entity)).map((record) => [record.key, record]));
      expect(now.size).toBe(before.length);
      for (const record of before) expect(loose(now.get(record.key)?.fields)).toEqual(loose(record.fields));
    },
  );

  it('leaves the rows of other tenants out', async () => {
    const switches = { moduleApi: false, otherTenants: true };
    const all = await opened({ records: 0, switches });
    const ours = await opened({ records: 0, switches }, { group: 1 });
    const count = async ({ source }: { source: SourceConnector }) => (await allOf(source, 'company')).length;
    expect((await count(all)) - (await count(ours))).toBe(1);
  });
});

describe('modules that nobody describes (D-03, D-27)', () => {
  it('D-27(a): those whose table is nowhere are told, with what helps', async () => {
    const { source } = await opened({ records: 0, switches: { moduleApi: false } });
    const { issues } = await source.describe(signal);
    const unreadable = issues.filter(({ code }) => code === 'module-unreadable');
    expect(unreadable.map(({ at }) => at)).toContain('Makine Parkı / Machines');
    expect(unreadable.map(({ at }) => at)).not.toContain('Firmalar / Companies');
    expect(unreadable[0]?.hint).toContain('source.tables');
  });

  it('a table that is called as its module is found by itself: no module without metadata is passed over', () => {
    const words = catalog.issues
      .filter(({ code }) => code === 'module-by-rows')
      .map(({ message }) => message);
    expect(
      words.some((text) =>
        text.startsWith('Tedarikçiler / Vendors is read from the table Vendor (found by its name)'),
      ),
    ).toBe(true);
  });

  it('D-27(b): columns have the type their values show; choices, references and custom fields are told apart', () => {
    const machine = catalog.entities.find(({ name }) => name === 'OzelMakine');
    expect(machine).toMatchObject({ label: 'Makine Parkı / Machines', custom: true });
    const field = (name: string) => machine?.fields.find((each) => each.name === name);
    expect(field('companyId')).toMatchObject({ type: 'reference', references: ['company'] });
    expect(field('model')).toMatchObject({ type: 'choice' });
    expect(field('model')?.samples).toContain('MX-100');
    expect(field('calismaSaati')).toMatchObject({ type: 'number' });
    expect(field('Değişen Parçalar')).toMatchObject({ type: 'choices', standard: null });
    expect(machine?.fields.map(({ name }) => name)).not.toContain('ip');
  });

  it('D-27(c): their records come whole, with the values that lie in rows', async () => {
    const machines = await allOf(byTables.source, 'OzelMakine');
    const before = await allOf(byModules.source, 'ozel_makine');
    expect(machines).toHaveLength(before.length);
    for (const [at, record] of before.entries())
      for (const [own, theirs] of [
        ['seriNo', 'Seri No'],
        ['model', 'Model'],
        ['companyId', 'Firma'],
        ['Değişen Parçalar', 'Değişen Parçalar'],
      ] as const)
        expect(text(machines[at]?.fields[own])).toBe(text(record.fields[theirs]));
    expect(
      machines[0]?.lookup.some(({ kind, value }) => kind === 'parent' && value.startsWith('companyId=')),
    ).toBe(true);
  });

  it('D-27(f): one whose columns lead to nothing that moves is flagged', () => {
    const at = catalog.issues.filter(({ code }) => code === 'module-no-place').map((issue) => issue.at);
    expect(at).toEqual(expect.arrayContaining(['OzelDepo', 'OzelDepoHareketi']));
  });
});

describe('files by way of the tables (D-30)', () => {
  it('D-30(a): their bytes come from the address somebody named, without keys', async () => {
    const files = await allOf(byTables.source, 'attach');
    const found = files.find(({ key }) => key === 'attach:1');
    expect(found?.fields).toMatchObject({ File: '/Uploads/2026/sozlesme.txt' });
    const bytes: Uint8Array[] = [];
    const opening = await byTables.source.binary?.(String(found?.fields['File']), signal);
    for await (const chunk of opening?.chunks ?? []) bytes.push(chunk);
    expect(Buffer.concat(bytes).toString()).toContain('Sözleşme ŞİŞLİ');
    const asked = byTables.served.emulator.control.log().filter(({ path }) => path.startsWith('/Uploads'));
    expect(asked.length).toBeGreaterThan(0);
    expect(catalog.issues.map(({ code }) => code)).not.toContain('files-no-address');
  });

  it.each(['/Uploads/2026/none.txt', 'D:\\Arsiv\\fiyat.xlsx', 'https://elsewhere.example/a.pdf'])(
    'D-30(b): %s has no bytes, and only that file suffers',
    async (ref) => {
      await expect(byTables.source.binary?.(ref, signal)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  it('D-30(c): without an address they are metadata, no record claims bytes, and it is said', async () => {
    const { source } = await opened({ records: 0, switches: tablesOnly });
    const { issues } = await source.describe(signal);
    expect(issues.find(({ code }) => code === 'files-no-address')?.hint).toContain('source.files');
    const files = await allOf(source, 'attach');
    expect(files[0]?.fields).toMatchObject({
      'File Name': expect.any(String),
      'File Path': expect.any(String),
    });
    expect(files.filter(({ fields }) => fields['File'] !== undefined)).toEqual([]);
    await expect(source.binary?.('1', signal)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('rules by way of the tables (D-06, D-28(c))', () => {
  it('that none are told is a line of its own, and their traces are looked for', async () => {
    const rules: Automation[] = [];
    for await (const rule of byTables.source.automations(signal)) rules.push(rule);
    expect(rules[0]).toMatchObject({ name: 'Rules of this account: not told', detected: false });
    expect(rules.map(({ name }) => name)).toContain('Leads go to an owner by their source');
    for (const { evidence, equivalent } of rules) expect([evidence, equivalent]).not.toContain('');
  });

  it('a rule that leaves traces is found: tasks that come three days after each proposal', async () => {
    const { source, served } = await opened({ records: 0, switches: tablesOnly });
    const proposals = (await allOf(source, 'proposal')).filter(
      ({ fields }) => fields['Proposal Number'] !== undefined,
    );
    const days = (at: unknown, more: number) =>
      `${new Date(Date.parse(`${String(at).slice(0, 10)}T00:00Z`) + more * 86_400_000).toISOString().slice(0, 10)}T09:00:00`;
    const made = Array.from(
      { length: 12 },
      (_, index) => proposals[index % proposals.length] as SourceRecord,
    );
    served.emulator.control.seed({
      insert: {
        task: made.map(({ fields }) => ({
          name: 'Teklif takibi',
          moduleId: moduleNumber,
          dataNumber: String(fields['Proposal Number']),
          deadline: days(fields['Created At'], 3),
        })),
      },
    });
    await source.describe(signal);
    const rules: Automation[] = [];
    for await (const rule of source.automations(signal)) rules.push(rule);
    const found = rules.find(({ name }) => name === 'Tasks that follow a proposal');
    expect(found).toMatchObject({ detected: true });
    expect(found?.evidence).toContain('"Teklif takibi" comes 3 day(s)');
  });
});

/** The number that references name proposals by. */
const moduleNumber = 5;

function text(value: unknown): string {
  return Array.isArray(value) ? value.join('; ') : String(value ?? '');
}

/** What one dialect writes as a list and the other as text is the same; how a file is opened is each one's own. */
function loose(fields: SourceRecord['fields'] | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields ?? {})
      .filter(([name]) => name !== 'File')
      .map(([name, value]) => [name, text(value)]),
  );
}
