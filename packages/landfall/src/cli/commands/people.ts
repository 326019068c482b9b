import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { answer, answerDefaults } from '../../migration/answers.ts';
import { approve, openQuestions } from '../../migration/gates.ts';
import { MigrationError } from '../../model/error.ts';
import { type Runtime, runCommand, withSession } from '../runtime.ts';
import { questionText } from '../texts.ts';

/** Adds the commands by which people answer: `queue`, `decide`, `approve`. */
export function addPeopleCommands(program: Command): void {
  program
    .command('queue')
    .description('the open questions')
    .action((_options: unknown, command: Command) => runCommand(command, showQueue));
  program
    .command('decide [id] [choice]')
    .description('answers a question (the choice by its id)')
    .option('--value <text>', 'what the choice asks for')
    .option('--defaults', 'answers every open question that has a default with it')
    .option('--as <name>', 'who decides')
    .action((id: string | undefined, choice: string | undefined, options: DecideOptions, command: Command) =>
      runCommand(command, (runtime) => decide(runtime, id, choice, options)),
    );
  program
    .command('approve <gate>')
    .description(
      'approves what a gate stands for now: scope, mapping, configuration, owners, data, sample, plan, cutover',
    )
    .option('--as <name>', 'who approves')
    .action((gate: string, options: { as?: string }, command: Command) =>
      runCommand(command, (runtime) =>
        withSession(runtime, async (session) => {
          const given = await approve(session, gate, options.as ?? userInfo().username);
          runtime.output.result(
            given,
            () => `approved ${given.gate} (${given.hash.slice(0, 12)}) as ${given.by}`,
          );
          return 0;
        }),
      ),
    );
}

interface DecideOptions {
  readonly value?: string;
  readonly defaults?: boolean;
  readonly as?: string;
}

function showQueue(runtime: Runtime): Promise<number> {
  return withSession(runtime, async (session) => {
    const questions = (await openQuestions(session)).map(({ subject: _subject, ...question }) => ({
      ...question,
      default: question.choices.find((choice) => choice.default)?.id ?? null,
    }));
    runtime.output.result(questions, () =>
      questions.length === 0 ? 'no open questions' : questions.map(questionText).join('\n\n'),
    );
    return questions.length === 0 ? 0 : 3;
  });
}

function decide(
  runtime: Runtime,
  id: string | undefined,
  choice: string | undefined,
  options: DecideOptions,
): Promise<number> {
  if (options.defaults !== true && (id === undefined || choice === undefined)) {
    throw new MigrationError('usage', '`decide` needs the id of a question and a choice, or --defaults.', {
      hint: 'List the questions with `landfall queue`.',
    });
  }
  return withSession(runtime, async (session) => {
    const by = options.as ?? userInfo().username;
    const given =
      options.defaults === true
        ? await answerDefaults(session, by)
        : [await answer(session, { id: id ?? '', choice: choice ?? '', value: options.value, by })];
    runtime.output.result(given, () =>
      given
        .map((one) => `${one.id}: ${one.choice}${one.value === undefined ? '' : ` (${one.value})`}`)
        .join('\n'),
    );
    return 0;
  });
}
