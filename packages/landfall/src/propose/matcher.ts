import type { SourceEntity, SourceField } from '../model/source.ts';
import type { TargetCatalog } from '../model/target.ts';
import { customTypeOf } from './custom-type.ts';
import { type HeaderMatch, matchHeader } from './header-match.ts';
import {
  conceptOfType,
  expectedTypes,
  landings,
  linkTo,
  type MatchEntity,
  namingConcepts,
  wordyConcepts,
} from './match-targets.ts';
import type { Concept } from './match-words.ts';
import type { Band, ProposedField } from './proposal-template.ts';
import { maskedSample, sensitivityOf } from './sensitive-values.ts';
import { fieldAt } from './target-chain.ts';

/** A table as profiled, and what it holds. */
export interface MatchInput {
  readonly entity: MatchEntity;
  readonly table: SourceEntity;
  /** The account's catalog, to look targets up; null: the usual fields are assumed. */
  readonly target: TargetCatalog | null;
}

/** From this confidence on a match is taken as it is; below `reviewFrom` it is not proposed. */
const autoFrom = 0.85;
const reviewFrom = 0.5;

interface Candidate {
  readonly field: SourceField;
  readonly target: string | null;
  readonly concept: Concept;
  readonly confidence: number;
  readonly evidence: string;
}

/**
 * Matches the columns of one table with target fields, by header (English, Turkish, German, Spanish, French) and by
 * values, each with evidence and confidence. Sensitive and empty columns are left; unknown ones become new fields.
 */
export function proposeFields(input: MatchInput): readonly ProposedField[] {
  const open = input.table.fields.filter((field) => field.filled > 0 && sensitivityOf(field) === null);
  const taken = assign(open.flatMap((field) => candidatesOf(input, field)));
  const whole = withStreet(taken);
  return input.table.fields.map((field) => lineOf(input, field, whole.get(field) ?? null));
}

/** The best candidate of each column, each target once where it holds one value. */
function assign(candidates: readonly Candidate[]): ReadonlyMap<SourceField, Candidate> {
  const taken = new Map<SourceField, Candidate>();
  const used = new Map<string, Candidate>();
  for (const candidate of candidates.toSorted((a, b) => b.confidence - a.confidence)) {
    if (taken.has(candidate.field)) continue;
    const { target } = candidate;
    const other = target === null ? undefined : used.get(target);
    if (other !== undefined && !mayShare(other, candidate)) continue;
    taken.set(candidate.field, candidate);
    if (target !== null) used.set(target, candidate);
  }
  return taken;
}

/** Beside columns for the city and the like, the address is the street. */
function withStreet(taken: ReadonlyMap<SourceField, Candidate>): ReadonlyMap<SourceField, Candidate> {
  const targets = [...taken.values()].map(({ target }) => target ?? '');
  const hasParts = targets.some((target) => target.startsWith('organization.address.'));
  const street = 'organization.address.street';
  if (!hasParts || targets.includes(street)) return taken;
  return new Map(
    [...taken].map(([field, one]) => [
      field,
      one.target === 'organization.address' ? { ...one, target: street } : one,
    ]),
  );
}

const nameParts: ReadonlySet<Concept> = new Set<Concept>(['firstName', 'middleName', 'lastName']);

/** A name in parts, or a link by id and by name: several columns, one target. */
function mayShare(first: Candidate, second: Candidate): boolean {
  if (first.concept === second.concept) return false;
  if (nameParts.has(first.concept) && nameParts.has(second.concept)) return true;
  return (
    /_id$/.test(first.target ?? '') && namingConcepts.has(first.concept) && namingConcepts.has(second.concept)
  );
}

function candidatesOf(input: MatchInput, field: SourceField): Candidate[] {
  const byHeader = matchHeader(field.name, input.entity).map((match) => candidate(input, field, match));
  const implied = conceptOfType[field.type];
  const known = byHeader.some((one) => one !== null && one.confidence >= reviewFrom);
  if (implied === undefined || known) return byHeader.filter((one) => one !== null);
  const match = {
    concept: implied,
    about: null,
    score: 0.75,
    evidence: `the values are ${field.type}s (${field.evidence})`,
  };
  return [...byHeader, candidate(input, field, match)].filter((one) => one !== null);
}

function candidate(input: MatchInput, field: SourceField, match: HeaderMatch): Candidate | null {
  const target = landingOf(input, field, match);
  if (target === undefined) return null;
  const values = agreement(match.concept, field);
  const confidence = Math.min(0.99, match.score * values.factor + values.bonus);
  if (confidence < reviewFrom) return null;
  const evidence = [match.evidence, values.evidence].filter((text) => text !== '').join('; ');
  return { field, target, concept: match.concept, confidence: Math.round(confidence * 100) / 100, evidence };
}

