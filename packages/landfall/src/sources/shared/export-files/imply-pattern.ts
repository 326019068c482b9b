import type { PatternRule } from './export-catalog.ts';
import type { PatternWatch } from './pattern-watch.ts';

type ImplyRule = Extract<PatternRule, { kind: 'implies' }>;

/** A value is a rule's trigger from so many records on, nearly all of which have the same result. */
const leastRecords = 10;
const shareNeeded = 0.98;
const valuesLimit = 200;
const shown = 8;

/** Watches whether values of one field always go with one value of another. */
export class ImplyPattern implements PatternWatch {
  readonly rule: ImplyRule;
  readonly #pairs = new Map<string, Map<string, number>>();
  readonly #results = new Set<string>();

  constructor(rule: ImplyRule) {
    this.rule = rule;
  }

  take(entity: string, cell: (standard: string) => string): void {
    if (entity !== this.rule.entity) return;
    const from = cell(this.rule.from);
    const to = cell(this.rule.to);
    if (from === '' || to === '') return;
    const results = this.#pairs.get(from) ?? new Map<string, number>();
    if (results.size >= valuesLimit || (this.#pairs.size >= valuesLimit && !this.#pairs.has(from))) return;
    this.#pairs.set(from, results);
    results.set(to, (results.get(to) ?? 0) + 1);
    this.#results.add(to);
  }

  verdict(): { detected: boolean; evidence: string } {
    const { from, to, entity } = this.rule;
    const found = [...this.#pairs]
      .map(([value, results]) => strongest(value, results))
      .filter((pair) => pair !== null);
    // When the result never varies, it depends on nothing.
    if (found.length === 0 || this.#results.size < 2) {
      return { detected: false, evidence: `no ${from} of ${entity} always goes with one ${to}` };
    }
    const listed = found
      .slice(0, shown)
      .map(({ value, result, count, of }) => `${from} "${value}" has ${to} "${result}" in ${count} of ${of}`);
    return { detected: true, evidence: `${listed.join('; ')}${found.length > shown ? '; ...' : ''}` };
  }
}

function strongest(
  value: string,
  results: ReadonlyMap<string, number>,
): { value: string; result: string; count: number; of: number } | null {
  const of = [...results.values()].reduce((sum, count) => sum + count, 0);
  const [best] = [...results].sort((a, b) => b[1] - a[1]);
  if (best === undefined || of < leastRecords || best[1] / of < shareNeeded) return null;
  return { value, result: best[0], count: best[1], of };
}
