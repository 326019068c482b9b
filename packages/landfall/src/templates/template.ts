import type { DataSet } from '../model/data-set.ts';
import type { LeftOut } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import type { ProposalEntity, ProposalRow, ProposalTemplate } from '../propose/proposal-template.ts';

/** A row of a template: a mapping row that names standard fields, and may hang on a policy of `landfall.yaml`. */
export type TemplateRow = ProposalRow & {
  /** What the row is for, with the rule it fulfils: `S-20(b): ...`. */
  readonly why: string;
};

/** What one source entity becomes by default. */
export interface TemplateEntity extends ProposalEntity {
  readonly rows: readonly TemplateRow[];
  readonly why: string;
}

/**
 * The defaults of one pair: typed data without functions, the only place that knows both sides' names.
 * Source fields are named by their standard names; the proposal drops rows whose fields an account does not have.
 */
export interface Template extends ProposalTemplate {
  /** The pair, for people. */
  readonly label: string;
  /** What holds for this pair where `landfall.yaml` is silent, before the defaults of all pairs. */
  readonly policies?: Partial<Policies>;
  readonly entities: readonly TemplateEntity[];
  /** What stays behind on purpose. */
  readonly leave: readonly LeftOut[];
  /** Data behind the source's own reports, kept as tables beside the migration. */
  readonly dataSets?: readonly DataSet[];
}
