import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everydayScale as scale } from './everyday.ts';
import { type FaultClass, faultTable } from './fault-table.ts';
import { fileTroubles } from './files.ts';
import { simulate } from './simulation.ts';

const perTestMs = 300_000;

describe('simulated migrations under faults (I1-I8, I12, I13, F1-F29)', () => {
  it(
    'a seed replays byte for byte: equal logs of the account, equal audit logs (I11)',
    async () => {
      for (const seed of [3, 14, 36, 110, 139]) {
        const [first, again] = [await simulate(seed, { scale }), await simulate(seed, { scale })];
        expect(again).toEqual(first);
        expect(first.requests).toBeGreaterThan(50);
      }
    },
    perTestMs,
  );

  it(
    'each fault class that can be simulated is met alone, and the faults really happen',
    async () => {
      const met: Partial<Record<FaultClass, string>> = {};
      for (const name of Object.keys(faultTable) as FaultClass[]) {
        if (faultTable[name].how === null) continue;
        const { violations, hits, lives } = await simulate(7_000 + Number(name.slice(1)), {
          scale,
          classes: [name],
        });
        expect(violations, name).toEqual([]);
        met[name] = JSON.stringify([hits, lives.filter((life) => life !== 'done')]);
      }
      for (const name of ['F3', 'F4', 'F5', 'F6', 'F7', 'F17', 'F22', 'F24', 'F25', 'F27'] as const)
        expect(met[name]).not.toMatch(/^\[\{\}/);
      for (const name of ['F1', 'F2'] as const) expect(met[name]).toMatch(/killed/);
    },
    perTestMs,
  );

  it(
    'lines that go out together have each a state of its own, whichever of them are refused (F18)',
    async () => {
      const sums = { batch: 0, refused: 0 };
      for (const seed of [50, 51, 52, 53]) {
        const { violations, hits } = await simulate(seed, { scale, classes: ['F18', 'F14'] });
        expect(violations).toEqual([]);
        sums.batch += hits['batch'] ?? 0;
        sums.refused += hits['batch refused'] ?? 0;
      }
      expect(sums.refused).toBeGreaterThan(0);
      expect(sums.batch).toBeGreaterThan(sums.refused);
    },
    perTestMs,
  );

  it.each([
    [1, 'of a later version', 'state newer', 'store-newer'],
    [4, 'cut short', 'state cut', 'store-unusable'],
    [10, 'overwritten at its head', 'state header', 'store-unusable'],
    [2, 'left half-made by a process that died', 'state unmade', 'killed store: upgrade'],
  ])(
    'seed %i: a state %s is refused by name or made anew, never worked on (F24)',
    async (seed, _what, hit, end) => {
      const { violations, hits, lives } = await simulate(seed, { scale, classes: ['F24'] });
      expect(violations).toEqual([]);
      expect(hits).toHaveProperty(hit);
      expect(lives.join('\n')).toContain(end);
    },
    perTestMs,
  );

  it(
    'files land byte for byte or are listed, whatever becomes of their bytes and of the wire (F27)',
    async () => {
      const met = new Set<string>();
      for (const seed of [1, 2, 3, 4, 5]) {
        const { violations, hits } = await simulate(seed, { scale, classes: ['F27', 'F5', 'F6'] });
        expect(violations).toEqual([]);
        for (const hit of Object.keys(hits)) met.add(hit);
      }
      expect([...met]).toEqual(expect.arrayContaining(fileTroubles.map((trouble) => `file ${trouble}`)));
    },
    perTestMs,
  );

  it.each([
    [40, 'the answer of another request was taken for our own (F19)'],
    [59, 'an answer without a record was taken for a record that is gone (F7)'],
    [139, 'a list field without options was planned, which Pipedrive refuses'],
    [140, 'a plan that died half-way was taken for a plan (F1, F2)'],
    [614, 'a double whose refusal was another one’s stayed (F19)'],
    [743, 'a process that woke up sent on a lease that another had by then (F16)'],
  ])(
    'seed %i, by which it was found that %s, holds now',
    async (seed) => {
      expect((await simulate(seed)).violations).toEqual([]);
    },
    perTestMs,
  );

  it(
    'seed 50217, by which it was found that a deal somebody removed stopped the rollback of its lines (F18, F14), holds now',
    async () => {
      expect((await simulate(50_217, { scale })).violations).toEqual([]);
    },
    perTestMs,
  );

  it('the checkers take nothing but types from the product', () => {
    const folder = new URL('checks/', import.meta.url);
    const imports = readdirSync(folder).flatMap((file) =>
      readFileSync(new URL(file, folder), 'utf8')
        .split('\n')
        .filter((line) => line.includes('packages/landfall')),
    );
    expect(imports.length).toBeGreaterThan(3);
    expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
  });
});
