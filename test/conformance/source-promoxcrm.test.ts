import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PromoxcrmOptions, servePromoxcrm } from 'landfall-emulators/promoxcrm/emulator.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { type OpenedSource, sourceSuite } from './source.ts';
import { type Changed, half, signInPage, standBetween } from './stand-between.ts';

/** Waiting costs no time: neither side has limits here. */
function quickPorts() {
  let passedMs = 0;
  return systemPorts({
    clock: {
      nowMs: () => Date.UTC(2026, 10, 21, 9) + passedMs,
      monotonicMs: () => passedMs,
      sleep: (ms) => {
        passedMs += Math.max(0, ms);
        return Promise.resolve();
      },
    },
  });
}

type Served = Awaited<ReturnType<typeof servePromoxcrm>>;

/** An account of its own, which goes with the connection. */
async function hostile(options: PromoxcrmOptions): Promise<OpenedSource> {
  const served = await servePromoxcrm({ records: 300, limits: 'off', ...options });
  const { connector, close } = opened(served);
  return { connector, close: () => close().then(() => served.close()) };
}

/** An account whose second pages of clients are changed on their way. */
async function behind(change: (body: string) => Changed): Promise<OpenedSource> {
  const served = await servePromoxcrm({ records: 1_500, limits: 'off' });
  const between = await standBetween(served.url, (path, body) =>
    /\/clients\?.*\bpage=2\b/.test(path) && /per_page=\d\d/.test(path) ? change(body) : null,
  );
  const { connector, close } = opened({ ...served, url: between.url });
  return {
    connector,
    close: async () => {
      await close();
      await between.close();
      await served.close();
    },
  };
}

function opened(served: Served, token?: string): OpenedSource {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-source-'));
  const connector = createSource(
    {
      system: 'promoxcrm',
      url: served.url,
      auth: { token: token ?? served.token },
      probe: { spaceMs: 0 },
    },
    quickPorts(),
    testSurroundings(directory),
  );
  return {
    connector,
    close: async () => {
      await connector.close?.();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

sourceSuite('promoxcrm, the sample distributor over its API', async () => {
  const served = await servePromoxcrm({ records: 300, limits: 'off' });
  process.once('exit', () => void served.close());
  const counts = served.emulator.control.extra('counts') as Record<string, number>;
  const { token } = served;
  const names = ['clients', 'leads', 'projects', 'tasks', 'commissions', 'presentations'];
  return {
    make: async () => opened(served),
    wrongCredentials: async () => opened(served, 'pxc_wrong'),
    entities: Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])),
    secrets: [token],
    files: { entity: 'presentations', reference: 'File', size: 'size_bytes' },
    pages: {
      sound: () => hostile({}),
      repeating: { make: () => hostile({ switches: { unruly: 'repeating' } }), ends: 'whole' },
      missing: { make: () => hostile({ switches: { unruly: 'missing' } }), ends: 'answer-wrong' },
      unstable: { make: () => hostile({ switches: { unruly: 'unsorted' } }), ends: 'whole' },
      cyclic: { make: () => hostile({ switches: { unruly: 'cyclic', paging: 'cursor' } }), ends: 'whole' },
      html: { make: () => behind(() => signInPage), ends: 'unauthorized' },
      truncated: { make: () => behind(half), ends: 'unavailable' },
    },
    hostile: [
      {
        what: 'every path answers with the page to sign in at',
        make: () => hostile({ world: 'login-page' }),
        code: 'unauthorized',
      },
      { what: 'there is no API', make: () => hostile({ world: 'none' }), code: 'nothing-to-read' },
    ],
  };
});
