import { describe, expect, it } from 'vitest';
import { placesOf, rankedInstances, type Stage, stagesInOrder } from './process-stages.ts';

function stage(id: string, category: number, process = 'Sales'): Stage {
  return { id, process, name: id.toUpperCase(), category, entity: 'opportunity' };
}

describe('stages of a process (O-22)', () => {
  it('stand by category, then by the paths that were gone, then by name', () => {
    const stages = [stage('d', 3), stage('b2', 1), stage('b1', 1), stage('a', 0), stage('b0', 1)];
    const paths = [{ traversedpath: 'a,b2,b1' }, { traversedpath: 'a,b2' }, { traversedpath: null }];
    expect(stagesInOrder(stages, paths).map(({ id }) => id)).toEqual(['a', 'b2', 'b1', 'b0', 'd']);
  });

  it('of several instances the open one counts, then the one changed last', () => {
    const stages = new Map(
      [stage('a', 0), stage('b', 1), stage('c', 2, 'Renewal')].map((one) => [one.id, one]),
    );
    const row = (activestage: string, statecode: string, modifiedon: string) => ({
      _activestageid_value: activestage,
      statecode,
      modifiedon,
      _deal_value: '1',
    });
    const rows = [row('a', '1', '2026-03-01'), row('b', '0', '2026-01-01'), row('c', '0', '2026-02-01')];
    const place = placesOf(rows, ['_deal_value'], stages).get('1');
    expect(rankedInstances(place ?? { current: [] }).map((one) => one.stage.id)).toEqual(['c', 'b', 'a']);
  });

  it('an instance of an unknown stage says nothing', () => {
    expect(placesOf([{ _activestageid_value: 'x', _deal_value: '1' }], ['_deal_value'], new Map()).size).toBe(
      0,
    );
  });
});
