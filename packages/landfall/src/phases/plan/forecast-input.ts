import type { AccountFacts, Cost, CostTable } from '../../model/destination.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { TargetEntity } from '../../model/target.ts';

/** What the plan does to one entity, in numbers. */
export interface EntityCount {
  readonly create: number;
  readonly update: number;
  /** What the writes take; left out: the usual price of each. */
  readonly writes?: Cost;
  /** By how many others the records are listed, where no list goes across them; left out: each by one of its own. */
  readonly parents?: number;
  /** Records that are in the destination already: an update makes the proof walk them too. */
  readonly existing?: number;
}

/** What the plan holds, in numbers. */
export interface ForecastInput {
  readonly counts: Readonly<Partial<Record<TargetEntity, EntityCount>>>;
  readonly steps: readonly Omit<PlannedStep, 'seq'>[];
  readonly costs: CostTable;
  readonly account: AccountFacts;
  readonly policies: Policies;
  readonly nowMs: number;
}
