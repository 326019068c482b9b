import { z } from 'zod';
import { parseSettings, wrongSettings } from '../settings.ts';
import { type ExportCatalog, entityOf, fieldOf } from './export-catalog.ts';

const table = z.strictObject({
  file: z.string().min(1),
  /** A sheet of a workbook; absent: all its sheets. */
  sheet: z.string().min(1).optional(),
  /** An entity of the source, or `none` to leave the table out. */
  entity: z.string().min(1).optional(),
  encoding: z
    .string()
    .refine(isEncoding, 'is no encoding that can be read (utf-8, utf-16le, windows-1254, ...)')
    .optional(),
  delimiter: z.string().min(1).max(1).optional(),
  /** The physical line of the header, 1 = first; 0: the table has none. */
  headerRow: z.int().min(0).optional(),
  /** Header -> standard field; '' keeps the column as a custom field. */
  columns: z.record(z.string(), z.string()).optional(),
});

const shape = z.strictObject({
  system: z.string(),
  export: z.string().min(1),
  /** The folder with the files that tables name, when it is not the export itself. */
  files: z.string().min(1).optional(),
  tables: z.array(table).default([]),
});

/** What a person says about one table in `landfall.yaml` (source.tables). */
export type TableOverride = z.infer<typeof table>;

/** The `source` part of `landfall.yaml` for a CRM that hands out files. */
export type ExportConfiguration = z.infer<typeof shape>;

/** The word in `entity:` that leaves a table out. */
export const leftOutEntity = 'none';

/**
 * Checks the `source` part of `landfall.yaml`. Throws `configuration-wrong` naming each place, what is wrong
 * with it and what may stand there.
 */
export function parseExportConfiguration(catalog: ExportCatalog, value: unknown): ExportConfiguration {
  const settings = parseSettings(shape, value, faultOf);
  const faults = settings.tables.flatMap((override, at) => namesOf(catalog, override, at));
  if (faults.length > 0) throw wrongSettings(faults);
  return settings;
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

function faultOf(place: string, message: string): string {
  if (place === 'source.export')
    return 'source.export must name the folder, file or zip with the exported tables';
  return `${place}: ${message}`;
}

function namesOf(catalog: ExportCatalog, override: TableOverride, at: number): string[] {
  const place = `source.tables[${at}] (${override.file})`;
  const { entity: name, columns = {} } = override;
  if (name === undefined || name === leftOutEntity) return [];
  const entity = entityOf(catalog, name);
  if (entity === undefined) {
    const known = catalog.entities.map((other) => other.name).join(', ');
    return [`${place}: there is no entity "${name}"; there are ${known}, or ${leftOutEntity}`];
  }
  return Object.entries(columns)
    .filter(([, standard]) => standard !== '' && fieldOf(entity, standard) === undefined)
    .map(([header, standard]) => {
      const known = entity.fields.map((field) => field.name).join(', ');
      return `${place}: "${header}" is said to be "${standard}", but ${name} has ${known}`;
    });
}
