import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { blockOf } from '../account-view.ts';
import { contentsOf, differences } from '../support/oracle.ts';
import { type DinamikLanded, landDinamik } from './dinamikcrm-landed.ts';

// A whole migration in one process: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

let landed: DinamikLanded;

beforeAll(async () => {
  landed = await landDinamik();
});

afterAll(async () => {
  await landed?.end();
});

const person = (id: number) => landed.seen.made('person', `contact:${id}`);
const company = (id: number) => landed.seen.made('organization', `company:${id}`);
const deal = (id: number) => landed.seen.made('deal', `proposal:${id}`);
const note = (words: string) => landed.seen.text('notes', words);
const issueOf = (words: string) => landed.report('scope.md').includes(words);
const asked = (kind: string) => landed.questions.filter((question) => question.kind === kind);

describe('DinamikCRM lands in Pipedrive: contacts and companies (D-20, D-21)', () => {
  it('D-20(a): name, e-mail, phone, address and custom fields arrive as typed fields', () => {
    expect(person(1)).toMatchObject({
      name: 'Ayşe Işık',
      emails: [
        expect.objectContaining({ value: 'ayse.yilmaz0@anadolukimya.com.tr', primary: true }),
        expect.objectContaining({ value: 'ayse0@gmail.com' }),
      ],
    });
    expect(person(1).custom).toMatchObject({
      'KVKK Onay Tarihi': '2025-06-30',
      'Tercih Edilen Kanal': 'WhatsApp',
      'Kartvizit Sayısı': 250,
    });
    expect(JSON.stringify(person(1)['phones'])).toMatch(/\+90532\d{7}/);
    expect(JSON.stringify(person(1).custom['Address'])).toContain('Türkiye');
  });

  it('D-20(b): two contacts of one e-mail are one person, two with a placeholder are two', () => {
    const named = landed.seen
      .all('person')
      .filter(({ emails }) => JSON.stringify(emails).toLowerCase().includes('ibrahim.kaya@iplik.com.tr'));
    expect(named).toHaveLength(1);
    expect(landed.seen.has('person', 'contact:4') && landed.seen.has('person', 'contact:5')).toBe(true);
  });

  it('D-20(c), D-20(d): a contact hangs on the organization that was made before it', () => {
    expect(person(1)['org_id']).toBe(company(1).id);
    const paths = landed.account.log().map(({ method, path }) => `${method} ${path}`);
    const first = (end: string) => paths.findIndex((one) => one.startsWith('POST') && one.endsWith(end));
    expect(first('/organizations')).toBeLessThan(first('/persons'));
  });

  it('D-21(a): name, industry, address, domain and typed custom fields of a company', () => {
    expect(company(1)['name']).toBe('Anadolu Kimya A.Ş.');
    expect(company(1).custom).toMatchObject({ Industry: 'Kimya', Domain: 'anadolukimya.com.tr' });
    expect(JSON.stringify(company(1)['address'])).toContain('Türkiye');
  });

  it('D-21(b): no contact is left on a company that is not there: somebody is asked', () => {
    expect(asked('contacts-without-company')[0]?.records).toContain('6');
  });

  it('personal ids stay behind, those in tax numbers too', () => {
    expect(JSON.stringify(landed.account.snapshot())).not.toContain('10000000146');
  });
});

