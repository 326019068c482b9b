import { resolve } from 'node:path';
import type { Ports } from '../../base/ports.ts';
import type { SourceConnector } from '../../model/source.ts';
import { parseExportConfiguration } from '../shared/export-files/configuration.ts';
import { exportFilesSource } from '../shared/export-files/connector.ts';
import type { SourceSurroundings } from '../surroundings.ts';
import { smartCrmOnline } from './catalog.ts';

/**
 * Smart CRM Online through its native export, the only way there is (S-01, S-02). `config` is the `source` part of
 * `landfall.yaml`: `{ system, export, tables? }`; a relative `export` is taken from the workspace.
 * Throws `configuration-wrong` with every fault of it.
 */
export function smartCrmOnlineSource(
  config: unknown,
  _ports: Ports,
  { directory }: SourceSurroundings,
): SourceConnector {
  const parsed = parseExportConfiguration(smartCrmOnline, config);
  return exportFilesSource(smartCrmOnline, { ...parsed, export: resolve(directory, parsed.export) });
}
