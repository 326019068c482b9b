import type { AuditEntry } from '../../../packages/landfall/src/model/audit.ts';
import type { Ledger } from '../../../packages/landfall/src/model/ledger.ts';
import type { Finding } from '../../../packages/landfall/src/model/plan.ts';
import type { Reject } from '../../../packages/landfall/src/model/source.ts';
import type { Store } from '../../../packages/landfall/src/model/store.ts';
import type { Snapshot } from '../../scenarios/support/emulator.ts';
import type { LogEntry } from '../account.ts';
import type { FaultPlan } from '../fault-plan.ts';
import type { Sent } from '../network.ts';
import type { LifeEnd } from '../run.ts';
import type { World } from '../world.ts';

/** What the migration itself says of what it did: claims, held against the account. */
export interface Books {
  readonly ledger: Ledger;
  readonly rejects: readonly (Reject & { readonly phase: string })[];
  readonly audit: readonly AuditEntry[];
  readonly findings: readonly Finding[];
}

/** Everything the checkers look at. */
export interface Evidence {
  readonly world: World;
  readonly plan: FaultPlan;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly log: readonly LogEntry[];
  readonly sent: readonly Sent[];
  readonly ends: readonly LifeEnd[];
  readonly books: Books;
  /** Whether somebody changed the source while it was read. */
  readonly sourceChanged: boolean;
}

const pageSize = 1_000;

/** Copies what the migration says out of its store. */
export async function readBooks(store: Store): Promise<Books> {
  const rejects: (Reject & { readonly seq: number; readonly phase: string })[] = [];
  for (let page = await store.rejects(null, 0, pageSize); page.length > 0; ) {
    rejects.push(...page);
    page = await store.rejects(null, page.at(-1)?.seq ?? 0, pageSize);
  }
  const audit: AuditEntry[] = [];
  for (let page = await store.auditPage(0, pageSize); page.length > 0; ) {
    audit.push(...page);
    page = await store.auditPage(audit.length, pageSize);
  }
  const findings = await store.findings(0, 10_000);
  return { ledger: await store.ledger(), rejects, audit, findings };
}