describe('leads and deals (D-22, D-23, D-26, D-28)', () => {
  const lead = (index: number) => landed.seen.list('leads')[index];

  it('D-22(a): every lead that was not deleted is a lead', () => {
    expect(landed.seen.list('leads')).toHaveLength(landed.status.ledger['lead']?.created ?? -1);
    expect(lead(0)?.['person_id']).toBeTypeOf('number');
  });

  it('D-22(b): statuses are lead labels, sources options of a field', () => {
    const labels = landed.seen.list('leadLabels').map(({ name }) => name);
    expect(labels).toEqual(expect.arrayContaining(['Yeni', 'Dönüştü']));
    expect(landed.seen.options('deal', 'Lead Source')).toContain('Web Sitesi');
  });

  it('D-22(c), AUD-02: the history of a conversion is kept', () => {
    const { field_code } = landed.seen.field('deal', 'Conversion history');
    const histories = landed.seen
      .list('leads')
      .map((one) => (one['custom_fields'] as Record<string, unknown>)[field_code]);
    expect(histories.some((text) => String(text).includes('Nitelikli · Dönüştü'))).toBe(true);
  });

  it('D-23(a): value, stage, owner and expected close date', () => {
    expect(deal(1)).toMatchObject({
      value: 125_000.75,
      currency: 'TRY',
      expected_close_date: '2026-12-15',
      owner_id: landed.seen.userId('cagla.sahin@anadolu.example'),
    });
  });

  it('D-23(b), D-28(a): a stage whose name two pipelines have is in its own', () => {
    expect(landed.seen.stageOf(deal(1))).toMatchObject({ pipeline: 'Kurumsal Satış', stage: 'Pazarlık' });
    expect(landed.seen.stageOf(deal(2))).toMatchObject({ pipeline: 'Bayi Kanalı', stage: 'Teklif Verildi' });
  });

  it('D-23(c): deals without contact and company were flagged before anything was written', () => {
    expect(asked('unlinked-deals')[0]?.records).toEqual(expect.arrayContaining(['3', '4']));
  });

  it('D-23: which of proposals and sales are deals was asked before, with a usual answer', () => {
    expect(asked('pair').map(({ subject }) => subject)).toEqual(['dealsAre']);
    const choices = asked('pair')[0]?.choices.map((choice) => [choice.id, choice.default]);
    expect(choices).toEqual([
      ['both', true],
      ['proposals', false],
      ['sales', false],
    ]);
    expect(asked('pair')[0]?.blocks).toBe('mapping');
  });

  it('D-26(a), D-26(b), D-26(c): invoices are fields of their deal and notes with lines and status; the scope says why', () => {
    expect(String(deal(1).custom['Invoice numbers'])).toContain('ANA2026000000001');
    expect(blockOf(note('ANA2026000000001'))).toMatchObject({ 'Payment status': 'Kısmi Ödendi' });
    expect(blockOf(note('ANA2026000000001'))['Lines']).toContain(' · ');
    expect(issueOf('Premium plan')).toBe(true);
  });

  it('D-28(b): stages stand in order, with their probabilities', () => {
    const stages = landed.seen
      .stages('Kurumsal Satış')
      .map(({ name, probability }) => `${name} ${probability}`);
    expect(stages.slice(0, 4)).toEqual([
      'Ön Görüşme 10',
      'İhtiyaç Analizi 25',
      'Teklif Verildi 50',
      'Pazarlık 75',
    ]);
  });

  it('D-28(c), D-06: rules that move deals by themselves are in the inventory', () => {
    expect(landed.report('automations.csv')).toContain('Otomatik ilerletme');
  });
});

