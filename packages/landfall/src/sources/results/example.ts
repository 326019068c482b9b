import type { SourceExample } from '../example.ts';

/** Results hands out files, and the files of its field service beside them. */
export const resultsExample: SourceExample = {
  settings: `  # A folder, a zip or a workbook with the export, as it came. Files are recognised by their headers.
  export: ./export
  # The folder with the files that the tables name (photos, signatures, documents), when it is not the export itself.
  files: ./field-service
  # tables:                          # only where recognition needs help
  #   - { file: firms.csv, entity: companies, encoding: windows-1254, delimiter: ";" }`,
  folders: ['export', 'field-service'],
};
