import type { EntityMapping, LeftOut, MappingRow, NewField } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';

/** Taken only when the policy of that name has that value, or one of them. */
export interface PolicyCondition {
  readonly name: keyof Policies;
  readonly is: string | readonly string[];
}

/** Taken only when an ask of the template has that answer. */
export interface AnswerCondition {
  readonly ask: string;
  readonly is: string;
}

/** What a pair leaves to a person, with a usual answer. */
export interface TemplateAsk {
  /** Part of the question's id, and what `AnswerCondition` names. */
  readonly name: string;
  /** The policy that says the usual answer, and whose place the person's takes; absent: the first choice is usual. */
  readonly policy?: 'dealsAre' | 'commissionPlacement';
  /** Asked when there are records of all of these; `filled`: with something in that standard field. */
  readonly about: readonly { readonly entity: string; readonly filled?: string }[];
  readonly question: string;
  readonly choices: readonly { readonly is: string; readonly label: string; readonly consequence: string }[];
}

/** A template's row: a mapping row that may hang on a policy, or on what a person said. */
export interface ProposalRow extends MappingRow {
  readonly policy?: PolicyCondition;
  readonly answer?: AnswerCondition;
}

/** A template's entity: an entity mapping that may hang on a policy. */
export interface ProposalEntity extends Omit<EntityMapping, 'rows'> {
  readonly policy?: PolicyCondition;
  readonly rows: readonly ProposalRow[];
}

/** What a pair's template must hold to make a proposal of it. Rows name source fields by their standard names. */
export interface ProposalTemplate {
  readonly source: string;
  readonly entities: readonly ProposalEntity[];
  readonly fields: readonly NewField[];
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What a person decides about this pair. */
  readonly asks?: readonly TemplateAsk[];
  /** Standard fields that stay behind on purpose, with the reason a person reads. */
  readonly leave?: readonly LeftOut[];
}

/** How sure the proposal is: taken as it is, to be looked at, or not moved. */
export type Band = 'auto' | 'review' | 'leave';

/** One source field with where it goes and why (cli.md: `map --json`, `propose --json`). */
export interface ProposedField {
  readonly entity: string;
  /** The header exactly as it stands. */
  readonly source: string;
  /** `person.emails.work`, `deal.source_key`, `custom:enum`, or null when it is left out. */
  readonly target: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly band: Band;
  readonly evidence: string;
  readonly samples: readonly string[];
  /** Records with a value. */
  readonly filled: number;
  readonly sensitive: boolean;
}

/** What the destination's plan allows for fields; null members are not known. */
export interface FieldLimits {
  readonly plan: string;
  /** The plan has no formula fields and none of a single pipeline (S-31(d)). */
  readonly basicFieldsOnly: boolean;
  readonly customFields: number | null;
  readonly customFieldsUsed: number | null;
}
