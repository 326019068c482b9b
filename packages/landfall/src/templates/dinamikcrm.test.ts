import { beforeAll, describe, expect, it } from 'vitest';
import { checkMapping } from '../mapping/check.ts';
import { parseTargetPath } from '../mapping/target-path.ts';
import { readCall } from '../mapping/transform-call.ts';
import type { Condition } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import { sourcesOf } from '../propose/field-index.ts';
import { dinamikcrm } from '../sources/dinamikcrm/catalog.ts';
import { dinamikcrmTemplate as template } from './dinamikcrm.ts';
import { catalog, draft, drafts, proposed, readCompany, records } from './dinamikcrm-fixture.ts';

beforeAll(readCompany);

const rows = template.entities.flatMap((entity) => entity.rows.map((row) => ({ entity, row })));

describe('the template of DinamikCRM is data that fits both sides', () => {
  const conditions = (given: Condition | readonly Condition[] | undefined): readonly string[] =>
    [given ?? []].flat().flatMap(({ source }: Condition) => source ?? []);

  /** Names of an entity: those of the catalog, and what the reader puts beside them. */
  function namesOf(entity: string): ReadonlySet<string> {
    const known = dinamikcrm.modules.find(({ key }) => key === entity);
    const fields = [...(known?.fields ?? []), ...dinamikcrm.common];
    return new Set(
      fields.flatMap(({ standard, reading }) => {
        if (reading?.as === 'typed') return [standard, ...Object.values(reading.into), reading.rest];
        if (reading?.as === 'names' || reading?.as === 'file') return [standard, reading.standard];
        if (reading?.as === 'guarded') return [standard, reading.personal];
        if (reading?.as === 'parent') return [standard, reading.type];
        if (reading?.as === 'end') return [standard, reading.minutes];
        return [standard, `${standard} ID`, `${standard} Outcome`];
      }),
    );
  }

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  });

  it('every row names a target that can be, and transforms with settings that they take', () => {
    for (const { entity, row } of rows) {
      expect(parseTargetPath(row.to), row.to).not.toBeTypeOf('string');
      expect(row.to.startsWith(`${entity.to}.`), row.to).toBe(true);
      for (const call of row.via ?? []) {
        const reading = readCall(call);
        expect(reading.ok ? '' : reading.message, row.to).toBe('');
      }
    }
  });

  it('every name it reads is a field of the catalog', () => {
    const strange = template.entities.flatMap((entity) => {
      const gathers = entity.gather ?? [];
      const names = [
        ...conditions(entity.when),
        ...entity.rows.flatMap((row) => [...sourcesOf(row), ...conditions(row.onlyIf)]),
      ].map((name) => {
        const gather = gathers.find(({ as }) => name.startsWith(`${as}.`));
        return gather === undefined ? [entity.from, name] : [gather.from, name.slice(gather.as.length + 1)];
      });
      return [...names, ...gathers.map(({ from, by }) => [from, by])].filter(
        ([from = '', name = '']) =>
          !namesOf(from).has(name) && !(entity.to === 'deal' && name === 'Quantity'),
      );
    });
    expect(strange).toEqual([]);
  });

  it('every custom field it fills is one it makes, and the other way round', () => {
    const owner: Readonly<Record<string, string>> = { lead: 'deal' };
    const filled = rows.flatMap(({ entity, row }) =>
      row.to.includes('.custom.')
        ? [`${owner[entity.to] ?? entity.to}.${row.to.slice(row.to.indexOf('.custom.') + 8)}`]
        : [],
    );
    const made = template.fields.map(({ entity, name }) => `${entity}.${name}`);
    expect(made.toSorted()).toEqual([...new Set(filled)].toSorted());
  });

  it('every module that is known moves, is read by another one, or stays behind with a reason', () => {
    const known = new Set([
      ...template.entities.flatMap(({ from, gather }) => [from, ...(gather ?? []).map((one) => one.from)]),
      ...template.leave.filter(({ field }) => field === '*').map(({ entity }) => entity),
    ]);
    const lost = dinamikcrm.modules.filter(({ key, aside }) => !known.has(key) && aside !== true);
    expect(lost.map(({ key }) => key)).toEqual([]);
  });

  it.each(['both', 'proposals', 'sales'] as const)(
    'its proposal is a mapping without a fault when deals are %s',
    (dealsAre) => {
      expect(checkMapping(proposed({ dealsAre }).mapping, catalog, null)).toEqual([]);
    },
  );
});

