import type { SourceType } from '../../../model/source.ts';
import type { ChildTable, KeyRule, KnownModule, Reading } from './rest-catalog.ts';

/** A field of a module as this account has it. */
export interface PlannedField {
  readonly key: string;
  /** The name it has in records and in the catalog. */
  readonly name: string;
  /** Our name for it; null: the account's own field. */
  readonly standard: string | null;
  readonly type: SourceType;
  /** Why this type, with the label in the other language. */
  readonly evidence: string;
  /** Labels of choices by their id. */
  readonly options: ReadonlyMap<string, string>;
  /** Entities it may lead to. */
  readonly references: readonly string[];
  readonly many: boolean;
  /** Whether a record of the other side has at most one of these; null: the service does not say. */
  readonly oneToOne: boolean | null;
  readonly sensitive: boolean;
  readonly reading: Reading | null;
}

/** A module as this account has it. */
export interface PlannedModule {
  /** Also the name of the entity. */
  readonly key: string;
  /** The number that references to records of any module name it by. */
  readonly id: string;
  /** In both languages. */
  readonly label: string;
  readonly custom: boolean;
  readonly active: boolean;
  /** Switched on, but not for these keys: an issue says why. */
  readonly closed: boolean;
  /** How many records the service says there are; null: it does not say. */
  readonly announced: number | null;
  /** The member with the business key. */
  readonly numberField: string;
  readonly fields: readonly PlannedField[];
  readonly keys: readonly KeyRule[];
  readonly nameOf: readonly string[];
  readonly known: KnownModule | null;
  /** Its table, for services that give tables; '' for others. */
  readonly table: string;
  /** Tables of its parts, for services that give tables. */
  readonly children: readonly ChildTable[];
}

/** Both labels as one text, the account's own first. */
export function bothLabels(own: string, other: string): string {
  return other === '' || other === own ? own : `${own} / ${other}`;
}
