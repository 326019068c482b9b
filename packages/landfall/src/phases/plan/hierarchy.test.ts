import { describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import { Hierarchy } from './hierarchy.ts';

const of = (id: string) => sourceKey('companies', id);

/** What becomes of each edge `parent>child`, in order. */
function edges(...texts: readonly string[]): (string | null)[] {
  const hierarchy = new Hierarchy();
  return texts.map((text) => {
    const [parent = '', child = ''] = text.split('>');
    return hierarchy.add(of(parent), of(child));
  });
}

describe('the parents of companies (O-20(b), O-20(c), decisions.md: cycles are cut at the newest edge)', () => {
  it('takes a tree as it is', () => {
    expect(edges('a>b', 'a>c', 'c>d')).toEqual([null, null, null]);
  });

  it('refuses a company that names itself', () => {
    expect(edges('a>a')).toEqual(['companies:a names itself as its parent']);
  });

  it.each([
    ['of two', ['a>b', 'b>a'], 1],
    ['of four', ['a>b', 'b>c', 'c>d', 'd>a'], 3],
    ['through the first of two parents', ['a>c', 'b>c', 'c>d', 'd>a'], 3],
    ['through the second of two parents', ['a>c', 'b>c', 'c>d', 'd>b'], 3],
  ])('cuts a circle %s at the edge that comes last', (_what, texts, cutAt) => {
    const found = edges(...texts);
    expect(found.findIndex((one) => one !== null)).toBe(cutAt);
    expect(found[cutAt]).toContain('the circle is cut here');
  });

  it('goes on after a cut: what is below is taken', () => {
    expect(edges('a>b', 'b>a', 'b>c').map((one) => one === null)).toEqual([true, false, true]);
  });

  it('makes an edge once, though two merged companies name the same parent', () => {
    expect(edges('a>b', 'a>b')).toEqual([null, 'companies:b is below companies:a already']);
  });
});
