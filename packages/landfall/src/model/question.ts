/** The gates of `cli.md`, in order. */
export const gates = [
  'scope',
  'mapping',
  'configuration',
  'owners',
  'data',
  'sample',
  'plan',
  'cutover',
] as const;

/** A point nothing passes without a person. */
export type Gate = (typeof gates)[number];

/** An approval binds a hash: a changed thing needs a new one. */
export interface Approval {
  readonly gate: Gate;
  readonly hash: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One answer a person can give. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly consequence: string;
  readonly default: boolean;
  /** What `--value` must hold, when the choice asks for one. */
  readonly asksFor?: string;
}

/** Something only a person can decide. `id` is stable: the same question has the same id in every run. */
export interface Question {
  readonly id: string;
  readonly kind: QuestionKind;
  /** What it is about: an owner's text, a field, a record's key. */
  readonly subject: string;
  readonly question: string;
  /** Source ids of the records concerned, at most 200; `recordCount` says how many there are. */
  readonly records: readonly string[];
  readonly recordCount: number;
  readonly choices: readonly Choice[];
  /** The gate or phase that waits for the answer; null when nothing does. */
  readonly blocks: Gate | null;
}

/** Kinds of question: the queues of requirements.md section 14. */
export type QuestionKind =
  | 'owner'
  | 'unlinked-deals'
  | 'unlinked-deal'
  | 'contacts-without-company'
  | 'contact-without-company'
  | 'ambiguous-link'
  | 'custom-field'
  | 'tags'
  | 'date-format'
  | 'duplicates'
  | 'existing'
  | 'unmapped-entity'
  | 'stage'
  | 'activity-type'
  | 'cap';

/** The answer to a question. */
export interface Decision {
  readonly id: string;
  readonly choice: string;
  readonly value?: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
