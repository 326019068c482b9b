import { z } from 'zod';
import { MigrationError } from '../model/error.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import type { TargetEntity, TargetField } from '../model/target.ts';
import type { Call } from '../wire/client.ts';
import { type Account, parsed } from './account.ts';
import { type AccountIndex, nameKey, stageKey } from './account-index.ts';
import { idNumber } from './decimal.ts';
import { wireActivityType, wireField, wireLeadLabel, wirePipeline, wireStage } from './fields.ts';
import { costTable } from './prices.ts';

type Step<Kind extends ConfigurationStep['kind']> = Extract<ConfigurationStep, { readonly kind: Kind }>;

const optionRows = z.array(
  z.object({ id: z.union([z.number(), z.string()]).transform(String), label: z.string() }),
);

/** A colour for labels we make: the source has none; the list of colours is closed (facts.md 2.5). */
const labelColor = 'gray';

/** An icon for types we make; the list of icons is closed (OpenAPI v1, AddActivityType). */
const activityIcon = 'document';

/** The ids of the thing when it is there: by name, case aside; for options of the labels that are there. */
export function findConfigured(index: AccountIndex, step: ConfigurationStep): readonly string[] {
  switch (step.kind) {
    case 'field':
      return fieldNamed(index, step.entity, `custom.${step.name}`)?.key.split('\n') ?? [];
    case 'option': {
      const table = index.entities[step.entity].options.get(step.field);
      return step.labels.flatMap((label) => table?.idOf.get(nameKey(label)) ?? []);
    }
    case 'pipeline':
      return index.catalog.pipelines
        .filter(({ name }) => nameKey(name) === nameKey(step.name))
        .slice(0, 1)
        .map(({ id }) => id);
    case 'stage': {
      const id = index.stageIds.get(stageKey({ pipeline: step.pipeline, stage: step.name }));
      return id === undefined ? [] : [id];
    }
    case 'activityType':
      return index.catalog.activityTypes
        .filter(({ name }) => nameKey(name) === nameKey(step.name))
        .slice(0, 1)
        .map(({ id }) => id);
    case 'leadLabel': {
      const id = index.entities.lead.options.get('label_ids')?.idOf.get(nameKey(step.name));
      return id === undefined ? [] : [id];
    }
  }
}

/**
 * Makes the thing and gives its ids (for options: one for each label, those that were there included).
 * The account's catalog knows it at once. Throws as the client does: `cap-reached`, `refused`, `outcome-unknown` ...
 */
export async function configureStep(
  account: Account,
  step: ConfigurationStep,
  signal: AbortSignal,
): Promise<readonly string[]> {
  await account.index(signal);
  switch (step.kind) {
    case 'field':
      return makeField(account, step, signal);
    case 'option':
      return makeOptions(account, step, signal);
    case 'pipeline':
      return makePipeline(account, step, signal);
    case 'stage':
      return makeStage(account, step, signal);
    case 'activityType':
      return makeActivityType(account, step, signal);
    case 'leadLabel':
      return makeLeadLabel(account, step, signal);
  }
}

function fieldNamed(index: AccountIndex, entity: TargetEntity, name: string): TargetField | undefined {
  const fields = index.entities[entity].byName;
  return fields.get(name) ?? [...fields.values()].find((field) => nameKey(field.name) === nameKey(name));
}

/** The answer with one thing, for each shape of it: making a shape costs more than reading an answer with it. */
const answers = new WeakMap<z.ZodType, z.ZodType>();

function dataOf<T>(shape: z.ZodType<T>): z.ZodType<{ data: T }> {
  const answer = answers.get(shape) ?? z.object({ data: shape });
  answers.set(shape, answer);
  return answer as z.ZodType<{ data: T }>;
}

async function post<T>(
  account: Account,
  call: Pick<Call, 'path' | 'body' | 'costTokens' | 'what'>,
  shape: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const reply = await account.client.send({ ...call, method: 'POST', effect: 'write' }, signal);
  try {
    return parsed(dataOf(shape), reply, call.what).data;
  } catch (cause) {
    throw new MigrationError(
      'outcome-unknown',
      `Pipedrive, while ${call.what}: the answer does not name what was made.`,
      { cause },
    );
  }
}

