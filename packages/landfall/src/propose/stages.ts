import { nameKey } from '../mapping/key.ts';
import type { PipelineMapping, StageMapping, StageShape } from '../model/mapping.ts';
import type { Decision, Question } from '../model/question.ts';
import { type ClosedStage, closedStageQuestion } from './stage-question.ts';
import { isFraction, outcomeOf, percentOf, usualPercent } from './stage-value.ts';

/** Why a stage is proposed where it is. */
export interface StageEvidence {
  readonly pipeline: string;
  readonly stage: string;
  /** The source's spellings, the most frequent first. */
  readonly names: readonly string[];
  readonly deals: number;
  readonly probability: number | null;
  readonly closed: 'won' | 'lost' | null;
  readonly because: string;
}

/** What the deals say about pipelines and stages. */
export interface DerivedStages {
  readonly pipelines: readonly PipelineMapping[];
  readonly evidence: readonly StageEvidence[];
  readonly questions: readonly Question[];
}

/** One stage in the making: all spellings with one key. */
interface Group {
  readonly key: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly deals: number;
  readonly openDeals: number;
  readonly firstSeen: number;
  readonly probability: number | null;
  readonly outcome: 'won' | 'lost' | null;
}

/** The pipeline of deals that name none, and the stage made when only outcomes are left. */
const fallbackPipeline = 'Sales';
const fallbackStage = 'Imported';

/**
 * Derives pipelines and stages from the deals (S-23(a)(b), DISC-15, DQ-05): spellings of one name are one stage,
 * in order of probability, else of the usual words, else as first seen; outcomes are no stages. Deterministic:
 * the order of `shapes` does not matter.
 */
export function deriveStages(
  shapes: readonly StageShape[],
  decisions: readonly Decision[] = [],
): DerivedStages {
  const fractions = isFraction(shapes.map((shape) => shape.probability));
  const byPipeline = Map.groupBy(shapes.toSorted(byFirstSeen), (shape) => nameKey(shape.pipeline) ?? '');
  const results = [...byPipeline.values()].map((rows) => derivePipeline(rows, fractions, decisions));
  return {
    pipelines: uniquelyNamed(results.map((result) => result.pipeline)),
    evidence: results.flatMap((result) => result.evidence),
    questions: results.flatMap((result) => result.questions),
  };
}

function byFirstSeen(a: StageShape, b: StageShape): number {
  return a.firstSeen - b.firstSeen || (a.stage < b.stage ? -1 : 1);
}

function derivePipeline(rows: readonly StageShape[], fractions: boolean, decisions: readonly Decision[]) {
  const { name: said, names: from } = spellings(
    rows.map(({ pipeline, count }) => ({ text: pipeline, count })),
  );
  const name = said === '' ? fallbackPipeline : said;
  const groups = groupsOf(rows, fractions);
  const asked = groups
    .filter((group) => group.outcome !== null && group.openDeals > 0)
    .map((group) => closedStageQuestion(closedStage(name, group)));
  const stays = new Set(
    asked
      .filter((question) => decisions.some(({ id, choice }) => id === question.id && choice === 'stage'))
      .map((question) => question.subject),
  );
  const open = ordered(groups.filter((group) => group.outcome === null || stays.has(group.name)));
  const closed = groups.filter((group) => group.outcome !== null && !stays.has(group.name));
  const pipeline = pipelineOf(name, from, open, closed);
  return { pipeline, evidence: evidenceOf(name, open, closed), questions: asked };
}

function closedStage(pipeline: string, group: Group): ClosedStage {
  return {
    pipeline,
    stage: group.name,
    outcome: group.outcome ?? 'won',
    deals: group.deals,
    openDeals: group.openDeals,
  };
}

function groupsOf(rows: readonly StageShape[], fractions: boolean): Group[] {
  const named = Map.groupBy(rows, (row) => nameKey(row.stage) ?? '');
  // Deals without a stage stand in the first one; they make a stage only when nothing else is there.
  const blank = named.get('') ?? [];
  if (named.size > 1) named.delete('');
  const groups = [...named].map(([key, same]) => groupOf(key, same, fractions));
  const first = ordered(groups.filter((group) => group.outcome === null))[0];
  if (first === undefined || blank.length === 0 || first.key === '') return groups;
  const joined = { ...first, names: [...first.names, ''], deals: first.deals + total(blank) };
  return groups.map((group) => (group === first ? joined : group));
}

function groupOf(key: string, rows: readonly StageShape[], fractions: boolean): Group {
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
  };
}

function total(rows: readonly StageShape[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}

/** The distinct texts, the most frequent first; its form without stray spaces is the name. */
function spellings(texts: readonly { readonly text: string; readonly count: number }[]) {
  const counts = new Map<string, number>();
  for (const { text, count } of texts) counts.set(text, (counts.get(text) ?? 0) + count);
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
  return { name: (names[0] ?? '').replace(/\s+/g, ' ').trim(), names };
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

/** By probability, else by the usual place of the word, else after the stage seen before. */
function ordered(groups: readonly Group[]): Group[] {
  const inSight = groups.toSorted((a, b) => a.firstSeen - b.firstSeen);
  let last = 0;
  const placed = inSight.map((group) => {
    last = group.probability ?? usualPercent(group.key) ?? last;
    return { group, place: last, usual: usualPercent(group.key) ?? last };
  });
  placed.sort((a, b) => a.place - b.place || a.usual - b.usual || a.group.firstSeen - b.group.firstSeen);
  return placed.map(({ group }) => group);
}

function pipelineOf(
  name: string,
  from: readonly string[],
  open: readonly Group[],
  closed: readonly Group[],
): PipelineMapping {
  const stages: StageMapping[] = open.map((group) => ({
    name: group.name,
    ...(group.probability === null ? {} : { probability: group.probability }),
    from: group.names,
  }));
  const outcomes = closed.flatMap(({ names, outcome }) =>
    names.map((text) => ({ from: text, status: outcome ?? ('won' as const) })),
  );
  const kept = stages.length > 0 ? stages : [{ name: fallbackStage, from: [] }];
  return { name, from, stages: kept, ...(outcomes.length > 0 ? { closed: outcomes } : {}) };
}

/** Two keys can give one name (`Sales` beside deals that name none): the later one gets a number. */
function uniquelyNamed(pipelines: readonly PipelineMapping[]): PipelineMapping[] {
  const taken = new Set<string>();
  return pipelines.map((pipeline) => {
    let name = pipeline.name;
    for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = `${pipeline.name} ${copy}`;
    taken.add(name.toLowerCase());
    return { ...pipeline, name };
  });
}

function evidenceOf(pipeline: string, open: readonly Group[], closed: readonly Group[]): StageEvidence[] {
  const line = (group: Group, because: string, outcome: 'won' | 'lost' | null): StageEvidence => ({
    pipeline,
    stage: group.name,
    names: group.names,
    deals: group.deals,
    probability: group.probability,
    closed: outcome,
    because,
  });
  return [
    ...open.map((group) => line(group, placeReason(group), null)),
    ...closed.map((group) => line(group, `its name says that the deal is ${group.outcome}`, group.outcome)),
  ];
}

function placeReason(group: Group): string {
  if (group.probability !== null) return `placed by its probability of ${group.probability} %`;
  return usualPercent(group.key) === null
    ? 'placed where it was first seen'
    : 'placed by the usual order of such names';
}
