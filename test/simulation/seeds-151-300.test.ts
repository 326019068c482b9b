import { describe, expect, it } from 'vitest';
import { violationsFrom } from './everyday.ts';

describe('simulated migrations under faults (I1-I8, I12, I13, F1-F29)', () => {
  it.each([151, 201, 251])(
    '50 seeds from %i on: no invariant is violated',
    async (first) => {
      expect(await violationsFrom(first, 50)).toEqual([]);
    },
    300_000,
  );
});
