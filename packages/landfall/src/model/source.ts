import type { SourceKey } from './key.ts';

/** A value as the source gave it: text from files, JSON from an API. Never edited. */
export type SourceValue =
  | string
  | number
  | boolean
  | null
  | readonly SourceValue[]
  | { readonly [name: string]: SourceValue };

/** By which property a record can be found by others. Values are normalised by `mapping/key.ts`. */
export interface LookupKey {
  readonly kind: 'id' | 'email' | 'name' | 'domain';
  readonly value: string;
}

/** One record as the source gave it. `fields` has a null prototype: a column may be called anything. */
export interface SourceRecord {
  readonly entity: string;
  readonly key: SourceKey;
  readonly fields: Readonly<Record<string, SourceValue>>;
  /** Where it came from, for people: `contacts.csv:812`. */
  readonly position: string;
  readonly lookup: readonly LookupKey[];
}

/** A record that cannot go on, with the reason: one line in the books. */
export interface Reject {
  readonly entity: string;
  readonly key: SourceKey | null;
  readonly position: string;
  readonly code: RejectCode;
  /** The source or target field, when one is to blame. */
  readonly field: string | null;
  /** For people: what is wrong and what to do. */
  readonly reason: string;
}

/** Why a record can leave the path: a closed list (reliability.md, I1). */
export type RejectCode =
  | 'unreadable-row'
  | 'duplicate-id'
  | 'no-rule'
  | 'left-out'
  | 'empty-row'
  | 'required-empty'
  | 'value-refused'
  | 'link-missing'
  | 'link-ambiguous'
  | 'too-long'
  | 'too-large'
  | 'decided-out'
  | 'merged'
  | 'parent-failed'
  | 'matched-existing'
  | 'destination-refused';

/** A page of records and the place to go on after it. `next` is null at the end. */
export interface Page {
  readonly records: readonly SourceRecord[];
  readonly rejects: readonly Reject[];
  readonly next: Cursor | null;
}

/** An opaque place in a source's list; restarting from it is safe. */
export type Cursor = string;

/** How many records there are, and whether that is known exactly. */
export interface Count {
  readonly value: number;
  readonly exact: boolean;
}

/** A rule that the source applies by itself (a stage trigger, a follow-up), for the inventory. */
export interface Automation {
  readonly name: string;
  readonly detected: boolean;
  readonly evidence: string;
  /** What would do the same in Pipedrive. */
  readonly equivalent: string;
}

/** What a source can do. */
export interface SourceCapabilities {
  readonly exactCounts: boolean;
  readonly modifiedSince: boolean;
  readonly deletions: boolean;
  readonly binaries: boolean;
  readonly automations: boolean;
}

/** One source CRM. Knows no target and keeps no state. */
export interface SourceConnector {
  readonly system: string;
  readonly capabilities: SourceCapabilities;
  /** Proves that the source can be read. Throws `MigrationError` with what to do. */
  check(signal: AbortSignal): Promise<{ readonly account: string; readonly lines: readonly string[] }>;
  /** The built-in catalog with this account's own entities and fields; reads what it must to say exact counts. */
  describe(signal: AbortSignal): Promise<SourceCatalog>;
  /** Records of one entity; restarting from any page's cursor gives the same pages. */
  read(entity: string, from: Cursor | null, signal: AbortSignal): AsyncIterable<Page>;
  automations(signal: AbortSignal): AsyncIterable<Automation>;
}

/** What a source field holds. */
export type SourceType =
  | 'id'
  | 'text'
  | 'longText'
  | 'html'
  | 'name'
  | 'number'
  | 'money'
  | 'currency'
  | 'percent'
  | 'date'
  | 'dateTime'
  | 'duration'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'email'
  | 'phone'
  | 'url'
  | 'domain'
  | 'address'
  | 'reference'
  | 'owner'
  | 'tags';

/** A field as discovered, with the evidence a person needs to decide about it. */
export interface SourceField {
  /** The name exactly as the source writes it. */
  readonly name: string;
  /** The built-in field this is, in our words (`Company ID`); null for a custom field. */
  readonly standard: string | null;
  readonly type: SourceType;
  /** Why this type: `1,204 of 1,210 values are numbers`. */
  readonly evidence: string;
  readonly filled: number;
  /** Distinct values seen, counted up to 1,000. */
  readonly distinct: number;
  readonly samples: readonly string[];
  /** The most frequent values with their counts, at most 200. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** For dates: `dd.MM.yyyy` and the like, when the values leave no doubt; null when ambiguous or not a date. */
  readonly format: string | null;
  /** The formats that would all fit, when the values leave a doubt. */
  readonly formats: readonly string[];
  readonly sensitive: boolean;
}

/** An entity as discovered. */
export interface SourceEntity {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
  readonly count: Count;
  /** Where it lies: file names, a URL. */
  readonly origin: readonly string[];
  readonly fields: readonly SourceField[];
}

/** What discovery found out. Equal catalogs have equal hashes. */
export interface SourceCatalog {
  readonly system: string;
  readonly entities: readonly SourceEntity[];
  readonly issues: readonly CatalogIssue[];
}

/** Something about the source a person should know before going on. */
export interface CatalogIssue {
  readonly code: string;
  readonly severity: 'high' | 'medium' | 'low';
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}
