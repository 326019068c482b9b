import type { TargetId } from './key.ts';
import type { ConfigurationStep } from './plan.ts';
import type { FileContent, TargetCatalog, TargetEntity, TargetRecord, TargetValue } from './target.ts';

/** The limits of an account that a plan can run into, by their names for people. */
export const capNames = {
  deals: 'deals and leads that are not archived',
  customFields: 'custom fields',
} as const;

/** What the account allows, as far as it tells. */
export interface AccountFacts {
  /** The company's name and host, for people. */
  readonly account: string;
  readonly user: string;
  readonly admin: boolean;
  readonly plan: string;
  readonly seats: number;
  readonly dailyTokens: number;
  /** null until an answer has said it. */
  readonly tokensLeft: number | null;
  readonly caps: readonly {
    readonly name: (typeof capNames)[keyof typeof capNames];
    readonly limit: number;
    readonly used: number | null;
  }[];
}

/** Values ready to be sent: links are ids (text), owners are user ids (text), the rest is neutral. */
export interface WriteRequest {
  readonly entity: TargetEntity;
  /** Present: update this record. */
  readonly id?: TargetId;
  readonly values: Readonly<Record<string, TargetValue | null>>;
  /** Put into the marker field where the entity has custom fields. */
  readonly marker: string;
}

/** What something takes: requests, and tokens of the day's budget. */
export interface Cost {
  readonly requests: number;
  readonly tokens: number;
}

/** Records below one parent that may be made with one request, all of them or none. */
export interface Together {
  /** The link that names the parent. */
  readonly link: string;
  /** From so many on it is cheaper than one by one. */
  readonly from: number;
  readonly most: number;
  readonly tokens: number;
}

/** What an operation costs: pure numbers from the published prices. */
export interface CostTable {
  tokens(entity: TargetEntity, action: 'create' | 'update' | 'get' | 'list' | 'remove'): number;
  /** How new records of an entity may go together; null: one by one. */
  together(entity: TargetEntity): Together | null;
  /** What a walk over these records takes; `parents`: by how many others they are listed, where no list goes across. */
  walk(entity: TargetEntity, records: number, parents: number): Cost;
  /** What asking once for everything that leads to an entity takes, as far as lists tell it: a page of each. */
  dependants(of: TargetEntity): Cost;
  /** What reading the account anew takes. */
  readonly describe: Cost;
  /** What reading the bytes of one record takes. */
  readonly bytes: Cost;
  /** Tokens of one configuration step. */
  configure(kind: ConfigurationStep['kind']): number;
  /** Tokens of taking one back. */
  unconfigure(kind: ConfigurationStep['kind']): number;
}

/** A record that hangs on another one: an activity on a deal, a person in an organization. */
export interface Dependant {
  readonly parent: { readonly entity: TargetEntity; readonly id: TargetId };
  readonly child: { readonly entity: TargetEntity; readonly id: TargetId };
}

/** Who changed a record last, and when, as far as the destination tells. */
export interface LastChange {
  readonly userId: string | null;
  /** ISO 8601, UTC. */
  readonly at: string | null;
}

/** The bytes of a file as they are kept: how many, and their hash. */
export type BytesDigest = Pick<FileContent, 'sizeBytes' | 'sha256'>;

/** Where the day's tokens stand. */
export interface BudgetView {
  readonly dailyTokens: number;
  readonly spentToday: number;
  /** What this process spent, by our own count of published prices. */
  readonly spentHere: number;
  readonly requests: number;
  readonly throttled: number;
}

/**
 * The system records land in.
 * Throws `MigrationError`: `refused` (one record's trouble), `outcome-unknown` (a write whose answer was lost),
 * `budget-exhausted` with `resumeAtMs`, `cap-reached`, `unauthorized`, `forbidden`, `blocked`, `unavailable`.
 * Reads are retried inside, writes only when it is proven that nothing was executed.
 */
