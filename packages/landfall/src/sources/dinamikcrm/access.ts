import { z } from 'zod';
import type { Ports } from '../../base/ports.ts';
import type { SourceConnector } from '../../model/source.ts';
import { Account } from '../shared/module-rest/account.ts';
import { moduleRestSource } from '../shared/module-rest/connector.ts';
import type { RestService } from '../shared/module-rest/rest-catalog.ts';
import { RestClient } from '../shared/module-rest/rest-client.ts';
import { addressSetting, parseSettings, secretSetting } from '../shared/settings.ts';
import type { SourceSurroundings } from '../surroundings.ts';
import { dinamikcrm } from './catalog.ts';
import { moduleService, tableService } from './quirks.ts';

const shape = z.strictObject({
  system: z.string(),
  url: z.string().min(1),
  auth: z.strictObject({ apiKey: secretSetting, apiSecret: secretSetting }),
  /** `auto`: the module API when the account has it, else the tables. */
  dialect: z.enum(['auto', 'modules', 'tables']).default('auto'),
  /** The tenant, where tables hold the rows of several. */
  group: z.union([z.string().min(1), z.int()]).optional(),
});

/**
 * DinamikCRM through whichever of its APIs answers (D-02, D-09). `config` is the `source` part of `landfall.yaml`:
 * `{ system, url, auth: { apiKey, apiSecret }, dialect?, group? }`.
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
  const clientOf = ({ dialect }: RestService) => {
    const parts = { origin, basePath: basePath.replace(/\/api$/, ''), dialect, secrets, ports, keep };
    const client = new RestClient({ ...parts, label: dinamikcrm.label });
    clients.push(client);
    return client;
  };
  const accountOf = (service: RestService, client: RestClient) =>
    new Account(client, service, dinamikcrm, settings.group === undefined ? null : String(settings.group));
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
