import type { Choice, Question } from '../model/question.ts';
import type { SourceEntity } from '../model/source.ts';
import { type Holder, noteLinks } from './nearest-parent.ts';
import { questionId } from './question-id.ts';

/** The ways of records that no rule knows and that lead to records which move. */
export type FlatWay = 'fields' | 'notes' | 'leave' | 'own-rules';

/** What a question about such records must tell. */
export interface FlatChoice {
  readonly entity: SourceEntity;
  /** What takes the values. */
  readonly holder: Holder;
  readonly usual: FlatWay;
  /** Why this holder, and how many records there are for one. */
  readonly why: string;
  /** They say only which records belong together (O-26(b)). */
  readonly isRelation: boolean;
  /** Ids that are unique: their values can be gathered. */
  readonly canGather: boolean;
}

/** Asks what becomes of such records, one question for all of their fields (D-27(c), O-26(a), DISC-06). */
export function customEntityQuestion(flat: FlatChoice): Question {
  const { entity, why } = flat;
  const records = entity.count.value;
  return {
    id: questionId('custom-entity', entity.name),
    kind: 'custom-entity',
    subject: entity.name,
    question: `What becomes of the ${records} records of ${entity.label}? ${why}.`,
    records: [],
    recordCount: records,
    choices: choicesOf(flat),
    blocks: 'mapping',
  };
}

function choicesOf({ entity, holder, usual, isRelation, canGather }: FlatChoice): Choice[] {
  const choice = (id: FlatWay, label: string, consequence: string): Choice => ({
    id,
    label,
    consequence,
    default: id === usual,
  });
  const fields = isRelation
    ? `The ids of the other records stand in one field of the ${holder}, with | between them, and their names in another.`
    : `Each becomes fields of its ${holder}; long texts and several options go to a note of it. Where several lead to one ${holder}, a field holds all their values.`;
  const notes = `Each becomes a note of its ${holder}, a labelled line for each field.`;
  return [
    ...(canGather ? [choice('fields', `Fields of the ${holder}`, fields)] : []),
    ...(isRelation || noteLinks[holder] === undefined
      ? []
      : [choice('notes', `Notes of the ${holder}`, notes)]),
    choice(
      'leave',
      'Leave them out',
      `All ${entity.count.value} are counted as excluded and listed in the scope document.`,
    ),
    choice(
      'own-rules',
      'I write rules for them',
      `Add an entity with "from: ${entity.name}" to mapping.yaml; until then they are counted as excluded.`,
    ),
  ];
}
