import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LimitSignal } from './budget.ts';
import { type BurstState, burstBudget } from './burst-budget.ts';

const windowMs = 2_000;
const guardMs = 500;

interface World {
  readonly limit: number;
  readonly workers: number;
  readonly requests: number;
  /** Time to the other side and back, by request. */
  readonly upMs: (request: number) => number;
  readonly downMs: (request: number) => number;
  /** How late a timer fires. */
  readonly lateMs: (request: number) => number;
}

interface Run {
  readonly arrivals: readonly number[];
  readonly refused: number;
  readonly endMs: number;
}

/** Workers that send as fast as the budget lets them, against a server with a rolling window and real headers. */
function run(world: World): Run {
  const budget = burstBudget({ limit: world.limit, windowMs, guardMs });
  let state: BurstState = budget.initial;
  const arrivals: number[] = [];
  let refused = 0;
  let sent = 0;
  let endMs = 0;
  const events: { atMs: number; act: (nowMs: number) => void }[] = [];
  const at = (atMs: number, act: (nowMs: number) => void) => {
    const index = events.findIndex((event) => event.atMs > atMs);
    events.splice(index < 0 ? events.length : index, 0, { atMs, act });
  };
  const ask = (nowMs: number): void => {
    if (sent >= world.requests) return;
    const asked = budget.ask(state, 5, nowMs);
    if (asked.kind !== 'wait') throw new Error('a burst never pauses');
    if (asked.waitMs > 0) {
      at(nowMs + Math.ceil(asked.waitMs) + world.lateMs(sent), ask);
      return;
    }
    state = asked.state;
    const request = sent++;
    at(nowMs + world.upMs(request), (arrivedMs) => arrive(request, nowMs, arrivedMs));
  };
  const arrive = (request: number, sentAtMs: number, nowMs: number) => {
    const used = arrivals.slice(-world.limit).filter((each) => each > nowMs - windowMs).length;
    const allowed = used < world.limit;
    if (allowed) arrivals.push(nowMs);
    else refused += 1;
    const remaining = Math.max(0, world.limit - used - (allowed ? 1 : 0));
    at(nowMs + world.downMs(request), (heardMs) => {
      const told = { ...nothing, burstLimit: world.limit, burstRemaining: remaining };
      state = budget.hear(state, { ...told, sentAtMs, throttled: allowed ? 'no' : 'burst' }, heardMs);
      endMs = heardMs;
      ask(heardMs);
    });
  };
  for (let worker = 0; worker < world.workers; worker += 1) at(0, ask);
  for (let event = events.shift(); event !== undefined; event = events.shift()) event.act(event.atMs);
  return { arrivals, refused, endMs };
}

const nothing: Omit<LimitSignal, 'sentAtMs'> = {
  costTokens: 5,
  chargedTokens: 5,
  burstLimit: null,
  burstRemaining: null,
  dayLimit: null,
  dayRemaining: null,
  throttled: 'no',
  retryAfterMs: null,
};

