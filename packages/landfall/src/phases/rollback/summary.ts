import type { TargetEntity } from '../../model/target.ts';

/** Something rollback leaves as it is, and why. */
export interface Kept {
  readonly entity: TargetEntity | 'configuration';
  readonly targetId: string;
  readonly because: string;
}

/** What rollback did, or (`--plan`) would do. */
export interface RollbackSummary {
  readonly reversed: number;
  readonly restored: number;
  readonly kept: readonly Kept[];
  readonly errored: number;
}
