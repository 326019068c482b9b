import type { SourceConnector } from '../../../model/source.ts';
import { Account, type ReadSettings } from './account.ts';
import { readAutomations } from './automations.ts';
import { openBinary } from './binary.ts';
import { readChanges } from './changes.ts';
import { describeAccount } from './describe.ts';
import type { ODataCatalog } from './odata-catalog.ts';
import type { WebApi } from './web-api.ts';

/** A source behind an OData Web API with metadata. `service` is closed with it. */
export function odataSource(service: WebApi, catalog: ODataCatalog, settings: ReadSettings): SourceConnector {
  const account = new Account(service, catalog, settings);
  return {
    system: catalog.system,
    capabilities: {
      exactCounts: true,
      modifiedSince: true,
      deletions: true,
      binaries: true,
      automations: true,
    },
    check: (signal) => check(account, signal),
    describe: (signal) => describeAccount(account, signal),
    async *read(entity, from, signal) {
      yield* account.pages(await account.table(entity, signal), from, signal);
    },
    automations: (signal) => readAutomations(service, catalog, signal),
    async *changes(entity, since, signal) {
      yield* readChanges(account, await account.table(entity, signal), since, signal);
    },
    binary: (ref, signal) => openBinary(account, ref, signal),
    close: () => account.close(),
  };
}

/** Proves the sign-in and the right to read the metadata. */
async function check(
  { service, settings }: Account,
  signal: AbortSignal,
): Promise<{ readonly account: string; readonly lines: readonly string[] }> {
  const what = 'asking who is signed in';
  const me = await service.get({ path: 'WhoAmI', what }, signal);
  const user = await service.ask(
    { path: `systemusers(${String(me.UserId)})?$select=fullname`, what },
    signal,
  );
  const list = await service.ask({ path: 'organizations?$select=name,languagecode', what }, signal);
  const version = await service.ask({ path: 'RetrieveVersion', what }, signal);
  const organization = list.ok ? service.pageOf(what, list.json).rows[0] : undefined;
  const name = typeof organization?.name === 'string' ? organization.name : '';
  const tables = await service.page(
    { path: 'EntityDefinitions?$select=LogicalName', what: 'reading the list of tables' },
    signal,
  );
  return {
    account: name === '' ? service.address : `${name} (${service.address})`,
    lines: [
      `Signed in as ${user.ok ? String(user.json.fullname ?? me.UserId) : String(me.UserId)}`,
      ...(version.ok ? [`Version ${String(version.json.Version ?? 'not told')}`] : []),
      `${tables.rows.length} tables in the metadata`,
      `Labels in language ${String(settings.language ?? organization?.languagecode ?? 'of the user')}`,
    ],
  };
}
