/** How the simulator treats a fault class of the list this product is tested against. */
interface FaultRow {
  /** What goes wrong. */
  readonly what: string;
  /** How it is brought about here; null: it cannot be, and `otherwise` says why and where it is tested. */
  readonly how: string | null;
  readonly otherwise?: string;
}

/** The fault classes by their names, each with the way it is brought about in one process, or the reason why it is not. */
export const faultTable = {
  F1: {
    what: 'the process is killed',
    how: 'dies at a named crash point or at any step it takes (statement, transaction, request, page); the state file is copied as it lies at that moment; up to 5 kills in a row; what is in flight arrives all the same',
  },
  F2: {
    what: 'the power goes',
    how: 'as F1; commits that are not on the disk are lost with everything after the last one that is, and torn pages hang on the end of the write-ahead log',
  },
  F3: {
    what: '429',
    how: 'answers with every kind of Retry-After (seconds, a date, past, absurd, none), 429 in the words of the account, real burst windows on simulated time',
  },
  F4: {
    what: '5xx',
    how: 'a gateway answers 500 to 504 as JSON or HTML, the request carried out or not; a firewall page',
  },
  F5: {
    what: 'a timeout after the write',
    how: 'no answer at all, or word of a failure while the request is on its way for up to the quiet time of the policies',
  },
  F6: {
    what: 'broken connections',
    how: 'refused, reset before or after the write, broken off at any byte of the answer',
  },
  F7: {
    what: 'spoiled bodies',
    how: 'HTML with 200, nothing, cut JSON, a byte order mark, deep nesting, a member twice, NaN, invalid UTF-8, success turned round',
  },
  F8: {
    what: 'the account changes its shape',
    how: 'a person removes an option, a field or a stage, or renames a field, in the middle',
  },
  F9: {
    what: 'dead tokens',
    how: 'an API token is refused for some requests; the operator tries again later (refresh of OAuth: wire/oauth.test.ts)',
  },
  F10: {
    what: 'the day is used up',
    how: 'the account says so at any request; small shares of small budgets make runs of many days',
  },
  F11: {
    what: 'the clock jumps',
    how: 'civil time jumps by up to ten years between processes, monotonic time does not',
  },
  F12: {
    what: 'the disk is full, read-only or broken',
    how: 'the Nth write to the store fails, once or from then on',
  },
  F13: { what: 'the source changes while it is read', how: 'rows change between two pages, once' },
  F14: {
    what: 'people edit before the rollback',
    how: 'up to 12 of 29 kinds of edits on records of the migration and on their own',
  },
  F15: { what: 'started twice', how: 'a second process starts on the same state while the first one works' },
  F16: {
    what: 'a paused process wakes',
    how: 'a process is held up for up to 300 s while a second one takes over',
  },
  F17: { what: 'pages', how: 'lists give 3 rows instead of 500, or begin anew instead of going on' },
  F18: {
    what: 'a batch succeeds in part',
    how: 'deals have two to nine lines, six and more go out together, and any subset of them is refused: the account takes all or none of a request, then each alone, and every line has a state of its own',
  },
  F19: {
    what: 'the answer of another request',
    how: 'the good answers to two creates of a kind change places (a refusal names no record: nobody can tell whose it is)',
  },
  F20: {
    what: 'the destination changes values silently',
    how: 'it trims, cuts, strips phones or drops emoji',
  },
  F21: { what: 'a cap', how: 'the account takes only so many more deals, until the operator has made room' },
  F22: { what: 'slow answers', how: 'answers take 3 to 55 s' },
  F23: {
    what: 'memory',
    how: null,
    otherwise: 'a matter of real processes: bench/end-to-end.ts measures it',
  },
  F24: {
    what: 'a damaged or newer state',
    how: 'between two processes the state’s first bytes are overwritten, its second half is lost, or a later version has upgraded it: the next process refuses it by name, sends nothing, writes nothing, and the operator puts the copy back; or the first process dies at any table or index while it makes the state (single flipped bits, which a file without checksums may hide: store/sqlite.test.ts)',
  },
  F25: {
    what: 'approvals change',
    how: 'once the load has begun people answer every question otherwise, beside the running process, and the next processes are given other policies: what lands is what was approved (approvals of another content stop a run before its first write: migration/journey.test.ts)',
  },
  F26: { what: 'Ctrl-C', how: 'the operator stops a process at any step' },
  F27: {
    what: 'attachments',
    how: 'files hang on companies, contacts and deals, some of one name; bytes are gone, fewer than said, others than their hash, late, or break off in the middle of the upload, and every fault of the wire besides: byte for byte there, or listed (a virus scanner’s delay is the source’s: as late)',
  },
  F28: { what: 'noisy neighbours', how: null, otherwise: 'there is no service of many tenants yet' },
  F29: { what: 'no room for the audit log', how: 'the Nth write to its table fails' },
} as const satisfies Readonly<Record<string, FaultRow>>;

/** The name of a class. */
export type FaultClass = keyof typeof faultTable;
