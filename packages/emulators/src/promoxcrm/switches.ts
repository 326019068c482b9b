/** How a caller signs in. */
export type AuthScheme = 'bearer' | 'api-key' | 'query-key' | 'basic';

/** How lists are cut. */
export type PagingStyle = 'page' | 'offset' | 'cursor' | 'none';

/** What the vendor does not publish: nothing here is known, everything is a guess with a switch. */
export interface Switches {
  /** Resources that do not answer, by name, with the status they have instead; `*` stands for all others. */
  readonly refused: Readonly<Record<string, 403 | 404 | 405 | 501>>;
  /** Every path below the host answers 200 with the page that browsers sign in at. */
  readonly loginPage: boolean;
  readonly auth: AuthScheme;
  /** What a wrong or missing key gets: 401, 403, or the sign-in page with 200. */
  readonly wrongKey: 401 | 403 | 'login-page';
  readonly paging: PagingStyle;
  /** Records of a page when the caller names no size. */
  readonly pageDefault: number;
  /** Records of a page at most. */
  readonly pageMax: number;
  /** Where the records of a list stand. */
  readonly envelope: 'data' | 'results' | 'bare';
  /** Whether lists say how many records there are in all. */
  readonly showsTotal: boolean;
  /** Requests that are let in within `windowSec`; 0: no limit. */
  readonly requestsMax: number;
  readonly windowSec: number;
  /** Whether answers carry `X-RateLimit-*`. */
  readonly limitHeaders: boolean;
  /** Whether a refused request is told when to come back. */
  readonly retryAfter: boolean;
  /** What OPTIONS answers: the allowed methods, or 405. */
  readonly options: 'allow' | 'refuse';
  /** Whether lists take `updated_since`. */
  readonly updatedSince: boolean;
  /** Where a record's custom properties stand: below `custom_properties`, or among its other fields. */
  readonly properties: 'nested' | 'flat';
  /** Whether `automations` and `integrations` can be read, which no list of endpoints names. */
  readonly setupReadable: boolean;
  /** Whether the bytes of a presentation can be had: from the API, by a link that expires, or not at all. */
  readonly downloads: 'bytes' | 'link' | 'none';
  /** How long a link to a presentation lives, in seconds. */
  readonly linkSec: number;
  /** What lists do wrong: nothing, pages that come twice, records that never come, another order each time, a cursor that leads back. */
  readonly unruly: 'no' | 'repeating' | 'missing' | 'unsorted' | 'cyclic';
}

/** The API at its best; `WORLDS` turns it into what else may be met. */
export const DEFAULT_SWITCHES: Switches = {
  refused: {},
  loginPage: false,
  auth: 'bearer',
  wrongKey: 401,
  paging: 'page',
  pageDefault: 25,
  pageMax: 100,
  envelope: 'data',
  showsTotal: true,
  requestsMax: 600,
  windowSec: 60,
  limitHeaders: true,
  retryAfter: true,
  options: 'allow',
  updatedSince: true,
  properties: 'nested',
  setupReadable: true,
  downloads: 'bytes',
  linkSec: 300,
  unruly: 'no',
};

/** A world: how many records about, and what the API is like. */
export interface WorldShape {
  readonly records: number;
  readonly switches: Partial<Switches>;
}

/** Worlds by name: three sizes with the whole API, and what else a probe may meet. */
export const WORLDS: Readonly<Record<string, WorldShape>> = {
  sample: { records: 400, switches: {} },
  company: { records: 5_000, switches: {} },
  large: { records: 100_000, switches: { requestsMax: 3_000 } },
  half: {
    records: 400,
    switches: {
      refused: { projects: 404, commissions: 403, presentations: 501, 'custom-objects': 404 },
      setupReadable: false,
    },
  },
  none: { records: 400, switches: { refused: { '*': 404 }, setupReadable: false } },
  'login-page': { records: 400, switches: { loginPage: true } },
  offset: { records: 400, switches: { paging: 'offset', envelope: 'results' } },
  cursor: { records: 400, switches: { paging: 'cursor', showsTotal: false } },
  unpaged: { records: 400, switches: { paging: 'none', envelope: 'bare', showsTotal: false } },
  'api-key': { records: 400, switches: { auth: 'api-key', wrongKey: 403 } },
  'query-key': { records: 400, switches: { auth: 'query-key', wrongKey: 'login-page' } },
  basic: { records: 400, switches: { auth: 'basic' } },
  silent: {
    records: 400,
    switches: { limitHeaders: false, retryAfter: false, requestsMax: 30, options: 'refuse' },
  },
};
