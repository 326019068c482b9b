import { describe, expect, it } from 'vitest';
import { type AccountFacts, capNames } from '../../model/destination.ts';
import { defaultPolicies } from '../../model/policy-table.ts';
import { costTable } from '../../pipedrive/prices.ts';
import { forecast } from './forecast.ts';
import type { ForecastInput } from './forecast-input.ts';

const account: AccountFacts = {
  account: 'acme',
  user: 'a',
  admin: true,
  plan: 'lite',
  seats: 10,
  dailyTokens: 300_000,
  tokensLeft: null,
  caps: [],
};

function bill(more: Partial<ForecastInput>) {
  const policies = { ...defaultPolicies, budgetShare: 1 };
  const nowMs = Date.UTC(2026, 1, 27, 22);
  return forecast({ counts: {}, steps: [], costs: costTable, account, policies, nowMs, ...more });
}

const field = {
  step: { kind: 'field', entity: 'deal', name: 'Region', type: 'enum', options: [] },
  because: '',
  costTokens: 5,
  state: 'planned',
  ids: [],
} as const;
/** Reading the account: 2 + 20 + 20 + 20 + 5 + 5 + 10 + 5 x 10 tokens (facts.md 3.2), four times in a run. */
const describing = 4 * 132;

describe('the bill (facts.md section 10)', () => {
  it('an empty plan costs what looking at the account costs', () => {
    expect(bill({})).toMatchObject({ tokens: describing, rollbackTokens: 0, days: 1 });
  });

  it('1,001 persons and 501 notes by hand: creates, one watermark, a gate walk and a proof walk each', () => {
    const persons = 1_001 * 5 + 10 + 2 * 3 * 10;
    const notes = 501 * 10 + 20 + 2 * 2 * 20;
    const found = bill({
      counts: { person: { create: 1_001, update: 0 }, note: { create: 501, update: 0 } },
    });
    expect(found.tokens).toBe(describing + persons + notes);
    expect(found.requests).toBe(4 * 12 + 1_001 + 1 + 6 + 501 + 1 + 4);
  });

  it('filling an existing record costs a look (1) and a write (5)', () => {
    const found = bill({ counts: { organization: { create: 0, update: 2 } } });
    expect(found.tokens).toBe(describing + 2 * 6 + 10 + 2 * 10);
  });

  it('the rollback reserve: 3 a core record, 6 a note, a look at each list and at what leads to it, and the configuration', () => {
    const counts = {
      deal: { create: 600, update: 0 },
      note: { create: 10, update: 0 },
      person: { create: 0, update: 4 },
    };
    const found = bill({ counts, steps: [field] });
    const deals = 600 * 3 + (2 * 10 + 20) + (10 + 20 + 20 + 20);
    const notes = 10 * 6 + 20;
    const people = 4 * 5 + 10 + (60 + 30 + 10 + 20 + 20);
    const configuration = 3 + (10 + 20) + (20 + 40);
    expect(found.rollbackTokens).toBe(deals + notes + people + configuration + 2 * 132);
  });

  it('relationships are listed organization by organization: at worst one request each', () => {
    const found = bill({ counts: { organizationRelationship: { create: 3, update: 0 } } });
    expect(found.tokens).toBe(describing + 3 * 10 + 2 * 3 * 20);
  });

  it.each([
    ['100,000 core records on Lite with 10 seats are two budgets', 1, 2, '2026-02-28'],
    ['with half of the day’s tokens they are four', 0.5, 4, '2026-03-02'],
  ])('%s', (_what, budgetShare, days, end) => {
    const policies = { ...defaultPolicies, budgetShare };
    const found = bill({ counts: { person: { create: 100_000, update: 0 } }, policies });
    expect(found).toMatchObject({ days, start: '2026-02-27', end });
  });

  it('the phases add up to the whole', () => {
    const found = bill({ counts: { person: { create: 7, update: 1 } }, steps: [field] });
    expect(found.phases.reduce((sum, row) => sum + row.tokens, 0)).toBe(found.tokens);
    expect(found.phases.reduce((sum, row) => sum + row.requests, 0)).toBe(found.requests);
  });

  it.each([
    ['fields', capNames.customFields, 99, 100, true],
    ['one field too many (F21)', capNames.customFields, 100, 101, false],
    ['deals', capNames.deals, 98, 100, true],
    ['one deal too many (C-12)', capNames.deals, 99, 101, false],
    ['what nobody has counted is taken as none', capNames.deals, null, 2, true],
  ])('caps: %s', (_what, name, used, wanted, fits) => {
    const caps = [{ name, limit: 100, used }];
    const counts = { deal: { create: 2, update: 0 } };
    const found = bill({ counts, steps: [field], account: { ...account, caps } });
    expect(found.caps).toEqual([{ name, limit: 100, wanted, fits }]);
  });

  it('lines of deals: what the plan priced, one list for a hundred deals, no watermark', () => {
    const count = { create: 250, update: 0, writes: { requests: 40, tokens: 600 }, parents: 201 };
    const found = bill({ counts: { dealProduct: count } });
    expect(found.tokens).toBe(describing + 600 + 2 * 3 * 10);
    expect(found.lowerBound.tokens).toBe(600 + 3 * 10);
  });

  it('leads count under the limit of deals (C-12), and their archived list is looked at too', () => {
    const caps = [{ name: capNames.deals, limit: 10, used: 7 }];
    const counts = { deal: { create: 2, update: 0 }, lead: { create: 2, update: 0 } };
    const found = bill({ counts, account: { ...account, caps } });
    expect(found.caps).toEqual([{ name: capNames.deals, limit: 10, wanted: 11, fits: false }]);
    const leads = 2 * 10 + 20 + 2 * (20 + 40);
    const deals = 2 * 5 + 10 + 2 * (10 + 20);
    expect(found.tokens).toBe(describing + leads + deals);
  });

  it('the lower bound is every write and one walk of each list (facts.md 10.1: 10,000 records are 50,200 tokens)', () => {
    const found = bill({ counts: { person: { create: 10_000, update: 0 } } });
    expect(found.lowerBound).toEqual({ tokens: 50_200, days: 1 });
    expect(found.tokens - found.lowerBound.tokens).toBe(describing + 10 + 200);
  });

  it.each([
    ['a whole day is left', null, [1, 2, 1], ['2026-02-27', '2026-02-27', '2026-02-28']],
    ['others have used half of today', 150_000, [1, 2, 1], ['2026-02-27', '2026-02-27', '2026-02-28']],
    ['nothing is left today', 0, [1, 2, 1], ['2026-02-28', '2026-02-28', '2026-03-01']],
  ] as const)('phases follow each other on the days: %s', (_what, tokensLeft, days, starts) => {
    const counts = { person: { create: 60_001, update: 0 } };
    const found = bill({ counts, account: { ...account, tokensLeft } });
    expect(found.calendar.map((span) => span.days)).toEqual(days);
    expect(found.calendar.map((span) => span.start)).toEqual(starts);
    expect(found.end).toBe(found.calendar.at(-1)?.end);
  });

  it('off-peak hours let a day take their larger share', () => {
    const counts = { person: { create: 60_000, update: 0 } };
    const policies = { ...defaultPolicies, budgetShare: 0.5, offPeakShare: 0.8 };
    expect(bill({ counts, policies }).days).toBe(3);
    expect(bill({ counts, policies: { ...policies, offPeak: '20:00-06:00' } }).days).toBe(2);
  });

  it.each([
    ['ask', 5 * 20],
    ['skip', 0],
  ] as const)(
    'the reserve asks each organization for relationships of others, or not: %s',
    (rollbackRelationships, tokens) => {
      const counts = { organization: { create: 5, update: 0 } };
      const policies = { ...defaultPolicies, rollbackRelationships };
      const lists = 10 + 60 + 30 + 10 + 20 + 20;
      expect(bill({ counts, policies }).rollbackTokens).toBe(5 * 3 + 10 + lists + tokens + 2 * 132);
    },
  );
});
