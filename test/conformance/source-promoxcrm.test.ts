import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PromoxcrmOptions, servePromoxcrm } from 'landfall-emulators/promoxcrm/emulator.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { type OpenedSource, sourceSuite } from './source.ts';

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
    hostile: [
      {
        what: 'every path answers with the page to sign in at',
        make: () => hostile({ world: 'login-page' }),
        code: 'unauthorized',
      },
      { what: 'there is no API', make: () => hostile({ world: 'none' }), code: 'nothing-to-read' },
      {
        what: 'pages leave records out',
        make: () => hostile({ switches: { unruly: 'missing' } }),
        code: 'answer-wrong',
      },
    ],
  };
});
