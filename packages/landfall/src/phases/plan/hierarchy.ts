import type { SourceKey } from '../../model/key.ts';

/**
 * Parents of companies as they are planned. An edge that would close a circle is refused: the one that comes last
 * (decisions.md: cycles are cut at the newest edge).
 */
export class Hierarchy {
  /** Merged companies may have several parents. */
  readonly #parentsOf = new Map<SourceKey, readonly SourceKey[]>();

  /** Takes the edge, or says why not. */
  add(parent: SourceKey, child: SourceKey): string | null {
    if (parent === child) return `${child} names itself as its parent`;
    const parents = this.#parentsOf.get(child) ?? [];
    if (parents.includes(parent)) return `${child} is below ${parent} already`;
    if (this.#isBelow(parent, child)) return `${parent} is itself below ${child}: the circle is cut here`;
    this.#parentsOf.set(child, [...parents, parent]);
    return null;
  }

  #isBelow(company: SourceKey, other: SourceKey): boolean {
    const seen = new Set<SourceKey>();
    const open = [company];
    for (let up = open.pop(); up !== undefined; up = open.pop()) {
      if (up === other) return true;
      if (seen.has(up)) continue;
      seen.add(up);
      open.push(...(this.#parentsOf.get(up) ?? []));
    }
    return false;
  }
}
