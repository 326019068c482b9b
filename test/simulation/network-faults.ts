/** What the wire can do to one request. */
export type NetworkFault =
  | 'not-sent' // no connection
  | 'gone-before' // a reset, the request never arrived
  | 'gone-after' // a reset, the request was carried out
  | 'gateway-before' // a gateway's 5xx, not carried out
  | 'gateway-after' // a gateway's 5xx, carried out
  | 'too-fast' // 429 with some Retry-After, not carried out
  | 'silence' // carried out, never answered: the client's patience ends
  | 'late' // the client is told something broke; the request arrives up to `lateMs` later
  | 'torn' // the process's own stream broke off in the middle of an upload, which was not carried out
  | 'cut' // the answer breaks off in the middle
  | 'mangled' // the answer is no JSON, or another
  | 'swapped' // the answer of another request
  | 'slow' // the answer takes 3 to 55 seconds
  | 'page-small' // a list gives fewer than were asked for
  | 'page-again'; // a list begins anew instead of going on

/** How often a fault hits, and what. */
export interface NetworkRule {
  readonly kind: NetworkFault;
  /** 0 to 1. */
  readonly rate: number;
  /** Only requests of this method, only writes, or all. */
  readonly method: 'GET' | 'POST' | 'write' | null;
  /** Only pages of lists. */
  readonly lists: boolean;
}

/** How bad the wire is. */
export interface NetworkTrouble {
  readonly rules: readonly NetworkRule[];
  /** A request and an answer each take up to so long. */
  readonly latencyMs: number;
  /** How late a request may arrive whose sender was told that something broke. */
  readonly lateMs: number;
}
