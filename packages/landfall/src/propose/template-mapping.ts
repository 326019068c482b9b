import { fillsCustomField } from '../model/entity-table.ts';
import type { EntityMapping, LeftOut, Mapping, NewField } from '../model/mapping.ts';
import type { Decision } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { type FlatContext, flatten } from './custom-entity.ts';
import { proposeEntity } from './entity-proposal.ts';
import { capQuestion, withinCap } from './field-cap.ts';
import { conditionsOf, findEntity, settleConditions } from './field-index.ts';
import { FieldNames } from './field-names.ts';
import { type Flattened, withAbove } from './flat-entity.ts';
import { gatheredEntity } from './gathered-entity.ts';
import type { EntityProposal, Proposal, ProposalInput } from './proposal.ts';
import type { ProposalTemplate, ProposedField } from './proposal-template.ts';
import { maskedSample, sensitivityOf } from './sensitive-values.ts';
import { settleAsks } from './settled-asks.ts';
import { callName, callSettings } from './transform-call.ts';
import { unmappedEntityQuestion } from './unmapped-entity.ts';

/**
 * Proposes a mapping (MAP-01, MAP-04): the template's rows for what the source has and fills, each unknown field
 * routed or asked about (S-31), formats from the values, other records flattened onto the nearest that moves (D-27,
 * O-26). Pure and deterministic: equal input, equal proposal.
 */
export function proposeMapping(given: ProposalInput): Proposal {
  const asked = settleAsks(given);
  const input = { ...given, policies: asked.policies, answers: asked.answers };
  const usual = wholeProposal(input, false);
  const made = madeFields(input, usual);
  const cap = capQuestion(usual, made, input.limits ?? null, input.target);
  const decision = input.decisions.find(({ id }) => id === cap?.question.id);
  const whole = decision?.choice === 'notes' ? wholeProposal(input, true) : usual;
  const fitted =
    decision?.choice === 'least-filled' ? withinCap(whole, made, cap?.tooMany ?? 0, decision) : whole;
  const questions = [...asked.questions, ...fitted.questions, ...(cap === null ? [] : [cap.question])];
  return { mapping: mappingOf(input, fitted), fields: fitted.fields, questions };
}

function wholeProposal(input: ProposalInput, preferNotes: boolean): EntityProposal {
  const { template, catalog } = input;
  const known = catalog.entities.filter((entity) => hasRules(template, entity));
  const proposals = known.map((entity) => proposeEntity(input, entity));
  const moved = proposals.flatMap(({ entities }) => entities);
  const made = [...template.fields, ...proposals.flatMap(({ newFields }) => newFields)];
  const context = { moved, names: new FieldNames(made, input.target), preferNotes };
  const others = catalog.entities
    .filter((entity) => !known.includes(entity))
    .map((entity) => proposeOther(input, entity, context));
  const whole = withoutDoubles(merge([...proposals, ...others.map(({ own }) => own)]));
  const entities = others.flatMap(({ above }) => above).reduce(withAbove, whole.entities);
  return { ...whole, entities };
}

/** Records without rules: read by a record above, flattened, or left. */
function proposeOther(input: ProposalInput, entity: SourceEntity, context: FlatContext): Flattened {
  const { template, decisions } = input;
  const said =
    template.leave?.find(
      (left) => left.entity === entity.name && left.field === '*' && left.when === undefined,
    )?.why ?? null;
  const gathered = gatheredEntity(input, entity, context.moved);
  if (gathered !== null) return { own: gathered, above: [] };
  const flat = said === null ? flatten(input, entity, context) : null;
  return flat ?? { own: leaveEntity(entity, said, decisions), above: [] };
}

function hasRules(template: ProposalTemplate, entity: SourceEntity): boolean {
  return template.entities.some(({ from }) => from === entity.name);
}

function merge(all: readonly EntityProposal[]): EntityProposal {
  return {
    entities: all.flatMap(({ entities }) => entities),
    newFields: all.flatMap(({ newFields }) => newFields),
    left: all.flatMap(({ left }) => left),
    fields: all.flatMap(({ fields }) => fields),
    questions: all.flatMap(({ questions }) => questions),
  };
}

