import { describe, expect, it } from 'vitest';
import type { Together } from '../../model/destination.ts';
import { sourceKey } from '../../model/key.ts';
import type { Operation } from '../../model/plan.ts';
import type { Prepared } from './prepare.ts';
import { unitsOf, wholeGroups } from './together.ts';

const together: Together = { link: 'deal_id', from: 3, most: 5, tokens: 25 };

function operation(seq: number, deal: number): Operation {
  const to = { entity: 'deal', key: sourceKey('deals', `${deal}`), part: '' } as const;
  const links = [{ field: 'deal_id', entity: 'deal', to, evidence: 'id' }] as const;
  return { seq, action: 'create', links } as unknown as Operation;
}

function prepared(seq: number, deal: number, more: Partial<Prepared> = {}): Prepared {
  const request = { values: { deal_id: String(deal) } };
  return { operation: operation(seq, deal), request, impossible: null, ...more } as unknown as Prepared;
}

/** Operations of these deals, in this order. */
const ofDeals = (...deals: readonly number[]) => deals.map((deal, at) => prepared(at, deal));
const seqs = (units: readonly (readonly Prepared[])[]) =>
  units.map((unit) => unit.map((one) => one.operation.seq));

describe('which records go in one request (facts.md 2.9)', () => {
  it.each([
    ['too few go alone', [1, 1], [[0], [1]]],
    ['enough go together', [1, 1, 1], [[0, 1, 2]]],
    ['each parent for itself', [1, 1, 1, 2, 2, 3], [[0, 1, 2], [3], [4], [5]]],
    [
      'no more than one request takes; a few left over go alone',
      Array(7).fill(1),
      [[0, 1, 2, 3, 4], [5], [6]],
    ],
    [
      'many left over go together again',
      Array(8).fill(1),
      [
        [0, 1, 2, 3, 4],
        [5, 6, 7],
      ],
    ],
  ] as const)('%s', (_what, deals, units) => {
    expect(seqs(unitsOf(ofDeals(...deals), together))).toEqual(units);
  });

  it('what cannot be sent goes by itself, and so does everything where nothing goes together', () => {
    const batch = ofDeals(1, 1, 1);
    const [first, second, third] = batch as [Prepared, Prepared, Prepared];
    const lost = { ...second, impossible: 'the deal was not made' };
    expect(seqs(unitsOf([first, lost, third], together))).toEqual([[1], [0], [2]]);
    expect(seqs(unitsOf(batch, null))).toEqual([[0], [1], [2]]);
  });
});

describe('a page is cut where the records of a parent end', () => {
  const page = [1, 1, 2, 2].map((deal, at) => operation(at, deal));
  it.each([
    ['more may follow', page, false, 2],
    ['nothing follows', page, true, 4],
    ['one parent fills it', page.slice(0, 2), false, 2],
    ['it is empty', [], true, 0],
  ])('%s', (_what, operations, isLast, kept) => {
    expect(wholeGroups(operations, together, isLast)).toHaveLength(kept);
  });
});
