import { join } from 'node:path';
import type { Policies } from '../model/policy.ts';
import { type RunningEmulator, startEmulator } from './emulator-process.ts';

/** Where a demo puts its company, and which one. */
export interface DemoPlace {
  readonly workspace: string;
  /** About how many records. */
  readonly records: number;
  readonly seed: number;
}

/** Somebody who gets a user in the emulated Pipedrive. */
export interface DemoUser {
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly admin: boolean;
}

/** A source that is ready to be read. */
export interface DemoSource {
  /** The `source` part of `landfall.yaml`. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Where it is, for people. */
  readonly at: string;
  /** The secrets that `source` names. */
  readonly environment: Readonly<Record<string, string>>;
  /** Left out: the source's own active owners, but for one. */
  readonly users?: readonly DemoUser[];
  stop(): void;
}

/** A demo: a made-up company in one system. */
export interface DemoRow {
  readonly title: string;
  /** Of the usual company. */
  readonly records: number;
  readonly policies: Partial<Policies>;
  start(place: DemoPlace): Promise<DemoSource>;
}

const turkish = { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' } as const;
const american = { timezone: 'America/New_York', country: 'US', currency: 'USD' } as const;

/** The demo of each system by its name in `landfall.yaml`; another demo is another row. */
export const demoSources: Readonly<Record<string, DemoRow>> = {
  'smart-crm-online': {
    title: 'Smart CRM Online',
    records: 8_200,
    policies: turkish,
    start: startSmartCrmOnline,
  },
  opex365: {
    title: 'OPEX 365',
    records: 20_000,
    policies: turkish,
    start: (place) =>
      startApi('opex365', 'dataverse', place, ({ url, oauth }: RunningEmulator<DataverseReached>) => ({
        source: {
          url,
          auth: {
            authority: url,
            tenant: oauth.tenantId,
            clientId: oauth.clientId,
            clientSecret: { env: 'LANDFALL_DEMO_SOURCE' },
          },
        },
        environment: { LANDFALL_DEMO_SOURCE: oauth.clientSecret },
      })),
  },
  results: {
    title: 'Results',
    records: 6_160,
    policies: american,
    start: startResults,
  },
  dinamikcrm: {
    title: 'DinamikCRM',
    records: 4_000,
    policies: turkish,
    start: (place) =>
      startApi('dinamikcrm', 'dinamikcrm', place, ({ url, token }: RunningEmulator) => {
        const [key = '', secret = ''] = token.split(':');
        return {
          source: {
            url,
            auth: { apiKey: { env: 'LANDFALL_DEMO_KEY' }, apiSecret: { env: 'LANDFALL_DEMO_SOURCE' } },
          },
          environment: { LANDFALL_DEMO_KEY: key, LANDFALL_DEMO_SOURCE: secret },
        };
      }),
  },
  promoxcrm: {
    title: 'PromoXcrm',
    records: 5_000,
    policies: american,
    start: (place) =>
      startApi('promoxcrm', 'promoxcrm', place, ({ url, token }: RunningEmulator) => ({
        source: { url, auth: { token: { env: 'LANDFALL_DEMO_SOURCE' } } },
        environment: { LANDFALL_DEMO_SOURCE: token },
      })),
  },
};

interface DataverseReached {
  readonly oauth: { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string };
}

async function startSmartCrmOnline({ workspace, records, seed }: DemoPlace): Promise<DemoSource> {
  const { writeSampleCompany } = await import('../../../../samples/smart-crm-online.ts');
  const { sampleUsers } = await import('../../../../samples/users.ts');
  const sizes = { companies: 400, contacts: 2_200, deals: 900, activities: 3_500, notes: 900, leads: 300 };
  const at = join(workspace, 'export');
  await writeSampleCompany(at, { seed, ...scaled(sizes, records) });
  return {
    source: { system: 'smart-crm-online', export: './export' },
    at,
    environment: {},
    users: sampleUsers,
    stop: () => {},
  };
}

const resultsSizes = {
  companies: 500,
  contacts: 1_500,
  deals: 700,
  activities: 1_800,
  notes: 250,
  products: 60,
  lines: 700,
  invoices: 250,
  workOrders: 120,
  documents: 80,
  photos: 200,
};

async function startResults({ workspace, records, seed }: DemoPlace): Promise<DemoSource> {
  const { writeResultsExport } = await import('../../../../samples/results.ts');
  const { sampleUsers } = await import('../../../../samples/users.ts');
  const at = join(workspace, 'export');
  await writeResultsExport(at, { seed, ...scaled(resultsSizes, records) });
  return {
    source: { system: 'results', export: './export', files: './export/field-service' },
    at,
    environment: {},
    users: sampleUsers,
    stop: () => {},
  };
}

/** The sizes of a company of about so many records, its parts as large as in the usual one. */
function scaled<Sizes extends Readonly<Record<string, number>>>(usual: Sizes, records: number): Sizes {
  const share = records / Object.values(usual).reduce((sum, size) => sum + size, 0);
  const entries = Object.entries(usual).map(([name, size]) => [name, Math.max(1, Math.round(size * share))]);
  return Object.fromEntries(entries) as Sizes;
}

/** A source with an API: its emulator runs beside us until the demo is over. */
async function startApi<Reached>(
  system: string,
  emulated: string,
  { records, seed }: DemoPlace,
  reach: (running: RunningEmulator<Reached>) => Pick<DemoSource, 'source' | 'environment'>,
): Promise<DemoSource> {
  const options = ['--seed', String(seed), '--records', String(records)];
  const running = await startEmulator<Reached>(emulated, options);
  const { source, environment } = reach(running);
  return {
    source: { system, ...source },
    at: `${running.url} (emulated)`,
    environment,
    stop: () => running.stop(),
  };
}
