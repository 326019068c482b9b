import { z } from 'zod';
import type { Ports } from '../../base/ports.ts';
import type { SourceConnector } from '../../model/source.ts';
import type { Address } from '../../wire/address.ts';
import { Account } from '../shared/module-rest/account.ts';
import { moduleRestSource } from '../shared/module-rest/connector.ts';
import type { RestDialect } from '../shared/module-rest/dialect.ts';
import type { RestService } from '../shared/module-rest/rest-catalog.ts';
import { RestClient } from '../shared/module-rest/rest-client.ts';
import { addressSetting, parseSettings, secretSetting } from '../shared/settings.ts';
import type { Keep, SourceSurroundings } from '../surroundings.ts';
import { dinamikcrm } from './catalog.ts';
import { moduleService, openDialect, tableService } from './quirks.ts';

/** What a web server of files allows says nothing about the API. */
const unlearned: Keep = { read: () => null, write: () => undefined };

const shape = z.strictObject({
  system: z.string(),
  url: z.string().min(1),
  auth: z.strictObject({ apiKey: secretSetting, apiSecret: secretSetting }),
  /** `auto`: the module API when the account has it, else the tables. */
  dialect: z.enum(['auto', 'modules', 'tables']).default('auto'),
  /** The tenant, where tables hold the rows of several. */
  group: z.union([z.string().min(1), z.int()]).optional(),
  /** Tables of modules that nobody knows, by the module's name in either language: where there are tables only. */
  tables: z.record(z.string(), z.string().min(1)).default({}),
  /** The address below which the paths of files lie: where there are tables only. No keys are sent there. */
  files: z.string().min(1).optional(),
});

/**
 * DinamikCRM through whichever of its APIs answers (D-02, D-09). `config` is the `source` part of `landfall.yaml`:
 * `{ system, url, auth: { apiKey, apiSecret }, dialect?, group?, tables?, files? }`.
 * Throws `configuration-wrong` with every fault of it, `secret-missing` for a key that is not there.
 */
export function dinamikcrmSource(
  config: unknown,
  ports: Ports,
  surroundings: SourceSurroundings,
): SourceConnector {
  const settings = parseSettings(shape, config);
  const { origin, basePath } = addressSetting(settings.url, 'source.url');
  const secrets = {
    apiKey: surroundings.secret(settings.auth.apiKey, 'source.auth.apiKey'),
    apiSecret: surroundings.secret(settings.auth.apiSecret, 'source.auth.apiSecret'),
  };
  const { keep } = surroundings;
  const clients: RestClient[] = [];
  const clientAt = (address: Address, dialect: RestDialect, learned: Keep) => {
    const parts = { ...address, dialect, secrets, ports, keep: learned, label: dinamikcrm.label };
    const client = new RestClient(parts);
    clients.push(client);
    return client;
  };
  const clientOf = ({ dialect }: RestService) =>
    clientAt({ origin, basePath: basePath.replace(/\/api$/, '') }, dialect, keep);
  const files = settings.files === undefined ? null : addressSetting(settings.files, 'source.files');
  const accountOf = (service: RestService, client: RestClient) => {
    const tenant = settings.group === undefined ? null : String(settings.group);
    return new Account(client, service, dinamikcrm, tenant, {
      named: settings.tables,
      ...(files === null ? {} : { files: { ...files, client: clientAt(files, openDialect, unlearned) } }),
    });
  };
  return moduleRestSource(
    dinamikcrm,
    async (signal) => {
      if (settings.dialect === 'tables') return accountOf(tableService, clientOf(tableService));
      const client = clientOf(moduleService);
      if (settings.dialect === 'auto') {
        const heard = await client.ask(moduleService.modules.path, signal);
        if (heard.kind === 'gone') return accountOf(tableService, clientOf(tableService));
        if (heard.kind !== 'ok') throw client.error('asking which of its APIs it has', heard);
      }
      return accountOf(moduleService, client);
    },
    async () => void (await Promise.all(clients.map((client) => client.close()))),
  );
}
