import type { Mutant } from '../mutant.ts';

/** Bugs in the store: leases and what is staged. */
export const storeMutants: readonly Mutant[] = [
  {
    id: 'lease-on-wall-clock',
    says: 'the lease is measured by civil time: a clock that is set makes its holder think it has run out, or never does',
    file: 'store/lease.ts',
    find: `  let renewedMs = startedMs;
  let isReleased = false;
  const lease: HeldLease = {
    epoch,
    ttlMs,
    isCurrent: () => !isReleased && clock.monotonicMs() - renewedMs < ttlMs,`,
    replace: `  const beganMs = clock.nowMs() - startedMs;
  let renewedMs = startedMs;
  let isReleased = false;
  const lease: HeldLease = {
    epoch,
    ttlMs,
    isCurrent: () => !isReleased && clock.nowMs() - beganMs - renewedMs < ttlMs,`,
    test: 'test/conformance/store.test.ts',
    named: ['is measured by the monotonic clock'],
  },
  {
    id: 'lease-epoch-unchecked',
    says: 'whoever had the lease once may go on writing after another process has taken it',
    file: 'store/lease.ts',
    find: 'if (row.epoch === epoch && row.holder !== null) return;',
    replace: 'if (row.epoch >= epoch && row.holder !== null) return;',
    test: 'test/conformance/store.test.ts',
    named: ['fenced off'],
  },
  {
    id: 'duplicate-id-overwrites',
    says: 'of two records with one id on a page the second takes the place of the first',
    file: 'store/staged.ts',
    find: '    if (!first.has(record.key)) first.set(record.key, record);',
    replace: '    first.set(record.key, record);',
    test: 'packages/landfall/src/phases/extract.test.ts',
    named: ['an id that comes again is put aside'],
  },
];
