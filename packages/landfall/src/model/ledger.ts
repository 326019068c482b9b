/** Counters of the source side, per source entity: `extracted = excluded + rejected + mapped`. */
export const sourceCounters = ['extracted', 'excluded', 'rejected', 'mapped'] as const;

const loadCounters = ['drafted', 'created', 'matched', 'updated', 'skipped', 'failed', 'inDoubt'] as const;
const proofCounters = ['verified', 'diverged'] as const;

/** What becomes of drafts, in the order of the work: the target side without links and rollback. */
export const fateCounters = [...loadCounters, ...proofCounters] as const;

/** Counters of the target side, per target entity. */
export const targetCounters = [
  ...loadCounters,
  'linksDue',
  'linked',
  'unlinked',
  ...proofCounters,
  'removed',
  'restored',
  'kept',
] as const;

/** One counter of the ledger. */
export type Counter = (typeof sourceCounters)[number] | (typeof targetCounters)[number];

/** A movement in the books: `amount` (may be negative) onto one counter of one entity. */
export interface LedgerEntry {
  readonly side: 'source' | 'target';
  readonly entity: string;
  readonly counter: Counter;
  readonly amount: number;
}

/** All counters of one entity; absent ones are zero. */
export type LedgerRow = Readonly<Partial<Record<Counter, number>>>;

/** The books: every record is in them. */
export interface Ledger {
  readonly source: Readonly<Record<string, LedgerRow>>;
  readonly target: Readonly<Record<string, LedgerRow>>;
}

/** Why the books do not balance; empty when they do. `finished` also demands that nothing is under way. */
export function imbalances(
  ledger: Ledger,
  finished: { transform: boolean; load: boolean; verify: boolean },
): string[] {
  const found: string[] = [];
  for (const [entity, row] of Object.entries(ledger.source)) {
    const { extracted = 0, excluded = 0, rejected = 0, mapped = 0 } = row;
    if (finished.transform && extracted !== excluded + rejected + mapped) {
      found.push(
        `${entity}: extracted ${extracted} is not excluded ${excluded} + rejected ${rejected} + mapped ${mapped}`,
      );
    }
  }
  for (const [entity, row] of Object.entries(ledger.target))
    found.push(...targetImbalances(entity, row, finished));
  return found;
}

function targetImbalances(
  entity: string,
  row: LedgerRow,
  finished: { load: boolean; verify: boolean },
): string[] {
  const { drafted = 0, created = 0, matched = 0, updated = 0, skipped = 0, failed = 0, inDoubt = 0 } = row;
  const { linksDue = 0, linked = 0, unlinked = 0, verified = 0, diverged = 0 } = row;
  const found: string[] = [];
  if (finished.load && drafted !== created + matched + updated + skipped + failed) {
    found.push(
      `${entity}: drafted ${drafted} is not created ${created} + matched ${matched} + updated ${updated} + skipped ${skipped} + failed ${failed}`,
    );
  }
  if (finished.load && inDoubt !== 0) found.push(`${entity}: ${inDoubt} still in doubt`);
  if (finished.load && linksDue !== linked + unlinked) {
    found.push(`${entity}: links due ${linksDue} are not linked ${linked} + unlinked ${unlinked}`);
  }
  if (finished.verify && created + matched + updated !== verified + diverged) {
    found.push(`${entity}: created + matched + updated is not verified ${verified} + diverged ${diverged}`);
  }
  return found;
}
