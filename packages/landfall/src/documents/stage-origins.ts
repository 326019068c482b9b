import { nameKey } from '../mapping/key.ts';
import type { Mapping, PipelineMapping } from '../model/mapping.ts';
import type { SourceCatalog, SourcePipeline } from '../model/source.ts';

const aboutOutcomes = 'An outcome is no stage; such deals are set to won or lost.';

/** Where the pipelines and stages of the mapping come from: the source's own list, or its deals (D-28, O-22, P-22, S-23). */
export function stageOrigins(mapping: Mapping, { pipelines }: SourceCatalog): readonly string[] {
  if (pipelines === undefined)
    return [`The source has no list of stages: they are read from its deals. ${aboutOutcomes}`];
  const told = mapping.pipelines.flatMap((pipeline) => onlyTold(pipeline, pipelines));
  const unmoved = pipelines
    .filter((pipeline) => !mapping.pipelines.some(({ name, from }) => isCalled(pipeline, [name, ...from])))
    .map(({ name, active }) => (active === false ? `${name} (retired, without deals)` : name));
  return [
    `The source defines its pipelines: names, order and probabilities are its own. ${aboutOutcomes}`,
    ...(told.length === 0 ? [] : [`Only the deals name, so they stand last: ${told.join('; ')}.`]),
    ...(unmoved.length === 0 ? [] : [`Defined, but not moved: ${unmoved.join('; ')}.`]),
    'Rules that move deals from stage to stage are not moved; they are listed under automations.',
  ];
}

/** The stages of a pipeline that the source does not define. */
function onlyTold(pipeline: PipelineMapping, defined: readonly SourcePipeline[]): readonly string[] {
  const own = defined.filter((one) => isCalled(one, [pipeline.name, ...pipeline.from]));
  if (own.length === 0) return [`the pipeline ${pipeline.name}`];
  const known = new Set(own.flatMap(({ stages }) => stages.map(({ name }) => nameKey(name))));
  return pipeline.stages
    .filter(({ name, from }) => ![name, ...from].some((text) => known.has(nameKey(text))))
    .map(({ name }) => `${name} (${pipeline.name})`);
}

function isCalled({ name }: SourcePipeline, names: readonly string[]): boolean {
  return names.some((text) => nameKey(text) === nameKey(name));
}
