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

/** The head of the chain at a moment worth remembering: kept in the reports, so that a copy lies outside. */
export interface AuditAnchor {
  /** What had just ended: a phase, or a gate within the load (`run: person`). */
  readonly after: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly seq: number;
  readonly hash: string;
}

/** Under which name a store keeps the anchors, as a JSON list, oldest first. */
export const anchorsName = 'auditAnchors';

/** Reads the anchors a store keeps. */
export function anchorsOf(text: string | null): readonly AuditAnchor[] {
  return text === null ? [] : (JSON.parse(text) as readonly AuditAnchor[]);
}
