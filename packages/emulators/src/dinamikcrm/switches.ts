/** How the pages of the module API misbehave: `sound` not at all. */
export type PageManner =
  | 'sound'
  | 'repeating'
  | 'missing'
  | 'unstable'
  | 'endless'
  | 'html'
  | 'truncated'
  | 'growing';

/** What nobody has written down about the system, or what differs between accounts. */
export interface Switches {
  /** Whether the module API is there; without it only the legacy tables are. */
  readonly moduleApi: boolean;
  /** Whether the legacy tables are there. */
  readonly legacyApi: boolean;
  /** Which legacy tables are there: all, or the only family that was ever seen. */
  readonly legacyTables: 'all' | 'customer';
  /** UNC: requests that are let through within `burstWindowMs`; nothing announces it. */
  readonly burstRequests: number;
  /** UNC: the window of the hidden limit, in milliseconds. */
  readonly burstWindowMs: number;
  /** UNC: what a 429 says about waiting. */
  readonly retryAfter: 'seconds' | 'date' | 'none';
  /** UNC: records on a page at most. */
  readonly pageSizeMax: number;
  /** UNC: whether a larger page size is cut in silence, or refused. */
  readonly pageSizeBeyond: 'cut' | 'refused';
  /** How ids are written: as numbers, as text, or own ids as numbers and references as text. */
  readonly idsAs: 'number' | 'text' | 'mixed';
  /** UNC: whether custom fields have values of their type in the module API, or the text that is stored. */
  readonly customValues: 'typed' | 'stored';
  /** UNC: whether deleted records are listed, with `active: false`. */
  readonly deletedListed: boolean;
  /** Whether the legacy tables also hold rows of another tenant (`groupId` 2). */
  readonly otherTenants: boolean;
  /** UNC: whether files lie open on the web server, at their paths. */
  readonly uploads: 'none' | 'open';
  /** UNC: what these keys may not read (403): beginnings of paths below the API. */
  readonly forbidden: readonly string[];
  /** Whether pages are sound; the other manners are those of a failing or careless server. */
  readonly pages: PageManner;
}

/** The defaults: as seen, else the guess that is hardest on a client. */
export const DEFAULT_SWITCHES: Switches = {
  moduleApi: true,
  legacyApi: true,
  legacyTables: 'all',
  burstRequests: 40,
  burstWindowMs: 1_000,
  retryAfter: 'none',
  pageSizeMax: 200,
  pageSizeBeyond: 'cut',
  idsAs: 'mixed',
  customValues: 'typed',
  deletedListed: true,
  otherTenants: false,
  uploads: 'none',
  forbidden: [],
  pages: 'sound',
};
