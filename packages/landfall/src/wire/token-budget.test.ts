import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LimitSignal } from './budget.ts';
import { parseHours } from './day.ts';
import { type TokenRules, type TokenState, tokenBudget } from './token-budget.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const noon = Date.UTC(2026, 10, 21, 12);
const midnight = Date.UTC(2026, 10, 22);

const rules: TokenRules = {
  dailyTokens: 1_000,
  share: 0.5,
  offPeak: null,
  offPeakShare: 0.5,
  reserveTokens: null,
  resetMinuteUtc: 0,
};

const signal: LimitSignal = {
  costTokens: 5,
  chargedTokens: 5,
  sentAtMs: noon,
  burstLimit: null,
  burstRemaining: null,
  dayLimit: null,
  dayRemaining: null,
  throttled: 'no',
  retryAfterMs: null,
};

/** Asks for `cost` until the budget pauses; answers come at once and tell nothing. */
function spend(budget: ReturnType<typeof tokenBudget>, from: TokenState, cost: number, nowMs: number) {
  let state = from;
  for (let spent = 0; ; spent += cost) {
    const asked = budget.ask(state, cost, nowMs);
    if (asked.kind === 'pause') return { spent, asked, state: asked.state };
    state = budget.hear(
      asked.state,
      { ...signal, costTokens: cost, chargedTokens: cost, sentAtMs: nowMs },
      nowMs,
    );
  }
}

describe('the token budget (RUN-09, NF-01, F10, I8)', () => {
  it('stops at its share of the day and names midnight as the time to go on', () => {
    const budget = tokenBudget(rules);
    const { spent, asked, state } = spend(budget, budget.initial, 5, noon);
    expect(spent).toBe(500);
    expect(asked).toMatchObject({ because: 'share', pauseUntilMs: midnight });
    expect(budget.ask(state, 5, midnight)).toMatchObject({ kind: 'wait', waitMs: 0 });
  });

  it('leaves what others may use even when others have used the account before', () => {
    const budget = tokenBudget(rules);
    const first = budget.ask(budget.initial, 5, noon);
    // 600 left before this request: others have taken 400 today
    const state = budget.hear(first.state, { ...signal, dayRemaining: 600 }, noon);
    const { spent, asked } = spend(budget, state, 5, noon);
    expect(spent + 5).toBe(100); // 600 - 100 = the 500 that are not ours
    expect(asked).toMatchObject({ because: 'reserve' });
  });

  it('takes the header as it is: before its own request was charged (facts 3.2)', () => {
    const budget = tokenBudget(rules);
    const first = budget.ask(budget.initial, 5, noon);
    const state = budget.hear(first.state, { ...signal, dayRemaining: 900, dayLimit: 2_000 }, noon);
    expect(state).toMatchObject({ leftTokens: 895, dailyTokens: 2_000, spentTokens: 5 });
  });

  it('goes on in off-peak hours when their share allows more, in the zone of the company', () => {
    const offPeak = parseHours('20:00-06:00', 'Europe/Istanbul');
    const budget = tokenBudget({ ...rules, offPeak, offPeakShare: 0.8 });
    const { asked, state } = spend(budget, budget.initial, 5, noon);
    const eightInIstanbul = Date.UTC(2026, 10, 21, 17);
    expect(asked).toMatchObject({ pauseUntilMs: eightInIstanbul });
    const evening = spend(budget, state, 5, eightInIstanbul);
    expect(evening.spent).toBe(300);
    expect(evening.asked).toMatchObject({ pauseUntilMs: midnight });
  });

  it('pauses until the reset when the other side says the day is used up, and soon looks again right after one', () => {
    const budget = tokenBudget(rules);
    const first = budget.ask(budget.initial, 5, noon);
    const told = { ...signal, chargedTokens: 0, throttled: 'day', dayRemaining: 0 } as const;
    expect(budget.ask(budget.hear(first.state, told, noon), 5, noon)).toMatchObject({
      pauseUntilMs: midnight,
      because: 'day',
    });
    const early = midnight + 60_000;
    const again = budget.ask(budget.initial, 5, early);
    const state = budget.hear(again.state, { ...told, sentAtMs: early }, early);
    expect(budget.ask(state, 5, early)).toMatchObject({ pauseUntilMs: early + 15 * 60_000 });
  });

  it('does not take an answer of yesterday for today', () => {
    const budget = tokenBudget(rules);
    const late = budget.ask(budget.initial, 5, midnight - 10);
    const state = budget.hear(
      late.state,
      { ...signal, sentAtMs: midnight - 10, dayRemaining: 3 },
      midnight + 10,
    );
    expect(budget.ask(state, 5, midnight + 10)).toMatchObject({ kind: 'wait', waitMs: 0 });
  });

  it('gives back what was not charged', () => {
    const budget = tokenBudget(rules);
    const first = budget.ask(budget.initial, 5, noon);
    expect(budget.hear(first.state, { ...signal, chargedTokens: 0 }, noon)).toMatchObject({
      spentTokens: 0,
      openTokens: 0,
    });
  });

  it('never spends more than its share, never touches the part of others, and never starves', () => {
    const step = fc.record({
      cost: fc.constantFrom(1, 2, 3, 5, 10, 20),
      aheadMs: fc.integer({ min: 0, max: 2 * hourMs }),
      others: fc.integer({ min: 0, max: 60 }),
      delay: fc.integer({ min: 0, max: 4 }),
      charged: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.array(step, { minLength: 50, maxLength: 200 }),
        (share, steps) => {
          const budget = tokenBudget({ ...rules, share });
          let state = budget.initial;
          let nowMs = noon;
          let day = -1;
          let left = 1_000;
          let ours = 0;
          const open: { due: number; signal: LimitSignal }[] = [];
          steps.forEach((each, at) => {
            nowMs += each.aheadMs;
            if (Math.floor(nowMs / dayMs) !== day) {
              day = Math.floor(nowMs / dayMs);
              left = 1_000;
              ours = 0;
            }
            left = Math.max(0, left - each.others);
            const asked = budget.ask(state, each.cost, nowMs);
            state = asked.state;
            if (asked.kind === 'pause') {
              expect(asked.pauseUntilMs).toBeGreaterThan(nowMs);
              expect(asked.pauseUntilMs).toBeLessThanOrEqual(nowMs + dayMs);
            } else {
              const dayRemaining = left;
              const chargedTokens = each.charged ? each.cost : 0;
              left -= chargedTokens;
              ours += chargedTokens;
              open.push({
                due: at + each.delay,
                signal: { ...signal, costTokens: each.cost, chargedTokens, sentAtMs: nowMs, dayRemaining },
              });
              expect(ours).toBeLessThanOrEqual(Math.floor(1_000 * share));
            }
            for (const answer of open.filter(({ due }) => due <= at)) {
              open.splice(open.indexOf(answer), 1);
              state = budget.hear(state, answer.signal, nowMs);
            }
          });
          expect(budget.ask(state, 5, nowMs + 3 * dayMs)).toMatchObject({ kind: 'wait', waitMs: 0 });
        },
      ),
      { numRuns: 200 },
    );
  });
});
