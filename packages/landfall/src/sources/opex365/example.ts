import type { SourceExample } from '../example.ts';

/** OPEX 365 is read through the Dataverse Web API, signed in as an application. */
export const opex365Example: SourceExample = {
  settings: `  # The environment's address, as Power Platform shows it (without a path).
  url: https://YOUR-COMPANY.crm4.dynamics.com
  auth:
    # An app registration of your Microsoft Entra tenant, added to the environment as an application user who may read.
    tenant: 00000000-0000-0000-0000-000000000000
    clientId: 00000000-0000-0000-0000-000000000000
    # Never write the secret here: name the environment variable that holds it.
    clientSecret: { env: OPEX365_CLIENT_SECRET }`,
  folders: [],
};
