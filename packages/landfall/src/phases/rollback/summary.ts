import type { Forecast } from '../../model/plan.ts';
import type { TargetEntity } from '../../model/target.ts';

/** Something rollback leaves as it is, and why. */
export interface Kept {
  readonly entity: TargetEntity | 'configuration';
  readonly targetId: string;
  readonly because: string;
  /** When it was changed last, as far as the destination tells. ISO 8601, UTC. */
  readonly at?: string;
  /** Who changed it last; looking ahead tells it, for the first few. */
  readonly by?: string;
}

/** What rollback did, or (`--plan`) would do. */
export interface RollbackSummary {
  readonly reversed: number;
  readonly restored: number;
  readonly kept: readonly Kept[];
  readonly errored: number;
}

/** What a rollback would do to the records of one entity. */
export interface ReversalCount {
  readonly remove: number;
  readonly restore: number;
  readonly keep: number;
  /** Somebody has removed them already. */
  readonly gone: number;
}

/** What a rollback would do, and what it would take. */
export interface RollbackPlan extends RollbackSummary {
  readonly entities: Readonly<Partial<Record<TargetEntity, ReversalCount>>>;
  /** Configuration steps it would try to take back: each stays if somebody uses it by then. */
  readonly configuration: number;
  readonly tokens: number;
  readonly requests: number;
  readonly days: Forecast['days'];
  /** ISO dates. */
  readonly start: string;
  readonly end: string;
}
