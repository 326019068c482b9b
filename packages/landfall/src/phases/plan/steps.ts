import type { CostTable } from '../../model/destination.ts';
import {
  type CustomFieldEntity,
  customFieldEntities,
  entitiesWithFieldsOf,
  entityTraits,
} from '../../model/entity-table.ts';
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

/** Values that are things of their own, made one by one: the field that names them. */
const madeOneByOne = [
  { kind: 'leadLabel', entity: 'lead', field: 'label_ids', because: 'labels of the leads' },
  { kind: 'activityType', entity: 'activity', field: 'type', because: 'activities of this kind' },
] as const satisfies readonly {
  readonly kind: ConfigurationStep['kind'];
  readonly entity: TargetEntity;
  readonly field: string;
  readonly because: string;
}[];

/** The configuration steps, in the order they must be made; things that are there already are not among them. */
export function planSteps(input: StepInput): readonly Step[] {
  const wanted = [
    ...markerFields(input),
    ...newFields(input),
    ...missingOptions(input),
    ...pipelines(input),
    ...madeOneByOne.flatMap((thing) => things(input, thing)),
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

/** Whether anything is drafted that has these custom fields. */
function isUsed(input: StepInput, owner: CustomFieldEntity): boolean {
  return entitiesWithFieldsOf(owner).some((entity) => input.entities.has(entity));
}

function markerFields(input: StepInput): Wanted[] {
  return customFieldEntities
    .filter((entity) => isUsed(input, entity) && customField(input, entity, markerFieldName) === undefined)
    .map((entity) => [
      { kind: 'field', entity, name: markerFieldName, type: 'varchar', options: [] },
      'names the source record on every record we make, so that nothing is made twice',
    ]);
}

function newFields(input: StepInput): Wanted[] {
  return input.mapping.fields
    .filter(
      (field) => isUsed(input, field.entity) && customField(input, field.entity, field.name) === undefined,
    )
    .flatMap((field): Wanted[] => {
      const { entity, name, type } = field;
      const hasOptions = type === 'enum' || type === 'set';
      const options = hasOptions ? labelsOf(input, entitiesWithFieldsOf(entity), `custom.${name}`) : [];
      // Pipedrive makes no list without options, and nobody needs one: no draft holds a value for it
      if (hasOptions && options.length === 0) return [];
      return [[{ kind: 'field', entity, name, type, options }, field.why ?? 'the mapping needs it']];
    });
}

/** The labels the drafts use for a field, each once: of those that differ in case the first. */
function labelsOf(input: StepInput, entities: readonly TargetEntity[], field: string): readonly string[] {
  const subjects = new Set(entities.map((entity) => `${entity}|${field}`));
  const labels = new Map<string, string>();
  for (const { subject, value } of input.options) {
    if (!subjects.has(subject) || value.trim() === '') continue;
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
      const used = field.custom ? holdersOf(entity) : [entity];
      const labels = labelsOf(input, used, field.name).filter((label) => !there.has(nameKey(label)));
      if (labels.length > 0)
        wanted.push([{ kind: 'option', entity, field: field.name, labels }, 'values of the source']);
    }
  }
  return wanted;
}

/** The entities that have the custom fields made on `entity`; none when it has those of another one. */
function holdersOf(entity: TargetEntity): readonly TargetEntity[] {
  const owner = customFieldEntities.find((each) => each === entity);
  return owner === undefined ? [] : entitiesWithFieldsOf(owner);
}

/** Options of a field that are no things of their own; custom fields take theirs where they are made. */
function takesOptions(entity: TargetEntity, field: TargetField): boolean {
  const isList = field.type === 'option' || field.type === 'options';
  if (field.custom) return isList && entityTraits[entity].fieldsOf === entity;
  return (
    isList &&
    field.name !== 'status' &&
    !isClosed(field) &&
    !madeOneByOne.some((thing) => thing.entity === entity && thing.field === field.name)
  );
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

/** A list of words that are the product's own (tax methods, billing frequencies): nobody can add to it. */
function isClosed({ options }: TargetField): boolean {
  return options.length > 0 && options.every(({ id, label }) => id === label);
}

/** What the account lacks of things named by a field; it knows them by name or by key. */
function things(input: StepInput, { kind, entity, field, because }: (typeof madeOneByOne)[number]): Wanted[] {
  const known = input.target.entities[entity].find(({ name }) => name === field)?.options ?? [];
  const there = new Set(known.flatMap(({ id, label }) => [nameKey(id), nameKey(label)]));
  return labelsOf(input, [entity], field)
    .filter((name) => !there.has(nameKey(name)))
    .map((name) => [{ kind, name }, because]);
}
