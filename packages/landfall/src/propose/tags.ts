import type { EntityMapping, MappingRow, NewField } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import type { Decision, Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { questionId } from './question-id.ts';

/** What becomes of a tag field: labels as the template says, or a multiple-options field. */
export interface TagRoute {
  readonly as: 'labels' | 'field';
  readonly question: Question | null;
  readonly evidence: string;
}

/** Tags with no more values than this on most of the records sort records into groups. */
const segmentMaxValues = 12;
const segmentMinCoverage = 0.6;

/** Decides labels or field, and asks when the tags are used as segmentation (S-29(d), DEC-10, Q-08). */
export function routeTags(
  entity: SourceEntity,
  field: SourceField,
  policies: Policies,
  decisions: readonly Decision[],
): TagRoute {
  const segments = segmentation(entity, field);
  if (policies.tagsAs === 'field')
    return { as: 'field', question: null, evidence: 'tags become a field by policy' };
  if (policies.tagsAs === 'labels' && segments === null) {
    return { as: 'labels', question: null, evidence: 'tags become labels' };
  }
  const question = tagsQuestion(entity, field, segments ?? 'the policy asks for a review');
  const decision = decisions.find(({ id }) => id === question.id);
  if (decision?.choice === 'field' || decision?.choice === 'labels') {
    return { as: decision.choice, question, evidence: `decided by ${decision.by}` };
  }
  return { as: 'labels', question, evidence: segments ?? 'tags become labels until somebody decides' };
}

/** Why the tags look like a classification; null when they do not. */
function segmentation(entity: SourceEntity, field: SourceField): string | null {
  const grouped = field.values.filter(({ value }) => /^[\p{L}][\p{L}\p{N} ]{1,30}\s*[:=]\s*\S/u.test(value));
  const all = field.values.reduce((sum, { count }) => sum + count, 0);
  const inGroups = grouped.reduce((sum, { count }) => sum + count, 0);
  if (grouped.length > 1 && inGroups * 2 >= all) {
    return `tags name groups, such as "${grouped[0]?.value}"`;
  }
  const coverage = entity.count.value === 0 ? 0 : field.filled / entity.count.value;
  if (field.filled < 20 || field.distinct > segmentMaxValues || coverage < segmentMinCoverage) return null;
  return `${field.distinct} tags stand on ${Math.round(coverage * 100)} % of the records`;
}

function tagsQuestion(entity: SourceEntity, field: SourceField, because: string): Question {
  const samples = field.values.slice(0, 4).map(({ value }) => `"${value}"`);
  return {
    id: questionId('tags', entity.name, field.name),
    kind: 'tags',
    subject: `${entity.name}.${field.name}`,
    question: `Are the tags of ${entity.label} (${samples.join(', ')}) labels or a classification? ${because}.`,
    records: [],
    recordCount: field.filled,
    choices: [
      {
        id: 'labels',
        label: 'Labels',
        consequence: 'Each tag becomes a coloured label of the record.',
        default: true,
      },
      {
        id: 'field',
        label: 'A multiple-options field',
        consequence: `A field "${field.name}" is made with one option a tag; reports can group by it.`,
        default: false,
      },
    ],
    blocks: 'mapping',
  };
}

/** The rows of the mapping with the tag field going into a field of its own instead of labels. */
export function tagsIntoField(
  mapping: EntityMapping,
  isTagRow: (row: MappingRow) => boolean,
  field: SourceField,
): { readonly mapping: EntityMapping; readonly field: NewField | null } {
  const { to } = mapping;
  if ((to !== 'organization' && to !== 'person' && to !== 'deal') || !mapping.rows.some(isTagRow)) {
    return { mapping, field: null };
  }
  const rows = mapping.rows.map((row) =>
    isTagRow(row)
      ? { ...row, to: `${to}.custom.${field.name}`, why: 'tags are used as a classification' }
      : row,
  );
  const made: NewField = {
    entity: to,
    name: field.name,
    type: 'set',
    why: 'tags are used as a classification',
  };
  return { mapping: { ...mapping, rows }, field: made };
}
