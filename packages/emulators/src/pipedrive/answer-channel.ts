import { channel } from 'node:diagnostics_channel';
import type { Answer, Call } from '../kit/exchange.ts';

/** A request that reached its operation, with what the emulated Pipedrive answered. */
export interface Answered {
  readonly call: Call;
  readonly answer: Answer;
}

/** Where every answer is told before a fault touches it. Nobody listens but tests of the contract. */
export const ANSWER_CHANNEL = 'landfall-emulators.pipedrive.answer';

const answers = channel(ANSWER_CHANNEL);

/** Tells an answer to whoever listens, and hands it on. */
export function told(call: Call, answer: Answer): Answer {
  if (answers.hasSubscribers) answers.publish({ call, answer } satisfies Answered);
  return answer;
}
