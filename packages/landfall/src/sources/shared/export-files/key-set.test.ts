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

  it('takes no two of many texts alike for one', () => {
    const set = new KeySet();
    const forms = [(at: number) => `${at}`, (at: number) => `Ada | ${at}`, (at: number) => `${at}@x.example`];
    for (const form of forms)
      for (let at = 0; at < 100_000; at += 1)
        if (!set.add(form(at))) throw new Error(`${form(at)} was taken for another text`);
    expect(set.size).toBe(300_000);
  });
});
