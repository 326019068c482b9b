import { exactName, gatheredName } from '../mapping/gather.ts';
import type { EntityMapping } from '../model/mapping.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { conditionsOf, sourcesOf } from './field-index.ts';
import { isSensitive, readingsOf } from './field-readings.ts';
import type { EntityProposal, ProposalInput } from './proposal.ts';
import type { ProposedField } from './proposal-template.ts';
import { maskedSample } from './sensitive-values.ts';
import { ownId, whyItStays } from './staying-field.ts';

/** The proposal of records that have no rules of their own and whose values rules of others read; null when none do. */
export function gatheredEntity(
  input: ProposalInput,
  entity: SourceEntity,
  moved: readonly EntityMapping[],
): EntityProposal | null {
  const gathers = moved.flatMap(({ gather }) => gather ?? []).filter(({ from }) => from === entity.name);
  if (gathers.length === 0) return null;
  const targets = targetsOf(entity, moved);
  const references = new Set(gathers.map(({ by }) => exactName(entity, by)));
  const deciding = new Set(
    gathers.flatMap(({ when }) => conditionsOf(when).map(({ source = '' }) => exactName(entity, source))),
  );
  const lines = entity.fields.map((field) => {
    const to = targets.get(field.name) ?? null;
    if (to === null && references.has(field.name)) {
      return lineOf(entity, field, {
        target: null,
        band: 'auto',
        evidence: 'leads to the record that takes the values',
      });
    }
    if (to === null && deciding.has(field.name)) {
      return lineOf(entity, field, {
        target: null,
        band: 'auto',
        evidence: 'decides which records are read',
      });
    }
    if (to !== null)
      return lineOf(entity, field, { target: to, band: 'auto', evidence: 'read by the record above' });
    return lineOf(entity, field, { target: null, band: 'leave', evidence: whyLeft(input, entity, field) });
  });
  const left = lines
    .filter(({ band }) => band === 'leave')
    .map(({ source, evidence }) => ({ entity: entity.name, field: source, why: evidence }));
  const asked = [...readingsOf(input, entity).dates].flatMap(([field, { question }]) =>
    targets.has(field.name) ? (question ?? []) : [],
  );
  return { entities: [], newFields: [], left, fields: lines, questions: asked };
}

function whyLeft(input: ProposalInput, entity: SourceEntity, field: SourceField): string {
  const why = field === ownId(entity) ? null : whyItStays(input, entity, field);
  return why ?? 'no rule of the record above reads it: add a row to mapping.yaml to move it';
}

function lineOf(
  entity: SourceEntity,
  field: SourceField,
  way: Pick<ProposedField, 'target' | 'band' | 'evidence'>,
): ProposedField {
  const sensitive = isSensitive(field);
  const samples = sensitive ? field.samples.map(maskedSample) : field.samples;
  return {
    entity: entity.name,
    source: field.name,
    ...way,
    confidence: 0.9,
    samples,
    filled: field.filled,
    sensitive,
  };
}

/** The first target of each field of the gathered records, by its exact name. */
function targetsOf(entity: SourceEntity, moved: readonly EntityMapping[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const mapping of moved) {
    const gathers = moved.filter(({ from }) => from === mapping.from).flatMap(({ gather }) => gather ?? []);
    for (const row of mapping.rows) {
      const conditions = conditionsOf(row.onlyIf).flatMap(({ source }) => source ?? []);
      for (const name of [...sourcesOf(row), ...conditions]) {
        const read = gatheredName(gathers, name);
        if (read === null || read.field === null || read.gather.from !== entity.name) continue;
        const exact = exactName(entity, read.field);
        if (!found.has(exact)) found.set(exact, row.to);
      }
    }
  }
  return found;
}
