import { type DinamikcrmOptions, serveDinamikcrm } from '../../packages/emulators/src/dinamikcrm/emulator.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import type { HostileWorlds } from './hostile-pages.ts';
import { type OpenedSource, type SourceUnderTest, sourceSuite } from './source.ts';
import { type Changed, half, signInPage, standBetween } from './stand-between.ts';

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
  // where there are tables only, files lie open below their own address
  const settings = { system: 'dinamikcrm', url, auth: { apiKey, apiSecret }, files: url };
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

/** A small account behind a server that changes its answers. */
async function behind(
  options: DinamikcrmOptions,
  change: Parameters<typeof standBetween>[1],
): Promise<OpenedSource> {
  const served = await serveDinamikcrm({ records: 300, limits: 'off', ...options });
  const between = await standBetween(served.url, change);
  const { connector, close } = connected(between.url, served.token);
  return {
    connector,
    close: async () => {
      await close();
      await between.close();
      await served.close();
    },
  };
}

/** An account that is changed while it is looked at. */
async function edited(options: DinamikcrmOptions) {
  const served = await serveDinamikcrm({ records: 300, limits: 'off', ...options });
  const { connector, close } = connected(served.url, served.token);
  return {
    connector,
    edit: ({ changed, deleted }: { readonly changed: string; readonly deleted: string }) =>
      void served.emulator.control.seed({
        insert: { contact: [{ name: 'Yeni' }] },
        update: { contact: [{ id: Number(changed), name: 'Değişti' }] },
        remove: { contact: [Number(deleted)] },
      }),
    close: async () => {
      await close();
      await served.close();
    },
  };
}

const modulePages: HostileWorlds = {
  sound: () => troubled({}),
  repeating: { make: () => troubled({ switches: { pages: 'repeating' } }), ends: 'whole' },
  // a list of one page that lacks a record lacks it however it is cut
  missing: { make: () => troubled({ switches: { pages: 'missing' } }), ends: 'answer-wrong' },
  unstable: { make: () => troubled({ switches: { pages: 'unstable' } }), ends: 'whole' },
  cyclic: { make: () => troubled({ switches: { pages: 'endless' } }), ends: 'whole' },
  html: { make: () => troubled({ switches: { pages: 'html' } }), ends: 'unavailable' },
  truncated: { make: () => troubled({ switches: { pages: 'truncated' } }), ends: 'unavailable' },
};

const comesWhole = 'the tables have no pages: each comes whole, in one answer';
const contacts = (change: (body: string) => Changed) => () =>
  behind({ switches: { moduleApi: false } }, (path, body) =>
    path.startsWith('/api/Contact/GetList') ? change(body) : null,
  );

const tablePages: HostileWorlds = {
  sound: () => troubled({ records: 300, switches: { moduleApi: false } }),
  repeating: { none: comesWhole },
  missing: { none: comesWhole },
  unstable: { none: comesWhole },
  cyclic: { none: comesWhole },
  html: { make: contacts(() => signInPage), ends: 'unavailable' },
  truncated: { make: contacts(half), ends: 'unavailable' },
};

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
      pages: options.switches?.moduleApi === false ? tablePages : modulePages,
      edits: { entity: 'contact', make: () => edited(options) },
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
  return troubles;
}

sourceSuite('dinamikcrm, by its module API', subject({}));

sourceSuite('dinamikcrm, by its tables', async () => {
  return subject({ switches: { moduleApi: false, uploads: 'open' } })();
});