/** Where a match lands: a target, null for what is left out, undefined when this table has no place for it. */
function landingOf(
  input: MatchInput,
  field: SourceField,
  { concept, about }: HeaderMatch,
): string | null | undefined {
  const { entity, table, target } = input;
  if (about !== null && about !== entity) {
    const link = linkTo[entity][about];
    if (link !== undefined && namingConcepts.has(concept)) return link;
    const foreign = landings[about][concept];
    return foreign === undefined || !foreign.includes('.') || link === undefined ? undefined : foreign;
  }
  const landing = landings[entity][concept];
  if (landing === undefined)
    return entity === 'activity' || entity === 'note' ? undefined : customTarget(table, field);
  if (landing === 'custom') return customTarget(table, field);
  if (landing === 'leave') return null;
  if (landing === 'own')
    return field.distinct < Math.min(field.filled, 1_000) * 0.9 ? undefined : `${entity}.source_key`;
  const there = target === null || landing.endsWith('.pipeline_id') || fieldAt(target, landing) !== null;
  return there ? landing : customTarget(table, field);
}

function customTarget(table: SourceEntity, field: SourceField): string {
  return `custom:${customTypeOf(table, field, [], null).type}`;
}

/** What the values say to a concept: they agree, they have nothing to say, or they contradict. */
function agreement(
  concept: Concept,
  field: SourceField,
): { factor: number; bonus: number; evidence: string } {
  const expected = expectedTypes[concept];
  if (expected !== undefined) {
    if (expected.includes(field.type))
      return { factor: 0.9, bonus: 0.1, evidence: `the values agree: ${field.evidence}` };
    const silent = field.type === 'text' || field.type === 'id' || field.type === 'choice';
    const evidence = `the values are ${field.type}, not ${expected[0]}: ${field.evidence}`;
    return silent ? { factor: 0.7, bonus: 0, evidence } : { factor: 0.45, bonus: 0, evidence };
  }
  const odd = ['email', 'phone', 'date', 'dateTime', 'money', 'url', 'percent'].includes(field.type);
  if (wordyConcepts.has(concept) && odd) {
    return {
      factor: 0.5,
      bonus: 0,
      evidence: `the values are ${field.type}, which it should not hold: ${field.evidence}`,
    };
  }
  return { factor: 0.97, bonus: 0, evidence: '' };
}

function lineOf(input: MatchInput, field: SourceField, match: Candidate | null): ProposedField {
  const sensitive = sensitivityOf(field);
  const base = { entity: input.table.name, source: field.name, filled: field.filled };
  if (sensitive !== null) {
    const samples = field.samples.map(maskedSample);
    return {
      ...base,
      target: null,
      confidence: 0.95,
      band: 'leave',
      evidence: sensitive,
      samples,
      sensitive: true,
    };
  }
  const plain = { ...base, samples: field.samples, sensitive: false };
  if (field.filled === 0) {
    return { ...plain, target: null, confidence: 0.99, band: 'leave', evidence: 'the column is empty' };
  }
  if (match === null) return { ...plain, ...unknownLine(input, field) };
  if (match.target === null) {
    const evidence = `${match.evidence}; the destination keeps it itself`;
    return { ...plain, target: null, confidence: match.confidence, band: 'leave', evidence };
  }
  return {
    ...plain,
    target: match.target,
    confidence: match.confidence,
    band: bandOf(match),
    evidence: match.evidence,
  };
}

/** A new field is always looked at: making one is a person's decision (S-31(b)). */
function bandOf({ target, confidence }: Candidate): Band {
  return confidence >= autoFrom && !(target ?? '').startsWith('custom:') ? 'auto' : 'review';
}

function unknownLine(
  input: MatchInput,
  field: SourceField,
): Pick<ProposedField, 'target' | 'confidence' | 'band' | 'evidence'> {
  if (input.entity === 'activity' || input.entity === 'note') {
    const target = `${input.entity}.block.${field.name}`;
    return {
      target,
      confidence: 0.6,
      band: 'review',
      evidence: 'no target field is known for it; a labelled line keeps it',
    };
  }
  const type = customTypeOf(input.table, field, [], null);
  return {
    target: `custom:${type.type}`,
    confidence: 0.6,
    band: 'review',
    evidence: `no target field is known for it; ${type.because}`,
  };
}
