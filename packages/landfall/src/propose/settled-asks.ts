import type { Policies } from '../model/policy.ts';
import type { Question } from '../model/question.ts';
import { findEntity, findField } from './field-index.ts';
import type { ProposalInput } from './proposal.ts';
import type { TemplateAsk } from './proposal-template.ts';
import { questionId } from './question-id.ts';

/** What the pair leaves to a person, answered: by decisions, else as the policies or the pair say. */
export interface SettledAsks {
  /** With the answers to what a policy says otherwise. */
  readonly policies: Policies;
  /** What holds, by the name of the ask. */
  readonly answers: Readonly<Record<string, string>>;
  /** Those this source has the records for. */
  readonly questions: readonly Question[];
}

/** Settles what the template asks. Asks that this source has no records for are settled by their default, unasked. */
export function settleAsks({ template, catalog, policies, decisions }: ProposalInput): SettledAsks {
  const answers: Record<string, string> = {};
  const decided: Record<string, string> = {};
  const questions: Question[] = [];
  for (const ask of template.asks ?? []) {
    const usual = usualAnswer(ask, policies);
    const records = ask.about.map(({ entity, filled }) => {
      const found = findEntity(catalog, entity);
      if (found === null || filled === undefined) return found?.count.value ?? 0;
      return findField(found, filled)?.filled ?? 0;
    });
    answers[ask.name] = usual;
    if (records.some((count) => count === 0)) continue;
    const question = questionOf(ask, usual, Math.max(...records));
    questions.push(question);
    const choice = decisions.find(({ id }) => id === question.id)?.choice;
    if (ask.choices.some(({ is }) => is === choice)) answers[ask.name] = choice ?? usual;
    if (ask.policy !== undefined) decided[ask.policy] = answers[ask.name] ?? usual;
  }
  return { policies: { ...policies, ...decided }, answers, questions };
}

function usualAnswer({ policy, choices }: TemplateAsk, policies: Policies): string {
  return policy === undefined ? (choices[0]?.is ?? '') : String(policies[policy]);
}

function questionOf(
  { name, question, choices, policy }: TemplateAsk,
  usual: string,
  records: number,
): Question {
  return {
    id: questionId('pair', name.replaceAll('-', ' ')),
    kind: 'pair',
    subject: policy ?? name,
    question,
    records: [],
    recordCount: records,
    choices: choices.map(({ is, label, consequence }) => ({
      id: is,
      label,
      consequence,
      default: is === usual,
    })),
    blocks: 'mapping',
  };
}