describe('activities and files (D-24, D-25, D-30, D-31)', () => {
  const activities = () => landed.seen.list('activities');

  it('D-24(a): calls, e-mails, meetings, tasks, and a type that Pipedrive did not have', () => {
    const types = new Set(activities().map(({ type }) => type));
    for (const type of ['call', 'email', 'meeting', 'task']) expect(types).toContain(type);
    expect(landed.seen.list('activityTypes').map(({ name }) => name)).toContain('Ziyaret');
  });

  it('D-24(b), D-24(c), D-24(d): date in UTC, place, attendees and person of a meeting', () => {
    const found = activities().filter(
      ({ due_date, due_time }) => due_date === '2026-10-05' && due_time === '11:00:00',
    );
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found[0]?.['location'])).toContain('Merkez Ofis');
    expect(found[0]?.['attendees']).toHaveLength(2);
    expect(JSON.stringify(found[0]?.['participants'])).toContain(String(person(1).id));
  });

  it('D-25(a), D-25(b), D-25(c): an appointment is a meeting; what has no equivalent stands in its block', () => {
    const [first] = activities().filter(
      ({ due_date, due_time }) => due_date === '2026-12-01' && due_time === '11:30:00',
    );
    expect(first).toMatchObject({ type: 'meeting', duration: '01:15:00', done: false });
    expect(first?.['attendees']).toHaveLength(2);
    expect(blockOf(first ?? {})['Status']).toBe('Planlandı');
    const [planted] = activities()
      .map(blockOf)
      .filter(({ Room, Recurrence }) => Room === 'Demo Salonu' && Recurrence === 'Her ayın ilk pazartesisi');
    expect(planted).toMatchObject({ Services: 'Kurulum, Eğitim', 'Reminder minutes': '60' });
    expect(issueOf('no equivalent')).toBe(true);
  });

  it('D-30(a): bytes that can be had are uploaded', () => {
    expect(landed.seen.list('files').map(({ name }) => name)).toContain('Sözleşme ŞİŞLİ.txt');
  });

  it('D-30(b), D-30(c): the others are listed with their record and what to do', () => {
    const list = landed.report('attachments.csv');
    for (const name of ['fiyat.xlsx', 'katalog.pdf', 'kayip.txt']) expect(list).toContain(name);
    expect(blockOf(note('katalog.pdf'))['Where it lies']).toContain('https://files.example.com/katalog.pdf');
  });

  it('D-31(a), D-31(b): tags are labels, and their groups were asked about', () => {
    expect(person(11).labels).toEqual(['acil', 'Referans']);
    expect(asked('tags').map(({ subject }) => subject)).toContain('company.Tags');
    expect(issueOf('labels know no groups')).toBe(true);
  });
});

describe('custom modules and owners (D-27, D-29)', () => {
  it('D-27(a), D-27(b): every custom module with records is in the scope document', () => {
    for (const name of [
      'Kredi Profili',
      'Makine Parkı',
      'Kişi Profili',
      'Proje Planı',
      'Depolar',
      'Eski Liste',
    ])
      expect([name, issueOf(name)]).toEqual([name, true]);
  });

  it('D-27(c), D-27(d): one for each company: typed fields of the organization', () => {
    const [name] = Object.keys(company(1).custom).filter((field) => field.includes('Findeks'));
    expect(company(1).custom[name ?? '']).toBeTypeOf('number');
  });

  it('D-27(e): several for each company: structured notes of the organization', () => {
    const notes = landed.seen.list('notes').filter(({ content }) => String(content).includes('Seri No'));
    expect(notes.length).toBeGreaterThan(2);
    expect(notes.every(({ org_id }) => typeof org_id === 'number')).toBe(true);
  });

  it('D-27(f): what fits nowhere is flagged', () => {
    expect(issueOf('has no place in the destination')).toBe(true);
  });

  it('D-29(a), D-29(b): owners are users by their e-mail, whatever its case', () => {
    const owners = new Set(landed.seen.all('deal').map(({ owner_id }) => owner_id));
    expect(owners).toContain(landed.seen.userId('ibrahim.kilic@anadolu.example'));
  });

  it('D-29(c): owners without a user were in the queue', () => {
    const subjects = asked('owner')
      .map(({ question }) => question)
      .join('\n');
    for (const name of ['Deniz Aksoy', 'Ömer Yıldırım', 'User 77']) expect(subjects).toContain(name);
  });
});

describe('the books', () => {
  it('VER-01: every record is accounted for, and what was written is verified', () => {
    for (const [entity, row] of Object.entries(landed.status.ledger)) {
      expect(row.drafted, entity).toBe(row.created + row.matched + row.updated + row.skipped + row.failed);
      expect(row.created, entity).toBe(row.verified);
      expect(row.diverged + row.inDoubt, entity).toBe(0);
    }
    // the planted file whose bytes the source has lost
    expect(landed.status.ledger['file']?.failed).toBe(1);
  });

  it('RB-01, RB-02: everything is taken back, and the account is what it was before', async () => {
    const { did, after } = await landed.takenBack();
    expect([did.kept, did.errored]).toEqual([[], 0]);
    expect(did.reversed).toBeGreaterThan(100);
    expect(differences(contentsOf(landed.before), contentsOf(after))).toEqual([]);
    expect(after).toEqual(landed.before);
  });
});
