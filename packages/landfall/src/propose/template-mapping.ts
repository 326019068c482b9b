import { fillsCustomField } from '../model/entity-table.ts';
import type { EntityMapping, Mapping, NewField } from '../model/mapping.ts';
import type { Decision, Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { proposeEntity } from './entity-proposal.ts';
import { capQuestion, leastFilled } from './field-cap.ts';
import { findEntity } from './field-index.ts';
import type { EntityProposal, Proposal, ProposalInput } from './proposal.ts';
import type { ProposalTemplate, ProposedField } from './proposal-template.ts';
import { maskedSample, sensitivityOf } from './sensitive-values.ts';
import { callName, callSettings } from './transform-call.ts';
import { unmappedEntityQuestion } from './unmapped-entity.ts';

/**
 * Proposes a mapping (MAP-01, MAP-04): the template's rows for what the source has and fills, each unknown field
 * routed or asked about (S-31), formats from the values. Pure and deterministic: equal input, equal proposal.
 */
export function proposeMapping(input: ProposalInput): Proposal {
  const known = input.catalog.entities.filter((entity) => hasRules(input.template, entity));
  const proposals = known.map((entity) => proposeEntity(input, entity));
  const unmapped = input.catalog.entities.filter((entity) => !known.includes(entity));
  const whole = withoutDoubles(
    merge(
      proposals,
      unmapped.map((entity) => leaveEntity(entity, input.decisions)),
    ),
  );
  const cap = capQuestion(whole.newFields, input.limits ?? null, input.target);
  const fitted = cap === null ? whole : withinCap(whole, cap.question, cap.tooMany, input);
  const questions = cap === null ? fitted.questions : [...fitted.questions, cap.question];
  return { mapping: mappingOf(input, fitted), fields: fitted.fields, questions };
}

function hasRules(template: ProposalTemplate, entity: SourceEntity): boolean {
  return template.entities.some(({ from }) => from === entity.name);
}

function merge(proposals: readonly EntityProposal[], others: readonly EntityProposal[]): EntityProposal {
  const all = [...proposals, ...others];
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
function leaveEntity(entity: SourceEntity, decisions: readonly Decision[]): EntityProposal {
  const question = entity.count.value === 0 ? null : unmappedEntityQuestion(entity);
  const decision = decisions.find(({ id }) => id === question?.id);
  const why =
    question === null
      ? 'there are no records'
      : decision === undefined
        ? 'there is no rule for these records'
        : `decided by ${decision.by}`;
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

/** Leaves out the least filled new fields, when somebody has decided so (DEC-18). */
function withinCap(
  whole: EntityProposal,
  question: Question,
  tooMany: number,
  input: ProposalInput,
): EntityProposal {
  const decision = input.decisions.find(({ id }) => id === question.id);
  if (decision?.choice !== 'least-filled') return whole;
  const why = `the plan has no room for it; decided by ${decision.by}`;
  const cut = leastFilled(whole, tooMany);
  const isCut = (to: string) => cut.some((field) => fillsCustomField(to, field));
  const sources = whole.entities.flatMap(({ from, rows }) =>
    rows.filter(({ to }) => isCut(to)).map((row) => ({ entity: from, field: String(row.from) })),
  );
  const isLeft = (field: ProposedField) =>
    sources.some((source) => source.entity === field.entity && source.field === field.source);
  return {
    entities: whole.entities.map((entity) => ({
      ...entity,
      rows: entity.rows.filter(({ to }) => !isCut(to)),
    })),
    newFields: whole.newFields.filter((field) => !cut.includes(field)),
    left: [...whole.left, ...sources.map((source) => ({ ...source, why }))],
    fields: whole.fields.map((field) =>
      isLeft(field) ? { ...field, target: null, band: 'leave', evidence: why } : field,
    ),
    questions: whole.questions,
  };
}

function mappingOf(input: ProposalInput, whole: EntityProposal): Mapping {
  const targets = whole.entities.flatMap(({ rows }) => rows.map(({ to }) => to));
  const fromTemplate = input.template.fields.filter((field) =>
    targets.some((to) => fillsCustomField(to, field)),
  );
  const isNew = (field: NewField) =>
    !fromTemplate.some(({ entity, name }) => entity === field.entity && name === field.name);
  return {
    version: 1,
    source: input.template.source,
    entities: inTemplateOrder(input, whole.entities),
    fields: [...fromTemplate, ...whole.newFields.filter(isNew)],
    pipelines: input.stages,
    values: usedTables(input.template.values, whole.entities),
    leave: whole.left,
  };
}

/** Templates put parents first; the catalog's order means nothing. */
function inTemplateOrder(input: ProposalInput, entities: readonly EntityMapping[]): readonly EntityMapping[] {
  const order = input.template.entities.map(({ from }) => from);
  const present = entities.filter(({ from }) => findEntity(input.catalog, from) !== null);
  return present.toSorted((a, b) => order.indexOf(a.from) - order.indexOf(b.from));
}

/** Value tables that a row looks up; one that nobody reads would only puzzle. */
function usedTables(values: Mapping['values'], entities: readonly EntityMapping[]): Mapping['values'] {
  const calls = entities.flatMap(({ rows }) => rows.flatMap(({ via }) => via ?? []));
  const used = new Set(
    calls.filter((call) => callName(call) === 'lookup').map((call) => callSettings(call).table),
  );
  return Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)));
}
