import type { LookupKey, ParentKey, SourceType } from '../../../model/source.ts';

/** A field the source's own tables are known to have, with the headers it may stand under. */
export interface StandardField {
  /** Our name for it, and its header in the source's own language: `Company ID`. */
  readonly name: string;
  /** Other headers that mean it, best first; case, accents, spaces and punctuation aside. */
  readonly aliases: readonly string[];
  readonly type: SourceType;
  /** Its presence tells the entity (`Company ID`), where `Phone` could stand in any table. */
  readonly identifying?: true;
  /** The field holds the id of a record of that entity: ids that exist nowhere are counted. */
  readonly references?: string;
  /** A whole export has it: its absence is told. */
  readonly expected?: true;
}

/** A way in which other records may name a record of this entity; `parent`: how its parent finds it, by each field. */
export interface LookupRule {
  readonly kind: LookupKey['kind'] | ParentKey['kind'];
  /** Standard fields. Each filled one gives a key of its own, or all together one (`join`). */
  readonly from: readonly string[];
  /** `First Name` and `Last Name` make one key. */
  readonly join?: true;
}

/**
 * A field that is made while reading: what another table of the same export says about a field's words (initials that
 * stand for a person). A table that has the field itself keeps it.
 */
export interface LookedUpField {
  readonly name: string;
  readonly type: SourceType;
  /** Standard field with the words that are looked for, case aside. */
  readonly from: string;
  /** The entity they are looked for in, and its standard fields that may hold them, best first. */
  readonly through: string;
  readonly key: readonly string[];
  /** Its standard fields that make the value, one after the other; of an owner, name and e-mail. */
  readonly gives: readonly string[];
  /** What stands there when nothing is found. */
  readonly otherwise: 'words' | 'nothing';
}

/** Fields that are made while reading a list that holds companies and people, told by the record's own fields. */
export interface KindRule {
  /** The made field: `company` or `person`. */
  readonly name: string;
  /** The standard field with the record's name. */
  readonly title: string;
  /** The fields with the name of a contact. */
  readonly person: readonly string[];
  readonly company: {
    /** The field with the name of a company. */
    readonly name: string;
    /** The made field with the id of the first record of the same company. */
    readonly record: string;
    /** The made field that says whether this is it: `first` or `further`. */
    readonly role: string;
  };
}

/** Made while reading a table that names files: what is known of the bytes in the folder `source.files`. */
export const fileFields = {
  /** What opens the bytes; of a file that is not there the path as it was written. */
  reference: 'File',
  name: 'File Name',
  size: 'File Size',
  sha256: 'File SHA-256',
  /** One of `fileStates`. */
  state: 'File State',
} as const;

/** What can be said of a file: `there` is the only one whose bytes may move as they are. */
export const fileStates = ['there', 'missing', 'empty', 'too large', 'doubtful type', 'outside'] as const;

/** An entity of the source and how one of its tables is told. */
export interface ExportEntity {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly StandardField[];
  /** From each list at least one field must be there, or the table is something else. */
  readonly requires: readonly (readonly string[])[];
  /** The field with the record's own id. */
  readonly id: string;
  /** Fields that name a record when it has no id (a company's name); empty: only its whole content does. */
  readonly naturalKey: readonly string[];
  readonly lookups: readonly LookupRule[];
  /** Words of file names; they decide only between entities whose columns fit equally well. */
  readonly fileWords: readonly string[];
  /** The date whose first and last day are told to people, to see whether the export is whole. */
  readonly span?: string;
  /** Fields that other tables of the export make. */
  readonly lookedUp?: readonly LookedUpField[];
  /** Whether a record is a company or a person, where one list holds both. */
  readonly kind?: KindRule;
  /** The standard field with a file's path: its bytes are looked for in `source.files`, and `fileFields` are made. */
  readonly filePath?: string;
  /** The account's own: no template knows it. */
  readonly custom?: true;
  /** Its table only tells about others (stages, people, another system's list): used and told, never moved. */
  readonly aid?: true;
}

/** The table that lists pipelines and stages: its standard fields. */
export interface PipelineTable {
  readonly entity: string;
  readonly pipeline: string;
  readonly stage: string;
  readonly order: string;
  readonly probability: string;
  /** Words that mean an outcome, case aside. */
  readonly outcome: string;
  readonly won: readonly string[];
  readonly lost: readonly string[];
}

