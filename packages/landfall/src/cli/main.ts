import { Command, CommanderError, Option } from 'commander';
import { exitCodeOf, MigrationError } from '../model/error.ts';
import { addJourneyCommands } from './commands/journey.ts';
import { addLookCommands } from './commands/look.ts';
import { addPeopleCommands } from './commands/people.ts';
import { addProposeCommand } from './commands/propose.ts';
import { addComingCommands, addStartCommands } from './commands/start.ts';
import { tellError } from './output.ts';

const wrongUsage = 2;

/** Runs the command line: `argv` as `process.argv`. Sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : wrongUsage;
    } else {
      tellError(error, argv.includes('--json'));
      process.exitCode = error instanceof MigrationError ? exitCodeOf(error) : 1;
    }
  }
}

/** The commands of the contract. */
export function createProgram(): Command {
  const program = new Command('landfall')
    .description(
      'moves a company from its CRM into Pipedrive, proves it field by field, and can take it back',
    )
    .option('-C <dir>', 'the workspace (default: this folder)')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no progress')
    .addOption(logLevel())
    .version('0.1.0')
    .showHelpAfterError('(landfall --help tells the commands)')
    .exitOverride();
  addStartCommands(program);
  addJourneyCommands(program);
  addPeopleCommands(program);
  addLookCommands(program);
  addProposeCommand(program);
  addComingCommands(program);
  for (const command of program.commands) withGlobalOptions(command);
  return program;
}

function logLevel(): Option {
  return new Option('--log-level <level>', 'how much people are told on stderr (quiet is --quiet)').choices([
    'quiet',
    'info',
  ]);
}

/** Global options may stand after the command too. */
function withGlobalOptions(command: Command): void {
  command
    .option('-C <dir>', 'the workspace')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no progress')
    .addOption(logLevel())
    .exitOverride();
}
