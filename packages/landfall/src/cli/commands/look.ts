import type { Command } from 'commander';
import { checkBoth } from '../../migration/check.ts';
import { writeReport } from '../../migration/reports.ts';
import { statusOf } from '../../migration/status.ts';
import { whyOf } from '../../migration/why.ts';
import { runCommand, withSession } from '../runtime.ts';
import { checkText, statusText, storyText } from '../texts.ts';

/** Adds the commands that only look: `check`, `status`, `why`, `report`. */
export function addLookCommands(program: Command): void {
  program
    .command('check')
    .description('proves both credentials and rights; prints plan, seats, budget, caps')
    .action((_options: unknown, command: Command) =>
      runCommand(command, (runtime) =>
        withSession(runtime, async (session) => {
          const found = await checkBoth(session);
          runtime.output.result(found, () => checkText(found));
          return 0;
        }),
      ),
    );
  program
    .command('status')
    .description('where the migration stands: phase, gates, ledger, budget, what waits')
    .action((_options: unknown, command: Command) =>
      runCommand(command, (runtime) =>
        withSession(runtime, async (session) => {
          const status = await statusOf(session);
          runtime.output.result(status, () => statusText(status));
          return 0;
        }),
      ),
    );
  program
    .command('why <entity> <id> [field]')
    .description('the way of a value: source record and field, rule, request, read-back')
    .action((entity: string, id: string, field: string | undefined, _options: unknown, command: Command) =>
      runCommand(command, (runtime) =>
        withSession(runtime, async (session) => {
          const story = await whyOf(session, entity, id, field ?? null);
          runtime.output.result(story, () => storyText(story));
          return 0;
        }),
      ),
    );
  program
    .command('report [name]')
    .description('writes the documents again, or one of them')
    .action((name: string | undefined, _options: unknown, command: Command) =>
      runCommand(command, (runtime) =>
        withSession(runtime, async (session) => {
          const files = await writeReport(session, name ?? null);
          runtime.output.result(files, () => files.join('\n'));
          return 0;
        }),
      ),
    );
}
