import { GeneratedWorld } from 'landfall-emulators/dataverse/world/world.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChangePage, Cursor, SourceRecord } from '../../model/source.ts';
import { closeAll, openOrganisation, pagesOf, recordsOf } from './opex365-fixture.ts';

afterEach(closeAll);

const never = new AbortController().signal;
const records = 300;
const world = new GeneratedWorld({ seed: 1, records, guidOrder: 'sql' });

/** Rows of bundles that no line names as what it is part of. */
function bareBundles(): readonly number[] {
  const lines = Array.from({ length: world.count('opportunityproduct') }, (_, row) => row);
  const of = (row: number, column: string) => world.value('opportunityproduct', row, column);
  const parents = new Set(lines.map((row) => of(row, 'parentbundleid')));
  return lines.filter(
    (row) => of(row, 'producttypecode') === 2 && !parents.has(world.id('opportunityproduct', row)),
  );
}

/** Ids of what the product of a line holds: those that must be there, or all. */
function memberIds(line: number, optional: boolean): readonly string[] {
  const product = world.value('opportunityproduct', line, 'productid') as { readonly id: string };
  return Array.from({ length: world.count('productassociation') }, (_, row) => row)
    .filter(
      (row) => (world.value('productassociation', row, 'productid') as { id: string }).id === product.id,
    )
    .filter((row) => optional || world.value('productassociation', row, 'productisrequired') === 1)
    .map((row) => world.id('productassociation', row));
}

function text(record: SourceRecord, field: string): string {
  return String(record.fields[field] ?? '');
}

/** Ten thousandths. */
function amount(value: string): number {
  return Math.round(Number(value) * 10_000);
}

