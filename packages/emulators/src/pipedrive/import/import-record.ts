/** The kinds of records that a file may carry. */
export type ImportedEntity = 'organization' | 'person' | 'deal' | 'lead' | 'activity' | 'note';

/** How many records of one kind came in by one of the ways. */
export type ImportCounts = Readonly<Partial<Record<ImportedEntity, number>>>;

/** One import in the history of the account. */
export interface ImportRecord {
  readonly id: number;
  readonly name: string;
  readonly userId: number;
  readonly atMs: number;
  /** Rows below the header. */
  readonly rows: number;
  /** Ids of what it made, by kind; leads by their number. */
  readonly createdIds: Readonly<Partial<Record<ImportedEntity, readonly number[]>>>;
  /** How many records were found by System ID and changed. */
  readonly updated: ImportCounts;
  /** How many rows met a record that was there already and were merged into it. */
  readonly merged: ImportCounts;
  /** The rows that were left out, each with its reason, as a CSV file with the columns of the imported one. */
  readonly skipFile: string | null;
  readonly skippedRows: number;
  /** When it was undone, or null. */
  readonly undoneMs: number | null;
}
