import { describe, expect, it } from 'vitest';
import { KeySet } from './key-set.ts';

describe('KeySet', () => {
  it('tells new texts from known ones, past several growths', () => {
    const set = new KeySet();
    for (let at = 0; at < 5_000; at += 1) expect(set.add(`id-${at}`)).toBe(true);
    for (let at = 0; at < 5_000; at += 1) expect(set.add(`id-${at}`)).toBe(false);
    expect(set.size).toBe(5_000);
    expect(set.has('id-4999')).toBe(true);
    expect(set.has('id-5000')).toBe(false);
  });
});
