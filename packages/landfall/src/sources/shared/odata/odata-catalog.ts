import type { LookupKey, SourceType } from '../../../model/source.ts';

/** A field of a standard entity: logical name, its name in our words, and the type where the metadata says too little. */
export type StandardRow = readonly [field: string, standard: string, type?: SourceType];

/** In which way other records may name a record: each filled field gives a key, `join` makes one of all. */
export interface LookupRule {
  readonly kind: Exclude<LookupKey['kind'], 'id'>;
  readonly from: readonly string[];
  readonly join?: true;
}

/** Where the bytes of an entity's file are, and what is said of them. */
export interface FileRule {
  /** The field with the bytes; never read in a page. Null: the file lies in a field of the parent. */
  readonly body: string | null;
  readonly sizeBytes: string;
  readonly mediaType: string;
  /** The reference to the bytes, where several records may have the same. */
  readonly shared?: string;
  /** For files in fields of a parent: the reference to it and the field with the name of the parent's field. */
  readonly parent?: { readonly reference: string; readonly field: string };
  /** The action that opens a download in blocks. */
  readonly open: string;
}

/**
 * Records that the service has no table for, but that its own screens would have made: the lines of what a line holds,
 * where nobody made them. All names are logical ones.
 */
export interface MadeRule {
  /** The lines: those of one kind, which hold others. */
  readonly lines: {
    readonly table: string;
    /** The choice that tells what kind of line it is, and the code of those that hold others. */
    readonly kind: string;
    readonly code: string;
    /** The field by which lines that were made already name the one that holds them. */
    readonly heldBy: string;
    readonly product: string;
    readonly quantity: string;
    readonly price: string;
    readonly discount: string;
    readonly currency: string;
    /** References that a made record takes over. */
    readonly carried: readonly string[];
  };
  /** The list of what products hold. */
  readonly members: {
    readonly table: string;
    readonly product: string;
    readonly member: string;
    readonly quantity: string;
    readonly unit: string;
    /** The choice that tells whether a member must be there, and the code of those that somebody has to choose. */
    readonly required: string;
    readonly optionalCode: string;
  };
  /** Where list prices are: the first of these fields that is filled. */
  readonly prices: { readonly table: string; readonly fields: readonly string[] };
}

/** An entity that every organisation has, and how it is read. */
export interface StandardEntity {
  /** Its logical name. */
  readonly name: string;
  readonly label: string;
  readonly fields: readonly StandardRow[];
  readonly lookups?: readonly LookupRule[];
  /** References that name the record this one lies below. */
  readonly parents?: readonly string[];
  /** Rows of a page; absent: as many as the service gives. */
  readonly pageRows?: number;
  readonly file?: FileRule;
  /** Its records are made of others; there is no table of its name. */
  readonly made?: MadeRule;
  /** Its sales process is told by the instances of process flows. */
  readonly hasProcess?: true;
  /** The choice that stands for the stage where no process does. */
  readonly stage?: { readonly field: string; readonly text: string; readonly pipeline: string };
}

/** Which entities and fields of an organisation are not user data. */
export interface LeaveOutRules {
  /** Prefixes of the makers' own tables; what begins so is not a table of the customer's. */
  readonly systemPrefixes: readonly string[];
  /** Names of tables that are never taken, whatever the rest says. */
  readonly entities: readonly string[];
  /** Fields of any table that say nothing about its record. */
  readonly fields: readonly string[];
  /** Endings of such fields. */
  readonly fieldEndings: readonly string[];
}

/** What would do the same in the destination, by the kind of rule. */
export interface AutomationWords {
  /** By the category of a workflow definition. */
  readonly workflows: Readonly<Record<string, { readonly kind: string; readonly equivalent: string }>>;
  readonly step: { readonly kind: string; readonly equivalent: string };
}

/** Tables that only say where something lies that the service does not hold. */
export interface ElsewhereRule {
  readonly table: string;
  /** What lies elsewhere, for people, in the plural: `folders of documents in SharePoint`. */
  readonly what: string;
  /** What a person can do about it. */
  readonly hint: string;
}

/** What is known of a CRM behind this kind of API: data only, the reader knows no CRM. */
export interface ODataCatalog {
  readonly system: string;
  readonly label: string;
  /** Path of the API below the address. */
  readonly apiPath: string;
  /** In the order of their references: an entity after those it points to. */
  readonly entities: readonly StandardEntity[];
  /** The table that shows all activities as one; it is not read, each kind is. */
  readonly union: string;
  /** What fields of the tables a customer made are called, where they have them. */
  readonly everywhere: readonly StandardRow[];
  readonly leaveOut: LeaveOutRules;
  /** Types by the end of a field's name, where the metadata calls it text: first that fits. */
  readonly textTypes: readonly (readonly [pattern: RegExp, type: SourceType])[];
  readonly automations: AutomationWords;
  readonly elsewhere: readonly ElsewhereRule[];
  /** What a person can do about pictures of records, which are not read. */
  readonly picturesHint: string;
}

/** The standard entity of that name; undefined when there is none. */
export function standardEntity(catalog: ODataCatalog, name: string): StandardEntity | undefined {
  return catalog.entities.find((entity) => entity.name === name);
}
