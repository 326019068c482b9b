import { MigrationError } from '../model/error.ts';
import type { Policies } from '../model/policy.ts';
import type { StageFields } from '../phases/shapes.ts';
import { templates } from '../templates/registry.ts';
import type { Template } from '../templates/template.ts';

/** The defaults of the pair. Throws `not-built` for a source without a template. */
export function templateOf(system: string): Template {
  const template = templates.find((one) => one.source === system);
  if (template !== undefined) return template;
  throw new MigrationError('not-built', `There is no template for ${system} in this version yet.`);
}

/** The policies a pair's template sets where `landfall.yaml` is silent; none for a source without a template. */
export function pairPolicies(system: unknown): Partial<Policies> {
  return templates.find(({ source }) => source === system)?.policies ?? {};
}

/** The standard fields that tell a deal's stage, as the template's own rows name them; null when it has no deals. */
export function stageFieldsOf(template: Template): StageFields | null {
  const deals = template.entities.find((entity) => entity.to === 'deal');
  const from = (to: string) => [deals?.rows.find((row) => row.to === to)?.from ?? []].flat();
  const [pipeline, stage] = from('deal.stage_id');
  if (deals === undefined || pipeline === undefined || stage === undefined) return null;
  // where the stage alone tells the outcome there is no status
  const status = from('deal.status').find((name) => name !== pipeline && name !== stage) ?? '';
  const probability = from('deal.probability')[0] ?? '';
  return { entity: deals.from, pipeline, stage, status, probability };
}

/** The policies that the pair's rules hang on; none for a source without a template. */
export function policiesAsked(system: string): ReadonlySet<string> {
  const entities = templates.find((one) => one.source === system)?.entities ?? [];
  const asking = entities.flatMap((entity) => [entity, ...entity.rows]);
  return new Set(asking.flatMap(({ policy }) => policy?.name ?? []));
}
