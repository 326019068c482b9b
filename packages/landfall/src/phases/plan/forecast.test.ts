import { describe, expect, it } from 'vitest';
import { type AccountFacts, capNames } from '../../model/destination.ts';
import { defaultPolicies } from '../../model/policy.ts';
import { costTable } from '../../pipedrive/prices.ts';
import { type ForecastInput, forecast } from './forecast.ts';

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
/** Reading the account: 2 + 20 + 20 + 20 + 5 + 5 + 4 x 10 tokens (facts.md 3.2), four times in a run. */
const describing = 4 * 112;

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
    expect(found.requests).toBe(4 * 10 + 1_001 + 1 + 6 + 501 + 1 + 4);
  });

  it('filling an existing record costs a look (1) and a write (5)', () => {
    const found = bill({ counts: { organization: { create: 0, update: 2 } } });
    expect(found.tokens).toBe(describing + 2 * 6 + 10 + 2 * 10);
  });

  it('the rollback reserve is 3 a core record, 6 a note, the walks that look first, and the configuration', () => {
    const counts = {
      deal: { create: 600, update: 0 },
      note: { create: 10, update: 0 },
      person: { create: 0, update: 4 },
    };
    const found = bill({ counts, steps: [field] });
    expect(found.rollbackTokens).toBe(600 * 3 + 2 * 10 + (10 * 6 + 20) + (4 * 5 + 10) + 5);
  });

  it('relationships are listed organization by organization: at worst one request each', () => {
    const found = bill({ counts: { organizationRelationship: { create: 3, update: 0 } } });
    expect(found.tokens).toBe(describing + 3 * 10 + 20 + 2 * 3 * 20);
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
});
