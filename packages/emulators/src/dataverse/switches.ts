import type { GuidOrder } from './guid.ts';

/** What the public description leaves open (UNC), or what differs between organisations. */
export interface Switches {
  /** UNC: how ids are ordered. Decides the ids of generated records too, so it is read at the start. */
  readonly guidOrder: GuidOrder;
  /** An on-premises server: the organisation is in the path; no limits, no hint of parallelism, no files in blocks. */
  readonly onPremises: boolean;
  /** Web servers of the organisation; each has its own windows for each user. */
  readonly servers: number;
  /** The parallelism that `x-ms-dop-hint` recommends. */
  readonly dopHint: number;
  /** Requests of one user on one server within 300 seconds. */
  readonly requestsMax: number;
  /** Milliseconds of execution of one user on one server within 300 seconds. */
  readonly executionMsMax: number;
  /** Requests of one user on one server at the same time. */
  readonly concurrentMax: number;
  /** UNC: milliseconds that a request takes the server, whatever it asks. */
  readonly requestMs: number;
  /** UNC: milliseconds that a row takes the server. */
  readonly rowMs: number;
  /** UNC: milliseconds that a megabyte of answer takes the server. */
  readonly megabyteMs: number;
  /** Whether answers are held back for as long as the server takes; else they come at once and only count. */
  readonly answersTakeTime: boolean;
  /** UNC: how much longer each refused request makes `Retry-After`, in milliseconds. */
  readonly pressureMs: number;
  /** How long an access token lives, in seconds. */
  readonly tokenSec: number;
  /** Tables that the signed-in user may not read, by logical name. */
  readonly unreadableTables: readonly string[];
  /** Whether the signed-in user may act for others. */
  readonly mayImpersonate: boolean;
  /** Tables that have another set name than at the start, by logical name. */
  readonly renamedSets: Readonly<Record<string, string>>;
  /** Tables whose change tracking is off, beside those that never have it. */
  readonly untrackedTables: readonly string[];
  /** Tables that the user may read, but not at the level of the organisation: no change tracking. */
  readonly partlyReadableTables: readonly string[];
  /** Days until a change token expires; null: as the organisation says (30). */
  readonly trackingDays: number | null;
  /** UNC: the status of an expired change token. */
  readonly expiredTokenStatus: 400 | 410;
  /** UNC: the status of "SQL timeout expired". */
  readonly sqlTimeoutStatus: 500 | 400;
  /** Expands from which on a query times out; null: never. */
  readonly timeoutExpands: number | null;
  /** UNC: the code of an unknown column in a query. */
  readonly unknownColumnCode: '0x80041103' | '0x80060888';
  /** UNC: whether `ne` a value also finds records where the column is empty. */
  readonly emptyIsNe: boolean;
  /** UNC: whether every intersect answers a GET of its set. */
  readonly readableIntersects: boolean;
  /** UNC: whether images come without being selected. */
  readonly imagesUnasked: boolean;
  /** UNC: children beyond 5,000 of an unpaged expand are cut in silence, or their link leads on. */
  readonly childrenBeyond: 'cut' | 'linked';
  /** The number of the page whose cookie is refused as broken, although it is as it was given out; null: none. */
  readonly refusedCookiePage: number | null;
  /** UNC: what is formatted of an option that was deleted: nothing, or its number. */
  readonly deletedOptionText: 'missing' | 'raw';
  /** The time zone of the signed-in user, which formatted times are in. */
  readonly userZone: string;
  /** The language of the signed-in user, which labels are in: 1033, 1055 or 1031. */
  readonly userLanguage: number;
  /** Whether some files say another size than they have. */
  readonly lyingSizes: boolean;
  /** How old the numbers of `RetrieveTotalRecordCount` are: what was created within so many days is not in them. */
  readonly countAgeDays: number;
}

/** The defaults: as published, else the guess that is hardest on a client. */
export const DEFAULT_SWITCHES: Switches = {
  guidOrder: 'sql',
  onPremises: false,
  servers: 2,
  dopHint: 8,
  requestsMax: 6_000,
  executionMsMax: 1_200_000,
  concurrentMax: 52,
  requestMs: 20,
  rowMs: 0.2,
  megabyteMs: 40,
  answersTakeTime: false,
  pressureMs: 1_000,
  tokenSec: 3_599,
  unreadableTables: [],
  mayImpersonate: true,
  renamedSets: {},
  untrackedTables: [],
  partlyReadableTables: [],
  trackingDays: null,
  expiredTokenStatus: 400,
  sqlTimeoutStatus: 500,
  timeoutExpands: null,
  unknownColumnCode: '0x80041103',
  emptyIsNe: true,
  readableIntersects: true,
  imagesUnasked: false,
  childrenBeyond: 'cut',
  refusedCookiePage: null,
  deletedOptionText: 'missing',
  userZone: 'Europe/Istanbul',
  userLanguage: 1033,
  lyingSizes: false,
  countAgeDays: 1,
};
