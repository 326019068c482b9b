import type { Policies } from '../../packages/landfall/src/model/policy.ts';
import type { Decision, Question } from '../../packages/landfall/src/model/question.ts';
import type { Store } from '../../packages/landfall/src/model/store.ts';

/** Policies as people write them anew when it is too late: whatever the plan was made by is the other way round (F25). */
export function otherPolicies(policies: Policies): Policies {
  const other = (choice: 'placeholder' | 'leave' | 'review') =>
    choice === 'placeholder' ? 'leave' : 'placeholder';
  return {
    ...policies,
    unlinkedDeals: other(policies.unlinkedDeals),
    contactsWithoutCompany: other(policies.contactsWithoutCompany),
    duplicates: policies.duplicates === 'merge' ? 'keep' : 'merge',
    existing: policies.existing === 'create' ? 'skip' : 'create',
  };
}

/** Changes every answer to another choice, or withdraws it where there is none: as `answer` does it, beside a run (F25). */
export async function changeAnswers(store: Store): Promise<void> {
  const questions = new Map((await store.questions()).map((question) => [question.id, question]));
  const decisions = await store.decisions();
  await store.write(null, async (writer) => {
    await writer.putDecisions(decisions.flatMap((one) => changed(one, questions.get(one.id))));
    await writer.appendAudit([{ kind: 'decision', body: { changed: decisions.length } }]);
  });
}

function changed(decision: Decision, question: Question | undefined): readonly Decision[] {
  const other = question?.choices.find((choice) => choice.id !== decision.choice);
  return other === undefined ? [] : [{ ...decision, choice: other.id }];
}
