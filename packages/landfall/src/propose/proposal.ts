import type { EntityMapping, LeftOut, Mapping, NewField, PipelineMapping } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import type { Decision, Question } from '../model/question.ts';
import type { SourceCatalog } from '../model/source.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { FieldLimits, ProposalTemplate, ProposedField } from './proposal-template.ts';

/** What a proposal is made of: the pair's template, what was found on both sides, and what people have decided. */
export interface ProposalInput {
  readonly template: ProposalTemplate;
  readonly catalog: SourceCatalog;
  /** null while the destination has not been looked at. */
  readonly target: TargetCatalog | null;
  readonly policies: Policies;
  readonly decisions: readonly Decision[];
  /** What was said to the template's asks, by their names; absent: nothing yet. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly stages: readonly PipelineMapping[];
  /** What the destination's plan allows; absent or null: not known. */
  readonly limits?: FieldLimits | null;
}

/** A mapping a person can approve, where each source field goes and why, and what only a person can decide. */
export interface Proposal {
  readonly mapping: Mapping;
  readonly fields: readonly ProposedField[];
  /** All questions of this proposal, the answered ones too: they still stand. */
  readonly questions: readonly Question[];
}

/** What the proposal of one entity adds to the whole. */
export interface EntityProposal {
  readonly entities: readonly EntityMapping[];
  readonly newFields: readonly NewField[];
  readonly left: readonly LeftOut[];
  readonly fields: readonly ProposedField[];
  readonly questions: readonly Question[];
}
