import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type DinamikLanded, landDinamik } from './dinamikcrm-landed.ts';

// A whole migration in one process: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let landed: DinamikLanded;

beforeAll(async () => {
  landed = await landDinamik({
    options: { records: 0, switches: { moduleApi: false, uploads: 'open', forbidden: ['Survey/'] } },
    settings: ', files: "{url}", tables: { Makine Parkı: OzelMakine, Kişi Profili: OzelKisiProfili }',
  });
});

afterAll(async () => {
  await landed?.end();
});

it('VER-01: by way of the tables everything that is written is verified', () => {
  for (const [entity, row] of Object.entries(landed.status.ledger)) {
    expect(row.created, entity).toBe(row.verified);
    expect(row.diverged + row.inDoubt, entity).toBe(0);
  }
});

it('D-20(a), D-21(a), D-23(a), D-31(a): what the tables hold lands as by the module API', () => {
  const person = landed.seen.made('person', 'contact:1');
  expect(person.custom).toMatchObject({ 'Tercih Edilen Kanal': 'WhatsApp', 'Kartvizit Sayısı': 250 });
  expect(person['org_id']).toBe(landed.seen.made('organization', 'company:1').id);
  expect(landed.seen.made('person', 'contact:11').labels).toEqual(['acil', 'Referans']);
  expect(landed.seen.made('deal', 'proposal:1')).toMatchObject({ value: 125_000.75, currency: 'TRY' });
});

it('D-27(c), D-27(e): a module that nobody describes lands on its company or contact', () => {
  const machines = landed.seen.list('notes').filter(({ content }) => String(content).includes('seriNo'));
  expect(machines.length).toBeGreaterThan(1);
  expect(machines.every(({ org_id }) => typeof org_id === 'number')).toBe(true);
});

it('D-30(a), D-30(c): files that lie open are uploaded, the others listed', () => {
  expect(landed.seen.list('files').map(({ name }) => name)).toContain('Sözleşme ŞİŞLİ.txt');
  expect(landed.report('attachments.csv')).toContain('katalog.pdf');
});

it('D-03, D-06, D-27(a): a table without rights, modules without a table and untold rules are in the books', () => {
  const scope = landed.report('scope.md');
  for (const words of [
    'Anketler / Surveys is not read',
    'Kredi Profili',
    'is read from the table OzelMakine',
  ])
    expect([words, scope.includes(words)]).toEqual([words, true]);
  expect(landed.report('automations.csv')).toContain('Rules of this account: not told');
});
