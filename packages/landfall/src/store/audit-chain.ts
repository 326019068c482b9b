import { createHmac } from 'node:crypto';
import { canonicalJson } from '../base/canonical.ts';
import { sha256 } from '../base/hash.ts';
import type { AuditEntry, AuditEvent } from '../model/audit.ts';

/** A place in the chain: the number and hash of an entry. */
export interface AuditAnchor {
  readonly seq: number;
  readonly hash: string;
}

/** The place before the first entry. */
export const auditStart: AuditAnchor = { seq: 0, hash: '0'.repeat(64) };

/** An entry with its body as canonical JSON, as it is kept. */
export interface AuditRow extends Omit<AuditEntry, 'body'> {
  readonly body: string;
}

/** The links for `events` after `head`, all at the time `at` (ISO 8601, UTC). */
export function chainEvents(events: readonly AuditEvent[], head: AuditAnchor, at: string): AuditRow[] {
  let { seq, hash: previous } = head;
  return events.map(({ kind, body }) => {
    seq += 1;
    const link = { seq, at, kind, body: canonicalJson(body), previous };
    const hash = hashOfLink(link);
    previous = hash;
    return { ...link, hash };
  });
}

/**
 * The `seq` of the first entry that is not what was written, or null when all are.
 * Entries come in order, from the first or from the one after `from`. Entries cut off at the end
 * can be found only against an `until` that was kept elsewhere (reliability.md 8).
 */
export function verifyAudit(
  entries: Iterable<AuditEntry>,
  from: AuditAnchor = auditStart,
  until: AuditAnchor | null = null,
): number | null {
  let head = from;
  for (const entry of entries) {
    const expectedSeq = head.seq + 1;
    const body = canonicalJson(entry.body);
    const isGood =
      entry.seq === expectedSeq &&
      entry.previous === head.hash &&
      entry.hash === hashOfLink({ ...entry, body });
    if (!isGood) return expectedSeq;
    head = { seq: entry.seq, hash: entry.hash };
    if (until !== null && head.seq === until.seq && head.hash !== until.hash) return head.seq;
  }
  return until !== null && head.seq < until.seq ? head.seq + 1 : null;
}

/**
 * The body without values: under every member named `values` each field keeps its name, and of its value only an HMAC
 * under the migration's salt. Who holds salt and value can show that this value was meant; nobody can guess it, and a
 * value that is erased elsewhere leaves the chain as it is. The hash of a whole request is sealed the same way.
 */
export function withoutValues(body: AuditEvent['body'], salt: string): AuditEvent['body'] {
  const sealed = Object.entries(body).map(([name, value]) => {
    if (name === 'values') return [name, sealedValues(value, salt)];
    if (name === 'request' && 'values' in body) return [name, seal(name, value, salt)];
    return [name, withoutInner(value, salt)];
  });
  return Object.fromEntries(sealed) as AuditEvent['body'];
}

function sealedValues(values: unknown, salt: string): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    return seal('values', values ?? null, salt);
  const fields = Object.entries(values).map(([field, value]) => [field, seal(field, value ?? null, salt)]);
  return Object.fromEntries(fields);
}

/** HMAC-SHA256 over the canonical JSON of `[field, value]`: equal values of two fields do not look equal. */
function seal(field: string, value: unknown, salt: string): { readonly hmac: string } {
  const hmac = createHmac('sha256', salt)
    .update(canonicalJson([field, value]))
    .digest('hex');
  return { hmac };
}

function withoutInner(value: unknown, salt: string): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutInner(one, salt));
  if (typeof value !== 'object' || value === null) return value;
  return withoutValues(value as AuditEvent['body'], salt);
}

/** Equal to `hashOf({ seq, at, kind, body, previous })`, without writing the body's JSON twice. */
function hashOfLink(link: Omit<AuditRow, 'hash'>): string {
  const { at, body, kind, previous, seq } = link;
  const text = (value: string) => JSON.stringify(value);
  return sha256(
    `{"at":${text(at)},"body":${body},"kind":${text(kind)},"previous":${text(previous)},"seq":${seq}}`,
  );
}
