import { canonicalJson } from '../base/canonical.ts';
import { fieldRead } from '../mapping/field-read.ts';
import { gatheredName } from '../mapping/gather.ts';
import { customFieldEntities, entitiesWithFieldsOf, fillsCustomField } from '../model/entity-table.ts';
import { markerFieldName } from '../model/key.ts';
import type { EntityMapping, LeftOut, NewField } from '../model/mapping.ts';
import type { Choice, Decision, Question } from '../model/question.ts';
import type { TargetCatalog } from '../model/target.ts';
import { conditionsOf, sourcesOf } from './field-index.ts';
import type { EntityProposal } from './proposal.ts';
import type { FieldLimits, ProposedField } from './proposal-template.ts';

/**
 * Asks what to do when the plan has no room for all fields the mapping needs (DOC-20, DEC-18): `fields` of the
 * template and new ones, and those that name the source record. null when they fit or nobody knows.
 */
export function capQuestion(
  whole: EntityProposal,
  fields: readonly NewField[],
  limits: FieldLimits | null,
  target: TargetCatalog | null,
): { readonly question: Question; readonly tooMany: number } | null {
  if (limits?.customFields == null) return null;
  const wanted = [...fields, ...markers(whole)].filter((field) => !isThere(field, target)).length;
  const room = Math.max(0, limits.customFields - (limits.customFieldsUsed ?? 0));
  const tooMany = wanted - room;
  if (tooMany <= 0) return null;
  const gone = Math.min(tooMany, fields.length);
  return { tooMany, question: question(limits, { wanted, room, gone }, tablesWithNotes(whole)) };
}

/** The fields by which our records are known again: one for each entity with fields of its own. */
function markers({ entities }: EntityProposal): readonly Pick<NewField, 'entity' | 'name'>[] {
  const owners = customFieldEntities.filter((owner) =>
    entitiesWithFieldsOf(owner).some((entity) => entities.some(({ to }) => to === entity)),
  );
  return owners.map((entity) => ({ entity, name: markerFieldName }));
}

function isThere(field: Pick<NewField, 'entity' | 'name'>, target: TargetCatalog | null): boolean {
  return target?.entities[field.entity].some(({ name }) => name === `custom.${field.name}`) ?? false;
}

/** Tables that are fields by proposal and could be notes as well. */
function tablesWithNotes(whole: EntityProposal): readonly string[] {
  const gathered = new Set(whole.entities.flatMap(({ gather }) => gather ?? []).map(({ from }) => from));
  return whole.questions
    .filter(({ kind, choices }) => kind === 'custom-entity' && choices.some(({ id }) => id === 'notes'))
    .map(({ subject }) => subject)
    .filter((subject) => gathered.has(subject));
}

function question(
  limits: FieldLimits,
  { wanted, room, gone }: Readonly<Record<'wanted' | 'room' | 'gone', number>>,
  tables: readonly string[],
): Question {
  const notes: Choice = {
    id: 'notes',
    label: 'Notes instead of fields',
    consequence: `The records of ${tables.join(', ')} become notes where nobody has decided otherwise; they need no fields.`,
    default: false,
  };
  return {
    id: 'cap:custom-fields',
    kind: 'cap',
    subject: 'custom-fields',
    question: `The mapping needs ${wanted} new fields; the plan ${limits.plan} has room for ${room} of ${limits.customFields}. What gives way?`,
    records: [],
    recordCount: 0,
    choices: [
      {
        id: 'upgrade',
        label: 'The plan is raised',
        consequence: 'Nothing changes here; the fields are made when the account allows them.',
        default: true,
      },
      {
        id: 'least-filled',
        label: 'Leave out the least filled fields',
        consequence: `The ${gone} new fields with the fewest values are left out and listed.`,
        default: false,
      },
      ...(tables.length === 0 ? [] : [notes]),
    ],
    blocks: 'configuration',
  };
}

/** Leaves out the least filled of `fields`, as somebody has decided (DEC-18): each on the record. */
export function withinCap(
  whole: EntityProposal,
  fields: readonly NewField[],
  tooMany: number,
  decision: Decision,
): EntityProposal {
  const why = `the plan has no room for it; decided by ${decision.by}`;
  const cut = leastFilled(whole, fields, tooMany);
  const isCut = (to: string) => cut.some((field) => fillsCustomField(to, field));
  const sources = whole.entities.flatMap((mapping) =>
    mapping.rows
      .filter(({ to }) => isCut(to))
      .flatMap(sourcesOf)
      .map((name) => sourceRead(mapping, name)),
  );
  const left = [...new Map(sources.map((source) => [canonicalJson(source), source])).values()];
  const isLeft = (field: ProposedField) =>
    left.some((source) => source.entity === field.entity && source.field === field.source);
  return {
    entities: whole.entities.map((entity) => withoutRows(entity, isCut)),
    newFields: whole.newFields.filter((field) => !cut.includes(field)),
    left: [...whole.left, ...left.map((source) => ({ ...source, why }))],
    fields: whole.fields.map((field) =>
      isLeft(field) ? { ...field, target: null, band: 'leave', evidence: why } : field,
    ),
    questions: whole.questions,
  };
}

/** Records below that no row reads any more are not brought up. */
function withoutRows(entity: EntityMapping, isCut: (to: string) => boolean): EntityMapping {
  const rows = entity.rows.filter(({ to }) => !isCut(to));
  if (entity.gather === undefined || rows.length === entity.rows.length) return { ...entity, rows };
  const gathers = entity.gather;
  const conditions = [entity, ...rows.map(({ onlyIf }) => ({ when: onlyIf }))].flatMap(({ when }) =>
    conditionsOf(when),
  );
  const names = [...rows.flatMap(sourcesOf), ...conditions.flatMap(({ source }) => source ?? [])];
  const read = new Set(names.map((name) => gatheredName(gathers, name)?.gather));
  const { gather: _gather, ...rest } = entity;
  const kept = gathers.filter((gather) => read.has(gather));
  return { ...rest, ...(kept.length === 0 ? {} : { gather: kept }), rows };
}

/** The fields with the fewest values. */
function leastFilled(whole: EntityProposal, fields: readonly NewField[], count: number): readonly NewField[] {
  const filled = new Map(fields.map((field) => [field, valuesOf(field, whole)]));
  return fields.toSorted((a, b) => (filled.get(a) ?? 0) - (filled.get(b) ?? 0)).slice(0, count);
}

function valuesOf(field: NewField, whole: EntityProposal): number {
  const counts = whole.entities.flatMap((mapping) =>
    mapping.rows
      .filter((row) => fillsCustomField(row.to, field))
      .flatMap(sourcesOf)
      .map((name) => filledOf(whole.fields, sourceRead(mapping, name))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The field that a name in a row means: the record's own, or one of the records below. */
function sourceRead({ from, gather }: EntityMapping, name: string): Pick<LeftOut, 'entity' | 'field'> {
  const { entity, field } = fieldRead(gather ?? [], from, name);
  return { entity, field: field ?? name };
}

function filledOf(
  fields: readonly ProposedField[],
  { entity, field }: Pick<LeftOut, 'entity' | 'field'>,
): number {
  return fields.find((one) => one.entity === entity && one.source === field)?.filled ?? 0;
}
