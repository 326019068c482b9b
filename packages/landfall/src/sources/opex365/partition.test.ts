import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, countOf, openOrganisation, pagesOf } from './opex365-fixture.ts';

afterEach(closeAll);

const never = new AbortController().signal;

describe('big tables (O-11)', () => {
  it('are cut by time of creation or by id, counted exactly beyond what the service counts, and read whole', async () => {
    const { source, served } = await openOrganisation({ records: 3_000 }, { limits: { pageRows: 50 } });
    for (const table of ['contact', 'activityparty']) {
      const pages = await pagesOf(source, table);
      const keys = pages.flatMap(({ records }) => records.map(({ key }) => key));
      expect(keys.length, table).toBe(countOf(served, table));
      expect(new Set(keys).size, table).toBe(keys.length);
      const lanes = JSON.parse(pages[0]?.next ?? '{}') as { readonly lanes: readonly unknown[] };
      expect(lanes.lanes.length, table).toBeGreaterThan(1);
      for (const at of [0, Math.floor(pages.length / 2), pages.length - 2]) {
        const rest = await pagesOf(source, table, pages[at]?.next ?? null);
        const left = rest.flatMap(({ records }) => records.map(({ key }) => key));
        expect(left, `${table} after page ${at}`).toEqual(
          pages.slice(at + 1).flatMap(({ records }) => records.map(({ key }) => key)),
        );
      }
    }
    const counted = served.emulator.control.log().filter(({ path }) => path.includes('aggregate'));
    expect(counted.length).toBeGreaterThan(0);
  });

  it('ids in an order that nobody told are cut unevenly, and still read once each', async () => {
    const { source, served } = await openOrganisation(
      { records: 1_000, switches: { guidOrder: 'text' } },
      { limits: { pageRows: 50 } },
    );
    const keys = (await pagesOf(source, 'activityparty')).flatMap(({ records }) =>
      records.map(({ key }) => key),
    );
    expect([keys.length, new Set(keys).size]).toEqual(Array(2).fill(countOf(served, 'activityparty')));
  });

  it('counts are exact where the service’s own number is old', async () => {
    const { source, served } = await openOrganisation({ records: 2_500 }, { limits: { pageRows: 150 } });
    const { entities } = await source.describe(never);
    for (const { name, count } of entities.filter(({ name: one }) => one !== 'bundlecomponent'))
      expect(count, name).toEqual({ value: countOf(served, name), exact: true });
  });

  it('are looked at by a sample, which is said with its size; the count of rows stays exact', async () => {
    const { source, served } = await openOrganisation(
      { records: 600 },
      { limits: { pageRows: 8, wholeRows: 60 } },
    );
    const { entities, issues } = await source.describe(never);
    const rows = countOf(served, 'contact');
    const contact = entities.find(({ name }) => name === 'contact');
    expect(contact?.count).toEqual({ value: rows, exact: true });
    expect(contact?.fields[0]?.evidence).toContain(`about, from a sample of 16 of ${rows}`);
    const said = issues.filter(({ code }) => code === 'looked-at-by-sample');
    expect(said).toMatchObject([{ hint: expect.stringContaining('source.limits.wholeRows') }]);
    expect(said[0]?.at).toContain(`contact (16 of ${rows} rows)`);
    expect(said[0]?.at).not.toMatch(/\blead \(/);
  });
});