describe('bundles without lines of their members (O-27(b))', () => {
  it.each([
    { says: 'what must be there', optionalMembers: false },
    { says: 'and what could have been chosen', optionalMembers: true },
  ])('lines are made of what a bundle holds: $says', async ({ optionalMembers }) => {
    const { source } = await openOrganisation({ records }, { optionalMembers });
    const made = await recordsOf(source, 'bundlecomponent');
    const wanted = bareBundles().flatMap((line) =>
      memberIds(line, optionalMembers).map((id) => `${world.id('opportunityproduct', line)}/${id}`),
    );
    expect(wanted.length).toBeGreaterThan(1);
    expect(made.map(({ key }) => key).toSorted()).toEqual(
      wanted.map((id) => `bundlecomponent:${id.toLowerCase()}`).toSorted(),
    );
    for (const line of bareBundles()) {
      const id = world.id('opportunityproduct', line).toLowerCase();
      const own = made.filter((record) => text(record, 'opportunityproductid') === id);
      const total = own.reduce(
        (sum, one) =>
          sum +
          Number(text(one, 'quantity')) * amount(text(one, 'priceperunit')) -
          amount(text(one, 'manualdiscountamount')),
        0,
      );
      const of = (column: string) => world.value('opportunityproduct', line, column) as bigint;
      const whole = (of('quantity') * of('priceperunit')) / 10n ** 10n - of('manualdiscountamount');
      expect(Math.round(total)).toBe(Number(whole));
    }
  });

  it('they lie below their line and their opportunity, with quantity, unit, currency and names', async () => {
    const { source } = await openOrganisation({ records });
    const [line = -1] = bareBundles();
    const id = world.id('opportunityproduct', line).toLowerCase();
    const own = (await recordsOf(source, 'bundlecomponent')).filter(({ key }) => key.includes(id));
    const opportunity = (world.value('opportunityproduct', line, 'opportunityid') as { id: string }).id;
    for (const { fields, lookup, position } of own) {
      expect(lookup).toEqual([
        { kind: 'parent', value: `Bundle Line=${id}` },
        { kind: 'parent', value: `Opportunity=${opportunity.toLowerCase()}` },
      ]);
      expect(fields).toMatchObject({
        'opportunityproductid Name': expect.stringContaining('Starter Set'),
        'productid Name': expect.not.stringContaining('Starter Set'),
        'transactioncurrencyid Code': expect.stringMatching(/^[A-Z]{3}$/),
        'uomid Name': 'Primary Unit',
      });
      expect(position).toContain(`opportunityproducts(${id}/`);
    }
  });

  it('the catalog counts them exactly and says that they are made, not read', async () => {
    const { source } = await openOrganisation({ records });
    const { entities, issues } = await source.describe(never);
    const count = bareBundles().flatMap((line) => memberIds(line, false)).length;
    expect(entities.find(({ name }) => name === 'bundlecomponent')?.count).toEqual({
      value: count,
      exact: true,
    });
    expect(issues.find(({ code }) => code === 'records-made')).toMatchObject({
      at: 'bundlecomponent',
      message: expect.stringContaining(`${count} records`),
    });
    expect(issues.find(({ code }) => code === 'tracking-off')?.at ?? '').not.toContain('bundlecomponent');
  });

  it('where nothing had to be made there is no such entity, and nothing is said', async () => {
    const { source, served } = await openOrganisation();
    const lists = await recordsOf(source, 'productassociation');
    const ids = lists.map(({ fields }) => String(fields.productassociationid));
    served.emulator.control.seed({ remove: { productassociation: ids } });
    const { entities, issues } = await source.describe(never);
    expect(entities.map(({ name }) => name)).not.toContain('bundlecomponent');
    expect(issues.filter(({ code }) => code === 'records-made')).toEqual([]);
  });

  it.each(['0', '-1'])('a member of the quantity %s is none', async (quantity) => {
    const { source, served } = await openOrganisation({ records });
    const [line = -1] = bareBundles();
    const [gone = '', ...others] = memberIds(line, false);
    served.emulator.control.seed({
      update: { productassociation: [{ productassociationid: gone, quantity: Number(quantity) }] },
    });
    const id = world.id('opportunityproduct', line).toLowerCase();
    const own = (await recordsOf(source, 'bundlecomponent')).filter(({ key }) => key.includes(id));
    expect(own.map(({ key }) => key.slice(-gone.length)).toSorted()).toEqual(
      others.map((each) => each.toLowerCase()).toSorted(),
    );
    expect(others.length).toBeGreaterThan(0);
  });

  it('reading goes on from any page; the ids are the same each time', async () => {
    const { source } = await openOrganisation({ records: 900 }, { limits: { pageRows: 3 } });
    const pages = await pagesOf(source, 'bundlecomponent');
    const keys = pages.flatMap((page) => page.records.map(({ key }) => key));
    expect(pages.length).toBeGreaterThan(2);
    expect(new Set(keys).size).toBe(keys.length);
    const rest = await pagesOf(source, 'bundlecomponent', pages[1]?.next ?? null);
    expect(rest.flatMap((page) => page.records.map(({ key }) => key))).toEqual(
      pages.slice(2).flatMap((page) => page.records.map(({ key }) => key)),
    );
  });

  it('without the right to read what bundles hold it is one issue, and the lines themselves stay', async () => {
    const { source } = await openOrganisation({
      records,
      switches: { unreadableTables: ['productassociation'] },
    });
    const { entities, issues } = await source.describe(never);
    const names = entities.map(({ name }) => name);
    expect([names.includes('bundlecomponent'), names.includes('opportunityproduct')]).toEqual([false, true]);
    const without = issues.filter(({ code }) => code === 'no-right').map(({ at }) => at);
    expect(without).toEqual(['bundlecomponent', 'productassociation']);
  });

  it('they have no changes of their own: they are compared', async () => {
    const { source } = await openOrganisation({ records });
    const changes = async (since: Cursor | null) => {
      const pages: ChangePage[] = [];
      for await (const page of source.changes?.('bundlecomponent', since, never) ?? []) pages.push(page);
      return pages;
    };
    const begin = (await changes(null)).at(-1)?.since ?? null;
    expect(begin).not.toBeNull();
    expect(await changes(begin)).toMatchObject([{ how: 'compare' }]);
  });
});
