import { done, type Handler } from './exchange-context.ts';

/** The published example; the condition is also the rule by which imports find duplicates of persons. */
const SETTINGS = {
  marketplace_team: false,
  list_limit: 100,
  beta_app: true,
  prevent_salesphone_callto_override: false,
  file_upload_destination: 's3',
  callto_link_syntax: 'callto:[number]',
  autofill_deal_expected_close_date: false,
  person_duplicate_condition: 'name && (org_id || email || phone)',
} as const;

/** GET /v1/userSettings: the same for every user. */
export const readUserSettings: Handler = () => done(SETTINGS);

/** GET /v1/userConnections: nobody has connected another service. INF: the schema wants a text, prose says false. */
export const readUserConnections: Handler = () => done({ google: '' });
