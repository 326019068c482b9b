import { canonicalJson } from '../../base/canonical.ts';
import { hashOf, sha256 } from '../../base/hash.ts';
import type { AuditEvent } from '../../model/audit.ts';
import { entityTraits } from '../../model/entity-table.ts';
import type { TargetId } from '../../model/key.ts';
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Reject, RejectCode } from '../../model/source.ts';
import type { BeforeImage, OperationChange, StoreWriter } from '../../model/store.ts';
import type { DraftRef, TargetRecord } from '../../model/target.ts';
import type { Prepared } from './prepare.ts';

/** What became of one operation. */
export type Outcome =
  | {
      readonly kind: 'created' | 'updated' | 'matched';
      readonly prepared: Prepared;
      readonly record: TargetRecord;
      /** Seen by a sweep, not in the answer to our request: somebody may have been at it since. */
      readonly found?: 'fresh' | 'touched';
    }
  | { readonly kind: 'failed'; readonly prepared: Prepared; readonly code: RejectCode; readonly why: string }
  | { readonly kind: 'unknown'; readonly prepared: Prepared; readonly why: string }
  /** Proven not to have been executed: it is planned again. */
  | { readonly kind: 'again'; readonly prepared: Prepared };

/** Keeps what became of a batch: states, identities, images, ledger, rejects and audit, in the writer's transaction. */
export async function settle(writer: StoreWriter, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await writer.changeOperations(outcomes.map(change));
  const made = outcomes.filter((outcome) => 'record' in outcome);
  await writer.bind(made.map(({ prepared, record }) => ({ ref: refOf(prepared), id: record.id })));
  await writer.putBeforeImages(made.filter((outcome) => outcome.kind === 'created').map(afterImage));
  await writer.addRejects('run', outcomes.flatMap(rejectsOf));
  await writer.post(outcomes.flatMap(entriesOf));
  await writer.appendAudit(outcomes.map(auditOf));
}

function refOf({ operation }: Prepared): DraftRef {
  return { entity: operation.entity, key: operation.key, part: operation.part };
}

function change(outcome: Outcome): OperationChange {
  const { seq, attempt } = outcome.prepared.operation;
  switch (outcome.kind) {
    case 'failed':
      return { seq, state: 'failed' };
    case 'unknown':
      return { seq, state: 'unknown' };
    case 'again':
      // only attempts that may have reached the wire count: doubles are looked for by them
      return { seq, state: 'planned', attempt };
    default:
      return { seq, state: 'done', targetId: outcome.record.id };
  }
}

/** How a created record looked when we had made it: what differs later, a person did. */
export interface AfterImage {
  readonly after: string;
  /** Written members that the answer to a create leaves out and a list shows (attendees): compared with what we wrote. */
  readonly unseen: readonly string[];
  /** What it led to, by what we wrote or by itself (a note takes the company of its deal): when an end goes, its link goes. */
  readonly links: Readonly<Record<string, string>>;
  /** The hash without what the destination changes itself when records are made below this one. */
  readonly own?: string;
}

const inheritedLinks = ['org_id', 'person_id', 'deal_id', 'lead_id'] as const;

function afterImage(outcome: Extract<Outcome, { record: TargetRecord }>): BeforeImage {
  const { prepared, record, found } = outcome;
  const { entity, id } = record;
  const written = Object.keys(prepared.request.values);
  // what a sweep found was not seen as it was made: every written member is compared, and one touched later is theirs
  const unseen = found === undefined ? written.filter((name) => !(name in record.values)) : written;
  const after = found === 'touched' ? 'touched before it was seen' : imageHash(record, unseen);
  const derived = Object.keys(entityTraits[entity].changedBy);
  const own =
    derived.length === 0 || found === 'touched' ? {} : { own: imageHash(record, [...unseen, ...derived]) };
  const image: AfterImage = { after, unseen, links: linksOf(prepared, record), ...own };
  return { entity, targetId: id, json: canonicalJson(image) };
}

function linksOf({ operation, request }: Prepared, { values }: TargetRecord): AfterImage['links'] {
  const fields = new Set([...inheritedLinks, ...operation.links.map(({ field }) => field)]);
  const filled = [...fields].flatMap((name) => {
    const id = values[name] ?? request.values[name];
    return typeof id === 'string' ? [[name, id] as const] : [];
  });
  return Object.fromEntries(filled);
}

/**
 * A hash of everything a record holds that a person can change, but for the members named.
 * The time of the last change is no proof of an edit: automations touch it (reliability.md 7.1).
 */
export function imageHash(record: TargetRecord, without: readonly string[]): string {
  const filled = Object.entries(record.values).filter(
    ([name, value]) => name !== 'update_time' && !without.includes(name) && !isEmptyValue(value),
  );
  return hashOf(Object.fromEntries(filled));
}

function isEmptyValue(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function rejectsOf(outcome: Outcome): Reject[] {
  const { draft, unlinked } = outcome.prepared;
  const base = { entity: draft.entity, key: draft.key, position: draft.position };
  if (outcome.kind === 'failed') return [{ ...base, code: outcome.code, field: null, reason: outcome.why }];
  if (!('record' in outcome)) return [];
  return unlinked.map((link) => ({
    ...base,
    code: 'parent-failed' as const,
    field: link.field,
    reason: `made without ${link.field}: the record it should lead to was not made`,
  }));
}

function entriesOf(outcome: Outcome): LedgerEntry[] {
  const { operation, linked, unlinked } = outcome.prepared;
  const entry = (counter: LedgerEntry['counter'], amount: number): LedgerEntry => ({
    side: 'target',
    entity: operation.entity,
    counter,
    amount,
  });
  const wasInDoubt = operation.state === 'unknown' ? [entry('inDoubt', -1)] : [];
  switch (outcome.kind) {
    case 'again':
      return wasInDoubt;
    case 'unknown':
      return operation.state === 'unknown' ? [] : [entry('inDoubt', 1)];
    case 'failed':
      return [...wasInDoubt, entry('failed', 1), entry('linksDue', -operation.links.length)];
    default:
      return [
        ...wasInDoubt,
        entry(outcome.kind, 1),
        entry('linked', linked),
        entry('unlinked', unlinked.length),
      ];
  }
}

function auditOf(outcome: Outcome): AuditEvent {
  const { operation } = outcome.prepared;
  const body: Record<string, unknown> = { seq: operation.seq, result: outcome.kind };
  if ('record' in outcome) body.targetId = outcome.record.id;
  if ('record' in outcome && outcome.record.sentSha256 !== undefined) body.sha256 = outcome.record.sentSha256;
  if ('why' in outcome) body.why = outcome.why;
  return { kind: 'outcome', body };
}

/** The audit entry and state change that go to disk before a request goes onto the wire. */
export async function intend(writer: StoreWriter, batch: readonly Prepared[]): Promise<void> {
  await writer.changeOperations(
    batch.map(({ operation }) => ({
      seq: operation.seq,
      state: 'intent' as const,
      attempt: operation.attempt + 1,
    })),
  );
  await writer.appendAudit(batch.map(intentEvent));
}

function intentEvent({ operation, request }: Prepared): AuditEvent {
  const { seq, entity, key, part, action, attempt } = operation;
  const values = request.values;
  const id: TargetId | null = request.id ?? null;
  const hash = sha256(canonicalJson(values));
  return {
    kind: 'intent',
    body: { seq, entity, key, part, action, attempt: attempt + 1, id, request: hash, values },
  };
}
