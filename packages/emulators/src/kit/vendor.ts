import type { Answer, Call } from './exchange.ts';
import type { FaultKind } from './faults.ts';

/** Which of the published operations an emulator serves. */
export interface Coverage {
  readonly published: number;
  readonly served: number;
  readonly operations: readonly {
    readonly method: string;
    readonly path: string;
    readonly served: boolean;
  }[];
}

/** What an emulated service must be able to do; the kit does the rest (faults, log, clock, sockets, control). */
export interface Vendor {
  /** Carries the request out and answers it, limits and refusals included. What it changed is safe on return. */
  answer(call: Call): Answer | Promise<Answer>;
  /**
   * Lets the request in, or answers why not; what it answers otherwise carries it out, now or later. Absent: every
   * request is let in.
   */
  admit?(call: Call): Answer | (() => Answer | Promise<Answer>);
  /**
   * The vendor's own words for a fault that refuses a request (the statuses, a used-up day, a dead token, its
   * firewall's page). Null: the fault does not concern this request, which is then answered as always.
   */
  refusal(kind: FaultKind, call: Call): Answer | null;
  /** State, limits and everything else as at the start. */
  reset(): void;
  /** Puts records in, free of limits; answers their ids. Throws with a sentence for the caller. */
  seed(body: unknown): unknown;
  /** All business data; equal states give equal values. */
  snapshot(): unknown;
  coverage(): Coverage;
  /** Told when the clock was moved, so that a state file can remember it. */
  clockMoved?(offsetMs: number): void;
  /** Further control calls by name; each gets the parsed body and answers JSON. */
  readonly extras?: Readonly<Record<string, (body: unknown) => unknown>>;
  close(): void;
}
