import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataverseOptions, serveDataverse } from '../../packages/emulators/src/dataverse/emulator.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { type OpenedSource, sourceSuite } from './source.ts';
import { type Changed, half, signInPage, standBetween } from './stand-between.ts';

/** A clock that does not wait: what is tried again is tried at once. */
function impatientPorts() {
  const ports = systemPorts();
  return { ...ports, clock: { ...ports.clock, sleep: () => Promise.resolve() } };
}

const directory = mkdtempSync(join(tmpdir(), 'landfall-conformance-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

type Served = Awaited<ReturnType<typeof serveDataverse>>;

function connected(served: Served, secret: string, authority = served.url, pageRows?: number): OpenedSource {
  const { clientId, tenantId } = served.oauth;
  const connector = createSource(
    {
      system: 'opex365',
      url: served.url,
      auth: { authority, tenant: tenantId, clientId, clientSecret: secret },
      limits: { tries: 3, ...(pageRows === undefined ? {} : { pageRows }) },
    },
    impatientPorts(),
    testSurroundings(directory),
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

/** An organisation that is changed while it is looked at. */
async function edited() {
  const served = await serveDataverse({ records: 50 });
  const { connector, close } = connected(served, served.oauth.clientSecret);
  return {
    connector,
    edit: ({ changed, deleted }: { readonly changed: string; readonly deleted: string }) =>
      void served.emulator.control.seed({
        insert: { account: [{ name: 'New since' }] },
        update: { account: [{ accountid: changed, name: 'Changed since' }] },
        remove: { account: [deleted] },
      }),
    close: async () => {
      await close();
      await served.close();
    },
  };
}

interface Rows {
  readonly value: readonly object[];
  readonly '@odata.nextLink'?: string;
}

/** Contacts in small pages; their second page, and what is known of the first, decide what comes in its place. */
async function behind(
  change: (second: Rows, first: Rows, body: string) => Rows | Changed,
  leavesOut = false,
): Promise<OpenedSource> {
  const served = await serveDataverse({ records: 450 });
  let first: Rows | null = null;
  const between = await standBetween(served.url, (path, body) => {
    if (!path.startsWith('/api/data/v9.2/contacts?') || !body.includes('"value"')) return null;
    const rows = JSON.parse(body) as Rows;
    if (!path.includes('skiptoken')) {
      if (rows['@odata.nextLink'] !== undefined) first = rows;
      // a record is left out of each list, be it a part of the table or all of it
      return leavesOut && path.includes('orderby=contactid')
        ? { body: JSON.stringify({ ...rows, value: rows.value.slice(1) }) }
        : null;
    }
    if (first === null) return null;
    const changed = change(rows, first, body);
    return 'body' in changed ? changed : { body: JSON.stringify(changed) };
  });
  const { connector, close } = connected(
    { ...served, url: between.url },
    served.oauth.clientSecret,
    served.url,
    // tables of more than a few pages are counted before they are read
    leavesOut ? 8 : 20,
  );
  return {
    connector,
    close: async () => {
      await close();
      await between.close();
      await served.close();
    },
  };
}

sourceSuite('opex365, the sample organisation', async () => {
  const served = await serveDataverse({ world: 'sample' });
  const secret = served.oauth.clientSecret;
  process.once('exit', () => void served.close());
  return {
    make: async () => connected(served, secret, served.url, 60),
    wrongCredentials: async () => connected(served, 'not-the-secret'),
    entities: { account: 40, contact: 80, lead: 24, opportunity: 30, activityparty: 262, new_project: 12 },
    secrets: [secret],
    edits: { entity: 'account', make: edited },
    files: { entity: 'activitymimeattachment', reference: 'body', size: 'filesize' },
    pages: {
      only: ['contact'],
      sound: () => behind((second) => second),
      repeating: { make: () => behind((second, { value }) => ({ ...second, value })), ends: 'whole' },
      missing: {
        make: () => behind((second) => second, true),
        tells: 'count-differs',
      },
      unstable: {
        make: () =>
          behind((second, { value }) => ({
            ...second,
            value: [...value.slice(0, 1), ...second.value.slice(1)],
          })),
        ends: 'whole',
      },
      cyclic: {
        make: () =>
          behind((second, first) => ({ ...second, '@odata.nextLink': first['@odata.nextLink'] ?? '' })),
        ends: 'whole',
      },
      html: { make: () => behind(() => signInPage), ends: 'unavailable' },
      truncated: { make: () => behind((_second, _first, body) => half(body)), ends: 'unavailable' },
    },
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
