import { must } from '../base/assert.ts';
import { MigrationError } from '../model/error.ts';
import { idOfKey } from '../model/key.ts';
import type { Decision, Question, QuestionKind } from '../model/question.ts';
import { placeholderKey } from '../phases/plan/draft-links.ts';
import { companiesNamed } from '../phases/plan/named-companies.ts';
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
 * Throws `decision-unknown` when there is no such question or choice, or when the choice asks for another value.
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
  if (choice.asksFor !== undefined) await demandValue(session, question, given.value ?? '');
  const [decision] = await keep(session, [given]);
  return must(decision, 'one answer makes one decision');
}

/** Questions whose choices ask for a company of the source. */
const aboutCompanies: ReadonlySet<QuestionKind> = new Set([
  'unlinked-deals',
  'unlinked-deal',
  'contacts-without-company',
  'contact-without-company',
]);

async function demandValue(session: Session, { kind }: Question, value: string): Promise<void> {
  if (kind === 'owner') await demandUser(session, value);
  else if (aboutCompanies.has(kind)) await demandCompany(session, value);
}

/** A name is only good when it is that of one company; an id goes before it. */
async function demandCompany(session: Session, named: string): Promise<void> {
  const mapping = must(await readValue(session.store, 'mapping'), 'questions come from a mapping');
  const found = await companiesNamed(session.store, mapping, named, shownCompanies);
  if (found.some((keys) => keys.length === 1)) return;
  const several = [...new Set(found.flat())];
  if (several.length > 0)
    throw new MigrationError('decision-unknown', `“${named}” fits several companies of the source.`, {
      hint: `Give the id of one: ${several.map(idOfKey).join(', ')}.`,
    });
  const drafts = await session.store.draftPage('organization', 0, shownCompanies);
  const known = drafts
    .filter(({ key }) => key !== placeholderKey)
    .map(({ key, title }) => `${idOfKey(key)} (${title})`);
  throw new MigrationError('decision-unknown', `“${named}” is no company of the source.`, {
    hint: `Give the id or the whole name of one that moves${known.length === 0 ? '' : `, such as ${known.join(', ')}`}.`,
  });
}

const shownCompanies = 5;

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