describe('what a person decides', () => {
  const dealsFrom = (answers: Readonly<Record<string, string>>) =>
    proposed({}, answers).mapping.entities.flatMap(({ from, to }) => (to === 'deal' ? [from] : []));

  it.each([
    [{}, ['proposal', 'sales']],
    [{ 'pair:deals-are': 'both' }, ['proposal', 'sales']],
    [{ 'pair:deals-are': 'proposals' }, ['proposal']],
    [{ 'pair:deals-are': 'sales' }, ['sales']],
  ])('D-23: answered %j, deals are made of %j', (answers, expected) => {
    expect([...new Set(dealsFrom(answers))]).toEqual(expected);
    expect(checkMapping(proposed({}, answers).mapping, catalog, null)).toEqual([]);
  });

  it.each(['labels', 'field', 'groups'])(
    'D-31(b): tags of companies as %s are a mapping without a fault',
    (choice) => {
      const { mapping, questions } = proposed({}, { 'tags:company:Tags': choice });
      expect(questions.find(({ id }) => id === 'tags:company:Tags')?.question).toContain('"Sadakat"');
      expect(checkMapping(mapping, catalog, null)).toEqual([]);
      const made = mapping.fields.filter(({ entity }) => entity === 'organization').map(({ name }) => name);
      expect(made.includes('Tags: Sadakat')).toBe(choice === 'groups');
      expect(made.includes('Tags')).toBe(choice === 'field');
    },
  );
});

describe('people and companies', () => {
  it('D-20(a): name, e-mails, phones, address and custom fields arrive as typed fields of a person', () => {
    const { fields } = draft('contact:1', 'person');
    expect(fields['name']).toBe('Ayşe Işık');
    expect(fields['emails']).toEqual([
      { value: 'ayse.yilmaz0@anadolukimya.com.tr', label: 'work', primary: true },
      { value: 'ayse0@gmail.com', label: 'home', primary: false },
    ]);
    expect(JSON.stringify(fields['phones'])).toMatch(/"\+90532\d{7}","label":"mobile"/);
    expect(fields['custom.Address']).toMatchObject({ value: expect.stringContaining('Türkiye') });
    expect(fields['custom.KVKK Onay Tarihi']).toBe('2025-06-30');
    expect(fields['custom.Kartvizit Sayısı']).toBe('250');
    expect(fields['custom.Tercih Edilen Kanal']).toBe('WhatsApp');
  });

  it('D-20(b): e-mail is the key by which two contacts are one; a placeholder is none', () => {
    const keysOf = (key: string) => records.get(key)?.lookup.filter(({ kind }) => kind === 'email');
    expect(keysOf('contact:2')).toEqual(keysOf('contact:3'));
    expect(keysOf('contact:4')).toEqual([]);
  });

  it('D-20(c), D-20(d): the company of a contact is a link to an organization, which is made before', () => {
    expect(draft('contact:1', 'person').links['org_id']).toBe('1');
    const order = template.entities.map(({ to }) => to);
    expect(order.indexOf('organization')).toBeLessThan(order.indexOf('person'));
  });

  it('D-21(a): name, industry, address and domain of a company', () => {
    const { fields } = draft('company:1', 'organization');
    expect(fields).toMatchObject({
      name: 'Anadolu Kimya A.Ş.',
      'custom.Industry': 'Kimya',
      'custom.Domain': 'anadolukimya.com.tr',
      'custom.Kredi Limiti (TL)': { amount: '1234567.89', currency: 'TRY' },
    });
    expect(fields['address']).toMatchObject({ country: 'Türkiye' });
  });

  it('D-21(b): a contact whose company is not there is asked about, never left without a word', () => {
    const link = draft('contact:6', 'person').whole?.links.find(({ field }) => field === 'org_id');
    expect(link).toMatchObject({ whenMissing: 'review' });
  });

  it('D-22(a): a lead becomes a lead, with the person it needs', () => {
    expect(drafts('lead:1').map(({ entity }) => entity)).toEqual(['lead', 'person']);
    expect(draft('lead:1', 'lead').fields).toMatchObject({
      title: 'Ayşe Yılmaz',
      value: { amount: '45000.5', currency: 'TRY' },
    });
  });

  it('D-22(b): status becomes a lead label, the source a dropdown', () => {
    const { fields } = draft('lead:1', 'lead');
    expect(fields['label_ids']).toContain(String(records.get('lead:1')?.fields['Lead Status']));
    expect(fields['custom.Lead Source']).toBe(records.get('lead:1')?.fields['Source']);
  });

  it('D-22(c), AUD-02: the history of a conversion is kept in fields, step by step', () => {
    const { fields } = draft('lead:2', 'lead');
    expect(fields['custom.Converted to contact']).toBe('1');
    expect(fields['custom.Converted at']).toBe('2026-03-02');
    expect(String(fields['custom.Conversion history'])).toContain(
      'Nitelikli · Dönüştü · Kişiye dönüştürüldü',
    );
    expect(String(fields['custom.Conversion history']).split('\n').length).toBeGreaterThan(1);
  });

  it('maps no personal id, birth date, gender or team of a contact by default', () => {
    const written = JSON.stringify([drafts('contact:1'), drafts('company:11'), proposed().mapping.entities]);
    expect(written).not.toContain('10000000146');
    for (const field of ['National ID', 'Birth Date', 'Gender', 'Favorite Team'])
      expect(written).not.toContain(field);
  });
});

