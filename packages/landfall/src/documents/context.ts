import type { DataSet } from '../model/data-set.ts';
import type { AccountFacts, BudgetView } from '../model/destination.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Forecast, OwnerRow, PlannedStep, RollbackSummary, VerifySummary } from '../model/plan.ts';
import type { Policies } from '../model/policy.ts';
import type { Approval, Decision, Question } from '../model/question.ts';
import type { Automation, SourceCatalog } from '../model/source.ts';
import type { StoreReader } from '../model/store.ts';
import type { TargetCatalog } from '../model/target.ts';

/** One source field with where it goes and why, as the proposal says it. */
export interface FieldLine {
  readonly entity: string;
  readonly source: string;
  readonly target: string | null;
  readonly confidence: number;
  readonly band: 'auto' | 'review' | 'leave';
  readonly evidence: string;
  readonly samples: readonly string[];
  readonly filled: number;
  readonly sensitive: boolean;
}

/** All a document may tell. What is null is not known yet: documents say so, or are not written. */
export interface DocumentContext {
  /** The migration's name. */
  readonly name: string;
  /** When the documents are written. ISO 8601, UTC. */
  readonly at: string;
  /** Its name as people say it. */
  readonly sourceSystem: string;
  readonly destinationSystem: string;
  readonly account: AccountFacts | null;
  readonly policies: Policies;
  readonly catalog: SourceCatalog | null;
  readonly target: TargetCatalog | null;
  readonly mapping: Mapping | null;
  readonly proposed: readonly FieldLine[];
  readonly forecast: Forecast | null;
  readonly owners: readonly OwnerRow[];
  readonly steps: readonly PlannedStep[];
  readonly approvals: readonly Approval[];
  readonly questions: readonly Question[];
  readonly decisions: readonly Decision[];
  readonly automations: readonly Automation[];
  readonly ledger: Ledger;
  readonly budget: BudgetView | null;
  readonly verify: VerifySummary | null;
  readonly rollback: RollbackSummary | null;
  /** Data behind reports that do not move, kept as tables. */
  readonly dataSets?: readonly DataSet[];
  readonly reader: StoreReader;
}
