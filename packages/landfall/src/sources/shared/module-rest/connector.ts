import type { Automation, SourceConnector } from '../../../model/source.ts';
import type { Account } from './account.ts';
import { describeAccount } from './describe-account.ts';
import { isObject, memberAt, plainText } from './member.ts';
import { filled, readList } from './read-modules.ts';
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
      yield* await automationsOf(await account(signal), signal);
    },
    async binary(ref, signal) {
      const { service, client } = await account(signal);
      const what = `opening the file ${ref}`;
      if (service.kind === 'tables') throw client.wrong(what, 'this way of reading hands out no files');
      return client.binary(filled(service.files, ref), what, signal);
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

/** The rules the account tells of, for the inventory: nothing of them is moved. */
async function automationsOf(
  { client, service, catalog }: Account,
  signal: AbortSignal,
): Promise<Automation[]> {
  if (service.kind === 'tables') return [];
  const { path, members } = service.automations;
  const heard = await client.ask(path, signal);
  if (heard.kind === 'gone' || heard.kind === 'forbidden') return [];
  if (heard.kind !== 'ok') throw client.error('reading its automation rules', heard);
  const rows = Array.isArray(heard.body) ? heard.body.filter(isObject) : [];
  return rows.map((row) => {
    const text = (name: keyof typeof members) => plainText(row[members[name]]);
    const state = row[members.active] === true ? '' : ' (switched off)';
    return {
      name: `${text('name')}${state}`,
      detected: false,
      evidence: `${text('kind')} of ${text('module')}: ${text('trigger')} -> ${text('action')}`,
      equivalent:
        plainText(memberAt(catalog.equivalents, text('kind'))) ||
        'An automation, if the destination has the trigger.',
    };
  });
}