describe('deals', () => {
  it('D-23(a): value, stage, owner and expected close date', () => {
    expect(draft('proposal:1', 'deal').fields).toMatchObject({
      value: { amount: '125000.75', currency: 'TRY' },
      stage_id: { pipeline: 'Kurumsal Satış', stage: 'Pazarlık' },
      status: 'open',
      expected_close_date: '2026-12-15',
      'custom.Amount': { amount: '125000.75', currency: 'TRY' },
    });
    expect(JSON.stringify(draft('proposal:1', 'deal').fields['owner_id'])).toContain('cagla.sahin@');
    expect(draft('proposal:6', 'deal').fields).toMatchObject({
      status: 'won',
      won_time: '2026-05-06T14:45:00Z',
    });
    expect(draft('proposal:7', 'deal').fields).toMatchObject({ status: 'lost', lost_reason: 'Fiyat' });
  });

  it('D-23(a): where a deal has products, they make its value, and a field keeps what the source said', () => {
    const { fields } = draft('proposal:2', 'deal');
    expect(fields['value']).toBeUndefined();
    expect(fields['custom.Amount']).toMatchObject({ amount: expect.stringMatching(/^\d+/) });
    expect(draft('proposalProduct:1', 'dealProduct').links).toMatchObject({ deal_id: '2' });
  });

  it('D-23(b), D-28(a), D-28(b): pipelines are made beforehand, each with its stages in order', () => {
    const { pipelines } = proposed().mapping;
    expect(pipelines.map(({ name }) => name)).toEqual(['Kurumsal Satış', 'Bayi Kanalı', 'Satış Süreci']);
    const stages = pipelines[0]?.stages.map(({ name }) => name);
    expect(stages?.slice(0, 4)).toEqual(['Ön Görüşme', 'İhtiyaç Analizi', 'Teklif Verildi', 'Pazarlık']);
    expect(draft('proposal:2', 'deal').fields['stage_id']).toEqual({
      pipeline: 'Bayi Kanalı',
      stage: 'Teklif Verildi',
    });
  });

  it('D-23(c): a deal without contact and company is flagged, and so is one whose company is gone', () => {
    const org = (key: string) => draft(key, 'deal').whole?.links.find(({ field }) => field === 'org_id');
    expect(org('proposal:3')).toMatchObject({ whenMissing: 'review', tries: [] });
    expect(org('proposal:4')).toMatchObject({ whenMissing: 'review' });
    expect(draft('proposal:5', 'deal').links).toMatchObject({ person_id: 'LEA-000001' });
  });

  it('D-23: the customer decides what is a deal: proposals, sales or both; the others become notes, with their lines', () => {
    const made = (key: string, policies: Partial<Policies>) =>
      drafts(key, policies).map(({ entity }) => entity);
    expect(made('sales:1', { dealsAre: 'both' })).toContain('deal');
    expect(made('sales:1', { dealsAre: 'proposals' })).toEqual(['note']);
    expect(made('proposal:2', { dealsAre: 'sales' })).toEqual(['note']);
    expect(made('proposalProduct:1', { dealsAre: 'sales' })).toEqual([]);
    const note = draft('proposal:2', 'note', { dealsAre: 'sales' });
    for (const words of ['Proposal', 'Amount', 'Lines', 'Bayi Kanalı'])
      expect(String(note.fields['content'])).toContain(words);
    expect(Object.keys(note.links).length).toBeGreaterThan(0);
  });

  it('D-26(a), D-26(b), D-26(c): an invoice stands on its deal, in fields and in a note with lines, totals and status', () => {
    const { fields } = draft('proposal:1', 'deal');
    expect(fields['custom.Invoice numbers']).toContain('ANA2026000000001');
    expect(fields['custom.Invoice payment status']).toContain('Kısmi Ödendi');
    const note = draft('invoice:1', 'note');
    expect(note.links).toMatchObject({ deal_id: '1', org_id: '1' });
    const text = String(note.fields['content']);
    for (const label of ['Invoice', 'Subtotal', 'Total', 'Payment status', 'Lines'])
      expect(text).toContain(label);
    expect(catalog.issues.map(({ code }) => code)).toContain('invoices-add-on');
  });

  it('D-28(c): rules that move deals by themselves are listed, none is moved', () => {
    expect(template.entities.map(({ from }) => from)).not.toContain('automation');
  });

  it.each([
    ['contact:1', 'person'],
    ['company:1', 'organization'],
    ['proposal:1', 'deal'],
    ['activity:1', 'activity'],
    ['appointment:1', 'activity'],
    ['lead:1', 'lead'],
  ])(
    'D-29(a), D-29(b), D-29(c): %s has its owner by e-mail or name, for a user or for the queue',
    (key, entity) => {
      expect(draft(key, entity).fields['owner_id']).toBeDefined();
    },
  );
});
