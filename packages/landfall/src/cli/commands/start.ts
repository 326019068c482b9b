import type { Command } from 'commander';
import { initWorkspace } from '../../migration/init.ts';
import { MigrationError } from '../../model/error.ts';
import { demo } from '../demo.ts';
import type { EmulateOptions } from '../emulate.ts';
import { runCommand } from '../runtime.ts';

/** Adds the commands that begin something: `init`, `demo`, `emulate`. */
export function addStartCommands(program: Command): void {
  program
    .command('init <dir>')
    .description('a commented workspace for a source')
    .requiredOption('--from <system>', 'the CRM to leave')
    .action((dir: string, options: { from: string }, command: Command) =>
      runCommand(command, async (runtime) => {
        const files = initWorkspace(dir, options.from);
        runtime.output.result(
          { workspace: dir, files },
          () =>
            `${files.join('\n')}\nnow do what landfall.yaml says (addresses, secrets, exports), then: landfall -C ${/\s/.test(dir) ? `"${dir}"` : dir} advance --to plan`,
        );
        return 0;
      }),
    );
  program
    .command('demo [system]')
    .description('a whole migration of a sample company into an emulated Pipedrive, end to end')
    .option('--records <n>', 'about how many records', whole)
    .option('--keep <dir>', 'keep the workspace here')
    .option('--seed <n>', 'another sample company', whole)
    .action(
      (
        system: string | undefined,
        options: { records?: number; keep?: string; seed?: number },
        command: Command,
      ) =>
        runCommand(command, (runtime) => demo(runtime, { system: system ?? 'smart-crm-online', ...options })),
    );
  program
    .command('emulate <system>')
    .description('starts an emulator and prints how to reach it as one JSON line')
    .option('--port <n>', 'the port (default: a free one)', whole)
    .option('--plan <plan>', 'lite, growth, premium, ultimate', 'growth')
    .option('--seats <n>', 'seats of the account', whole, 10)
    .option('--seed <n>', 'decides tokens, field codes and generated worlds', whole, 1)
    .option('--world <name>', 'pipedrive: empty, lived-in; the others: sample, company, large, ...')
    .option('--records <n>', 'all but pipedrive: about how many records the world has', whole)
    .option('--state <file>', 'a file the state survives in')
    .option('--limits <on|off>', 'off: no budget and no burst windows', 'on')
    .option('--twin-of <url>', 'copies the fields, stages, users, plan and counts of this live account')
    .option('--twin-token-env <name>', 'the variable that holds its token', 'PIPEDRIVE_API_TOKEN')
    .option('--with-records', 'copies its records too, with their ids')
    .action((system: string, options: EmulateOptions, command: Command) =>
      runCommand(command, async (runtime) => {
        // as large as the rest of the program, and no other command needs it
        const { emulate } = await import('../emulate.ts');
        return emulate(runtime, system, options);
      }),
    );
}

/** Commands of the contract that this version does not have yet: each says so, and none pretends. */
export function addComingCommands(program: Command): void {
  const coming = ['sample', 'rehearse', 'delta', 'cutover', 'grade', 'estimate', 'serve', 'worker'];
  for (const name of coming) {
    program
      .command(name, { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .action((_options: unknown, command: Command) =>
        runCommand(command, () => {
          throw new MigrationError('not-built', `\`landfall ${name}\` is not part of this version yet.`);
        }),
      );
  }
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new MigrationError('usage', `“${text}” is not a whole number.`);
}
