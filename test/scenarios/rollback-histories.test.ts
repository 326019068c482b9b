import { describe, expect, test } from 'vitest';
import { runHistory } from './rollback/history.ts';
import { editKinds } from './rollback/people-edits.ts';

const seeds = Array.from({ length: 20 }, (_none, at) => at + 1);
const seen = new Set<string>();

describe('random histories: migrated, edited by people meanwhile, taken back (RB-01, RB-02, reliability.md 7.2)', () => {
  test.each(seeds)(
    'seed %i: no edit is lost, all the rest is as it was, a second time does nothing',
    async (seed) => {
      const { faults, edits } = await runHistory(seed);
      for (const what of edits) seen.add(what);
      expect(faults).toEqual([]);
    },
    60_000,
  );

  test('there are at least 30 kinds of edits, and these histories made most of them', () => {
    expect(new Set(editKinds.map(({ what }) => what)).size).toBeGreaterThanOrEqual(30);
    expect(seen.size).toBeGreaterThanOrEqual(30);
  });
});