/** The table that lists who may own records: its standard fields. */
export interface OwnerTable {
  readonly entity: string;
  readonly name: string;
  readonly email: string;
  /** A yes or no; empty: active. */
  readonly active: string;
}

/** A second list of the same things, kept by another system: what differs is told record by record. */
export interface CompareRule {
  readonly name: string;
  readonly entity: string;
  /** The field that holds the other list's id. */
  readonly key: string;
  readonly other: string;
  readonly otherKey: string;
  /** The field by which records are named to people. */
  readonly title: string;
  readonly otherTitle: string;
  /** Which field is compared with which, and whose word counts. */
  readonly fields: readonly {
    readonly own: string;
    readonly other: string;
    readonly truth: 'own' | 'other';
  }[];
}

/** Beyond so many records, or different values of a field, something is to be expected. */
export interface ScaleRule {
  readonly entity: string;
  /** Absent: records are counted. */
  readonly field?: string;
  readonly most: number;
  readonly expect: string;
  readonly hint: string;
}

/** From what a file is told apart by looking at its name and size only. */
export interface FileRules {
  /** Larger ones need another way. */
  readonly mostBytes: number;
  /** Endings that a destination or a mail filter may refuse, without the dot. */
  readonly doubtfulEndings: readonly string[];
}

/** What is known of a CRM that hands out files: data only, the reader knows no CRM. */
export interface ExportCatalog {
  readonly system: string;
  readonly label: string;
  /** In the order of their references: an entity after those it points to. */
  readonly entities: readonly ExportEntity[];
  /** A whole export holds at least one of each list. */
  readonly expected: readonly (readonly string[])[];
  /** What the values may give away of rules the source applies by itself. */
  readonly patterns: readonly PatternRule[];
  readonly pipelines?: PipelineTable;
  readonly owners?: OwnerTable;
  readonly compare?: readonly CompareRule[];
  readonly scale?: readonly ScaleRule[];
  readonly files?: FileRules;
}

/** A rule worth looking for in the values; found ones go to the inventory, nothing is rebuilt from them. */
export type PatternRule =
  | {
      /** Every value of `from` goes with one value of `to`: `Won` always has `Status` = `won`. */
      readonly kind: 'implies';
      readonly name: string;
      readonly entity: string;
      readonly from: string;
      readonly to: string;
      readonly equivalent: string;
    }
  | {
      /** A record of `entity` with the same words comes the same number of days after its parent's date. */
      readonly kind: 'follows';
      readonly name: string;
      readonly entity: string;
      /** The words that repeat: `Subject`. */
      readonly title: string;
      readonly date: string;
      /** The field naming the parent, the parent's entity and its date. */
      readonly parent: string;
      readonly parentEntity: string;
      /** The parent's own field of that id, when it is called otherwise. */
      readonly parentId?: string;
      readonly parentDate: string;
      readonly equivalent: string;
    };

/** The entity of that name; undefined when the catalog has none. */
export function entityOf(catalog: ExportCatalog, name: string): ExportEntity | undefined {
  return catalog.entities.find((entity) => entity.name === name);
}

/** The standard field of that name, those made while reading included; undefined when the entity has none. */
export function fieldOf(entity: ExportEntity, name: string): StandardField | undefined {
  return entity.fields.find((field) => field.name === name) ?? madeField(entity, name);
}

const fileTypes: Readonly<Record<keyof typeof fileFields, SourceType>> = {
  reference: 'file',
  name: 'text',
  size: 'number',
  sha256: 'text',
  state: 'choice',
};

function madeField(entity: ExportEntity, name: string): StandardField | undefined {
  const lookedUp = entity.lookedUp?.find((field) => field.name === name);
  if (lookedUp !== undefined) return { name, aliases: [], type: lookedUp.type };
  if (entity.filePath === undefined) return undefined;
  const parts = Object.keys(fileFields) as (keyof typeof fileFields)[];
  const part = parts.find((one) => fileFields[one] === name);
  return part === undefined ? undefined : { name, aliases: [], type: fileTypes[part] };
}
