import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSampleCompany } from '../../../../samples/smart-crm-online.ts';
import { systemPorts } from '../base/ports.ts';
import { checkMapping } from '../mapping/check.ts';
import { compileMapping, type Evaluation, evaluate } from '../mapping/evaluate.ts';
import { parseTargetPath } from '../mapping/target-path.ts';
import { findTransform } from '../mapping/transforms.ts';
import type { StageShape } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { SourceCatalog, SourceRecord } from '../model/source.ts';
import type { TargetDraft } from '../model/target.ts';
import { deriveStages } from '../propose/stages.ts';
import { proposeMapping } from '../propose/template-mapping.ts';
import { createSource } from '../sources/registry.ts';
import { smartCrmOnline } from '../sources/smart-crm-online/catalog.ts';
import { testSurroundings } from '../sources/surroundings-fixture.ts';
import { smartCrmOnlineTemplate as template } from './smart-crm-online.ts';

const signal = new AbortController().signal;
let directory = '';
let catalog: SourceCatalog;
const records = new Map<string, SourceRecord>();
const shapes: StageShape[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'template-'));
  const sizes = { companies: 30, contacts: 80, deals: 150, activities: 120, notes: 40, leads: 20 };
  await writeSampleCompany(directory, sizes);
  const config = { system: 'smart-crm-online', export: directory };
  const source = createSource(config, systemPorts(), testSurroundings());
  catalog = await source.describe(signal);
  for (const { name } of catalog.entities) {
    for await (const page of source.read(name, null, signal)) {
      for (const record of page.records) if (!records.has(record.key)) records.set(record.key, record);
    }
  }
  for (const { entity, fields } of records.values()) {
    if (entity !== 'deals') continue;
    const text = (name: string) => String(fields[name] ?? '');
    shapes.push({
      pipeline: text('Pipeline'),
      stage: text('Stage'),
      status: text('Status'),
      probability: text('Probability'),
      count: 1,
      firstSeen: shapes.length,
    });
  }
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function proposed(policies: Partial<Policies> = {}) {
  return proposeMapping({
    template,
    catalog,
    target: null,
    policies: { ...defaultPolicies, ...policies },
    decisions: [],
    stages: deriveStages(shapes).pipelines,
    limits: null,
  });
}

function evaluation(key: string, policies: Partial<Policies> = {}): Evaluation {
  const { timezone, country, currency } = defaultPolicies;
  const compiled = compileMapping(proposed(policies).mapping, catalog, { timezone, country, currency });
  return evaluate(compiled, records.get(key) as SourceRecord);
}

function drafts(key: string, policies: Partial<Policies> = {}): readonly TargetDraft[] {
  const made = evaluation(key, policies);
  return made.kind === 'drafts' ? made.drafts : [];
}

function values(draft: TargetDraft | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(draft?.fields ?? {}).map(([name, field]) => [name, field.value]));
}

function link(draft: TargetDraft | undefined, field: string) {
  return draft?.links.find((one) => one.field === field);
}

describe('the template is data that fits both sides', () => {
  const rows = template.entities.flatMap(({ from, rows: all }) => all.map((row) => ({ from, row })));

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  });

  it('every row names a target that can be and transforms that there are', () => {
    for (const { row } of rows) {
      expect(parseTargetPath(row.to), row.to).not.toBeTypeOf('string');
      for (const call of row.via ?? []) {
        const name = typeof call === 'string' ? call : (Object.keys(call)[0] ?? '');
        expect(findTransform(name), `${row.to}: ${name}`).toBeDefined();
      }
    }
  });

  it('every row names standard fields that its entity has', () => {
    for (const { from, row } of rows) {
      const known = smartCrmOnline.entities.find(({ name }) => name === from)?.fields.map(({ name }) => name);
      expect(known, `${from} ${row.to}`).toEqual(expect.arrayContaining([row.from ?? []].flat()));
    }
  });

  it('every standard field of every entity goes somewhere, names the record, or is left with a reason', () => {
    for (const { name, id, fields } of smartCrmOnline.entities) {
      const used = new Set(
        rows
          .filter(({ from }) => from === name)
          .flatMap(({ row }) =>
            [row.from ?? [], [row.onlyIf ?? []].flat().map(({ source }) => source ?? '')].flat(),
          ),
      );
      const whens = template.entities
        .filter(({ from }) => from === name)
        .flatMap(({ when }) => [when ?? []].flat());
      for (const { source } of whens) used.add(source ?? '');
      const left = template.leave.filter(({ entity }) => entity === name).map(({ field }) => field);
      const lost = fields
        .map((field) => field.name)
        .filter((field) => field !== id && !used.has(field) && !left.includes(field));
      expect(lost, name).toEqual([]);
    }
  });

  it.each(['S-20', 'S-21', 'S-22', 'S-23', 'S-24', 'S-25', 'S-26', 'S-27', 'S-28', 'S-29', 'S-30'])(
    '%s has rows that say so',
    (rule) => {
      expect(rows.filter(({ row }) => row.why.includes(rule)).length).toBeGreaterThan(0);
    },
  );

  it.each(['activity', 'note'] as const)('with notesAs: %s the proposal has no fault', (notesAs) => {
    expect(checkMapping(proposed({ notesAs }).mapping, catalog, null)).toEqual([]);
  });
});

