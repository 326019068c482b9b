import { idKey } from '../../../mapping/key.ts';
import { DateEvidence, type Day, dayOf } from './date-evidence.ts';
import type { PatternRule } from './export-catalog.ts';
import type { PatternWatch } from './pattern-watch.ts';

type FollowRule = Extract<PatternRule, { kind: 'follows' }>;

const leastRecords = 10;
const shareNeeded = 0.8;
const parentsLimit = 500_000;
const titlesLimit = 500;
const recordsATitle = 2_000;
const longestGapDays = 365;
const shown = 8;

interface Follower {
  readonly parent: string;
  readonly day: Day;
}

/** Watches whether records with the same words come the same number of days after their parent. */
export class FollowPattern implements PatternWatch {
  readonly rule: FollowRule;
  readonly #parents = new Map<string, Day>();
  readonly #followers = new Map<string, Follower[]>();
  readonly #parentDates = new DateEvidence();
  readonly #dates = new DateEvidence();

  constructor(rule: FollowRule) {
    this.rule = rule;
  }

  take(entity: string, cell: (standard: string) => string): void {
    if (entity === this.rule.parentEntity) this.#takeParent(cell);
    if (entity === this.rule.entity) this.#takeFollower(cell);
  }

  #takeParent(cell: (standard: string) => string): void {
    const id = idKey(cell(this.rule.parentId ?? this.rule.parent));
    const day = dayOf(cell(this.rule.parentDate));
    if (id === null || day === null || this.#parents.size >= parentsLimit) return;
    this.#parentDates.add(cell(this.rule.parentDate), 1);
    this.#parents.set(id, day);
  }

  #takeFollower(cell: (standard: string) => string): void {
    const title = cell(this.rule.title);
    const parent = idKey(cell(this.rule.parent));
    const day = dayOf(cell(this.rule.date));
    if (title === '' || parent === null || day === null) return;
    const list = this.#followers.get(title) ?? [];
    if (list.length >= recordsATitle || (this.#followers.size >= titlesLimit && list.length === 0)) return;
    this.#dates.add(cell(this.rule.date), 1);
    this.#followers.set(title, list);
    list.push({ parent, day });
  }

  verdict(): { detected: boolean; evidence: string } {
    const { entity, title, parentEntity } = this.rule;
    const parentOrder = this.#parentDates.monthFirst;
    const order = this.#dates.monthFirst;
    if (order === null || parentOrder === null) {
      return {
        detected: false,
        evidence: `the dates of ${entity} or ${parentEntity} can be read in two ways`,
      };
    }
    const found = [...this.#followers]
      .map(([words, list]) => this.#gapOf(words, list, order, parentOrder))
      .filter((gap) => gap !== null);
    if (found.length === 0) {
      return {
        detected: false,
        evidence: `no ${title} of ${entity} comes at a fixed time after its ${parentEntity}`,
      };
    }
    const listed = found
      .slice(0, shown)
      .map(
        ({ words, days, count, of }) =>
          `"${words}" comes ${days} day(s) after the start in ${count} of ${of}`,
      );
    return { detected: true, evidence: `${listed.join('; ')}${found.length > shown ? '; ...' : ''}` };
  }

  #gapOf(
    words: string,
    list: readonly Follower[],
    monthFirst: boolean,
    parentMonthFirst: boolean,
  ): { words: string; days: number; count: number; of: number } | null {
    const gaps = new Map<number, number>();
    let of = 0;
    for (const { parent, day } of list) {
      const start = this.#parents.get(parent);
      if (start === undefined) continue;
      of += 1;
      const days =
        (monthFirst ? day.monthFirst : day.dayFirst) - (parentMonthFirst ? start.monthFirst : start.dayFirst);
      if (days >= 0 && days <= longestGapDays) gaps.set(days, (gaps.get(days) ?? 0) + 1);
    }
    const [best] = [...gaps].sort((a, b) => b[1] - a[1]);
    if (best === undefined || of < leastRecords || best[1] / of < shareNeeded) return null;
    return { words, days: best[0], count: best[1], of };
  }
}
