import { z } from 'zod';

/** How fast is asked, learned from answers: no document says what is allowed. A calculation: state in, state out. */
export interface Pace {
  /** Requests a second. */
  readonly perSecond: number;
  /** What was refused once: not to be reached again soon. null: nothing was refused yet. */
  readonly ceiling: number | null;
  /** Good answers since the rate last changed. */
  readonly good: number;
  /** Refusals since the last good answer. */
  readonly strikes: number;
  /** Nothing leaves before this time. */
  readonly blockedUntilMs: number;
  /** When the rate was last halved: what left before says nothing about the new one. */
  readonly halvedAtMs: number;
}

const startPerSecond = 4;
const leastPerSecond = 0.2;
const mostPerSecond = 100;
/** Good answers after which the rate grows, and by how much. */
const growAfter = 5;
const growth = 1.5;
/** Good answers at the ceiling after which it is tried a little higher. */
const doubtAfter = 300;
const doubt = 1.1;
/** Of what was refused, so much is taken to be allowed. */
const safeShare = 0.8;
const firstWaitMs = 1_000;
const mostWaitMs = 60_000;

const keptShape = z.object({ perSecond: z.number().positive(), ceiling: z.number().positive().nullable() });

/** The rate to begin with: what was learned before (`kept`), else a low one. */
export function startPace(kept: string | null): Pace {
  const learned = learnedIn(kept);
  const perSecond = Math.min(learned?.perSecond ?? startPerSecond, mostPerSecond);
  const ceiling = learned?.ceiling ?? null;
  return { perSecond, ceiling, good: 0, strikes: 0, blockedUntilMs: 0, halvedAtMs: 0 };
}

function learnedIn(kept: string | null): z.infer<typeof keptShape> | null {
  if (kept === null) return null;
  try {
    const parsed = keptShape.safeParse(JSON.parse(kept));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What is worth remembering of a pace for the next run. */
export function printPace({ perSecond, ceiling }: Pace): string {
  return JSON.stringify({
    perSecond: rounded(perSecond),
    ceiling: ceiling === null ? null : rounded(ceiling),
  });
}

/** After a good answer: after some of them the rate grows, up to what was refused once. */
export function paceAfterGood(pace: Pace): Pace {
  const good = pace.good + 1;
  const top = Math.min(mostPerSecond, pace.ceiling ?? mostPerSecond);
  if (pace.perSecond < top) {
    if (good < growAfter) return { ...pace, good, strikes: 0 };
    return { ...pace, perSecond: Math.min(top, pace.perSecond * growth), good: 0, strikes: 0 };
  }
  if (pace.ceiling === null || good < doubtAfter) return { ...pace, good, strikes: 0 };
  return { ...pace, ceiling: Math.min(mostPerSecond, pace.ceiling * doubt), good: 0, strikes: 0 };
}

/** After a 429: half the rate, and a wait of what was asked, else of a second, doubled each time in a row. */
export function paceAfterRefusal(
  pace: Pace,
  { sentAtMs, nowMs, askedMs }: { sentAtMs: number; nowMs: number; askedMs: number | null },
): Pace {
  const waitMs = Math.min(mostWaitMs, askedMs ?? firstWaitMs * 2 ** pace.strikes);
  const blockedUntilMs = Math.max(pace.blockedUntilMs, nowMs + waitMs);
  const strikes = pace.strikes + 1;
  // What left before the rate was halved says nothing about the half.
  if (sentAtMs <= pace.halvedAtMs) return { ...pace, strikes, blockedUntilMs, good: 0 };
  return {
    perSecond: Math.max(leastPerSecond, pace.perSecond / 2),
    ceiling: Math.max(leastPerSecond, pace.perSecond * safeShare),
    good: 0,
    strikes,
    blockedUntilMs,
    halvedAtMs: nowMs,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
