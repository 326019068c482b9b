import type { Mutant } from './mutant.ts';
import { decisionMutants } from './planted/decisions.ts';
import { loadMutants } from './planted/load.ts';
import { proofMutants } from './planted/proof.ts';
import { readingMutants } from './planted/reading.ts';
import { storeMutants } from './planted/store.ts';
import { wireMutants } from './planted/wire.ts';

/** All planted bugs, in the order they are run. */
export const mutants: readonly Mutant[] = [
  ...loadMutants,
  ...storeMutants,
  ...wireMutants,
  ...decisionMutants,
  ...proofMutants,
  ...readingMutants,
];
