import type { EntityMapping, Gather, LeftOut, MappingRow, NewField } from '../model/mapping.ts';
import type { Decision, Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { besideReferences } from './field-beside.ts';
import { labelOf } from './field-label.ts';
import type { FieldNames } from './field-names.ts';
import { isSensitive, type Readings } from './field-readings.ts';
import { isUsualName } from './header-match.ts';
import type { Holder, Tie } from './nearest-parent.ts';
import type { EntityProposal, ProposalInput } from './proposal.ts';
import type { ProposedField } from './proposal-template.ts';
import { maskedSample } from './sensitive-values.ts';
import { whyItStays } from './staying-field.ts';

/** Records without rules that lead to records which move, and what a proposal must know to flatten them. */
export interface FlatEntity {
  readonly input: ProposalInput;
  readonly entity: SourceEntity;
  /** The nearest first. */
  readonly ties: readonly Tie[];
  readonly nearest: Tie;
  readonly holder: Holder;
  readonly question: Question;
  readonly decision: Decision | null;
  readonly readings: Readings;
  readonly names: FieldNames;
}

/** A row of the record above, for each thing it becomes. */
export interface RowAbove extends Omit<MappingRow, 'to'> {
  /** The custom field it fills. */
  readonly name: string;
}

/** What flattening adds to the mapping of the record above. */
export interface AddedAbove {
  readonly parent: string;
  readonly holders: readonly Holder[];
  readonly gather: Gather;
  readonly rows: readonly RowAbove[];
  /** A further draft of the record above for what no field takes. */
  readonly note: EntityMapping | null;
}

/** The proposal of flattened records, and what it needs of the record above. */
export interface Flattened {
  readonly own: EntityProposal;
  /** For each entity that the nearest reference leads to. */
  readonly above: readonly AddedAbove[];
}

/** Where one field goes, or why it stays. */
export interface FlatField {
  readonly field: SourceField;
  readonly target: string | null;
  readonly evidence: string;
  /** It stays behind: on the record. */
  readonly left: boolean;
}

/** Why a field stays behind whichever way its records go; null when it holds something for people. */
export function whyNotFlat(flat: FlatEntity, field: SourceField): string | null {
  const { entity, nearest, input } = flat;
  const name = besideReferences(entity, input.catalog).names.get(nearest.field);
  if (name === field) return `the ${flat.holder} itself has this name`;
  const stays = whyItStays(input, entity, field);
  if (stays !== null) return stays;
  if (isSensitive(field))
    return 'it looks sensitive: it stays where it is unless somebody writes a row for it';
  return isTime(field, 'updated') ? 'the destination keeps the time of the last change itself' : null;
}

/** Whether a date says when the record was made or changed. */
export function isTime(field: SourceField, what: 'created' | 'updated'): boolean {
  if (field.type !== 'date' && field.type !== 'dateTime') return false;
  return [field.standard ?? field.name, labelOf(field)].some((name) => isUsualName(name, what));
}

/** A field that stays behind. */
export function stays(field: SourceField, why: string): FlatField {
  return { field, target: null, evidence: why, left: true };
}

/** The proposal of an entity whose fields go these ways. */
export function flatProposal(
  flat: FlatEntity,
  fields: readonly FlatField[],
  made: { readonly entities: readonly EntityMapping[]; readonly newFields: readonly NewField[] },
): EntityProposal {
  const { entity, readings, question } = flat;
  const moved = new Set(fields.filter(({ target }) => target !== null).map(({ field }) => field));
  const dates = [...readings.dates].flatMap(([field, date]) =>
    moved.has(field) ? (date.question ?? []) : [],
  );
  const left: LeftOut[] = fields
    .filter((one) => one.left)
    .map(({ field, evidence }) => ({ entity: entity.name, field: field.name, why: evidence }));
  return {
    ...made,
    left,
    fields: fields.map((one) => lineOf(flat, one)),
    questions: [question, ...dates],
  };
}

function lineOf(
  { entity, decision }: FlatEntity,
  { field, target, evidence, left }: FlatField,
): ProposedField {
  const sensitive = isSensitive(field);
  const sure = decision !== null || target === null;
  return {
    entity: entity.name,
    source: field.name,
    target,
    confidence: left ? 0.9 : sure ? 1 : 0.7,
    band: left ? 'leave' : sure ? 'auto' : 'review',
    evidence,
    samples: sensitive ? field.samples.map(maskedSample) : field.samples,
    filled: field.filled,
    sensitive,
  };
}

/** Why a row is there, for the workbook. */
export function whyFlat({ entity, decision }: FlatEntity): string {
  return decision === null
    ? `of the table ${entity.label}`
    : `of the table ${entity.label}, decided by ${decision.by}`;
}

/** The mappings with what flattened records need of the record above them. */
export function withAbove(
  mappings: readonly EntityMapping[],
  { parent, holders, gather, rows, note }: AddedAbove,
): readonly EntityMapping[] {
  const takes = ({ from, part, to }: EntityMapping) =>
    from === parent && (part ?? '') === '' && holders.some((holder) => holder === to);
  const changed = mappings.map((mapping) => {
    if (rows.length === 0 || !takes(mapping)) return mapping;
    const filled = rows.map(({ name, ...row }) => ({ to: `${mapping.to}.custom.${name}`, ...row }));
    return { ...mapping, gather: [...(mapping.gather ?? []), gather], rows: [...mapping.rows, ...filled] };
  });
  if (note === null) return changed;
  const last = changed.findLastIndex(({ from }) => from === parent);
  return changed.toSpliced(last + 1, 0, note);
}
