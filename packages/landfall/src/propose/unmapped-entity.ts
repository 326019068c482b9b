import type { Question } from '../model/question.ts';
import type { SourceEntity } from '../model/source.ts';
import { questionId } from './question-id.ts';

/** Asks about records of a kind that no rule knows: leave them, or write rules first. */
export function unmappedEntityQuestion(entity: SourceEntity): Question {
  const records = entity.count.value;
  return {
    id: questionId('unmapped-entity', entity.name),
    kind: 'unmapped-entity',
    subject: entity.name,
    question: `There is no rule for the ${records} records of ${entity.label} (${entity.origin.join(', ')}). ${whereTheyLead(entity)}What happens to them?`,
    records: [],
    recordCount: records,
    choices: [
      {
        id: 'leave',
        label: 'Leave them out',
        consequence: `All ${records} are counted as excluded and listed in the scope document.`,
        default: true,
      },
      {
        id: 'own-rules',
        label: 'I write rules for them',
        consequence: `Add an entity with "from: ${entity.name}" to mapping.yaml; until then they are counted as excluded.`,
        default: false,
      },
    ],
    blocks: 'mapping',
  };
}

/** Records that lead on only to such as have no place of their own cannot hang on anything: which, and by which field. */
function whereTheyLead({ fields }: SourceEntity): string {
  const leads = fields.flatMap(({ name, filled, references }) =>
    filled > 0 && references !== undefined ? [`${references.join(' or ')} (by “${name}”)`] : [],
  );
  if (leads.length === 0) return 'They lead to no other records. ';
  return `They lead only to ${leads.join(' and ')}, and nothing there is a company, person or deal that moves: there is no record they could become fields or notes of. `;
}
