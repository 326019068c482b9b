import type { EntityMapping, LeftOut, MappingRow, NewField, TransformCall } from '../model/mapping.ts';
import type { Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { type Route, routeField } from './custom-field.ts';
import { customTypeOf } from './custom-type.ts';
import { findField, sourcesOf } from './field-index.ts';
import { type TemplateUse, templateLine, usesOf } from './field-line.ts';
import { isSensitive, type Readings, readingsOf } from './field-readings.ts';
import { withGathered } from './gathered-fields.ts';
import type { EntityProposal, ProposalInput } from './proposal.ts';
import type { ProposedField } from './proposal-template.ts';
import { reachableMappings } from './reachable.ts';
import { maskedSample } from './sensitive-values.ts';
import { whyItStays } from './staying-field.ts';
import { tagGroupsIntoFields, tagsIntoField } from './tags.ts';
import { keepEntity } from './template-rows.ts';
import { completeCall } from './transform-call.ts';

/** Proposes what one entity of the source becomes: the template's rules, then every field they do not use. */
export function proposeEntity(input: ProposalInput, entity: SourceEntity): EntityProposal {
  const readings = readingsOf(input, entity);
  const seen = withGathered(input, entity, readings);
  const kept = input.template.entities
    .filter(({ from }) => from === entity.name)
    .map((template) => keepEntity(template, seen.entity, input, seen.formOf))
    .filter((mapping) => mapping !== null)
    .map(seen.settled);
  const tagged = applyTags(reachableMappings(kept), entity, readings);
  const uses = new Map(entity.fields.map((field) => [field, usesOf(entity, field, tagged.mappings)]));
  const unknown = entity.fields.filter((field) => isUnknown(input, entity, field, uses.get(field)));
  const routes = new Map(
    unknown.map((field) => [field, route(input, entity, field, tagged.mappings, readings)]),
  );
  const lines = entity.fields.map((field) => lineOf(input, entity, field, uses, routes, readings));
  return {
    entities: withRoutes(tagged.mappings, [...routes.values()]),
    newFields: [...tagged.fields, ...[...routes.values()].flatMap((made) => made.field ?? [])],
    left: [...[...routes.values()].flatMap((made) => made.left ?? []), ...leftOf(entity, lines, routes)],
    fields: lines,
    questions: questionsOf(uses, routes, readings),
  };
}

/** A field of this account that holds something for people and that no rule reads (S-31(a)). */
function isUnknown(
  input: ProposalInput,
  entity: SourceEntity,
  field: SourceField,
  use: TemplateUse | undefined,
): boolean {
  return (
    field.standard === null &&
    (use === undefined || use.targets.length === 0) &&
    use?.decides !== true &&
    whyItStays(input, entity, field) === null
  );
}

function applyTags(kept: readonly EntityMapping[], entity: SourceEntity, readings: Readings) {
  let mappings = kept;
  const fields: NewField[] = [];
  for (const [field, tags] of readings.tags) {
    if (tags.as === 'labels') continue;
    const isTagRow = (row: MappingRow) =>
      row.to.includes('label') && sourcesOf(row).some((name) => findField(entity, name) === field);
    const changed = mappings.map((mapping) =>
      tags.as === 'groups'
        ? tagGroupsIntoFields(mapping, isTagRow, tags.groups)
        : tagsIntoField(mapping, isTagRow, field),
    );
    mappings = changed.map(({ mapping }) => mapping);
    // several drafts of one kind share a field; each kind has its own
    for (const made of changed.flatMap((one) => one.fields))
      if (!fields.some(({ entity: of, name }) => of === made.entity && name === made.name)) fields.push(made);
  }
  return { mappings, fields };
}

function route(
  input: ProposalInput,
  entity: SourceEntity,
  field: SourceField,
  mappings: readonly EntityMapping[],
  readings: Readings,
): Route {
  const pipelines = input.stages.map(({ name }) => name);
  const type = customTypeOf(entity, field, pipelines, input.limits ?? null);
  const complete = (call: TransformCall) => completeCall(call, readings.formOf(field));
  const subject = { ...field, sensitive: isSensitive(field) };
  const known = { entity, field: subject, mappings, target: input.target, complete, decision: null };
  const unknown = { ...known, type: { ...type, via: type.via.map(complete) } };
  const { question } = routeField(unknown);
  const decision = input.decisions.find(({ id }) => id === question.id) ?? null;
  return decision === null ? routeField(unknown) : routeField({ ...unknown, decision });
}

/** Each routed field goes into every draft its record makes of that kind; a second draft of the record takes none. */
function withRoutes(mappings: readonly EntityMapping[], routes: readonly Route[]): readonly EntityMapping[] {
  return mappings.map((mapping) => {
    if ((mapping.part ?? '') !== '') return mapping;
    const rows = routes.flatMap(({ row }) => (row?.to.startsWith(`${mapping.to}.`) ? [row] : []));
    return rows.length === 0 ? mapping : { ...mapping, rows: [...mapping.rows, ...rows] };
  });
}

function lineOf(
  input: ProposalInput,
  entity: SourceEntity,
  field: SourceField,
  uses: ReadonlyMap<SourceField, TemplateUse>,
  routes: ReadonlyMap<SourceField, Route>,
  readings: Readings,
): ProposedField {
  const made = routes.get(field);
  const base = {
    entity: entity.name,
    source: field.name,
    samples: isSensitive(field) ? field.samples.map(maskedSample) : field.samples,
    filled: field.filled,
    sensitive: isSensitive(field),
  };
  if (made !== undefined) {
    const { target, band, confidence, evidence } = made;
    return { ...base, target, band, confidence, evidence };
  }
  const use = uses.get(field) ?? { targets: [], decides: false, owner: null };
  const asked = readings.dates.get(field)?.question ?? readings.tags.get(field)?.question ?? null;
  const open = asked !== null && !input.decisions.some(({ id }) => id === asked.id);
  const forms = [readings.dates.get(field)?.evidence, readings.tags.get(field)?.evidence];
  const doubt = { open, evidence: forms.filter((text) => text !== undefined) };
  return { ...base, ...templateLine(input, entity, field, use, doubt) };
}

/** Fields neither moved nor asked about: each with the reason a person reads in the workbook. */
function leftOf(
  entity: SourceEntity,
  lines: readonly ProposedField[],
  routes: ReadonlyMap<SourceField, Route>,
): LeftOut[] {
  const routed = new Set([...routes.keys()].map(({ name }) => name));
  return lines
    .filter((line) => line.band === 'leave' && !routed.has(line.source))
    .map((line) => ({ entity: entity.name, field: line.source, why: line.evidence }));
}

function questionsOf(
  uses: ReadonlyMap<SourceField, TemplateUse>,
  routes: ReadonlyMap<SourceField, Route>,
  readings: Readings,
): Question[] {
  const isMoved = (field: SourceField) =>
    routes.get(field)?.target != null || (uses.get(field)?.targets.length ?? 0) > 0;
  const dates = [...readings.dates].flatMap(([field, { question }]) =>
    isMoved(field) ? (question ?? []) : [],
  );
  const tags = [...readings.tags].flatMap(([field, { question }]) =>
    isMoved(field) ? (question ?? []) : [],
  );
  return [...dates, ...tags, ...[...routes.values()].map(({ question }) => question)];
}
