import type { SourceKey, TargetId } from './key.ts';
import type { LookupKey } from './source.ts';
import type { customFieldTypes, targetTypes } from './target-table.ts';

/** The entities records land in, by their Pipedrive names in the singular, in the order they are loaded. */
export const targetEntities = [
  'organization',
  'organizationRelationship',
  'person',
  'product',
  'lead',
  'deal',
  'dealProduct',
  'participant',
  'activity',
  'callLog',
  'note',
  'file',
  'organizationFollower',
  'personFollower',
  'productFollower',
  'dealFollower',
  'archivedDeal',
] as const;

/** One of `targetEntities`. */
export type TargetEntity = (typeof targetEntities)[number];

/** One of `targetTypes`. */
export type TargetType = (typeof targetTypes)[number];

/** An amount as decimal text with its ISO 4217 currency. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** One e-mail address or phone number of a person. */
export interface ContactPoint {
  readonly value: string;
  readonly label: string;
  readonly primary: boolean;
}

/** An address: the line people read, and its parts where the source has them. */
export interface Address {
  readonly value: string;
  readonly street?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

/** A stage by name: names are the same in every account, ids are not. */
export interface StageRef {
  readonly pipeline: string;
  readonly stage: string;
}

/** Somebody at a meeting. */
export interface Attendee {
  readonly email: string;
  readonly name?: string;
}

/** The bytes of a file: sent as a stream, known by their size and, where it is told, their hash. */
export interface FileContent {
  readonly name: string;
  readonly sizeBytes: number;
  /** Hex. Empty where the source or the destination tells none. */
  readonly sha256: string;
  /** Where the bytes lie, for whoever opens them (`source:<reference>`: in the source); empty for what was read from the destination. */
  readonly path: string;
}

/** A value in neutral form: what Pipedrive will hear, before ids and field keys of the account are known. */
export type TargetValue =
  | string
  | boolean
  | Money
  | Address
  | StageRef
  | FileContent
  | readonly string[]
  | readonly ContactPoint[]
  | readonly Attendee[]
  | readonly Money[];

/** What the mapping did to a value: the verdict of the proof when it arrives as drafted. */
export type Effect =
  | 'asIs' // the source's text
  | 'normalised' // the same thing, written otherwise (a date, a number, a phone)
  | 'byRule' // a value table, a default, a decision
  | 'lossy'; // something was cut or merged, and the mapping says so

/** A drafted value with what was done to it and the mapping row (its index) that made it. */
export interface DraftField {
  readonly value: TargetValue;
  readonly effect: Effect;
  readonly row: number;
}

/** One way to find a link's other end: a property of a source record, normalised. */
export interface LinkTry extends LookupKey {
  /** The source field the value came from. */
  readonly from: string;
}

/** A reference that still names the source: resolved to a source key by `plan`, to an id by `load`. */
export interface Link {
  /** The target field that will hold the id (`org_id`). */
  readonly field: string;
  /** The entity it points to. */
  readonly entity: TargetEntity;
  /** The source entity the record is looked for in. */
  readonly source: string;
  /** Tried in order; the first that finds anything decides. */
  readonly tries: readonly LinkTry[];
  /** Another link of the same draft the found record must agree with (a contact within the deal's company). */
  readonly within: string | null;
  readonly whenMissing: 'review' | 'leave' | 'reject';
  /** The link as the source wrote it, for people. */
  readonly text: string;
  /** Leads to the draft of that entity made of the same record and part; nothing is looked up. */
  readonly self?: true;
  readonly row: number;
}

/** How a link was found; `contact`: a deal takes the company of its contact; `decision`: a person chose. */
export type LinkEvidence = 'id' | 'email' | 'name' | 'domain' | 'contact' | 'decision' | 'placeholder';

/** Where a link leads after `plan`: a draft, or a record that was already in the destination. */
export interface ResolvedLink {
  readonly field: string;
  readonly entity: TargetEntity;
  readonly to: DraftRef | { readonly targetId: TargetId };
  readonly evidence: LinkEvidence;
}

/** Names one draft: the record it came from and, when a record makes several, which part. */
export interface DraftRef {
  readonly entity: TargetEntity;
  readonly key: SourceKey;
  /** '' for the record itself. */
  readonly part: string;
}

/** What Pipedrive will hear of one record: values in neutral form, links that name the source. */
export interface TargetDraft extends DraftRef {
  /** Custom fields are named `custom.<name>`. */
  readonly fields: Readonly<Record<string, DraftField>>;
  readonly links: readonly Link[];
  /** For people: `Acme Ltd.` */
  readonly title: string;
}

/** A record as the destination holds it, decoded to neutral form. Links are ids as text. */
export interface TargetRecord {
  readonly entity: TargetEntity;
  readonly id: TargetId;
  readonly values: Readonly<Record<string, TargetValue | null>>;
  readonly marker: string | null;
  readonly updatedAt: string | null;
  /** Of the bytes that were sent, hex: only in the answer to the create of a file. */
  readonly sentSha256?: string;
}

/** One of `customFieldTypes`. */
export type CustomFieldType = (typeof customFieldTypes)[number];

/** A field of the destination. */
export interface TargetField {
  /** `name`, or `custom.<name>`. */
  readonly name: string;
  readonly label: string;
  readonly type: TargetType;
  readonly custom: boolean;
  readonly required: boolean;
  readonly settable: 'always' | 'create' | 'never';
  readonly maxLength: number | null;
  /** For references: the entity. */
  readonly references: TargetEntity | null;
  /** The account's key: a 40-hex code for custom fields. */
  readonly key: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

/** A pipeline of the account with its stages in order. */
export interface TargetPipeline {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly {
    readonly id: string;
    readonly name: string;
    readonly probability: number | null;
  }[];
}

/** A user of the account. */
export interface TargetUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

/** The destination as it stands in this account. */
export interface TargetCatalog {
  readonly account: string;
  /** The account's own part of its address; absent: it tells none. */
  readonly domain?: string;
  readonly entities: Readonly<Record<TargetEntity, readonly TargetField[]>>;
  readonly pipelines: readonly TargetPipeline[];
  readonly activityTypes: readonly { readonly id: string; readonly name: string; readonly key: string }[];
  readonly users: readonly TargetUser[];
  readonly currencies: readonly string[];
  /** The user whose token it is: records without an owner become theirs. */
  readonly selfUserId: string;
}
