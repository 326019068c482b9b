import { z } from 'zod';
import { isLoopback } from '../../../wire/address.ts';
import { type ExportConfiguration, parseExportConfiguration } from '../export-files/configuration.ts';
import type { ExportCatalog } from '../export-files/export-catalog.ts';
import { parseSettings, wrongSettings } from '../settings.ts';
import { type ExtractionWay, extractionWays } from './choices.ts';
import { type ProbeBounds, usualBounds } from './probe-plan.ts';

const address = z
  .url({ protocol: /^https?$/, error: 'is no address such as https://acme.example' })
  .refine(isSafe, 'must begin with https://')
  .refine((url) => !/[?#@]/.test(url), 'must end before "?" and "#", and hold no user');

const shape = z.object({
  system: z.string(),
  url: address.optional(),
  auth: z.strictObject({ token: z.unknown() }).optional(),
  export: z.string().min(1).optional(),
  /** How an entity is got out, in the place of the best way there is. */
  extraction: z.record(z.string(), z.enum(extractionWays)).default({}),
  probe: z
    .strictObject({
      requests: z.int().min(1).max(usualBounds.mostRequests).optional(),
      spaceMs: z.number().min(0).max(60_000).optional(),
    })
    .default({}),
});

/** The `source` part of `landfall.yaml` of a CRM that is asked what it hands out. */
export interface ProbedConfiguration {
  /** The API's host; null: there is none. */
  readonly origin: string | null;
  /** The path of its address, without a slash at the end; mostly ''. */
  readonly path: string;
  readonly token: unknown;
  /** null: there is no export. */
  readonly exported: ExportConfiguration | null;
  readonly extraction: Readonly<Record<string, ExtractionWay>>;
  readonly bounds: ProbeBounds;
}

/** Checks the `source` part of `landfall.yaml`. Throws `configuration-wrong` naming each place and what is wrong. */
export function parseProbedConfiguration(catalog: ExportCatalog, value: unknown): ProbedConfiguration {
  const { url, auth, extraction, probe, ...rest } = parseSettings(shape, value);
  const unknown = Object.keys(extraction).filter(
    (name) => !catalog.entities.some((one) => one.name === name),
  );
  const faults = [
    ...(url === undefined && rest.export === undefined
      ? ['source needs url and auth, or export (a folder with exported tables), or both']
      : []),
    ...(url !== undefined && auth === undefined
      ? ['source.auth must name the key: { token: { env: NAME } }']
      : []),
    ...unknown.map(
      (name) =>
        `source.extraction: there is no "${name}"; there are ${catalog.entities.map((one) => one.name).join(', ')}`,
    ),
  ];
  if (faults.length > 0) throw wrongSettings(faults);
  return {
    origin: url === undefined ? null : new URL(url).origin,
    path: url === undefined ? '' : new URL(url).pathname.replace(/\/+$/, ''),
    token: auth?.token,
    exported: exportOf(catalog, value, rest.export),
    extraction,
    bounds: {
      mostRequests: probe.requests ?? usualBounds.mostRequests,
      spaceMs: probe.spaceMs ?? usualBounds.spaceMs,
    },
  };
}

/**
 * Where the API may lie: below the path of its address and the one that is usual, written once where they overlap
 * (`/acme/api` and `/api/v1`: `/acme/api/v1`), else at the path as it was given.
 */
export function basePathsOf(path: string, usual: string): readonly string[] {
  const parts = usual.split('/').slice(1);
  const overlaps = parts.map((_, at) => `/${parts.slice(0, parts.length - at).join('/')}`);
  const overlap = overlaps.find((one) => path.endsWith(one)) ?? '';
  const joined = path.slice(0, path.length - overlap.length) + usual;
  return path === '' || joined === path ? [joined] : [joined, path];
}

/** What concerns the export is checked where exports are read; without one only its place is missing. */
function exportOf(
  catalog: ExportCatalog,
  value: unknown,
  exported: string | undefined,
): ExportConfiguration | null {
  const { url: _, auth: __, extraction: ___, probe: ____, ...rest } = value as Record<string, unknown>;
  const parsed = parseExportConfiguration(catalog, { ...rest, export: exported ?? '.' });
  return exported === undefined ? null : parsed;
}

/** A key may travel in the open only where it does not leave this machine. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : {};
  return protocol === 'https:' || (hostname !== undefined && isLoopback(hostname));
}
