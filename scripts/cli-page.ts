import type { createProgram } from '../packages/landfall/src/cli/main.ts';
import { documentNames } from '../packages/landfall/src/documents/documents.ts';
import { page, type ReferencePage, table } from './reference-page.ts';

type Command = ReturnType<typeof createProgram>;
type Option = Command['options'][number];

/** The page of all commands, from the program that `landfall` runs, in the order of its help. */
export function cliPage(program: Command): ReferencePage {
  const help = program.createHelp();
  const shown = help.visibleCommands(program).filter((command) => command.name() !== 'help');
  const coming = program.commands
    .filter((command) => !shown.includes(command))
    .map((command) => command.name());
  const everywhere = new Set(program.options.map(({ flags }) => flags));
  return page(
    'cli',
    'The command line',
    `\`landfall <command> [options]\` ${program.description()}. In a clone: \`npx landfall\`. Exit codes and error codes are in [errors](errors.md).`,
    table(['option of every command', 'is'], program.options.map(optionRow)),
    table(
      ['command', 'does'],
      shown.map((command) => [`[${command.name()}](#${command.name()})`, command.description()]),
    ),
    `Part of the contract and not built yet, so each says so and ends with exit code 2: ${coming.map((name) => `\`${name}\``).join(', ')}.`,
    `Documents that \`report\` knows, written to \`reports/\`: ${documentNames.map((name) => `\`${name}\``).join(', ')}.`,
    ...shown.map((command) => section(command, help.commandUsage(command), everywhere)),
  );
}

function section(command: Command, usage: string, everywhere: ReadonlySet<string>): string {
  const options = command.options.filter(({ flags }) => !everywhere.has(flags));
  return [
    `## ${command.name()}`,
    `\`${usage}\``,
    `${sentence(command.description())}.`,
    ...(options.length === 0 ? [] : [table(['option', 'is'], options.map(optionRow))]),
  ].join('\n\n');
}

function optionRow({ flags, description, mandatory, defaultValue }: Option): readonly string[] {
  const needed = mandatory ? ' (needed)' : '';
  const usual = defaultValue === undefined ? '' : `. Default: ${defaultValue}`;
  return [`\`${flags}\`${needed}`, `${description}${usual}`];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
