import type { SourceConnector } from '../../../model/source.ts';
import type { Account } from './account.ts';
import { readAutomations } from './automations.ts';
import { readChanges } from './changes.ts';
import { describeAccount } from './describe-account.ts';
import { readList } from './read-modules.ts';
import type { RestCatalog } from './rest-catalog.ts';

/**
 * A source behind a REST service of modules or of tables. `open` finds out which one it is, when it is first needed;
 * `close` ends its connections.
 */
export function moduleRestSource(
  catalog: RestCatalog,
  open: (signal: AbortSignal) => Promise<Account>,
  close: () => Promise<void>,
): SourceConnector {
  let opened: Promise<Account> | null = null;
  const account = (signal: AbortSignal): Promise<Account> => {
    opened ??= open(signal).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    system: catalog.system,
    capabilities: {
      exactCounts: true,
      modifiedSince: true,
      deletions: true,
      binaries: true,
      automations: true,
    },
    check: async (signal) => check(await account(signal), signal),
    describe: async (signal) => describeAccount(await account(signal), signal),
    async *read(entity, from, signal) {
      const found = await account(signal);
      yield* found.pages(await found.module(entity, signal), from, signal);
    },
    async *automations(signal) {
      yield* readAutomations(await account(signal), signal);
    },
    async binary(ref, signal) {
      return (await account(signal)).file(ref, signal);
    },
    async *changes(entity, since, signal) {
      const found = await account(signal);
      yield* readChanges(found, await found.module(entity, signal), since, signal);
    },
    close,
  };
}

/** Proves the keys and the right to list the modules. */
async function check(
  account: Account,
  signal: AbortSignal,
): Promise<{ readonly account: string; readonly lines: readonly string[] }> {
  const { client, service } = account;
  const modules = await readList(client, service.modules.path, 'listing its modules', signal);
  const active = modules.filter((row) => row[service.modules.members.active] === true).length;
  const { perSecond } = client.tally;
  return {
    account: client.address,
    lines: [
      `Read by its ${service.dialect.name}`,
      `${modules.length} modules, ${active} of them switched on`,
      `Its limits are not told; asked ${Math.round(perSecond * 10) / 10} times a second for now`,
    ],
  };
}
