import {
  type DinamikcrmOptions,
  type ServedDinamikcrm,
  serveDinamikcrm,
} from 'landfall-emulators/dinamikcrm/emulator.ts';
import { systemPorts } from '../../base/ports.ts';
import type { SourceConnector, SourceRecord } from '../../model/source.ts';
import { createSource } from '../registry.ts';
import { testSurroundings } from '../surroundings-fixture.ts';

const ends: (() => Promise<void>)[] = [];

/** Ends what a test file opened. */
export async function closeAll(): Promise<void> {
  for (const end of ends.splice(0)) await end();
}

const real = systemPorts();
let aheadMs = 0;
/** Sleeping costs nothing here: the clock of both sides goes ahead instead. */
export const ports = systemPorts({
  clock: {
    nowMs: () => real.clock.nowMs() + aheadMs,
    monotonicMs: () => real.clock.monotonicMs() + aheadMs,
    sleep: async (ms) => {
      aheadMs += ms;
    },
  },
});

/** A source on an emulated account of its own. */
export interface Opened {
  readonly source: SourceConnector;
  readonly served: ServedDinamikcrm;
  readonly surroundings: ReturnType<typeof testSurroundings>;
}

/** Opens one; `settings` as in `landfall.yaml`, `{url}` in them stands for the account's address. */
export async function opened(options: DinamikcrmOptions = {}, settings: object = {}): Promise<Opened> {
  const served = await serveDinamikcrm({
    port: 0,
    limits: 'off',
    nowMs: () => ports.clock.nowMs(),
    ...options,
  });
  const [apiKey, apiSecret] = served.token.split(':');
  const surroundings = testSurroundings('.', { KEY: apiKey ?? '', SECRET: apiSecret ?? '' });
  const filledIn = JSON.parse(JSON.stringify(settings).replaceAll('{url}', served.url)) as object;
  const auth = { apiKey: { env: 'KEY' }, apiSecret: { env: 'SECRET' } };
  const source = createSource(
    { system: 'dinamikcrm', url: served.url, auth, ...filledIn },
    ports,
    surroundings,
  );
  ends.push(async () => {
    await source.close?.();
    await served.close();
  });
  return { source, served, surroundings };
}

/** All records of an entity. */
export async function allOf(source: SourceConnector, entity: string): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const page of source.read(entity, null, new AbortController().signal))
    records.push(...page.records);
  return records;
}
