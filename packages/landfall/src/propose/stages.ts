import type { PipelineMapping, StageMapping, StageShape } from '../model/mapping.ts';
import type { Decision, Question } from '../model/question.ts';
import type { SourcePipeline } from '../model/source.ts';
import { shapesOfPipelines } from './pipeline-shapes.ts';
import { fallbackStage, groupsOf, ordered, type StageGroup, spellings } from './stage-groups.ts';
import { type ClosedStage, closedStageQuestion } from './stage-question.ts';
import { isFraction, usualPercent } from './stage-value.ts';

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

/** What the source and its deals say about pipelines and stages. */
export interface DerivedStages {
  readonly pipelines: readonly PipelineMapping[];
  readonly evidence: readonly StageEvidence[];
  readonly questions: readonly Question[];
}

/** The pipeline of deals that name none. */
const fallbackPipeline = 'Sales';

/**
 * Pipelines and stages as the source defines them (D-28(a)(b), O-22(a), P-22(c)), each with the deals' spellings;
 * what only the deals name is appended, and all there is where the source defines none (S-23(a)(b), DISC-15, DQ-05):
 * spellings of one name are one stage, in order of probability, else of the usual words, else as first seen. Outcomes
 * are no stages. Deterministic: the order of `shapes` does not matter.
 */
export function deriveStages(
  shapes: readonly StageShape[],
  decisions: readonly Decision[] = [],
  defined: readonly SourcePipeline[] = [],
): DerivedStages {
  const fractions = isFraction(shapes.map((shape) => shape.probability));
  const results = shapesOfPipelines(shapes.toSorted(byFirstSeen), defined).map(({ definition, rows }) =>
    derivePipeline(definition, rows, fractions, decisions),
  );
  return {
    pipelines: uniquelyNamed(results.map((result) => result.pipeline)),
    evidence: results.flatMap((result) => result.evidence),
    questions: results.flatMap((result) => result.questions),
  };
}

function byFirstSeen(a: StageShape, b: StageShape): number {
  return a.firstSeen - b.firstSeen || (a.stage < b.stage ? -1 : 1);
}

function derivePipeline(
  definition: SourcePipeline | null,
  rows: readonly StageShape[],
  fractions: boolean,
  decisions: readonly Decision[],
) {
  const { name: said, names } = spellings(rows.map(({ pipeline, count }) => ({ text: pipeline, count })));
  const called = definition === null ? said : spellings([{ text: definition.name, count: 0 }]).name;
  const name = called === '' ? fallbackPipeline : called;
  const from = definition === null ? names : [...new Set([definition.name, ...names])];
  const groups = groupsOf(rows, fractions, definition);
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
  return { pipeline, evidence: evidenceOf(name, open, closed, definition !== null), questions: asked };
}

function closedStage(pipeline: string, group: StageGroup): ClosedStage {
  return {
    pipeline,
    stage: group.name,
    outcome: group.outcome ?? 'won',
    deals: group.deals,
    openDeals: group.openDeals,
  };
}

function pipelineOf(
  name: string,
  from: readonly string[],
  open: readonly StageGroup[],
  closed: readonly StageGroup[],
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

function evidenceOf(
  pipeline: string,
  open: readonly StageGroup[],
  closed: readonly StageGroup[],
  isDefined: boolean,
): StageEvidence[] {
  const line = (group: StageGroup, because: string, outcome: 'won' | 'lost' | null): StageEvidence => ({
    pipeline,
    stage: group.name,
    names: group.names,
    deals: group.deals,
    probability: group.probability,
    closed: outcome,
    because: isDefined && !group.defined ? `only the deals name it: ${because}` : because,
  });
  return [
    ...open.map((group) => line(group, placeReason(group), null)),
    ...closed.map((group) => line(group, outcomeReason(group), group.outcome)),
  ];
}

function outcomeReason({ defined, outcome }: StageGroup): string {
  return `${defined ? 'the source defines' : 'its name says'} that the deal is ${outcome}`;
}

function placeReason(group: StageGroup): string {
  if (group.defined) return 'placed as the source defines it';
  if (group.probability !== null) return `placed by its probability of ${group.probability} %`;
  return usualPercent(group.key) === null
    ? 'placed where it was first seen'
    : 'placed by the usual order of such names';
}
