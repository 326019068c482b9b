import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Ports } from '../../base/ports.ts';
import type { SourceConnector } from '../../model/source.ts';
import { parseExportConfiguration } from '../shared/export-files/configuration.ts';
import { exportFilesSource } from '../shared/export-files/connector.ts';
import type { SourceSurroundings } from '../surroundings.ts';
import { resultsCatalog } from './catalog.ts';

/**
 * Results through its export files: no API is documented. `config` is the `source` part of `landfall.yaml`:
 * `{ system, export, files?, tables? }`; relative paths are taken from the workspace. Without `files` a folder
 * `field-service` in the export is taken. Throws `configuration-wrong` with every fault of it.
 */
export function resultsSource(
  config: unknown,
  _ports: Ports,
  { directory }: SourceSurroundings,
): SourceConnector {
  const parsed = parseExportConfiguration(resultsCatalog, config);
  const place = resolve(directory, parsed.export);
  const inside = join(place, 'field-service');
  const files = parsed.files === undefined && existsSync(inside) ? inside : parsed.files;
  return exportFilesSource(resultsCatalog, {
    ...parsed,
    export: place,
    ...(files === undefined ? {} : { files: resolve(directory, files) }),
  });
}
