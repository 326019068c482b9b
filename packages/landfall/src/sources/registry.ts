import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import type { SourceConnector } from '../model/source.ts';
import { dinamikcrmSource } from './dinamikcrm/access.ts';
import { dinamikcrmExample } from './dinamikcrm/example.ts';
import type { SourceExample } from './example.ts';
import { opex365Source } from './opex365/access.ts';
import { opex365Example } from './opex365/example.ts';
import { promoxcrmSource } from './promoxcrm/access.ts';
import { promoxcrmExample } from './promoxcrm/example.ts';
import { resultsSource } from './results/access.ts';
import { resultsExample } from './results/example.ts';
import { smartCrmOnlineSource } from './smart-crm-online/access.ts';
import { smartCrmOnlineExample } from './smart-crm-online/example.ts';
import type { SourceSurroundings } from './surroundings.ts';

/**
 * Makes the connector of one system of its `source` part of `landfall.yaml`. Reads nothing yet.
 * Throws `configuration-wrong` with every fault of the settings, `secret-missing` for a secret that is not there.
 */
type SourceFactory = (config: unknown, ports: Ports, surroundings: SourceSurroundings) => SourceConnector;

/** How a system is read, and how its workspace begins. */
interface KnownSource {
  readonly make: SourceFactory;
  readonly example: SourceExample;
}

/** The five source CRMs by the name they have in `landfall.yaml`. */
const sources: Readonly<Record<string, KnownSource>> = {
  'smart-crm-online': { make: smartCrmOnlineSource, example: smartCrmOnlineExample },
  dinamikcrm: { make: dinamikcrmSource, example: dinamikcrmExample },
  opex365: { make: opex365Source, example: opex365Example },
  promoxcrm: { make: promoxcrmSource, example: promoxcrmExample },
  results: { make: resultsSource, example: resultsExample },
};

/** How a workspace of a system begins; null for a system there is not. */
export function exampleOf(system: string): SourceExample | null {
  return Object.hasOwn(sources, system) ? (sources[system]?.example ?? null) : null;
}

/** Names that may stand in `source.system`. */
export const sourceSystems: readonly string[] = Object.keys(sources);

/**
 * The source that the `source` part of `landfall.yaml` describes. Throws `configuration-wrong` when the system is
 * unknown or its settings are, `secret-missing` for a secret that is not there.
 */
export function createSource(
  config: unknown,
  ports: Ports,
  surroundings: SourceSurroundings,
): SourceConnector {
  const system = systemOf(config);
  const source = Object.hasOwn(sources, system) ? sources[system] : undefined;
  if (source === undefined) {
    throw new MigrationError(
      'configuration-wrong',
      `source.system is "${system}"; there are ${sourceSystems.join(', ')}.`,
      { at: 'landfall.yaml' },
    );
  }
  return source.make(config, ports, surroundings);
}

function systemOf(config: unknown): string {
  const system =
    typeof config === 'object' && config !== null && 'system' in config ? config.system : undefined;
  if (typeof system === 'string') return system;
  throw new MigrationError('configuration-wrong', 'source.system must name the CRM to leave.', {
    at: 'landfall.yaml',
    hint: `Write one of: ${sourceSystems.join(', ')}.`,
  });
}
