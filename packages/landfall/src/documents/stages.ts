import type { DocumentContext } from './context.ts';
import type { TableDocument } from './table-document.ts';

/** One stage of the proposed pipelines, or a source stage that is an outcome. */
export interface StageLine {
  readonly pipeline: string;
  /** 1 is the first; null for outcomes. */
  readonly place: number | null;
  readonly stage: string;
  readonly probability: number | null;
  readonly outcome: 'won' | 'lost' | null;
  /** The source's names for it. */
  readonly from: readonly string[];
  readonly exists: boolean;
}

/** The pipelines as they will be, stage by stage (DOC-03, DISC-16, MAP-06). */
export function stageLines({ mapping, target }: DocumentContext): readonly StageLine[] {
  return (mapping?.pipelines ?? []).flatMap((pipeline) => {
    const there = target?.pipelines.find(({ name }) => name === pipeline.name);
    const stages = pipeline.stages.map((stage, at) => ({
      pipeline: pipeline.name,
      place: at + 1,
      stage: stage.name,
      probability: stage.probability ?? null,
      outcome: null,
      from: stage.from,
      exists: there?.stages.some(({ name }) => name === stage.name) ?? false,
    }));
    const closed = (pipeline.closed ?? []).map(({ from, status }) => ({
      pipeline: pipeline.name,
      place: null,
      stage: '',
      probability: null,
      outcome: status,
      from: [from],
      exists: true,
    }));
    return [...stages, ...closed];
  });
}

/** The source's names of a stage as people read them. */
export function stageNames(line: StageLine): string {
  return line.from.map((name) => (name === '' ? '(empty)' : name)).join('; ');
}

/** `stages.csv`: each source stage with where it goes (DOC-03, MAP-06) and how many deals stand there. */
export const stagesDocument: TableDocument = {
  file: 'stages.csv',
  known: (context) => (context.mapping?.pipelines.length ?? 0) > 0,
  header: ['Pipeline', 'Order', 'Stage', 'Probability %', 'Source stages', 'Becomes', 'Deals', 'State'],
  async *rows(context) {
    for (const line of stageLines(context)) {
      const tallies = line.outcome === null ? await context.reader.tallies('stage', line.pipeline) : [];
      const deals = tallies.find(({ value }) => value === line.stage)?.count;
      yield [
        line.pipeline,
        line.place === null ? '' : String(line.place),
        line.stage,
        line.probability === null ? '' : String(line.probability),
        stageNames(line),
        line.outcome === null ? 'a stage' : `status ${line.outcome}`,
        deals === undefined ? '' : String(deals),
        line.outcome === null ? (line.exists ? 'is there' : 'to be made') : '',
      ];
    }
  },
};
