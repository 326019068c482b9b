import { fillsCustomField } from '../model/entity-table.ts';
import type { NewField } from '../model/mapping.ts';
import type { Question } from '../model/question.ts';
import type { TargetCatalog } from '../model/target.ts';
import { sourcesOf } from './field-index.ts';
import type { EntityProposal } from './proposal.ts';
import type { FieldLimits, ProposedField } from './proposal-template.ts';

/** Asks what to do when the plan has no room for all new fields (DOC-20, DEC-18); null when they fit or nobody knows. */
export function capQuestion(
  newFields: readonly NewField[],
  limits: FieldLimits | null,
  target: TargetCatalog | null,
): { readonly question: Question; readonly tooMany: number } | null {
  if (limits?.customFields == null) return null;
  const wanted = newFields.filter((field) => !isThere(field, target)).length;
  const room = Math.max(0, limits.customFields - (limits.customFieldsUsed ?? 0));
  const tooMany = wanted - room;
  if (tooMany <= 0) return null;
  return { tooMany, question: question(limits, wanted, room, tooMany) };
}

function isThere(field: NewField, target: TargetCatalog | null): boolean {
  return target?.entities[field.entity].some(({ name }) => name === `custom.${field.name}`) ?? false;
}

function question(limits: FieldLimits, wanted: number, room: number, tooMany: number): Question {
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
        consequence: `The ${tooMany} new fields with the fewest values are left out and listed.`,
        default: false,
      },
    ],
    blocks: 'configuration',
  };
}

/** The new fields with the fewest values. */
export function leastFilled(whole: EntityProposal, count: number): readonly NewField[] {
  const filled = new Map(whole.newFields.map((field) => [field, valuesOf(field, whole)]));
  return whole.newFields.toSorted((a, b) => (filled.get(a) ?? 0) - (filled.get(b) ?? 0)).slice(0, count);
}

function valuesOf(field: NewField, whole: EntityProposal): number {
  const counts = whole.entities.flatMap(({ from, rows }) =>
    rows
      .filter((row) => fillsCustomField(row.to, field))
      .flatMap(sourcesOf)
      .map((source) => filledOf(whole.fields, from, source)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function filledOf(fields: readonly ProposedField[], entity: string, source: string): number {
  return fields.find((field) => field.entity === entity && field.source === source)?.filled ?? 0;
}
