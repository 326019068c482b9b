import type { Ports } from '../base/ports.ts';
import type { Destination } from '../model/destination.ts';
import type { Policies } from '../model/policy.ts';
import type { SourceConnector } from '../model/source.ts';
import type { Lease, Store } from '../model/store.ts';

/** What a phase tells while it works: for a progress bar, a log line, an event stream. */
export interface Progress {
  readonly phase: string;
  /** The entity being worked on, or what else is going on. */
  readonly subject: string;
  readonly done: number;
  /** null when the end is not known. */
  readonly total: number | null;
  readonly note?: string;
}

/** What every phase is given. Phases keep nothing between calls: what they know lies in the store. */
export interface PhaseContext {
  /** The migration's name: the first part of every marker. */
  readonly migration: string;
  readonly store: Store;
  readonly lease: Lease;
  readonly source: SourceConnector;
  readonly destination: Destination;
  readonly policies: Policies;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  report(progress: Progress): void;
}

/** Ends a loop when the operator asked to stop; what was committed stays, the next run goes on there. */
export function stopIfAsked(context: PhaseContext): void {
  context.signal.throwIfAborted();
}
