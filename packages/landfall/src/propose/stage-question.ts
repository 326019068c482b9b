import type { Question } from '../model/question.ts';
import { questionId } from './question-id.ts';

/** A stage whose name says the deal is over, while some deals in it say that they are open. */
export interface ClosedStage {
  readonly pipeline: string;
  readonly stage: string;
  readonly outcome: 'won' | 'lost';
  readonly deals: number;
  readonly openDeals: number;
}

/** Asks which of the two to believe: the stage's name (default) or the deals' own status. */
export function closedStageQuestion(closed: ClosedStage): Question {
  const { pipeline, stage, outcome, deals, openDeals } = closed;
  return {
    id: questionId('stage', pipeline, stage),
    kind: 'stage',
    subject: stage,
    question: `${openDeals} of ${deals} deals in the stage "${stage}" of "${pipeline}" say that they are still open. Are they ${outcome}?`,
    records: [],
    recordCount: openDeals,
    choices: [
      {
        id: 'closed',
        label: `They are ${outcome}`,
        consequence: `All ${deals} deals are set to ${outcome}; "${stage}" becomes no stage.`,
        default: true,
      },
      {
        id: 'stage',
        label: 'It is a stage like the others',
        consequence: `A stage "${stage}" is made; each deal keeps the status it says.`,
        default: false,
      },
    ],
    blocks: 'mapping',
  };
}
