import type { CostTable } from '../../model/destination.ts';
import { markerFieldName } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ConfigurationStep, PlannedStep } from '../../model/plan.ts';
import type { Tally } from '../../model/store.ts';
import type { TargetCatalog, TargetEntity, TargetField } from '../../model/target.ts';

/** What the destination must have before the first record can be written. */
export interface StepInput {
  readonly mapping: Mapping;
  readonly target: TargetCatalog;
  /** Tallies of kind `option`. */
  readonly options: readonly Tally[];
  /** Entities with at least one draft. */
  readonly entities: ReadonlySet<TargetEntity>;
  readonly costs: CostTable;
}

type Step = Omit<PlannedStep, 'seq'>;

/** Names as the destination tells them apart: by their letters, not by their case. Accents count. */
function nameKey(name: string): string {
  return name.trim().toLocaleLowerCase('en');
}

const markedEntities: readonly TargetEntity[] = ['organization', 'person', 'deal'];

/** The configuration steps, in the order they must be made; things that are there already are not among them. */
export function planSteps(input: StepInput): readonly Step[] {
  const wanted = [
    ...markerFields(input),
    ...newFields(input),
    ...missingOptions(input),
    ...pipelines(input),
    ...activityTypes(input),
  ];
  return wanted.map(([step, because]) => ({
    step,
    because,
    costTokens: input.costs.configure(step.kind),
    state: 'planned' as const,
    ids: [],
  }));
}

type Wanted = readonly [ConfigurationStep, string];

function customField(input: StepInput, entity: TargetEntity, name: string): TargetField | undefined {
  return input.target.entities[entity].find((field) => field.custom && field.label === name);
}

function markerFields(input: StepInput): Wanted[] {
  return markedEntities
    .filter(
      (entity) => input.entities.has(entity) && customField(input, entity, markerFieldName) === undefined,
    )
    .map((entity) => [
      { kind: 'field', entity, name: markerFieldName, type: 'varchar', options: [] },
      'names the source record on every record we make, so that nothing is made twice',
    ]);
}

function newFields(input: StepInput): Wanted[] {
  return input.mapping.fields
    .filter(
      (field) =>
        input.entities.has(field.entity) && customField(input, field.entity, field.name) === undefined,
    )
    .map((field) => {
      const { entity, name, type } = field;
      const hasOptions = type === 'enum' || type === 'set';
      const options = hasOptions ? labelsOf(input, entity, `custom.${name}`) : [];
      return [{ kind: 'field', entity, name, type, options }, field.why ?? 'the mapping needs it'];
    });
}

/** The labels the drafts use for a field, each once: of those that differ in case the first. */
function labelsOf(input: StepInput, entity: TargetEntity, field: string): readonly string[] {
  const labels = new Map<string, string>();
  for (const { subject, value } of input.options) {
    if (subject !== `${entity}|${field}` || value.trim() === '') continue;
    if (!labels.has(nameKey(value))) labels.set(nameKey(value), value);
  }
  return [...labels.values()];
}

/** Options that fields already there lack: labels among them. */
function missingOptions(input: StepInput): Wanted[] {
  const wanted: Wanted[] = [];
  for (const [entity, fields] of Object.entries(input.target.entities) as [TargetEntity, TargetField[]][]) {
    for (const field of fields) {
      if (!takesOptions(entity, field)) continue;
      const there = new Set(field.options.map((option) => nameKey(option.label)));
      const labels = labelsOf(input, entity, field.name).filter((label) => !there.has(nameKey(label)));
      if (labels.length > 0)
        wanted.push([{ kind: 'option', entity, field: field.name, labels }, 'values of the source']);
    }
  }
  return wanted;
}

/** Activity types are made one by one, as things of their own. */
function takesOptions(entity: TargetEntity, field: TargetField): boolean {
  const isList = field.type === 'option' || field.type === 'options';
  return isList && !(entity === 'activity' && field.name === 'type') && field.name !== 'status';
}

function pipelines(input: StepInput): Wanted[] {
  if (!input.entities.has('deal')) return [];
  const wanted: Wanted[] = [];
  for (const pipeline of input.mapping.pipelines) {
    const there = input.target.pipelines.find((one) => nameKey(one.name) === nameKey(pipeline.name));
    const withProbability = pipeline.stages.some((stage) => stage.probability !== undefined);
    if (there === undefined) {
      wanted.push([
        { kind: 'pipeline', name: pipeline.name, withProbability },
        'one pipeline for each sales process',
      ]);
    }
    const names = new Set(there?.stages.map((stage) => nameKey(stage.name)));
    for (const stage of pipeline.stages) {
      if (names.has(nameKey(stage.name))) continue;
      const probability = stage.probability ?? null;
      wanted.push([
        { kind: 'stage', pipeline: pipeline.name, name: stage.name, probability },
        'stages of the deals',
      ]);
    }
  }
  return wanted;
}

function activityTypes(input: StepInput): Wanted[] {
  const there = new Set(
    input.target.activityTypes.flatMap((type) => [nameKey(type.name), nameKey(type.key)]),
  );
  return labelsOf(input, 'activity', 'type')
    .filter((name) => !there.has(nameKey(name)))
    .map((name) => [{ kind: 'activityType', name }, 'activities of this kind']);
}
