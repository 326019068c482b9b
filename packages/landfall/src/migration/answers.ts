import { must } from '../base/assert.ts';
import { MigrationError } from '../model/error.ts';
import type { Decision, Question } from '../model/question.ts';
import { activeUserNamed } from '../phases/plan/owners.ts';
import { readValue } from '../phases/values.ts';
import { openQuestions } from './gates.ts';
import { writeDecisions } from './record-file.ts';
import type { Session } from './session.ts';

/** An answer as it is given. */
export interface Answer {
  readonly id: string;
  readonly choice: string;
  readonly value: string | undefined;
  readonly by: string;
}

/**
 * Answers a question: into `decisions.yaml`, the store and the audit log.
 * Throws `decision-unknown` when there is no such question or choice, or when the choice asks for a value.
 */
export async function answer(session: Session, given: Answer): Promise<Decision> {
  const questions = await session.store.questions();
  const question = questions.find((one) => one.id === given.id);
  if (question === undefined) {
    throw new MigrationError(
      'decision-unknown',
      `There is no question “${given.id}”; ${questions.length} are known.`,
    );
  }
  const choice = question.choices.find((one) => one.id === given.choice);
  if (choice === undefined) {
    const known = question.choices.map((one) => one.id).join(', ');
    throw new MigrationError(
      'decision-unknown',
      `${given.id} has no choice “${given.choice}”; it has ${known}.`,
    );
  }
  if (choice.asksFor !== undefined && (given.value ?? '') === '') {
    throw new MigrationError(
      'decision-unknown',
      `${given.id} ${choice.id} needs --value: ${choice.asksFor}.`,
    );
  }
  if (question.kind === 'owner' && choice.id === 'map') await demandUser(session, given.value ?? '');
  const [decision] = await keep(session, [given]);
  return must(decision, 'one answer makes one decision');
}

async function demandUser(session: Session, named: string): Promise<void> {
  const users = (await readValue(session.store, 'target'))?.users ?? [];
  if (activeUserNamed(named, users) !== null) return;
  throw new MigrationError('decision-unknown', `“${named}” is no active user of the account.`, {
    hint: `Active users: ${users
      .filter((user) => user.active)
      .map((user) => user.email)
      .join(', ')}.`,
  });
}

/** Answers every open question by its default; those without one, or whose default asks for a value, stay open. */
export async function answerDefaults(session: Session, by: string): Promise<readonly Decision[]> {
  const given = (await openQuestions(session)).flatMap((question): Answer[] => {
    const choice = defaultOf(question);
    return choice === null ? [] : [{ id: question.id, choice, value: undefined, by }];
  });
  return keep(session, given);
}

function defaultOf(question: Question): string | null {
  const choice = question.choices.find((one) => one.default);
  return choice === undefined || choice.asksFor !== undefined ? null : choice.id;
}

async function keep(session: Session, answers: readonly Answer[]): Promise<readonly Decision[]> {
  const at = new Date(session.ports.clock.nowMs()).toISOString();
  const decisions = answers.map(
    ({ id, choice, value, by }): Decision => ({
      id,
      choice,
      by,
      at,
      ...(value === undefined ? {} : { value }),
    }),
  );
  if (decisions.length === 0) return [];
  writeDecisions(session.directory, decisions);
  await session.takeDecisions();
  const events = decisions.map((decision) => ({ kind: 'decision' as const, body: { ...decision } }));
  await session.store.write(null, (writer) => writer.appendAudit(events));
  return decisions;
}