async function makeField(
  account: Account,
  step: Step<'field'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const withOptions = step.type === 'enum' || step.type === 'set';
  const body = {
    field_name: step.name,
    field_type: step.type,
    ...(withOptions ? { options: step.options.map((label) => ({ label })) } : {}),
  };
  const what = `creating the ${step.entity} field "${step.name}"`;
  const path = account.path('v2', `${step.entity}Fields`);
  const made = await post(
    account,
    { path, body, costTokens: costTable.configure('field'), what },
    wireField,
    signal,
  );
  account.learn((wire) => {
    const before = wire.fields[step.entity] ?? [];
    return {
      ...wire,
      fields: { ...wire.fields, [step.entity]: [...before, { ...made, is_custom_field: true }] },
    };
  });
  return [made.field_code];
}

async function makeOptions(
  account: Account,
  step: Step<'option'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const index = await account.index(signal);
  const field = index.entities[step.entity].byName.get(step.field);
  if (field === undefined) {
    throw new MigrationError(
      'mapping-wrong',
      `Pipedrive has no ${step.entity} field "${step.field}" to add options to.`,
    );
  }
  const known = index.entities[step.entity].options.get(step.field)?.idOf ?? new Map<string, string>();
  const missing = [...new Map(step.labels.map((label) => [nameKey(label), label])).values()].filter(
    (label) => !known.has(nameKey(label)),
  );
  const ids = new Map(known);
  if (missing.length > 0) {
    const what = `adding options to the ${step.entity} field "${field.label}"`;
    const path = account.path('v2', `${step.entity}Fields/${field.key}/options`);
    const body = missing.map((label) => ({ label }));
    const made = await post(
      account,
      { path, body, costTokens: costTable.configure('option'), what },
      optionRows,
      signal,
    );
    for (const { id, label } of made) ids.set(nameKey(label), id);
    learnOptions(account, step.entity, field.key, made);
  }
  return step.labels.flatMap((label) => ids.get(nameKey(label)) ?? []);
}

function learnOptions(
  account: Account,
  entity: TargetEntity,
  code: string,
  made: z.infer<typeof optionRows>,
): void {
  account.learn((wire) => {
    const fields = (wire.fields[entity] ?? []).map((field) =>
      field.field_code === code ? { ...field, options: [...(field.options ?? []), ...made] } : field,
    );
    return { ...wire, fields: { ...wire.fields, [entity]: fields } };
  });
}

async function makePipeline(
  account: Account,
  step: Step<'pipeline'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const body = { name: step.name, is_deal_probability_enabled: step.withProbability };
  const what = `creating the pipeline "${step.name}"`;
  const path = account.path('v2', 'pipelines');
  const made = await post(
    account,
    { path, body, costTokens: costTable.configure('pipeline'), what },
    wirePipeline,
    signal,
  );
  account.learn((wire) => ({ ...wire, pipelines: [...wire.pipelines, made] }));
  return [made.id];
}

/** Stages are appended at the end: their order is the order of creation (facts.md 2.10). */
async function makeStage(
  account: Account,
  step: Step<'stage'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const index = await account.index(signal);
  const pipeline = index.catalog.pipelines.find(({ name }) => nameKey(name) === nameKey(step.pipeline));
  if (pipeline === undefined) {
    throw new MigrationError(
      'phase-order',
      `The stage "${step.name}" needs the pipeline "${step.pipeline}" first.`,
    );
  }
  const probability = step.probability === null ? {} : { deal_probability: Math.round(step.probability) };
  const body = { name: step.name, pipeline_id: idNumber(pipeline.id), ...probability };
  const what = `creating the stage "${step.name}" of "${step.pipeline}"`;
  const path = account.path('v2', 'stages');
  const made = await post(
    account,
    { path, body, costTokens: costTable.configure('stage'), what },
    wireStage,
    signal,
  );
  account.learn((wire) => ({ ...wire, stages: [...wire.stages, made] }));
  return [made.id];
}

async function makeActivityType(
  account: Account,
  step: Step<'activityType'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const body = { name: step.name, icon_key: activityIcon };
  const what = `creating the activity type "${step.name}"`;
  const path = account.path('v1', 'activityTypes');
  const costTokens = costTable.configure('activityType');
  const made = await post(account, { path, body, costTokens, what }, wireActivityType, signal);
  account.learn((wire) => ({ ...wire, activityTypes: [...wire.activityTypes, made] }));
  return [made.id];
}

async function makeLeadLabel(
  account: Account,
  step: Step<'leadLabel'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const body = { name: step.name, color: labelColor };
  const what = `creating the lead label "${step.name}"`;
  const path = account.path('v1', 'leadLabels');
  const costTokens = costTable.configure('leadLabel');
  const made = await post(account, { path, body, costTokens, what }, wireLeadLabel, signal);
  account.learn((wire) => ({ ...wire, leadLabels: [...wire.leadLabels, made] }));
  return [made.id];
}