/** One new field for several source entities; where they disagree on its type it is a text, which holds every value. */
function withoutDoubles(whole: EntityProposal): EntityProposal {
  const made = new Map<string, NewField>();
  const disputed: NewField[] = [];
  for (const field of whole.newFields) {
    const to = `${field.entity}.custom.${field.name}`;
    const first = made.get(to);
    if (first !== undefined && first.type !== field.type && !disputed.includes(first)) disputed.push(first);
    made.set(to, first ?? field);
  }
  const newFields = [...made.values()].map((field) =>
    disputed.includes(field)
      ? { ...field, type: 'text' as const, why: 'several tables have it, with different types' }
      : field,
  );
  const entities = whole.entities.map((entity) => ({
    ...entity,
    rows: entity.rows.map((row) =>
      disputed.some((field) => fillsCustomField(row.to, field)) ? { ...row, via: ['trim'] } : row,
    ),
  }));
  return { ...whole, newFields, entities };
}

/** An entity without rules stays behind, on the record. */
function leaveEntity(
  entity: SourceEntity,
  said: string | null,
  decisions: readonly Decision[],
): EntityProposal {
  const question = entity.count.value === 0 || said !== null ? null : unmappedEntityQuestion(entity);
  const decision = decisions.find(({ id }) => id === question?.id);
  const unsaid = question === null ? 'there are no records' : 'there is no rule for these records';
  const why = said ?? (decision === undefined ? unsaid : `decided by ${decision.by}`);
  return {
    entities: [],
    newFields: [],
    left: [{ entity: entity.name, field: '*', why }],
    fields: entity.fields.map((field) => leftField(entity, field, why)),
    questions: question === null ? [] : [question],
  };
}

function leftField(entity: SourceEntity, field: SourceField, why: string): ProposedField {
  return {
    entity: entity.name,
    source: field.name,
    target: null,
    confidence: 0.5,
    band: 'leave',
    evidence: why,
    samples: sensitivityOf(field) === null ? field.samples : field.samples.map(maskedSample),
    filled: field.filled,
    sensitive: sensitivityOf(field) !== null,
  };
}

/** The custom fields that the rows fill: the template's own, and the new ones. */
function madeFields(input: ProposalInput, whole: EntityProposal): readonly NewField[] {
  const targets = whole.entities.flatMap(({ rows }) => rows.map(({ to }) => to));
  const fromTemplate = input.template.fields.filter((field) =>
    targets.some((to) => fillsCustomField(to, field)),
  );
  const isNew = (field: NewField) =>
    !fromTemplate.some(({ entity, name }) => entity === field.entity && name === field.name);
  return [...fromTemplate, ...whole.newFields.filter(isNew)];
}

function mappingOf(input: ProposalInput, whole: EntityProposal): Mapping {
  return {
    version: 1,
    source: input.template.source,
    entities: inTemplateOrder(input, whole.entities),
    fields: madeFields(input, whole),
    pipelines: input.stages,
    values: usedTables(input.template.values, whole.entities),
    leave: [...whole.left, ...leftRecords(input)],
  };
}

/** Records that the template leaves behind on purpose, where this source can have such. */
function leftRecords({ template, catalog }: ProposalInput): readonly LeftOut[] {
  return (template.leave ?? []).flatMap((left) => {
    const entity = findEntity(catalog, left.entity);
    if (left.when === undefined || entity === null) return [];
    const when = settleConditions(conditionsOf(left.when), entity);
    return when === 'never' || when.length === 0 ? [] : [{ ...left, when }];
  });
}

/** Templates put parents first; the catalog's order means nothing. What they do not know comes last. */
function inTemplateOrder(input: ProposalInput, entities: readonly EntityMapping[]): readonly EntityMapping[] {
  const order = input.template.entities.map(({ from }) => from);
  const present = entities.filter(({ from }) => findEntity(input.catalog, from) !== null);
  const place = ({ from }: EntityMapping) => (order.includes(from) ? order.indexOf(from) : order.length);
  return present.toSorted((a, b) => place(a) - place(b));
}

/** Value tables that a row looks up; one that nobody reads would only puzzle. */
function usedTables(values: Mapping['values'], entities: readonly EntityMapping[]): Mapping['values'] {
  const calls = entities.flatMap(({ rows }) => rows.flatMap(({ via }) => via ?? []));
  const used = new Set(
    calls.filter((call) => callName(call) === 'lookup').map((call) => callSettings(call).table),
  );
  return Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)));
}
