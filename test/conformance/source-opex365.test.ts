import { type DataverseOptions, serveDataverse } from '../../packages/emulators/src/dataverse/emulator.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { type OpenedSource, sourceSuite } from './source.ts';

/** A clock that does not wait: what is tried again is tried at once. */
function impatientPorts() {
  const ports = systemPorts();
  return { ...ports, clock: { ...ports.clock, sleep: () => Promise.resolve() } };
}

type Served = Awaited<ReturnType<typeof serveDataverse>>;

function connected(served: Served, secret: string): OpenedSource {
  const { clientId, tenantId } = served.oauth;
  const connector = createSource(
    {
      system: 'opex365',
      url: served.url,
      auth: { authority: served.url, tenant: tenantId, clientId, clientSecret: secret },
      limits: { tries: 3 },
    },
    impatientPorts(),
    testSurroundings(),
  );
  return { connector, close: async () => connector.close?.() };
}

/** A world of its own with a trouble in it, ended with the connection. */
async function troubled(options: DataverseOptions, faults: readonly object[] = []): Promise<OpenedSource> {
  const served = await serveDataverse({ records: 50, ...options });
  const { connector, close } = connected(served, served.oauth.clientSecret);
  served.emulator.control.faults({ rules: faults });
  return {
    connector,
    close: async () => {
      await close();
      await served.close();
    },
  };
}

sourceSuite('opex365, the sample organisation', async () => {
  const served = await serveDataverse({ world: 'sample' });
  const secret = served.oauth.clientSecret;
  process.once('exit', () => void served.close());
  return {
    make: async () => connected(served, secret),
    wrongCredentials: async () => connected(served, 'not-the-secret'),
    entities: { account: 40, contact: 80, lead: 24, opportunity: 30, activityparty: 262, new_project: 12 },
    secrets: [secret],
    files: { entity: 'activitymimeattachment', reference: 'body', size: 'filesize' },
    hostile: [
      {
        what: 'a proxy answers with HTML',
        make: () => troubled({}, [{ kind: 'status-502-html', path: '/api/data/v9.2/leads' }]),
        code: 'unavailable',
      },
      {
        what: 'JSON breaks off',
        make: () => troubled({}, [{ kind: 'malformed-json', path: '/api/data/v9.2/contacts' }]),
        code: 'unavailable',
      },
    ],
  };
});
