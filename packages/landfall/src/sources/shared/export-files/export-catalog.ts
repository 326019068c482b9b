import type { LookupKey, SourceType } from '../../../model/source.ts';

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
}

/** A way in which other records may name a record of this entity. */
export interface LookupRule {
  readonly kind: LookupKey['kind'];
  /** Standard fields. Each filled one gives a key of its own, or all together one (`join`). */
  readonly from: readonly string[];
  /** `First Name` and `Last Name` make one key. */
  readonly join?: true;
}

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
      readonly parentDate: string;
      readonly equivalent: string;
    };

/** The entity of that name; undefined when the catalog has none. */
export function entityOf(catalog: ExportCatalog, name: string): ExportEntity | undefined {
  return catalog.entities.find((entity) => entity.name === name);
}

/** The standard field of that name; undefined when the entity has none. */
export function fieldOf(entity: ExportEntity, name: string): StandardField | undefined {
  return entity.fields.find((field) => field.name === name);
}
