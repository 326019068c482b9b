import { nameKey } from '../mapping/key.ts';
import type { StageShape } from '../model/mapping.ts';
import type { SourcePipeline } from '../model/source.ts';
import { total } from './stage-groups.ts';

/** A pipeline to be proposed: what the source defines of it, and the shapes of its deals. One of the two is there. */
export interface PipelineShapes {
  readonly definition: SourcePipeline | null;
  readonly rows: readonly StageShape[];
}

/**
 * The shapes by pipeline: the defined ones in their order, a name once; then those that only deals name, as seen.
 * Deals that name none belong to the defined pipeline whose stages know most of them. A defined pipeline without
 * deals is still one, unless the source has retired it.
 */
export function shapesOfPipelines(
  shapes: readonly StageShape[],
  defined: readonly SourcePipeline[],
): readonly PipelineShapes[] {
  const definitions = mergedByName(defined);
  const home = [...definitions].find(([, one]) => one === homeOf(shapes, [...definitions.values()]));
  const named = Map.groupBy(shapes, ({ pipeline }) => nameKey(pipeline) ?? home?.[0] ?? '');
  const known = [...definitions]
    .map(([key, definition]) => ({ definition, rows: named.get(key) ?? [] }))
    .filter(({ definition, rows }) => definition.active !== false || rows.length > 0);
  const told = [...named].filter(([key]) => !definitions.has(key));
  return [...known, ...told.map(([, rows]) => ({ definition: null, rows }))];
}

/** Two pipelines of one name could not be told apart by their deals: they are one, with the stages of both. */
function mergedByName(defined: readonly SourcePipeline[]): ReadonlyMap<string, SourcePipeline> {
  const merged = new Map<string, SourcePipeline>();
  for (const pipeline of defined) {
    const key = nameKey(pipeline.name) ?? '';
    const before = merged.get(key);
    const active = before?.active !== false || pipeline.active !== false;
    merged.set(
      key,
      before === undefined ? pipeline : { ...before, stages: [...before.stages, ...pipeline.stages], active },
    );
  }
  return merged;
}

/** The pipeline of deals that name none; null when the stages of none know any of them. */
function homeOf(
  shapes: readonly StageShape[],
  definitions: readonly SourcePipeline[],
): SourcePipeline | null {
  const blank = shapes.filter(({ pipeline }) => nameKey(pipeline) === null);
  if (blank.length === 0) return null;
  if (definitions.length === 1) return definitions[0] ?? null;
  const ranked = definitions.map((definition) => {
    const keys = new Set(definition.stages.map(({ name }) => nameKey(name)));
    return { definition, deals: total(blank.filter(({ stage }) => keys.has(nameKey(stage)))) };
  });
  const best = ranked.toSorted((a, b) => b.deals - a.deals)[0];
  return best === undefined || best.deals === 0 ? null : best.definition;
}
