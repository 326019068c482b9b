import { beforeAll, describe, expect, it } from 'vitest';
import { catalog, draft, drafts, proposed, readCompany } from './dinamikcrm-fixture.ts';

beforeAll(readCompany);

describe('activities and files', () => {
  it.each([
    ['activity:1', 'Meeting'],
    ['activity:2', 'Call'],
    ['activity:3', 'Email'],
    ['activity:4', 'Task'],
    ['activity:5', 'Ziyaret'],
    ['task:1', 'Task'],
    ['call:1', 'Call'],
  ])('D-24(a): %s is an activity of type %s', (key, type) => {
    expect(draft(key, 'activity').fields['type']).toBe(type);
  });

  it('D-24(b): type, date, subject and linked contact or company', () => {
    const { fields, links } = draft('activity:1', 'activity');
    expect(fields).toMatchObject({ due_date: '2026-10-05', due_time: '11:00', duration: '01:30' });
    expect(fields['subject']).toBeTypeOf('string');
    expect(links).toMatchObject({ person_id: 'CON-000001' });
    expect(draft('activity:2', 'activity').links).toMatchObject({ org_id: 'COM-000001' });
    expect(draft('activity:3', 'activity').links).toMatchObject({ deal_id: 'PRO-000001' });
  });

  it('D-24(c): the order of two activities of one day stays, whatever their numbers', () => {
    const at = (key: string) => {
      const { fields } = draft(key, 'activity');
      return `${String(fields['due_date'])} ${String(fields['due_time'])}`;
    };
    expect(at('activity:7') < at('activity:6')).toBe(true);
  });

  it('D-24(d): place and attendees of a meeting', () => {
    const { fields } = draft('activity:1', 'activity');
    expect(fields['location']).toMatchObject({ value: 'Merkez Ofis, İstanbul' });
    expect(fields['attendees']).toHaveLength(2);
    expect(String(fields['note'])).toContain('Attendees');
  });

  it('D-25(a), D-25(b): an appointment is a meeting with date, time, duration, attendees and status', () => {
    const { fields, links } = draft('appointment:1', 'activity');
    expect(fields).toMatchObject({
      type: 'Meeting',
      due_date: '2026-12-01',
      due_time: '11:30',
      duration: '01:15',
      done: false,
    });
    expect(fields['attendees']).toHaveLength(2);
    expect(links).toMatchObject({ person_id: '1', org_id: '1' });
    expect(String(fields['note'])).toContain('Planlandı');
    expect(draft('appointment:2', 'activity').fields['duration']).toBe('00:45');
  });

  it('D-25(c): what has no equivalent is kept as lines and flagged', () => {
    const text = String(draft('appointment:3', 'activity').fields['note']);
    for (const words of ['Demo Salonu', 'Kurulum, Eğitim', 'Her ayın ilk pazartesisi'])
      expect(text).toContain(words);
    expect(catalog.issues.map(({ code }) => code)).toContain('scheduling-fields');
  });

  it('D-30(a): a file is moved by its reference, or by name and address in a note', () => {
    expect(draft('attach:1', 'file').fields['content']).toMatchObject({
      name: 'Sözleşme ŞİŞLİ.txt',
      path: 'source:1',
    });
    expect(draft('attach:1', 'file').links).toMatchObject({ deal_id: 'PRO-000001' });
    expect(String(draft('attach:3', 'note').fields['content'])).toContain(
      'https://files.example.com/katalog.pdf?e=1',
    );
  });

  it('D-30(b), D-30(c): a record whose file needs somebody says so', () => {
    const { fields, links } = draft('attach:2', 'note');
    expect(String(fields['content'])).toContain('Upload to linked storage');
    expect(links).toMatchObject({ person_id: 'CON-000001' });
  });

  it('D-31(a): tags become labels, each once', () => {
    expect(draft('contact:11', 'person').fields['label_ids']).toEqual(['acil', 'Referans']);
  });

  it('D-31(b): labels or a field of their own: somebody is asked', () => {
    const asked = proposed().questions.filter(({ kind }) => kind === 'tags');
    expect(asked.map(({ subject }) => subject)).toContain('company.Tags');
    const { fields } = draft('company:12', 'organization', { tagsAs: 'field' });
    expect(fields['label_ids']).toBeUndefined();
  });

  it.each([
    ['note', 'note'],
    ['activity', 'activity'],
  ] as const)('D-05: notesAs %s makes notes to a %s', (notesAs, entity) => {
    expect(drafts('note:1', { notesAs }).map((one) => one.entity)).toEqual([entity]);
  });
});

describe('custom modules', () => {
  const mapped = (from: string) => proposed().mapping.entities.filter((entity) => entity.from === from);

  it('D-27(a), D-27(b), D-27(c): each is found with its fields, and asked about with a default', () => {
    const asked = proposed().questions.filter(({ kind }) => kind === 'custom-entity');
    expect(asked.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['ozel_kredi_profili', 'ozel_makine', 'ozel_kisi_profili', 'ozel_proje_plani']),
    );
  });

  it('D-27(d), D-04: one record for each company: single values become typed custom fields of it', () => {
    const { fields } = draft('company:1', 'organization');
    const [name, value] = Object.entries(fields).find(([field]) => field.includes('Findeks')) ?? [];
    expect([name, value]).toEqual([expect.stringContaining('Findeks Notu'), expect.stringMatching(/^\d+$/)]);
  });

  it('D-27(e), D-04: several records for one company become structured notes of it', () => {
    expect(mapped('ozel_makine').map(({ to }) => to)).toEqual(['note']);
    const { fields, links } = draft('ozel_makine:1', 'note');
    expect(links).toMatchObject({ org_id: '1' });
    for (const words of ['Seri No', 'Model', 'Değişen Parçalar'])
      expect(String(fields['content'])).toContain(words);
  });

  it('D-27(f): what fits nowhere has no mapping until somebody decides', () => {
    expect(mapped('ozel_depo')).toEqual([]);
    expect(catalog.issues.filter(({ code }) => code === 'relation-does-not-fit').length).toBeGreaterThan(0);
  });
});
