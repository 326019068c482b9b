import type { SourceType } from '../../../model/source.ts';
import type { StandardEntity } from './odata-catalog.ts';

/** How a value stands in a row and what becomes of it. */
export type AttributeKind =
  | 'plain' // as it is
  | 'boolean'
  | 'wallTime' // printed with a Z, although it is no time of any zone (facts 1.10)
  | 'choice'
  | 'choices'
  | 'reference'
  | 'person' // a reference to users and teams
  | 'currency'
  | 'body' // bytes: never read in a page
  | 'file'; // bytes in a field of its own: the row holds an id

/** An attribute of a table that can be read. */
export interface Attribute {
  /** Logical name. */
  readonly name: string;
  /** The property it has in rows. */
  readonly property: string;
  readonly label: string;
  readonly kind: AttributeKind;
  readonly type: SourceType;
  readonly typeName: string;
  readonly custom: boolean;
  /** For references: the entities it may lead to. */
  readonly targets: readonly string[];
  /** For choices: label by code. */
  readonly options: ReadonlyMap<string, string>;
}

/** One side of a many-to-many relationship. */
export interface Side {
  readonly entity: string;
  readonly attribute: string;
  readonly navigation: string;
}

/** A table of an organisation. */
export interface Table {
  readonly name: string;
  readonly set: string;
  readonly label: string;
  readonly idField: string;
  readonly nameField: string | null;
  readonly custom: boolean;
  readonly isActivity: boolean;
  readonly isProcess: boolean;
  readonly tracking: boolean;
  /** The two sides, for the table behind a many-to-many relationship. */
  readonly sides: readonly [Side, Side] | null;
  readonly standard: StandardEntity | null;
}

/** A table with its attributes. */
export interface ReadTable extends Table {
  readonly attributes: readonly Attribute[];
  /** The attributes that are filled where a picture is: pictures themselves are not read. */
  readonly pictures: readonly string[];
}
