import { delimiterName } from '../files/dialect.ts';
import type { SourceCatalog } from '../model/source.ts';
import { type Block, cell, table, text } from './report.ts';

/** How each file of the export was read (S-02): a wrong encoding or delimiter shows here before it shows in names. */
export function filesRead({ files = [] }: SourceCatalog): Block[] {
  if (files.length === 0) return [];
  const rows = files.map(({ file, entity, encoding, delimiter, headerLine, evidence }) => [
    file,
    entity ?? cell('not recognised', 'warn'),
    encoding ?? 'workbook',
    delimiter === null ? '' : delimiterName(delimiter),
    headerLine,
    evidence,
  ]);
  return [
    text('How the files were read (to be overruled in landfall.yaml, source.tables):'),
    table(['File', 'Taken for', 'Encoding', 'Delimiter', 'Header in line', 'Told by'], rows, ''),
  ];
}
