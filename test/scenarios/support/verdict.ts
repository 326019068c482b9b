import { deepEqual, equal } from 'node:assert/strict';
import { writesIn } from './emulator.ts';
import {
  type AuditLine,
  brokenAuditEntry,
  type Contents,
  contentsOf,
  differences,
  markersTwice,
} from './oracle.ts';
import { advanceHere, openSession, type Workspace } from './workspace.ts';

/** A row of `status --json`. */
export type StatusRow = Readonly<Record<string, number>>;

/**
 * Holds a finished migration against the account alone: nothing twice (I3), nothing lost and no link lost (I2, I4),
 * contents as in the uninterrupted run (I5), books that balance (I1), a sound audit chain (AUD-01), and a second run
 * that writes nothing (I13, RUN-12).
 */
export async function expectFinished(workspace: Workspace, expected: Contents): Promise<void> {
  const { account } = workspace;
  account.faults([]);
  const snapshot = account.snapshot();
  deepEqual(markersTwice(snapshot), []);
  deepEqual(differences(expected, contentsOf(snapshot)), []);
  const before = account.log().length;
  const again = await advanceHere(workspace);
  deepEqual(writesIn(account.log().slice(before)), []);
  expectBalanced(again.ledger);
  equal(brokenAuditEntry(await auditOf(workspace)), null);
}

/** Every record of the ledger is in exactly one of its last states, and none is in doubt. */
export function expectBalanced(ledger: Readonly<Record<string, StatusRow>>): void {
  const unbalanced = Object.entries(ledger).filter(([, row]) => {
    const { drafted = 0, created = 0, matched = 0, updated = 0, skipped = 0, failed = 0, inDoubt = 0 } = row;
    const { verified = 0, diverged = 0 } = row;
    const isProven = verified + diverged === created + matched + updated;
    return drafted !== created + matched + updated + skipped + failed || inDoubt !== 0 || !isProven;
  });
  deepEqual(unbalanced, []);
}

/** The whole audit log of a workspace, oldest first. */
export async function auditOf(workspace: Workspace): Promise<readonly AuditLine[]> {
  const session = await openSession(workspace);
  try {
    const entries: AuditLine[] = [];
    for (;;) {
      const page = await session.store.auditPage(entries.length, 1_000);
      if (page.length === 0) return entries;
      entries.push(...page);
    }
  } finally {
    await session.close();
  }
}
