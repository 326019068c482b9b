import { type DinamikcrmOptions, serveDinamikcrm } from '../../packages/emulators/src/dinamikcrm/emulator.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { type OpenedSource, type SourceUnderTest, sourceSuite } from './source.ts';

/** A clock that does not wait: what is tried again is tried at once. */
function impatientPorts() {
  const ports = systemPorts();
  let aheadMs = 0;
  const sleep = (ms: number) => {
    aheadMs += ms;
    return Promise.resolve();
  };
  const { nowMs, monotonicMs } = ports.clock;
  return {
    ...ports,
    clock: { nowMs: () => nowMs() + aheadMs, monotonicMs: () => monotonicMs() + aheadMs, sleep },
  };
}

function connected(url: string, token: string): OpenedSource {
  const [apiKey, apiSecret] = token.split(':');
  const settings = { system: 'dinamikcrm', url, auth: { apiKey, apiSecret } };
  const connector = createSource(settings, impatientPorts(), testSurroundings());
  return { connector, close: async () => connector.close?.() };
}

/** A world of its own with a trouble in it, ended with the connection. */
async function troubled(options: DinamikcrmOptions, faults: readonly object[] = []): Promise<OpenedSource> {
  const served = await serveDinamikcrm({ records: 3_000, limits: 'off', ...options });
  const { connector, close } = connected(served.url, served.token);
  served.emulator.control.faults({ rules: faults });
  return {
    connector,
    close: async () => {
      await close();
      await served.close();
    },
  };
}

function subject(options: DinamikcrmOptions): () => Promise<SourceUnderTest> {
  return async () => {
    const served = await serveDinamikcrm({ limits: 'off', ...options });
    // the planted file whose bytes were lost is another test's
    served.emulator.control.seed({ erase: { attach: [5] } });
    process.once('exit', () => void served.close());
    return {
      make: async () => connected(served.url, served.token),
      wrongCredentials: async () => connected(served.url, 'wrong-key:wrong-secret'),
      entities: { company: 76, contact: 136, lead: 49, proposal: 98, invoice: 30, activity: 98 },
      secrets: served.token.split(':'),
      files: { entity: 'attach', reference: 'File', size: 'File Size' },
      hostile: hostile(options),
    };
  };
}

function hostile({ switches }: DinamikcrmOptions): SourceUnderTest['hostile'] & object {
  const path = switches?.moduleApi === false ? '/api/Contact/GetList' : '/api/modules/contact/records';
  const troubles = [
    {
      what: 'a proxy answers with HTML',
      make: () => troubled({ switches: switches ?? {} }, [{ kind: 'status-502-html', path }]),
      code: 'unavailable',
    },
    {
      what: 'JSON breaks off',
      make: () => troubled({ switches: switches ?? {} }, [{ kind: 'malformed-json', path }]),
      code: 'unavailable',
    },
    {
      what: 'an error comes with status 200, or 500',
      make: () => troubled({ switches: switches ?? {} }, [{ kind: 'status-500', path }]),
      code: 'unavailable',
    },
  ] as const;
  if (switches?.moduleApi === false) return troubles;
  return [
    ...troubles,
    {
      what: 'a sign-in page comes with status 200',
      make: () => troubled({ switches: { pages: 'html' } }),
      code: 'unavailable',
    },
  ];
}

sourceSuite('dinamikcrm, by its module API', subject({}));

sourceSuite('dinamikcrm, by its tables', async () => {
  const tables = await subject({ switches: { moduleApi: false } })();
  return { ...tables, skips: { binary: 'the tables have no route for files' } };
});
