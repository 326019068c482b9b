import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import type { SourceConnector } from '../model/source.ts';
import { smartCrmOnlineSource } from './smart-crm-online/access.ts';

type Factory = (config: unknown, ports: Ports, directory: string) => SourceConnector;

/** The five source CRMs by the name they have in `landfall.yaml`; null: not built yet. */
const factories: Readonly<Record<string, Factory | null>> = {
  'smart-crm-online': smartCrmOnlineSource,
  dinamikcrm: null,
  opex365: null,
  promoxcrm: null,
  results: null,
};

/** Names that may stand in `source.system`, built ones first. */
export const sourceSystems: readonly string[] = Object.keys(factories);

/**
 * The source that the `source` part of `landfall.yaml` describes. Relative paths in it are taken from `directory`
 * (the workspace). Throws `configuration-wrong` when the system is unknown or its settings are, `not-built` when
 * this version does not read it yet.
 */
export function createSource(config: unknown, ports: Ports, directory = '.'): SourceConnector {
  const system = systemOf(config);
  const factory = Object.hasOwn(factories, system) ? factories[system] : undefined;
  if (factory === undefined) {
    throw new MigrationError(
      'configuration-wrong',
      `source.system is "${system}"; there are ${sourceSystems.join(', ')}.`,
      { at: 'landfall.yaml' },
    );
  }
  if (factory === null) throw new MigrationError('not-built', `This version cannot read ${system} yet.`);
  return factory(config, ports, directory);
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
