import type { SourceKey, TargetId } from './key.ts';
import type { CustomFieldType, DraftRef, ResolvedLink, TargetEntity, TargetValue } from './target.ts';

/** What will happen to a draft. `link` adds a link to a record made before (cut cycles). */
export type Action = 'create' | 'update' | 'link' | 'skip';

/** Where an operation stands. */
export type OperationState =
  | 'planned' // nothing sent yet, or proven not to have been executed
  | 'intent' // about to be sent, or in flight, or the process died then
  | 'unknown' // sent, the answer was lost
  | 'done'
  | 'failed'
  | 'skipped'
  | 'removed'; // by rollback

/** One thing the plan will do, with its reason and its price. */
export interface Operation extends DraftRef {
  /** Order of execution within the migration; also the operation's name. */
  readonly seq: number;
  readonly action: Action;
  readonly because: string;
  readonly costTokens: number;
  readonly state: OperationState;
  readonly links: readonly ResolvedLink[];
  /** Values that differ from the draft's: merged-in values, decided owners, a placeholder's own. */
  readonly extra: Readonly<Record<string, TargetValue>>;
  /** For updates: the existing record. For done operations: the record. */
  readonly targetId: TargetId | null;
  /** What recognises the record in the destination if the answer is lost. */
  readonly fingerprint: string;
  readonly attempt: number;
}

/** A thing `configure` makes in the destination. Its `name` within `parent` is its natural key. */
export type ConfigurationStep =
  | {
      readonly kind: 'field';
      readonly entity: TargetEntity;
      readonly name: string;
      readonly type: CustomFieldType;
      readonly options: readonly string[];
    }
  | {
      readonly kind: 'option';
      readonly entity: TargetEntity;
      readonly field: string;
      readonly labels: readonly string[];
    }
  | { readonly kind: 'pipeline'; readonly name: string; readonly withProbability: boolean }
  | {
      readonly kind: 'stage';
      readonly pipeline: string;
      readonly name: string;
      readonly probability: number | null;
    }
  | { readonly kind: 'activityType'; readonly name: string }
  | { readonly kind: 'leadLabel'; readonly name: string };

/** A configuration step in the plan, with what became of it. */
export interface PlannedStep {
  readonly seq: number;
  readonly step: ConfigurationStep;
  readonly because: string;
  readonly costTokens: number;
  readonly state: 'planned' | 'intent' | 'done' | 'found' | 'removed' | 'kept';
  /** The ids the destination gave: one, or one for each option. */
  readonly ids: readonly string[];
}

/** How a source owner lands: which user, and why. */
export interface OwnerRow {
  /** The owner as the source writes it. */
  readonly owner: string;
  readonly records: number;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly group: 'resolved' | 'needs-account' | 'fallback' | 'open';
  readonly evidence: string;
  /** What the source says they are; left out where it says nothing. */
  readonly standing?: 'active' | 'disabled' | 'team';
}

/** The bill, known beforehand. */
export interface Forecast {
  readonly tokens: number;
  readonly requests: number;
  /** Days of budget at the configured share. */
  readonly days: number;
  /** ISO dates. */
  readonly start: string;
  readonly end: string;
  readonly rollbackTokens: number;
  /** The least any way through the API could take: every record written once and read back once by lists (facts.md 10.1). */
  readonly lowerBound: { readonly tokens: number; readonly days: number };
  /** What reading the bytes of all files back takes, whether this plan does it (policy `fileProof`) or not. */
  readonly byteProofTokens: number;
  /** When each phase is on, one after the other, if nothing waits for people. */
  readonly calendar: readonly {
    readonly phase: string;
    readonly requests: number;
    readonly tokens: number;
    /** Days of budget it falls on, the first one perhaps begun by the phase before. */
    readonly days: number;
    /** ISO dates. */
    readonly start: string;
    readonly end: string;
  }[];
  readonly phases: readonly {
    readonly phase: string;
    readonly entity: string;
    readonly operations: number;
    readonly requests: number;
    readonly tokens: number;
  }[];
  readonly caps: readonly {
    readonly name: string;
    readonly limit: number;
    readonly wanted: number;
    readonly fits: boolean;
  }[];
}

/** A read-back that is not as drafted, or is so only by a rule. */
export interface Finding {
  readonly entity: TargetEntity;
  readonly sourceKey: SourceKey;
  readonly targetId: TargetId | null;
  readonly field: string;
  readonly expected: string;
  readonly found: string;
  readonly verdict: Verdict;
}

/** How a written field came back. */
export type Verdict = 'equal' | 'normalised' | 'byRule' | 'lossy' | 'missing' | 'different';

/** What the proof found: `fields = equal + normalised + byRule + lossy + missing + different`. */
export interface VerifySummary extends Readonly<Record<Verdict, number>> {
  readonly records: number;
  readonly fields: number;
  readonly links: number;
  /** Findings kept in the store: every `missing` and `different`, one a line. */
  readonly findings: number;
  /** Records with our marker that our books do not know. */
  readonly strays: number;
}

/** Something rollback leaves as it is, and why. */
export interface Kept {
  readonly entity: TargetEntity | 'configuration';
  readonly targetId: string;
  readonly because: string;
  /** When it was changed last, as far as the destination tells. ISO 8601, UTC. */
  readonly at?: string;
  /** Who changed it last; looking ahead tells it, for the first few. */
  readonly by?: string;
}

/** What rollback did, or (`--plan`) would do. */
export interface RollbackSummary {
  readonly reversed: number;
  readonly restored: number;
  readonly kept: readonly Kept[];
  readonly errored: number;
}
