import { describe, expect, it } from 'vitest';
import { createPromoxcrm } from '../emulator.ts';
import { makeWorld } from './world.ts';

const rules = [
  ...['P-20(a)', 'P-20(b)', 'P-20(c)', 'P-21(a)', 'P-21(b)', 'P-21(c)', 'P-22(a)', 'P-22(b)', 'P-22(c)'],
  ...['P-22(d)', 'P-23(a)', 'P-23(b)', 'P-23(c)', 'P-24(a)', 'P-24(b)', 'P-24(c)', 'P-24(d)', 'P-25(a)'],
  ...['P-25(b)', 'P-25(c)', 'P-26(a)', 'P-26(b)', 'P-26(c)', 'P-27(a)', 'P-27(b)', 'P-27(c)', 'P-27(d)'],
  ...['P-28(a)', 'P-28(b)', 'P-28(c)', 'P-29(a)', 'P-29(b)', 'P-29(c)', 'P-29(d)'],
];

describe('the sample company', () => {
  it.each([1, 2, 3])('of seed %i is the same twice, and other than that of the next seed', (seed) => {
    const plan = { seed, records: 400 };
    expect(makeWorld(plan)).toEqual(makeWorld(plan));
    expect(makeWorld(plan).records).not.toEqual(makeWorld({ ...plan, seed: seed + 1 }).records);
  });

  it.each([0, 400, 5_000])('holds a case of every lettered rule at %i records', (records) => {
    const { planted, records: made } = makeWorld({ seed: 1, records });
    expect(rules.filter((rule) => !planted.some((one) => one.rule === rule))).toEqual([]);
    for (const { resource, ids } of planted) {
      const there = new Set(made.get(resource)?.map(({ id }) => id) ?? []);
      expect(ids.filter((id) => !there.has(id))).toEqual([]);
    }
  });

  it('has about as many records as asked for', () => {
    const { records } = makeWorld({ seed: 1, records: 5_000 });
    const total = [...records.values()].reduce((sum, rows) => sum + rows.length, 0);
    expect(total).toBeGreaterThan(4_750);
    expect(total).toBeLessThan(5_250);
  });

  it('histories end in the stage the project is in, and go forward in time', () => {
    const { records } = makeWorld({ seed: 7, records: 2_000 });
    for (const project of records.get('projects') ?? []) {
      const history = project['stage_history'] as { stage_id: number; entered_at: string }[];
      expect(history.at(-1)?.stage_id).toBe(project['stage_id']);
      const times = history.map(({ entered_at }) => entered_at);
      expect(times).toEqual([...times].sort());
    }
  });
});

describe('the export files', () => {
  const texts = createPromoxcrm().control.extra('export') as Record<string, string>;
  const lines = (name: string) => (texts[name] ?? '').replace('\uFEFF', '').split('\r\n');

  it('there is one for each kind of record, American in every way', () => {
    expect(Object.keys(texts).sort()).toEqual([
      ...['artwork-proofs.csv', 'clients.csv', 'commissions.csv', 'leads.csv', 'pipelines.csv'],
      ...['presentations.csv', 'projects.csv', 'stage-history.csv', 'supplier-contracts.csv', 'tasks.csv'],
      ...['users.csv', 'webstores.csv'],
    ]);
    expect(lines('projects.csv')[1]).toContain('"$2,975.00",USD,Spring Trade Show,"500 x Tote bag, 2-color');
    expect(lines('projects.csv')[1]).toMatch(/,\d\d\/\d\d\/\d{4} \d\d:\d\d [AP]M,/);
    expect(lines('commissions.csv')[3]).toContain('12.5%');
  });

  it('hold as many rows as the account has records', () => {
    const counts = createPromoxcrm().control.extra('counts') as Record<string, number>;
    for (const name of ['leads', 'clients', 'projects', 'tasks', 'commissions', 'presentations'])
      expect((texts[`${name}.csv`] ?? '').split(/\r\n/).length - 2).toBe(counts[name]);
  });

  it('users stand with their e-mail', () => {
    expect(lines('leads.csv')[1]).toContain('Marcus Tran <marcus.tran@promo.example>');
  });
});
