import { describe, expect, it } from 'vitest';
import { hearParallelism, type Parallelism, startParallelism } from './parallelism.ts';

const good = { hint: 8, throttled: false };

function after(state: Parallelism, answers: number, most: number | null = null): Parallelism {
  let now = state;
  for (let count = 0; count < answers; count += 1) now = hearParallelism(now, good, most);
  return now;
}

describe('requests at once (O-07)', () => {
  it('begins carefully and rises one by one to what the service recommends, never above', () => {
    const start = startParallelism(null);
    expect(start.limit).toBe(4);
    expect(after(start, 4).limit).toBe(5);
    expect(after(start, 100).limit).toBe(8);
  });

  it('halves when something was too much, and rises again', () => {
    const full = after(startParallelism(null), 100);
    const halved = hearParallelism(full, { hint: 8, throttled: true }, null);
    expect(halved.limit).toBe(4);
    expect(hearParallelism({ ...halved, limit: 1 }, { hint: null, throttled: true }, null).limit).toBe(1);
    expect(after(halved, 100).limit).toBe(8);
  });

  it.each([
    [2, 500, 2],
    [null, 500, 52],
    [16, 8, 8],
  ])('with %j in the settings and %i recommended it is at most %i', (most, hint, limit) => {
    let state = startParallelism(most);
    for (let count = 0; count < 5_000; count += 1)
      state = hearParallelism(state, { hint, throttled: false }, most);
    expect(state.limit).toBe(limit);
  });

  it('a service that recommends nothing is asked by a few at once', () => {
    let state = startParallelism(null);
    for (let count = 0; count < 100; count += 1)
      state = hearParallelism(state, { hint: null, throttled: false }, null);
    expect(state.limit).toBe(4);
  });
});
