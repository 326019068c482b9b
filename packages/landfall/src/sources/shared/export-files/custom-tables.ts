import type { ExportCatalog, ExportEntity, StandardField } from './export-catalog.ts';
import { headerKey } from './header.ts';
import type { KnownTable, OpenedExport } from './known-table.ts';

type Unknown = OpenedExport['unknown'][number];

/**
 * A table of the account's own kind of record: its first column is its id (`Webstore ID`), and columns named like the
 * ids of known entities lead to those. null when its first column is no id.
 */
export function customTable(catalog: ExportCatalog, { table, title }: Unknown): KnownTable | null {
  const [own = ''] = table.header;
  const label = /^(\S.*?)\s*(?:id|#)$/i.exec(own.trim())?.[1];
  if (label === undefined || referenceOf(catalog, own) !== null) return null;
  const entity = customEntity(catalog, table.header, label);
  const names = new Set(entity.fields.map(({ name }) => name));
  const standards = table.header.map((header) => (names.has(header) ? header : null));
  const evidence = `a table of its own kind (${label}): its first column is the id`;
  return { table, title, names: table.header, recognised: { entity, standards, evidence, rival: null } };
}

function customEntity(catalog: ExportCatalog, header: readonly string[], label: string): ExportEntity {
  const [own = '', ...rest] = header;
  const references = rest.flatMap((name): StandardField[] => {
    const leadsTo = referenceOf(catalog, name);
    return leadsTo === null ? [] : [{ name, aliases: [], type: 'reference', references: leadsTo }];
  });
  return {
    name: label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'),
    label,
    fields: [{ name: own, aliases: [], type: 'id' }, ...references],
    requires: [],
    id: own,
    naturalKey: [],
    lookups: references.map(({ name }) => ({ kind: 'parent', from: [name] })),
    fileWords: [],
    custom: true,
  };
}

/** The entity whose id has this header; null: none has. Tables that only tell about others have no records to lead to. */
function referenceOf(catalog: ExportCatalog, header: string): string | null {
  const key = headerKey(header);
  const found = catalog.entities.find(({ id, aid }) => aid !== true && headerKey(id) === key);
  return found?.name ?? null;
}
