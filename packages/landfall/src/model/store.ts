import type { AuditEntry, AuditEvent } from './audit.ts';
import type { SourceKey, TargetId } from './key.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Finding, Operation, OperationState, PlannedStep } from './plan.ts';
import type { Decision, Question } from './question.ts';
import type { LookupKey, ParentKey, Reject, SourceRecord } from './source.ts';
import type { DraftRef, TargetDraft, TargetEntity } from './target.ts';

/** The right to write one migration: another process that takes over makes `epoch` stale. */
export interface Lease {
  readonly epoch: number;
  /** Whether nobody can have taken it over yet, by the monotonic clock: to be asked right before a send (reliability.md 3.1). */
  isCurrent(): boolean;
  /** Prolongs it; throws `lease-lost` when somebody else has it. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** A staged record with its place in the order of reading. Its parts may be made when asked for: name them, do not spread it. */
export interface StagedRecord extends SourceRecord {
  readonly seq: number;
}

/** A draft with its place in the order of making. Its parts may be made when asked for: name them, do not spread it. */
export interface StoredDraft extends TargetDraft {
  readonly seq: number;
  /** The staged record's position, for people. */
  readonly position: string;
}

/** How often a value was seen, for a purpose: an option label, an owner, a stage, a tag. */
export interface Tally {
  readonly kind: string;
  readonly subject: string;
  readonly value: string;
  readonly count: number;
}

/** An operation before it has its place: `targetId` only for updates of existing records. */
export type NewOperation = Omit<Operation, 'seq' | 'state' | 'attempt'>;

/** A change to an operation after planning. */
export interface OperationChange {
  readonly seq: number;
  readonly state: OperationState;
  readonly targetId?: TargetId | null;
  readonly attempt?: number;
}

/** What is kept of a record before it is changed, for rollback. */
export interface BeforeImage {
  readonly entity: TargetEntity;
  readonly targetId: TargetId;
  /** Canonical JSON of the record's values. */
  readonly json: string;
}

/** Records of the destination found before the plan, by what they can be matched by. */
export interface ExistingKey extends LookupKey {
  readonly entity: TargetEntity;
  readonly targetId: TargetId;
}

/** The operation that makes a link's other end. */
export type LinkEnd = Pick<Operation, 'entity' | 'key' | 'part' | 'action' | 'targetId' | 'links'>;

/** What staging a batch gave. */
export interface Staged {
  /** The keys that were not there before. */
  readonly fresh: ReadonlySet<SourceKey>;
  /** Of the keys and fields of the whole batch, in its order. */
  readonly contentHash: string;
}

/**
 * Everything kept about one migration. Reading methods see what is committed; writing ones are on `StoreWriter`.
 * Pages are in ascending `seq` and start after the one given. Lists of keys may be of any length (they are cut inside).
 */
export interface StoreReader {
  getValue(name: string): Promise<string | null>;
  stagedPage(entity: string, afterSeq: number, limit: number): Promise<readonly StagedRecord[]>;
  stagedByKey(keys: readonly SourceKey[]): Promise<ReadonlyMap<SourceKey, StagedRecord>>;
  stagedCount(entity: string): Promise<number>;
  /** For each value, the keys of the records that have it, at most `limit` each, in order of reading. Each record has its own id. */
  findByLookup(
    entity: string,
    kind: (LookupKey | ParentKey)['kind'],
    values: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly SourceKey[]>>;
  /** Values that more than one record has, in order of value. */
  sharedLookups(
    entity: string,
    kind: LookupKey['kind'],
    afterValue: string,
    limit: number,
  ): Promise<readonly { readonly value: string; readonly keys: readonly SourceKey[] }[]>;
  tallies(kind: string, subject?: string): Promise<readonly Tally[]>;
  rejects(
    phase: string | null,
    after: number,
    limit: number,
  ): Promise<readonly (Reject & { readonly seq: number; readonly phase: string })[]>;
  draftPage(entity: TargetEntity, afterSeq: number, limit: number): Promise<readonly StoredDraft[]>;
  drafts(refs: readonly DraftRef[]): Promise<readonly StoredDraft[]>;
  operation(seq: number): Promise<Operation | null>;
  operationPage(
    filter: { readonly entity?: TargetEntity; readonly states?: readonly OperationState[] },
    afterSeq: number,
    limit: number,
  ): Promise<readonly Operation[]>;
  /** Newest first, for rollback: `beforeSeq` null starts at the end. */
  operationsBackwards(
    states: readonly OperationState[],
    beforeSeq: number | null,
    limit: number,
  ): Promise<readonly Operation[]>;
  operationsByRef(refs: readonly DraftRef[]): Promise<readonly Operation[]>;
  /** What is planned for each record as that entity (itself, else its first further part): as much as links need to know. */
  linkEnds(entity: TargetEntity, keys: readonly SourceKey[]): Promise<readonly LinkEnd[]>;
  operationTotals(): Promise<
    readonly {
      readonly entity: TargetEntity;
      readonly action: string;
      readonly state: OperationState;
      readonly count: number;
      readonly costTokens: number;
    }[]
  >;
  steps(): Promise<readonly PlannedStep[]>;
  /** Key of a ref for the map: `<entity>|<key>|<part>` (see `refName`). */
  targetIds(refs: readonly DraftRef[]): Promise<ReadonlyMap<string, TargetId>>;
  /** Whether any draft has become a record. */
  hasIdentities(): Promise<boolean>;
  /** Whose record this is: null when not ours. */
  refsOfTargets(entity: TargetEntity, ids: readonly TargetId[]): Promise<ReadonlyMap<TargetId, DraftRef>>;
  existing(
    entity: TargetEntity,
    kind: LookupKey['kind'],
    values: readonly string[],
  ): Promise<ReadonlyMap<string, readonly TargetId[]>>;
  beforeImage(entity: TargetEntity, id: TargetId): Promise<string | null>;
  /** The same for many; ids without an image are left out. */
  beforeImages(entity: TargetEntity, ids: readonly TargetId[]): Promise<ReadonlyMap<TargetId, string>>;
  ledger(): Promise<Ledger>;
  findings(after: number, limit: number): Promise<readonly (Finding & { readonly seq: number })[]>;
  questions(): Promise<readonly Question[]>;
  decisions(): Promise<readonly Decision[]>;
  auditPage(afterSeq: number, limit: number): Promise<readonly AuditEntry[]>;
  auditHead(): Promise<{ readonly seq: number; readonly hash: string }>;
}

/** Writes of one transaction: all of them are kept, or none. */
export interface StoreWriter extends StoreReader {
  setValue(name: string, value: string | null): Promise<void>;
  /** Keeps records as they came with their lookup keys; a key that is there already is left as it is. */
  stage(records: readonly SourceRecord[]): Promise<Staged>;
  /**
   * Puts the lookup keys of staged records into the index, a good many records at a time: true while there are more.
   * Until then the records are found by their own id only.
   */
  indexStaged(entity: string): Promise<boolean>;
  clearStaged(entity: string): Promise<void>;
  addTallies(tallies: readonly Tally[]): Promise<void>;
  clearTallies(kind: string): Promise<void>;
  addRejects(phase: string, rejects: readonly Reject[]): Promise<void>;
  clearRejects(phase: string): Promise<void>;
  putDrafts(drafts: readonly (TargetDraft & { readonly position: string })[]): Promise<void>;
  clearDrafts(): Promise<void>;
  /** Operations get their `seq` here, in the order given; `skip` ones are skipped at once, the others planned. */
  addOperations(operations: readonly NewOperation[]): Promise<void>;
  changeOperations(changes: readonly OperationChange[]): Promise<void>;
  clearOperations(): Promise<void>;
  putSteps(steps: readonly Omit<PlannedStep, 'seq'>[]): Promise<void>;
  changeStep(seq: number, change: Pick<PlannedStep, 'state' | 'ids'>): Promise<void>;
  clearSteps(): Promise<void>;
  bind(pairs: readonly { readonly ref: DraftRef; readonly id: TargetId }[]): Promise<void>;
  unbind(refs: readonly DraftRef[]): Promise<void>;
  addExisting(keys: readonly ExistingKey[]): Promise<void>;
  clearExisting(): Promise<void>;
  putBeforeImages(images: readonly BeforeImage[]): Promise<void>;
  /** Forgets images: what was taken back is nobody's before any more. */
  dropBeforeImages(entity: TargetEntity, ids: readonly TargetId[]): Promise<void>;
  post(entries: readonly LedgerEntry[]): Promise<void>;
  /** Sets counters back to zero: a phase that runs anew starts its own columns anew. */
  resetLedger(side: 'source' | 'target', counters: readonly LedgerEntry['counter'][]): Promise<void>;
  addFindings(findings: readonly Finding[]): Promise<void>;
  clearFindings(): Promise<void>;
  /** Replaces the open questions of one asker (a phase); answers to questions that still stand stay. */
  putQuestions(asker: string, questions: readonly Question[]): Promise<void>;
  /** Replaces all decisions: one taken out of `decisions.yaml` stands no longer. */
  putDecisions(decisions: readonly Decision[]): Promise<void>;
  appendAudit(events: readonly AuditEvent[]): Promise<void>;
}

/**
 * What a committed transaction outlives: a power cut, or only the death of the process. `process` is for work that is
 * done again from what is kept when it is lost: the transactions before it are never lost without it.
 */
export type Durability = 'power' | 'process';

/** One migration's store. SQLite in the workspace, or Postgres shared by many. */
export interface Store extends StoreReader {
  /** Takes the right to write. Throws `lease-held` (with the holder's name) while another process has it. */
  lease(holder: string, ttlMs: number): Promise<Lease>;
  /** One transaction, as durable as asked (`power` when not); refused with `lease-lost` when the lease's epoch is stale. `lease` null: only for decisions and approvals (`setValue`, `putDecisions`, `appendAudit`). */
  write<T>(
    lease: Lease | null,
    work: (writer: StoreWriter) => Promise<T>,
    durability?: Durability,
  ): Promise<T>;
  close(): Promise<void>;
}

/** The key of a draft ref in maps. */
export function refName(ref: DraftRef): string {
  return `${ref.entity}|${ref.key}|${ref.part}`;
}
