/** What an audit entry tells. */
export type AuditKind =
  | 'intent' // about to send
  | 'outcome' // the answer, or what a sweep found
  | 'configure'
  | 'approval'
  | 'decision'
  | 'phase'
  | 'rollback';

/** A thing that happened, before it has its place in the chain. */
export interface AuditEvent {
  readonly kind: AuditKind;
  /** Plain JSON; holds ids, hashes and (unless switched off) values. Never a secret. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One link of the chain: `hash = sha256(canonical JSON of { seq, at, kind, body, previous })`. */
export interface AuditEntry extends AuditEvent {
  /** 1, 2, 3, ... without gaps. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
}
