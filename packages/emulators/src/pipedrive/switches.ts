/** Ways in which a destination may change what it is given without saying so. */
export type SilentChange = 'trim' | 'truncate-255' | 'strip-phone' | 'drop-emoji';

/**
 * What the public description leaves open (UNC), or what differs between accounts. Each default is the guess that
 * is hardest on a client.
 */
export interface Switches {
  /** UNC: whether refused requests (4xx) are charged like answered ones. */
  readonly chargeFailed: boolean;
  /** UNC: what GET of a deleted v2 record answers: the record with `is_deleted: true`, or 404. */
  readonly deletedV2Get: 'flag' | '404';
  /** UNC: what GET of a deleted v1 record answers: the record with `active_flag: false`, or 410. */
  readonly deletedV1Get: 'flag' | '410';
  /** UNC: a `limit` over the maximum is cut to it, or refused. */
  readonly overLimit: 'clamp' | '400';
  /** UNC: status for a link to a record that does not exist or is deleted. */
  readonly missingLinkStatus: 400 | 404;
  /** UNC: whether a user who is not active may be made an owner. */
  readonly inactiveOwner: 'refuse' | 'accept';
  /** UNC: whether an archived deal may be deleted without bringing it back first. */
  readonly archivedDelete: 'accept' | 'refuse';
  /** UNC: whether notes and activities may be attached to an archived deal. */
  readonly archivedAttach: 'refuse' | 'accept';
  /** UNC: the field code of the label field in v2. */
  readonly labelFieldCode: 'label_ids' | 'label';
  /** UNC: the tags a note may keep; `off` keeps everything. */
  readonly noteSanitiser: 'whitelist' | 'off';
  /** UNC: whether a search also counts in the general burst window. */
  readonly searchUsesGeneralBurst: boolean;
  /** UNC: minutes east of UTC of the zone whose midnight renews the day's tokens. */
  readonly budgetZoneMinutes: number;
  /** Share of answers that come without the daily headers (seen in the field after idle times), 0 to 1. */
  readonly omitDailyHeaders: number;
  /** UNC: the 2019 cap of 10,000 POST and PUT a day for API tokens, with its header. */
  readonly dailyRequestsLeft: boolean;
  /** UNC: 429 answers within a minute to one API token that bring up the firewall; 0: never. */
  readonly cloudflareAfter: number;
  /** UNC: how long the firewall then stays up, in milliseconds. */
  readonly cloudflareMs: number;
  /** UNC: how long a new record stays out of search results, in milliseconds. */
  readonly searchLagMs: number;
  /** UNC: how long a new record stays out of lists, in milliseconds. */
  readonly listLagMs: number;
  /** Whether somebody has set up Contact Sync: only then five more person fields exist. */
  readonly contactSync: boolean;
  /** UNC: activity types a company may have. */
  readonly activityTypesCap: number;
  /** Takes the place of the plan's cap on custom fields; null: the plan's. */
  readonly customFieldsCap: number | null;
  /** Takes the place of the plan's cap on leads and deals of the whole company; null: the plan's. */
  readonly openDealsCap: number | null;
  /** Scopes that OAuth tokens carry; null: all. */
  readonly oauthScopes: readonly string[] | null;
  /** What the account does to texts without a word, for tests of verification. */
  readonly silentChanges: readonly SilentChange[];
}

/** The defaults: where nothing is published, the guess that is hardest on a client. */
export const DEFAULT_SWITCHES: Switches = {
  chargeFailed: true,
  deletedV2Get: 'flag',
  deletedV1Get: 'flag',
  overLimit: 'clamp',
  missingLinkStatus: 400,
  inactiveOwner: 'refuse',
  archivedDelete: 'accept',
  archivedAttach: 'accept',
  labelFieldCode: 'label_ids',
  noteSanitiser: 'whitelist',
  searchUsesGeneralBurst: true,
  budgetZoneMinutes: 0,
  omitDailyHeaders: 0,
  dailyRequestsLeft: false,
  cloudflareAfter: 50,
  cloudflareMs: 60_000,
  searchLagMs: 3_000,
  listLagMs: 0,
  contactSync: false,
  activityTypesCap: 100,
  customFieldsCap: null,
  openDealsCap: null,
  oauthScopes: null,
  silentChanges: [],
};
