import type { Command } from 'commander';
import { proposeTable } from '../../migration/propose-table.ts';
import { runCommand } from '../runtime.ts';
import { table } from '../table.ts';

/** Adds `propose`: where the columns of one file would go, without a workspace. */
export function addProposeCommand(program: Command): void {
  program
    .command('propose <file>')
    .description('the same as map for one table, without a workspace')
    .requiredOption('--entity <entity>', 'what the rows are: person, organization, deal, activity, note, ...')
    .action((file: string, options: { entity: string }, command: Command) =>
      runCommand(command, async (runtime) => {
        const proposal = await proposeTable(file, options.entity, runtime.signal);
        const rows = proposal.fields.map((one) => [
          one.source,
          one.target ?? '-',
          one.confidence.toFixed(2),
          one.band,
          one.evidence.slice(0, 70),
        ]);
        runtime.output.result(
          proposal,
          () =>
            `${proposal.table.rows} rows\n${table(['column', 'goes to', 'confidence', 'band', 'because'], rows)}`,
        );
        return 0;
      }),
    );
}
