import { expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { hashOf } from './hash.ts';
import { systemPorts } from './ports.ts';
import { createRandom } from './random.ts';

it('equal values have equal canonical JSON whatever the order of their members', () => {
  expect(canonicalJson({ b: 1, a: [{ d: 2, c: null }] })).toBe('{"a":[{"c":null,"d":2}],"b":1}');
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
  expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: '1' }));
});

it('a member called __proto__ is a member like any other', () => {
  expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
});

it('a seed replays the same numbers', () => {
  const [one, two] = [createRandom(7), createRandom(7)];
  expect([one(), one(), one()]).toEqual([two(), two(), two()]);
});

it('sleep ends at once when it is aborted', async () => {
  const stop = new AbortController();
  const slept = systemPorts().clock.sleep(60_000, stop.signal);
  stop.abort();
  await expect(slept).resolves.toBeUndefined();
});
