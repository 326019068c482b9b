import { describe, expect, it } from 'vitest';
import type { TransformCall } from '../model/mapping.ts';
import { keptSources } from './kept-sources.ts';

const there = new Set(['Unit', 'Tax', 'Amount', 'Currency', 'Price', 'Price Currency']);

function kept(names: readonly string[], call: TransformCall) {
  return keptSources(names, call, (name) => (there.has(name) ? 'filled' : 'absent'));
}

describe('fields that an account does not have', () => {
  it.each(['labelled', 'rows'])('take their labels with them in `%s`', (name) => {
    const call = { [name]: { labels: ['', 'Unit', 'Tax'], with: '; ' } };
    expect(kept(['Description', 'Unit', 'Tax'], call)).toEqual({
      names: ['Unit', 'Tax'],
      first: { [name]: { labels: ['Unit', 'Tax'], with: '; ' } },
    });
    expect(kept(['Unit', 'Tax'], { [name]: { labels: ['Unit', 'Tax'] } }).first).toEqual({
      [name]: { labels: ['Unit', 'Tax'] },
    });
  });

  it('an amount takes its currency with it in `prices`', () => {
    const call = { prices: { decimal: '.' } };
    expect(kept(['List Price', 'Currency', 'Price', 'Price Currency'], call).names).toEqual([
      'Price',
      'Price Currency',
    ]);
    expect(kept(['Amount', 'Currency', 'Price', 'No Currency'], call).names).toEqual([
      'Amount',
      'Currency',
      'Price',
      'No Currency',
    ]);
  });
});
