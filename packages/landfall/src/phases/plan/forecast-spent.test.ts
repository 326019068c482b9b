import { afterEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import { configure } from '../configure.ts';
import { load } from '../load/load.ts';
import { type Bench, draft, keepDrafts, link, openBench, record, sampleMapping } from '../phase-fixture.ts';
import { rollback } from '../rollback/rollback.ts';
import { verify } from '../verify.ts';
import { plan } from './plan.ts';

let bench: Bench;
afterEach(() => bench.close());

const upTo = (count: number) => Array.from({ length: count }, (_none, at) => at + 1);

const own = (entity: string, id: number) => sourceKey(entity, `${id}`);
const toPerson = (id: number) => [link('person_id', 'person', { id: `${id}` })];
const toDeal = (id: number) => link('deal_id', 'deal', { id: `${id}` });

/** A company of `size` contacts, with everything else in proportion. */
async function keepCompany(size: number): Promise<void> {
  const companies = upTo(Math.ceil(size / 5));
  const deals = upTo(Math.ceil(size / 3));
  await keepDrafts(
    bench,
    [
      ...companies.map((id) => record('companies', `${id}`, { name: `Company ${id}` })),
      ...upTo(size).map((id) => record('contacts', `${id}`, { name: `Contact ${id}` })),
      ...deals.map((id) => record('deals', `${id}`)),
      record('products', '1'),
    ],
    [
      ...companies.map((id) => draft('organization', own('companies', id), { name: `Company ${id}` })),
      ...companies.slice(1, 9).map(relationship),
      ...upTo(size).map((id) => {
        const company = link('org_id', 'organization', { id: `${(id % companies.length) + 1}` });
        return draft('person', own('contacts', id), { name: `Contact ${id}` }, [company]);
      }),
      draft('product', own('products', 1), { name: 'Product' }),
      ...dealDrafts(deals, size),
    ],
  );
}

function relationship(id: number) {
  const ends = [
    link('rel_owner_org_id', 'organization', { id: id < 5 ? '1' : '2' }),
    link('rel_linked_org_id', 'organization', { id: `${id}` }),
  ];
  return draft('organizationRelationship', own('companies', id), { type: 'parent' }, ends, 'parent');
}

function dealDrafts(deals: readonly number[], size: number) {
  const part = (id: number) => own('deals', id);
  return [
    ...deals
      .slice(0, size / 4)
      .map((id) =>
        draft('lead', part(id), { title: `Lead ${id}`, label_ids: ['Hot'] }, toPerson(id), 'lead'),
      ),
    ...deals.map((id) => draft('deal', part(id), { title: `Deal ${id}` })),
    ...deals.flatMap((id) => upTo(id % 9).map((at) => line(id, at))),
    ...deals.slice(0, 20).map((id) => draft('participant', part(id), {}, [toDeal(id), ...toPerson(id)])),
    ...deals.slice(0, 10).map((id) => draft('archivedDeal', part(id), {}, [toDeal(id)])),
    ...deals.map((id) => draft('activity', part(id), { subject: `Call ${id}` }, toPerson(id))),
    ...deals.map((id) => draft('note', part(id), { content: `<p>${id}</p>` }, toPerson(id))),
  ];
}

function line(deal: number, at: number) {
  const values = { item_price: `${at}`, quantity: '1' };
  const links = [toDeal(deal), link('product_id', 'product', { id: '1' })];
  return draft('dealProduct', own('deals', deal), values, links, `line ${at}`);
}

describe('the forecast against what the emulator then charged (facts.md 10.1)', () => {
  it.each([
    ['small', 20, 0],
    ['beyond a page of the lists', 620, 0],
    ['into an account that is in use', 240, 30],
  ])(
    'is within 2 %% phase by phase, and the reserve is enough to take it all back: %s',
    async (_what, size, existing) => {
      bench = await openBench({ policies: { duplicates: 'keep', existing: 'create' } });
      bench.account.emulator.control.seed({
        persons: upTo(existing).map((id) => ({ name: `Theirs ${id}` })),
        deals: upTo(existing).map((id) => ({ title: `Theirs ${id}` })),
      });
      await keepCompany(size);
      const { forecast } = await plan(bench.context, sampleMapping);
      const charged = () =>
        bench.account.emulator.control.log().reduce((whole, { tokens }) => whole + tokens, 0);
      const spent: Record<string, number> = {};
      for (const [phase, work] of [
        ['configure', () => configure(bench.context)],
        ['run', () => load(bench.context)],
        ['verify', () => verify(bench.context)],
      ] as const) {
        const before = charged();
        await work();
        spent[phase] = charged() - before;
      }
      for (const { phase, tokens } of forecast.calendar) {
        expect(
          Math.abs(tokens - (spent[phase] ?? 0)),
          `${phase}: ${tokens} and ${spent[phase]}`,
        ).toBeLessThanOrEqual(0.02 * (spent[phase] ?? 0));
      }
      expect(forecast.lowerBound.tokens).toBeLessThan(forecast.tokens);
      const before = charged();
      await rollback(bench.context);
      const back = charged() - before;
      expect(forecast.rollbackTokens, `${back} were needed`).toBeGreaterThanOrEqual(back);
      expect(forecast.rollbackTokens).toBeLessThan(1.1 * back);
    },
  );
});
