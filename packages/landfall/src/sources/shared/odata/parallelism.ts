/** How many requests may be under way at once, learned from answers. A calculation: state in, state out. */
export interface Parallelism {
  readonly limit: number;
  /** What the service recommends, or what we were told; never more than this. */
  readonly ceiling: number;
  /** Good answers since the limit last changed. */
  readonly good: number;
}

/** What one answer told. */
export interface ParallelSignal {
  /** The service's recommendation; null: it gives none. */
  readonly hint: number | null;
  /** It, or one beside it, was refused as too much. */
  readonly throttled: boolean;
}

/** The service refuses more requests at once, whatever it recommends (facts 2: 52 "or higher"). */
const mostAtOnce = 52;
/** Requests at once before the service has recommended anything. */
const carefulStart = 4;

/** `most`: what the settings allow; null: as many as the service recommends. */
export function startParallelism(most: number | null): Parallelism {
  const ceiling = Math.min(most ?? carefulStart, mostAtOnce);
  return { limit: Math.min(carefulStart, ceiling), ceiling, good: 0 };
}

/** Rises by one after as many good answers as are allowed at once; halves when something was too much. */
export function hearParallelism(
  state: Parallelism,
  { hint, throttled }: ParallelSignal,
  most: number | null,
): Parallelism {
  const recommended = hint === null || hint < 1 ? state.ceiling : Math.floor(hint);
  const ceiling = Math.max(1, Math.min(recommended, most ?? mostAtOnce, mostAtOnce));
  if (throttled) return { limit: Math.max(1, Math.floor(state.limit / 2)), ceiling, good: 0 };
  if (state.limit > ceiling) return { limit: ceiling, ceiling, good: 0 };
  const good = state.good + 1;
  if (good < state.limit || state.limit === ceiling) return { ...state, ceiling, good };
  return { limit: state.limit + 1, ceiling, good: 0 };
}
