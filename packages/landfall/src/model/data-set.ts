/** A table of source data that stays readable beside the migration: for reports that are rebuilt elsewhere. */
export interface DataSet {
  /** The file's name without its ending. */
  readonly name: (typeof dataSetNames)[number];
  /** The source entity. */
  readonly from: string;
  /** The columns, each with its field by its standard name. */
  readonly columns: readonly { readonly header: string; readonly field: string }[];
  /** A line for each combination of the columns, with how many records have it; absent: a line for each record. */
  readonly counted?: {
    readonly header: string;
    /** Of these, so many whose field is one of the words, case aside; and their share in percent. */
    readonly among?: {
      readonly header: string;
      readonly share: string;
      readonly field: string;
      readonly in: readonly string[];
    };
  };
  readonly why: string;
}

/** The names data sets may have. */
export const dataSetNames = [
  'deal-history',
  'stage-counts',
  'task-completion',
  'lead-sources',
  'commissions',
] as const;
