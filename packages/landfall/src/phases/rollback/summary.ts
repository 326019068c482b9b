import type { Forecast, RollbackSummary } from '../../model/plan.ts';
import type { TargetEntity } from '../../model/target.ts';

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
