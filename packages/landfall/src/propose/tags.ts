import type { EntityMapping, MappingRow, NewField } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import type { Decision, Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import type { TargetEntity } from '../model/target.ts';
import { questionId } from './question-id.ts';

/** What becomes of a tag field: labels as the template says, a multiple-options field, or one for each group beside labels. */
export interface TagRoute {
  readonly as: 'labels' | 'field' | 'groups';
  /** The fields that hold the tags of one group each, where the source knows groups. */
  readonly groups: readonly SourceField[];
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
  const groups = groupsOf(entity, field);
  const segments = groups.length > 0 ? inGroups(field, groups) : segmentation(entity, field);
  if (policies.tagsAs === 'field')
    return { as: 'field', groups, question: null, evidence: 'tags become a field by policy' };
  if (policies.tagsAs === 'labels' && segments === null) {
    return { as: 'labels', groups, question: null, evidence: 'tags become labels' };
  }
  const question = tagsQuestion(entity, field, groups, segments ?? 'the policy asks for a review');
  const decision = decisions.find(({ id }) => id === question.id);
  const as = question.choices.find(({ id }) => id === decision?.choice)?.id as TagRoute['as'] | undefined;
  if (as !== undefined) return { as, groups, question, evidence: `decided by ${decision?.by}` };
  return {
    as: 'labels',
    groups,
    question,
    evidence: segments ?? 'tags become labels until somebody decides',
  };
}

/** Fields that hold the tags of one group each: named as the tags with the group behind a colon (D-31(b)). */
function groupsOf({ fields }: SourceEntity, field: SourceField): readonly SourceField[] {
  return fields.filter(({ name, filled }) => filled > 0 && name.startsWith(`${field.name}: `));
}

function groupName(field: SourceField, group: SourceField): string {
  return group.name.slice(field.name.length + 2);
}

function inGroups(field: SourceField, groups: readonly SourceField[]): string {
  const names = groups.map((group) => `"${groupName(field, group)}"`);
  return `the source keeps groups of them (${names.join(', ')}), and labels know none`;
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

function tagsQuestion(
  entity: SourceEntity,
  field: SourceField,
  groups: readonly SourceField[],
  because: string,
): Question {
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
      ...(groups.length === 0
        ? []
        : [
            {
              id: 'groups',
              label: 'A field for each group, beside the labels',
              consequence: `All tags stay labels; ${groups.map(({ name }) => `"${name}"`).join(', ')} are fields with one option a tag.`,
              default: false,
            },
          ]),
    ],
    blocks: 'mapping',
  };
}

/** A mapping whose tags go otherwise, with the fields that are to be made for them: none when it has no tags. */
interface Retagged {
  readonly mapping: EntityMapping;
  readonly fields: readonly NewField[];
}

/** The rows of the mapping with the tag field going into a field of its own instead of labels. */
export function tagsIntoField(
  mapping: EntityMapping,
  isTagRow: (row: MappingRow) => boolean,
  { name }: SourceField,
): Retagged {
  const { to } = mapping;
  if (!hasTagFields(to) || !mapping.rows.some(isTagRow)) return { mapping, fields: [] };
  const why = 'tags are used as a classification';
  const rows = mapping.rows.map((row) => (isTagRow(row) ? { ...row, to: `${to}.custom.${name}`, why } : row));
  return { mapping: { ...mapping, rows }, fields: [{ entity: to, name, type: 'set', why }] };
}

/** The rows of the mapping with a field for each group of tags beside the labels. */
export function tagGroupsIntoFields(
  mapping: EntityMapping,
  isTagRow: (row: MappingRow) => boolean,
  groups: readonly SourceField[],
): Retagged {
  const { to } = mapping;
  const row = mapping.rows.find(isTagRow);
  if (!hasTagFields(to) || row === undefined) return { mapping, fields: [] };
  const why = 'tags of this group are a classification';
  const { whenEmpty: _none, ...tagRow } = row;
  const rows = groups.map(({ name }) => ({ ...tagRow, to: `${to}.custom.${name}`, from: name, why }));
  const fields = groups.map(({ name }): NewField => ({ entity: to, name, type: 'set', why }));
  return { mapping: { ...mapping, rows: [...mapping.rows, ...rows] }, fields };
}

function hasTagFields(to: TargetEntity): to is 'organization' | 'person' | 'deal' {
  return to === 'organization' || to === 'person' || to === 'deal';
}
