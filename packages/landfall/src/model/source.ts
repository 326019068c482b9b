import type { SourceKey } from './key.ts';
import type { rejectCodes, sourceTypes } from './source-table.ts';

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

/** The record it lies below, for `gather`: the field that names the parent, `=`, and the parent's id (`Deal ID=42`). */
export interface ParentKey {
  readonly kind: 'parent';
  readonly value: string;
}

/** One record as the source gave it. `fields` inherits nothing: a column may be called anything. */
export interface SourceRecord {
  readonly entity: string;
  readonly key: SourceKey;
  readonly fields: Readonly<Record<string, SourceValue>>;
  /** Where it came from, for people: `contacts.csv:812`. */
  readonly position: string;
  readonly lookup: readonly (LookupKey | ParentKey)[];
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

/** One of `rejectCodes`. */
export type RejectCode = (typeof rejectCodes)[number];

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

/** The bytes of a file, as they come; `sizeBytes` is what the source says, the stream may say otherwise. */
export interface BinaryStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number | null;
  readonly mediaType: string | null;
}

/**
 * Some of what changed in an entity. `how` says what can be told: `tracking` changes and deletions, `modifiedon`
 * changes alone, `compare` nothing: all records must be read and compared with those that were staged.
 */
export interface ChangePage extends Omit<Page, 'next'> {
  readonly how: 'tracking' | 'modifiedon' | 'compare';
  readonly deleted: readonly SourceKey[];
  /** On the last page: where the next look begins. Null: more pages follow. */
  readonly since: Cursor | null;
  /** For people: why only comparing helps, or what is not told; null: nothing to say. */
  readonly because: string | null;
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
  /** Opens the bytes a field of type `file` refers to; there when `capabilities.binaries`. */
  binary?(ref: string, signal: AbortSignal): Promise<BinaryStream>;
  /**
   * What changed since a place that an earlier look ended at. `since` null: no changes, only the place to begin at,
   * to be asked for before the records are read. There when `capabilities.modifiedSince`.
   */
  changes?(entity: string, since: Cursor | null, signal: AbortSignal): AsyncIterable<ChangePage>;
  /** Gives back connections. */
  close?(): Promise<void>;
}

/** One of `sourceTypes`. */
export type SourceType = (typeof sourceTypes)[number];

/** A field as discovered, with the evidence a person needs to decide about it. */
export interface SourceField {
  /** The name exactly as the source writes it. */
  readonly name: string;
  /** The built-in field this is, in our words (`Company ID`); null for a custom field. */
  readonly standard: string | null;
  /** What people call it, in the account's language; absent: as its name. */
  readonly label?: string;
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
  /** The field it only tells more of (the code of a choice, the name behind a reference): nothing to move by itself. */
  readonly beside?: string;
  /** For references: the entities it may lead to. */
  readonly references?: readonly string[];
  /** For references: the most records that name the same one; 1: one to one. */
  readonly mostForOne?: number;
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

/** A pipeline as the source defines it, its stages in order. */
export interface SourcePipeline {
  readonly name: string;
  readonly stages: readonly {
    readonly name: string;
    /** 0 to 100; null: the source says none. */
    readonly probability: number | null;
    readonly outcome: 'open' | 'won' | 'lost';
  }[];
  /** false: retired; it is moved only when deals stand in it. */
  readonly active?: boolean;
}

/** Somebody who can own records. */
export interface SourceOwner {
  /** As owner fields name them: `Ada Lovelace <ada@acme.com>`. */
  readonly owner: string;
  readonly kind: 'user' | 'team';
  readonly active: boolean;
}

/** How a file of an export was read: for a person to check, and to overrule in `landfall.yaml` (source.tables). */
export interface FileReading {
  /** The file, with the sheet of a workbook behind `#`. */
  readonly file: string;
  /** What it was taken for; null: not recognised. */
  readonly entity: string | null;
  /** A WHATWG label; null for a workbook. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** The physical line of the header, from 1; 0: the file has none. */
  readonly headerLine: number;
  /** What the encoding and the delimiter were told by. */
  readonly evidence: string;
}

/** What discovery found out. Equal catalogs have equal hashes. */
export interface SourceCatalog {
  readonly system: string;
  readonly entities: readonly SourceEntity[];
  readonly issues: readonly CatalogIssue[];
  /** Absent: the source defines none that can be read, they are told from the deals. */
  readonly pipelines?: readonly SourcePipeline[];
  readonly owners?: readonly SourceOwner[];
  /** Absent: the source hands out no files. */
  readonly files?: readonly FileReading[];
}

/** Something about the source a person should know before going on. */
export interface CatalogIssue {
  readonly code: string;
  readonly severity: 'high' | 'medium' | 'low';
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}