describe('what the planted records become', () => {
  it('S-20(a)(b) a contact: name, e-mail, both phones, job title, labels, company by id', () => {
    const [person] = drafts('contacts:P-90001');
    expect(values(person)).toMatchObject({
      name: 'Ayşe Örnek',
      emails: [{ value: 'Ayse.Ornek@akcay.example', label: 'work', primary: true }],
      phones: [
        { value: '+902125551122', label: 'work' },
        { value: '+905325553344', label: 'mobile' },
      ],
      'custom.Job title': 'Genel Müdür',
      label_ids: ['VIP', 'Newsletter'],
      owner_id: 'burak.oz@sample.example',
      add_time: '2022-05-04T06:30:00Z',
    });
    expect(link(person, 'org_id')).toMatchObject({
      source: 'companies',
      whenMissing: 'review',
      tries: expect.arrayContaining([{ kind: 'id', value: 'C-90001', from: 'Company ID' }]),
    });
  });

  it('S-20(c) a contact without any company still has the link that somebody must decide', () => {
    expect(link(drafts('contacts:P-90003')[0], 'org_id')).toMatchObject({
      tries: [],
      text: '',
      whenMissing: 'review',
    });
  });

  it('S-20(c) one with a company name only is looked for by that name', () => {
    const tries = link(drafts('contacts:P-90014')[0], 'org_id')?.tries ?? [];
    expect(tries.map(({ value }) => value)).toContain('bozdag gida');
  });

  it('S-21(b)(c) a company: name, address in parts, domain and its own fields', () => {
    const [organization] = drafts('companies:C-90001');
    expect(values(organization)).toMatchObject({
      name: 'Akçay Yazılım A.Ş.',
      address: {
        street: 'Gül Sok. No: 7, D: 3',
        city: 'İstanbul',
        state: 'Kadıköy',
        postalCode: '07100',
        country: 'Türkiye',
      },
      website: 'https://www.akcay.example',
      'custom.Domain': 'akcay.example',
      'custom.Industry': 'Software',
      'custom.Customer Tier': 'Gold',
      'custom.Vergi No': '0123456789',
      'custom.Renewal Date': '2026-12-31',
      'custom.Key Account': 'Yes',
      'custom.NPS Score': '9',
    });
  });

  it('S-21 a parent company becomes a relationship of type parent', () => {
    const [, relationship] = drafts('companies:C-90005');
    expect(relationship).toMatchObject({ entity: 'organizationRelationship', part: 'parent' });
    expect(values(relationship)).toEqual({ type: 'parent' });
    expect(link(relationship, 'rel_owner_org_id')?.text).toBe('Çınarlı Holding');
    expect(link(relationship, 'rel_linked_org_id')?.tries[0]).toMatchObject({ kind: 'id', value: 'C-90005' });
    expect(drafts('companies:C-90001')).toHaveLength(1);
  });

  it('S-22(a)(b)(c) a deal: value with currency, stage, dates, company, contact within the company', () => {
    const [deal] = drafts('deals:D-90001');
    expect(values(deal)).toMatchObject({
      title: 'Akçay lisans',
      value: { amount: '1234.56', currency: 'TRY' },
      stage_id: { pipeline: 'Sales', stage: 'Proposal Sent' },
      status: 'open',
      expected_close_date: '2025-12-24',
      probability: '60',
      label_ids: ['Sıcak', 'VIP'],
      'custom.Original created': '2024-03-17',
    });
    expect(link(deal, 'org_id')?.tries[0]).toMatchObject({ kind: 'id', value: 'C-90001' });
    expect(link(deal, 'person_id')).toMatchObject({
      within: 'org_id',
      tries: [{ kind: 'name', value: 'ayse ornek' }],
    });
  });

  it.each([
    [
      'D-90013',
      { status: 'won', won_time: '2024-06-29T21:00:00Z' },
      ['lost_time', 'expected_close_date', 'probability'],
    ],
    [
      'D-90014',
      { status: 'lost', lost_time: '2024-05-28T21:00:00Z', lost_reason: 'Fiyat' },
      ['won_time', 'expected_close_date'],
    ],
    [
      'D-90015',
      { status: 'open', value: { amount: '12500', currency: 'EUR' } },
      ['won_time', 'lost_time', 'lost_reason'],
    ],
    ['D-90012', { stage_id: { pipeline: 'Sales', stage: 'Proposal Sent' } }, []],
    ['D-90011', { stage_id: { pipeline: 'Sales', stage: 'Teklif Gönderildi' } }, []],
  ])('S-22(c), S-23(c), DQ-05 %s', (id, expected, absent) => {
    const found = values(drafts(`deals:${id}`)[0]);
    expect(found).toMatchObject(expected);
    for (const name of absent) expect(found).not.toHaveProperty(name);
  });

  it('S-03, Q-02 a deal with neither company nor contact has the link that somebody must decide', () => {
    expect(link(drafts('deals:D-90004')[0], 'org_id')).toMatchObject({ tries: [], whenMissing: 'review' });
  });

  it('S-31(c)(f) custom columns of a deal: several options, percent, and a formula as text', () => {
    expect(values(drafts('deals:D-90001')[0])).toMatchObject({
      'custom.Products of Interest': ['CRM', 'ERP'],
      'custom.Discount %': '10',
      'custom.Contract Signed': 'No',
      'custom.Weighted Value (formula)': '740,74',
    });
  });

  it('S-24(a)(b) a call: duration, disposition and timestamp, linked to person and deal', () => {
    const [call] = drafts('activities:A-90001');
    expect(values(call)).toMatchObject({
      type: 'Call',
      subject: 'Tam arama',
      duration: '00:12',
      due_date: '2024-04-02',
      due_time: '07:15',
      done: true,
    });
    expect(values(call).note).toContain('<b>Disposition:</b> Connected');
    expect(values(call).note).toContain('<b>Timestamp:</b> 2024-04-02T07:15:00Z');
    expect(call?.links.map(({ field }) => field)).toEqual(['deal_id', 'person_id']);
  });

  it('S-25(a)(b) e-mails: subject, body, direction, timestamp; the deal is optional', () => {
    const [sent] = drafts('activities:A-90002');
    expect(values(sent)).toMatchObject({ type: 'Email', subject: 'Gönderilen posta', due_time: '08:00' });
    expect(values(sent).note).toMatch(/<b>Direction:<\/b> Sent.*<p>Teklif <b>ektedir<\/b>\.<\/p>/);
    expect(drafts('activities:A-90003')[0]?.links.map(({ field }) => field)).toEqual(['person_id']);
  });

  it('S-26(a)(b) a meeting: times, place, native attendees, and all of them as text', () => {
    const [meeting] = drafts('activities:A-90004');
    expect(values(meeting)).toMatchObject({
      type: 'Meeting',
      due_date: '2024-04-05',
      due_time: '11:00',
      duration: '01:30',
      location: { value: 'Bağdat Cad. No: 12, İstanbul' },
      attendees: [{ email: 'selin.aksoy@sample.example' }, { email: 'ayse.ornek@akcay.example' }],
    });
    expect(values(meeting).note).toContain('Adsız Misafir');
    expect(values(meeting).note).toContain('<b>End:</b> 2024-04-05T12:30:00Z');
  });

  it('S-27(a)(b) tasks: due date, completion flag, and the original completion date', () => {
    const [done] = drafts('activities:A-90005');
    expect(values(done)).toMatchObject({ type: 'Task', due_date: '2024-04-08', done: true });
    expect(values(done).note).toContain('<b>Completed at:</b> 2024-04-09T13:45:00Z');
    expect(values(drafts('activities:A-90006')[0])).toMatchObject({ done: false, due_date: '2026-01-15' });
  });

  it('activities of a kind of their own keep its name', () => {
    expect(values(drafts('activities:A-90008')[0])).toMatchObject({ type: 'Saha Ziyareti' });
  });

  it('S-28(a)(b)(c)(d) notes as activities: type Note, formatting, author and time kept', () => {
    const [note] = drafts('notes:N-90001');
    expect(note?.entity).toBe('activity');
    expect(values(note)).toMatchObject({
      type: 'Note',
      due_date: '2024-03-28',
      due_time: '11:05',
      done: true,
      owner_id: 'selin.aksoy@sample.example',
    });
    expect(values(note).note).toContain('<p>Çok <b>önemli</b> müşteri</p><ul><li>bir</li><li>iki</li></ul>');
    expect(values(note).note).toContain('<b>Author:</b> selin.aksoy@sample.example');
    expect(link(note, 'person_id')?.tries[0]).toMatchObject({ kind: 'id', value: 'P-90001' });
    expect(link(drafts('notes:N-90004')[0], 'person_id')?.tries).toMatchObject([
      { kind: 'name', value: 'ayse ornek' },
    ]);
    expect(link(drafts('notes:N-90006')[0], 'org_id')?.tries[0]).toMatchObject({ value: 'C-90001' });
  });

  it('S-28 notes as notes, by policy: author and time are system fields', () => {
    const [note] = drafts('notes:N-90002', { notesAs: 'note' });
    expect(note?.entity).toBe('note');
    expect(values(note)).toMatchObject({
      user_id: 'selin.aksoy@sample.example',
      add_time: '2024-03-28T11:05:00Z',
    });
    expect(link(note, 'deal_id')?.tries[0]).toMatchObject({ value: 'D-90001' });
  });

  it('S-28(d) nothing of a hostile note runs', () => {
    for (const notesAs of ['activity', 'note'] as const) {
      const [note] = drafts('notes:N-90003', { notesAs });
      const body = String(values(note)[notesAs === 'note' ? 'content' : 'note']);
      expect(body).toContain('Merhaba <b>dünya</b>');
      expect(body).not.toMatch(/script|onerror|javascript:/i);
    }
  });

  it('C-06, S-29, S-30 a lead: its person with address and phone, then the lead; status and tags are lead labels', () => {
    const [person, lead, ...others] = drafts('leads:L-90001');
    expect(others).toEqual([]);
    expect(person).toMatchObject({ entity: 'person', part: '' });
    expect(values(person)).toMatchObject({
      name: 'Melis Aday',
      emails: [{ value: 'melis@aday.example', label: 'work', primary: true }],
      phones: [{ value: '+905325557788', label: 'mobile' }],
      owner_id: 'burak.oz@sample.example',
    });
    expect(lead).toMatchObject({ entity: 'lead', part: 'lead' });
    expect(values(lead)).toEqual({
      title: 'Melis Aday',
      label_ids: ['Sıcak', 'VIP'],
      owner_id: 'burak.oz@sample.example',
      'custom.Source of lead': 'Fuar',
      'custom.Score of lead': '87',
      'custom.Original created': '2025-03-17',
    });
    expect(link(lead, 'person_id')).toMatchObject({ entity: 'person', source: 'leads' });
    expect(link(lead, 'person_id')?.tries[0]).toMatchObject({ kind: 'id', value: 'L-90001' });
    expect(link(lead, 'org_id')?.tries.map(({ value }) => value)).toContain('akcay yazilim');
  });

  it('a lead of nobody is a lead of its company; one with an address only is a person of that name', () => {
    expect(drafts('leads:L-90003').map(({ entity }) => entity)).toEqual(['lead']);
    expect(values(drafts('leads:L-90003')[0])).toMatchObject({ title: 'Akçay Yazılım A.Ş.' });
    expect(values(drafts('leads:L-90004')[0])).toMatchObject({ name: 'isimsiz@aday.example' });
  });

  it('S-30 owners stay as the source names them: nobody is guessed', () => {
    expect(values(drafts('companies:C-90011')[0])).toMatchObject({ owner_id: 'Kaan Bilgin' });
    expect(values(drafts('deals:D-90009')[0])).toMatchObject({ owner_id: 'kaan.bilgin@sample.example' });
  });

  it('damaged phones are listed with the reason, the contact is kept', () => {
    const made = evaluation('contacts:P-90011');
    expect(made.kind).toBe('drafts');
    expect(made.kind === 'drafts' && made.listed.map(({ code, field }) => [code, field])).toEqual([
      ['value-refused', 'Phone'],
      ['value-refused', 'Mobile'],
    ]);
  });
});
