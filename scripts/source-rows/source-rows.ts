/** One row of a pair's page: what an object of the source becomes. */
export interface SourceRow {
  /** `S-20`; its rules are `S-20(a)` and so on. */
  readonly id: string;
  /** What it is called in the source. */
  readonly from: string;
  /** Where it lands, rule by rule, each with its id: a test must show it. */
  readonly lands: string;
  /** What is lost or changes its place; `nothing` when nothing is. */
  readonly lost: string;
}

/** A pair's page, told for docs/reference/sources.md. Markdown; links start from that page. */
export interface SourceRows {
  readonly system: string;
  readonly label: string;
  /** How it is read, and what of that is an assumption. */
  readonly before: string;
  readonly rows: readonly SourceRow[];
  /** What the pair's page does not speak of; '' for nothing. */
  readonly after: string;
}
