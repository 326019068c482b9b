import { nameKey } from '../mapping/key.ts';
import type { StageShape } from '../model/mapping.ts';
import type { SourcePipeline } from '../model/source.ts';
import { outcomeOf, percentOf, usualPercent } from './stage-value.ts';

/** One stage in the making: all spellings with one key. */
export interface StageGroup {
  readonly key: string;
  readonly name: string;
  /** The source's spellings, the most frequent first. */
  readonly names: readonly string[];
  readonly deals: number;
  readonly openDeals: number;
  readonly firstSeen: number;
  readonly probability: number | null;
  readonly outcome: 'won' | 'lost' | null;
  /** The source's own list of stages has it; false: only the deals name it. */
  readonly defined: boolean;
}

/** So many deals must speak for a probability that the source's list does not name, and such a share of them alike. */
const agreeingDeals = 3;
const agreeingShare = 0.6;

/** The stage made when only outcomes are left. */
export const fallbackStage = 'Imported';

/**
 * The stages of one pipeline's deals, joined with what the source defines of it (null: nothing). Defined stages come
 * in their order, those only the deals name after them. Deals without a stage stand in the first open one.
 */
export function groupsOf(
  rows: readonly StageShape[],
  fractions: boolean,
  definition: SourcePipeline | null,
): readonly StageGroup[] {
  const named = Map.groupBy(rows, (row) => nameKey(row.stage) ?? '');
  const defined = definition === null ? [] : definedGroups(definition, named, fractions);
  const known = new Set(defined.map(({ key }) => key));
  const blank = named.get('') ?? [];
  // deals without a stage make one only when nothing else is there
  if (named.size > 1 || defined.length > 0) named.delete('');
  const told = [...named]
    .filter(([key]) => !known.has(key))
    .map(([key, same]) => groupOf(key, same, fractions));
  const groups = [...defined, ...told];
  const first = ordered(groups.filter(({ outcome }) => outcome === null))[0];
  if (first === undefined || blank.length === 0 || first.key === '') return groups;
  const joined = { ...first, names: [...first.names, ''], deals: first.deals + total(blank) };
  return groups.map((group) => (group === first ? joined : group));
}

/** The stages a source defines, each once; a list that knows no outcome is read by its names. */
function definedGroups(
  { stages }: SourcePipeline,
  named: ReadonlyMap<string, readonly StageShape[]>,
  fractions: boolean,
): StageGroup[] {
  const saysOutcomes = stages.some(({ outcome }) => outcome !== 'open');
  const groups = new Map<string, StageGroup>();
  for (const [place, { name, probability, outcome }] of stages.entries()) {
    const key = nameKey(name) ?? '';
    const before = groups.get(key);
    if (before !== undefined) {
      groups.set(key, { ...before, names: [...new Set([...before.names, name])] });
      continue;
    }
    const told = groupOf(key, named.get(key) ?? [], fractions);
    const said = outcome === 'open' ? null : outcome;
    groups.set(key, {
      ...told,
      name: oneLine(name) === '' ? fallbackStage : oneLine(name),
      names: [...new Set([name, ...told.names])],
      firstSeen: place,
      probability,
      outcome: saysOutcomes ? said : outcomeOf(key),
      defined: true,
    });
  }
  const made = [...groups.values()];
  if (stages.some(({ probability }) => probability !== null)) return made;
  const told = made.map(({ key, outcome }) =>
    outcome === null ? agreed(named.get(key) ?? [], fractions) : null,
  );
  return isAscending(told) ? made.map((group, at) => ({ ...group, probability: told[at] ?? null })) : made;
}

/** Deals of one stage that say about the same are the stage's own probability; else each has been set by hand. */
function agreed(rows: readonly StageShape[], fractions: boolean): number | null {
  const saying = rows.filter((row) => percentOf(row.probability, fractions) !== null);
  const percent = commonest(saying, fractions);
  const same = saying.filter((row) => percentOf(row.probability, fractions) === percent);
  return total(saying) >= agreeingDeals && total(same) >= total(saying) * agreeingShare ? percent : null;
}

function isAscending(percents: readonly (number | null)[]): boolean {
  const said = percents.filter((percent) => percent !== null);
  return said.every((percent, at) => at === 0 || percent >= (said[at - 1] ?? 0));
}

function groupOf(key: string, rows: readonly StageShape[], fractions: boolean): StageGroup {
  const { name, names } = spellings(rows.map(({ stage, count }) => ({ text: stage, count })));
  const open = rows.filter((row) => outcomeOf(row.status) === null);
  const trusted = open.length > 0 ? open : rows;
  return {
    key,
    name: name === '' ? fallbackStage : name,
    names,
    deals: total(rows),
    openDeals: total(rows.filter((row) => row.status.trim() !== '' && outcomeOf(row.status) === null)),
    firstSeen: rows[0]?.firstSeen ?? 0,
    probability: commonest(trusted, fractions),
    outcome: outcomeOf(key),
    defined: false,
  };
}

/** How many deals the shapes stand for. */
export function total(rows: readonly StageShape[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}

/** The distinct texts, the most frequent first; its form without stray spaces is the name. */
export function spellings(texts: readonly { readonly text: string; readonly count: number }[]): {
  readonly name: string;
  readonly names: readonly string[];
} {
  const counts = new Map<string, number>();
  for (const { text, count } of texts) counts.set(text, (counts.get(text) ?? 0) + count);
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
  return { name: oneLine(names[0] ?? ''), names };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The most frequent probability; null when no deal names one. Between equals the first seen counts. */
function commonest(rows: readonly StageShape[], fractions: boolean): number | null {
  const counts = new Map<number, number>();
  for (const { probability, count } of rows) {
    const percent = percentOf(probability, fractions);
    if (percent !== null) counts.set(percent, (counts.get(percent) ?? 0) + count);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** As the source defines them; the others by probability, else by the word's usual place, else after the one seen before. */
export function ordered(groups: readonly StageGroup[]): readonly StageGroup[] {
  const inSight = groups.filter(({ defined }) => !defined).toSorted((a, b) => a.firstSeen - b.firstSeen);
  let last = 0;
  const placed = inSight.map((group) => {
    last = group.probability ?? usualPercent(group.key) ?? last;
    return { group, place: last, usual: usualPercent(group.key) ?? last };
  });
  placed.sort((a, b) => a.place - b.place || a.usual - b.usual || a.group.firstSeen - b.group.firstSeen);
  return [...groups.filter(({ defined }) => defined), ...placed.map(({ group }) => group)];
}
