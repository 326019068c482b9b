import type { SourceExample } from '../example.ts';

/** Smart CRM Online hands out files. */
export const smartCrmOnlineExample: SourceExample = {
  settings: `  # A folder, a zip or a workbook with the export, as it came. Files are recognised by their headers.
  export: ./export
  # tables:                          # only where recognition needs help
  #   - { file: firms.csv, entity: companies, encoding: windows-1254, delimiter: ";", columns: { Firm: Company Name } }`,
  folders: ['export'],
};
