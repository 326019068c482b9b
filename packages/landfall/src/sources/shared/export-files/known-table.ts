import type { TableFile, TableIssue } from '../../../files/table.ts';
import type { ExportEntity } from './export-catalog.ts';
import type { RecognisedTable, UnknownTable } from './recognise.ts';

/** A table with what its columns are called in records. */
export interface KnownTable {
  readonly table: TableFile;
  /** For people: `contacts.csv`, or `export.xlsx#Contacts`. */
  readonly title: string;
  readonly recognised: RecognisedTable;
  /** Per column: its name in records. The header as it stands, but one name for one standard field in all tables. */
  readonly names: readonly string[];
}

/** An entity with the tables it was found in, in order of their names. */
export interface KnownEntity {
  readonly entity: ExportEntity;
  readonly tables: readonly KnownTable[];
  /** The columns of all its tables: name in records, and the standard field or null. */
  readonly columns: readonly { readonly name: string; readonly standard: string | null }[];
}

/** An export as it was opened. */
export interface OpenedExport {
  readonly entities: readonly KnownEntity[];
  readonly unknown: readonly {
    readonly title: string;
    readonly table: TableFile;
    readonly why: UnknownTable;
  }[];
  readonly leftOut: readonly string[];
  readonly refused: readonly TableIssue[];
  readonly ignored: readonly string[];
}
