import { nameKey } from '../mapping/key.ts';
import type { EntityMapping } from '../model/mapping.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { conditionsOf, findField, sourcesOf } from './field-index.ts';
import type { ProposalInput } from './proposal.ts';
import type { ProposedField } from './proposal-template.ts';
import { ownId, whyItStays } from './staying-field.ts';

/** What a mapping does with one source field. */
export interface TemplateUse {
  /** The target fields its values go to. */
  readonly targets: readonly string[];
  /** It decides which rule a record follows. */
  readonly decides: boolean;
  /** What its record becomes, for the record's own id. */
  readonly owner: string | null;
}

/** Looks up where a field is read in the mappings of its entity. */
export function usesOf(
  entity: SourceEntity,
  field: SourceField,
  mappings: readonly EntityMapping[],
): TemplateUse {
  const reads = (name: string) => findField(entity, name) === field;
  const targets = mappings.flatMap(({ rows }) =>
    rows.filter((row) => sourcesOf(row).some(reads)).map(({ to }) => to),
  );
  const deciding = mappings.filter((mapping) =>
    conditionsOf(mapping.when).some(({ source }) => source !== undefined && reads(source)),
  );
  const decides = mappings.some(({ when, rows }) =>
    [...conditionsOf(when), ...rows.flatMap(({ onlyIf }) => conditionsOf(onlyIf))].some(
      ({ source }) => source !== undefined && reads(source),
    ),
  );
  return {
    targets: [...new Set([...targets, ...decidedTargets(deciding)])],
    decides,
    owner: mappings[0]?.to ?? null,
  };
}

/** Constants that differ between the rules a field chooses from are what the field says: `Type` becomes `activity.type`. */
function decidedTargets(mappings: readonly EntityMapping[]): readonly string[] {
  const constants = mappings.flatMap(({ rows }) => rows.filter(({ value }) => value !== undefined));
  const byTarget = Map.groupBy(constants, ({ to }) => to);
  return [...byTarget]
    .filter(([, rows]) => new Set(rows.map(({ value }) => value)).size > 1)
    .map(([to]) => to);
}

/** The line of a field that was not routed by a question: what the template does with it, or why it stays. */
export function templateLine(
  input: ProposalInput,
  entity: SourceEntity,
  field: SourceField,
  use: TemplateUse,
  doubt: { readonly open: boolean; readonly evidence: readonly string[] },
): Pick<ProposedField, 'target' | 'band' | 'confidence' | 'evidence'> {
  if (use.owner !== null && field === ownId(entity)) {
    const target = `${use.owner}.source_key`;
    return {
      target,
      band: 'auto',
      confidence: nameConfidence(field),
      evidence: 'the record’s own id: other records name it, and its marker carries it',
    };
  }
  const [first, ...others] = use.targets;
  if (first !== undefined) {
    const parts = [nameEvidence(field), ...doubt.evidence];
    if (others.length > 0) parts.push(`also goes to ${others.join(', ')}`);
    const confidence = doubt.open ? 0.6 : nameConfidence(field);
    return { target: first, band: doubt.open ? 'review' : 'auto', confidence, evidence: parts.join('; ') };
  }
  if (use.decides) {
    return {
      target: null,
      band: 'auto',
      confidence: nameConfidence(field),
      evidence: 'decides which rule a record follows',
    };
  }
  const why =
    whyItStays(input, entity, field) ??
    'the template has no rule for it: add a row to mapping.yaml to move it';
  return { target: null, band: 'leave', confidence: 0.9, evidence: why };
}

function sameName(field: SourceField): boolean {
  return field.standard !== null && nameKey(field.standard) === nameKey(field.name);
}

function nameConfidence(field: SourceField): number {
  if (field.standard === null) return 0.8;
  return sameName(field) ? 0.99 : 0.93;
}

function nameEvidence(field: SourceField): string {
  if (field.standard === null) return 'named in the template';
  return sameName(field)
    ? `the standard field ${field.standard}`
    : `"${field.name}" is the standard field ${field.standard}`;
}
