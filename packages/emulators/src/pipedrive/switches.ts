import type { TaxMethod } from './records.ts';

/** Ways in which a destination may change what it is given without saying so. */
export type SilentChange = 'trim' | 'truncate-255' | 'strip-phone' | 'drop-emoji' | 'other-bytes';

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
  /** UNC: the most bytes of one uploaded file; over it 400. */
  readonly fileBytesMax: number;
  /** UNC: the most bytes of all files together; over it 403. Null: no limit. */
  readonly fileQuotaBytes: number | null;
  /** UNC: how bytes are handed out: by a redirect to the storage, or (as published) as the answer. */
  readonly fileDownload: 'redirect' | 'bytes';
  /** UNC: whether a file on a deal also hangs on the deal's person and organization, as notes do. */
  readonly fileInheritsLinks: boolean;
  /** UNC: whether a call log without an activity makes one, of type call and done. */
  readonly callLogMakesActivity: boolean;
  /** UNC: whether a line of a filter may name its field by its code, too. */
  readonly filterFieldByCode: boolean;
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
  /** UNC: a deal's value follows its lines, and a PATCH of it does nothing, or holds until a line changes; or neither. */
  readonly dealValue: 'lines' | 'last-write' | 'kept';
  /** UNC: what a recurring line adds to its deal's value: all its cycles (endless: a year's), or one. */
  readonly recurringValue: 'term' | 'one-cycle';
  /** UNC: the user's setting for the tax of lines, where a line names no method and the deal has no other line. */
  readonly taxMethod: TaxMethod;
  /** UNC: whether the sum of a line holds a tax that is exclusive. */
  readonly exclusiveTaxInSum: boolean;
  /** UNC: the status where the plan has no recurring billing and no installments. */
  readonly featureOffStatus: 403 | 415;
  /** UNC: the list of installments takes a cursor, but its published answer has none. */
  readonly installmentsCursor: 'absent' | 'shown';
  /** UNC: whether the own person of a deal can be taken off as a participant, which empties `person_id`. */
  readonly primaryParticipant: 'refuse' | 'unlink';
  /** UNC: whether a user beyond the paid seats is refused (403) or billed. */
  readonly fullSeats: 'refuse' | 'bill';
  /** UNC: status for a record that the token's user may not see. */
  readonly hiddenRecord: 404 | 403;
  /** UNC: how long a lead takes to become a deal, or a deal a lead, in milliseconds. */
  readonly conversionMs: number;
  /** Whether the company has the add-on Projects; without it every operation on projects answers 415. */
  readonly projectsAddOn: boolean;
  /** UNC: how long an import can be undone, in hours; null: always. */
  readonly importUndoHours: number | null;
  /** UNC: whose value stays where an imported row is merged into a record that has another one. */
  readonly importMergeWins: 'file' | 'account';
  /** UNC: whether the v1 twins that were removed still answer ("may remain functional"), or 404. */
  readonly legacyV1: 'absent' | 'alive';
  /** UNC: whether the bulk deletes among them still answer, where the others do. */
  readonly legacyBulkDelete: 'absent' | 'alive';
  /** UNC: whether a deal created by v1 still keeps the creation time it is given. */
  readonly legacyDealAddTime: 'kept' | 'ignored';
  /** UNC: what a 429 carries: an error as JSON, or nothing. */
  readonly limitBody: 'error' | 'empty';
  /** UNC: whether writes cost what is published (no live answer shows it), or so many times as much. */
  readonly writeCostFactor: number;
  /** UNC: the status of a new lead: published 201, recorded once as 200. */
  readonly leadCreatedStatus: 201 | 200;
  /** UNC: how a lead's custom values of several parts are laid out: as v2 does, or flat with a key for each part, as v1 deals. */
  readonly leadCustomForm: 'v2' | 'v1';
  /** UNC: a deal with a stage of another pipeline than it names: the stage decides, or the request is refused. */
  readonly stageMismatch: 'stage' | '400';
  /** UNC: how many options of a field its answers show; null: all. */
  readonly optionsShown: number | null;
  /** UNC: e-mails, and phones, that a person may have; null: any number. */
  readonly reachesCap: number | null;
  /** UNC: notes that a deal may have; null: any number. */
  readonly notesPerDealCap: number | null;
  /** UNC: filters a company may have (there is a limit since November 2024); null: any number. */
  readonly filtersCap: number | null;
  /** UNC: organization relationships a company may have (since November 2024); null: any number. */
  readonly relationshipsCap: number | null;
  /** UNC: product lines a company may have (since November 2024); null: any number. */
  readonly dealProductsCap: number | null;
  /** UNC: tasks a company may have (since November 2024); null: any number. */
  readonly tasksCap: number | null;
  /** UNC: what becomes of notes and activities when their deal, person or organization is deleted. */
  readonly deleteCascade: 'kept' | 'deleted';
  /** Scopes that OAuth tokens carry; null: all. */
  readonly oauthScopes: readonly string[] | null;
  /** What the account does to texts and to the bytes of files without a word, for tests of verification. */
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
  fileBytesMax: 52_428_800,
  fileQuotaBytes: null,
  fileDownload: 'redirect',
  fileInheritsLinks: true,
  callLogMakesActivity: true,
  filterFieldByCode: true,
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
  dealValue: 'lines',
  recurringValue: 'term',
  taxMethod: 'exclusive',
  exclusiveTaxInSum: true,
  featureOffStatus: 403,
  installmentsCursor: 'absent',
  primaryParticipant: 'refuse',
  fullSeats: 'refuse',
  hiddenRecord: 404,
  conversionMs: 2_000,
  projectsAddOn: true,
  importUndoHours: 48,
  importMergeWins: 'file',
  legacyV1: 'absent',
  legacyBulkDelete: 'absent',
  legacyDealAddTime: 'ignored',
  limitBody: 'error',
  writeCostFactor: 1,
  leadCreatedStatus: 201,
  leadCustomForm: 'v2',
  stageMismatch: 'stage',
  optionsShown: null,
  reachesCap: null,
  notesPerDealCap: null,
  filtersCap: null,
  relationshipsCap: null,
  dealProductsCap: null,
  tasksCap: null,
  deleteCascade: 'kept',
  oauthScopes: null,
  silentChanges: [],
};