export interface Destination {
  readonly system: string;
  readonly costs: CostTable;
  /** The most bytes of one file. */
  readonly mostFileBytes: number;
  check(signal: AbortSignal): Promise<AccountFacts>;
  /** The account's catalog, read anew at every call. `write` and `walk` use the one read last. */
  describe(signal: AbortSignal): Promise<TargetCatalog>;
  /**
   * What is older than everything we write from now on, for `walk`: the highest id there is, or a time where ids have no
   * order (leads); '0' for none. One list request.
   */
  watermark(entity: TargetEntity, signal: AbortSignal): Promise<TargetId>;
  /**
   * Whole lists: all of them, oldest first (archived ones after the others), or newest first down to `downTo`, a watermark.
   * Relationships can only be listed organization by organization (20 tokens each): `parents` names those to look at;
   * without it every organization of the account is asked.
   */
  walk(
    entity: TargetEntity,
    options: { readonly downTo?: TargetId; readonly parents?: readonly TargetId[] },
    signal: AbortSignal,
  ): AsyncIterable<readonly TargetRecord[]>;
  get(entity: TargetEntity, id: TargetId, signal: AbortSignal): Promise<TargetRecord | null>;
  /** Reads the bytes that are kept for a record (`costs.bytes`) and tells them by their hash; null when it is gone. */
  digest(entity: TargetEntity, id: TargetId, signal: AbortSignal): Promise<BytesDigest | null>;
  /**
   * From now on nothing that changes the account leaves unless `holds` says, at the very moment it leaves, that we hold
   * the lease: a process that was held up while it waited its turn may have been taken for dead (F16). Then: `lease-lost`.
   */
  fence?(holds: () => boolean): void;
  write(request: WriteRequest, signal: AbortSignal): Promise<TargetRecord>;
  /** Creates several records below one parent with one request, as `costs.together` says; answers in their order. */
  writeTogether(requests: readonly WriteRequest[], signal: AbortSignal): Promise<readonly TargetRecord[]>;
  /** Idempotent: a record that is already gone is fine. */
  remove(entity: TargetEntity, id: TargetId, signal: AbortSignal): Promise<void>;
  /** Makes the thing and returns its ids; the caller has looked that it is not there. */
  configure(step: ConfigurationStep, signal: AbortSignal): Promise<readonly string[]>;
  /** Reads anew what `findConfigured` needs to know of a step; the rest of the catalog stays as it was read last. */
  lookFor(step: ConfigurationStep, signal: AbortSignal): Promise<void>;
  /** The ids of the thing when it is there already (for options: of the labels that are), else []. Uses the catalog read last. */
  findConfigured(step: ConfigurationStep): readonly string[];
  /** Takes back a configuration step by the ids it gave; says why when it must stay. */
  unconfigure(
    step: ConfigurationStep,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly kept: string | null }>;
  /** What identifies a record without a marker. */
  fingerprint(request: WriteRequest): string;
  /** One of them is the fingerprint of the request that made the record; the most telling first. */
  fingerprintsOf(record: TargetRecord): readonly string[];
  /** Names what the destination itself makes of a value (rounding, sanitising): equal forms are the same value. */
  normalise(entity: TargetEntity, field: string, value: TargetValue | null): string;
  /**
   * What hangs on records of an entity, for the whole account: a walk of each list that can lead to it (0.02 tokens a
   * record). What is listed by its parent only (relationships) `walk` tells. Rollback holds it against what is ours: a
   * child that is not ours is a reason to keep its parent.
   */
  dependants(of: TargetEntity, signal: AbortSignal): AsyncIterable<readonly Dependant[]>;
  /** Who changed a record last, by its change log (20 tokens); null where there is none, or none that we may read. */
  lastChange(entity: TargetEntity, id: TargetId, signal: AbortSignal): Promise<LastChange | null>;
  budget(): BudgetView;
  close(): Promise<void>;
}
