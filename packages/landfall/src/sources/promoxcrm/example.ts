import type { SourceExample } from '../example.ts';

/** PromoXcrm is asked what its API hands out; what it does not comes from the export. */
export const promoxcrmExample: SourceExample = {
  settings: `  # The address of your PromoXcrm; a path in it is kept. What its API hands out is found out by asking (\`landfall check\`).
  url: https://YOUR-COMPANY.promoxcrm.com
  # Never write the token here: name the environment variable that holds it.
  auth: { token: { env: PROMOXCRM_API_TOKEN } }
  # A folder or a zip with the exported tables, for what the API does not hand out. Leave out url and auth to use it alone.
  export: ./export`,
  folders: ['export'],
};
