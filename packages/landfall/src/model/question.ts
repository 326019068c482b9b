import type { questionKinds } from './question-table.ts';

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

/** One of `questionKinds`. */
export type QuestionKind = (typeof questionKinds)[number];

/** The answer to a question. */
export interface Decision {
  readonly id: string;
  readonly choice: string;
  readonly value?: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
