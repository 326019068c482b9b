import type { PipelineMapping } from '../model/mapping.ts';
import { textKey } from './fold.ts';

/** What a source stage means. */
export interface StageMeaning {
  readonly stage: string;
  /** For stages that are really an outcome. */
  readonly status: 'won' | 'lost' | null;
}

/** A pipeline of the mapping, found by the source's names. */
export interface IndexedPipeline {
  readonly name: string;
  readonly stageNames: readonly string[];
  stage(text: string): StageMeaning | null;
}

/** A pipeline or stage found, or the reason why not. */
export type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Finds pipelines by the source's names; the texts are compared case and spaces aside. */
export function indexPipelines(
  pipelines: readonly PipelineMapping[],
): (text: string) => Found<IndexedPipeline> {
  const indexed = pipelines.map(indexPipeline);
  const byText = new Map<string, IndexedPipeline>();
  for (const [index, pipeline] of pipelines.entries()) {
    const entry = indexed[index];
    if (entry === undefined) continue;
    for (const text of [pipeline.name, ...pipeline.from]) {
      if (!byText.has(textKey(text))) byText.set(textKey(text), entry);
    }
  }
  const only = indexed.length === 1 ? indexed[0] : undefined;
  const names = indexed.map((pipeline) => pipeline.name).join(', ') || 'none';
  return (text) => {
    const key = textKey(text);
    const found = byText.get(key) ?? (key === '' ? only : undefined);
    if (found !== undefined) return { ok: true, value: found };
    const what = key === '' ? 'no pipeline is named' : `no pipeline of the mapping stands for "${text}"`;
    return {
      ok: false,
      reason: `${what} (there are: ${names}): add it to \`from\` of one under \`pipelines\``,
    };
  };
}

function indexPipeline(pipeline: PipelineMapping): IndexedPipeline {
  const byText = new Map<string, StageMeaning>();
  const last = pipeline.stages.at(-1)?.name ?? '';
  for (const { from, status } of pipeline.closed ?? []) byText.set(textKey(from), { stage: last, status });
  for (const stage of pipeline.stages) {
    for (const text of [...stage.from, stage.name]) {
      if (!byText.has(textKey(text))) byText.set(textKey(text), { stage: stage.name, status: null });
    }
  }
  return {
    name: pipeline.name,
    stageNames: pipeline.stages.map((stage) => stage.name),
    stage: (text) => byText.get(textKey(text)) ?? null,
  };
}