describe('the burst budget (RUN-09, NF-01, F3)', () => {
  it('never lets more than the limit arrive in any window, however the way back delays', () => {
    const delays = fc.array(fc.tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 300 })), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 16 }),
        delays,
        (limit, workers, ms) => {
          const pick = (index: number) => ms[index % ms.length] ?? ([0, 0] as const);
          const result = run({
            limit,
            workers,
            requests: limit * 4,
            upMs: (request) => pick(request)[0],
            downMs: (request) => pick(request)[1],
            lateMs: (request) => request % 3,
          });
          expect(result.refused).toBe(0);
          expect(result.arrivals).toHaveLength(limit * 4);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('comes through when the way there is wildly uneven, with few refusals', () => {
    const requests = 2_000;
    const uneven = (request: number) => ((request * 7_919) % 40) * 10;
    const result = run({ limit: 40, workers: 16, requests, upMs: uneven, downMs: () => 5, lateMs: () => 1 });
    expect(result.arrivals.length + result.refused).toBe(requests);
    expect(result.refused).toBeLessThan(requests / 1_000);
  });

  it.each([
    { plan: 'Growth, token', limit: 40, latencyMs: 2 },
    { plan: 'Growth, OAuth', limit: 160, latencyMs: 2 },
    { plan: 'Growth, OAuth, far away', limit: 160, latencyMs: 90 },
    { plan: 'Ultimate, OAuth', limit: 480, latencyMs: 5 },
  ])('uses at least 97 % of what is allowed: $plan', ({ limit, latencyMs }) => {
    const workers = 16;
    const result = run({
      limit,
      workers: Math.max(workers, Math.ceil((limit * latencyMs) / 1_000)),
      requests: limit * 30,
      upMs: (request) => latencyMs / 2 + (request % 5),
      downMs: (request) => latencyMs / 2 + (request % 3),
      lateMs: () => 1,
    });
    const allowed = (result.endMs / windowMs) * limit;
    expect(result.refused).toBe(0);
    expect(result.arrivals.length / allowed).toBeGreaterThan(0.97);
  });

  it('learns a smaller limit and the requests of others from headers', () => {
    const budget = burstBudget({ limit: 40, windowMs, guardMs });
    const first = budget.ask(budget.initial, 5, 0);
    const state = budget.hear(first.state, { ...nothing, sentAtMs: 0, burstLimit: 10, burstRemaining: 1 }, 5);
    expect(budget.ask(state, 5, 6)).toMatchObject({ waitMs: 0 });
    expect(budget.ask(budget.ask(state, 5, 6).state, 5, 7)).toMatchObject({
      kind: 'wait',
      waitMs: expect.closeTo(1_999, -2),
    });
  });

  it('learns a larger limit', () => {
    const budget = burstBudget({ limit: 1, windowMs, guardMs });
    const first = budget.ask(budget.initial, 5, 0);
    const state = budget.hear(
      first.state,
      { ...nothing, sentAtMs: 0, burstLimit: 80, burstRemaining: 79 },
      5,
    );
    expect(budget.ask(state, 5, 6)).toMatchObject({ waitMs: 0 });
  });

  it('after a 429 sends nothing for as long as asked, then one request alone (F3: no hot loop)', () => {
    const budget = burstBudget({ limit: 40, windowMs, guardMs });
    let state = budget.ask(budget.initial, 5, 0).state;
    state = budget.hear(state, { ...nothing, sentAtMs: 0, throttled: 'burst', retryAfterMs: 3_000 }, 10);
    expect(budget.ask(state, 5, 1_000)).toMatchObject({ waitMs: 2_010 });
    const probe = budget.ask(state, 5, 3_010);
    expect(probe).toMatchObject({ waitMs: 0 });
    expect(budget.ask(probe.state, 5, 3_011)).toMatchObject({ waitMs: 20 });
    const open = budget.hear(probe.state, { ...nothing, sentAtMs: 3_010 }, 3_050);
    expect(budget.ask(open, 5, 3_051)).toMatchObject({ waitMs: 0 });
  });

  it.each([null, 0, -1_000, 1e12])(
    'waits a sane time when asked for %s ms, doubled at every refusal',
    (retryAfterMs) => {
      const budget = burstBudget({ limit: 40, windowMs, guardMs });
      let state = budget.initial;
      let nowMs = 0;
      const waits: number[] = [];
      for (let refusal = 0; refusal < 8; refusal += 1) {
        const asked = budget.ask(state, 5, nowMs);
        expect(asked).toMatchObject({ waitMs: 0 });
        state = budget.hear(
          asked.state,
          { ...nothing, sentAtMs: nowMs, throttled: 'burst', retryAfterMs },
          nowMs,
        );
        waits.push(state.blockedUntilMs - nowMs);
        nowMs = state.blockedUntilMs;
      }
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000);
      expect(Math.max(...waits)).toBe(60_000);
    },
  );

  it('keeps no limit where none is known', () => {
    const budget = burstBudget({ limit: null, windowMs, guardMs });
    let state = budget.initial;
    for (let request = 0; request < 1_000; request += 1) {
      const asked = budget.ask(state, 5, 0);
      expect(asked).toMatchObject({ waitMs: 0 });
      state = asked.state;
    }
  });
});
