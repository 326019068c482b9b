import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { createClock } from './clock.ts';
import { createEmulation } from './emulation.ts';
import { jsonAnswer } from './exchange.ts';
import { FAULT_KINDS, FaultPlan, pathPattern } from './faults.ts';
import { listen } from './listen.ts';
import { seededRandom } from './random.ts';
import { createPathRouter } from './router.ts';
import type { Vendor } from './vendor.ts';

describe('the seeded random', () => {
  test('gives the same numbers for the same seed and others for another', () => {
    const take = (seed: number) => {
      const random = seededRandom(seed);
      return [random.next(), random.hex(40), random.uuid(), random.between(1, 6), random.pick(['a', 'b'])];
    };
    expect(take(5)).toEqual(take(5));
    expect(take(5)).not.toEqual(take(6));
  });

  test('stays within its bounds', () => {
    const random = seededRandom(1);
    const thrown = Array.from({ length: 1_000 }, () => random.between(1, 6));
    expect(new Set(thrown)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(() => random.pick([])).toThrow('at least one');
  });
});

describe('the clock', () => {
  test('runs jobs in the order of their times', () => {
    const clock = createClock(() => 0);
    const ran: string[] = [];
    clock.later(20, () => ran.push('second'));
    clock.later(10, () => ran.push('first'));
    clock.later(99, () => ran.push('never'));
    clock.advance(20);
    expect(ran).toEqual(['first', 'second']);
    expect(clock.nowMs()).toBe(20);
    clock.clear();
    clock.advance(1_000);
    expect(ran).toHaveLength(2);
  });

  test('wakes by itself in real time', async () => {
    const clock = createClock();
    await new Promise<void>((resolve) => clock.later(10, resolve));
    clock.clear();
  });

  test('does not go back', () => {
    expect(() => createClock().advance(-1)).toThrow('only moves forward');
    expect(() => createClock().advance(Number.NaN)).toThrow('only moves forward');
  });
});

describe('fault rules', () => {
  test.each([
    ['/api/v2/deals', '/api/v2/deals', true],
    ['/api/v2/deals', '/api/v2/deals/1', false],
    ['/api/v2/deals/*', '/api/v2/deals/1', true],
    ['/api/v2/deals/*', '/api/v2/deals/1/products', false],
    ['/api/**', '/api/v2/deals/1/products', true],
    ['/api/*/deals', '/api/v1/deals', true],
    ['/a.b', '/aXb', false],
  ])('the path %s and the request %s: %s', (rule, path, hit) => {
    expect(pathPattern(rule).test(path)).toBe(hit);
  });

  test('after lets some pass, count ends it', () => {
    const plan = new FaultPlan();
    plan.set({ rules: [{ kind: 'status-500', method: 'post', after: 2, count: 2 }] });
    const hits = Array.from({ length: 6 }, () => plan.next('POST', '/x') !== null);
    expect(hits).toEqual([false, false, true, true, false, false]);
    expect(plan.next('GET', '/x')).toBeNull();
  });

  test('a rate hits its share, the same ones for the same seed', () => {
    const hits = (seed: number) => {
      const plan = new FaultPlan();
      plan.set({ seed, rules: [{ kind: 'slow', rate: 0.25 }] });
      return Array.from({ length: 2_000 }, () => plan.next('GET', '/') !== null);
    };
    const share = hits(3).filter(Boolean).length / 2_000;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(hits(3)).toEqual(hits(3));
    expect(hits(3)).not.toEqual(hits(4));
  });

  test('the first rule that hits wins', () => {
    const plan = new FaultPlan();
    plan.set({ rules: [{ kind: 'slow', count: 1 }, { kind: 'status-503' }] });
    expect(['slow', 'status-503']).toEqual([plan.next('GET', '/')?.kind, plan.next('GET', '/')?.kind]);
  });

  test('there are thirteen kinds', () => {
    expect(FAULT_KINDS).toHaveLength(13);
  });
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: 1, a: { d: [2, 1], c: null } })).toBe('{"a":{"c":null,"d":[2,1]},"b":1}');
});

test('the router prefers fixed names and decodes what it finds', () => {
  const router = createPathRouter<string>();
  router.add('GET', '/users/me', 'me');
  router.add('GET', '/users/{id}', 'one');
  router.add('GET', '/a/{x-id}/b/{y}', 'two');
  expect(router.find('GET', '/users/me')?.route).toBe('me');
  expect(router.find('GET', '/users/a%20b')).toEqual({ route: 'one', params: { id: 'a b' } });
  expect(router.find('GET', '/a/1/b/2')).toEqual({ route: 'two', params: { x_id: '1', y: '2' } });
  expect(router.find('POST', '/users/me')).toBeNull();
  expect(router.find('GET', '/users')).toBeNull();
});

describe('any vendor behind the kit', () => {
  const echo = (): Vendor => ({
    answer: (call) =>
      jsonAnswer(200, { method: call.method, path: call.path, q: call.query.get('q'), body: call.text() }),
    refusal: () => null,
    reset: () => undefined,
    seed: (body) => body,
    snapshot: () => ({ b: 1, a: 2 }),
    coverage: () => ({ published: 0, served: 0, operations: [] }),
    close: () => undefined,
  });

  test('answers the same in process and over HTTP', async () => {
    const emulation = createEmulation(echo(), createClock());
    const listening = await listen(emulation);
    const init = { method: 'POST', body: 'şu' };
    const inProcess = await emulation.app.fetch(new Request('http://x/a/b/?q=1', init));
    const overHttp = await fetch(`${listening.url}/a/b/?q=1`, init);
    const wanted = { method: 'POST', path: '/a/b', q: '1', body: 'şu' };
    expect(await inProcess.json()).toEqual(wanted);
    expect(await overHttp.json()).toEqual(wanted);
    expect(await (await fetch(`${listening.control}/snapshot`)).text()).toBe('{"a":2,"b":1}');
    expect(emulation.control.log()).toHaveLength(2);
    await listening.close();
  });

  test('a port that is taken is an error', async () => {
    const first = await listen(createEmulation(echo(), createClock()));
    const port = Number(new URL(first.url).port);
    await expect(listen(createEmulation(echo(), createClock()), port)).rejects.toThrow('EADDRINUSE');
    await first.close();
  });
});
