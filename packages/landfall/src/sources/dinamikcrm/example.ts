import type { SourceExample } from '../example.ts';

/** DinamikCRM is read through its API with a key and a secret. */
export const dinamikcrmExample: SourceExample = {
  settings: `  # The address of your DinamikCRM, as the browser shows it (without a path).
  url: https://YOUR-COMPANY.dinamikcrm.com
  auth:
    # Never write them here: name the environment variables that hold them.
    apiKey: { env: DINAMIKCRM_API_KEY }
    apiSecret: { env: DINAMIKCRM_API_SECRET }
  # Where the account has tables only: tables of modules that are not found by their name, and where files lie.
  # tables: { Makine Parkı: OzelMakine }
  # files: https://YOUR-COMPANY.dinamikcrm.com`,
  folders: [],
};
